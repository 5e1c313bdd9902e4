"""What pages of the web are told by: addresses, links, the answers of servers, and pages that are none."""

from __future__ import annotations

import base64
import gzip
import hashlib
import zlib
from urllib.parse import unquote

import pyarrow as pa
import pytest

from galactica.sources.html import page_title
from galactica.sources.http_message import content_of, parse_answer, unchunked
from galactica.sources.warc_digests import digest_fits
from galactica.sources.web_address import rooted_link, web_path
from galactica.sources.web_links import with_places
from galactica.sources.web_walls import wall_of
from tests.sources.warcs import http, page


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("http://example.com", "example.com/"),
        ("HTTPS://User:pw@EXAMPLE.com.:443/a/./b/../c#top", "example.com/a/c"),
        ("http://example.com:8080/", "example.com:8080/"),
        ("http://example.com/M%C3%BCnchen%20%e4%b8%ad?q=%C3%BC", "example.com/München 中?q=ü"),
        ("http://example.com/a%2Fb%3fc%25d%23", "example.com/a%2Fb%3Fc%25d%23"),
        ("http://example.com/caf%E9", "example.com/caf%E9"),
        ("http://example.com/?utm_source=x&id=3&PHPSESSID=1&fbclid=2", "example.com/?id=3"),
        ("http://example.com/a;jsessionid=12?x", "example.com/a?x"),
        ("http://example.com/%2e%2e/%2E%2e/etc", "example.com/etc"),
        ("http://example.com/x\\a\nb", "example.com/x/ab"),
        ("<http://example.com/>", "example.com/"),
        ("http://bücher.example/", "xn--bcher-kva.example/"),
        ("ftp://example.com/f", "ftp:example.com/f"),
        ("file:///home/x y.html", "file:/home/x y.html"),
        ("urn:isbn:1", "urn:isbn:1"),
        ("dns:example.com", ""),
        ("http:///x", ""),
        ("http://[", ""),
        ("javascript:alert(1)", ""),
        ("http://example.com/" + "x" * 9000, ""),
        ("", ""),
    ],
)
def test_an_address_has_one_path(address: str, path: str):
    assert web_path(address) == path
    assert unquote(rooted_link(path)) == f"/{path}"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<a href=x>", '<a href="/h.org/d/x">'),
        ("<A HREF = '../x?a=1&amp;b=2'>", '<A href="/h.org/x%3Fa=1%26b=2">'),
        ('<a title="a > b" href="x#y z">', '<a title="a > b" href="/h.org/d/x#y%20z">'),
        ('<a href="#y">', '<a href="#y">'),
        ('<a href="p#y">', '<a href="#y">'),
        ('<a href="">', '<a href="">'),
        ('<a href="http://gone.org/?a=1&amp;b">', '<a href="http://gone.org/?a=1&amp;b">'),
        ('<a href="//gone.org/">', '<a href="http://gone.org/">'),
        ('<a href="javascript:x()">', '<a href="javascript:x()">'),
        ("<!-- <a href=x> -->", "<!-- <a href=x> -->"),
        ("<script>'<a href=x>'</script><a href=x>", "<script>'<a href=x>'</script><a href=\"/h.org/d/x\">"),
        ("<img src=i.png srcset='j.png 2x'>", "<img src=\"/h.org/d/i.png\" srcset='j.png 2x'>"),
        ("<img data-src=i.png>", '<img src="/h.org/d/i.png">'),
        ("<img srcset='gone.png 3x, i.png 2x,j.png'>", '<img src="/h.org/d/i.png">'),
        ("<video poster=i.png src=v.mp4>", '<video poster="/h.org/d/i.png" src="/h.org/d/v.mp4">'),
        ("<a href='x", "<a href='x"),
        ("<a", "<a"),
    ],
)
def test_what_is_in_the_archive_is_linked_from_its_root_and_all_else_as_a_whole_address(markup: str, expected: str):
    def place(address: str) -> str:
        return "" if "gone" in address else web_path(address)

    found = with_places(markup, "http://h.org/d/p", place)
    assert found.replace("y z", "y%20z") == expected


def test_a_base_is_followed_and_taken_away():
    assert with_places("<base href='/e/'><a href=x>", "http://h.org/d/p", web_path) == '<a href="/h.org/e/x">'


def test_a_page_of_open_tags_is_looked_at_once():
    for hostile in (
        '<a href="' * 50_000,
        "<a href='" * 50_000,
        "<script>" * 100_000,
        "<!--" * 200_000,
        "<img " * 200_000,
    ):
        assert with_places(hostile, "http://h.org/", web_path)


MOON = page("Moon").encode()


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(MOON)),
        ("x-gzip", gzip.compress(MOON[:40]) + gzip.compress(MOON[40:])),
        ("deflate", zlib.compress(MOON)),
        ("deflate", zlib.compress(MOON)[2:-4]),
        ("br", pa.compress(MOON, "brotli", asbytes=True)),
        ("zstd", pa.compress(MOON, "zstd", asbytes=True)),
        ("identity", MOON),
        ("gzip", MOON),
        ("br", MOON),
        ("deflate", MOON),
    ],
)
def test_packing_is_undone_where_there_is_any(coding: str, packed: bytes):
    block = http(packed, Content_Encoding=coding)
    answer = parse_answer(block)
    assert answer is not None
    found = content_of(answer, block, 10**6)
    assert (found.content, found.faults) == (MOON, ())


def test_many_empty_members_before_the_content_are_passed_one_by_one():
    block = http(gzip.compress(b"") * 100_000 + gzip.compress(MOON), Content_Encoding="gzip")
    answer = parse_answer(block)
    assert answer is not None
    found = content_of(answer, block, 10**6)
    assert (found.content, found.faults) == (MOON, ())


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_what_unpacks_to_too_much_is_cut(coding: str):
    bomb = bytes(10**7)
    packed = {
        "gzip": lambda: gzip.compress(bomb),
        "deflate": lambda: zlib.compress(bomb),
        "br": lambda: pa.compress(bomb, "brotli", asbytes=True),
        "zstd": lambda: pa.compress(bomb, "zstd", asbytes=True),
    }[coding]()
    block = http(packed, Content_Encoding=coding)
    answer = parse_answer(block)
    assert answer is not None
    found = content_of(answer, block, 1000)
    assert (len(found.content), found.faults) == (1000, ("too-large",))


@pytest.mark.parametrize(
    ("body", "expected", "fault"),
    [
        (b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", b"abcde", ""),
        (b"3\nabc\n0\n\n", b"abc", ""),
        (b"A\r\nabc", b"abc", "truncated"),
        (b"3\r\nabc\r\n", b"abc", "truncated"),
        (b"<html>", b"<html>", ""),
        (b"", b"", ""),
        (b"FFFFFFFFFFFFFFF\r\nabc", b"abc", "truncated"),
    ],
)
def test_chunks_are_put_together(body: bytes, expected: bytes, fault: str):
    assert unchunked(body) == (expected, fault)


def test_an_answer_is_read_whatever_its_lines_end_in_and_whatever_they_hold():
    answer = parse_answer(b'HTTP/1.0 200\nContent-Type : TEXT/html;charset="utf-8"\nX: a\n b\nbroken\n\xff: \xfe\n\nhi')
    assert answer is not None
    assert (answer.status, answer.content_type, answer.charset, answer.fields["x"]) == (
        200,
        "text/html",
        "utf-8",
        "a b",
    )
    assert parse_answer(b"<html>") is None
    assert parse_answer(b"HTTP/1.1 abc") is None


def test_digests_are_compared_however_they_are_written():
    made = hashlib.sha1(MOON, usedforsecurity=False).digest()
    for value in (base64.b32encode(made).decode(), made.hex(), base64.b64encode(made).decode()):
        assert digest_fits(f"sha1:{value}", MOON) is True
        assert digest_fits(f"SHA-1:{value}", MOON + b" ") is False
    assert digest_fits("sha1:nonsense", MOON) is None
    assert digest_fits("crc:12", MOON) is None


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        *[
            ("404 Not Found", "not-found"),
            ("Error 404 (Not Found)!!1", "not-found"),
            ("Page not found - Site", "not-found"),
        ],
        *[("Seite nicht gefunden", "not-found"), ("页面不存在", "not-found"), ("ページが見つかりません", "not-found")],
        *[("Just a moment...", "robot-check"), ("Access denied", "robot-check"), ("403 Forbidden", "robot-check")],
        *[("Before you continue to YouTube", "consent-page"), ("Bevor Sie fortfahren", "consent-page")],
        *[("500 Internal Server Error", "error-page"), ("Service Unavailable", "error-page")],
        *[("Area code 404", ""), ("500 Days of Summer", ""), ("Love Not Found in Paris", ""), ("Privacy notice", "")],
        *[("410 BC", ""), ("Moon", ""), ("CAPTCHA (computing)", ""), ("The 404", "")],
    ],
)
def test_pages_that_are_none_are_told_by_what_they_call_themselves(title: str, reason: str):
    assert wall_of(page(title), "http://example.com/x")[0] == reason
    assert wall_of(page(title, "<p>" + "word " * 2000), "http://example.com/x") == ("", "")


def test_a_title_of_two_lines_is_two_words() -> None:
    assert page_title("<h1>Harbour<br>Guide</h1>") == "Harbour Guide"
    assert page_title("<h1><b>Harb</b>our</h1>") == "Harbour"
