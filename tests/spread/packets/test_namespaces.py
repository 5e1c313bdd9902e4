"""Over a real network: two namespaces of the kernel, and a filter between them that drops packets by chance.

One namespace sends to a group, the other receives; they share a virtual cable and nothing else.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from galactica.edition import Edition

PROGRAMS = ("ip", "nft")
GROUP = "239.7.7.7:4567"


@pytest.fixture
def spaces() -> Iterator[tuple[str, str]]:
    """Two namespaces with a cable between them."""
    missing = [each for each in PROGRAMS if shutil.which(each) is None]
    if missing:
        pytest.skip(f"needs {' and '.join(missing)}")
    one, two = (f"galactica-{os.getpid()}-{side}" for side in "ab")
    try:
        for command in (
            f"ip netns add {one}",
            f"ip netns add {two}",
            f"ip -n {one} link add cable type veth peer name cable netns {two}",
            f"ip -n {one} addr add 10.77.0.1/24 dev cable",
            f"ip -n {two} addr add 10.77.0.2/24 dev cable",
            f"ip -n {one} link set cable up",
            f"ip -n {two} link set cable up",
            f"ip -n {one} route add 239.0.0.0/8 dev cable",
            f"ip -n {two} route add 239.0.0.0/8 dev cable",
        ):
            done = subprocess.run(command.split(), capture_output=True, text=True, check=False)
            if done.returncode:
                pytest.skip(f"the system makes no network namespaces here: {done.stderr.strip()}")
        yield one, two
    finally:
        for space in (one, two):
            subprocess.run(["ip", "netns", "del", space], capture_output=True, check=False)


def lose(space: str, per_cent: int) -> None:
    """Let a namespace drop so many of a hundred datagrams that come in, by chance."""
    rules = f"""
table inet loss {{
  chain in {{
    type filter hook input priority 0
    meta l4proto udp numgen random mod 100 < {per_cent} counter drop
  }}
}}
"""
    done = subprocess.run(
        ["ip", "netns", "exec", space, "nft", "-f", "-"], input=rules, capture_output=True, text=True, check=False
    )
    assert "syntax" not in done.stderr
    if done.returncode:
        pytest.skip(f"the system sets no filter here: {done.stderr.strip()}")


def dropped(space: str) -> int:
    listed = subprocess.run(
        ["ip", "netns", "exec", space, "nft", "-j", "list", "ruleset"], capture_output=True, text=True, check=True
    )
    found = [
        each["counter"]["packets"]
        for rule in json.loads(listed.stdout)["nftables"]
        for each in rule.get("rule", {}).get("expr", ())
        if "counter" in each
    ]
    return int(found[0])


def galactica(space: str, *words: str, settings: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        ["ip", "netns", "exec", space, sys.executable, "-m", "galactica", *words, "-q"],
        env={**os.environ, "GALACTICA_CONFIG": str(settings)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_an_edition_crosses_a_network_that_loses_a_fifth_of_it(
    spaces: tuple[str, str], many: Path, published_many: Path, tmp_path: Path
) -> None:
    one, two = spaces
    lose(two, 20)
    out = tmp_path / "out.edition"
    listener = galactica(two, "receive", str(out), "--udp", GROUP, "--no-meaning", "--json", settings=tmp_path / "in")
    words = ("--udp", GROUP, "--rate", "4M", "--redundancy", "25")
    sender = galactica(one, "broadcast", str(published_many), *words, settings=tmp_path / "out")
    try:
        said, errors = listener.communicate(timeout=120)
    finally:
        for each in (listener, sender):
            each.terminate()
            each.wait()
            for stream in (each.stdout, each.stderr):
                assert stream is not None
                stream.close()
    assert listener.returncode == 0, errors
    found = json.loads(said)
    assert found["whole"]
    assert dropped(two) > 0.1 * found["packets"]
    with Edition.open(out) as got, Edition.open(many) as sent:
        assert got.root == sent.root
