"""Footnotes: numbered in the order in which a reader meets them, listed where the page asks for them.

Rules: a name that comes again gets the same number; a note's text may stand at any of its citations or inside the
list; every group counts for itself; notes cited after their list come in a list at the end. Standard: MediaWiki's
Cite extension; the HTML is DPUB-ARIA 1.1 (`doc-noteref`, `doc-endnotes`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from galactica.values.number_words import roman

MAX_CITATIONS = 200_000
"""Footnote marks on one page; beyond it they are left out."""


@dataclass(slots=True)
class _Note:
    name: str
    text: str
    number: int = 0
    citations: int = 0
    more: list[str] = field(default_factory=list)

    def whole(self) -> str:
        return " ".join([self.text, *self.more])


@dataclass(slots=True)
class _Group:
    """The notes of one group: all that were named or cited, and those not yet listed, in order of citation."""

    slug: str
    label: str
    named: dict[str, _Note] = field(default_factory=dict)
    pending: list[_Note] = field(default_factory=list)
    count: int = 0


class Notes:
    """Collects a page's notes.

    Args:
        convert: wikitext of a note → its finished HTML.
    """

    def __init__(self, convert: Callable[[str], str]) -> None:
        self._convert = convert
        self._groups: dict[str, _Group] = {}
        self._cited = 0

    def _group(self, name: str) -> _Group:
        group = self._groups.get(name)
        if group is None:
            slug = "" if not name else f"{len(self._groups) + 1}-"
            group = self._groups[name] = _Group(slug=slug, label=name)
        return group

    def define(self, name: str, group: str, text: str) -> None:
        """A named note's text becomes known, without a citation; the first text stays."""
        if name and text.strip():
            note = self._group(group).named.setdefault(name, _Note(name, text))
            note.text = note.text or text

    def follow(self, name: str, group: str, text: str) -> bool:
        """More text for a note that is known by its name; False where none is."""
        note = self._group(group).named.get(name)
        if note is None or not note.text:
            return False
        note.more.append(text)
        return True

    def cite(self, name: str, group: str, text: str) -> str:
        """The mark of a note, at the moment the reader meets it."""
        self._cited += 1
        if self._cited > MAX_CITATIONS:
            return ""
        home = self._group(group)
        note = home.named.get(name) if name else None
        if note is None:
            note = _Note(name, text)
            if name:
                home.named[name] = note
        note.text = note.text or text
        if not note.number:
            home.count += 1
            note.number = home.count
            home.pending.append(note)
        note.citations += 1
        number = f"{home.slug}{note.number}"
        here = f"fnref-{number}" + (f"-{note.citations}" if note.citations > 1 else "")
        label = _label(home.label, note.number)
        return f'<sup role="doc-noteref"><a href="#fn-{number}" id="{here}">{label}</a></sup>'

    def listing(self, group: str) -> str:
        """The notes of a group that were cited and not yet listed; "" where there are none."""
        home = self._groups.get(group)
        if home is None or not home.pending:
            return ""
        items: list[str] = []
        while home.pending:  # a note's own text may cite further notes
            batch, home.pending = home.pending, []
            for note in batch:
                text = note.whole() or self._stray(note.name)
                items.append(f'<li id="fn-{home.slug}{note.number}">{self._convert(text)}</li>')
        start = items[0].partition('">')[0].rpartition("-")[2]
        first = f' start="{start}"' if start != "1" else ""
        return f'<section role="doc-endnotes"><ol{first}>{"".join(items)}</ol></section>'

    def _stray(self, name: str) -> str:
        """The text of a note of that name which was defined in another group and never cited there: inside a list that
        names the group (`{{#tag:references|…|group=g}}`, `{{reflist|group=g|refs=…}}`) the notes need not name it."""
        for group in self._groups.values():
            note = group.named.get(name) if name else None
            if note is not None and note.text and not note.number:
                return note.text
        return ""

    def rest(self) -> str:
        """All lists that the page did not ask for, at its end."""
        lists: list[str] = []
        for _ in range(4):  # notes of one group may cite notes of another
            lists += [self.listing(group) for group in tuple(self._groups)]
        return "".join(lists)


_ALPHA, _ROMAN = ("lower-alpha", "upper-alpha"), ("lower-roman", "upper-roman")


def _label(group: str, number: int) -> str:
    """What the mark shows: "1", "a" for alphabetic groups, "note 1" for others."""
    if not group:
        return str(number)
    if group in _ALPHA:
        label = ""
        while number:
            number, digit = divmod(number - 1, 26)
            label = chr(97 + digit) + label
        return label if group == "lower-alpha" else label.upper()
    if group in _ROMAN and number < 4000:
        label = roman(number)
        return label if group == "lower-roman" else label.upper()
    return f"{escape(group)} {number}"
