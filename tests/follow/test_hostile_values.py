"""What is followed may say anything: nothing of it ends the program, or leads it elsewhere."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from galactica.edition import Edition
from galactica.follow.feeds import read_any
from galactica.follow.fetching import Fetched
from galactica.follow.streams import wiki_event
from galactica.follow.wiki_api import change_of
from galactica.sources.feed_items import FeedError, FeedItem, sound_item
from tests.follow.conftest import START, Following
from tests.follow.server import HostileServer, reply, rss
from tests.follow.wiki import HEAD, Wiki, changed, events

HALF = "\ud83d"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20) | st.just(HALF),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
KEYS = st.sampled_from(
    ["id", "title", "url", "content_html", "content_text", "authors", "tags", "date_modified", "attachments",
     "_galactica", "meta", "type", "wiki", "namespace", "revision", "page", "log_type", "log_params", "server_url"]
)  # fmt: skip
OBJECTS = st.dictionaries(KEYS, JSON, max_size=8)
fuzz = settings(suppress_health_check=list(HealthCheck))


def test_halves_of_characters_are_no_reason_to_stop(server: HostileServer, following: Following) -> None:
    items = [
        {"id": f"a{HALF}", "title": HALF, "content_text": f"One {HALF}.", "tags": [HALF], HALF: 1},
        {"id": "b", "title": "B"},
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": f"T{HALF}", "items": items}
    server.pages["/feed"] = reply(json.dumps(feed), kind="application/feed+json")
    server.pages["/xml"] = reply(rss("<guid>1</guid><title>&#xD83D; x</title>"), kind="application/rss+xml")
    found = following(server.url("/feed"), server.url("/xml"), build=True)
    assert [tally.new for tally in found.sources] == [2, 1]
    assert found.edition is not None
    assert found.edition.articles == 3
    assert [tally.same for tally in following().sources] == [2, 1]


def test_an_item_is_made_sound_and_a_sound_one_is_left() -> None:
    fine = FeedItem(guid="a", title="é😀", dropped=(("x", 1),))
    assert sound_item(fine) is fine
    assert sound_item(FeedItem(title=HALF, creators=(HALF,), dropped=((HALF, 1),))) == FeedItem(
        title="?", creators=("?",), dropped=(("?", 1),)
    )


@given(st.lists(OBJECTS, max_size=4), OBJECTS)
@fuzz
def test_any_json_is_items_or_a_word(items: list[dict[str, Any]], about: dict[str, Any]) -> None:
    raw = json.dumps({"version": "https://jsonfeed.org/version/1.1", **about, "items": items}).encode()
    found = Fetched(address="https://e/x", status=200, headers={}, body=raw, local=False)
    with contextlib.suppress(FeedError):
        for item in read_any(raw, found).items:
            assert item.path == item.refused == item.target == ""


@given(OBJECTS)
@fuzz
def test_any_event_is_a_change_or_none(said: dict[str, Any]) -> None:
    found = wiki_event(said)
    if found is not None:
        assert found[0].title


@given(
    st.dictionaries(
        st.sampled_from(["title", "rcid", "timestamp", "type", "revid", "logtype", "logaction", "logparams"]), JSON
    )
)
@fuzz
def test_any_row_is_a_change_or_none(row: dict[str, Any]) -> None:
    found = change_of(row)
    assert found is None or found.title


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_wiki_that_lies_about_the_time_is_read_on(
    server: HostileServer, wiki: Wiki, following: Following, time: str
) -> None:
    wiki.edit("A", "a", 1)
    wiki.changes[0]["timestamp"] = time
    following(server.url("/w/api.php"))
    wiki.edit("B", "b", 2)
    following()
    wiki.edit("C", "c", 3)
    found = following(build=True)
    assert found.sources[0].problem == ""
    with Edition.open(following.folder / "latest.edition") as edition:
        assert {edition.head(row).title for row in range(len(edition))} >= {"B", "C"}


@pytest.mark.parametrize(
    "address", ["file:///etc", "ftp://example.org", "https://u:p@example.org", "http://", "x\r\ny"]
)
def test_an_event_leads_nowhere_but_to_the_web(server: HostileServer, following: Following, address: str) -> None:
    server.pages["/s"] = lambda asked: [HEAD, events(changed(server, "A", server_url=address, server_script_path=""))]
    found = following(server.url("/s")).sources[0]
    assert found.new == 0
    assert set(server.paths()) == {"/s"}


def test_a_clock_that_was_set_back_keeps_nobody_away(server: HostileServer, following: Following) -> None:
    server.pages["/feed"] = [reply("", "503 Busy", Retry_After="3600"), reply(rss("<title>One</title>"))]
    following.clock.now = START + 10**9
    following(server.url("/feed"))
    following.clock.now = START
    assert following().sources[0].new == 1
