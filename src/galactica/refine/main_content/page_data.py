"""What a page holds for other programs, read once: `<meta>`, JSON-LD, the site's name, its address."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from galactica.refine.main_content import linked_data

MAX_TEXT = 2000
"""Characters of a text that are read; titles and names are shorter."""

MAX_ADDRESS = 2000
"""Characters of an address."""

MAX_METAS = 400
"""`<meta>` tags that are looked at; pages that were seen have up to 120."""

_SPACE = re.compile(r"\s+")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]+")
_ADDRESS = re.compile(r"https?://[^\s\"'<>]{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageData:
    """A parsed page with its data.

    Attributes:
        metas: name or property of each `<meta>` in lower case → what it says, in order.
        things: articles, then pages, of JSON-LD.
        site: what the site calls itself; "" where it does not say.
        url: canonical address, http or https; "" where it has none.
    """

    tree: LexborHTMLParser
    metas: dict[str, list[str]]
    things: list[dict[str, object]]
    site: str
    url: str

    @property
    def host(self) -> str:
        """The host of its address, letters and digits alone: "wwwexampleorg"."""
        try:
            return letters(urlsplit(self.url).hostname or "")
        except ValueError:
            return ""

    def said(self, names: Iterable[str]) -> Iterator[str]:
        """What `<meta>` tags of these names say, in the order of the names."""
        for name in names:
            yield from self.metas.get(name, ())


def read_data(tree: LexborHTMLParser) -> PageData:
    """The data of a page whose scripts still stand in the tree."""
    metas: dict[str, list[str]] = {}
    for node in tree.css("meta[content]")[:MAX_METAS]:
        attributes = node.attributes
        name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        content = (attributes.get("content") or "")[:MAX_TEXT].strip()
        if name and content:
            metas.setdefault(name.strip(), []).append(content)
    scripts = tree.css('script[type="application/ld+json"]')[: linked_data.MAX_SCRIPTS]
    things = linked_data.things_in([node.text() or "" for node in scripts])
    names = (*metas.get("og:site_name", ())[:1], *metas.get("application-name", ())[:1])
    publishers = (name for thing in things for name in linked_data.names_in(thing, "publisher"))
    site = next((line for name in (*names, *publishers) if (line := on_one_line(name))), "")
    canonical = [node.attributes.get("href") or "" for node in tree.css('link[rel~="canonical"][href]')[:4]]
    url = next((found for text in (*canonical, *metas.get("og:url", ())) if (found := web_address(text))), "")
    return PageData(tree=tree, metas=metas, things=things, site=site, url=url)


def web_address(written: str) -> str:
    """An address of the web as it is written; "" where it is none."""
    address = _CONTROLS.sub("", written).strip()
    return address if len(address) <= MAX_ADDRESS and _ADDRESS.fullmatch(address) else ""


def node_text(node: LexborNode | None) -> str:
    """The text of a tag, bounded."""
    return "" if node is None else (node.text() or "")[: 2 * MAX_TEXT]


def on_one_line(text: str) -> str:
    """A text on one line; references that were escaped twice are read."""
    if "&" in text:
        text = html.unescape(text)
    return _CONTROLS.sub("", _SPACE.sub(" ", text)).strip()


def letters(text: str) -> str:
    """The letters and digits of a text in lower case."""
    return "".join(filter(str.isalnum, text.casefold()))
