"""Which encoding bytes are written in, and lines within bounds."""

from __future__ import annotations

import io
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.sources import encoding_lines
from galactica.sources.encoding import codec_of, decode, guess_encoding
from galactica.sources.encoding_lines import text_lines

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
    assert guess_encoding(raw, declared) == name


def test_a_broken_byte_in_a_long_utf8_text_does_not_change_its_encoding():
    text = decode(PROSE.encode() * 20 + b"\xff" + PROSE.encode())
    assert text is not None
    assert text.count("\ufffd") == 1
    assert text.startswith(PROSE)


@pytest.mark.parametrize("name", ["utf-8", "utf-16"])
def test_lines_come_with_their_numbers_in_any_encoding(name: str):
    stream = cast(BinaryIO, io.BytesIO("eins\r\nzwei\n\ndrei".encode(name)))
    assert [(line.number, line.text) for line in text_lines(stream, name)] == [
        (1, "eins"),
        (2, "zwei"),
        (3, ""),
        (4, "drei"),
    ]


@pytest.mark.parametrize("name", ["utf-8", "utf-16"])
def test_a_line_that_is_too_long_is_told_and_the_next_one_is_read(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(encoding_lines, "LINE_BYTES", 50)
    stream = cast(BinaryIO, io.BytesIO(("a\n" + "x" * 500 + "\nb\n").encode(name)))
    assert [line.fault or line.text for line in text_lines(stream, name)] == ["a", "too-large", "b"]


@pytest.mark.parametrize(
    ("label", "text", "codec"),
    [
        ("cp1251", "Мост через Волгу", "cp1251"),
        (" X-CP1251\n", "Мост через Волгу", "cp1251"),
        ("ibm866", "Мост через Волгу", "cp866"),
        ("x-mac-cyrillic", "Мост", "mac_cyrillic"),
        ("latin2", "Łódź leży nad rzeką", "iso8859_2"),
        ("greek", "Η γέφυρα", "iso8859_7"),
        ("iso-8859-8-i", "הגשר", "iso8859_8"),
        ("sjis", "①橋を渡る", "cp932"),
        ("ms932", "橋を渡る", "cp932"),
        ("x-euc-jp", "橋を渡る", "euc_jp"),
        ("chinese", "过桥", "gb2312"),
        ("GB2312", "鎔鎔", "gb18030"),
        ("cn-big5", "過橋", "big5"),
        ("windows-949", "다리를 건너", "cp949"),
        ("l1", "café “ouvert”", "cp1252"),
        ("dos-874", "สะพาน", "cp874"),
    ],
)
def test_labels_are_understood_as_browsers_do(label: str, text: str, codec: str):
    assert text.encode(codec).decode(codec_of(label)) == text


@pytest.mark.parametrize(
    "label", ["", "idna", "punycode", "rot13", "hex", "utf-7", "iso-2022-kr", "hz-gb-2312", "x-user-defined"]
)
def test_a_page_cannot_choose_what_is_no_encoding_of_text(label: str):
    assert codec_of(label) == ""


def test_a_russian_page_whose_label_is_a_short_one_is_no_row_of_western_letters():
    page = "<html><head><meta charset=cp1251></head><body><p class=first>Мост.</p></body></html>"
    assert decode(page.encode("cp1251"), "cp1251") == page
