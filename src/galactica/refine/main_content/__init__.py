"""The article of a page of the open web, told from what the site puts around it, and what the page says of itself.

Only pages marked "webpage" (`model.document.Markup`) come here: a page of a wiki or of documentation and a chapter of a
book are known to `refine.clean` as they are. What is left out is counted by rule in `dropped`. Where no content
stands out clearly, the whole page stays and `sure` is False.
"""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from galactica.refine.clean.bounds import check_cost
from galactica.refine.clean.xhtml import as_html, is_xhtml
from galactica.refine.main_content.facts import SaidOfItself, said_by

__all__ = ["MainContent", "SaidOfItself", "extract"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MainContent:
    """The main content of a page.

    Attributes:
        html: what of the page is content, as HTML to be cleaned; the whole page where `sure` is False.
        sure: whether content could be told from what is around it.
        facts: what the page says of itself.
        dropped: (rule, how often) of what was left out, by name of rule.
    """

    html: str
    sure: bool
    facts: SaidOfItself
    dropped: tuple[tuple[str, int], ...] = ()


def extract(html: str, *, path: str = "") -> MainContent:
    """Find the main content of a page.

    Args:
        html: a whole page, with its scripts.
        path: its path in its source: one that ends in ".xhtml" is read as XML is.

    Raises:
        Unclean: it is over a bound of `refine.clean.bounds`.
    """
    if is_xhtml(html, path):
        html = as_html(html)
    check_cost(html)
    tree = LexborHTMLParser(html.encode("utf-8", "ignore"))
    return MainContent(html=html, sure=False, facts=said_by(tree))
