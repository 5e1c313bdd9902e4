"""A wiki that is followed by its recent changes, and streams of events."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.edition import Edition
from galactica.follow.events import MAX_EVENT, EventReader, StreamEvent
from galactica.follow.following import Followed
from galactica.follow.round import Tally
from tests.follow.conftest import Following
from tests.follow.server import Asked, HostileServer, Script, Wait
from tests.follow.wiki import HEAD, Wiki, changed, events


def only(found: Followed) -> Tally:
    (tally,) = found.sources
    return tally


def counts(found: Followed) -> tuple[int, int, int]:
    tally = only(found)
    return tally.new, tally.changed, tally.deleted


def bodies(following: Following) -> dict[str, str]:
    with Edition.open(following.folder / "latest.edition") as edition:
        return {edition.head(row).path: edition.article(row).body for row in range(len(edition))}


def parses(server: HostileServer) -> list[str]:
    return [parse_qs(urlsplit(path).query)["page"][0] for path in server.paths() if "action=parse" in path]


def test_changed_pages_are_fetched_once_as_they_are_by_then(
    server: HostileServer, wiki: Wiki, following: Following
) -> None:
    for n, title in enumerate(("Moon", "Sun", "Moon")):
        wiki.edit(title, f"{title} {n}", n)
    assert counts(following(server.url("/w/api.php"), build=True)) == (2, 0, 0)
    assert sorted(parses(server)) == ["Moon", "Sun"]
    for n in range(3, 9):
        wiki.edit("Sun" if n % 2 else "Big star", f"text {n}", n)
    assert counts(following(build=True)) == (1, 1, 0)
    assert counts(following(build=True)) == (0, 0, 0)
    assert bodies(following) == {"Moon": "<p>Moon 2</p>", "Sun": "<p>text 7</p>", "Big_star": "<p>text 8</p>"}
    with Edition.open(following.folder / "latest.edition") as edition:
        (source,) = edition.sources
        assert (source.key, source.title, source.language, source.licence) == (
            "testwiki",
            "Testpedia",
            "en",
            "CC-BY-SA-4.0",
        )
        article = edition.article(0)
        assert (article.url, article.categories) == ("https://t.example/wiki/Big_star", ("Big things",))


def test_a_page_that_is_deleted_moved_or_leads_on_is_so_in_the_edition(
    server: HostileServer, wiki: Wiki, following: Following
) -> None:
    for n, title in enumerate(("Moon", "Sun", "Star")):
        wiki.edit(title, title, n)
    following(server.url("/w/api.php"))
    del wiki.pages["Moon"]
    wiki.log("Moon", 10, type="log", logtype="delete", logaction="delete")
    wiki.pages["Sol"] = wiki.pages.pop("Sun")
    wiki.redirects["Sun"] = "Sol"
    wiki.log("Sun", 11, type="log", logtype="move", logaction="move", logparams={"target_title": "Sol"})
    wiki.log("Star", 12, type="log", logtype="protect", logaction="protect")
    assert counts(following(build=True)) == (1, 1, 1)
    assert bodies(following) == {"Sol": "<p>Sun</p>", "Star": "<p>Star</p>"}
    with Edition.open(following.folder / "latest.edition") as edition:
        assert [(each.where, each.detail) for each in edition.rejected()] == [
            ("Moon", "deleted on the wiki (2026-03-01)")
        ]
        aliases = {alias.title for row in range(2) for alias in edition.article(row).aliases}
    assert aliases == {"Sun"}
    wiki.edit("Moon", "Back", 20)
    assert counts(following()) == (0, 1, 0)


def test_changes_that_come_late_or_at_the_same_moment_are_not_missed(
    server: HostileServer, wiki: Wiki, following: Following
) -> None:
    wiki.edit("A", "a", 10)
    following(server.url("/w/api.php"))
    wiki.edit("B", "b", 10)
    wiki.edit("C", "c", 9)
    assert counts(following()) == (2, 0, 0)
    following()
    assert sorted(parses(server)) == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"error": {"code": "maxlag", "info": "behind"}}, "busy"),
        ({"error": {"code": "readapidenied", "info": "not for you"}}, "readapidenied: not for you"),
        ({"odd": [1]}, ""),
    ],
)
def test_a_wiki_that_refuses_is_said_and_loses_nothing(
    server: HostileServer, wiki: Wiki, following: Following, fault: dict[str, Any], said: str
) -> None:
    wiki.edit("A", "a", 1)
    wiki.fault = fault
    found = only(following(server.url("/w/api.php")))
    assert said in found.problem
    following.clock.now += 100
    wiki.fault = None
    assert only(following()).new == 1


def test_a_page_of_hostile_answers_is_refused(server: HostileServer, wiki: Wiki, following: Following) -> None:
    wiki.edit("A", "a", 1)
    wiki.log("", 2, type="edit")
    wiki.changes += [{"title": 7, "rcid": "x", "timestamp": None}, {"title": "B", "rcid": 9, "timestamp": "soon"}]
    for row in wiki.changes:
        if not isinstance(row["timestamp"], str):
            row["timestamp"] = "2026-03-01T10:05:00Z"
    assert counts(following(server.url("/w/api.php"))) == (1, 0, 0)


def test_a_stream_is_gone_on_with_where_it_was_left(server: HostileServer, wiki: Wiki, following: Following) -> None:
    for title in ("A", "B"):
        wiki.edit(title, title, 1)
    pieces = [events(changed(server, "A", revision={"new": 1}), changed(server, "Talk:A", namespace=1))]
    pieces += [events(changed(server, "B"), changed(server, "C", wiki="other"), first=3)]

    def answer(asked: Asked) -> Script:
        return [HEAD, pieces[1] if asked.headers.get("last-event-id") == "2" else pieces[0] + b"id: 9\ndata: {cut"]

    server.pages["/stream"] = answer
    assert counts(following(server.url("/stream"), wikis=frozenset({"testwiki"}))) == (1, 0, 0)
    assert counts(following(build=True, wikis=frozenset({"testwiki"}))) == (1, 0, 0)
    host = urlsplit(server.address).netloc
    assert sorted(bodies(following)) == [f"{host}/A", f"{host}/B"]


def test_events_may_be_items_and_take_them_back(server: HostileServer, following: Following) -> None:
    one = {"id": "1", "title": "One", "content_text": "First."}
    two = {"id": "2", "title": "Two", "content_html": "<p>Second.</p>"}
    gone = {"id": "1", "deleted": True, "date_modified": "2026-01-02T03:04:05Z"}
    server.pages["/s"] = lambda asked: [HEAD, events(one, two, gone) + b"data: no json\n\ndata: [1]\n\n"]
    found = only(following(server.url("/s"), build=True))
    assert (found.new, found.deleted, found.refused) == (2, 1, 2)
    assert list(bodies(following).values()) == ["<p>Second.</p>"]


def test_a_stream_that_goes_on_for_ever_is_left_after_a_while(server: HostileServer, following: Following) -> None:
    server.pages["/s"] = lambda asked: [HEAD, events({"id": "1", "title": "One"}), Wait()]
    assert only(following(server.url("/s"), listen=0.3)).new == 1


def test_no_more_events_are_heard_than_the_limit(server: HostileServer, following: Following) -> None:
    said = [{"id": str(n), "title": str(n)} for n in range(9)]
    server.pages["/s"] = lambda asked: [
        HEAD,
        *(events(each, first=n) for n, each in enumerate(said) if n > int(asked.headers.get("last-event-id", -1))),
    ]
    assert [only(following(server.url("/s"), limit=2)).new, only(following()).new] == [2, 7]
    found = following(build=True)
    assert found.edition is not None
    assert found.edition.articles == 9


STREAM = (
    b"\xef\xbb\xbf: hello\r\nretry: 500\r\nid: a\r\ndata: one\r\ndata:two\r\n\r\n"
    b"event: x\rdata\r\rid\ndata: last\n\ndata: cut"
)


def test_events_are_read_as_the_standard_says_however_they_are_cut() -> None:
    wanted = [
        StreamEvent(type="message", data="one\ntwo", id="a"),
        StreamEvent(type="message", data="last", id=""),
    ]
    for size in (1, 2, 3, 7, 1000):
        reader = EventReader()
        found = [each for at in range(0, len(STREAM), size) for each in reader.take(STREAM[at : at + size])]
        assert found == wanted
        assert (reader.retry, reader.id) == (500, "")


def test_an_event_has_a_bound() -> None:
    reader = EventReader()
    long = b"data: " + b"x" * MAX_EVENT
    assert list(reader.take(long + b"\n\n" + b"data: y\n\n")) == [StreamEvent(type="message", data="y", id="")]
    many = b"data: xxxxxxxxxx\n" * (MAX_EVENT // 10) + b"\n"
    assert list(reader.take(many)) == []
    assert list(reader.take(b"x" * (2 * MAX_EVENT) + b"\n\ndata: z\n\n"))[-1].data == "z"
    assert reader.over == 3


@given(st.lists(st.binary(max_size=50), max_size=10))
def test_any_bytes_are_events_or_nothing(pieces: list[bytes]) -> None:
    reader = EventReader()
    for piece in pieces:
        for event in reader.take(piece):
            assert event.data
