"""Books that are broken, locked or hostile: what can be read is read, the rest is told, nothing unpacks without end."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.errors import InputError
from galactica.sources import contract, packed
from galactica.sources.formats import open_source
from tests.sources.books import files_of, left_out, media, nav, page, parts, read
from tests.sources.books import packed as zipped
from tests.sources.promised import check
from tests.sources.samples import BOOK, PNG

TEXT = "The tide goes out and comes again. " * 60
PAGES: dict[str, str | bytes] = {
    "a.xhtml": page(f'<p>{TEXT}</p><img src="p.png" alt=""/>'),
    "b.xhtml": page("<p>End.</p>"),
    "p.png": PNG,
    "f.otf": b"OTTO",
}
AES = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
FONT = "http://www.idpf.org/2008/embedding"


def locked(paths: dict[str, str]) -> str:
    data = "".join(
        f'<enc:EncryptedData><enc:EncryptionMethod Algorithm="{algorithm}"/><enc:CipherData>'
        f'<enc:CipherReference URI="{path}"/></enc:CipherData></enc:EncryptedData>'
        for path, algorithm in paths.items()
    )
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        f'xmlns:enc="http://www.w3.org/2001/04/xmlenc#">{data}</encryption>'
    )


def written(folder: Path, raw: bytes) -> Path:
    path = folder / "tides.epub"
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("META-INF/license.lcpl", "Readium LCP"),
        ("META-INF/rights.xml", "Adobe ADEPT"),
        ("META-INF/sinf.xml", "Apple FairPlay"),
        ("META-INF/other", "aes256-cbc"),
    ],
)
def test_a_book_under_lock_is_refused_by_the_name_of_the_lock(file: str, name: str, tmp_path: Path) -> None:
    extra = {"META-INF/encryption.xml": locked({"OPS/a.xhtml": AES, "OPS/b.xhtml": AES}), file: "x"}
    with pytest.raises(InputError, match=name):
        open_source(written(tmp_path, zipped(files_of(PAGES, extra=extra))))


def test_what_is_not_locked_is_read_and_what_is_told_by_name(tmp_path: Path) -> None:
    extra = {"META-INF/encryption.xml": locked({"OPS/b.xhtml": AES, "OPS/p.png": AES}), "META-INF/license.lcpl": "{}"}
    items = read(written(tmp_path, zipped(files_of(PAGES, extra=extra))))
    assert [each.path for each in parts(items)] == ["OPS/a.xhtml"]
    assert media(items) == []
    assert ("OPS/b.xhtml", "encrypted") in left_out(items)
    assert ("OPS/p.png", "encrypted") in left_out(items)


def test_obfuscated_fonts_and_rights_without_locks_change_nothing(tmp_path: Path) -> None:
    extra = {"META-INF/encryption.xml": locked({"OPS/f.otf": FONT}), "META-INF/rights.xml": "<rights/>"}
    items = read(written(tmp_path, zipped(files_of(PAGES, extra=extra))))
    assert len(parts(items)) == 2
    assert left_out(items) == [("OPS/f.otf", "unsupported")]


def test_a_wrong_checksum_is_counted_and_the_page_read(tmp_path: Path) -> None:
    raw = zipped(files_of(PAGES))
    crc = struct.pack("<I", zlib.crc32(str(PAGES["a.xhtml"]).encode()))
    found = parts(read(written(tmp_path, raw.replace(crc, b"\1\2\3\4"))))
    assert TEXT.strip() in found[0].content
    assert ("zip:checksum", 1) in found[0].dropped


def test_a_book_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    raw = zipped(files_of(PAGES))
    items = read(written(tmp_path, raw[: raw.index(b"OPS/b.xhtml") - 40]))
    assert [each.path for each in parts(items)] == ["OPS/a.xhtml"]
    assert ("tides.epub", "truncated") in left_out(items)
    assert ("b.xhtml", "broken-link") in left_out(items)


def test_bytes_before_the_book_do_no_harm(tmp_path: Path) -> None:
    path = written(tmp_path, b"\0" * 100 + zipped(files_of(PAGES)) + b"\n" * 70_000)
    assert len(parts(read(path))) == 2


def test_pages_and_files_without_end_are_rejected_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = files_of(PAGES)
    files["OPS/b.xhtml"] = b" " * (contract.MAX_DOCUMENT + 1)
    items = read(written(tmp_path, zipped(files)))
    assert ("OPS/b.xhtml", "too-large") in left_out(items)
    monkeypatch.setattr(packed, "FREE_UNPACKED", 2_000)
    monkeypatch.setattr(packed, "MAX_RATIO", 1)
    items = read(written(tmp_path, zipped(files_of(PAGES))))
    assert "too-large" in {reason for _, reason in left_out(items)}


def test_contents_that_lead_nowhere_or_nest_without_end_are_counted(tmp_path: Path) -> None:
    deep = '<li><a href="a.xhtml">D</a><ol>' * 300 + "</ol></li>" * 300
    listed = f'<li><a href="gone.xhtml">Gone</a></li><li><a href="b.xhtml#gone">B</a></li>{deep}'
    items = read(written(tmp_path, zipped(files_of({"nav.xhtml": nav(listed), **PAGES}))))
    assert [each.title for each in parts(items)] == ["D", "B"]
    assert ("epub:contents-lead-nowhere", 2) in parts(items)[0].dropped


def test_a_package_with_errors_in_its_markup_is_read(tmp_path: Path) -> None:
    files = files_of(PAGES)
    files["OPS/book.opf"] = (
        files["OPS/book.opf"].replace(b"Tides", b"Ebb & Flow &nbsp; <sea>").replace(b"xmlns:dc", b"x")
    )
    items = read(written(tmp_path, zipped(files)))
    assert len(parts(items)) == 2


@given(st.data())
def test_flipped_bytes_in_a_book_lose_nothing_in_silence(tmp_path_factory, data: st.DataObject) -> None:
    raw = bytearray(zipped(BOOK))
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path = written(tmp_path_factory.mktemp("book"), bytes(raw))
    try:
        items = read(path)
    except InputError as error:
        if not error.remedy:
            pytest.fail("an error that does not help")
        return
    check(items)


TAGS = (
    *("<p>", "</p>", "<a href='x'>", "</a>", "<sup>", "</sup>", "<h1>", "</h1>", "word ", "&amp;", "<", "<title>"),
    *("<svg>", "</svg>", "<math>", "</math>", "<ruby>", "<rt>", "</ruby>", "<ol>", "</ol>", "<b id='c'>", "<audio>"),
    *("<span epub:type='pagebreak' title='3'/>", "<li epub:type='footnote'>", "<td>", "<object data='p.png'>"),
)


@given(st.lists(st.sampled_from(TAGS), max_size=30))
def test_whatever_the_order_of_tags_no_word_is_lost_or_it_is_counted(tmp_path_factory, pieces: list[str]) -> None:
    listed = '<li><a href="a.xhtml">A</a></li><li><a href="a.xhtml#c">C</a></li>'
    pages: dict[str, str | bytes] = {"nav.xhtml": nav(listed), "a.xhtml": page("".join(pieces)), "p.png": PNG}
    items = read(written(tmp_path_factory.mktemp("book"), zipped(files_of(pages))))
    check(items)
    dropped = {rule for each in parts(items) for rule, _ in each.dropped}
    if not {"<audio>", "<svg>"} & set(pieces) and "epub:not-closed" not in dropped:
        assert "".join(each.content for each in parts(items)).count("word") == pieces.count("word ")


def test_an_archive_of_a_million_names_is_refused_before_they_are_read(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("galactica.sources.zipped.MAX_DIRECTORY", 50)
    with pytest.raises(InputError, match="too many files"):
        open_source(written(tmp_path, zipped(files_of(PAGES))))
    assert zipfile.is_zipfile(tmp_path / "tides.epub")


def test_a_page_of_tags_without_end_is_rejected_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("galactica.sources.epub_flow.MAX_PIECES", 100)
    items = read(written(tmp_path, zipped(files_of(PAGES | {"a.xhtml": page("<b>x</b>" * 50)}))))
    assert [each.path for each in parts(items)] == ["OPS/b.xhtml"]
    assert ("OPS/a.xhtml", "too-large") in left_out(items)


def test_drawings_without_end_are_kept_up_to_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("galactica.sources.epub_links.MAX_DRAWINGS", 2)
    items = read(written(tmp_path, zipped(files_of(PAGES | {"b.xhtml": page("<svg><text>word</text></svg>" * 3)}))))
    assert media(items) == ["OPS/p.png", "OPS/b.xhtml.1.svg", "OPS/b.xhtml.2.svg"]
    assert ("epub:svg", 1) in parts(items)[1].dropped
    assert parts(items)[1].content.count("word") == 3


def test_a_package_without_end_is_read_as_far_as_it_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("galactica.sources.xml_tree.MAX_NODES", 20)
    files = files_of(PAGES)
    files["OPS/book.opf"] = files["OPS/book.opf"].replace(b"</spine>", b"<x/>" * 99 + b"</spine>")
    assert [each.path for each in parts(read(written(tmp_path, zipped(files))))] == ["OPS/a.xhtml", "OPS/b.xhtml"]


def test_a_part_under_a_password_is_told_once_by_the_manifest_and_once_by_the_spine(tmp_path: Path) -> None:
    raw = bytearray(zipped(files_of(PAGES)))
    at = raw.rindex(b"OPS/b.xhtml") - 46  # its entry in the directory
    raw[at + 8] |= 1
    items = read(written(tmp_path, bytes(raw)))
    assert [each.path for each in parts(items)] == ["OPS/a.xhtml"]
    assert ("OPS/b.xhtml", "encrypted") in left_out(items)
    assert [reason for where, reason in left_out(items) if where.endswith("i1")] == ["broken-link"]
