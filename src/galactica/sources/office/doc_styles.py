"""The styles, fonts and lists of a Word document of 97 to 2003.

A style has what the one that it is based on has. Headings are told by the number that Word gives its own styles, by
their level in the outline, or by their name. Standard: [MS-DOC] §2.4.6.5, §2.4.6.3, §2.9.257 to §2.9.271, §2.9.131,
§2.9.147, §2.9.150.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from galactica.sources.office import doc_file
from galactica.sources.office.doc_file import DocFile
from galactica.sources.office.doc_sprms import LetterLook, ParagraphLook, apply_paragraph, letter_look
from galactica.sources.office.docx_numbers import LEVELS, NumberedLevel, WordNumbering
from galactica.sources.office.docx_styles import MAX_BASED, PLAIN_STYLE, WordStyle, named_heading

MAX_STYLES = 4_095
"""Styles of a document; their numbers have twelve bits."""

MAX_FONTS = 20_000
MAX_LISTS = 20_000

_HEADINGS = range(1, 10)
_TITLE, _BLOCK_TEXT, _QUOTE, _CODE = 62, 84, (180, 181), (45, 95, 101)
"""Numbers of Word's own styles (§2.9.271)."""

_FORMS = {
    **{0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "decimal"},
    **{10: "ideographDigital", 11: "japaneseCounting", 18: "decimalEnclosedCircle", 22: "decimalZero", 23: "bullet"},
    **{37: "chineseCounting", 38: "chineseCounting", 39: "chineseCountingThousand", 255: "none"},
}
"""How numbers are written ([MS-OSHARED] §2.2.1.3)."""

_QUOTES = ("quote", "intense quote", "block text", "block quote")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    own: int = 0
    based: int = MAX_STYLES
    name: str = ""
    paragraph: bytes = b""
    letters: bytes = b""


@dataclass(slots=True)
class DocStyles:
    """The styles of one document by their numbers."""

    file: DocFile
    _read: list[_Style] = field(default_factory=list)
    _made: dict[int, WordStyle] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read them all."""
        raw = self.file.structure(doc_file.STYLES)
        size = int.from_bytes(raw[:2], "little")
        about = raw[2 : 2 + size]
        base = int.from_bytes(about[2:4], "little")
        at = 2 + size
        while at + 2 <= len(raw) and len(self._read) < MAX_STYLES:
            length = int.from_bytes(raw[at : at + 2], "little")
            self._read.append(_style(raw[at + 2 : at + 2 + length], base))
            at += 2 + length

    def get(self, number: int) -> WordStyle:
        """A style; a plain one where there is none of that number."""
        if number not in self._made:
            self._made[number] = self._make(number) if number < len(self._read) else PLAIN_STYLE
        return self._made[number]

    def _make(self, number: int) -> WordStyle:
        chain: list[_Style] = []
        seen: set[int] = set()
        while number < len(self._read) and number not in seen and len(chain) < MAX_BASED:
            seen.add(number)
            chain.append(self._read[number])
            number = chain[-1].based
        paragraph = ParagraphLook()
        marks: dict[str, bool] = {}
        heading = 0
        for each in reversed(chain):  # what is nearer counts
            paragraph.outline = -1
            apply_paragraph(paragraph, each.paragraph)
            heading = _level(each, paragraph.outline, heading)
            marks = switched_marks(marks, letter_look(each.letters))
        if heading:
            marks = {mark: on for mark, on in marks.items() if mark not in ("b", "i")}  # a heading is bold by itself
        hidden = marks.pop("hidden", False)
        names = [each.name.lower() for each in chain]
        owns = [each.own for each in chain]
        return WordStyle(
            heading=heading,
            title=owns[:1] == [_TITLE] or names[:1] == ["title"],
            list_id=str(paragraph.list_number) if paragraph.list_number > 0 else "",
            list_level=paragraph.level,
            marks=tuple(marks.items()),
            code=any(own in _CODE for own in owns),
            quote=any(own == _BLOCK_TEXT or own in _QUOTE for own in owns) or any(name in _QUOTES for name in names),
            hidden=hidden,
        )


def switched_marks(based: dict[str, bool], look: LetterLook) -> dict[str, bool]:
    """Marks of letters by what a style and then properties say: "b", "i", "s", "sup", "sub", "hidden"."""
    found = dict(based)
    for name, value in look.switches:
        mark = "s" if name == "s2" else name
        before = based.get(mark, False)
        found[mark] = {0: False, 1: True, 128: before, 129: not before}.get(value, before)
    if look.raised is not None:
        found.update({mark: look.raised == mark for mark in ("sup", "sub")})
    return found


def _level(style: _Style, outline: int, based: int) -> int:
    if 0 <= outline <= 9:
        return outline + 1 if outline < 9 else 0
    if style.own in _HEADINGS:
        return style.own
    return named_heading(style.name) or based


def _style(raw: bytes, base: int) -> _Style:
    if len(raw) < 10 or base < 10:
        return _Style()
    own, kind, count = struct.unpack_from("<HHH", raw)
    at = base
    length = int.from_bytes(raw[at : at + 2], "little")
    name = raw[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    at += 2 + 2 * length + 2
    parts: list[bytes] = []
    for _ in range(min(count & 15, 3)):
        size = int.from_bytes(raw[at : at + 2], "little")
        parts.append(raw[at + 2 : at + 2 + size])
        at += 2 + size + size % 2
    paragraph, letters = b"", b""
    if kind & 15 == 1 and len(parts) >= 2:
        paragraph, letters = parts[0][2:], parts[1]
    elif kind & 15 == 2 and parts:
        letters = parts[0]
    return _Style(own=own & 0xFFF, based=kind >> 4, name=name, paragraph=paragraph, letters=letters)


def font_names(file: DocFile) -> list[str]:
    """The names of the fonts by their numbers."""
    raw = file.structure(doc_file.FONTS)
    found: list[str] = []
    at = 4
    while at < len(raw) and len(found) < MAX_FONTS:
        size = raw[at]
        name = raw[at + 40 : at + 1 + size].decode("utf-16-le", "replace")
        found.append(name.partition("\0")[0])
        at += 1 + size
    return found


def list_numbering(file: DocFile) -> WordNumbering:
    """The lists of a document, each by its number from 1 on as text."""
    lists = _lists(file)
    levels: dict[str, dict[int, NumberedLevel]] = {}
    abstract: dict[str, str] = {}
    starts: dict[tuple[str, int], int] = {}
    raw = file.structure(doc_file.OVERRIDES)
    count = min(int.from_bytes(raw[:4], "little"), MAX_LISTS, max(len(raw) - 4, 0) // 16)
    at = 4 + 16 * count
    for number in range(count):
        identifier, overridden = struct.unpack_from("<I8xB", raw, 4 + 16 * number)
        name = str(number + 1)
        levels[name] = dict(lists.get(identifier, {}))
        abstract[name] = str(identifier)
        at += 4  # what Word does not use
        for _ in range(overridden):
            if at + 8 > len(raw):
                break
            start, flags = struct.unpack_from("<II", raw, at)
            at += 8
            if flags & 0x20:
                own, at = _list_level(raw, at)
                levels[name][flags & 15] = own
            elif flags & 0x10:
                starts[name, flags & 15] = min(start, 2**31)
    return WordNumbering.of_levels(levels, abstract, starts)


def _lists(file: DocFile) -> dict[int, dict[int, NumberedLevel]]:
    raw = file.beyond(doc_file.LISTS)
    count = min(int.from_bytes(raw[:2], "little"), MAX_LISTS, max(len(raw) - 2, 0) // 28)
    at = 2 + 28 * count
    found: dict[int, dict[int, NumberedLevel]] = {}
    for number in range(count):
        identifier, simple = struct.unpack_from("<I22xB", raw, 2 + 28 * number)
        found[identifier] = {}
        for level in range(1 if simple & 1 else LEVELS):
            found[identifier][level], at = _list_level(raw, at)
    return found


def _list_level(raw: bytes, at: int) -> tuple[NumberedLevel, int]:
    """(how a level of a list is numbered, where the next one begins)."""
    if at + 28 > len(raw):
        return NumberedLevel(), len(raw)
    start, form, flags = struct.unpack_from("<iBB", raw, at)
    letters, paragraph, limit = raw[at + 24], raw[at + 25], raw[at + 26]
    at += 28 + paragraph + letters
    length = int.from_bytes(raw[at : at + 2], "little")
    text = raw[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    written = "".join(f"%{ord(each) + 1}" if ord(each) < LEVELS else each for each in text)
    level = NumberedLevel(
        start=max(start, 0),
        form=_FORMS.get(form, "decimal"),
        text=written,
        restart=limit if flags & 8 else -1,
        legal=bool(flags & 4),
    )
    return level, at + 2 + 2 * length
