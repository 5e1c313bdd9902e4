"""Finds the article in a page: which part of it, under what title, in which categories.

The page is parsed by lexbor as a browser parses it (HTML Standard 13.2) and written back as properly nested tags; all
further cleaning reads that text. rules.toml names the places where articles lie, best first.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from galactica.refine.clean import pictures
from galactica.refine.clean.rules import RuleBook

RAW_TEXT = "script,style,noscript,template,iframe,noembed,noframes,xmp,plaintext,svg"
"""Tags whose text a serialiser does not escape, or that change the meaning of tags inside: removed from the tree."""

_STANDARD = b"<!DOCTYPE html>"
"""Before a page: without it, or with an old one behind it, a table would stay inside the paragraph before it (HTML
Standard 13.2.6.4.7, quirks mode), and a paragraph holds text alone."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]+")
_TAG = re.compile("(<[^>]*>)")
_C0 = bytes([*range(9), 11, *range(14, 32), 127])
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_NOT_CHARACTERS = re.compile(rb"\xef\xbf[\xbe\xbf]")
_SPACE = re.compile(r"\s+")
_WHOLE_PAGE = re.compile(r"<(?:html|head|body|!doctype)\b", re.IGNORECASE)
_NO_TITLE = "table,ul,ol,dl,pre,h2,h3,h4,h5,h6"
"""What stands in no heading: one that holds it was never closed."""

_STRUCK = "s,strike,del"
_STRIKES = re.compile(r"<(/?)(s|strike|del)(?=[\s/>])", re.IGNORECASE)

_PARSOID_CATEGORY = "mw:PageProp/Category"


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlPage:
    """A page, parsed.

    Attributes:
        html: the article's part, serialised: properly nested, attributes in double quotes, no raw-text tags, no
            control characters or soft hyphens, no-break spaces as characters.
        title: text of the heading that is the page's title, else of <title>, else "".
        title_is_heading: whether the first h1 of `html` is that heading.
        shift: how many levels the other headings go down (1 where further h1 stand in the article).
        language: of the article's part as the page says it; "" where it does not.
        categories: names, in order, unique.
        base: the address that its <base> gives, "" for none.
        found: whether the article was told from its surroundings; a fragment has none.
    """

    html: str
    title: str
    title_is_heading: bool
    shift: int
    language: str
    categories: tuple[str, ...]
    found: bool
    base: str = ""


def open_page(html: str, book: RuleBook) -> HtmlPage:
    """Parse a page or fragment that is within the bounds of `bounds.check_cost`."""
    raw = html.encode("utf-8", "ignore")
    tree = LexborHTMLParser(_STANDARD + raw)
    body = tree.body
    if body is None:
        return HtmlPage(html="", title="", title_is_heading=False, shift=0, language="", categories=(), found=False)
    categories = _categories(tree, html, book)
    article = _article(tree, book)
    root = body if article is None else article
    if "<noscript" in html or "<picture" in html:
        pictures.settle_pictures(root)
    for node in reversed(root.css(RAW_TEXT)):  # inner ones first: a node must not outlive its parent
        node.decompose()
    if "<h1" in html or "<H1" in html:
        _settle_headings(root)
    if root.css_first(_STRUCK) is not None:
        _settle_struck(root, html)
    title, is_heading, shift = _title(tree, root, several=html.count("<h1") + html.count("<H1") > 1)
    written = (root.html or "").replace("&nbsp;", "\xa0")
    if _may_hold_controls(raw):
        written = _CONTROLS.sub("", written)
    if "\xad" in written:
        written = "".join(
            piece if piece.startswith("<") else piece.replace("\xad", "") for piece in _TAG.split(written)
        )
    return HtmlPage(
        html=written,
        title=title,
        title_is_heading=is_heading,
        shift=shift,
        language=_language(tree, root),
        categories=categories,
        base=_base(tree) if "<base" in html or "<BASE" in html else "",
        found=article is not None or _WHOLE_PAGE.search(html, 0, 4096) is None,
    )


def _base(tree: LexborHTMLParser) -> str:
    first = tree.css_first("base[href]")
    return (first.attributes.get("href") or "") if first is not None else ""


def _may_hold_controls(raw: bytes) -> bool:
    """Whether a control character stands in the page, or could be meant by a numeric reference."""
    if b"&#" in raw or len(raw.translate(None, _C0)) != len(raw):
        return True
    return _C1.search(raw) is not None or _NOT_CHARACTERS.search(raw) is not None


def _article(tree: LexborHTMLParser, book: RuleBook) -> LexborNode | None:
    for selector, single in book.article:
        first = tree.css_first(selector)
        if first is not None and (not single or len(tree.css(selector)) == 1):
            return first
    return None


def _title(tree: LexborHTMLParser, root: LexborNode, *, several: bool) -> tuple[str, bool, int]:
    """The page's title, whether the first h1 inside `root` shows it, and how far other headings go down."""
    head = tree.css_first("head > title")
    named = _text(head) if head is not None else ""
    inside = root.css("h1") if several else [node for node in [root.css_first("h1")] if node is not None]
    first = tree.css_first("h1")
    if first is None:
        return named, False, 0
    if inside and (shown := _text(inside[0])):
        alone = len(inside) == 1 and inside[0].mem_id == first.mem_id
        if alone or shown.casefold() in named.casefold():
            return shown, True, 1 if len(inside) > 1 else 0
        if inside[0].mem_id == first.mem_id:
            return named, False, 1
    return _text(first) or named, False, 1 if inside else 0


def _settle_headings(root: LexborNode) -> None:
    """Make each h1 one line: a break parts words. One that is never closed is unwrapped, or the page were its title."""
    for node in root.css("h1"):
        for each in node.css("br"):
            each.insert_before(" ")
        if _takes_in_blocks(node):
            node.unwrap()


def _settle_struck(root: LexborNode, html: str) -> None:
    """Unwrap what strikes letters where it is not always closed: the rest of the page would be taken for struck."""
    opened: Counter[str] = Counter()
    for closing, name in _STRIKES.findall(html):
        opened[name.lower()] += -1 if closing else 1
    for name, more in opened.items():
        if more > 0:
            for node in root.css(name):
                node.unwrap()


def _takes_in_blocks(heading: LexborNode) -> bool:
    """Whether a heading holds what no heading does: lists, tables, paragraphs behind its own text."""
    if heading.css_first(_NO_TITLE) is not None:
        return True
    before = ""
    for child in heading.iter(include_text=True):
        if child.tag == "p":
            return bool(before.strip())
        before += child.text() or ""
    return False


def _language(tree: LexborHTMLParser, root: LexborNode) -> str:
    html = tree.css_first("html")
    own = root.attributes.get("lang") or (html.attributes.get("lang") if html is not None else "")
    return own or ""


def _categories(tree: LexborHTMLParser, html: str, book: RuleBook) -> tuple[str, ...]:
    names: list[str] = []
    if "catlinks" in html:
        for selector in book.categories:
            names.extend(_text(node) for node in tree.css(selector))
    if _PARSOID_CATEGORY in html:
        for node in tree.css(f'link[rel~="{_PARSOID_CATEGORY}"]'):
            address = unquote(node.attributes.get("href") or "").partition("#")[0]
            names.append(address.partition(":")[2].replace("_", " ").strip())
    return tuple(dict.fromkeys(name for name in names if name))


def _text(node: LexborNode) -> str:
    return _CONTROLS.sub("", _SPACE.sub(" ", node.text() or "")).strip()
