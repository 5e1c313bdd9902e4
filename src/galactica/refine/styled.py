"""What the style sheets in a page do to its letters, written to the tags themselves (`with_styles`).

So that cleaning sees what a reader does: 10<span class="up">6</span> is 10^6 where `.up` raises. What a page's script
may show again is not hidden: of a page with scripts only what its style raises, lowers and strikes is told.
"""

from __future__ import annotations

import html
import re

from galactica.codes.style_rules import StyleBook

_SHEET = re.compile(r"<style\b([^<>]{0,2000})>(.*?)(?:</style\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_MEDIA = re.compile(r"\bmedia\s*=\s*[\"']?\s*(?!screen|all)[a-z]", re.IGNORECASE)
_OTHER = re.compile(r"\btype\s*=\s*[\"']?(?!text/css)[a-z]", re.IGNORECASE)
_ACTS = re.compile(r"super|sub\b|line-through|none|hidden|vertical-align", re.IGNORECASE)
_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9-]{0,40})((?>(?:[^<>\"']++|\"[^\"<]*\"|'[^'<]*')*))>")
_ATTRIBUTE = re.compile(r"(?<![\w:-])(class|id|style)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))", re.IGNORECASE)
_HIDES = re.compile(r"(?:display:none|visibility:hidden);?")
_KEPT = frozenset(("html", "body", "head", "style", "title", "meta", "link"))


def with_styles(page: str) -> tuple[str, int]:
    """A page whose tags say themselves what its style sheets do to them; and how many rules were not understood."""
    if "<style" not in page and "<STYLE" not in page:
        return page, 0
    book = StyleBook()
    for found in _SHEET.finditer(page):
        if _ACTS.search(found[2]) and not _MEDIA.search(found[1]) and not _OTHER.search(found[1]):
            book.add(found[2])
    if not book:
        return page, book.missed
    scripted = "<script" in page.lower()

    def told(found: re.Match[str]) -> str:
        name = found[1].lower()
        if name in _KEPT:
            return found[0]
        said = {each[1].lower(): each[2] or each[3] or each[4] or "" for each in _ATTRIBUTE.finditer(found[2])}
        style = html.unescape(said.get("style", ""))
        more = book.style_of(name, said.get("id", ""), said.get("class", ""), style.lower())
        if scripted:
            more = _HIDES.sub("", more)
        if not more:
            return found[0]
        rest = _ATTRIBUTE.sub(lambda each: "" if each[1].lower() == "style" else each[0], found[2])
        slash = "/" if rest.rstrip().endswith("/") else ""
        told_style = html.escape(f"{style};{more}" if style else more)
        return f'<{found[1]}{rest.rstrip().rstrip("/")} style="{told_style}"{slash}>'

    return _TAG.sub(told, page), book.missed
