"""The marks of RTF one after the other, and its letters: code pages by fonts, Unicode with what stands in for it.

Standard: Rich Text Format (RTF) Specification 1.9.1, Microsoft 2008.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n\0]+|([^\\{}\r\n\0]+)|\\",
    re.DOTALL,
)
"""Groups: control word, its number, a byte in hexadecimal, control symbol, brace, text."""

CHARSETS = {
    **{77: "mac_roman", 78: "shift_jis", 79: "cp949", 80: "gb18030", 81: "big5", 83: "mac_greek", 85: "mac_cyrillic"},
    **{128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "big5hkscs", 161: "cp1253", 162: "cp1254"},
    **{163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250"},
    **{254: "cp437", 255: "cp850"},
}
"""Number of a character set in the table of fonts → encoding; 0 and 1 mean that of the document, 2 signs."""

SIGNS = 2
"""Number of the character set of fonts that hold signs."""

WORDS = {
    **{"tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"},
    **{"bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "zwj": "\u200d", "zwnj": "\u200c"},
    **{"ltrmark": "\u200e", "rtlmark": "\u200f", "zwbo": "\u200b"},
}
SYMBOLS = {b"~": "\u00a0", b"_": "\u2011", b"\\": "\\", b"{": "{", b"}": "}"}

Mark = tuple[str, str, int | None, bytes]
"""(kind, word, number, bytes): kind "word", "byte", "symbol", "open", "close", "text"."""


def marks(raw: bytes) -> Iterator[Mark]:
    """The marks of a file; of `\\bin` the bytes that follow it."""
    at = 0
    while at < len(raw):
        found = TOKEN.match(raw, at)
        if found is None:
            return
        at = found.end()
        word, number, byte, symbol, brace, text = found.groups()
        if text is not None:
            yield "text", "", None, text
        elif word is not None:
            value = int(number) if number is not None else None
            if word == b"bin" and value and value > 0:
                yield "word", "bin", value, raw[at : at + value]
                at += value
            else:
                yield "word", word.decode("ascii"), value, b""
        elif byte is not None:
            yield "byte", "", None, bytes.fromhex(byte.decode("ascii"))
        elif brace is not None:
            yield "open" if brace == b"{" else "close", "", None, b""
        elif symbol is not None:
            yield "symbol", "", None, symbol


def encoding_of(charset: int, default: str) -> str:
    """The encoding of a font's character set."""
    return CHARSETS.get(charset, default)


def page(number: int | None) -> str:
    """The encoding of a code page by its number; Western where Python knows none."""
    name = {10000: "mac_roman", 65001: "utf-8", 936: "gb18030", 950: "big5hkscs", 708: "iso8859-6"}.get(
        number or 1252, f"cp{number or 1252}"
    )
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name


def document_encoding(word: str, number: int | None) -> str:
    """The encoding that a word says for the whole document; "" where it says none."""
    return page(number) if word == "ansicpg" else {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}.get(word, "")


def decoded(raw: bytes, encoding: str) -> str:
    """Bytes as text; what does not fit is U+FFFD, or what windows-1252 leaves open."""
    return raw.decode(encoding, "replace")
