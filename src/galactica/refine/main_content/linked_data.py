"""What a page says of itself in JSON-LD: the things of schema.org that are called an article or a page.

`<script type="application/ld+json">` holds one thing, a list of them, or a `@graph`. A thing that is an article counts
before one that is a page, and those of the same kind in the page's order. Scripts that are no JSON say nothing; some
sites write line feeds into texts, which is allowed here (`strict=False`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

MAX_SCRIPTS = 32
"""Scripts of a page that are read; pages that were seen have up to ten."""

MAX_SCRIPT = 512 * 2**10
"""Characters of one script; a longer one says nothing. A list of a shop's goods has about 100,000."""

MAX_THINGS = 2000
"""Things that are looked at, all scripts together."""

MAX_DEPTH = 12
"""How deep things stand in each other."""

MAX_NAMES = 50
"""Authors of one thing."""

_ARTICLES = ("Article", "Posting", "Report", "Review", "Recipe", "HowTo", "Guide", "Book", "CreativeWork")
_PAGES = ("WebPage", "ItemPage", "AboutPage", "FAQPage", "QAPage", "ProfilePage")


def things_in(scripts: Sequence[str]) -> list[dict[str, object]]:
    """The articles, then the pages, that the scripts of a page describe."""
    articles: list[dict[str, object]] = []
    pages: list[dict[str, object]] = []
    seen = 0
    for script in scripts[:MAX_SCRIPTS]:
        for thing in _things(_parsed(script), 0):
            seen += 1
            if seen > MAX_THINGS:
                break
            kinds = _texts(thing.get("@type"))
            if any(kind.endswith(_ARTICLES) for kind in kinds):
                articles.append(thing)
            elif any(kind.endswith(_PAGES) for kind in kinds):
                pages.append(thing)
    return [*articles, *pages]


def text_in(thing: dict[str, object], name: str) -> str:
    """A property that is one text, or the first of several; "" where it is none."""
    return next(iter(_texts(thing.get(name))), "")


def names_in(thing: dict[str, object], name: str) -> list[str]:
    """The names of what a property holds: persons, organisations, or their names alone."""
    found = thing.get(name)
    several = found if isinstance(found, list) else [found]
    names = []
    for one in several[:MAX_NAMES]:
        if isinstance(one, dict):
            names.extend(_texts(one.get("name"))[:1])
        else:
            names.extend(_texts(one)[:1])
    return names


def address_in(thing: dict[str, object], name: str) -> str:
    """The address that a property is or has; "" where it has none."""
    found = thing.get(name)
    if isinstance(found, list) and found:
        found = found[0]
    if isinstance(found, dict):
        return text_in(found, "url") or text_in(found, "@id")
    return found if isinstance(found, str) else ""


def _parsed(script: str) -> object:
    if len(script) > MAX_SCRIPT:
        return None
    text = script.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _things(value: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for each in value:
            yield from _things(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(name), (dict, list)):
                yield from _things(value[name], depth + 1)


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [each for each in value[:MAX_NAMES] if isinstance(each, str)]
    return []
