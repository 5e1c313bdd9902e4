"""What a body may be made of: the allowlist of tags and attributes, as data.

docs/formats/body.md is the normative description; tests/model/test_body.py holds the two together. The cleaner writes
only this, the sanitiser lets only this through, the projection reads it, the reading room styles it. Every tag that
is not named here is taken away; its text stays.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

HEADINGS: Final = ("h2", "h3", "h4", "h5", "h6")
"""The article's title is its only h1 and lies beside the body, not in it."""

BLOCK_TAGS: Final = frozenset(
    {
        *HEADINGS,
        *("p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "hr", "figure", "figcaption"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
        *("details", "summary", "section", "aside", "div"),
    }
)
"""Tags that separate what stands before, in and after them. `br` is a line break inside a block."""

INLINE_TAGS: Final = frozenset(
    {
        *("a", "em", "strong", "b", "i", "u", "s", "small", "mark", "q", "cite", "dfn", "abbr", "code", "kbd"),
        *("samp", "var", "time", "bdi", "bdo", "ruby", "rt", "rp", "sub", "sup", "span", "br"),
        *("img", "audio", "video", "source", "track"),
    }
)

MATH_TAGS: Final = frozenset(
    {
        *("math", "semantics", "annotation", "merror", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover"),
        *("mpadded", "mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub"),
        *("msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover"),
    }
)
"""The elements of MathML Core (W3C Candidate Recommendation, section 1.1 "Elements"); `annotation` holds TeX."""

VOID_TAGS: Final = frozenset({"br", "hr", "img", "source", "track"})
"""Tags without an end tag (HTML Standard 13.1.2)."""

TAGS: Final = BLOCK_TAGS | INLINE_TAGS | MATH_TAGS

GLOBAL_ATTRIBUTES: Final = frozenset({"dir", "id", "lang"})
"""Allowed on every HTML tag (not inside MathML)."""

ROLES: Final = frozenset({"doc-endnotes", "doc-footnote", "doc-noteref", "note"})
"""Allowed values of `role` (DPUB-ARIA 1.1, WAI-ARIA 1.2), on the tags of `ROLE_TAGS`."""

ROLE_TAGS: Final = frozenset({"a", "aside", "div", "li", "ol", "section", "sup", "ul"})

ATTRIBUTES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "a": frozenset({"href", "title"}),
        "abbr": frozenset({"title"}),
        "annotation": frozenset({"encoding"}),
        "audio": frozenset({"controls", "src"}),
        "details": frozenset({"open"}),
        "dfn": frozenset({"title"}),
        "img": frozenset({"alt", "height", "src", "width"}),
        "li": frozenset({"value"}),
        "math": frozenset({"alttext", "display"}),
        "mfrac": frozenset({"linethickness"}),
        "mi": frozenset({"mathvariant"}),
        "mo": frozenset(
            {"accent", "fence", "form", "largeop", "lspace", "maxsize", "minsize", "movablelimits", "rspace"}
            | {"separator", "stretchy", "symmetric"}
        ),
        "mover": frozenset({"accent"}),
        "mspace": frozenset({"depth", "height", "width"}),
        "mstyle": frozenset({"displaystyle", "scriptlevel"}),
        "mtable": frozenset({"columnalign", "displaystyle", "rowspacing"}),
        "mtd": frozenset({"columnspan", "rowspan"}),
        "munder": frozenset({"accentunder"}),
        "munderover": frozenset({"accent", "accentunder"}),
        "ol": frozenset({"reversed", "start", "type"}),
        "source": frozenset({"src", "type"}),
        "td": frozenset({"colspan", "headers", "rowspan"}),
        "th": frozenset({"colspan", "headers", "rowspan", "scope"}),
        "time": frozenset({"datetime"}),
        "track": frozenset({"kind", "src", "srclang"}),
        "video": frozenset({"controls", "height", "src", "width"}),
    }
)
"""Tag → the attributes that it alone may carry, besides the global ones and `role`."""

BARE_TAGS: Final = frozenset({"aside", "div", "section", "span"})
"""Tags that say nothing by themselves: they stay only where they carry an attribute."""

URL_SCHEMES: Final = frozenset({"http", "https", "mailto"})
"""What `href` may lead to besides "#FRAGMENT" and "./PATH"; `src` is always "./PATH"."""


def attributes_of(tag: str) -> frozenset[str]:
    """Every attribute that `tag` may carry."""
    own = ATTRIBUTES.get(tag, frozenset())
    if tag in MATH_TAGS:
        return own
    return own | GLOBAL_ATTRIBUTES | (frozenset({"role"}) if tag in ROLE_TAGS else frozenset())


ANCHOR_KINDS: Final = ("page", "slide", "time", "sheet", "row", "line")
"""What an `id` of the form "KIND:VALUE" may say of the place in the source at which the text after it stands."""

_ANCHOR = re.compile(r"(?:page|sheet):\S+|(?:slide|row|line):[1-9][0-9]{0,17}|time:[0-9]{1,9}(?:\.[0-9]{1,3})?")


def is_anchor(identifier: str) -> bool:
    """Whether an `id` (as it is, or escaped) says a place in the source; docs/formats/body.md, "Anchors"."""
    return _ANCHOR.fullmatch(identifier) is not None


_PICTURE = re.compile(r'<img\b[^>]* src="\./([^"]+)"')


def pictures(body: str) -> Iterator[str]:
    """The paths of the pictures of a canonical body that lie in its source, in order."""
    for match in _PICTURE.finditer(body):
        yield unquote(html.unescape(match[1]))
