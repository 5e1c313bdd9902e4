"""wrap and unwrap in a terminal: an edition over links that speak another protocol."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

from galactica.edition import Edition
from galactica.spread.late.bundle import Bundle, bundle_bytes
from tests.spread.conftest import newest, publication

from .conftest import call
from .test_json import check

__all__ = ["newest", "publication"]
KINDS = [
    "bundle",
    pytest.param(
        "cfdp", marks=pytest.mark.skipif(importlib.util.find_spec("cfdppy") is None, reason="cfdp-py is not installed")
    ),
]


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_wrapped_is_the_publication_again(publication: Path, tmp_path: Path, kind: str) -> None:
    said = call("wrap", str(publication), str(tmp_path / "out"), "--as", kind, "--json", "-q")
    check("wrap", said.json)
    back = call("unwrap", str(tmp_path / "out"), "--out", str(tmp_path / "back"), "--json", "-q")
    check("unwrap", back.json)
    assert back.json["refused"] == 0
    assert back.json["releases"] == 1
    there, here = files_of(publication), files_of(tmp_path / "back")
    travels = {name for name in there if not name.startswith((".publishing", "README"))}
    assert {name: here.get(name) for name in travels} == {name: there[name] for name in travels}
    made = call("fetch", str(tmp_path / "back"), str(tmp_path / "got.edition"), "--no-meaning", "-q")
    assert made.code == 0, made.err
    with Edition.open(tmp_path / "got.edition") as edition:
        assert len(edition)


def test_a_damaged_file_is_passed_over_and_nothing_else(publication: Path, tmp_path: Path) -> None:
    call("wrap", str(publication), str(tmp_path / "out"), "-q", "--to", "ipn:2.1", "--from", "dtn://earth/")
    files = sorted((tmp_path / "out").iterdir())
    raw = bytearray(files[-1].read_bytes())
    raw[len(raw) // 2] ^= 1
    files[-1].write_bytes(raw)
    (tmp_path / "out" / "x.bundle").symlink_to(files[0])
    (tmp_path / "out" / "notes.txt").write_text("nothing")
    back = call("unwrap", str(tmp_path / "out"), "--out", str(tmp_path / "back"), "--json", "-q").json
    assert back["refused"] == 1
    assert back["objects"] == len(files) - 2


def test_an_announcement_of_a_stranger_changes_none_that_is_there(publication: Path, tmp_path: Path) -> None:
    call("wrap", str(publication), str(tmp_path / "out"), "-q")
    call("unwrap", str(tmp_path / "out"), "--out", str(tmp_path / "back"), "-q")
    before = files_of(tmp_path / "back")
    (release,) = (tmp_path / "back" / "releases").glob("*-*")
    from galactica.spread.packets.announcement import Announcement

    document = (release / "release.json").read_bytes().replace(b'"title": "', b'"title": "Evil ')
    names = [("release.json." + "a" * 64 + ".minisig", b"false"), ("1.root.json", b"{}"), ("..", b"x")][:2]
    false = Announcement(document=document, files=tuple(names))
    (tmp_path / "evil.bundle").write_bytes(
        bundle_bytes(Bundle(destination="dtn:none", source="dtn:none", payload=false.to_bytes()))
    )
    call("unwrap", str(tmp_path / "evil.bundle"), "--out", str(tmp_path / "back"), "-q")
    after = files_of(tmp_path / "back")
    assert {name: after[name] for name in before} == before
    assert all(name.startswith("objects/") for name in after.keys() - before.keys())


@pytest.mark.parametrize(
    "words",
    [
        ["wrap", "PUB", "OUT", "--to", "mars"],
        ["wrap", "nothing", "OUT"],
        ["unwrap", "nothing", "--out", "OUT"],
        ["unwrap", "README", "--out", "OUT"],
        ["wrap", "PUB", "PUB"],
    ],
)
def test_what_cannot_be_wrapped_ends_with_its_reason(publication: Path, tmp_path: Path, words: list[str]) -> None:
    copied = tmp_path / "pub"
    shutil.copytree(publication, copied)
    places = {"PUB": copied, "OUT": tmp_path / "out", "README": copied / "README.txt"}
    said = call(*[str(places.get(word, word)) for word in words], "-q")
    assert said.code in (2, 3, 4)
    assert "Traceback" not in said.err
