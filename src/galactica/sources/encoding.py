"""Bytes to text: which encoding a file is written in, found by what it says and by what it holds.

Order: a byte order mark; what the document declares; UTF-8 if every byte fits; UTF-16 where every other byte of the
beginning is zero; an East Asian encoding where the text is plainly in it (`encoding_asian`); windows-1252 last, and
only for what can be a Western language (WHATWG Encoding Standard §4.2 names it the default for such). Text that fits
none is refused rather than taken in as nonsense. One odd byte does not make a file something else: a few control
characters are left out, and in lines of UTF-8 a few broken bytes become U+FFFD.
"""

from __future__ import annotations

import codecs

import webencodings

from galactica.sources.encoding_asian import asian
from galactica.sources.encoding_single import single_byte

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
BINARY = bytes(b for b in range(32) if b not in _TEXT_CONTROLS)
"""Control characters that no text has."""

_HIGH = bytes(range(128, 256))
WIDE = ("utf-16", "utf-32")
"""Beginnings of the names of encodings in which a character of ASCII is more than one byte."""

ODD_CHARACTERS = 20
"""For so many characters of a line one that is broken is forgiven."""


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
    printable = head.translate(None, BINARY)
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
        if text and len(raw.translate(None, BINARY)) == len(raw):
            return _line_ends(text)
    encoding = guess_encoding(raw, declared)
    if not encoding:
        return None
    if not encoding.startswith(WIDE):
        raw = raw.translate(None, BINARY)
    if not encoding.startswith("utf") and not _nearly(raw, encoding):
        return None
    return _line_ends(raw.decode(encoding, "replace"))


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
