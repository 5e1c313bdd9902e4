"""Making an article's body ready for its page: links that lead somewhere in this room, headings that can be reached.

The body is sanitised before it comes here, so it is well-formed: `<` and `>` stand for tags alone, every attribute
value is in double quotes and holds none. One pass over the tags that matter:
1. `href="./PATH"` → the article's address, or a search for it (class gx-missing) where the edition does not hold it,
   or the media file's; `src="./PATH"` → the media file's address.
2. `<h2>` and `<h3>` get an id where they have none, and are listed.
3. tables get a box that scrolls, so that a wide one never widens the page.
4. ids and classes of the room start with "gx-"; an article's that do are renamed, so that none can pose as the
   room's.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from galactica.errors import UsageError
from galactica.web.exchange import percent_decoded

MAX_HEADINGS = 200
"""Headings listed in the contents; a bound against bodies made of headings."""

_TAG = re.compile(r"<(a|img|source|audio|video|track|h[23]|/?table)\b([^>]*)>")
_LOCAL = re.compile(r' (href|src|poster)="\./([^"#?]*)([^"]*)"')
_ID = re.compile(r' id="([^"]*)"')
_MARKUP = re.compile(r"<[^>]*>")
_NOTE = re.compile(r"<sup\b[^>]*>.*?</sup>", re.S)
_OURS = re.compile(r"<[^>]*gx-[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A line of the contents list; `text` is plain, `level` 2 or 3."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where a body's links lead.

    Attributes:
        articles, media: address prefixes that end in "/" and need no escaping in an attribute.
        known: whether the edition holds an article at this (decoded) path of the same source.
        file: whether it holds a file there.
    """

    articles: str
    media: str
    known: Callable[[str], bool]
    file: Callable[[str], bool] = lambda path: False


def dress(body: str, places: Places) -> tuple[str, tuple[Heading, ...]]:
    """A sanitised body → the HTML that is served, and its headings in order."""
    if "gx-" in body:
        body = _OURS.sub(lambda m: m[0].replace("gx-", "gx_"), body)
    out: list[str] = []
    headings: list[Heading] = []
    taken: set[str] = set()
    links: dict[str, str] = {}
    copied = 0
    for match in _TAG.finditer(body):
        name, attributes = match.groups()
        if name == "a":
            if ' href="./' not in attributes:
                continue
            new = f"<a{_LOCAL.sub(partial(_link, places=places, seen=links), attributes, count=1)}>"
        elif name in ("h2", "h3"):
            if len(headings) >= MAX_HEADINGS:
                continue
            heading, new = _heading(body, match, taken)
            if heading is None:
                continue
            headings.append(heading)
        elif name == "table":
            new = f'<div class="gx-scroll">{match[0]}'
        elif name == "/table":
            new = "</table></div>"
        elif '="./' in attributes:
            new = f"<{name}{_LOCAL.sub(partial(_picture, places=places), attributes)}{_lazy(name)}>"
        else:
            continue
        out.append(body[copied : match.start()])
        out.append(new)
        copied = match.end()
    out.append(body[copied:])
    return "".join(out), tuple(headings)


def _lazy(name: str) -> str:
    return ' loading="lazy" decoding="async"' if name == "img" else ""


def _picture(match: re.Match[str], places: Places) -> str:
    return f' {match[1]}="{places.media}{match[2]}"'


def _link(match: re.Match[str], places: Places, seen: dict[str, str]) -> str:
    path, tail = match[2], match[3]
    start = seen.get(path)
    if start is None:
        start = seen[path] = _address(path, places)
    return f'{start}{"" if "gx-missing" in start else tail}"'


def _address(path: str, places: Places) -> str:
    """The opening of the href attribute for a link to `path` (percent-encoded, HTML-escaped)."""
    try:
        plain = percent_decoded(html.unescape(path))
    except UsageError:
        plain = ""
    if plain and places.known(plain):
        return f' href="{places.articles}{path}'
    if plain and places.file(plain):
        return f' href="{places.media}{path}'
    return f' class="gx-missing" href="/search?q={quote(title_of(plain))}'


def title_of(path: str) -> str:
    """What a person would call what lies at `path`: without a ZIM's namespace, underscores and file endings."""
    name = path[2:] if path[1:2] == "/" else path
    name = name.removesuffix(".html").removesuffix(".htm")
    return name.replace("_", " ").strip()[:200]


def _heading(body: str, match: re.Match[str], taken: set[str]) -> tuple[Heading | None, str]:
    name = match[1]
    end = body.find(f"</{name}>", match.end())
    if end < 0:
        return None, ""
    inner = body[match.end() : end]
    text = inner
    if "<" in text:
        text = _MARKUP.sub("", _NOTE.sub("", text))
    text = " ".join(html.unescape(text).split())[:200]
    if not text:
        return None, ""
    found = _ID.search(match[2])
    if found:
        return Heading(level=int(name[1]), id=html.unescape(found[1]), text=text), match[0]
    if not taken:
        taken.update(_ID.findall(body), ("",))
    anchor = stem = re.sub(r"""[\s"'<>&%#]+""", "_", text)[:80].replace("gx-", "gx_")
    number = 2
    while anchor in taken:
        anchor = f"{stem}_{number}"
        number += 1
    taken.add(anchor)
    return Heading(level=int(name[1]), id=anchor, text=text), f'<{name} id="{anchor}"{match[2]}>'
