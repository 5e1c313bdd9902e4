"""Web archives as a library: which records are pages, which capture counts, what is left out and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.errors import InputError
from galactica.model import SourceStatement, Work
from galactica.sources.contract import SourceOptions
from galactica.sources.formats import open_source
from tests.sources.warcs import (
    ARC_HEAD,
    HOST,
    INFO,
    arc,
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


def test_what_was_not_modified_is_the_same_as_what_was_there_before(tmp_path: Path):
    items = read(
        tmp_path,
        response(f"{HOST}/", page("New"), date="2022-01-01T00:00:00Z"),
        response(f"{HOST}/", page("Old"), date="2019-01-01T00:00:00Z"),
        warc("revisit", http("", status="304 Not Modified"), uri=f"{HOST}/", date="2023-01-01T00:00:00Z"),
        warc("revisit", http("", status="304 Not Modified"), uri=f"{HOST}/x", date="2023-01-01T00:00:00Z"),
    )
    assert documents(items)["example.com/"].revision == "20230101000000"
    assert "New" in documents(items)["example.com/"].content
    assert reasons(items) == {"superseded": 1, "revisit": 1, "revisit-unresolved": 1}


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
        warc("resource", "Moon", uri=f"urn:text:{HOST}/", Content_Type="text/plain"),
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
        **{"archive-record": 5, "robots-txt": 1, "not-an-article": 3, "empty": 1, "login-page": 1, "consent-page": 1},
        **{"robot-check": 1, "error-page": 1, "bad-encoding": 1},
    }


def test_an_article_about_the_error_404_is_a_page(tmp_path: Path):
    long = "<p>" + "The error is sent where nothing is found, as servers say it. " * 40 + "</p>"
    assert documents(read(tmp_path, response(f"{HOST}/404", page("404 Not Found", long))))


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


def test_a_page_with_a_long_address_has_a_statement_with_a_name_of_its_own(tmp_path: Path):
    items = read(
        tmp_path, response(f"{HOST}/{'x' * 2030}", page("Long")), response(f"{HOST}/{'x' * 3000}", page("Longer"))
    )
    assert [item.value for item in items if isinstance(item, SourceStatement)] == ["2020-01-02T03:04:05Z"]
    assert reasons(items) == {"bad-path": 1}
