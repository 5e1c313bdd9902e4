"""What a feed says, whatever it is written in: of itself, and its items, as values.

Standards: RSS 2.0; RFC 4287 (Atom); RFC 6721 (deleted-entry); JSON Feed 1.1; EDTF (ISO 8601-2).
"""

from __future__ import annotations

import dataclasses
import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar, get_args

from galactica.languages import tag
from galactica.model import Source
from galactica.model.document import Markup
from galactica.sources import leaf
from galactica.sources.zim_page import spdx

_TAG = re.compile(r"<[^<>]{0,4000}>")
_UNSEEN = re.compile(
    r"<(script|style|template|noscript)\b[^<>]{0,2000}>.{0,100000}?</\1\s*>", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAbout:
    """What a feed says of itself; "" where it says nothing. `key` and `attribution` only one that we wrote can say."""

    title: str = ""
    language: str = ""
    licence: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    creators: tuple[str, ...] = ()
    attribution: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """An item as its feed has it.

    Attributes:
        guid: its own id, "" where it has none.
        link: absolute address of what it tells of, "" where it has none.
        title: plain text, "" where it has none.
        content: markup of what it says.
        markup: how that is written.
        language, creators, categories, licence, published, modified, revision, identifiers: as in `model.Document`.
        dropped: (rule, how often) of what is not taken in.
        path: where a feed that this program wrote says so itself.
        deleted: the day on which its source took it back (EDTF), "unknown" where that is not said, "" where it did not.
        why: how that was told, or why there is no text of it.
        refused: reason for which it is no article, "" where it is one.
        target: path of the item that this is another name of, "" where it is one itself.
    """

    guid: str = ""
    link: str = ""
    title: str = ""
    content: str = ""
    markup: Markup = "html"
    language: str = ""
    creators: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    licence: str = ""
    published: str = ""
    modified: str = ""
    revision: str = ""
    identifiers: tuple[str, ...] = ()
    dropped: tuple[tuple[str, int], ...] = ()
    path: str = ""
    deleted: str = ""
    why: str = ""
    refused: str = ""
    target: str = ""


class FeedError(Exception):
    """A feed that cannot be read: `reason` as in `model.Rejected`."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed that was read.

    Attributes:
        about: what it says of itself.
        items: in its order.
        fault: what is wrong with it, "" where nothing is: it was read as well as could be.
        whole: whether its end is there.
    """

    about: FeedAbout
    items: tuple[FeedItem, ...]
    fault: str = ""
    whole: bool = True


Sound = TypeVar("Sound", FeedItem, FeedAbout)


def sound_item(value: Sound) -> Sound:
    """An item, or what a feed says of itself, of which every text is Unicode: halves of surrogate pairs, which JSON and
    XML can name, become "?"."""
    fields = {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
    try:
        "".join(_texts(tuple(fields.values()))).encode()
        return value
    except UnicodeEncodeError:
        return type(value)(**{name: _sound(each) for name, each in fields.items()})


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - a text, or tuples of texts and numbers
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)


def _sound(value: Any) -> Any:  # noqa: ANN401 - a text, or tuples of texts and numbers
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return tuple(_sound(each) for each in value) if isinstance(value, tuple) else value


def without_tags(markup: str, limit: int) -> str:
    """The first characters of a piece of HTML without its tags."""
    start = markup[: 50 * limit + 4000]
    return " ".join(html.unescape(_TAG.sub(" ", _UNSEEN.sub(" ", start))).split())[:limit]


def about_source(about: FeedAbout, source: Source) -> Source:
    """A source with what its feed says of itself; what is known already stays."""
    return replace(
        source,
        title=about.title or source.title,
        language=source.language if source.language != "und" else (tag(about.language) or "und"),
        licence=source.licence or about.licence,
        publisher=source.publisher or about.publisher,
        date=source.date or about.date,
        url=source.url or about.url,
        creators=source.creators or about.creators,
        attribution=source.attribution or about.attribution,
        key=about.key or source.key,
    )


def named_licence(written: Iterable[str]) -> str:
    """The licence that one of the texts names; a bare "all rights reserved" stays as it is written."""
    for each in written:
        if words := leaf.title_line(spdx(without_tags(each, 300))):
            return words
    return ""


def plain_names(written: Iterable[str]) -> tuple[str, ...]:
    """Names of people or of categories, each once, in their order."""
    return tuple(dict.fromkeys(name for each in written if (name := leaf.title_line(each))))


def dropped_rules(rules: Counter[str]) -> tuple[tuple[str, int], ...]:
    """What was dropped, as a document has it."""
    return tuple(sorted((rule, count) for rule, count in rules.items() if count))


def markup_named(name: str) -> Markup:
    """A way to write content, by its name; "html" for one that is not known."""
    return next((each for each in get_args(Markup) if each == name), "html")
