"""The lines of a text file, one at a time, each with its number; what cannot be used comes with a word why.

Of a file that begins in plain ASCII the first lines that are not tell the encoding.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from galactica.sources.encoding import BINARY, ODD_CHARACTERS, WIDE, guess_encoding

LINE_BYTES = 16 * 2**20
"""Longest line of a table or JSON Lines file; longer ones are too large for an article."""

AHEAD = 2**16
"""Bytes of lines that are looked at to tell the encoding of a text that begins in ASCII."""

PIECE = 2**18
"""Bytes read at a time."""


_NO_CONTROLS = dict.fromkeys(BINARY)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line of a file: its number from 1, its text without the line end, and a word where it cannot be used.

    Attributes:
        fault: "" or the reason to reject it: "bad-encoding", "too-large".
    """

    number: int
    text: str
    fault: str = ""


def text_lines(stream: BinaryIO, encoding: str, *, any_end: bool = False) -> Iterator[TextLine]:
    """Yield every line; one that is too long or not in the encoding comes with its fault and empty.

    Bounded: at most `LINE_BYTES` and `AHEAD` are held.

    Args:
        encoding: as `guess_encoding` gave it for the beginning. Where that was plain ASCII, the first lines that are
            not decide, as many as `AHEAD` bytes hold.
        any_end: whether a carriage return alone ends a line too.
    """
    if encoding.startswith(WIDE):
        for number, text in enumerate(_wide_lines(stream, encoding, any_end), 1):
            yield TextLine(number=number, text=text or "", fault="too-large" if text is None else "")
        return
    for number, (raw, name) in enumerate(_named(_byte_lines(stream, any_end), encoding), 1):
        if raw is None:
            yield TextLine(number=number, text="", fault="too-large")
        else:
            text = _line(raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw, name)
            yield TextLine(number=number, text=text or "", fault="bad-encoding" if text is None else "")


def _named(found: Iterator[bytes | None], encoding: str) -> Iterator[tuple[bytes | None, str]]:
    """Lines with the encoding that they are in."""
    held: list[bytes | None] = []
    size, told = 0, encoding != "utf-8"
    for raw in found:
        if told or (not held and (raw is None or raw.isascii())):
            yield raw, encoding
            continue
        held.append(raw)
        size += len(raw or b"") + 1
        if size >= AHEAD:
            encoding, told = _encoding_of(held) or encoding, True
            yield from ((each, encoding) for each in held)
            held = []
    if held:
        encoding = _encoding_of(held) or encoding
        yield from ((each, encoding) for each in held)


def _encoding_of(held: list[bytes | None]) -> str:
    return guess_encoding(b"\n".join(each for each in held if each and not each.isascii()))


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
            yield raw.translate(None, BINARY).rstrip(b"\r\n")


def _any_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Lines that end in a line feed, a carriage return, or both."""
    held: list[bytes] = []
    size = 0
    carriage = (
        False  # the piece before ended in a carriage return: a line feed at the start of this one is its other half
    )
    while piece := stream.read(PIECE):
        piece = piece.translate(None, BINARY)
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
