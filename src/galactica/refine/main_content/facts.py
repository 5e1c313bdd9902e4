"""What a page of the web says of itself: title, authors, day of publication, language, site, address, licence.

Where several places say it, the one counts that is meant for programs and most often right: JSON-LD of an article, then
`<meta>` of publishers (Open Graph, Highwire, Dublin Core), microdata, then what readers see (`titles`, `authors`, here
days). Nothing is guessed from running text. Every value is bounded; what is not of its form is left empty.

Source: ogp.me; schema.org; RFC 6596 (canonical); HTML Standard 4.6.7 (link types).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from galactica.languages import tag
from galactica.refine.main_content import linked_data
from galactica.refine.main_content.authors import creators_said
from galactica.refine.main_content.days import day_in_address, day_shown, day_written
from galactica.refine.main_content.licences import licence_meant
from galactica.refine.main_content.page_data import MAX_ADDRESS, PageData, node_text, on_one_line, read_data
from galactica.refine.main_content.titles import MAX_TITLE, title_said

MIN_STATED = 200
"""Characters of the text in a page's data below which it is a summary."""

_DAYS = tuple(
    "article:published_time og:article:published_time citation_publication_date citation_date datepublished "
    "dc.date.issued dcterms.issued dc.date dcterms.date dc.date.created dcterms.created parsely-pub-date sailthru.date "
    "pubdate publishdate publish-date publish_date publication_date article.published article_date_original "
    "cxenseparse:recs:publishtime date created".split()
)
_MARKED_DAYS = (
    '[itemprop~="datePublished"]',
    "time[pubdate]",
    "time.published",
    "abbr.published",
    "time.entry-date",
    "article time[datetime]",
    "main time[datetime]",
    "time[datetime]",
)
_CALLED_DAYS = tuple(
    ".published .publish-date .date-published .post-date .entry-date .article-date .article__date .posted-on .date "
    ".datum .news-date .news-list-date .dateline .post-meta .entry-meta .byline .meta".split()
)
_DESCRIPTIONS = ("og:description", "description", "twitter:description")
_LICENCES = tuple("dcterms.license dc.rights dcterms.rights license".split())
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d{1,14}[a-z_]{0,4}/(?=https?://)")


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
    data = read_data(tree)
    said = SaidOfItself(
        title=title_said(data),
        creators=creators_said(data),
        published=next(_days(data), ""),
        language=_language(data),
        site=data.site[:MAX_TITLE],
        url=data.url,
        licence=_licence(data),
    )
    description = on_one_line(next(data.said(_DESCRIPTIONS), ""))
    stated = next((text for thing in data.things if (text := linked_data.text_in(thing, "articleBody"))), "")
    return said, description, stated if len(stated) >= MIN_STATED else ""


def _days(data: PageData) -> Iterator[str]:
    """The days that a page may have been published on, likeliest first."""
    stated = (linked_data.text_in(thing, "datePublished") for thing in data.things)
    yield from filter(None, map(day_written, (*stated, *data.said(_DAYS))))
    for selector in _MARKED_DAYS:
        for node in data.tree.css(selector)[:3]:
            attributes = node.attributes
            text = attributes.get("datetime") or attributes.get("content") or attributes.get("title")
            if day := day_written(text or node_text(node)):
                yield day
    address = day_in_address(data.url)
    if len(address) > 7:
        yield address
    for selector in _CALLED_DAYS:
        for node in data.tree.css(selector)[:2]:
            if day := day_shown(node_text(node)):
                yield day
    yield from filter(None, (address,))


def _language(data: PageData) -> str:
    html = data.tree.css_first("html")
    attributes = html.attributes if html is not None else {}
    for written in (attributes.get("lang"), attributes.get("xml:lang"), *data.metas.get("og:locale", ())[:1]):
        if written and (found := tag(written)):
            return found
    return ""


def _licence(data: PageData) -> str:
    nodes = data.tree.css('a[rel~="license"], link[rel~="license"]')[:4]
    linked = [_ARCHIVED.sub("", node.attributes.get("href") or "") for node in nodes]
    stated = [linked_data.address_in(thing, "license") for thing in data.things]
    for written in (*linked, *stated, *data.said(_LICENCES)):
        if found := licence_meant(on_one_line(written)[:MAX_ADDRESS]):
            return found
    return ""
