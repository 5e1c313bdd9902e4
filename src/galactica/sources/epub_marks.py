"""Marks in the pages of books: where a printed page begins, what is a footnote, what only leads back to it.

They are told by `epub:type` (EPUB 3 Structural Semantics Vocabulary), by `role` (DPUB-ARIA 1.1), by the tags of DTBook
(Z39.86), and where none of these stands, by form: a raised number that is a link into a page is the mark of a note.
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


def is_page_break(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether a tag says that a printed page begins."""
    if name == "pagenum":
        return True
    kinds = kinds_of(attributes)
    return bool(kinds) and ("pagebreak" in kinds or "doc-pagebreak" in kinds)


def label_of(attributes: Mapping[str, str], shown: str) -> str:
    """The label of a printed page: as it is told, else as it is shown, else what its id ends in; "" for none."""
    for told in (attributes.get("aria-label", ""), attributes.get("title", ""), shown):
        text = " ".join(told.split())
        if not text or len(text) > 4 * LONGEST_LABEL:
            continue
        found = _NUMBER.match(text)
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
