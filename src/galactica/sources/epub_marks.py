"""Marks in the pages of books: where a printed page begins, what is a footnote, what only leads back to it.

They are told by `epub:type` (EPUB 3 Structural Semantics Vocabulary), by `role` (DPUB-ARIA 1.1), by the tags of DTBook
(Z39.86), and where none of these stands, by form: a number in a tag of class "pagenum" is that of a printed page, an
empty tag with an id like "page_12" its beginning; a raised number that is a link into a page is the mark of a note.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from galactica.model.anchors import anchor_id
from galactica.model.body import is_anchor

LONGEST_LABEL = 40
"""Characters of a printed page's label."""

_NOTES = frozenset({"footnote", "endnote", "rearnote", "note", "doc-footnote", "doc-endnote"})
_NOTE_LISTS = frozenset({"footnotes", "endnotes", "rearnotes", "doc-endnotes", "notes"})
_NUMBER = re.compile(r"(?:.*[\s_.:-])?([0-9]{1,6}|[ivxlcdm]{1,15}|[A-Za-z]{0,3}-?[0-9]{1,6})\.?\Z", re.I | re.DOTALL)
_IN_ID = re.compile(r"(?:p|pg|page|pagebreak|pagenum|seite|pagina)[_.-]?([0-9]{1,6}|[ivxlcdm]{1,15})\Z", re.I)
_PAGE_ID = re.compile(r"(?:pg|page|pagebreak|pagenum|seite|pagina)[_.-]?(?:[0-9]{1,6}|[ivxlcdm]{1,15})\Z", re.I)
_SHOWN = re.compile(r"[\[({|]?\s*(?:pg|p|page|seite|s)?\.?\s*([0-9]{1,6}|[ivxlcdm]{1,15})\s*[\])}|]?", re.I)
_CLASSES = frozenset("pagenum pageno pagenumber page-number page_number pagebreak".split())
_INLINE = frozenset("a span p div small sup".split())
_MARK = re.compile(r"[\[(]?(?:[0-9]{1,4}|[a-zA-Z]|[ivxl]{1,6}|[*†‡§¶‖#]{1,4}|注?[0-9]{0,4})[\])]?\.?\Z")
_RESERVED = re.compile(
    r"(?:toc|toctitle|footer|comments|disqus_thread|siteSub|siteNotice|searchform|p-search|catlinks|jump-to-nav|"
    r"contentSub2?|cookie-banner|cookie-notice|cookieConsent|onetrust-consent-sdk|section_0_toggle)\Z|mw|cite_ref"
)


def kinds_of(attributes: Mapping[str, str]) -> frozenset[str]:
    """What a tag says that it is: the words of its `epub:type` and `role`."""
    said = attributes.get("epub:type", ""), attributes.get("role", "")
    return frozenset(" ".join(said).lower().split()) if said[0] or said[1] else _NOTHING


_NOTHING: frozenset[str] = frozenset()


def break_kind(name: str, attributes: Mapping[str, str]) -> str:
    """How a tag says that a printed page begins, "" where it does not.

    Returns:
        "told", by its type or role; "classed", by a class that books use for numbers of pages (it is one where a number
        stands in it); "named", by an id like "page_12" (it is one where nothing stands in it).
    """
    if name == "pagenum":
        return "told"
    kinds = kinds_of(attributes)
    if kinds and ("pagebreak" in kinds or "doc-pagebreak" in kinds):
        return "told"
    if "class" in attributes and name in _INLINE and not _CLASSES.isdisjoint(attributes["class"].lower().split()):
        return "classed"
    mark = attributes.get("id") or attributes.get("name", "")
    return "named" if mark and name in ("a", "span") and "href" not in attributes and _PAGE_ID.match(mark) else ""


def break_label(kind: str, label: str, mark: str, shown: str) -> str:
    """The label of the printed page that begins at a tag; "" where none does, or none can be told.

    Args:
        kind: as `break_kind` says.
        label: what the book says besides: its list of pages, the tag's title.
        mark: the tag's id.
        shown: the text in it.
    """
    text = " ".join(shown.split())
    if kind == "classed" and text:
        found = _SHOWN.fullmatch(text)
        return (label or found[1]) if found else ""
    if kind == "named" and text:
        return ""
    return label or label_of({"id": mark}, shown if kind == "told" else "")


def label_of(attributes: Mapping[str, str], shown: str) -> str:
    """The label of a printed page: as it is told, else as it is shown, else what its id ends in; "" for none."""
    for told in (attributes.get("aria-label", ""), attributes.get("title", ""), shown):
        text = " ".join(told.split())
        if not text or len(text) > 4 * LONGEST_LABEL:
            continue
        found = _SHOWN.fullmatch(text) or _NUMBER.match(text)
        if found:
            return found[1]
        if len(text) <= LONGEST_LABEL:
            return text
    found = _IN_ID.match(attributes.get("id", ""))
    return found[1] if found else ""


def page_mark(label: str) -> str:
    """The anchor of a printed page, as HTML."""
    return f'<span id="{html.escape(page_id(label))}"></span>'


def page_id(label: str) -> str:
    """The id of a printed page's anchor."""
    return anchor_id("page", label[:LONGEST_LABEL])


def kept_id(identifier: str) -> str:
    """An id as it is kept: those that mean something to cleaning, and those that look like anchors, are renamed."""
    if _RESERVED.match(identifier) or is_anchor(identifier):
        return f"id-{identifier}"
    return identifier


def is_note(name: str, kinds: frozenset[str]) -> bool:
    """Whether a tag holds a footnote."""
    return name == "note" or not kinds.isdisjoint(_NOTES)


def is_note_list(kinds: frozenset[str]) -> bool:
    """Whether a tag holds footnotes."""
    return not kinds.isdisjoint(_NOTE_LISTS)


def is_note_mark(text: str, href: str) -> bool:
    """Whether a raised link with this text is the mark of a footnote."""
    return "#" in href and bool(text.strip()) and _MARK.match(text.strip()) is not None


def is_way_back(text: str) -> bool:
    """Whether the text of a link that leads back from a footnote says nothing: an arrow, "back"."""
    return not any(letter.isalnum() for letter in text)
