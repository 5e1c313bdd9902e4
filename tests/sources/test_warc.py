"""Web archives as a library: which records are pages, which capture counts, what is left out and why."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import pytest

from galactica.errors import InputError
from galactica.model import Attachment, Document, MediaFile, Redirect, Rejected, SourceStatement, Work
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.formats import open_source
from galactica.sources.warc import WarcSource
from tests.sources.promised import check
from tests.sources.warcs import ARC_HEAD, INFO, PNG, arc, http, packed, page, response, warc

HOST = "http://example.com"


def read(tmp_path: Path, *records: bytes, options: SourceOptions | None = None) -> list[Item]:
    """Read an archive; what goes in comes out."""
    path = tmp_path / "site.warc"
    path.write_bytes(b"".join(records))
    with open_source(path, options) as source:
        items = list(source.read())
    check(items)
    told = sum(isinstance(item, Document | Redirect | Attachment | Rejected) for item in items)
    assert told == len(records)
    return items


def documents(items: list[Item]) -> dict[str, Document]:
    return {item.path: item for item in items if isinstance(item, Document)}


def redirects(items: list[Item]) -> dict[str, str]:
    return {item.path: item.target for item in items if isinstance(item, Redirect)}


def reasons(items: list[Item]) -> dict[str, int]:
    return dict(Counter(item.reason for item in items if isinstance(item, Rejected)))


def test_a_page_is_given_out_with_its_address_and_the_moment_of_its_capture(tmp_path: Path):
    fields = {"Last_Modified": "Wed, 01 Jan 2020 00:00:00 GMT", "Content_Language": "fr"}
    found = documents(read(tmp_path, response(f"{HOST}/a?id=1&utm_source=x#top", page("Moon"), **fields)))
    moon = found["example.com/a?id=1"]
    assert (moon.url, moon.revision, moon.modified) == (
        f"{HOST}/a?id=1&utm_source=x",
        "20200102030405",
        "2020-01-01T00:00:00Z",
    )
    assert (moon.markup, moon.title, moon.language) == ("webpage", "", "fr")


def test_whoever_wants_whole_pages_gets_them_as_html_with_a_title(tmp_path: Path):
    found = documents(read(tmp_path, response(f"{HOST}/a", page("Moon")), options=SourceOptions(whole_pages=True)))
    assert (found["example.com/a"].markup, found["example.com/a"].title) == ("html", "Moon")


def test_of_several_captures_the_newest_counts_and_every_moment_is_told(tmp_path: Path):
    items = read(
        tmp_path,
        response(f"{HOST}/", page("New"), date="2021-05-06T07:08:09Z"),
        response(f"{HOST}/", page("Old"), date="2019-01-01T00:00:00Z"),
        response("https://example.com:443/?", page("Middle"), date="2020-01-01T00:00:00.123Z"),
    )
    assert "New" in documents(items)["example.com/"].content
    assert reasons(items) == {"superseded": 2}
    said = [item for item in items if isinstance(item, SourceStatement)]
    assert [each.value for each in said] == ["2019-01-01T00:00:00Z", "2020-01-01T00:00:00Z", "2021-05-06T07:08:09Z"]
    assert {(each.subject, each.property, each.kind) for each in said} == {("path:example.com/", "captured", "time")}


def test_a_later_error_does_not_replace_a_page(tmp_path: Path):
    items = read(
        tmp_path,
        response(f"{HOST}/", page("Moon"), date="2019-01-01T00:00:00Z"),
        response(f"{HOST}/", page("404 Not Found"), date="2021-01-01T00:00:00Z"),
        response(f"{HOST}/", "", status="301 Moved", date="2022-01-01T00:00:00Z", Location="/gone"),
    )
    assert "Moon" in documents(items)["example.com/"].content
    assert reasons(items) == {"not-found": 1, "superseded": 1}


def test_a_revisit_keeps_its_day_and_gives_its_address_to_what_it_is_the_same_as(tmp_path: Path):
    first = warc("response", http(page("Moon")), uri=f"{HOST}/a", WARC_Payload_Digest="sha1:abc", date="2019-01-01")
    same = warc("revisit", http(""), uri=f"{HOST}/a", WARC_Payload_Digest="sha1:ABC", date="2020-01-01T00:00:00Z")
    other = warc("revisit", http(""), uri=f"{HOST}/b", WARC_Payload_Digest="sha1:ABC", date="2020-01-01T00:00:00Z")
    lost = warc("revisit", http(""), uri=f"{HOST}/c", WARC_Payload_Digest="sha1:DEF")
    items = read(tmp_path, same, other, lost, first)
    assert list(documents(items)) == ["example.com/a"]
    assert documents(items)["example.com/a"].revision == "20200101000000"
    assert redirects(items) == {"example.com/b": "example.com/a"}
    assert reasons(items) == {"revisit": 1, "revisit-unresolved": 1}
    assert [item.value for item in items if isinstance(item, SourceStatement)] == ["2019-01-01", "2020-01-01T00:00:00Z"]


def test_a_revisit_of_what_is_no_longer_shown_there_is_a_page_of_its_own(tmp_path: Path):
    old = warc("response", http(page("Old")), uri=f"{HOST}/a", WARC_Record_ID="<urn:1>", date="2019-01-01T00:00:00Z")
    new = response(f"{HOST}/a", page("New"), date="2020-01-01T00:00:00Z")
    copy = warc("revisit", b"", uri=f"{HOST}/b", WARC_Refers_To="<urn:1>", date="2021-01-01T00:00:00Z")
    found = documents(read(tmp_path, old, new, copy))
    assert "New" in found["example.com/a"].content
    assert "Old" in found["example.com/b"].content


def test_redirects_by_status_and_by_page_are_other_names(tmp_path: Path):
    items = read(
        tmp_path,
        response(f"{HOST}/old", "", status="301 Moved Permanently", Location="//example.com/new"),
        response(f"{HOST}/older", "<meta http-equiv=refresh content='0; url=old'>"),
        response("http://example.com/new/", "", status="302 Found", Location="https://example.com/new/"),
        response(f"{HOST}/out", "", status="302 Found", Location="mailto:x@example.com"),
        response(f"{HOST}/new", page("New")),
    )
    assert redirects(items) == {"example.com/old": "example.com/new", "example.com/older": "example.com/old"}
    assert reasons(items) == {"to-itself": 1, "broken-redirect": 1}


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("404 Not Found", "not-found"),
        ("410 Gone", "not-found"),
        ("403 Forbidden", "forbidden"),
        ("418 x", "http-error"),
        ("500 x", "server-error"),
        ("304 Not Modified", "not-modified"),
        ("204 No Content", "empty"),
        ("206 x", "partial"),
    ],
)
def test_answers_that_hold_no_page_are_counted_by_reason(tmp_path: Path, status: str, reason: str):
    assert reasons(read(tmp_path, response(f"{HOST}/", page("Moon"), status=status))) == {reason: 1}


def test_what_is_no_page_of_a_site_is_counted_by_reason(tmp_path: Path):
    items = read(
        tmp_path,
        INFO,
        warc("request", "GET / HTTP/1.1\r\n\r\n", uri=f"{HOST}/"),
        warc("metadata", "x: y", uri=f"{HOST}/"),
        warc("response", "20200102\nexample.com 93.184.216.34", uri="dns:example.com", Content_Type="text/dns"),
        response(f"{HOST}/robots.txt", "User-agent: *", kind="text/plain"),
        response(f"{HOST}/x.css", "p { color: red }", kind="text/css"),
        response(f"{HOST}/x.json", "{}", kind="application/json"),
        response(f"{HOST}/ajax", '{"a": 1}'),
        response(f"{HOST}/empty", " "),
        response(f"{HOST}/login", page("Log in", "<form><input type='password'></form>")),
        response("https://consent.example.com/x", page("Before you continue", "<p>We use cookies.</p>")),
        response(f"{HOST}/wait", page("Just a moment...")),
        response(f"{HOST}/oops", page("Internal Server Error")),
        response(f"{HOST}/binary", bytes(range(256)) * 4),
    )
    assert not documents(items)
    assert reasons(items) == {
        **{"archive-record": 4, "robots-txt": 1, "not-an-article": 3, "empty": 1, "login-page": 1, "consent-page": 1},
        **{"robot-check": 1, "error-page": 1, "bad-encoding": 1},
    }


def test_an_article_about_the_error_404_is_a_page(tmp_path: Path):
    long = "<p>" + "The error is sent where nothing is found, as servers say it. " * 40 + "</p>"
    assert documents(read(tmp_path, response(f"{HOST}/404", page("404 Not Found", long))))


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
    )
    assert list(documents(items)) == ["example.com/1", "example.com/2"]
    assert [item.mime for item in items if isinstance(item, Attachment)] == ["image/png"]


@pytest.mark.parametrize(
    ("kind", "meta", "codec"),
    [
        ("text/html; charset=windows-1251", "utf-8", "cp1251"),
        ("text/html", "windows-1251", "cp1251"),
        ("text/html; charset=utf-16le", "", "utf-16-le"),
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


def test_a_host_with_several_pages_is_a_site_whose_front_page_comes_first(tmp_path: Path):
    items = read(
        tmp_path,
        response("https://example.com/b", page("B")),
        response("https://example.com/", page("Front")),
        response("https://alone.org/", page("Alone")),
    )
    assert [(item.path, item.kind, item.url) for item in items if isinstance(item, Work)] == [
        ("example.com", "site", "https://example.com/")
    ]
    found = documents(items)
    assert [(found[p].work, found[p].part) for p in ("example.com/", "example.com/b", "alone.org/")] == [
        *[("example.com", 1), ("example.com", 2), ("", 0)],
    ]


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


def test_damage_is_told_and_what_comes_behind_it_is_found(tmp_path: Path):
    broken = response(f"{HOST}/2", page("Two")).replace(b"WARC-", b"W?RC-")
    items = read(tmp_path, response(f"{HOST}/1", page("One")), broken, response(f"{HOST}/3", page("Three")))
    assert list(documents(items)) == ["example.com/1", "example.com/3"]
    assert reasons(items) == {"damaged": 1}


def test_an_arc_is_read(tmp_path: Path):
    path = tmp_path / "x.arc.gz"
    path.write_bytes(
        packed(ARC_HEAD, arc("http://example.com/", http(page("Moon"))), arc("http://x.org/", page("Bare")))
    )
    with open_source(path) as source:
        assert (source.source.key, source.source.format, source.source.date) == ("x", "warc", "2020-01-02")
        items = list(source.read())
    assert list(documents(items)) == ["example.com/", "x.org/"]


def test_a_file_that_is_only_called_so_is_an_error_that_helps(tmp_path: Path):
    path = tmp_path / "x.warc"
    path.write_bytes(b"\r\n\r\n")
    with pytest.raises(InputError):
        open_source(path)


def test_an_answer_to_a_form_is_no_capture_of_its_address(tmp_path: Path):
    answer = warc("response", http(page("Answer")), uri=f"{HOST}/", date="2022-01-01", WARC_Record_ID="<urn:2>")
    items = read(
        tmp_path,
        response(f"{HOST}/", page("Form"), date="2020-01-01"),
        answer,
        warc("request", "POST / HTTP/1.1\r\n\r\nx=1", uri=f"{HOST}/", WARC_Concurrent_To="<urn:2>"),
    )
    assert "Form" in documents(items)["example.com/"].content
    assert reasons(items) == {"archive-record": 2}


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


def test_a_page_with_a_long_address_has_a_statement_with_a_name_of_its_own(tmp_path: Path):
    items = read(
        tmp_path, response(f"{HOST}/{'x' * 2030}", page("Long")), response(f"{HOST}/{'x' * 3000}", page("Longer"))
    )
    assert [item.value for item in items if isinstance(item, SourceStatement)] == ["2020-01-02T03:04:05Z"]
    assert reasons(items) == {"bad-path": 1}
