"""HTML that a mail program put into RTF, and takes out again: the page as it was sent.

Groups hold the tags; what stands between `\\htmlrtf` and `\\htmlrtf0` is for readers of RTF alone. Standard:
[MS-OXRTFEX] Rich Text Format (RTF) Extensions Algorithm §2.1.3, §2.2.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from galactica.sources.office import rtf_tokens
from galactica.sources.office.faults import PartError
from galactica.sources.office.rich_text import MAX_GROUPS
from galactica.sources.office.rtf_state import SKIPPED

_LOOKED_AT = 10_000
_SKIPPED = SKIPPED | frozenset(("stylesheet", "info", "pict", "pntext", "mhtmltag"))


@dataclass(slots=True)
class _Group:
    """What holds in a group: what it is for, number of the font, letters that stand in for one, whether it is for RTF
    alone, whether nothing was read in it, whether the next word names what may be left out."""

    kind: str = "text"
    font: int = -1
    unicode: int = 1
    aside: bool = False
    fresh: bool = True
    starred: bool = False


def holds_page(raw: bytes) -> bool:
    """Whether RTF was made of a page of HTML."""
    return b"\\fromhtml1" in raw[:_LOOKED_AT]


def page_in(raw: bytes) -> str:
    """The page that RTF was made of.

    Raises:
        PartError: it has more groups in each other than RTF has.
    """
    reader = _Page()
    for kind, word, number, content in rtf_tokens.marks(raw):
        reader.mark(kind, word, number, content)
    reader.flush()
    return "".join(reader.found)


class _Page:
    def __init__(self) -> None:
        self.found: list[str] = []
        self._groups = [_Group()]
        self._fonts: dict[int, int] = {}
        self._font = -1
        self._default = "cp1252"
        self._pending = bytearray()
        self._skip = 0
        self._high = ""

    @property
    def _group(self) -> _Group:
        return self._groups[-1]

    def mark(self, kind: str, word: str, number: int | None, content: bytes) -> None:
        """Take in a mark of RTF."""
        if kind in ("text", "byte"):
            self._text(content)
            return
        if self._skip and kind in ("symbol", "word"):
            self._skip -= 1
            return
        self.flush()
        match kind:
            case "open":
                self._skip = 0
                if len(self._groups) >= MAX_GROUPS:
                    raise PartError("too-deep", f"more than {MAX_GROUPS:,} groups in each other")
                self._groups.append(replace(self._group, fresh=True, starred=False))
            case "close":
                self._skip = 0
                if len(self._groups) > 1:
                    self._groups.pop()
            case "symbol":
                self._group.starred = content == b"*" and self._group.fresh
                self._group.fresh = self._group.starred
                self._put(rtf_tokens.SYMBOLS.get(content, ""))
            case _:
                self._word(word, number)

    def flush(self) -> None:
        """Bytes that were gathered, as text."""
        if self._pending:
            raw, self._pending = bytes(self._pending), bytearray()
            encoding = rtf_tokens.encoding_of(self._fonts.get(self._group.font, 0), self._default)
            self._put(rtf_tokens.decoded(raw, encoding))

    def _text(self, content: bytes) -> None:
        taken = min(self._skip, len(content))
        self._skip -= taken
        self._group.fresh = False
        self._pending += content[taken:]

    def _put(self, text: str) -> None:
        group = self._group
        if text and group.kind in ("text", "tag") and not group.aside:
            self.found.append(text)

    def _word(self, word: str, number: int | None) -> None:
        group = self._group
        starred, group.starred, group.fresh = group.starred, False, False
        if group.kind == "skip":
            return
        if group.kind == "fonts":
            if word == "f":
                self._font = number or 0
            elif word == "fcharset":
                self._fonts[self._font] = number or 0
            return
        match word:
            case "htmltag" if starred:
                group.kind = "tag"
            case "fonttbl":
                group.kind = "fonts"
            case "htmlrtf":
                group.aside = number != 0
            case "par" | "line":
                self._put("\n")
            case "f":
                group.font = number or 0
            case "uc":
                group.unicode = min(max(number or 0, 0), 20)
            case "u":
                self._unicode(number or 0)
            case word if starred or word in _SKIPPED:
                group.kind = "skip"
            case _:
                self._put(rtf_tokens.WORDS.get(word, ""))
                self._default = rtf_tokens.document_encoding(word, number) or self._default

    def _unicode(self, number: int) -> None:
        code = number & 0xFFFF if number < 0x10000 else number
        self._skip = self._group.unicode
        if 0xD800 <= code < 0xDC00:
            self._high = chr(code)
        elif 0xDC00 <= code < 0xE000 and self._high:
            pair, self._high = self._high + chr(code), ""
            self._put(pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))
        elif 0 < code < 0x110000 and not 0xD800 <= code < 0xE000:
            self._put(chr(code))
