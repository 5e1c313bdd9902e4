"""RSS, Atom, RDF and CDF, well formed or not: what feedparser finds in them, as items.

The only module that loads feedparser, and only when a feed is read (`feed_child` says in which process). It is handed
bytes, never a name or an address: it would open either. Of what it finds, the content is taken (the summary where there
is none), as it is written: our own cleaner sanitises and resolves addresses. What an item holds besides is counted
(`feed:NAME`). Bounds: `MAX_FEED` bytes, `MAX_ITEMS` items, `MAX_EXPANDED` characters of entities that a document
declares itself.
"""

from __future__ import annotations

import html
import io
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_tz
from typing import Any
from urllib.parse import urljoin

from galactica.errors import MissingError
from galactica.sources.feed_items import (
    FeedAbout,
    FeedError,
    FeedItem,
    ParsedFeed,
    dropped_rules,
    named_licence,
    plain_names,
    without_tags,
)
from galactica.sources.feed_mend import with_sound_references
from galactica.sources.feed_tombstones import tombstones
from galactica.values.moments import iso_day, utc_stamp

MAX_FEED = 16 * 2**20
"""Bytes of a feed: feedparser holds about twenty times as much in memory. The longest podcasts' feeds have 10 MB."""

MAX_EXPANDED = 16 * 2**20
"""Characters that entities of a document's own may become at most, if each "&" meant the longest of them."""

TAIL = 64 * 1024
"""Bytes at the end of a feed in which its last tag is looked for: some servers add scripts behind it."""

MAX_ITEMS = 300_000
"""Items of one feed."""

_ENTITY = re.compile(rb"<!ENTITY[^>]{0,200}?[\"']([^>]{0,1000000})>", re.IGNORECASE)
_CLOSED = re.compile(rb"</(?:[\w.-]{1,40}:)?(?:rss|feed|rdf|channel)\s*>", re.I)
_PLAIN_TYPES = frozenset(("text/plain", "text", ""))
_MARKED_UP = frozenset(("text/html", "application/xhtml+xml", "html", "xhtml"))

_TAKEN = frozenset(
    "id link links title title_detail summary summary_detail content author author_detail authors tags published"
    " published_parsed updated updated_parsed guidislink language license rights rights_detail publisher"
    " publisher_detail contributors created created_parsed xml_lang base comments source".split()
)
"""Keys of an entry that are read, or say again what another says; `comments` and `source` lead elsewhere."""


def parse_feed(raw: bytes, *, base: str = "", content_type: str = "", language: str = "") -> ParsedFeed:
    """Read a feed in this process.

    Args:
        raw: all of it.
        base: the address that it was fetched from.
        content_type: as the server says it.
        language: as the server says it.

    Raises:
        FeedError: it is over a bound, or feedparser gives it up.
        MissingError: feedparser is not installed.
    """
    if len(raw) > MAX_FEED:
        raise FeedError("too-large", f"a feed of more than {MAX_FEED:,} bytes")
    declared = [len(value) for value in _ENTITY.findall(raw.replace(b"\0", b""))]
    if declared and max(declared) * raw.count(b"&") > MAX_EXPANDED:
        raise FeedError("too-large", "entities that the document declares itself would fill the memory")
    # The address is kept from feedparser: it would make ids absolute by it, and a feed that moves get new ones.
    said = {"content-type": content_type, "content-language": language}
    found = _parsed(raw, {name: value for name, value in said.items() if value})
    feed, entries = found["feed"], found["entries"]
    if len(entries) > MAX_ITEMS:
        raise FeedError("too-many", f"a feed of more than {MAX_ITEMS:,} items")
    fault = _fault(dict.get(found, "bozo_exception"))
    items = [_item(entry, base) for entry in entries]
    items += tombstones(raw, str(dict.get(found, "encoding") or "utf-8"))
    whole = _CLOSED.search(raw[-TAIL:]) is not None or b"\0" in raw[:64]
    return ParsedFeed(about=_about(feed, base), items=tuple(items), fault=fault, whole=whole)


def _parsed(raw: bytes, headers: Mapping[str, str]) -> Any:  # noqa: ANN401 - feedparser has no types
    try:
        import feedparser
    except ImportError as error:
        raise MissingError(
            "Feeds need the package feedparser.", "Install it: pip install 'galactica[build]'."
        ) from error
    fault: Exception | None = None
    for held in (raw, with_sound_references(raw)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of its own old names, and of invalid escapes
                return feedparser.parse(
                    io.BytesIO(held), response_headers=dict(headers), sanitize_html=False, resolve_relative_uris=False
                )
        except MemoryError:
            raise
        except Exception as error:  # whatever a library does with hostile bytes; nothing of the feed is known then
            fault = error
    raise FeedError("malformed", f"feedparser gives it up: {type(fault).__name__}: {fault}"[:300]) from fault


def _fault(error: object) -> str:
    """What is wrong with a document that was read all the same, where anything of it may be lost by that."""
    name = type(error).__name__
    if not isinstance(error, Exception) or name in ("CharacterEncodingOverride", "NonXMLContentType", "NonXMLType"):
        return ""
    return f"{name}: {' '.join(str(error).split())}"[:200]


def _about(feed: Any, base: str) -> FeedAbout:  # noqa: ANN401
    get = _getter(feed)
    people = _people(feed)
    return FeedAbout(
        title=_text(get("title_detail"), get("title")),
        language=str(get("language") or ""),
        licence=_licence(feed),
        publisher=plain_names([str(get("publisher") or "")])[:1][0] if get("publisher") else "",
        date=_moment(get("updated_parsed"))[:10] or _moment(get("published_parsed"))[:10],
        url=_address(get("link"), base),
        creators=people,
    )


def _item(entry: Any, base: str) -> FeedItem:  # noqa: ANN401
    get = _getter(entry)
    dropped: Counter[str] = Counter()
    content, language = _content(entry, dropped, base)
    links = get("links") or []
    dropped["feed:enclosure"] = sum(_getter(link)("rel") == "enclosure" for link in links)
    for name in dict.keys(entry):
        if name not in _TAKEN and not name.endswith("_detail"):
            dropped[f"feed:{name}"[:60]] += 1
    detail = _getter(get("title_detail") or {})
    return FeedItem(
        guid=" ".join(str(get("id") or "").split()),
        link=_link(get, base),
        title=_text(get("title_detail"), get("title")),
        content=content,
        language=language or str(detail("language") or ""),
        creators=_people(entry),
        categories=plain_names(_terms(get("tags") or [])),
        licence=_licence(entry),
        published=_published(get("published"), get("published_parsed"))
        or _published(get("created"), get("created_parsed")),
        modified=_moment(get("updated_parsed")),
        dropped=dropped_rules(dropped),
    )


def _content(entry: Any, dropped: Counter[str], base: str) -> tuple[str, str]:  # noqa: ANN401
    """(markup, language) of what an entry says: its longest content, else its summary; the rest is counted."""
    get = _getter(entry)
    found: list[tuple[str, str, str]] = []
    for piece in get("content") or []:
        own = _getter(piece)
        kind = str(own("type") or "").lower()
        if kind not in _MARKED_UP and kind not in _PLAIN_TYPES:
            dropped["feed:content-of-other-type"] += 1
            continue
        value = _marked_up(str(own("value") or ""), kind, _joined(base, str(own("base") or "")))
        if value.strip():
            found.append((value, str(own("language") or ""), str(own("value") or "")))
        elif own("src"):
            dropped["feed:content-elsewhere"] += 1
    own = _getter(get("summary_detail") or {})
    said = str(get("summary") or "")
    if not found:
        kind, near = str(own("type") or "text/html").lower(), _joined(base, str(own("base") or ""))
        return _marked_up(said, kind, near), str(own("language") or "")
    found.sort(key=lambda each: -len(each[2]))
    told = without_tags(found[0][2], 10**6)
    dropped["feed:content"] = len(found) - 1
    if said and (words := without_tags(said, 10**6).rstrip(" .…[]")) and words not in told:
        dropped["feed:summary"] += 1
    return found[0][0], found[0][1]


def _marked_up(value: str, kind: str, base: str) -> str:
    """A piece of content as HTML, with the address that its links are resolved against."""
    if not value.strip():
        return ""
    if kind in _PLAIN_TYPES:
        paragraphs = (" ".join(part.split()) for part in re.split(r"\n[ \t\r]*\n", value))
        return "\n".join(f"<p>{html.escape(part, quote=False)}</p>" for part in paragraphs if part)
    return f'<base href="{html.escape(base)}">{value}' if _address(base) else value


def _text(detail: Any, value: object) -> str:  # noqa: ANN401
    """A title as plain text: of markup the tags are taken away."""
    words = str(value or "")
    kind = str(_getter(detail or {})("type") or "").lower()
    return without_tags(words, 2000) if kind in _MARKED_UP else " ".join(words.split())


def _people(holder: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Names of the authors, of one without a name his address."""
    get = _getter(holder)
    found = []
    for each in get("authors") or []:
        own = _getter(each)
        found.append(str(own("name") or own("email") or own("href") or ""))
    return plain_names(html.unescape(name) for name in found or [str(get("author") or "")])


def _terms(tags: Iterable[Any]) -> Iterator[str]:
    for each in tags:
        own = _getter(each)
        yield str(own("label") or own("term") or "")


def _licence(holder: Any) -> str:  # noqa: ANN401
    get = _getter(holder)
    links = [str(_getter(link)("href") or "") for link in get("links") or [] if _getter(link)("rel") == "license"]
    return named_licence([*links, str(get("license") or ""), str(get("rights") or "")])


def _published(written: object, parsed: object) -> str:
    """The day of publication as it was written where its writer was, in EDTF; "" where none can be read."""
    moment = _moment(parsed)
    if not moment:
        return ""
    words = str(written or "")
    own = iso_day(words)
    if not own and (fields := parsedate_tz(words)):
        own = iso_day(f"{fields[0]:04}-{fields[1]:02}-{fields[2]:02}")
    if len(own) in (4, 7):
        return own if moment.startswith(own) else moment[:10]
    return own if own and abs((_date(own) - _date(moment[:10])).days) <= 1 else moment[:10]


def _moment(parsed: object) -> str:
    """A time of feedparser's (UTC) in ISO 8601, "" where it is none."""
    try:
        fields: Any = parsed  # a struct_time, or None
        year, month, day, hour, minute, second = tuple(fields)[:6]
        return utc_stamp(datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC))
    except (TypeError, ValueError):
        return ""


def _date(day: str) -> datetime:
    return datetime.fromisoformat(day)


def _joined(base: str, written: str) -> str:
    """An address resolved against another; "" where there is none."""
    try:
        return urljoin(base, written) if base and written else written
    except ValueError:  # half of an address of IPv6
        return ""


def _link(get: Any, base: str) -> str:  # noqa: ANN401
    """What an item tells of; an id that is called an address and is none (RSS says so by default) leads nowhere."""
    link = str(get("link") or "")
    return _address(link, "" if get("guidislink") and link == get("id") else base)


def _address(value: object, base: str = "") -> str:
    """An absolute address that a reader can follow, else ""."""
    words = _joined(base, str(value or "").strip())
    fine = re.match(r"https?://[^\s/]", words, re.IGNORECASE) and not re.search(r"[\s<>\"]", words)
    return words if fine and len(words) <= 2000 else ""


def _getter(holder: Any) -> Any:  # noqa: ANN401
    """What a dictionary of feedparser holds under a name, without the other names that it knows for it."""
    return lambda name: dict.get(holder, name) if isinstance(holder, dict) else None
