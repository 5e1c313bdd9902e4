"""RTF: what a reader sees of it, in its order.

Kept: headings by the names of their styles, lists by the labels that the file itself holds, tables with merged cells,
footnotes and remarks, links, boxes, pictures that browsers show, heads and feet of pages (once, at the end). Deleted
and hidden text, embedded files and other pictures are counted. Pages are not told: no mark of them is reliable.
Standard: Rich Text Format (RTF) Specification 1.9.1, Microsoft 2008.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from galactica.sources.contract import Item
from galactica.sources.office import metadata, parts, rtf_tokens
from galactica.sources.office.docx_runs import MAX_INSTRUCTION
from galactica.sources.office.faults import PartError
from galactica.sources.office.flow import Remark, TextFlow, as_block, signed
from galactica.sources.office.inline import place_mark
from galactica.sources.office.rtf_said import RtfSaid
from galactica.sources.office.rtf_state import FORMS, INFO, MARGINS, OTHER_FORMS, SKIPPED, STARRED, Picture, State
from galactica.sources.office.rtf_text import RtfText, led
from galactica.sources.office.symbols import letter

MAX_GROUPS = 1_000
"""Groups in each other."""

MAX_TEXTS = 20
"""Notes and boxes in each other."""


def read(raw: bytes, path: str, key: str) -> Iterator[Item]:
    """Yield what a file holds.

    Raises:
        PartError: it has more groups in each other than `MAX_GROUPS`.
    """
    reader = RtfReader(TextFlow(path=path, key=key))
    about = reader.read(raw)
    yield from parts.documents(reader.flow, about, "document")


class RtfReader:
    """Reads RTF into a flow."""

    def __init__(self, flow: TextFlow) -> None:
        self.flow = flow
        self._texts = [RtfText(flow)]
        self._states = [State()]
        self._default = "cp1252"
        self._said = RtfSaid()
        self._collected: list[str] = []
        self._pending = bytearray()
        self._high = ""
        self._skip = 0
        self._instruction = ""
        self._author = ""
        self._margins: dict[str, None] = {}
        self._notes = 0

    def read(self, raw: bytes) -> metadata.Described:
        """Everything into the flow; says what the file says of itself, with a title."""
        for kind, word, number, content in rtf_tokens.marks(raw):
            if self._skip and kind in ("text", "byte", "symbol", "word"):
                content = self._skipped(kind, content)
                if not content:
                    continue
            match kind:
                case "text" | "byte":
                    self._state.fresh = False
                    self._pending += content
                case "word":
                    self._flush()
                    self._word(word, number, content)
                case "symbol":
                    self._flush()
                    self._symbol(content)
                case "open":
                    self._flush()
                    self._skip = 0
                    if len(self._states) >= MAX_GROUPS:
                        raise PartError("too-deep", f"more than {MAX_GROUPS:,} groups in each other")
                    self._states.append(self._states[-1].copy())
                case _:
                    self._flush()
                    self._skip = 0
                    if len(self._states) > 1:
                        self._end_group()
        self._flush()
        if len(self._states) > 1:
            self.flow.dropped["office:cut-off"] += 1
        while len(self._states) > 1:
            self._end_group()
        self._text.end_paragraph(self._said.styles, self.flow)
        self._texts[0].finish()
        for html in self._margins:
            self.flow.block(f'<aside role="note">{html}</aside>')
        return self._said.about(self.flow)

    @property
    def _state(self) -> State:
        return self._states[-1]

    @property
    def _text(self) -> RtfText:
        return self._texts[-1]

    def _skipped(self, kind: str, content: bytes) -> bytes:
        """What is left of a mark when characters that stand in for Unicode are taken off."""
        if kind == "text":
            taken = min(self._skip, len(content))
            self._skip -= taken
            return content[taken:]
        self._skip -= 1
        return b""

    def _flush(self) -> None:
        """Bytes that were gathered, as text."""
        if not self._pending:
            return
        raw, self._pending = bytes(self._pending), bytearray()
        charset, name = self._said.fonts.get(self._state.font, (0, ""))
        if self._state.kind == "pict":
            self._said.picture.digits.append(raw)
        elif charset == rtf_tokens.SIGNS and self._state.kind in ("text", "label"):
            self._put("".join(letter(name or "Symbol", 0xF000 + byte) or chr(byte) for byte in raw))
        else:
            charset = self._said.charset if self._state.kind == "fonttbl" else charset
            self._put(rtf_tokens.decoded(raw, rtf_tokens.encoding_of(charset, self._default)))

    def _put(self, text: str) -> None:
        state = self._state
        if state.kind == "text":
            if state.hidden or state.deleted:
                if text.strip():
                    self.flow.dropped["office:deleted-text" if state.deleted else "office:hidden-text"] += 1
                return
            self._text.line.link(state.link)
            self._text.line.text(text, state.marks)
        elif state.kind == "label":
            self._text.paragraph.label += text
        elif state.kind not in ("skip", "pict", "upr"):
            self._collected.append(text)

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._state.starred = self._state.fresh
            return
        self._state.fresh = False
        if symbol in (b"\n", b"\r"):
            self._text.end_paragraph(self._said.styles, self.flow)
        elif symbol in rtf_tokens.SYMBOLS:
            self._put(rtf_tokens.SYMBOLS[symbol])

    def _unicode(self, number: int) -> None:
        code = number & 0xFFFF if number < 0x10000 else number
        if 0xD800 <= code < 0xDC00:
            self._high = chr(code)
        elif 0xDC00 <= code < 0xE000 and self._high:
            pair = (self._high + chr(code)).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            self._high = ""
            self._put(pair)
        elif 0 < code < 0x110000 and not 0xD800 <= code < 0xE000:
            _, name = self._said.fonts.get(self._state.font, (0, ""))
            self._put(letter(name, code) or chr(code) if 0xF000 <= code <= 0xF0FF else chr(code))
        self._skip = self._state.unicode

    def _end_group(self) -> None:
        state = self._states.pop()
        if not state.begins:
            return
        collected = "".join(self._collected)
        match state.begins:
            case "fldinst":
                self._instruction = f"{self._instruction}{collected}"[:MAX_INSTRUCTION]
            case "fonttbl" | "stylesheet":
                self._said.named(state.kind, collected)
            case "pict":
                self._said.end_picture(self.flow, self._text.line)
            case "footnote" | "annotation" | "margin" | "box":
                self._end_text(state.begins)
                return
            case "atnauthor":
                self._author = collected.strip()
            case "bkmkstart":
                self._text.line.markup(place_mark(collected.strip()))
            case name:
                stamp = self._said.stamp() if name in ("creatim", "revtim") else collected
                self._said.info.setdefault(name, stamp)
        self._collected = []

    def _begin(self, name: str, kind: str) -> None:
        """The group that is open holds something that is put away when it ends."""
        self._state.begins, self._state.kind = name, kind
        self._collected = []

    def _begin_text(self, name: str) -> None:
        if len(self._texts) > MAX_TEXTS:
            self.flow.dropped["office:too-deep"] += 1
            self._state.kind = "skip"
            return
        self._state.begins, self._state.kind = name, "text"
        self._state.plain()
        self._texts.append(RtfText(self._text.flow.inner()))

    def _end_text(self, name: str) -> None:
        self._text.end_paragraph(self._said.styles, self.flow)
        text = self._texts.pop()
        text.finish()
        outer = self._text
        html = outer.flow.close(text.flow)
        if not html:
            return
        if name == "margin":
            if any(each.isalpha() for each in re.sub("<[^>]*>", "", html)) or "<img" in html:
                self._margins.setdefault(as_block(html))
        elif name == "box":
            outer.after.append(html)
        else:
            self._notes += 1
            author, self._author = self._author, ""
            mark = f"c{self._notes}" if name == "annotation" else str(self._notes)
            identifier = f"note-{self._notes}"
            said = signed(author, html) if name == "annotation" else html
            self.flow.notes[identifier] = Remark(mark=mark, html=said)
            outer.flow.note(identifier, mark, outer.line)

    def _entry(self, word: str, number: int | None) -> None:
        if self._said.table_word(word, number, self._state):
            self._state.begins = self._state.kind
            self._collected = []

    def _word(self, word: str, number: int | None, content: bytes) -> None:
        state = self._state
        starred, state.starred, state.fresh = state.starred, False, False
        if state.kind == "skip":
            return
        if word in SKIPPED or (starred and word not in STARRED):
            if word == "objdata":
                self.flow.dropped["office:embedded-file"] += 1
            state.kind = "skip"
        elif word in rtf_tokens.WORDS:
            self._put(rtf_tokens.WORDS[word])
        elif word == "u":
            self._unicode(number or 0)
        elif word == "bin":
            if state.kind == "pict":
                self._said.picture.raw.append(content)
        elif state.kind == "fonttbl" or state.kind == "stylesheet":
            self._entry(word, number)
        elif state.kind == "pict":
            self._said.picture.form = FORMS.get(word, "other" if word in OTHER_FORMS else self._said.picture.form)
        elif state.kind in ("creatim", "revtim"):
            self._said.time[word] = min(max(number or 0, 0), 9999)
        elif not (
            state.look(word, number)
            or self._group(word)
            or (state.kind == "text" and self._text.layout(word, number, self._said.styles, self.flow))
        ):
            self._default = rtf_tokens.document_encoding(word, number) or self._default

    def _group(self, word: str) -> bool:
        """A word that says what a group holds."""
        match word:
            case "fonttbl" | "stylesheet":
                self._said.number = 0 if word == "stylesheet" else -1
                self._begin(word, word)
            case "pict":
                self._said.picture = Picture()
                self._begin("pict", "pict")
            case "fldinst":
                self._instruction = ""
                self._begin("fldinst", "instruction")
            case "fldrslt":
                self._state.link = led(self._instruction) or self._state.link
                self._instruction = ""
            case "footnote" | "annotation":
                self._begin_text(word)
            case "shptxt" | "dptxbxtext":
                self._begin_text("box")
            case "listtext" | "pntext":
                self._state.kind = "label"
                self._text.paragraph.label = ""
            case "atnauthor" | "bkmkstart":
                self._begin(word, "collected")
            case "upr":
                self._state.kind = "upr"
            case "ud":
                self._state.kind = self._states[-3].kind if len(self._states) > 2 else "text"
            case "pn" | "nesttableprops":
                self._state.kind = "skip"
            case "info":
                self._state.kind = "info"
            case name if name in MARGINS:
                self._begin_text("margin")
            case name if name in INFO and self._state.kind == "info":
                self._begin(name, name if name in ("creatim", "revtim") else "collected")
            case _:
                return False
        return True
