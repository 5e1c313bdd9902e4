"""A stream of events: listened to for some time in each round, and gone on from the last event that was entered.

What an event may be: a change of a wiki's page in the forms of Wikimedia's EventStreams (`recentchange`, `page_change`,
`page-create`, `page-delete` and so on), whose page is fetched over that wiki's API; or an item in the form of JSON
Feed, with `"deleted": true` where it is taken back. Events of other forms are counted.
Source: https://wikitech.wikimedia.org/wiki/Event_Platform/EventStreams_HTTP_Service; schemas mediawiki/recentchange 1,
mediawiki/page/change 1.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from galactica.follow.events import EventReader, StreamEvent
from galactica.follow.journal import FollowedSource
from galactica.follow.round import Round, Tally
from galactica.follow.wants import Want
from galactica.follow.wiki import fetch_wanted, want_change
from galactica.follow.wiki_api import WikiApi, WikiChange
from galactica.network.connection import FetchError
from galactica.sources.feed_json import json_item, moment_of
from galactica.sources.feed_names import item_identity

ENTERED = 200
"""Events that are entered at a time."""

_GONE = {"delete": "deleted on the wiki"}


def take_stream(turn: Round, source: FollowedSource, tally: Tally) -> None:
    """Listen to a stream, and fetch the pages that it tells of.

    Raises:
        FetchError: it cannot be heard at all.
    """
    source.kind = tally.kind = "stream"
    heard = 0
    try:
        heard = _listen(turn, source, tally)
    except FetchError as error:
        if not turn.journal.wants.count(source.n):
            raise
        tally.trouble(f"{source.url} cannot be heard: {error}.", "It is asked again next time.")
    turn.report("events", heard, heard, "events")
    apis: dict[str, tuple[WikiApi, str]] = {}

    def api_of(want: Want) -> tuple[WikiApi, str]:
        address = want.about["api"]
        if address not in apis:
            api = WikiApi(turn.fetcher, address, local=bool(source.state.get("local")))
            apis[address] = (api, api.about()[1])
        return apis[address]

    fetch_wanted(turn, source, api_of, tally)


def _listen(turn: Round, source: FollowedSource, tally: Tally) -> int:
    """Hear events for some seconds, or as many as the limit allows; how many there were."""
    reader = EventReader(str(source.state.get("last", "")))
    headers = {"Accept": "text/event-stream", "Cache-Control": "no-cache"}
    if reader.id:
        headers["Last-Event-ID"] = reader.id
    heard = 0
    waiting: list[StreamEvent] = []

    def enter() -> None:
        with turn.journal.change():
            for event in waiting:
                _enter(turn, source, event, tally)
            source.state["last"] = reader.id
            turn.journal.save(source)
        waiting.clear()

    opened = False
    try:
        with turn.fetcher.stream(
            source.url, local=turn.fetcher.allow_local, headers=headers, seconds=turn.options.listen
        ) as reply:
            opened = True
            source.state["local"] = reply.local
            while heard < turn.options.limit and (piece := reply.read()):
                for event in reader.take(piece):
                    heard += 1
                    waiting.append(event)
                    if len(waiting) >= ENTERED:
                        enter()
                    if heard >= turn.options.limit and reader.id:
                        break  # the rest comes again; of a stream without ids it would be lost
                turn.report("events", heard, None, "events")
    except FetchError:
        if not opened:
            raise  # else the time is over, or the stream broke off: it is gone on with next time
    enter()
    tally.refused += reader.over
    return heard


def _enter(turn: Round, source: FollowedSource, event: StreamEvent, tally: Tally) -> None:
    try:
        said = json.loads(event.data)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        tally.refused += 1
        return
    if told := wiki_event(said):
        change, about, wiki = told
        if not turn.options.wikis or wiki in turn.options.wikis:
            want_change(turn, source.n, change, about)
        return
    item = json_item(said)
    item = replace(item, path="", target="", refused="", markup="html", deleted="")
    if said.get("deleted") is True:
        name = item_identity(item)
        there = turn.journal.items.get(source.n, name) or item
        day = moment_of(str(said.get("date_modified", "")))[:10] or turn.today()
        item = replace(there, content="", deleted=day, why="taken back by its source")
    elif not item.guid or not (item.content or item.title or item.link):
        if "meta" not in said:
            tally.refused += 1
        return
    tally.count(turn.journal.items.put(source.n, item_identity(item), turn.sober(item)))


def wiki_event(said: Mapping[str, Any]) -> tuple[WikiChange, dict[str, str], str] | None:
    """(the change of a page, which wiki's and where its API is, that wiki's database); None for any other event."""
    meta = said.get("meta")
    meta = meta if isinstance(meta, dict) else {}
    page = said.get("page")
    page = page if isinstance(page, dict) else said
    title = page.get("page_title") or said.get("title")
    space = page.get("namespace_id", page.get("page_namespace", said.get("namespace", 0)))
    wiki = str(said.get("wiki") or said.get("database") or said.get("wiki_id") or "")
    domain = str(meta.get("domain") or urlsplit(str(said.get("server_url", ""))).netloc)
    if not isinstance(title, str) or not title or not wiki or not domain or space != 0:
        return None
    kind = str(said.get("page_change_kind") or said.get("type") or "")
    stream = str(meta.get("stream", ""))
    gone, moved = "", ""
    if kind == "log":
        if said.get("log_type") == "move":
            params = said.get("log_params")
            moved = str(params.get("target", "")) if isinstance(params, dict) else ""
            gone = f"moved to {moved}" if moved else ""
        elif said.get("log_type") == "delete" and str(said.get("log_action", "")).startswith("delete"):
            gone = _GONE["delete"]
        elif said.get("log_action") != "restore":
            return None
    elif kind == "categorize" or kind == "external":
        return None
    elif kind in _GONE or stream.endswith("page-delete"):
        gone = _GONE["delete"]
    revision = said.get("revision")
    numbers = revision if isinstance(revision, dict) else {}
    newest = numbers.get("new") or numbers.get("rev_id") or said.get("rev_id") or 0
    base = str(said.get("server_url") or f"https://{domain}").rstrip("/")
    script = str(said.get("server_script_path", "/w")).rstrip("/")
    change = WikiChange(
        title=title.replace("_", " ")[:500],
        number=0,
        time=moment_of(str(meta.get("dt") or "")),
        revision=newest if isinstance(newest, int) else 0,
        gone=gone,
        moved=moved.replace("_", " ")[:500],
    )
    return change, {"wiki": domain, "api": f"{base}{script}/api.php"}, wiki
