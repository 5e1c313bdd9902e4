"""What a MediaWiki says over its API: of itself, which pages changed, and what a page holds.

Requests go one after the other and ask to be put off where the wiki is behind with its own work (`maxlag`), as the
API's etiquette wants it. A page is taken as its readers see it (`action=parse`): templates filled in by the wiki.
Source: https://www.mediawiki.org/wiki/API:RecentChanges, API:Parsing_wikitext, API:Siteinfo, API:Etiquette.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from galactica.follow.fetching import Fetcher
from galactica.network.connection import FetchError
from galactica.sources.contract import SourceOptions
from galactica.sources.feed_items import FeedAbout, FeedItem, named_licence, plain_names
from galactica.sources.feed_json import moment_of
from galactica.sources.mediawiki_events import SiteInfo
from galactica.sources.mediawiki_site import describe_site, describe_source

MAX_ANSWER = 32 * 2**20
"""Bytes of an answer: a page of 2 MB of wikitext may become ten of HTML, and JSON escapes it."""

FIRST = "2001"
"""No wiki has a change before this year."""

BATCH = 500
"""Changes asked for at a time: the most that the API gives to anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WikiChange:
    """A change of a page.

    Attributes:
        title: of the page.
        number: of the change, growing.
        time: ISO 8601 in UTC.
        revision: of the page after it, 0 where there is none.
        gone: how a page ended ("deleted", "moved to X"), "" where it did not.
        moved: the title that it has now, "" where it was not moved.
    """

    title: str
    number: int
    time: str
    revision: int = 0
    gone: str = ""
    moved: str = ""


class WikiApi:
    """The API at an address that ends in api.php.

    Args:
        local: whether it may be on this machine or its network.
    """

    def __init__(self, fetcher: Fetcher, endpoint: str, *, local: bool) -> None:
        self._fetcher, self._endpoint, self._local = fetcher, endpoint, local
        self.local = False

    def call(self, **parameters: str | int) -> Mapping[str, Any]:
        """One request.

        Raises:
            FetchError: it does not come, "busy" where the wiki puts it off, "broken" where it is no answer of an API,
                "api" where it is refused; its detail begins with the wiki's own code then.
        """
        query = urlencode({**parameters, "format": "json", "formatversion": 2, "maxlag": 5})
        found = self._fetcher.get(
            f"{self._endpoint}?{query}", local=self._local, accept="application/json", limit=MAX_ANSWER
        )
        self.local = found.local
        try:
            said = json.loads(found.body)
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            raise FetchError("broken", "no answer of a MediaWiki's API", lasting=True)
        error = said.get("error")
        if isinstance(error, dict):
            code = str(error.get("code", ""))[:60]
            if code in ("maxlag", "ratelimited", "readonly"):
                raise FetchError("busy", f"the wiki is busy ({code})", again=30.0)
            raise FetchError("api", f"{code}: {str(error.get('info', ''))[:200]}", lasting=True)
        return said

    def about(self) -> tuple[FeedAbout, str]:
        """(what the wiki says of itself, the address of its pages).

        Raises:
            FetchError: as `call`.
        """
        said = self.call(action="query", meta="siteinfo", siprop="general|rightsinfo")
        general = _mapping(_mapping(said.get("query")).get("general"))
        rights = _mapping(_mapping(said.get("query")).get("rightsinfo"))
        base = str(general.get("base", ""))
        info = SiteInfo(
            sitename=str(general.get("sitename", ""))[:200],
            dbname=str(general.get("wikiid", ""))[:100],
            base=base if base.startswith(("http://", "https://")) else "",
            language=str(general.get("lang", ""))[:40],
        )
        source = describe_source(info, describe_site(info, SourceOptions()), "wiki", SourceOptions())
        own = named_licence((str(rights.get("url", "")), str(rights.get("text", ""))))
        about = FeedAbout(
            title=source.title,
            language=source.language,
            licence=source.licence or own,
            publisher=source.publisher,
            url=source.url,
            attribution=source.attribution,
            key=source.key,
        )
        pages = str(general.get("server", "")) + str(general.get("articlepath", ""))
        return about, f"https:{pages}" if pages.startswith("//") else pages

    def changes(self, since: str, more: str) -> tuple[list[WikiChange], str]:
        """(changes of articles from a time on, oldest first, what is to be said to get more of them or "").

        Raises:
            FetchError: as `call`.
        """
        asked: dict[str, str | int] = {"rcdir": "newer", "rcstart": since} if since else {"rcdir": "older"}
        if more:
            asked["rccontinue"] = more
        said = self.call(
            action="query",
            list="recentchanges",
            rctype="edit|new|log",
            rcnamespace=0,
            rcprop="title|ids|timestamp|loginfo",
            rclimit=BATCH,
            **asked,
        )
        rows = _objects(_mapping(said.get("query")).get("recentchanges"))
        found = [each for row in rows if (each := change_of(row))]
        further = _mapping(said.get("continue")).get("rccontinue")
        if not since:
            found.reverse()
        return found, str(further)[:200] if isinstance(further, str) and since else ""

    def page(self, title: str, address: str) -> FeedItem | None:
        """A page as its readers see it; None where there is none.

        Args:
            address: of the wiki's pages, "$1" in the place of the title.

        Raises:
            FetchError: as `call`.
        """
        try:
            said = self.call(
                action="parse",
                page=title,
                prop="text|revid|categories",
                redirects=1,
                disableeditsection=1,
                disabletoc=1,
            )
        except FetchError as error:
            if error.reason == "api" and str(error).startswith(("missingtitle", "pagedeleted", "nosuchrevid")):
                return None
            raise
        parsed = _mapping(said.get("parse"))
        path = title.replace(" ", "_")  # as in the wiki's dumps
        item = FeedItem(guid=title, title=title, path=path, link=address.replace("$1", quote(path)))
        if leads := _objects(parsed.get("redirects")):
            target = str(leads[-1].get("to") or "").replace(" ", "_")
            return replace(item, target=target, refused="" if target else "broken-redirect")
        shown = [each for each in _objects(parsed.get("categories")) if not each.get("hidden")]
        text = parsed.get("text")
        return replace(
            item,
            content=text if isinstance(text, str) else "",
            revision=str(parsed.get("revid") or ""),
            categories=plain_names(str(each.get("category", "")).replace("_", " ") for each in shown),
        )


def change_of(row: Mapping[str, Any]) -> WikiChange | None:
    """A row of recent changes; None where it changes no page."""
    title, number, time = row.get("title"), row.get("rcid"), moment_of(str(row.get("timestamp", "")))
    if not isinstance(title, str) or not title or not isinstance(number, int) or time < FIRST:
        return None
    change = WikiChange(title=title[:500], number=number, time=time, revision=_number(row.get("revid")))
    if row.get("type") != "log":
        return change
    kind, action = row.get("logtype"), str(row.get("logaction", ""))
    if kind == "delete" and action in ("delete", "delete_redir", "delete_redir2"):
        return replace(change, gone="deleted on the wiki")
    if kind == "delete" and action == "restore":
        return change
    if kind == "move":
        to = _mapping(row.get("logparams")).get("target_title")
        if isinstance(to, str) and to:
            return replace(change, gone=f"moved to {to}"[:300], moved=to[:500])
    return None


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
