"""What the tags of a book's pages become: tags of a body, the old ones and those of DTBook by what they mean."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from galactica.model.body import BLOCK_TAGS, INLINE_TAGS, attributes_of
from galactica.sources.epub_marks import kept_id

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}

_ARRANGING = (
    "html body section article main nav header footer hgroup address center form fieldset legend search "
    "dtbook book frontmatter bodymatter rearmatter level level1 level2 level3 level4 level5 level6 imggroup sidebar "
    "prodnote poem linegroup line doctitle docauthor covertitle byline dateline epigraph author caption-group"
).split()

_BECOMES = {
    **{name: name for name in BLOCK_TAGS | INLINE_TAGS},
    **dict.fromkeys(_ARRANGING, "div"),
    **{"h1": "h1", "del": "s", "ins": "u", "strike": "s", "tt": "code", "acronym": "abbr"},
    **{"menu": "ul", "dir": "ul", "list": "ul", "hd": "h3", "bridgehead": "h4", "note": "aside", "noteref": "a"},
    **{"annoref": "a", "annotation": "aside", "imgcaption": "figcaption", "listing": "pre", "xmp": "pre"},
}

GONE = frozenset("script style template trigger annotation-xml".split())
"""What a reader is not shown; it goes with all inside, and is counted."""

_IMPLIED_BY_BLOCK = frozenset((*HEADINGS, *"p ul ol dl table pre blockquote div section aside hr figure".split()))

_SAYS = re.compile(r"none|hidden|super|sub|line-through")
"""What of a style cleaning looks for: what hides, raises, lowers, strikes."""

SIBLINGS: dict[str, tuple[str, ...]] = {
    **{"li": ("ul", "ol"), "dt": ("dl",), "dd": ("dl",), "tr": ("table",)},
    **{"td": ("tr", "table"), "th": ("tr", "table")},
}
"""Tag → what it stands in: in a page that does not close its tags, the next one closes it."""


def becomes(name: str) -> str:
    """The tag that is written for one of this name; "" for none, its text runs on."""
    return _BECOMES.get(name, "")


def closes_paragraph(name: str) -> bool:
    """Whether a paragraph that was not closed ends where this tag begins (HTML Standard 13.1.2.4)."""
    return name in _IMPLIED_BY_BLOCK


def attributes_kept(out: str, attributes: Mapping[str, str], mark: str = "", role: str = "") -> str:
    """The attributes that the tag `out` keeps, as HTML; addresses are the caller's.

    Args:
        mark: its id, "" for none.
    """
    if not attributes and not role:
        return ""
    told = []
    if mark:
        told.append(f' id="{html.escape(kept_id(mark))}"')
    if role:
        told.append(f' role="{role}"')
    language = attributes.get("xml:lang") or attributes.get("lang")
    if language:
        told.append(f' lang="{html.escape(language)}"')
    allowed = attributes_of(out)
    for key, value in attributes.items():
        if key in allowed and key not in ("id", "role", "lang", "href", "src"):
            told.append(f' {key}="{html.escape(value)}"')
    if "hidden" in attributes and role != "doc-footnote":
        told.append(" hidden")
    style = attributes.get("style", "")
    if style and _SAYS.search(style):
        told.append(f' style="{html.escape(style)}"')
    return "".join(told)
