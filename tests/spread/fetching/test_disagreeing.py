"""Mirrors that do not agree, old releases, other people's signatures: refused, and what is there is not touched."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from galactica import library
from galactica.edition.info import read_statement
from galactica.errors import ProofError
from galactica.spread.release.publication import put_release
from galactica.spread.trust.signing import PublicationSigner
from tests.spread.fetching.conftest import NOW, Fetching, Two, nothing_came
from tests.spread.fetching.net import (
    HONEST,
    LIAR,
    LIST,
    Host,
    Net,
    files_in,
    newest_in,
)
from tests.spread.trust.made import EVE


def test_two_mirrors_that_disagree_are_shown(fetching: Fetching, net: Net, two: Two, tmp_path: Path) -> None:
    net.host("honest.example", two.unsigned)
    other = tmp_path / "other.edition"
    source = tmp_path / "lies"
    source.mkdir()
    (source / "lie.txt").write_text("The moon is made of cheese.\n")
    library.build(other, [source], workers=0, meaning=False)
    library.publish(other, tmp_path / "lying", workers=0)
    net.host("liar.example", tmp_path / "lying")
    with pytest.raises(ProofError, match="do not agree") as error:
        fetching(LIAR, HONEST)
    assert two.second in error.value.problem
    assert read_statement(other).root in error.value.problem
    nothing_came(fetching)
    assert fetching(LIAR, HONEST, root=two.second).chosen.release.root == two.second


def test_an_unsigned_newer_release_does_not_beat_a_signed_one(
    fetching: Fetching, net: Net, two: Two, honest: Host
) -> None:
    host = net.host("liar.example", two.unsigned)
    fetching(HONEST)
    shutil.rmtree(fetching.out)
    del honest.files["metadata/timestamp.json"]
    found = fetching(LIAR, HONEST, offline=True)
    assert found.chosen.trusted.vouched == "publication"
    assert "nothing vouches" in fetching.said
    assert host.objects() == []


def test_an_old_release_is_not_taken_for_the_newest(fetching: Fetching, net: Net, two: Two, honest: Host) -> None:
    fetching(HONEST)
    shutil.rmtree(fetching.out)
    net.host("liar.example", two.old)
    with pytest.raises(ProofError):
        fetching(LIAR)
    nothing_came(fetching)
    with pytest.raises(ProofError, match="was taken from this publication before"):
        fetching(LIAR, offline=True)
    assert fetching(LIAR, number=1, offline=True).chosen.release.root == two.first


def test_an_old_release_from_a_stick_is_not_taken_for_the_newest(fetching: Fetching, two: Two, honest: Host) -> None:
    fetching(HONEST)
    shutil.rmtree(fetching.out)
    with pytest.raises(ProofError, match="was taken from this publication before"):
        fetching(str(two.old))


def test_a_list_that_hides_what_is_newest_is_refused(fetching: Fetching, liar: Host, two: Two) -> None:
    lines = json.loads(liar.files[LIST])
    lines["releases"] = [each for each in lines["releases"] if each["number"] == 1]
    liar.files[LIST] = json.dumps(lines).encode()
    with pytest.raises(ProofError, match="newest"):
        fetching(LIAR)
    nothing_came(fetching)


def test_signatures_of_another_edition_do_not_count(fetching: Fetching, liar: Host) -> None:
    folder, _ = newest_in(liar)
    old = next(name for name in liar.files if "/1-" in name and name.endswith(".minisig"))
    for name in list(liar.files):
        if name.startswith(folder) and name.endswith(".minisig"):
            liar.files[name] = liar.files[old]
    with pytest.raises(ProofError):
        fetching(LIAR)
    nothing_came(fetching)


def test_a_release_that_somebody_else_signed_is_refused_where_the_publication_is_known(
    fetching: Fetching, net: Net, two: Two, honest: Host, tmp_path: Path
) -> None:
    fetching(HONEST)
    shutil.rmtree(fetching.out)
    evil = tmp_path / "evil"
    _, release = newest_in(honest)
    shutil.copytree(two.unsigned / "objects", evil / "objects")
    signer = PublicationSigner(evil, [(EVE.secret, "Alice")], NOW, title="Rivers")
    put_release(evil, release, signer.beside(release.to_bytes()))
    signer.announce(evil, release, release.to_bytes())
    honest.files = files_in(evil)
    with pytest.raises(ProofError, match="KEYS WERE CHANGED"):
        fetching(HONEST)
    nothing_came(fetching)
