"""JSON Feed: read and written one item at a time.

A feed that this program writes (`written_feed`) holds what JSON Feed has no word for in an extension, `_galactica`, as
the standard allows: the item's path, the day of publication alone, revision, licence, what was dropped, and items that
were taken back. It is read by the same rules as any other.
Standard: JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TextIO

from galactica.sources.feed_items import (
    FeedAbout,
    FeedItem,
    dropped_rules,
    markup_named,
    named_licence,
    plain_names,
)
from galactica.sources.json_values import BrokenValue, Values
from galactica.sources.paths import clean_path
from galactica.values.moments import iso_day, iso_moment, utc_stamp

VERSION = "https://jsonfeed.org/version/1.1"
EXTENSION = "_galactica"
STARTS = re.compile(
    r'\{\s*(?:"[^"\\]{1,40}"\s*:\s*"(?:[^"\\]|\\.){0,400}"\s*,\s*){0,8}"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/'
)
"""How a JSON Feed begins: its version among the first members."""

_ABOUT = ("title", "home_page_url", "feed_url", "language", "author", "authors", "description", EXTENSION)
_READ = frozenset(
    ("id", "url", "external_url", "title", "content_html", "content_text", "summary", "date_published",
     "date_modified", "author", "authors", "tags", "language", EXTENSION)
)  # fmt: skip


def read_items(values: Values) -> Iterator[FeedItem | BrokenValue]:
    """Yield the items of a feed, as they come; the value that cannot be read in its place."""
    for name in values.members():
        if name == "items" and values.peek() == "[":
            for value in values.elements():
                if isinstance(value, dict):
                    yield json_item(value)
                elif isinstance(value, BrokenValue):
                    yield value
                else:
                    yield BrokenValue(reason="bad-row", detail="an item that is no object")
        else:
            values.skip()


def read_about(values: Values) -> FeedAbout:
    """What a feed says of itself before its items."""
    found: dict[str, Any] = {}
    for name in values.members():
        if name == "items":
            break
        value = values.value()
        if name in _ABOUT and not isinstance(value, BrokenValue):
            found[name] = value
    own = _mapping(found.get(EXTENSION))
    return FeedAbout(
        title=_words(found.get("title")),
        language=_words(found.get("language")),
        licence=_words(own.get("licence")),
        publisher=_words(own.get("publisher")),
        date=iso_day(_words(own.get("date"))),
        attribution=_words(own.get("attribution"))[:1000],
        key=_key(own.get("key")),
        url=_address(found.get("home_page_url")),
        creators=_people(found),
    )


def json_item(value: Mapping[str, Any]) -> FeedItem:
    """An item of a JSON Feed."""
    own = _mapping(value.get(EXTENSION))
    dropped: Counter[str] = Counter()
    for rule, count in _pairs(own.get("dropped")):
        dropped[rule] += count
    for name, extra in value.items():
        if name == "attachments":
            dropped["feed:enclosure"] += len(extra) if isinstance(extra, list) else 1
        elif name not in _READ:
            dropped[f"feed:{name}"[:60]] += 1
    content = _text(value.get("content_html"))
    if not content.strip():
        content = _paragraphs(_text(value.get("content_text")) or _text(value.get("summary")))
    elif _text(value.get("content_text")):
        dropped["feed:content_text"] += 1
    deleted = _words(own.get("deleted"))
    return FeedItem(
        guid=_words(value.get("id")),
        link=_address(value.get("url")) or _address(value.get("external_url")),
        title=_words(value.get("title")),
        content=content,
        markup=markup_named(_words(own.get("markup"))),
        language=_words(value.get("language")),
        creators=_people(value),
        categories=plain_names(_words(each) for each in _list(value.get("tags"))),
        licence=named_licence([_words(own.get("licence"))]),
        published=iso_day(_words(own.get("published"))) or iso_day(_words(value.get("date_published"))),
        modified=moment_of(_words(value.get("date_modified"))),
        revision=_words(own.get("revision")),
        identifiers=tuple(sorted({_words(each) for each in _list(own.get("identifiers"))} - {""})),
        dropped=dropped_rules(dropped),
        path=_words(own.get("path")),
        deleted=(iso_day(deleted) or "unknown") if deleted else "",
        why=_words(own.get("why")),
        target=clean_path(_words(own.get("target"))) or "",
        refused=re.sub(r"[^a-z-]", "", _words(own.get("refused")).lower())[:40],
    )


def written_feed(out: TextIO, about: FeedAbout, feed_url: str, items: Iterable[FeedItem]) -> int:
    """Write a feed, one item a line; returns how many there are. Equal values give equal bytes."""
    own = {
        "key": about.key,
        "licence": about.licence,
        "publisher": about.publisher,
        "date": about.date,
        "attribution": about.attribution,
    }
    head = {
        "version": VERSION,
        "title": about.title,
        "home_page_url": about.url,
        "feed_url": feed_url,
        "language": about.language,
        "authors": [{"name": name} for name in about.creators],
        EXTENSION: _full(own),
    }
    out.write(json.dumps(_full(head), ensure_ascii=False)[:-1] + ', "items": [')
    number = 0
    for number, item in enumerate(items, 1):
        out.write(",\n" if number > 1 else "\n")
        out.write(json.dumps(written_item(item), ensure_ascii=False))
    out.write("\n]}\n")
    return number


def written_item(item: FeedItem) -> dict[str, Any]:
    """An item as a JSON Feed has it; `json_item` gives it back."""
    own = {
        "path": item.path,
        "markup": "" if item.markup == "html" else item.markup,
        "published": item.published,
        "revision": item.revision,
        "licence": item.licence,
        "identifiers": list(item.identifiers),
        "dropped": [[rule, count] for rule, count in item.dropped],
        "deleted": item.deleted,
        "why": item.why,
        "refused": item.refused,
        "target": item.target,
    }
    found = {
        "id": item.guid,
        "url": item.link,
        "title": item.title,
        "content_html": item.content,
        "date_modified": item.modified,
        "authors": [{"name": name} for name in item.creators],
        "tags": list(item.categories),
        "language": item.language,
        EXTENSION: _full(own),
    }
    return _full(found)


def moment_of(written: str) -> str:
    """A time of RFC 3339 in UTC, "" where it is none (a day alone is no time)."""
    moment = iso_moment(written)
    return utc_stamp(moment) if moment else ""


def _key(value: object) -> str:
    """The name of a source: short, printable, no path."""
    words = _words(value)
    return words if words.isprintable() and "\\" not in words and len(words) <= 200 else ""


def _full(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value}


def _paragraphs(text: str) -> str:
    parts = (" ".join(part.split()) for part in re.split(r"\n[ \t\r]*\n", text))
    return "\n".join(f"<p>{html.escape(part, quote=False)}</p>" for part in parts if part)


def _people(value: Mapping[str, Any]) -> tuple[str, ...]:
    several = _list(value.get("authors")) or [value.get("author")]
    return plain_names(_words(each.get("name")) or _words(each.get("url")) for each in map(_mapping, several))


def _pairs(value: object) -> Iterator[tuple[str, int]]:
    for each in _list(value):
        if isinstance(each, list) and len(each) == 2 and isinstance(each[1], int) and 0 < each[1] < 2**31:
            yield _words(each[0])[:60], each[1]


def _words(value: object) -> str:
    """A short text, its white space collapsed; numbers are ids in some feeds."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    try:
        return " ".join(str(value).split())
    except ValueError:  # a number of more digits than Python turns into text
        return ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _address(value: object) -> str:
    words = _words(value)
    return words if re.match(r"https?://[^\s/<>\"]+[^\s<>\"]*\Z", words, re.I) and len(words) <= 2000 else ""
