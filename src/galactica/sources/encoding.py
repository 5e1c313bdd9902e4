"""Bytes to text: which encoding a file is written in, found by what it says and by what it holds.

Order: a byte order mark; what the document declares; UTF-8 if every byte fits; UTF-16 where every other byte of the
beginning is zero; an East Asian encoding where the text is plainly in it (`encoding_asian`); windows-1252 last, and
only for what can be a Western language (WHATWG Encoding Standard §4.2 names it the default for such). Text that fits
none is refused rather than taken in as nonsense. One odd byte does not make a file something else: a few control
characters are left out, and in lines of UTF-8 a few broken bytes become U+FFFD.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import webencodings

from galactica.sources.encoding_asian import asian
from galactica.sources.encoding_single import single_byte

LINE_BYTES = 16 * 2**20
"""Longest line of a table or JSON Lines file; longer ones are too large for an article."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_WIDER = {
    **{"gbk": "gb18030", "shift_jis": "cp932", "euc-kr": "cp949", "big5": "big5hkscs"},
    **{"ibm866": "cp866", "iso-8859-8-i": "iso-8859-8", "windows-874": "cp874"},
    **{"macintosh": "mac_roman", "x-mac-cyrillic": "mac_cyrillic"},
}
"""Name of an encoding in the standard → Python's, where that is called otherwise or the standard means more by it."""

_BESIDE = {
    **{"utf-16": "utf-16", "utf-32": "utf-32"},  # which byte comes first the bytes say
    **{"latin-1": "windows-1252", "cp932": "cp932", "cp949": "cp949", "big5hkscs": "big5hkscs"},
}
"""Labels that mean more than the standard says, or that it does not know: what programs write, not pages."""

_NO_TEXT = frozenset({"replacement", "x-user-defined"})
"""Of the standard, but none that a text may be in: attacks were made with the ones, the other stands for raw bytes."""

ODD_BYTES = 200
"""For so many bytes of text one control character is forgiven: files that are no text have ten times as many."""

FREE_ODD = 3
"""Control characters that are forgiven in any case, if the text is long enough for them."""

LEAST_PRINTABLE = 8
"""Bytes that a text must have besides for each control character in it."""

_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1b")
_BINARY = bytes(b for b in range(32) if b not in _TEXT_CONTROLS)
_NO_CONTROLS = dict.fromkeys(_BINARY)
_HIGH = bytes(range(128, 256))
_WIDE = ("utf-16", "utf-32")

ODD_CHARACTERS = 20
"""For so many characters of a line one that is broken is forgiven."""

PIECE = 2**18
"""Bytes read at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line of a file: its number from 1, its text without the line end, and a word where it cannot be used.

    Attributes:
        fault: "" or the reason to reject it: "bad-encoding", "too-large".
    """

    number: int
    text: str
    fault: str = ""


def looks_binary(head: bytes) -> bool:
    """Whether these first bytes of a file are no text in any encoding known here."""
    return bool(head) and not guess_encoding(head)


def guess_encoding(head: bytes, declared: str = "") -> str:
    """The encoding that a file which starts with `head` is written in, "" where it seems to be no text.

    Args:
        head: the first bytes, or all; a character cut in two at the end does no harm.
        declared: what the file says of itself, or "".

    Returns:
        A name that Python's codecs know.
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if sixteen := _sixteen(head):
        return sixteen
    printable = head.translate(None, _BINARY)
    odd = len(head) - len(printable)
    if odd > FREE_ODD + len(head) // ODD_BYTES or odd * LEAST_PRINTABLE > len(printable):
        return ""
    head = printable
    if _nearly(head, "utf-8") or _rather_utf8(head):
        return "utf-8"
    label = codec_of(declared)
    if label and not label.startswith("utf") and _nearly(head, label):
        return label
    if plain := asian(head) or single_byte(head):
        return plain
    # A Western text has few letters beyond ASCII; a text of which much is not ASCII is written in something else.
    return "windows-1252" if _beyond(head) * 4 <= len(head) and _nearly(head, "windows-1252") else ""


def decode(raw: bytes, declared: str = "") -> str | None:
    """A whole file as text, without byte order mark and with "\\n" at line ends; None where it is no text.

    What is in the encoding but for a few bytes, and UTF-16 that breaks off, gets U+FFFD where it is broken.
    """
    if len(raw) > 2 and raw[-1] < 128 and not raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:  # most files: the whole is valid UTF-8 without control characters
            text = raw.decode()
        except UnicodeDecodeError:
            text = ""
        if text and len(raw.translate(None, _BINARY)) == len(raw):
            return _line_ends(text)
    encoding = guess_encoding(raw, declared)
    if not encoding:
        return None
    if not encoding.startswith(_WIDE):
        raw = raw.translate(None, _BINARY)
    if not encoding.startswith("utf") and not _nearly(raw, encoding):
        return None
    return _line_ends(raw.decode(encoding, "replace"))


def lines(stream: BinaryIO, encoding: str, *, any_end: bool = False) -> Iterator[TextLine]:
    """Yield every line; one that is too long or not in the encoding comes with its fault and empty.

    Bounded: at most `LINE_BYTES` are held.

    Args:
        encoding: as `guess_encoding` gave it for the beginning. Where that was plain ASCII, the first line that is not
            decides.
        any_end: whether a carriage return alone ends a line too.
    """
    wide = encoding.startswith(_WIDE)
    found = _wide_lines(stream, encoding, any_end) if wide else _byte_lines(stream, any_end)
    ascii_so_far = encoding == "utf-8"
    for number, raw in enumerate(found, 1):
        if raw is None:
            yield TextLine(number=number, text="", fault="too-large")
        elif isinstance(raw, str):
            yield TextLine(number=number, text=raw)
        else:
            if number == 1 and raw.startswith(codecs.BOM_UTF8):
                raw = raw[3:]
            if ascii_so_far and not raw.isascii():
                ascii_so_far, encoding = False, guess_encoding(raw) or encoding
            text = _line(raw, encoding)
            yield TextLine(number=number, text=text or "", fault="bad-encoding" if text is None else "")


def _line(raw: bytes, encoding: str) -> str | None:
    """A line as text; None where it is not in the encoding, but for a broken byte here and there in UTF-8."""
    try:
        return raw.decode("utf-8" if encoding == "utf-8-sig" else encoding)
    except UnicodeDecodeError:
        text = raw.decode("utf-8", "replace") if encoding in ("utf-8", "utf-8-sig") else ""
        return text if text and text.count("\ufffd") * ODD_CHARACTERS <= len(text) else None


def _byte_lines(stream: BinaryIO, any_end: bool) -> Iterator[bytes | None]:
    """Lines without their ends and without control characters; None for one that is too long."""
    if any_end:
        yield from _any_lines(stream)
        return
    while raw := stream.readline(LINE_BYTES):
        if len(raw) == LINE_BYTES and raw[-1:] != b"\n":
            while (rest := stream.readline(LINE_BYTES)) and rest[-1:] != b"\n":
                pass
            yield None
        else:
            yield raw.translate(None, _BINARY).rstrip(b"\r\n")


def _any_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Lines that end in a line feed, a carriage return, or both."""
    held: list[bytes] = []
    size = 0
    carriage = (
        False  # the piece before ended in a carriage return: a line feed at the start of this one is its other half
    )
    while piece := stream.read(PIECE):
        piece = piece.translate(None, _BINARY)
        if carriage and piece:
            piece, carriage = piece.removeprefix(b"\n"), False
        if not piece:
            continue
        carriage = piece.endswith(b"\r")
        found = piece.splitlines()
        whole = piece.endswith((b"\r", b"\n"))
        for place, line in enumerate(found):
            if size <= LINE_BYTES:
                held.append(line)
            size += len(line)
            if whole or place < len(found) - 1:
                yield b"".join(held) if size <= LINE_BYTES else None
                held, size = [], 0
    if held:
        yield b"".join(held) if size <= LINE_BYTES else None


def _wide_lines(stream: BinaryIO, encoding: str, any_end: bool) -> Iterator[str | None]:
    """Lines of UTF-16 and UTF-32, in which a line feed is not a byte."""
    inner = codecs.getincrementaldecoder(encoding)("replace")
    decoder = io.IncrementalNewlineDecoder(inner, translate=True) if any_end else inner
    rest = ""
    skipping = False
    while True:
        raw = stream.read(PIECE)
        pieces = (rest + decoder.decode(raw, final=not raw).translate(_NO_CONTROLS)).split("\n")
        rest = pieces.pop()
        for piece in pieces:
            yield None if skipping or len(piece) > LINE_BYTES else piece.rstrip("\r")
            skipping = False
        if len(rest) > LINE_BYTES:
            rest, skipping = "", True
        if not raw:
            break
    if rest or skipping:
        yield None if skipping else rest


def codec_of(label: str) -> str:
    """The codec for the label that a file declares; "" for unknown ones: a page must not choose any that Python has.

    Labels as browsers know them (WHATWG Encoding Standard §4.2: "cp1251", "sjis", "latin2" …), and "utf-32".
    """
    if beside := _BESIDE.get(label.strip().lower()):
        return beside
    found = webencodings.lookup(label)
    return "" if found is None or found.name in _NO_TEXT else _WIDER.get(found.name, found.name)


def _nearly(raw: bytes, encoding: str) -> bool:
    """Whether bytes are in an encoding but for a few: at most one fault for twenty bytes beyond ASCII."""
    decoder = codecs.getincrementaldecoder(encoding)
    try:
        decoder("strict").decode(raw, final=False)
    except UnicodeDecodeError:
        return decoder("replace").decode(raw, final=False).count("\ufffd") * ODD_CHARACTERS <= _beyond(raw)
    except ValueError:
        return False
    return True


def _rather_utf8(raw: bytes) -> bool:
    """Whether bytes that are not all UTF-8 have more whole characters beyond ASCII than faults.

    In another encoding hardly any two bytes look like a character of UTF-8.
    """
    text = raw.decode("utf-8", "replace")
    return 2 * text.count("\ufffd") <= len(text) - len(text.encode("ascii", "ignore"))


def _beyond(raw: bytes) -> int:
    """How many bytes are not ASCII."""
    return len(raw) - len(raw.translate(None, _HIGH))


def _sixteen(head: bytes) -> str:
    """UTF-16 without a mark: of the first characters nearly all have a zero for their other byte."""
    sample = head[:1024]
    pairs = len(sample) // 2
    if pairs < 4:
        return ""
    for name, zeros, others in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if zeros.count(0) >= 0.9 * pairs and others.count(0) == 0:
            return name
    return ""


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
