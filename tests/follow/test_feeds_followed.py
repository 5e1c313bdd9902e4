"""A feed that is followed: every item once, whatever its server does."""

from __future__ import annotations

import json

import pytest

from galactica.edition import Edition
from galactica.errors import UsageError
from galactica.follow import asking
from galactica.follow.following import Followed
from galactica.follow.round import Tally
from tests.follow.conftest import START, Following
from tests.follow.server import Asked, HostileServer, Script, item, reply, rss

FEED = "application/rss+xml"


def only(found: Followed) -> Tally:
    (tally,) = found.sources
    return tally


def counts(found: Followed) -> tuple[int, int, int, int]:
    tally = only(found)
    return (tally.new, tally.changed, tally.deleted, tally.same)


def kept(following: Following) -> list[dict[str, object]]:
    """The items as they are kept for the build."""
    (path,) = (following.folder / "kept").iterdir()
    found: list[dict[str, object]] = json.loads(path.read_text(encoding="utf-8"))["items"]
    return found


def test_items_are_new_once_changed_by_what_they_say_and_stay_when_the_feed_drops_them(
    server: HostileServer, following: Following
) -> None:
    feeds = [rss(item("1"), item("2")), rss(item("2", "Otherwise."), item("3")), rss(item("3"))]
    server.pages["/feed"] = [reply(feed, kind=FEED) for feed in feeds]
    assert counts(following(server.url("/feed"))) == (2, 0, 0, 0)
    assert counts(following()) == (1, 1, 0, 0)
    assert counts(following(build=True)) == (0, 0, 0, 1)
    assert [each["id"] for each in kept(following)] == ["1", "2", "3"]


def test_what_is_known_is_asked_for_by_its_mark_and_all_of_it_now_and_then(
    server: HostileServer, following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(asked: Asked) -> Script:
        known = asked.headers.get("if-none-match") == '"1"'
        return [reply("", "304 Not Modified", Content_Length="-") if known else reply(rss(item("1")), ETag='"1"')]

    monkeypatch.setattr(asking, "FULL_EVERY", 2)
    server.pages["/feed"] = answer
    outcomes = [counts(following(server.url("/feed"))), *(counts(following()) for _ in range(3))]
    assert outcomes == [(1, 0, 0, 0), (0, 0, 0, 1), (0, 0, 0, 1), (0, 0, 0, 1)]
    assert ["if-none-match" in each.headers for each in server.asked] == [False, True, True, False]


def test_dates_alone_change_nothing_and_those_of_the_future_are_none(
    server: HostileServer, following: Following
) -> None:
    dated = [
        rss(item("1") + f"<pubDate>{day} Jan {year} 10:00:00 GMT</pubDate>")
        for day, year in (("01", 2026), ("02", 2026), ("03", 2099))
    ]
    server.pages["/feed"] = [reply(feed, kind=FEED) for feed in dated]
    following(server.url("/feed"))
    assert counts(following()) == (0, 0, 0, 1)
    server.pages["/feed"] = reply(rss(item("2") + "<pubDate>03 Jan 2099 10:00:00 GMT</pubDate>"), kind=FEED)
    following(build=True)
    one, two = kept(following)
    assert one["_galactica"] == {"path": "1", "published": "2026-01-01"}
    assert two["_galactica"] == {"path": "2", "dropped": [["feed:date-in-the-future", 1]]}


def test_a_feed_that_breaks_off_gives_its_whole_items_and_is_asked_again(
    server: HostileServer, following: Following
) -> None:
    whole = rss(*(item(str(n), f"Text number {n} of the feed.") for n in range(5)))
    cut = whole[: whole.index("number 3")]
    server.pages["/feed"] = [reply(cut, kind=FEED, ETag='"1"', Content_Length="-"), reply(whole, kind=FEED, ETag='"2"')]
    found = following(server.url("/feed"))
    assert counts(found) == (3, 0, 0, 0)
    assert "breaks off" in only(found).problem
    assert counts(following()) == (2, 0, 0, 3)
    assert "if-none-match" not in server.asked[1].headers


def test_a_feed_without_an_end_that_came_whole_is_taken_whole(server: HostileServer, following: Following) -> None:
    text = rss(item("1"), item("2")).removesuffix("</channel></rss>")
    server.pages["/feed"] = [reply(text, kind=FEED, ETag='"1"'), reply("", "304 Not Modified", Content_Length="-")]
    assert counts(following(server.url("/feed"))) == (2, 0, 0, 0)
    assert counts(following()) == (0, 0, 0, 2)


def test_what_becomes_something_else_is_said_and_nothing_lost(server: HostileServer, following: Following) -> None:
    server.pages["/feed"] = [reply(rss(item("1")), kind=FEED), reply("<urlset/>"), reply("<html>Hello")]
    following(server.url("/feed"))
    assert "gives a sitemap now" in only(following()).problem
    assert "gives a page now" in only(following()).problem
    assert following(build=True).edition is not None


def test_an_ill_formed_feed_is_read_as_well_as_can_be_and_its_fault_stands_in_the_edition(
    server: HostileServer, following: Following
) -> None:
    server.pages["/feed"] = reply(rss(item("1", "A & B &nosuch; C"), item("2")), kind=FEED)
    assert counts(following(server.url("/feed"), build=True)) == (2, 0, 0, 0)
    with Edition.open(following.folder / "latest.edition") as edition:
        assert len(edition) == 2
        assert [each.reason for each in edition.rejected()] == ["malformed"]


def test_an_id_that_turns_out_to_be_everybodys_names_nobody(server: HostileServer, following: Following) -> None:
    def same(n: int) -> str:
        return f"<guid>x</guid><title>T{n}</title><link>https://example.org/{n}</link><description>D{n}</description>"

    feeds = [rss(same(1)), rss(same(1), same(2)), rss(same(3)), rss(same(2), same(3), same(1))]
    server.pages["/feed"] = [reply(feed, kind=FEED) for feed in feeds]
    assert counts(following(server.url("/feed"))) == (1, 0, 0, 0)
    assert counts(following()) == (1, 0, 0, 1)
    assert counts(following()) == (1, 0, 0, 0)
    assert counts(following()) == (0, 0, 0, 3)


def test_all_that_a_feed_shows_is_taken_whatever_the_limit_of_pages(
    server: HostileServer, following: Following
) -> None:
    server.pages["/feed"] = reply(rss(*(item(str(n)) for n in range(5))), kind=FEED)
    assert counts(following(server.url("/feed"), limit=2)) == (5, 0, 0, 0)


def test_an_item_that_is_taken_back_stays_in_the_old_edition_and_is_named_in_the_new(
    server: HostileServer, following: Following
) -> None:
    space = 'xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"'
    entries = ["<entry><id>a</id><title>A</title><summary>Aaa.</summary></entry>"]
    entries += ["<entry><id>b</id><title>B</title><summary>Bbb.</summary></entry>"]
    gone = '<at:deleted-entry ref="a" when="2026-02-03T04:05:06Z"/>'
    feeds = [f"<feed {space}>{held}</feed>" for held in ("".join(entries), gone + entries[1], "".join(entries))]
    server.pages["/feed"] = [reply(feed, kind="application/atom+xml") for feed in feeds]
    first = following(server.url("/feed"), build=True)
    second = following(build=True)
    assert counts(second) == (0, 0, 1, 1)
    assert first.path is not None
    assert second.path is not None
    with Edition.open(first.path) as old, Edition.open(second.path) as new:
        assert sorted(old.head(row).title for row in range(len(old))) == ["A", "B"]
        assert [new.head(row).title for row in range(len(new))] == ["B"]
        assert [(each.where, each.reason, each.detail) for each in new.rejected()] == [
            ("a", "deleted", "deleted-entry (2026-02-03)")
        ]
        (stated,) = new.statements()
        assert (stated.subject, stated.property, stated.kind, stated.value) == (
            "path:a",
            "deleted",
            "time",
            "2026-02-03",
        )
        assert stated.text == "A"
        assert new.statement.parent == old.statement.root
        assert new.statement.number == 2
    assert counts(following(build=True)) == (0, 1, 0, 1), "its source may give it again"
    with Edition.open(following.folder / "latest.edition") as third:
        assert len(third) == 2
        assert third.statement.number == 3


def test_a_feed_of_json_cannot_say_what_only_this_program_says(server: HostileServer, following: Following) -> None:
    own = {"path": "elsewhere", "refused": "empty", "key": "other", "markup": "wikitext"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "J", "_galactica": own}
    items = [{"id": "1", "content_text": "One.", "_galactica": own}]
    server.pages["/feed"] = reply(json.dumps({**feed, "items": items}), kind="application/feed+json")
    found = only(following(server.url("/feed"), build=True))
    assert (found.new, found.key.endswith("feed")) == (1, True)
    assert kept(following)[0]["_galactica"] == {"path": "1"}


def test_the_pages_behind_items_are_fetched_on_request_and_the_feeds_own_text_stays_where_they_are_not(
    server: HostileServer, following: Following
) -> None:
    links = [server.url(path) for path in ("/1", "/2", "/3", "/4")]
    server.pages |= {
        "/feed": reply(rss(*(item(str(n), f"Short {n}.", link) for n, link in enumerate(links, 1))), kind=FEED),
        "/robots.txt": reply("user-agent: *\ndisallow: /3"),
        "/1": reply(f"<html><body><article><h1>One</h1><p>{'Long text of the first page. ' * 30}</p></article></body>"),
        "/2": reply("", "404 Not Found"),
        "/4": reply(b"%PDF-1.4", kind="application/pdf"),
    }
    assert only(following(server.url("/feed"), build=True, pages=True)).refused == 3
    assert "/3" not in server.paths()
    with Edition.open(following.folder / "latest.edition") as edition:
        bodies = {edition.head(row).title: edition.article(row).body for row in range(4)}
        dropped = {rule: count for _, rule, count in edition.dropped()}
    assert "Long text of the first page." in bodies["Item 1"]
    assert [bodies[f"Item {n}"] for n in (2, 3, 4)] == [f"<p>Short {n}.</p>" for n in (2, 3, 4)]
    assert {"page:not-found", "page:robots", "page:unsupported"} <= set(dropped)
    following()
    assert server.paths().count("/1") == 1, "nothing is fetched twice"
    server.pages["/feed"] = reply(rss(item("5", "Short 5.", server.url("/5"))), kind=FEED)
    following()
    assert "/5" in server.paths(), "what was said once is kept"
    server.pages["/feed"] = reply(rss(item("6", "Short 6.", server.url("/6"))), kind=FEED)
    following(pages=False)
    assert "/6" not in server.paths()


def test_a_busy_server_is_left_alone_until_it_wants_to_be_asked(server: HostileServer, following: Following) -> None:
    server.pages["/feed"] = [reply("", "503 Busy", Retry_After="7200"), reply(rss(item("1")), kind=FEED)]
    found = only(following(server.url("/feed")))
    assert (found.again, found.new) == (START + 7200, 0)
    following.clock.now += 3600
    assert "not asked before" in only(following()).problem
    assert len(server.asked) == 1
    following.clock.now += 3601
    assert only(following()).new == 1


def test_one_that_fails_again_and_again_is_asked_less_and_less(server: HostileServer, following: Following) -> None:
    server.pages["/feed"] = reply("", "404 Not Found")
    following(server.url("/feed"))
    for _ in range(100):
        following.clock.now += 60
        following()
    assert 8 <= len(server.asked) <= 12
    assert "new address" in only(following()).remedy or "asked before" in only(following()).problem


def test_a_page_is_no_feed_but_names_those_that_are(server: HostileServer, following: Following) -> None:
    links = '<link rel="alternate" type="application/rss+xml" href="/feed.xml"><link rel="EditURI" href="/w/api.php?x">'
    server.pages["/"] = reply(f"<html><head>{links}</head><body>Hello")
    found = only(following(server.url("/")))
    assert "is no feed" in found.problem
    assert server.url("/feed.xml") in found.remedy
    assert server.url("/w/api.php") in found.remedy


def test_what_is_forgotten_is_not_asked_and_stays(server: HostileServer, following: Following) -> None:
    server.pages |= {path: reply(rss(item(path[1:])), kind=FEED) for path in ("/a", "/b")}
    following(server.url("/a"), server.url("/b"))
    found = following(build=True, forget=[server.url("/a")])
    assert [tally.url for tally in found.sources] == [server.url("/b")]
    with Edition.open(following.folder / "latest.edition") as edition:
        assert len(edition) == 2
    with pytest.raises(UsageError, match="is not followed"):
        following(forget=[server.url("/c")])


def test_two_sources_of_one_name_are_two(server: HostileServer, following: Following) -> None:
    server.pages |= {path: reply(rss(item("1")), kind=FEED) for path in ("/feed.xml", "/feed.rss")}
    found = following(server.url("/feed.xml"), server.url("/feed.rss"), build=True)
    assert len({tally.key for tally in found.sources}) == 2
    assert found.edition is not None
    assert found.edition.articles == 2


@pytest.mark.parametrize("address", ["file:///etc/passwd", "example.org", "https://u:p@example.org/"])
def test_what_is_no_address_is_refused_before_anything_is_made(following: Following, address: str) -> None:
    with pytest.raises(UsageError, match="cannot be followed"):
        following(address)
    assert not following.folder.exists()


def test_a_folder_of_other_things_is_left_alone(following: Following, server: HostileServer) -> None:
    following.folder.mkdir()
    (following.folder / "mine.txt").write_text("x")
    with pytest.raises(UsageError, match="holds other things"):
        following(server.url("/feed"))
    (following.folder / "mine.txt").unlink()
    with pytest.raises(UsageError, match="Nothing is followed"):
        following()
    assert server.asked == []
