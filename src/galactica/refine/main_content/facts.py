"""What a page of the web says of itself: title, authors, day of publication, language, site, address, licence.

Where several places say it, the one counts that is meant for programs and most often right: JSON-LD of an article, then
`<meta>` of publishers (Open Graph, Highwire, Dublin Core), microdata, then what readers see (`rel="author"`,
`<time>`). Nothing is guessed from running text. Every value is bounded; what is not of its form is left empty.

Source: ogp.me; schema.org; RFC 6596 (canonical); HTML Standard 4.6.7 (link types).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from galactica.languages import tag
from galactica.refine.main_content import linked_data
from galactica.refine.main_content.days import day_written
from galactica.refine.main_content.licences import licence_meant

MAX_TITLE = 500
"""Characters of a title."""

MAX_NAME = 80
"""Characters of a name; what is longer is a sentence."""

MAX_NAMES = 20
"""Authors of a page."""

MAX_ADDRESS = 2000
"""Characters of an address."""

MIN_STATED = 200
"""Characters of the text in a page's data below which it is a summary."""

MAX_METAS = 400
"""`<meta>` tags that are looked at; pages that were seen have up to 120."""

_SPACE = re.compile(r"\s+")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]+")
_ADDRESS = re.compile(r"https?://[^\s\"'<>]{3,}")
_BY = re.compile(r"(?:by|von|par|de|di|por|door|av|author|autor|auteur|autore)\b[\s:]+(?=\w)", re.IGNORECASE)
_TITLE_BREAK = re.compile(r"\s+[|\-–—·•»:/]+\s+")
_SEVERAL = re.compile(r"\s*(?:;|,?\s+(?:and|und|et|&)\s+|,(?=\s*\S+\s+\S))\s*")

_TITLES = tuple("og:title citation_title dc.title dcterms.title twitter:title parsely-title sailthru.title".split())
_AUTHORS = tuple(
    "citation_author dc.creator dcterms.creator author parsely-author sailthru.author article:author byl rbauthors "
    "creator".split()
)
_DAYS = tuple(
    "article:published_time og:article:published_time citation_publication_date citation_date datepublished "
    "dc.date.issued dcterms.issued dc.date dcterms.date dc.date.created dcterms.created parsely-pub-date sailthru.date "
    "pubdate publishdate publish-date publish_date publication_date article.published article_date_original "
    "cxenseparse:recs:publishtime date created".split()
)
_DESCRIPTIONS = ("og:description", "description", "twitter:description")
_LICENCES = tuple("dcterms.license dc.rights dcterms.rights license".split())
_SHOWN_AUTHORS = (
    '[itemprop~="author"] [itemprop~="name"]',
    '[itemprop~="author"]',
    'a[rel~="author"]',
    ".byline a",
    ".author a",
)
_SHOWN_DAYS = (
    '[itemprop~="datePublished"]',
    "time[pubdate]",
    "time.published",
    "abbr.published",
    "time.entry-date",
    "article time[datetime]",
    "main time[datetime]",
    "time[datetime]",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfItself:
    """What a page says of itself; "" and () where it does not.

    Attributes:
        title: without the site's name.
        creators: names of persons or bodies, in the page's order.
        published: EDTF level 1: a day, a month or a year.
        language: BCP 47 tag.
        site: what the site calls itself.
        url: canonical address, http or https.
        licence: SPDX identifier where one fits, else its address.
    """

    title: str = ""
    creators: tuple[str, ...] = ()
    published: str = ""
    language: str = ""
    site: str = ""
    url: str = ""
    licence: str = ""


def said_by(tree: LexborHTMLParser) -> tuple[SaidOfItself, str, str]:
    """What a parsed page says of itself, its description, and its text, each "" where they are not in its data.

    Scripts must still stand in the tree.
    """
    metas = _metas(tree)
    things = linked_data.things_in(
        [node.text() or "" for node in tree.css('script[type="application/ld+json"]')[: linked_data.MAX_SCRIPTS]]
    )
    site = _line(metas.get("og:site_name", [""])[0] or metas.get("application-name", [""])[0]) or next(
        (_line(name) for thing in things for name in linked_data.names_in(thing, "publisher")), ""
    )
    said = SaidOfItself(
        title=_title(tree, metas, things, site),
        creators=_creators(tree, metas, things, site),
        published=_published(tree, metas, things),
        language=_language(tree, metas),
        site=site[:MAX_TITLE],
        url=_url(tree, metas),
        licence=_licence(tree, metas, things),
    )
    description = next(_first(metas, _DESCRIPTIONS), "")
    stated = next((text for thing in things if (text := linked_data.text_in(thing, "articleBody"))), "")
    return said, description, stated if len(stated) >= MIN_STATED else ""


def _metas(tree: LexborHTMLParser) -> dict[str, list[str]]:
    """Name or property of each `<meta>` in lower case → what it says, in order."""
    found: dict[str, list[str]] = {}
    for node in tree.css("meta[content]")[:MAX_METAS]:
        attributes = node.attributes
        name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        content = (attributes.get("content") or "")[: 4 * MAX_TITLE].strip()
        if name and content:
            found.setdefault(name.strip(), []).append(content)
    return found


def _first(metas: dict[str, list[str]], names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from metas.get(name, ())


# -- title ------------------------------------------------------------------------------------------------------------


def _title(tree: LexborHTMLParser, metas: dict[str, list[str]], things: list[dict[str, object]], site: str) -> str:
    """The title by which the page wants to be shown; where its only h1 is a part of that, the h1."""
    named = _line(_text(tree.css_first("head > title")))
    said = next((line for text in _first(metas, _TITLES) if (line := _line(text))), "")
    stated = next((line for thing in things if (line := _line(linked_data.text_in(thing, "headline")))), "")
    headings = [line for node in tree.css("h1")[:50] if (line := _line(_text(node)))]
    whole = f"{said}\n{named}\n{stated}".casefold()
    shown = [
        line for line in dict.fromkeys(headings) if line.casefold() in whole and line.casefold() != site.casefold()
    ]
    if len(shown) == 1 and len(shown[0]) > 3:
        return shown[0][:MAX_TITLE]
    for candidate in (stated, said, named):
        if candidate and candidate.casefold() != site.casefold():
            return _without_site(candidate, site)[:MAX_TITLE]
    return (headings[0] if headings else named)[:MAX_TITLE]


def _without_site(title: str, site: str) -> str:
    """A title without the name of the site before or after it."""
    breaks = list(_TITLE_BREAK.finditer(title))
    if not breaks or not site:
        return title
    first, last = breaks[0], breaks[-1]
    if title[last.end() :].casefold() in site.casefold() or site.casefold() in title[last.end() :].casefold():
        return title[: last.start()]
    if title[: first.start()].casefold() == site.casefold():
        return title[first.end() :]
    return title


# -- authors ----------------------------------------------------------------------------------------------------------


def _creators(
    tree: LexborHTMLParser, metas: dict[str, list[str]], things: list[dict[str, object]], site: str
) -> tuple[str, ...]:
    stated = [name for thing in things[:4] for name in linked_data.names_in(thing, "author")]
    for several in (stated, *([text] for text in _first(metas, _AUTHORS)), _shown_authors(tree)):
        names = _names(several, site)
        if names:
            listed = [text for name in ("citation_author", "dc.creator") for text in metas.get(name, ())]
            return names if several is stated or len(listed) < 2 else _names(listed, site)
    return ()


def _shown_authors(tree: LexborHTMLParser) -> list[str]:
    for selector in _SHOWN_AUTHORS:
        found = [_text(node) for node in tree.css(selector)[:MAX_NAMES]]
        if any(found) and len(set(found)) < 5:
            return found
    return []


def _names(written: Iterable[str], site: str) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for text in written:
        for part in _SEVERAL.split(_line(text)[: MAX_NAME * MAX_NAMES]):
            name = _BY.sub("", part, count=1) if _BY.match(part) else part
            name = name.strip(" ,.;:-–|")
            if 1 < len(name) <= MAX_NAME and "://" not in name and "@" not in name and not name.isdigit():
                names.setdefault(name.casefold(), name)
    return tuple(names.values())[:MAX_NAMES]


# -- the rest ---------------------------------------------------------------------------------------------------------


def _published(tree: LexborHTMLParser, metas: dict[str, list[str]], things: list[dict[str, object]]) -> str:
    for text in (linked_data.text_in(thing, "datePublished") for thing in things):
        if day := day_written(text):
            return day
    for text in _first(metas, _DAYS):
        if day := day_written(text):
            return day
    for selector in _SHOWN_DAYS:
        for node in tree.css(selector)[:3]:
            attributes = node.attributes
            written = attributes.get("datetime") or attributes.get("content") or attributes.get("title") or _text(node)
            if day := day_written(written):
                return day
    return ""


def _language(tree: LexborHTMLParser, metas: dict[str, list[str]]) -> str:
    html = tree.css_first("html")
    attributes = html.attributes if html is not None else {}
    for written in (attributes.get("lang"), attributes.get("xml:lang"), *metas.get("og:locale", ())[:1]):
        if written and (found := tag(written)):
            return found
    return ""


def _url(tree: LexborHTMLParser, metas: dict[str, list[str]]) -> str:
    for node in tree.css('link[rel~="canonical"][href]')[:4]:
        if address := _address(node.attributes.get("href") or ""):
            return address
    return next((address for text in metas.get("og:url", ()) if (address := _address(text))), "")


def _address(written: str) -> str:
    address = _CONTROLS.sub("", written).strip()
    return address if len(address) <= MAX_ADDRESS and _ADDRESS.fullmatch(address) else ""


def _licence(tree: LexborHTMLParser, metas: dict[str, list[str]], things: list[dict[str, object]]) -> str:
    linked = [node.attributes.get("href") or "" for node in tree.css('a[rel~="license"], link[rel~="license"]')[:4]]
    stated = [linked_data.address_in(thing, "license") for thing in things]
    for written in (*linked, *stated, *_first(metas, _LICENCES)):
        if found := licence_meant(_CONTROLS.sub("", written)[:MAX_ADDRESS].strip()):
            return found
    return ""


def _text(node: LexborNode | None) -> str:
    return "" if node is None else (node.text() or "")[: 8 * MAX_TITLE]


def _line(text: str) -> str:
    return _CONTROLS.sub("", _SPACE.sub(" ", text)).strip()
