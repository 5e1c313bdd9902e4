"""Without the extra: what is not signed travels all the same, and what is signed is said to need it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

WITHOUT = """
import sys
for name in ("tuf", "securesystemslib", "cryptography"):
    sys.modules[name] = None
"""
KEPT = Path(__file__).parents[2] / "compat" / "trust-v1"


def said(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", WITHOUT + code], capture_output=True, text=True, check=False)


def test_an_unsigned_release_is_decided_on_without_the_extra(tmp_path: Path) -> None:
    done = said(f"""
from pathlib import Path
from galactica.spread.trust import TrustStore, decide
from galactica.spread.trust.folder import read_release, release_folders
raw = read_release(release_folders(Path({str(KEPT)!r}))[0])
print(decide(raw, {{}}, {{}}, store=TrustStore(Path({str(tmp_path)!r}))).vouched)
""")
    assert (done.stdout, done.stderr) == ("nobody\n", "")


@pytest.mark.parametrize(
    "words", [["keys", "new", "a", "--no-passphrase"], ["keys", "show", str(KEPT)], ["trust", "add", str(KEPT)]]
)
def test_what_needs_the_extra_names_it(tmp_path: Path, words: list[str]) -> None:
    done = said(f"""
import os
os.environ["GALACTICA_CONFIG"] = {str(tmp_path)!r}
from galactica.cli import run
raise SystemExit(run({words!r}))
""")
    assert done.returncode == 5, done.stderr
    assert "galactica[spread]" in done.stderr
    assert not list(tmp_path.rglob("*.key"))
