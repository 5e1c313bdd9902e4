"""Which encoding bytes are written in, and lines within bounds."""

from __future__ import annotations

import io
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.sources import encoding
from galactica.sources.encoding import decode, guess, lines

PROSE = "Ein Mädchen fährt über die Brücke, und niemand weiß, wohin sie geht. "


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_is_written_in_unicode_comes_back(text: str, name: str):
    assert decode(text.encode(name)) == text.removeprefix("\ufeff")


@given(st.binary())
def test_any_bytes_are_text_or_nothing(raw: bytes):
    text = decode(raw)
    if text is not None:
        text.encode()


@pytest.mark.parametrize(
    ("raw", "declared", "name"),
    [
        (b"plain", "", "utf-8"),
        (PROSE.encode(), "iso-8859-1", "utf-8"),
        (PROSE.encode("latin-1"), "", "windows-1252"),
        (PROSE.encode("latin-1"), "latin1", "windows-1252"),
        ("月球是地球的卫星".encode("gbk"), "GB2312", "gb18030"),
        ("月球是地球的卫星".encode("gbk"), "", "gb18030"),
        ("Луна".encode("koi8-r"), "koi8-r", "koi8-r"),
        (PROSE.encode("utf-16-be"), "", "utf-16-be"),
        (PROSE.encode("latin-1"), "rot13", "windows-1252"),
        (PROSE.encode("latin-1"), "idna", "windows-1252"),
        (b"\0\1\2", "", ""),
    ],
)
def test_the_encoding_that_is_chosen(raw: bytes, declared: str, name: str):
    assert guess(raw, declared) == name


def test_a_broken_byte_in_a_long_utf8_text_does_not_change_its_encoding():
    text = decode(PROSE.encode() * 20 + b"\xff" + PROSE.encode())
    assert text is not None
    assert text.count("\ufffd") == 1
    assert text.startswith(PROSE)


@pytest.mark.parametrize("name", ["utf-8", "utf-16"])
def test_lines_come_with_their_numbers_in_any_encoding(name: str):
    stream = cast(BinaryIO, io.BytesIO("eins\r\nzwei\n\ndrei".encode(name)))
    assert [(line.number, line.text) for line in lines(stream, name)] == [
        (1, "eins"),
        (2, "zwei"),
        (3, ""),
        (4, "drei"),
    ]


@pytest.mark.parametrize("name", ["utf-8", "utf-16"])
def test_a_line_that_is_too_long_is_told_and_the_next_one_is_read(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(encoding, "LINE_BYTES", 50)
    stream = cast(BinaryIO, io.BytesIO(("a\n" + "x" * 500 + "\nb\n").encode(name)))
    assert [line.fault or line.text for line in lines(stream, name)] == ["a", "too-large", "b"]
