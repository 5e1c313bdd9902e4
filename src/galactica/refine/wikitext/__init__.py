"""Wikitext to plain semantic HTML: `wikitext_to_html` is all that the rest of the house needs.

The passes, in the order that must hold (each in its module):
1. `expand`: templates, functions, comments and extension tags, inside out (`calls`, `functions`, `templates`);
2. `tags.sanitise`: what is not an allowed tag becomes text;
3. `links`: brackets, innermost first;
4. `blocks`: lines to headings, paragraphs, lists, tables; apostrophes to emphasis (`tables`, `quotes`);
5. `WikiPage.restore`: what was set aside comes back, footnotes get their numbers (`notes`);
6. `tags.balance`: every element closed; then headings go under which a template left nothing.

Each pass is one walk, or a fixed number of them, over the text; nesting and output are bounded (`page`, `expand`), so
hostile text costs no more than its length. What cannot be converted comes out as escaped paragraphs, and is counted.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from html import escape

from galactica.model import Site
from galactica.refine.wikitext.blocks import blocks
from galactica.refine.wikitext.expand import expand
from galactica.refine.wikitext.links import links
from galactica.refine.wikitext.page import GONE, LEFT, WikiPage
from galactica.refine.wikitext.switches import without_switches
from galactica.refine.wikitext.tags import balance, sanitise
from galactica.refine.wikitext.variants import convert_variants

__all__ = ["FAILED", "ConvertedPage", "wikitext_to_html"]

FAILED = "<conversion>"
"""Stands among the dropped names where a page could only be given as plain paragraphs."""

# Controls that no text needs, and the noncharacters that markers are made of.
_UNWANTED = dict.fromkeys((*range(9), *range(11, 32), 127, *range(64976, 65008), 65534, 65535))
_HAS_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
_HEADING = re.compile(r"<h([2-6])(?: id=\"([^\"]*)\")?(?: [^<>]*)?>(?:(?!<h[2-6]).)*?</h\1>", re.DOTALL)
_EMPTY = re.compile(r"<([a-z]++)(?>(?: href=\"[^<>\"]*+\")?)>(?>(?:\s|<br>)*)</\1>")
_HOLLOW = frozenset("a p i b small sup sub div span em strong code s u".split())
"""Elements that say nothing where they hold no words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertedPage:
    """A page as HTML.

    Attributes:
        html: well-formed plain semantic HTML; links inside the wiki are `./Path#section`, percent-encoded.
        categories: plain names, unique, in the page's order.
        dropped: (template or tag, how often) for all that was left out; most often first, then by name.
    """

    html: str
    categories: tuple[str, ...]
    dropped: tuple[tuple[str, int], ...]


def wikitext_to_html(text: str, *, title: str, site: Site | None, language: str) -> ConvertedPage:
    """Convert the wikitext of an article. Never raises, whatever the text is.

    Args:
        text: the wikitext of the whole page.
        title: the page's title, plain.
        site: what the dump said of its wiki, or None.
        language: BCP 47 tag; decides dates in words and which variant of -{…}- is kept.
    """
    if _HAS_UNWANTED.search(text):
        text = text.replace("\r\n", "\n").translate(_UNWANTED)
    page = WikiPage(title=title, site=site, language=language, size=len(text), expander=expand, renderer=_render)
    try:
        html = _whole(page, text)
    except Exception:
        # A bug here must not cost the reader the article, nor the builder the edition: it is counted instead.
        paragraphs = (escape(part.strip(), quote=False) for part in text.split("\n\n"))
        html = "".join(f"<p>{part}</p>" for part in paragraphs if part)
        page.drop(FAILED)
    dropped = sorted(page.dropped.items(), key=lambda item: (-item[1], item[0]))
    return ConvertedPage(html=html, categories=tuple(page.categories), dropped=tuple(dropped))


def _whole(page: WikiPage, text: str) -> str:
    html = page.restore(_render(page, page.expand(text)))
    html = balance(html + page.notes.rest())
    html = _EMPTY.sub(_nothing, _EMPTY.sub(_nothing, html))
    return _without_empty_sections(html, page.bare).strip()


def _render(page: WikiPage, text: str) -> str:
    """Passes 2 to 4; markers stay."""
    if "-{" in text:
        text = convert_variants(text, page.language)
    text = links(page, sanitise(text))
    if "__" in text:
        text = without_switches(text)
    if GONE in text:
        text = "\n".join([_without_gone(line) if GONE in line else line for line in text.split("\n")])
    html = blocks(page, text)
    return html.replace(LEFT, "") if LEFT in html else html


def _without_gone(line: str) -> str:
    """A line without the places where something left nothing, and without the space around one at its beginning."""
    if line.lstrip(" \t").startswith(GONE):
        line = line.lstrip(f" \t{GONE}")
        return line.replace(GONE, "") if line else LEFT
    return line.replace(GONE, "")


def _nothing(match: re.Match[str]) -> str:
    """What an element without words leaves: the break or space that was in it, where words may stand around it."""
    if match[1] not in _HOLLOW or match[0].startswith("<a>"):
        return match[0]
    if match[1] in ("p", "div"):
        return ""
    return "<br>" if "<br>" in match[0] else " " if match[0].find("><") < 0 else ""


def _without_empty_sections(html: str, bare: Set[str]) -> str:
    """Leave out headings under which nothing is left (the template that stood there was dropped).

    Args:
        bare: ids of headings that the author left so; they stay.
    """
    found = [(match.start(), match.end(), int(match[1]), match[2]) for match in _HEADING.finditer(html)]
    following, next_level = len(html), 0  # where the next heading that stays begins, and its level
    cut: list[tuple[int, int]] = []
    for start, end, level, anchor in reversed(found):
        if next_level <= level and anchor not in bare and not html[end:following].strip():
            cut.append((start, following))
        else:
            next_level = level
        following = start
    kept, position = [], 0
    for start, end in reversed(cut):
        kept.append(html[position:start])
        position = end
    return "".join([*kept, html[position:]])
