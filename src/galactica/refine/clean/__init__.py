"""Any HTML becomes clean semantic HTML in canonical form: what a reader needs stays, nothing active gets in.

docs/formats/body.md is the normative description of the result. The way: bounds on what a parser may be made to do;
lexbor parses and `page` finds the article; `canonical` walks its tags, judged by `tags` after the rules of
rules.toml, and `writer` writes the body; `sanitise` (another parser) must give back exactly that body, else it is
cleaned again, and refused if it will not settle. So for every result sanitise(body) == body.

The result depends on the arguments alone. Safe to call from several threads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from galactica.refine.clean import bounds
from galactica.refine.clean.bounds import Unclean
from galactica.refine.clean.canonical import BodyRenderer
from galactica.refine.clean.links import path_of
from galactica.refine.clean.page import open_page
from galactica.refine.clean.plain import is_plain
from galactica.refine.clean.rules import rule_book
from galactica.refine.clean.sanitise import reparse, sanitise, settled_html
from galactica.refine.clean.xhtml import as_html, is_xhtml

__all__ = ["Cleaned", "Unclean", "clean", "sanitise"]

MAX_ROUNDS = 4
"""How often a body is cleaned again until both parsers agree on it; real pages need none."""

_LINKS = re.compile(r'<a href="(\./[^"#]+)')
_MEDIA = re.compile(r' src="(\./[^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """A cleaned page.

    Attributes:
        body: canonical (docs/formats/body.md); "" where nothing is left.
        title: text of the page's title heading, else of <title>; "" where it has neither.
        links: paths in the same source that the body links to, in order, unique.
        media: paths of the pictures, sounds and films that it shows, in order, unique.
        categories: names, in order, unique.
        dropped: (rule, how often) for what was taken away, by name of rule.
    """

    body: str
    title: str = ""
    links: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    dropped: tuple[tuple[str, int], ...] = ()


def clean(html: str, *, base: str, language: str = "") -> Cleaned:
    """Clean a page or fragment.

    Args:
        html: the page as it is.
        base: its path in its source ("A/Ray_Charles"): addresses are resolved against it.
        language: BCP 47 tag of the article; "" for what the page says. `lang` attributes that only repeat it go.

    Raises:
        Unclean: it is over a bound (`bounds`), or its markup does not settle.

    Source: benchmarks/clean_survival.py measures what survives on real pages, and how fast.
    """
    if is_plain(html) and not bounds.is_crowded(html):
        return Cleaned(body=html)
    if is_xhtml(html, base):
        html = as_html(html)
    bounds.check_cost(html)
    book = rule_book()
    page = open_page(html, book)
    renderer = BodyRenderer(page, base, language, book)
    body = renderer.render()
    if bounds.is_crowded(body):
        raise Unclean("too-large", f"more than {bounds.MAX_REFERENCES} escaped characters without a tag between")
    for _ in range(MAX_ROUNDS):
        again = reparse(body)
        if again == body or settled_html(again) == body:
            break
        # Markup on which the parsers differ: what the second one understood is cleaned like any other input.
        bounds.check_cost(again)
        settled = replace(open_page(settled_html(again), book), title_is_heading=False, shift=0, found=True)
        body = BodyRenderer(settled, "", language or page.language, book).render()
    else:
        raise Unclean("unstable", "two parsers do not agree on its markup")
    return Cleaned(
        body=body,
        title=page.title,
        links=tuple(dict.fromkeys(path_of(address) for address in dict.fromkeys(_LINKS.findall(body)))),
        media=tuple(dict.fromkeys(path_of(address) for address in dict.fromkeys(_MEDIA.findall(body)))),
        categories=page.categories,
        dropped=tuple(sorted(renderer.dropped.items())),
    )
