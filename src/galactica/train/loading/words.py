"""Where a text is cut before a tokenizer of ours looks at it.

The rule has no classes of Unicode in it, only ranges of code points: Oniguruma (which `tokenizers` uses) and Python's
`re` cut alike, whatever version of Unicode each knows, today and in ten years. A piece is, the first that fits:

1. an English ending: an apostrophe with s, t, m, d, re, ve or ll;
2. at most `MOST_LETTERS` letters, with one space before them if there is one. A letter is whatever no other rule names;
3. at most `MOST_HAN` signs of a script that writes no spaces (Han, kana, bopomofo);
4. at most three digits, with one space before them if there is one;
5. at most `MOST_SIGNS` other signs, with one space before them if there is one;
6. at most `MOST_SPACES` white space.

No rule looks ahead or back, so that a piece by itself is cut as it was in its text: into itself. A byte-level BPE does
not look beyond a piece either. Therefore the tokens of a text are those of its pieces, and a piece that was met before
need only be looked up (`known_pieces`); `borders` goes through the rule in arrays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

MOST_LETTERS = 64
MOST_HAN = 12
MOST_SIGNS = 16
MOST_SPACES = 64
"""Code points of a piece: a bound on what one piece costs, above all in text that was made to be dear."""

SPACE = ((0x09, 0x0D), (0x20, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029),
          (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000))  # fmt: skip
DIGITS = ((0x30, 0x39),)
HAN = ((0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3031, 0x303C), (0x3040, 0x30FA), (0x30FC, 0x312F),
        (0x31A0, 0x31BF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFF66, 0xFF9F),
        (0x20000, 0x3FFFF))  # fmt: skip
SIGNS = ((0x00, 0x08), (0x0E, 0x1F), (0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x84), (0x86, 0x9F),
          (0xA1, 0xA9), (0xAB, 0xB4), (0xB6, 0xB9), (0xBB, 0xBF), (0xD7, 0xD7), (0xF7, 0xF7), (0x2010, 0x2027),
          (0x2030, 0x205E), (0x20A0, 0x20CF), (0x2190, 0x2BFF), (0x3001, 0x3004), (0x3008, 0x3020), (0x3030, 0x3030),
          (0x303D, 0x303F), (0x30FB, 0x30FB), (0xFE10, 0xFE1F), (0xFE30, 0xFE6F), (0xFF01, 0xFF0F), (0xFF1A, 0xFF20),
          (0xFF3B, 0xFF40), (0xFF5B, 0xFF65), (0xFFE0, 0xFFFD), (0x1F000, 0x1FAFF))  # fmt: skip


def _ranges(*sets: Sequence[tuple[int, int]]) -> str:
    """The inside of a class of a regular expression that `re` and Oniguruma read alike."""
    return "".join(
        f"{_sign(first)}-{_sign(last)}" if first != last else _sign(first) for each in sets for first, last in each
    )


def _others(*sets: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """All code points that no set has, without surrogates, which are in no text; none crosses the end of a plane."""
    found = []
    at = 0
    for first, last in sorted([*(each for one in sets for each in one), (0xD800, 0xDFFF), (0x110000, 0x110000)]):
        if at < 0x10000 < first:
            found.append((at, 0xFFFF))
            at = 0x10000
        if at < first:
            found.append((at, first - 1))
        at = last + 1
    return found


def _sign(point: int) -> str:
    sign = chr(point)
    if point in (0x09, 0x0A, 0x0D):
        return {0x09: r"\t", 0x0A: r"\n", 0x0D: r"\r"}[point]
    if point < 0x20 or point == 0x7F:
        return f"\\x{point:02x}"
    return f"\\{sign}" if point < 0x80 and not sign.isalnum() else sign


_LETTERS = _others(SPACE, DIGITS, HAN, SIGNS)
_ENDINGS = "['\u2019](?:s|t|m|d|re|ve|ll)"
_REST = (
    f"[{_ranges(HAN)}]{{1,{MOST_HAN}}}"
    f"| ?[{_ranges(DIGITS)}]{{1,3}}"
    f"| ?[{_ranges(SIGNS)}]{{1,{MOST_SIGNS}}}"
    f"|[{_ranges(SPACE)}]{{1,{MOST_SPACES}}}"
)

PIECE = f"{_ENDINGS}| ?[^{_ranges(SPACE, DIGITS, HAN, SIGNS)}]{{1,{MOST_LETTERS}}}|{_REST}"
"""The rule as a regular expression; a tokenizer that has exactly this one, and nothing else, is read by a table."""

_WORD = f"[{_ranges(_LETTERS)}]{{1,{MOST_LETTERS}}}"

cut_pieces: Callable[[str], list[str]] = re.compile(f" {_WORD}|{_WORD}|{_ENDINGS}|{_REST}").findall
"""The same rule, which Python goes through a fifth faster when it is said so."""
