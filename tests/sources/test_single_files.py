"""HTML pages, Markdown and plain text: title, language, encoding, and what stays of the content."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from galactica.errors import InputError
from galactica.model import Document
from galactica.sources import leaf
from galactica.sources.contract import SourceOptions
from galactica.sources.formats import open_source
from galactica.sources.front_matter import split_front
from galactica.sources.html import page_title


def only(tmp_path: Path, name: str, content: str | bytes, **options: Any) -> Document:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with open_source(path, SourceOptions(**options)) as source:
        (item,) = source.read()
    assert isinstance(item, Document)
    return item


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>Moon - Site</title><h1>Moon</h1>", "Moon"),
        ("<title>Moon</title><h1>Welcome</h1>", "Moon"),
        ("<title>A &amp; B</title>", "A & B"),
        ("<title>\n Two\n lines </title>", "Two lines"),
        ("<h1>The <i>Moon</i></h1><h1>Sun</h1>", "The Moon"),
        ("<p>nothing</p>", ""),
        ("<title></title><h1></h1>", ""),
    ],
)
def test_the_title_of_a_page(page: str, title: str):
    assert page_title(page) == title


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf<html><p>caf\xc3\xa9</p>",
        b"<html><p>caf\xc3\xa9</p>",
        b"<html><p>caf\xe9</p>",
        b"<html><meta charset='iso-8859-1'><p>caf\xe9</p>",
        b'<html><meta http-equiv=Content-Type content="text/html; charset=macintosh"><p>caf\x8e</p>',
        "<html><p>café</p>".encode("utf-16"),
        "<html><p>café</p>".encode("utf-16-le"),
    ],
)
def test_a_page_is_read_in_its_own_encoding(tmp_path: Path, raw: bytes):
    assert "<p>café</p>" in only(tmp_path, "page.html", raw).content


def test_a_chinese_page_that_names_its_encoding_is_read_in_it(tmp_path: Path):
    raw = '<html><head><meta charset="gb2312"><title>月球</title></head>'.encode("gb18030")
    assert only(tmp_path, "page.html", raw).title == "月球"


def test_a_page_keeps_its_language_and_its_address(tmp_path: Path):
    page = only(
        tmp_path,
        "page.htm",
        '<!doctype html><html class=x lang="pt_br"><link rel="canonical" href="https://example.org/a?b&amp;c">',
    )
    assert (page.language, page.url, page.path) == ("pt-BR", "https://example.org/a?b&c", "page.htm")


def test_a_page_without_a_title_is_called_after_its_file(tmp_path: Path):
    assert only(tmp_path, "far_side.html", "<p>Dark.</p>").title == "far side"


def test_a_packed_page_is_read_and_loses_only_the_ending_of_the_packing(tmp_path: Path):
    page = only(tmp_path, "page.html.gz", gzip.compress(b"<html><title>Moon</title>"))
    assert (page.path, page.title) == ("page.html", "Moon")


def test_front_matter_fills_the_fields(tmp_path: Path):
    page = only(
        tmp_path,
        "moon.md",
        '---\ntitle: "The Moon: a guide"\nlang: en_GB\ntags:\n  - sky\n  - night # not day\ndate: 2020-01-02\n'
        "aliases: [Luna, 'La Lune']\nurl: https://example.org/moon\nlicense: CC0-1.0\nlayout: x\n---\nRound.\n",
    )
    assert page.title == "The Moon: a guide"
    assert page.language == "en-GB"
    assert page.categories == ("sky", "night")
    assert page.aliases == ("Luna", "La Lune")
    assert (page.modified, page.url, page.licence) == ("2020-01-02", "https://example.org/moon", "CC0-1.0")
    assert page.content == "Round.\n"


def test_toml_front_matter_is_read_too():
    front, rest = split_front('+++\ntitle = "Moon"\ntags = ["a", "b"]\ndate = 2020-01-02\n+++\ntext')
    assert (front.one("title"), front.many("tags"), front.one("date")) == ("Moon", ("a", "b"), "2020-01-02")
    assert rest == "text"


@pytest.mark.parametrize("broken", ["+++\n= = =\n+++\nx", "---\n: : :\n- - -\n---\nx", "---\nno end"])
def test_front_matter_that_makes_no_sense_is_no_error(broken: str):
    split_front(broken)


@pytest.mark.parametrize(
    ("text", "title", "content"),
    [
        ("# Moon\n\nRound.\n", "Moon", "\nRound.\n"),
        ("Moon\n====\nRound.\n", "Moon", "Round.\n"),
        ("# The *big* [Moon](m.md) #\nRound.", "The big Moon", "Round."),
        ("# Moon\n" + "x" * 5000, "Moon", "x" * 5000),
        ("# " + " " * 500_000 + "x", "page", "# " + " " * 500_000 + "x"),
        ("Round.\n\n# Later\n", "page", "Round.\n\n# Later\n"),
        ("---\ntitle: Sun\n---\n# Moon\nRound.", "Sun", "# Moon\nRound."),
        ("---\ntitle: Moon\n---\n# Moon\nRound.", "Moon", "Round."),
    ],
)
def test_a_markdown_title_is_said_once(tmp_path: Path, text: str, title: str, content: str):
    page = only(tmp_path, "page.md", text)
    assert (page.title, page.content) == (title, content)


@pytest.mark.parametrize(
    ("text", "title", "content"),
    [
        ("A day\n\nIt rained.\n", "A day", "It rained.\n"),
        ("It rained, and\nthen it did not.", "page", "It rained, and\nthen it did not."),
        ("It was a dark and stormy night, as nights go here.\n\nIt rained.", "page", None),
        ("Alone", "page", "Alone"),
        ("\r\nA day\r\n\r\nIt rained.\r\n", "A day", "It rained.\n"),
    ],
)
def test_the_first_line_of_a_text_is_its_title_where_it_looks_like_one(
    tmp_path: Path, text: str, title: str, content: str | None
):
    page = only(tmp_path, "page.txt", text)
    assert (page.title, page.content) == (title, content or text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "windows-1252"])
def test_a_text_is_read_in_the_encoding_it_is_written_in(tmp_path: Path, encoding: str):
    text = "A café\n\nIt is open all day; come in and sit down, there is room for all.\n"
    assert only(tmp_path, "page.txt", text.encode(encoding)).title == "A café"


@pytest.mark.parametrize("raw", [b"\x00\x01\x02\x03" * 9, bytes(range(128, 256)), b"   \n\n "])
def test_what_is_no_text_is_one_clear_error(tmp_path: Path, raw: bytes):
    path = tmp_path / "page.txt"
    path.write_bytes(raw)
    with pytest.raises(InputError), open_source(path) as source:
        list(source.read())


def test_a_document_that_is_too_large_is_one_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(leaf, "MAX_DOCUMENT", 100)
    path = tmp_path / "page.txt"
    path.write_text("word " * 100)
    with pytest.raises(InputError, match="too-large"), open_source(path) as source:
        list(source.read())


def test_what_the_person_says_about_the_markup_opens_a_file_of_no_known_name(tmp_path: Path):
    assert only(tmp_path, "readme.first", "# Moon\n\nRound.", markup="markdown").title == "Moon"
    assert only(tmp_path, "page.cgi", "Moon", markup="text").markup == "text"
