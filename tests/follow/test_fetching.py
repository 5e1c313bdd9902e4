"""Fetching withstands what servers do: it ends, in bounds, with a word for what happened."""

from __future__ import annotations

import zlib

import pytest

from galactica.follow import fetching
from galactica.follow.fetching import Fetcher
from galactica.follow.replies import LONGEST_WAIT, _inflated, retry_after, unzipped
from galactica.network import connection as network
from galactica.network.connection import FetchError, open_address
from tests.follow.conftest import Time
from tests.follow.server import CERTIFICATE, Asked, HostileServer, Script, Wait, packed, reply, serving


def failure(fetcher: Fetcher, address: str, **options: object) -> FetchError:
    with pytest.raises(FetchError) as error:
        fetcher.get(address, local=True, **options)  # type: ignore[arg-type]
    return error.value


def test_a_reply_comes_with_what_it_is_asked_for_by_next_time(server: HostileServer, fetcher: Fetcher) -> None:
    server.pages["/a"] = reply("hello", kind="text/plain; charset=utf-8", ETag='"1"', Last_Modified="Mon, 01 Jan 2024")
    found = fetcher.get(server.url("/a"), local=True)
    assert (found.status, found.body, found.media_type) == (200, b"hello", "text/plain")
    assert (found.etag, found.modified, found.local) == ('"1"', "Mon, 01 Jan 2024", True)
    assert server.asked[0].headers["user-agent"] == "galactica/test"


def test_what_is_as_it_was_is_not_sent_again(server: HostileServer, fetcher: Fetcher) -> None:
    server.pages["/a"] = reply("", "304 Not Modified", Content_Length="-")
    assert fetcher.get(server.url("/a"), local=True, etag='"1"', modified="x").status == 304
    assert server.asked[0].headers["if-none-match"] == '"1"'
    assert failure(fetcher, server.url("/a")).reason == "status", "nobody asked whether it had changed"


def test_this_machine_is_not_asked_unless_it_is_allowed(server: HostileServer, fetcher: Fetcher) -> None:
    with pytest.raises(FetchError) as error:
        fetcher.get(server.url("/a"), local=False)
    assert error.value.reason == "address"
    assert server.asked == []


def test_a_public_address_never_leads_to_this_machine(server: HostileServer, clock: Time) -> None:
    class Public(network.NetworkReply):
        """As if it had come from far away."""

    def opener(address: str, headers: object, *, local: bool, seconds: float) -> network.ServerReply:
        found = open_address(address, headers, local=True if "/far" in address else local, seconds=seconds)  # type: ignore[arg-type]
        found.local = "/far" not in address
        return found

    server.pages["/far"] = reply("", "302 Found", Location=server.url("/near"))
    far = Fetcher(opener, clock=clock, sleep=clock.sleep, agent="x", allow_local=True)
    with pytest.raises(FetchError) as error:
        far.get(server.url("/far"), local=True)
    assert error.value.reason == "address"
    assert server.paths() == ["/far"]


def test_redirects_are_followed_some_way_and_not_in_circles(server: HostileServer, fetcher: Fetcher) -> None:
    server.pages |= {f"/{n}": reply("", "301 Moved Permanently", Location=f"/{n + 1}") for n in range(9)}
    server.pages |= {"/9": reply("there"), "/x": reply("", "302 Found", Location="/y")}
    server.pages |= {
        "/y": reply("", "302 Found", Location="/x"),
        "/z": reply("", "307 Temporary", Location="file:///x"),
    }
    found = fetcher.get(server.url("/4"), local=True)
    assert (found.body, found.address) == (b"there", server.url("/9"))
    assert "more than" in str(failure(fetcher, server.url("/0")))
    assert "circle" in str(failure(fetcher, server.url("/x")))
    assert failure(fetcher, server.url("/z")).reason == "redirects"


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"], "broken"),
        ([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n99\r\nx"], "broken"),
        ([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"], "broken"),
        ([b"garbage\r\n\r\n"], "broken"),
        ([b""], "broken"),
        ([b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n"], "broken"),
        ([b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n"], "broken"),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Encoding: gzip\r\n\r\nhello"], "broken"),
        ([b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", packed("hello" * 100)[:15]], "broken"),
    ],
)
def test_what_breaks_off_is_tried_again_and_said(
    server: HostileServer, fetcher: Fetcher, clock: Time, script: Script, reason: str
) -> None:
    server.pages["/a"] = lambda asked: script
    assert failure(fetcher, server.url("/a")).reason == reason
    assert len(server.asked) == fetching.TRIES
    assert clock.slept == [1.0, 4.0]


def test_what_came_at_the_second_try_is_taken(server: HostileServer, fetcher: Fetcher) -> None:
    server.pages["/a"] = [b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", reply("whole")]
    assert fetcher.get(server.url("/a"), local=True).body == b"whole"


@pytest.mark.parametrize(
    "script",
    [[Wait()], [b"HTTP/1.1 200 OK\r\n", Wait()], [b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal", Wait()]],
)
def test_a_server_that_stalls_is_left(
    server: HostileServer, fetcher: Fetcher, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "STALL", 0.05)
    server.pages["/a"] = lambda asked: script
    assert failure(fetcher, server.url("/a")).reason == "timeout"


def test_a_body_that_drips_is_left_at_the_deadline(
    server: HostileServer, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter(range(10**6))
    monkeypatch.setattr(fetching, "SECONDS", 20.0)
    monkeypatch.setattr(network.open_address, "__kwdefaults__", {"clock": lambda: float(next(moments))})
    server.pages["/a"] = lambda asked: [b"HTTP/1.1 200 OK\r\n\r\n", *([b"x" * 70_000] * 40), Wait()]
    assert failure(fetcher, server.url("/a")).reason == "timeout"


def test_a_reply_has_a_bound_packed_or_not(server: HostileServer, fetcher: Fetcher) -> None:
    server.pages |= {
        "/long": reply("x" * 2000),
        "/bomb": reply(packed(b"\0" * 10**7), Content_Encoding="gzip"),
        "/twice": reply(packed("a") + packed("b" * 2000), Content_Encoding="gzip"),
        "/endless": lambda asked: [b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 5000],
    }
    for path in ("/long", "/bomb", "/twice", "/endless"):
        error = failure(fetcher, server.url(path), limit=1000)
        assert (error.reason, error.lasting) == ("too-large", True), path


def test_packed_replies_are_unpacked(server: HostileServer, fetcher: Fetcher) -> None:
    server.pages |= {
        "/a": reply(packed("a") + packed("b"), Content_Encoding="gzip"),
        "/z": reply(zlib.compress(b"z"), Content_Encoding="deflate"),
        "/br": reply("?", Content_Encoding="br"),
    }
    assert fetcher.get(server.url("/a"), local=True).body == b"ab"
    assert fetcher.get(server.url("/z"), local=True).body == b"z"
    assert failure(fetcher, server.url("/br")).reason == "encoding"
    assert unzipped(packed("x"), 10) == b"x"
    assert unzipped(b"plain", 10) == b"plain"


def test_a_busy_server_is_waited_for_as_it_asks(server: HostileServer, fetcher: Fetcher, clock: Time) -> None:
    server.pages["/a"] = [reply("", "503 Busy", Retry_After="7"), reply("", "429 Slow", Retry_After="0"), reply("a")]
    assert fetcher.get(server.url("/a"), local=True).body == b"a"
    assert clock.slept == [7.0, 0.0]


def test_one_that_asks_to_wait_long_is_left_for_later(server: HostileServer, fetcher: Fetcher, clock: Time) -> None:
    server.pages["/a"] = reply("", "429 Too Many Requests", Retry_After="3600")
    error = failure(fetcher, server.url("/a"))
    assert (error.reason, error.again, clock.slept) == ("busy", 3600.0, [])
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("120", 120.0),
        ("99999999999999999999", LONGEST_WAIT),
        ("Thu, 01 Jan 1970 00:16:50 GMT", 10.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("١٢", None),
    ],
)
def test_when_to_come_again_is_understood_within_bounds(written: str, seconds: float | None) -> None:
    assert retry_after(written, 1000.0) == seconds


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "403 Forbidden", "204 No Content", "999 Odd"])
def test_any_other_status_is_said_at_once(server: HostileServer, fetcher: Fetcher, status: str) -> None:
    server.pages["/a"] = reply("", status)
    error = failure(fetcher, server.url("/a"))
    assert (error.reason, error.status, error.lasting) == ("status", int(status[:3]), True)
    assert len(server.asked) == 1


def test_nobody_there_is_said(fetcher: Fetcher) -> None:
    assert failure(fetcher, "http://127.0.0.1:9/x").reason in ("unreachable", "timeout")
    assert failure(fetcher, "http://nowhere.invalid/x").reason == "unreachable"


def test_robots_rules_are_kept_where_no_person_named_the_page(server: HostileServer, fetcher: Fetcher) -> None:
    server.pages |= {
        "/robots.txt": reply("user-agent: *\ndisallow: /b\ncrawl-delay: 99"),
        "/a": reply("a"),
        "/b": reply("b"),
    }
    assert fetcher.get(server.url("/a"), local=True, robots=True).body == b"a"
    assert failure(fetcher, server.url("/b"), robots=True).reason == "robots"
    assert fetcher.get(server.url("/b"), local=True).body == b"b"
    assert server.paths() == ["/robots.txt", "/a", "/b"]


def test_a_redirect_is_held_to_the_rules_too(server: HostileServer, fetcher: Fetcher) -> None:
    server.pages |= {"/robots.txt": reply("user-agent: *\ndisallow: /b"), "/a": reply("", "302 Found", Location="/b")}
    assert failure(fetcher, server.url("/a"), robots=True).reason == "robots"


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        (reply("", "404 Not Found"), ""),
        (reply("", "500 Broken"), "busy"),
        (reply("x" * (fetching.MAX_ROBOTS + 1)), "robots"),
    ],
)
def test_a_host_without_rules_allows_all_and_one_that_hides_them_nothing(
    server: HostileServer, fetcher: Fetcher, rules: bytes, reason: str
) -> None:
    server.pages |= {"/robots.txt": rules, "/a": reply("a")}
    if reason:
        assert failure(fetcher, server.url("/a"), robots=True).reason == reason
    else:
        assert fetcher.get(server.url("/a"), local=True, robots=True).body == b"a"


def test_between_requests_to_a_public_host_there_is_a_pause(server: HostileServer, clock: Time) -> None:
    def opener(address: str, headers: object, *, local: bool, seconds: float) -> network.ServerReply:
        found = open_address(address, headers, local=True, seconds=seconds)  # type: ignore[arg-type]
        found.local = False
        return found

    server.pages |= {"/robots.txt": reply("user-agent: *\ncrawl-delay: 5"), "/a": reply("a")}
    far = Fetcher(opener, clock=clock, sleep=clock.sleep, agent="x")
    for _ in range(3):
        far.get(server.url("/a"), local=False, robots=True)
    assert clock.slept == [1.0, 5.0, 5.0]


def test_a_stream_is_not_read_as_a_page(server: HostileServer, fetcher: Fetcher) -> None:
    server.pages["/a"] = lambda asked: [b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n", Wait()]
    assert failure(fetcher, server.url("/a")).reason == "stream"


def test_a_header_of_a_server_cannot_become_one_of_ours(server: HostileServer, fetcher: Fetcher) -> None:
    server.pages["/a"] = reply("a", ETag='"x\rEvil: 1"')
    found = fetcher.get(server.url("/a"), local=True)
    error = failure(fetcher, server.url("/a"), etag=found.etag + "\r\nEvil: 1")
    assert error.reason == "broken"
    assert all("evil" not in each.headers for each in server.asked)


def test_a_certificate_that_nobody_vouches_for_is_refused(fetcher: Fetcher) -> None:
    with serving(secure=True) as server:
        server.pages["/a"] = reply("a")
        assert failure(fetcher, server.url("/a")).reason == "tls"
        assert server.asked == []


def test_one_that_is_trusted_is_talked_to_and_never_left_for_less(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, server: HostileServer
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    server.pages["/plain"] = reply("plain")
    with serving(secure=True) as secure:
        secure.pages |= {"/a": reply("a"), "/b": reply("", "301 Moved", Location=server.url("/plain"))}
        assert fetcher.get(secure.url("/a"), local=True).body == b"a"
        assert failure(fetcher, secure.url("/b")).reason == "redirects"
    assert server.asked == []


def test_hosts_are_asked_once_for_their_rules(server: HostileServer, fetcher: Fetcher) -> None:
    def answer(asked: Asked) -> Script:
        return [reply("ok")]

    server.pages |= {"/a": answer, "/b": answer}
    for path in ("/a", "/b", "/a"):
        fetcher.get(server.url(path), local=True, robots=True)
    assert server.paths().count("/robots.txt") == 1


def test_streams_one_behind_the_other_are_all_unpacked_wherever_a_piece_ends(
    server: HostileServer, fetcher: Fetcher
) -> None:
    start = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
    pieces = [packed("a" * 100), b"\0\0", packed("b"), packed("c")[:9], packed("c")[9:], b"\0"]
    server.pages["/a"] = lambda asked: [start, *pieces]
    assert fetcher.get(server.url("/a"), local=True).body == b"a" * 100 + b"bc"
    assert b"".join(_inflated(iter(pieces), 1000)) == b"a" * 100 + b"bc"


def test_many_empty_streams_are_unpacked_a_little_at_a_time() -> None:
    assert unzipped(packed("") * 200_000 + packed("x"), 10) == b"x"
