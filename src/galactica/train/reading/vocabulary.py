"""Which pieces a network keeps of the 250,002 that it begins with: those that texts need.

A piece is kept if it is a single letter or mark; if it is among those that make up nearly all of the questions and
passages that are learned from, file by file, so that a small language counts as much as a large one; or if it is one of
the commonest of its script, for languages of which nothing is learned. What is not kept is cut into smaller pieces.

Of 100 passages of each of XQuAD's languages this makes so many times the pieces of the whole vocabulary (2026-11-29):
see `docs/decisions`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from galactica.encode.pieces import SPACE, SPECIAL, Tokenizer
from galactica.train.reading.beginning import Beginning
from galactica.train.reading.lesson import Real

COVERED = 0.995
"""Share of the pieces met in a file that are kept."""

COMMONEST = {
    "LATIN": 44_000,
    "CYRILLIC": 11_000,
    "CJK": 12_000,
    "HIRAGANA": 1_800,
    "KATAKANA": 720,
    "ARABIC": 6_000,
    "DEVANAGARI": 3_500,
    "HANGUL": 4_000,
    "GREEK": 3_000,
    "HEBREW": 2_600,
    "THAI": 2_800,
    "BENGALI": 1_500,
    "TELUGU": 1_500,
    "TAMIL": 1_000,
    "": 4_000,
}
"""Pieces of a script that are kept at least, its single letters included; of what is no letter ("")."""

OF_OTHERS = 500
"""The same of every other script."""


def pieces_kept(pieces: Sequence[str], scores: Sequence[float], files: Iterable[Counter[int]]) -> list[int]:
    """Ids of the pieces that are kept, rising, the special ones first.

    Args:
        pieces, scores: the whole vocabulary.
        files: for each file of what is learned, how often each id is met in it.
    """
    chosen = set(range(len(SPECIAL)))
    for counts in files:
        left = COVERED * sum(counts.values())
        for number, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
            if left <= 0:
                break
            chosen.add(number)
            left -= count
    scripts: dict[str, list[tuple[bool, float, int]]] = defaultdict(list)
    for number, piece in enumerate(pieces):
        if number >= len(SPECIAL) and piece != "<mask>":
            letters = piece.replace(SPACE, "")
            scripts[script(letters)].append((len(letters) > 1, -scores[number], number))
    for name, found in scripts.items():
        found.sort()
        singles = sum(not longer for longer, _, _ in found)
        chosen.update(number for _, _, number in found[: max(singles, COMMONEST.get(name, OF_OTHERS))])
    return sorted(chosen)


def kept_pieces(begun: Beginning, asked: Sequence[Real]) -> list[int]:
    """Ids of the pieces that are kept where these questions are learned from; those of one language, as far as their
    letters tell, count as a file."""
    texts: dict[str, dict[str, None]] = defaultdict(dict)
    for each in asked:
        texts[script(each.question)][each.question] = None
        texts[script(each.question)][each.passage] = None
    whole = Tokenizer(begun.pieces, begun.scores)
    counts = []
    for some in texts.values():
        counts.append(Counter(number for cut in whole.cut(list(some)) for number in cut.ids))
    return pieces_kept(begun.pieces, begun.scores, counts)


def script(text: str) -> str:
    """The script of a text's first letter, as Unicode names it; "" where it has none."""
    for character in text:
        if character.isalpha():
            return unicodedata.name(character, "").partition(" ")[0]
    return ""
