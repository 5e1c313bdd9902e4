"""A wiki by its recent changes: which pages changed is entered first, then each page is fetched once, as it is by then.

The order that must hold: changes are wanted and the time up to which they were read is kept in one transaction; the
next round begins at that time again, because several changes may have it, and knows what it has by their numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from galactica.follow.journal import FollowedSource
from galactica.follow.round import AHEAD, Round, Tally
from galactica.follow.wants import Want
from galactica.follow.wiki_api import WikiApi, WikiChange
from galactica.network.connection import FetchError
from galactica.sources.feed_items import FeedItem, sound_item

ApiOf = Callable[[Want], tuple[WikiApi, str]]
"""Gives the API of the wiki that a want is of, and the address of its pages."""

MAX_BATCHES = 100
"""Requests for changes in one round: 50,000 changes; a wiki that has more is read on in the next."""

OVERLAP = timedelta(minutes=2)
"""Changes may come into the list late, with the time of when they were made."""

MAX_HAD = 20_000
"""Numbers of changes that are remembered of these minutes."""

MAX_FAILURES = 5
"""Rounds in which a page is asked for that the wiki does not give."""


def take_wiki(turn: Round, source: FollowedSource, tally: Tally) -> None:
    """Read a wiki's changes, and fetch the pages.

    Raises:
        FetchError: it cannot be asked.
    """
    api = WikiApi(turn.fetcher, source.url, local=turn.fetcher.allow_local)
    if not source.state.get("pages"):
        about, pages = api.about()
        with turn.journal.change():
            source.kind, source.about = "wiki", replace(sound_item(about), key="")
            source.state |= {"pages": pages or "", "local": api.local}
            turn.journal.rename(source, sound_item(about).key)
            turn.journal.save(source)
    tally.title, tally.key, tally.kind = source.about.title, source.key, source.kind
    try:
        _changes(turn, source, api)
    finally:
        tally.waiting = turn.journal.wants.count(source.n)
    fetch_wanted(turn, source, lambda _: (api, str(source.state["pages"])), tally)


def _changes(turn: Round, source: FollowedSource, api: WikiApi) -> None:
    """Want what changed since the last round; a round that was cut off goes on where it was."""
    state = source.state
    latest = datetime.fromtimestamp(turn.clock() + AHEAD, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for _ in range(MAX_BATCHES):
        since, more = str(state.get("since", "")), str(state.get("more", ""))
        found, further = api.changes(_earlier(since) if since else "", more)
        had = {int(number): str(time) for number, time in state.get("had", [])}
        with turn.journal.change():
            for change in found:
                if change.number not in had:
                    want_change(turn, source.n, change, {})
            had |= {change.number: change.time for change in found}
            times = [change.time for change in found if change.time <= latest]  # one lie about time stops nothing
            newest = max([str(state.get("newest", "")), since, *times])
            edge = _earlier(newest) if newest else ""
            recent = sorted((number, time) for number, time in had.items() if time >= edge)
            state |= {"newest": newest, "more": further, "had": recent[-MAX_HAD:]}
            if not further:
                state["since"] = newest
            turn.journal.save(source)
        if not further:
            return


def _earlier(time: str) -> str:
    """The time from which changes are asked for once more."""
    return (datetime.fromisoformat(time) - OVERLAP).strftime("%Y-%m-%dT%H:%M:%SZ")


def want_change(turn: Round, source: int, change: WikiChange, about: dict[str, str]) -> None:
    """Want the page that a change is of; a page that was moved is wanted under both of its titles."""
    told = {**about, "title": change.title, "time": change.time, "revision": str(change.revision), "gone": change.gone}
    turn.journal.wants.add(source, _name(about, change.title), told)
    if change.moved:
        moved = {**told, "title": change.moved, "revision": "0", "gone": ""}
        turn.journal.wants.add(source, _name(about, change.moved), moved)


def _name(about: dict[str, str], title: str) -> str:
    return f"{about['wiki']}:{title}" if "wiki" in about else title


def fetch_wanted(turn: Round, source: FollowedSource, api_of: ApiOf, tally: Tally) -> None:
    """Fetch the pages of wikis that are wanted, up to the limit of a round.

    Args:
        api_of: gives the API of the wiki that a want is of, and the address of its pages.
    """
    wanted = turn.journal.wants.first(source.n, turn.options.limit)
    for done, want in enumerate(wanted, 1):
        turn.report("pages", done, len(wanted), "pages")
        try:
            _fetch(turn, source, want, api_of, tally)
        except FetchError as error:
            with turn.journal.change():
                turn.journal.wants.tried(source.n, want.id)
                if error.reason == "api" or want.tries + 1 >= MAX_FAILURES:
                    turn.journal.wants.done(source.n, want.id)
                    _refuse(turn, source, want, str(error))
                    tally.refused += 1
            tally.trouble(f"{want.about.get('title', want.id)} did not come: {error}.", "It is asked again next time.")
            if error.reason == "busy":
                break
    tally.waiting = turn.journal.wants.count(source.n)


def _fetch(turn: Round, source: FollowedSource, want: Want, api_of: ApiOf, tally: Tally) -> None:
    here = turn.journal.items.get(source.n, want.id)
    revision = want.about.get("revision", "0")
    known = int(here.revision) if here and here.revision.isascii() and here.revision.isdigit() else 0
    if here and not here.deleted and not want.about.get("gone") and 0 < int(revision) <= known:
        with turn.journal.change():
            turn.journal.wants.done(source.n, want.id)
        return
    api, pages = api_of(want)
    page = api.page(want.about["title"], pages)
    with turn.journal.change():
        if page is None:
            why = want.about.get("gone") or "the wiki has no such page"
            day = want.about.get("time", "")[:10] or turn.today()
            gone = replace(here or FeedItem(guid=want.id, title=want.about["title"]), content="", target="")
            outcome = turn.journal.items.put(source.n, want.id, replace(gone, deleted=day, why=why, refused=""))
        else:
            page = replace(page, guid=want.id, modified="" if page.target else want.about.get("time", ""))
            if "wiki" in want.about:  # of a stream of several wikis
                page = replace(page, path=f"{want.about['wiki']}/{page.path}")
                page = replace(page, target=f"{want.about['wiki']}/{page.target}" if page.target else "")
            outcome = turn.journal.items.put(source.n, want.id, page)
        tally.count(outcome)
        turn.journal.wants.done(source.n, want.id)


def _refuse(turn: Round, source: FollowedSource, want: Want, why: str) -> None:
    here = turn.journal.items.get(source.n, want.id)
    if here is None or here.refused:
        item = FeedItem(guid=want.id, title=want.about.get("title", ""), refused="unreachable", why=why)
        turn.journal.items.put(source.n, want.id, item)
