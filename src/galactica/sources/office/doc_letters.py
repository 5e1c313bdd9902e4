"""What stands in a paragraph of a Word document of 97 to 2003: letters, signs, fields, links, pictures, marks of notes.

Of a tracked change what was inserted is text and what was deleted is counted; hidden text is counted. A field shows
what it showed when the file was saved. Standard: [MS-DOC] §2.4.4, §2.8.25 (fields), §2.6.1 (`sprmCFSpec`).
"""

from __future__ import annotations

import re
from bisect import bisect_left

from galactica.sources.office.doc_file import DocFile, joined_pairs
from galactica.sources.office.doc_formats import DocFormats
from galactica.sources.office.doc_notes import DocNotes
from galactica.sources.office.doc_pictures import DocPictures
from galactica.sources.office.doc_sprms import LetterLook, letter_look
from galactica.sources.office.doc_styles import DocStyles, switched_marks
from galactica.sources.office.docx_runs import MAX_FIELDS, MAX_RAISED, OpenField, field_address
from galactica.sources.office.docx_styles import PLAIN_STYLE, WordStyle
from galactica.sources.office.flow import TextFlow
from galactica.sources.office.inline import RAISED, Line, place_mark, text_html
from galactica.sources.office.symbols import letter, lettered

_SPECIAL = re.compile("[\x00-\x08\x0b-\x1f(]")
_PLAIN = {"\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "\u2011", "\x1f": "", "\r": "", "\x07": ""}
_RUBY = re.compile(r"\s*EQ\b.*\\o\s*\\a[a-z]*\s*\(\s*\\s\s*\\up[^(]*\(([^()]*)\)\s*[,;]([^()]*)\)\s*\Z", re.IGNORECASE)
_SHOWN_SO = re.compile(r"\s*(?:EQ|SYMBOL|QUOTE|MACROBUTTON|GOTOBUTTON|FORMDROPDOWN)\b", re.IGNORECASE)
"""Fields whose instruction is what a reader sees."""

_SIGN = re.compile(r'\s*SYMBOL\s+"?([0-9]{1,5}|0x[0-9a-f]{1,4})"?(.*)\Z', re.IGNORECASE | re.DOTALL)
_OF_FONT = re.compile(r'\\f\s*(?:"([^"]*)"|(\S+))', re.IGNORECASE)

_BOX = re.compile(r"\s*FORMCHECKBOX\b", re.IGNORECASE)
_CHOICE = re.compile(r"\s*FORMDROPDOWN\b", re.IGNORECASE)


class DocLetters:
    """Reads the letters of one document; fields may go on from one paragraph to the next.

    Args:
        notes: reads the notes whose marks are letters.
        pictures: puts those that letters stand for into a line.
        bookmarks: number of a letter → names of the places that begin there.
    """

    def __init__(
        self,
        file: DocFile,
        formats: DocFormats,
        styles: DocStyles,
        fonts: list[str],
        bookmarks: dict[int, list[str]],
        notes: DocNotes,
        pictures: DocPictures,
    ) -> None:
        self._file = file
        self._formats = formats
        self._styles = styles
        self._fonts = fonts
        self._bookmarks = bookmarks
        self._notes = notes
        self._stops = sorted({*bookmarks, *notes.custom})
        self._pictures = pictures
        self._fields: list[OpenField] = []
        self.shapes: list[int] = []

    def read(self, begin: int, end: int, line: Line, flow: TextFlow, style: WordStyle) -> None:
        """Put the letters of a paragraph into a line; `shapes` are the letters at which something drawn stands."""
        line.link(self._address())
        for start, stop, said in self._formats.runs(begin, end):
            look = letter_look(said)
            own = self._styles.get(look.style) if look.style >= 0 else PLAIN_STYLE
            marks = switched_marks({**dict(style.marks), **dict(own.marks), "hidden": own.hidden or style.hidden}, look)
            self._run(start, stop, look, marks, style, own, line, flow)

    def deleted(self, mark: int) -> bool:
        """Whether a mark of the end of a paragraph or row was deleted by a tracked change."""
        return any(letter_look(said).deleted for _, _, said in self._formats.runs(mark, mark + 1))

    def ended(self, flow: TextFlow) -> None:
        """A part of the text is over; a field that does not end in it swallowed what follows its beginning."""
        if any(each.instruction.strip() for each in self._fields if not each.shown):
            flow.dropped["office:field-text"] += 1
        self._fields = []

    def put_away(self) -> list[OpenField]:
        """Another part of the text begins in this one; the fields that are open."""
        found, self._fields = self._fields, []
        return found

    def goes_on(self, fields: list[OpenField]) -> None:
        """A part of the text goes on in which fields were open."""
        self._fields = fields

    def _run(
        self, begin: int, end: int, look: LetterLook, marks: dict[str, bool], style: WordStyle, own: WordStyle,
        line: Line, flow: TextFlow,
    ) -> None:  # fmt: skip
        text = self._file.text[begin:end]
        if look.deleted or marks.pop("hidden", False):
            if text.strip("\r\x07\x0c \x13\x14\x15"):
                flow.dropped["office:deleted-text" if look.deleted else "office:hidden-text"] += 1
            self._structure(text)
            line.link(self._address())
            return
        if abs(look.higher) >= RAISED and end - begin <= MAX_RAISED and not (marks.get("sup") or marks.get("sub")):
            marks["sup" if look.higher > 0 else "sub"] = True
        if own.code:
            marks["code"] = True
        if style.heading:
            marks.pop("b", None)
        shown = tuple(mark for mark, on in marks.items() if on)
        at = begin
        for found in _SPECIAL.finditer(text):
            if found[0] == "(" and not look.special:
                continue
            place = begin + found.start()
            self._letters(at, place, look, shown, line, flow)
            self._special(place, found[0], look, shown, line, flow)
            at = place + 1
        self._letters(at, end, look, shown, line, flow)

    def _letters(
        self, begin: int, end: int, look: LetterLook, marks: tuple[str, ...], line: Line, flow: TextFlow
    ) -> None:
        if begin >= end:
            return
        text = joined_pairs(self._file.text[begin:end])
        if self._fields and not self._fields[-1].shown:
            self._fields[-1].instruct(text)
            return
        if not self._shown():
            return
        font = self._fonts[look.font] if 0 <= look.font < len(self._fonts) else ""
        at = begin
        for place in self._stops[bisect_left(self._stops, begin) : bisect_left(self._stops, end)]:
            line.text(lettered(font, joined_pairs(self._file.text[at:place])), marks)
            at = place
            for name in self._bookmarks.pop(place, ()):
                line.markup(place_mark(name))
            if place in self._notes.custom:
                self._notes.mark(place, self._file.text[place], flow, line)
                at = place + 1
        line.text(lettered(font, joined_pairs(self._file.text[at:end])), marks)

    def _special(
        self, place: int, sign: str, look: LetterLook, marks: tuple[str, ...], line: Line, flow: TextFlow
    ) -> None:
        if sign in "\x13\x14\x15":
            self._field(sign, marks, line, flow)
        elif not self._shown():
            instruction = self._fields[-1].instruction if self._fields else ""
            if sign == "\x01" and look.data and _BOX.match(instruction):
                line.text("☑" if self._pictures.ticked(look.place) else "☐", marks)
            elif sign == "\x01" and look.data and _CHOICE.match(instruction):
                line.text(self._pictures.chosen(look.place), marks)
                self._fields[-1].instruction = " "
        elif sign == "(":
            self._symbol(look, marks, line, flow)
        elif sign == "\x01":
            self._pictures.put(look, line)
        elif sign == "\x08":
            self.shapes.append(place)
        elif sign in "\x02\x05":
            self._notes.mark(place, sign, flow, line)
        elif _PLAIN.get(sign) == "\n":
            if line.held:
                line.br()
        else:
            line.text(_PLAIN.get(sign, ""), marks)

    def _symbol(self, look: LetterLook, marks: tuple[str, ...], line: Line, flow: TextFlow) -> None:
        if look.symbol is None:
            line.text("(", marks)
            return
        number, code = look.symbol
        found = letter(self._fonts[number] if number < len(self._fonts) else "", code)
        if not found:
            flow.dropped["office:sign-without-letter"] += 1
        line.text(found or "\ufffd", marks)

    def _structure(self, text: str) -> None:
        """The marks of fields in letters that are not shown."""
        for sign in text:
            if sign == "\x13" and len(self._fields) < MAX_FIELDS:
                self._fields.append(OpenField())
            elif sign == "\x14" and self._fields:
                self._fields[-1].shown = True
            elif sign == "\x15" and self._fields:
                self._fields.pop()

    def _field(self, sign: str, marks: tuple[str, ...], line: Line, flow: TextFlow) -> None:
        match sign:
            case "\x13":
                if len(self._fields) < MAX_FIELDS:
                    self._fields.append(OpenField())
            case "\x14" if self._fields:
                self._fields[-1].shown = True
                self._fields[-1].address = field_address(self._fields[-1].instruction)
                line.link(self._address())
            case "\x15" if self._fields:
                ended = self._fields.pop()
                line.link(self._address())
                if not ended.shown and self._shown():
                    self._instructed(ended.instruction, marks, line, flow)
            case _:
                pass

    def _instructed(self, instruction: str, marks: tuple[str, ...], line: Line, flow: TextFlow) -> None:
        """A field without a result: what is seen is made of its instruction."""
        ruby = _RUBY.match(instruction)
        if ruby:
            line.words.append(ruby[2].strip())
            line.markup(
                f"<ruby>{text_html(ruby[2].strip())}<rt>{text_html(ruby[1].strip())}</rt></ruby>", marks, seen=True
            )
        elif sign := _field_sign(instruction):
            line.text(sign, marks)
        elif _SHOWN_SO.match(instruction):
            flow.dropped["office:field-text"] += 1

    def _shown(self) -> bool:
        return all(field.shown for field in self._fields)

    def _address(self) -> str:
        return next((field.address for field in reversed(self._fields) if field.address), "")


def _field_sign(instruction: str) -> str:
    """The sign that a field names by its number and font; "" where that is none, or not known."""
    said = _SIGN.match(instruction)
    if said is None:
        return ""
    code = int(said[1], 16) if said[1].lower().startswith("0x") else int(said[1])
    font = _OF_FONT.search(said[2])
    found = letter((font[1] or font[2] or "") if font else "Symbol", code)
    if "\\u" in said[2] or not 0x80 <= code <= 0xFF or found != chr(code):
        return found
    return bytes((code,)).decode("cp1252", "replace")
