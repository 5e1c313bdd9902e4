"""Bad requests get a kind answer, never a traceback, and never more than they should."""

from __future__ import annotations

import pytest

from galactica.codes.loopback import is_loopback
from galactica.web import create_app
from galactica.web.security import host_is_local, safe_link
from tests.web.shelf import FakeLibrary, address
from tests.web.visitor import Visitor


@pytest.fixture
def short(library):
    return library.editions[0].root[:12]


@pytest.mark.parametrize(
    "place",
    [
        "/nowhere",
        "/a",
        "/a/",
        "/a/ffffffffffff/testwiki/A/Comet",
        "/a/{short}",
        "/a/{short}/testwiki",
        "/a/{short}/testwiki/",
        "/a/{short}/nosource/A/Comet",
        "/a/{short}/testwiki/A/Comet%00",
        "/a/{short}/testwiki/%ff%fe",
        "/a/{short}/testwiki/..%2f..%2f..%2fetc%2fpasswd",
        "/a/{short}/testwiki/%2e%2e/%2e%2e/etc/passwd",
        "/a/{short}/testwiki//A/Comet",
        "/m/{short}/testwiki/..%2f..%2fdata%2fedition.json",
        "/m/{short}/testwiki/nothing.png",
        "/titles/ffffffff",
        "/about/..%2f..",
        "/about/%00",
        "/category/{short}/%00",
        "/look/blue",
        "/static/..%2fapp.py",
        "/static/../app.py",
        "/%c0%ae%c0%ae/",
        "/index.php?id=1%27",
    ],
)
def test_what_is_not_there_is_said_kindly(room, short, place):
    answer = room.get(place.format(short=short))
    assert answer.status_code == 404
    assert "Traceback" not in answer.text
    assert "gx-message" in answer.text


@pytest.mark.parametrize(
    "place",
    [
        "/search?q=" + "a" * 501,
        "/search?q=ice&page=0",
        "/search?q=ice&page=51",
        "/search?q=ice&page=-1",
        "/search?q=ice&page=1e9",
        "/search?q=ice&page=٣",
        "/search?q=ice&lang=" + "x" * 65,
        "/search?" + "&".join(f"a{n}=1" for n in range(30)),
        "/titles/{short}?start=" + "a" * 301,
        "/category/{short}/Sky?page=99999999999999999999",
        "/api/v1/search",
        "/api/v1/search?q=ice&limit=101",
        "/api/v1/search?q=ice&limit=x",
        "/api/v1/search?q=ice&offset=1001",
        "/api/v1/suggest?q=",
        "/api/v1/suggest?q=a&limit=0",
        "/api/v1/article",
        "/api/v1/article?title=Comet&id=00",
        "/api/v1/article?path=A/Comet&edition={short}",
        "/api/v1/article?title=Comet&format=pdf",
    ],
)
def test_what_is_asked_wrongly_is_said_kindly(room, short, place):
    answer = room.get(place.format(short=short))
    assert answer.status_code == 400
    if place.startswith("/api/"):
        assert set(answer.json()) == {"problem", "remedy"}


@pytest.mark.parametrize(
    "place", ["/search?q=" + "x" * 100_000, "/a/" + "y" * 100_000, "/api/v1/search?q=" + "%20" * 40_000]
)
def test_addresses_are_bounded(room, place):
    assert room.get(place).status_code == 414


@pytest.mark.parametrize(
    "query", ["\0", "a\0b", "\x1b[31m", "‮abc", "😀" * 100, "%", "'\"<>&", "\ud800".encode("utf-16", "surrogatepass")]
)
def test_any_query_gets_an_answer(room, query):
    answer = room.get("/search", params={"q": query})
    assert answer.status_code in (200, 302)
    assert room.get("/api/v1/suggest", params={"q": query}).status_code in (200, 400)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_the_room_is_for_reading_only(room, method):
    for place in ("/", "/search?q=ice", "/api/v1/search?q=ice"):
        answer = room.request(method, place)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("method", "place", "said"),
    [
        ("DELETE", "/", "Tumia GET, HEAD."),
        ("GET", "/search?" + "&".join(f"a{n}=1" for n in range(40)), "Anwani hii ina vigezo vingi mno."),
        ("GET", "/search?q=" + "a" * 10_000, "Anwani hii ni ndefu mno."),
    ],
)
def test_who_is_refused_is_told_so_in_their_language(room, method, place, said):
    for headers in ({"accept-language": "sw"}, {"cookie": "gx_words=sw", "accept-language": "en"}):
        answer = room.request(method, place, headers=headers)
        assert answer.status_code >= 400
        assert said in answer.text
        assert '<html lang="sw"' in answer.text


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil.example:8080",
        "",
        "10.0.0.1",
        "[::2]",
        "[::1]x",
        "0.0.0.0",
    ],
)
def test_only_loopback_names_are_answered_on_loopback(room, host):
    for place in ("/", "/api/v1/edition", "/robots.txt"):
        answer = room.get(place, headers={"host": host})
        assert answer.status_code == 421
        assert "library of tests" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:8080", "127.9.9.9", "[::1]:8080", "[::1]"])
def test_loopback_names_are_answered(room, host):
    assert room.get("/", headers={"host": host}).status_code == 200
    assert host_is_local(host)


def test_a_public_room_answers_to_any_name(library):
    room = Visitor(create_app(library, public=True), "library.example")
    assert room.get("/").status_code == 200


def test_every_answer_carries_the_guard(room, library, short):
    for place in (
        "/",
        "/nowhere",
        address(library, 0),
        "/search?q=ice",
        "/random",
        "/api/v1/edition",
        f"/m/{short}/testwiki/I/halley.svg",
        "/robots.txt",
    ):
        headers = room.get(place).headers
        assert headers["x-content-type-options"] == "nosniff", place
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert "unsafe-eval" not in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers


def test_pages_allow_no_inline_script_or_style(room):
    policy = room.get("/").headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy


def test_active_media_is_caged_or_only_saved(room, short):
    svg = room.get(f"/m/{short}/testwiki/I/halley.svg").headers
    assert "sandbox" in svg["content-security-policy"]
    pdf = room.get(f"/m/{short}/testwiki/I/book.pdf").headers
    assert pdf["content-type"] == "application/pdf"
    assert pdf["x-content-type-options"] == "nosniff"
    assert "sandbox" in pdf["content-security-policy"]
    for name in ("page.html", "run.js"):
        headers = room.get(f"/m/{short}/testwiki/I/{name}").headers
        assert headers["content-type"] == "application/octet-stream"
        assert headers["content-disposition"].startswith("attachment; filename*=UTF-8''")


@pytest.mark.parametrize(
    "referer",
    [
        "http://evil.example/x",
        "http://127.0.0.1:8080//evil.example/",
        "http://127.0.0.1:8080/\\evil.example/",
        "http://127.0.0.1:8080@evil.example/",
        "javascript:alert(1)",
        "http://[",
        "",
        "http://127.0.0.1:8080/look/dark",
    ],
)
def test_choosing_an_appearance_never_leads_away(room, referer):
    assert room.get("/look/dark", headers={"referer": referer}).headers["location"] == "/"


def test_a_fault_inside_shows_no_trace_and_is_logged(room, library, caplog):
    library.broken = True
    for place in ("/search?q=ice", "/api/v1/search?q=ice"):
        answer = room.get(place)
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text
    assert "a secret of this machine" in caplog.text


def test_cors_is_off_unless_an_origin_is_named(library):
    named = Visitor(create_app(library, cors=("https://friend.example",)), "localhost")
    friend = named.get("/api/v1/edition", headers={"origin": "https://friend.example"}).headers
    assert friend["access-control-allow-origin"] == "https://friend.example"
    assert friend["cross-origin-resource-policy"] == "cross-origin"
    foe = named.get("/api/v1/edition", headers={"origin": "https://foe.example"}).headers
    assert "access-control-allow-origin" not in foe
    page = named.get("/", headers={"origin": "https://friend.example"}).headers
    assert "access-control-allow-origin" not in page
    anyone = Visitor(create_app(FakeLibrary(), cors=("*",)), "localhost")
    assert anyone.get("/api/v1/edition").headers["access-control-allow-origin"] == "*"


def test_links_that_sources_state_must_be_web_addresses():
    assert safe_link("https://a.example/") == "https://a.example/"
    for bad in (
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil",
        "file:///etc/passwd",
        "https:\\\\evil",
        "",
        "http",
    ):
        assert safe_link(bad) == ""


def test_loopback_addresses_are_known():
    assert all(map(is_loopback, ("127.0.0.1", "localhost", "::1", "127.1.2.3")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.0.1", "example.org", "")))
