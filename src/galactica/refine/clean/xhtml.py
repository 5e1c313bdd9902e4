"""XHTML as HTML: pages that are XML say with "/>" that a tag is whole, which a parser of HTML does not hear.

Read as HTML, `<script/>` and `<title/>` swallow the page, and `<a id="x"/>` all that follows. A page is taken for XHTML
where its name, an XML declaration or the namespace says so. Standard: XHTML 1.0, appendix C; XML 1.0, 2.7 and 3.1.
"""

from __future__ import annotations

import re
from html import escape

from galactica.refine.clean.tags import VOID

HEAD = 4096
"""Characters in which a page says what it is."""

SUFFIXES = (".xhtml", ".xht", ".xhtm")

_SAYS = re.compile(
    r"\s*+(?:\ufeff\s*+)?<\?xml\b|<(?:[\w-]{1,20}:)?html\b[^<>]{0,2000}http://www\.w3\.org/1999/xhtml", re.I
)
_PREFIX = re.compile(r"<([\w-]{1,20}):html\b")
_WHOLE = re.compile(r"""<([A-Za-z][\w:.-]{0,60})((?:\s(?>(?:[^<>"'/]|"[^"<]*+"|'[^'<]*+'|/(?!>))*))?)/>""")
_RAW = re.compile(r"<(script|style)\b[^<>]*(?<!/)>", re.IGNORECASE)
_RAW_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}


def is_xhtml(page: str, path: str) -> bool:
    """Whether a page at this path is XML."""
    return path.lower().endswith(SUFFIXES) or _SAYS.search(page, 0, HEAD) is not None


def as_html(page: str) -> str:
    """The page with an end tag for each tag that is whole, and with character data as text."""
    page = page.removeprefix("\ufeff")
    if "<![CDATA[" in page:
        first, *parts = _without_raw_text(page).split("<![CDATA[")
        pieces = [first]
        for part in parts:
            data, end, rest = part.partition("]]>")
            pieces.append(escape(data, quote=False) + rest if end else f"<![CDATA[{part}")
        page = "".join(pieces)
    prefix = _PREFIX.search(page, 0, HEAD)
    if prefix:
        page = page.replace(f"<{prefix[1]}:", "<").replace(f"</{prefix[1]}:", "</")
    return _WHOLE.sub(_with_end, page) if "/>" in page else page


def _without_raw_text(page: str) -> str:
    """The page without what stands in scripts and styles; data for other programs stay where they are plain JSON."""
    pieces = []
    place = 0
    while found := _RAW.search(page, place):
        pieces.append(page[place : found.end()])
        end = _RAW_END[found[1].lower()].search(page, found.end())
        place = end.start() if end else len(page)
        if "ld+json" in found[0] and page.find("<![CDATA[", found.end(), place) < 0:
            pieces.append(page[found.end() : place])
    return "".join((*pieces, page[place:]))


def _with_end(found: re.Match[str]) -> str:
    name = found[1]
    return found[0] if name.lower() in VOID else f"<{name}{found[2].rstrip()}></{name}>"
