"""What pages, texts and files of web archives hold: encodings, links, pictures, packings, documents."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from galactica.model import Attachment, Document, MediaFile, Rejected, SourceStatement
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.paths import stem
from galactica.sources.trees import TreeFile
from galactica.sources.warc import WarcSource
from tests.sources.promised import check
from tests.sources.warcs import (
    HOST,
    PNG,
    documents,
    http,
    packed,
    page,
    read,
    reasons,
    redirects,
    response,
    warc,
)


def test_texts_and_texts_made_elsewhere_are_read_and_a_page_goes_before_them(tmp_path: Path):
    items = read(
        tmp_path,
        response(f"{HOST}/a.txt", "A day\n\nIt rained.", kind="text/plain"),
        warc("conversion", "The Sun\n\nIt shines.", uri=f"{HOST}/sun", Content_Type="text/plain"),
        warc("conversion", "Moon\n\nIt is round.", uri=f"{HOST}/moon", Content_Type="text/plain", date="2022-01-01"),
        response(f"{HOST}/moon", page("Moon")),
    )
    found = documents(items)
    assert [(found[p].title, found[p].markup) for p in sorted(found)] == [
        *[("A day", "text"), ("", "webpage"), ("The Sun", "text")],
    ]
    assert reasons(items) == {"superseded": 1}


def test_content_that_a_record_holds_itself_is_read_by_its_type(tmp_path: Path):
    items = read(tmp_path, warc("resource", page("Moon"), uri="file:///home/moon.html", Content_Type="text/html"))
    assert list(documents(items)) == ["file:/home/moon.html"]


def test_a_page_without_a_type_or_with_a_wrong_one_is_known_by_its_bytes(tmp_path: Path):
    items = read(
        tmp_path,
        response(f"{HOST}/1", page("One"), kind=""),
        response(f"{HOST}/2", page("Two"), kind="application/octet-stream"),
        response(f"{HOST}/3", PNG),
        response(f"{HOST}/4", "%!PS-Adobe and so on"),
    )
    assert list(documents(items)) == ["example.com/1", "example.com/2"]
    assert [item.mime for item in items if isinstance(item, Attachment)] == ["image/png", "application/octet-stream"]


@pytest.mark.parametrize(
    ("kind", "meta", "codec"),
    [
        ("text/html; charset=windows-1251", "utf-8", "cp1251"),
        ("text/html", "windows-1251", "cp1251"),
        ("text/html; charset=utf-16le", "", "utf-16-le"),
        ("text/html; charset=utf-8", "windows-1251", "cp1251"),
        ("text/html", "", "utf-8-sig"),
    ],
)
def test_the_server_says_the_encoding_then_the_page(tmp_path: Path, kind: str, meta: str, codec: str):
    body = page("Луна", head=f"<meta charset={meta}>" if meta else "").encode(codec)
    found = documents(read(tmp_path, response(f"{HOST}/", body, kind=kind)))
    assert "<h1>Луна</h1>" in found["example.com/"].content


def test_japanese_in_seven_bits_is_read(tmp_path: Path):
    body = page("月", head="<meta charset=iso-2022-jp>").encode("iso-2022-jp")
    found = documents(read(tmp_path, response(f"{HOST}/", body, kind="text/html")))
    assert "<h1>月</h1>" in found["example.com/"].content


def test_links_and_pictures_lead_to_where_they_lie_in_the_archive(tmp_path: Path):
    body = (
        "<base href='/d/'><p><a href='b?x=1&amp;y=2#p'>b</a> <a href='//other.org/z'>z</a> <a href='#here'>h</a>"
        "<img src='data:image/gif;base64,x' data-src='/i.png'><img src='s.png' srcset='/i.png 1x, /j.png 2x'></p>"
    )
    items = read(
        tmp_path,
        response(f"{HOST}/a", page("A", body)),
        response(f"{HOST}/d/b?x=1&y=2", page("B")),
        response(f"{HOST}/i.png", PNG, kind="image/png"),
        response("http://example.com/j.png", "", status="302 Found", Location="http://cdn.example.com/k"),
        response("http://cdn.example.com/k", PNG, kind="image/png"),
    )
    content = documents(items)["example.com/a"].content
    assert '<a href="/example.com/d/b%3Fx=1%26y=2#p">' in content
    assert '<a href="http://other.org/z">' in content
    assert "<a href='#here'>" in content
    assert "<img src='data:image/gif;base64,x' src=\"/example.com/i.png\">" not in content
    assert content.count('src="/example.com/i.png"') == 1
    assert content.count('src="/cdn.example.com/k"') == 1
    assert "<base" not in content


def test_files_are_taken_out_where_they_are_wanted(tmp_path: Path):
    path = tmp_path / "site.warc.gz"
    first = warc("response", http(PNG, kind="image/png"), uri=f"{HOST}/a.png", WARC_Payload_Digest="sha1:abc")
    again = warc("revisit", b"", uri=f"{HOST}/b.png", WARC_Payload_Digest="sha1:abc")
    other = response(f"{HOST}/c.png", PNG, kind="image/png")
    path.write_bytes(packed(first, again, other))
    with WarcSource(path, SourceOptions()) as source:
        items = list(source.read())
        assert [item.path for item in items if isinstance(item, Attachment)] == [
            f"example.com/{name}.png" for name in "abc"
        ]
        found = list(source.fetch(lambda path: "c.png" not in path, lambda prefix: True, 1000))
        small = list(source.fetch(lambda path: "c.png" in path, lambda prefix: True, 10))
    assert [(item.path, item.content) for item in found if isinstance(item, MediaFile)] == [
        ("example.com/a.png", PNG),
        ("example.com/b.png", PNG),
    ]
    assert [item.reason for item in small if isinstance(item, Rejected)] == ["too-large"]


def test_chunks_and_packings_are_undone_and_faults_counted(tmp_path: Path):
    moon = page("Moon").encode()
    zipped = gzip.compress(moon)
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (zipped[:50], zipped[50:])) + b"0\r\n\r\n"
    fields = {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}
    items = read(
        tmp_path,
        response(f"{HOST}/1", chunked, **fields),
        response(f"{HOST}/2", moon, **fields),
        response(f"{HOST}/3", zipped[:-20], Content_Encoding="gzip"),
        warc("response", http(moon), uri=f"{HOST}/4", WARC_Block_Digest="sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    )
    found = documents(items)
    assert {path[-1]: dict(each.dropped) for path, each in found.items()} == {
        **{"1": {}, "2": {}, "3": {"web:truncated": 1}, "4": {"web:digest": 1}},
    }
    assert all(each.content.startswith("<!DOCTYPE html>") for each in found.values())


def test_what_all_records_unpack_to_is_bounded_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("galactica.sources.packed.FREE_UNPACKED", 150_000)
    monkeypatch.setattr("galactica.sources.packed.MAX_RATIO", 1)
    zipped = gzip.compress(page("Moon", "<p>" + "word " * 20_000).encode())
    items = read(tmp_path, *(response(f"{HOST}/{name}", zipped, Content_Encoding="gzip") for name in "abc"))
    assert list(documents(items)) == ["example.com/a"]
    assert reasons(items) == {"too-large": 2}


def test_the_language_that_a_text_was_found_to_be_in_is_kept(tmp_path: Path):
    told = warc("conversion", "El sol\n\nBrilla.", uri=f"{HOST}/sol", WARC_Identified_Content_Language="spa")
    items = read(tmp_path, told)
    assert documents(items)["example.com/sol"].language == "es"


def test_documents_that_a_site_holds_as_files_are_read_and_kept_where_linked(tmp_path: Path):
    def read_note(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
        with entry.open() as stream:
            said = stream.read().decode()
        yield Document(source=key, path=entry.path, title=stem(entry.path), markup="text", content=said)

    note = file_format(
        Leaf(name="note", suffixes=(), recognise=lambda n, head: 90 * head.startswith(b"NOTE"), read=read_note)
    )
    path = tmp_path / "x.warc"
    old = response("http://example.com/old", "", status="301 Moved", Location="/a.note?v=1")
    path.write_bytes(old + response("http://example.com/a.note?v=1", "NOTE: hi", kind="application/x-note"))
    with WarcSource(path, SourceOptions(), (note,)) as source:
        items = list(source.read())
    check(items)
    found = documents(items)["example.com/a.note?v=1"]
    assert (found.title, found.content, found.url) == ("a", "NOTE: hi", "http://example.com/a.note?v=1")
    assert [(item.path, item.reason) for item in items if isinstance(item, Attachment)] == [
        ("example.com/a.note?v=1", "")
    ]
    assert redirects(items) == {"example.com/old": "example.com/a.note?v=1"}
    assert [item.value for item in items if isinstance(item, SourceStatement)] == ["2020-01-02T03:04:05Z"]
