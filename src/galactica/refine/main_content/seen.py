"""A page as it is looked at: parsed once, what it says of itself, its blocks."""

from __future__ import annotations

import html as escaping
import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser

from galactica.refine.clean import pictures
from galactica.refine.clean.page import RAW_TEXT
from galactica.refine.clean.rules import rule_book
from galactica.refine.main_content.facts import SaidOfItself, said_by
from galactica.refine.main_content.outline import PageOutline, outline_of

_SCRIPT = re.compile(r"<script\b([^<>]{0,1000})>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script\b[^<>]{0,100}>", re.IGNORECASE)
_TEMPLATE = re.compile(r"\btype\s{0,9}=\s{0,9}[\"']?text/(?:x-)?(?:template|html)\b", re.IGNORECASE)
_NOSCRIPT = re.compile(r"<(/?)noscript\b[^<>]{0,500}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPage:
    """A page that is being judged.

    Attributes:
        description: as its data give it; "" where they do not.
        stated: its text as its data give it.
        hyphens: soft hyphens that were taken out: scripts of sites put them into words.
        base: its `<base>`, as a tag; "" where it has none.
    """

    facts: SaidOfItself
    outline: PageOutline = field(repr=False)
    description: str = ""
    stated: str = ""
    hyphens: int = 0
    base: str = ""


def seen_page(html: str, *, opened: bool = False) -> SeenPage:
    """Look at a page that is within the bounds of `refine.clean.bounds`.

    Args:
        opened: what a browser shows only after, or without, a script counts as shown: templates, `<noscript>`, what is
            hidden.
    """
    if opened:
        html = _with_templates(html)
        html = _NOSCRIPT.sub(r"<\1div>", html)
    tree = LexborHTMLParser(html.encode("utf-8", "ignore"))
    facts, description, stated = said_by(tree)
    body = tree.body
    if body is None:
        return SeenPage(facts=facts, outline=PageOutline([]))
    if "<noscript" in html or "<picture" in html:
        pictures.settle_pictures(body)
    for node in reversed(tree.css(RAW_TEXT)):  # inner ones first: a node must not outlive its parent
        node.decompose()
    base = tree.css_first("base[href]")
    address = (base.attributes.get("href") or "") if base is not None else ""
    written = (body.html or "").replace("&nbsp;", "\xa0")
    hyphens = written.count("\xad")
    return SeenPage(
        facts=facts,
        outline=outline_of(written.replace("\xad", "") if hyphens else written, rule_book(), opened=opened),
        description=description,
        stated=stated,
        hyphens=hyphens,
        base=f'<base href="{escaping.escape(address)}">' if address else "",
    )


def _with_templates(html: str) -> str:
    """The page with what stands in scripts that are templates as a part of it."""
    pieces = []
    place = 0
    while found := _SCRIPT.search(html, place):
        end = _SCRIPT_END.search(html, found.end())
        if end is None:
            break
        if _TEMPLATE.search(found[1]):
            pieces += [html[place : found.start()], "<div>", html[found.end() : end.start()], "</div>"]
        else:
            pieces.append(html[place : end.end()])
        place = end.end()
    return "".join((*pieces, html[place:]))
