"""Chapter: bytes as letters (ASCII and UTF-8)."""

from __future__ import annotations

from collections.abc import Iterator

from galactica.engrave.primer.document import Piece, dashed, h1, h2, listing, p, ruled_table


def texts_chapter(number: int) -> Iterator[Piece]:
    """The table of ASCII, UTF-8 by the first byte, examples."""
    yield h1(f"{number}. Letters")
    yield p(
        """Text is kept as numbers: each letter, digit or other sign has a number, its code point. Those of English
        text are less than 128, and one byte each. The table shows them; its first sign, 20, is a space, which is
        empty. The number 0a (10) begins a new line, 09 is a wide space between columns."""
    )
    yield listing(*_ascii(), caption="Code points 20 to 7e. Row: first hexadecimal sign; column: second", together=True)
    word = "sheet"
    yield p(f'So the bytes {word.encode().hex(" ")} are the word "{word}".')
    yield h2("Letters of all other scripts: UTF-8")
    yield p(
        """All other signs of all scripts have numbers from 128 to 1,114,111, and are kept in two to four bytes. The
        first byte says how many bytes belong together. In the table x is a bit of the number; take the bits x from
        left to right, from the first byte to the last, as one binary number: it is the code point. Bytes that do
        not follow these patterns do not occur."""
    )
    yield ruled_table(
        ["bytes", "byte 1", "byte 2", "byte 3", "byte 4", "code points (hexadecimal)"],
        [
            ["1", "0xxxxxxx", "", "", "", "0 to 7f"],
            ["2", "110xxxxx", "10xxxxxx", "", "", "80 to 7ff"],
            ["3", "1110xxxx", "10xxxxxx", "10xxxxxx", "", "800 to ffff"],
            ["4", "11110xxx", "10xxxxxx", "10xxxxxx", "10xxxxxx", "10000 to 10ffff"],
        ],
    )
    yield ruled_table(
        ["sign", "bytes", "in bits", "code point"],
        [_example(letter, name) for letter, name in _LETTERS],
        caption="Examples",
    )
    yield p(
        """Which sign of which script a code point is: the standard Unicode says it. If it is lost, the page of the
        same text in many languages (the last chapter before the program) shows some of them, with their code points
        beside them. The letters of one script mostly have numbers near each other, in the order of its alphabet."""
    )
    yield dashed(
        "Greek letters: 370 to 3ff. Cyrillic: 400 to 4ff. Hebrew: 590 to 5ff. Arabic: 600 to 6ff (hexadecimal).",
        "Devanagari (Hindi): 900 to 97f. Japanese syllables: 3040 to 30ff. Chinese signs: 4e00 to 9fff, and others.",
    )


_LETTERS = (
    ("A", "A"),
    ("\u00e9", "e with a stroke above"),
    ("\u0436", "Cyrillic zhe"),
    ("\u4eba", "Chinese: person"),
    ("\U0001d11e", "a clef"),
)


def _example(letter: str, name: str) -> list[str]:
    raw = letter.encode("utf-8")
    return [name, raw.hex(" "), " ".join(format(byte, "08b") for byte in raw), f"{ord(letter):x}"]


def _ascii() -> Iterator[str]:
    yield "      " + "  ".join(f"-{column:x}" for column in range(16))
    for row in range(2, 8):
        cells = [chr(16 * row + column) if 16 * row + column < 127 else " " for column in range(16)]
        yield f"{row:x}-     " + "   ".join(cells).rstrip()
