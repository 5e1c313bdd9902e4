"""The document that is signed: one text, which agrees with itself."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from galactica.errors import EditionError
from galactica.spread.release import document
from galactica.spread.release.document import Release, ReleaseObject
from galactica.spread.release.publication import published_releases


@pytest.fixture(scope="module")
def raw(publication: Path) -> bytes:
    return next(iter(published_releases(publication)))[1]


def other(raw: bytes, **members: object) -> bytes:
    """The document with other members, in its canonical form."""
    return (json.dumps({**json.loads(raw), **members}, sort_keys=True, indent=1) + "\n").encode()


def test_what_is_written_is_read_as_it_was(raw: bytes) -> None:
    assert Release.from_bytes(raw).to_bytes() == raw


def test_any_flipped_byte_is_refused(raw: bytes) -> None:
    for place in range(len(raw)):
        for mask in (0x01, 0x20, 0x80):
            broken = raw[:place] + bytes([raw[place] ^ mask]) + raw[place + 1 :]
            try:
                found = Release.from_bytes(broken)
            except EditionError:
                continue
            # A hash or a size of an object may be any: what is under it is refused, and the document's signature.
            assert found.root == Release.from_bytes(raw).root
            assert found.objects != Release.from_bytes(raw).objects


@pytest.mark.parametrize("cut", [0, 1, 100, -2, -1])
def test_a_truncated_document_is_refused(raw: bytes, cut: int) -> None:
    with pytest.raises(EditionError):
        Release.from_bytes(raw[:cut])


@pytest.mark.parametrize(
    "members",
    [
        {"root": "0" * 64},
        {"number": 2},
        {"number": 0},
        {"number": True},
        {"title": "Another"},
        {"title": "\ud800"},
        {"parent": "1" * 64},
        {"licences": []},
        {"languages": ["en", "en"]},
        {"format": 1},
        {"release": 0},
        {"objects": {}},
        {"objects": [{"hash": "../../etc/passwd", "kind": "pack", "records": {"articles": 1}, "size": 1}]},
        {"objects": [{"hash": "0" * 64, "kind": "pack", "records": {"articles": 1}, "size": 2**40}]},
        {"objects": [{"hash": "0" * 64, "kind": "pack", "records": {"edition": 1}, "size": 1}]},
        {"objects": [{"hash": "0" * 64, "kind": "pack", "records": {}, "size": 1}]},
        {"objects": [{"hash": "0" * 64, "kind": "leaves", "table": "articles", "first": 0, "count": 2, "size": 32}]},
        {"objects": [{"hash": "0" * 64, "kind": "delta", "from": "../x", "size": 32}]},
        {"objects": [{"hash": "0" * 64, "kind": "../x", "size": 32}]},
        {"objects": [{"hash": "0" * 64, "kind": "other", "size": 32}] * 2},
        {"more": 1},
    ],
)
def test_a_document_that_does_not_agree_with_itself_is_refused(raw: bytes, members: dict[str, object]) -> None:
    with pytest.raises(EditionError):
        Release.from_bytes(other(raw, **members))


def test_a_newer_version_says_what_to_do(raw: bytes) -> None:
    with pytest.raises(EditionError) as error:
        Release.from_bytes(other(raw, release=2))
    assert "newer" in error.value.remedy


def test_an_object_of_a_kind_that_is_not_known_is_carried_along(raw: bytes) -> None:
    release = Release.from_bytes(raw)
    more = replace(release, objects=(*release.objects, ReleaseObject(hash="a" * 64, size=5, kind="later")))
    assert Release.from_bytes(more.to_bytes()) == more


@pytest.mark.parametrize("text", [b"[" * 100_000, b'{"release": ' + b"[" * 5_000, b"null", b"{}", b"\xff", b""])
def test_what_is_no_document_costs_nothing_but_a_reason(text: bytes) -> None:
    with pytest.raises(EditionError):
        Release.from_bytes(text)


def test_an_endless_document_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MAX_RELEASE", 1_000)
    with pytest.raises(EditionError, match="larger than"):
        Release.from_bytes(b" " * 1_001)
