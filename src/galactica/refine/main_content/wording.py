"""What the text of blocks is like: its signs, and whether its words are those of the title, the description, others.

Signs are counted in all blocks at once: their texts are one array of code points, each with the kinds that it is of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SAMPLE = 1000
"""Characters of a block that are looked at."""

MAX_DESCRIPTION = 60
"""Words of a description that are looked for."""

LONG_WORD = 5
"""Characters of a word that says what a text is about."""

_WORDS = re.compile(r"\w+")

_SIGNS = {
    "stops": ".!?。!?…؟।",
    "commas": ",;:,、;:،",
    "digits": "0123456789",
    "marks": "|»›→▸·•©",
}
_CAPITALS = ((0x41, 0x5A), (0xC0, 0xDE), (0x386, 0x3AB), (0x400, 0x42F))
"""Latin, Greek and Cyrillic capitals; other scripts have none, or few that are read."""

_BITS = {name: 1 << bit for bit, name in enumerate((*_SIGNS, "capitals"))}


def _kinds() -> NDArray[np.uint8]:
    table = np.zeros(0x10000, np.uint8)
    for name, signs in _SIGNS.items():
        for sign in signs:
            table[ord(sign)] |= _BITS[name]
    for low, high in _CAPITALS:
        table[low : high + 1] |= _BITS["capitals"]
    return table


_KINDS = _kinds()


def sign_counts(texts: Sequence[str]) -> tuple[dict[str, NDArray[np.int64]], NDArray[np.int64]]:
    """How many stops, commas, digits, marks and capitals begin each block, and how many characters were looked at.

    A stop counts where white space or nothing follows, so that 3.5 and example.org have none.
    """
    samples = [text[:SAMPLE] for text in texts]
    lengths = np.array([len(text) for text in samples], np.int64)
    codes = np.frombuffer((" ".join(samples) + " ").encode("utf-32-le", "replace"), np.uint32)
    kinds = _KINDS[np.minimum(codes, 0xFFFF)]
    stop = kinds & _BITS["stops"] > 0
    stop[:-1] &= codes[1:] == 0x20
    block = np.repeat(np.arange(len(samples)), lengths + 1)
    counts = {name: np.bincount(block[kinds & bit > 0], minlength=len(samples)) for name, bit in _BITS.items()}
    counts["stops"] = np.bincount(block[stop], minlength=len(samples))
    return counts, lengths


def like_title(texts: Sequence[str], title: str) -> list[float]:
    """The share of the words of a block and the title that both have, where the block is about as long."""
    wanted = set(title.casefold().split())
    low, high = len(title) // 3, 3 * len(title) + 20
    likes = []
    for text in texts:
        if not wanted or not low <= len(text) <= high:
            likes.append(0.0)
            continue
        words = set(text.casefold().split())
        likes.append(len(words & wanted) / max(len(words | wanted), 1))
    return likes


def description_share(texts: Sequence[str], description: str) -> NDArray[np.float64]:
    """The share of the description's words, four at a time, that each block holds; -1 where there is none."""
    words = description.lower().split()[:MAX_DESCRIPTION]
    found = np.zeros(len(texts))
    if len(words) < 4:
        return found - 1
    lowered = [text.lower() for text in texts]
    starts = np.cumsum([0, *(len(text) + 1 for text in lowered)])
    whole = "\n".join(lowered)
    for at in range(len(words) - 3):
        four = " ".join(words[at : at + 4])
        place = whole.find(four)
        while place >= 0:
            block = int(np.searchsorted(starts, place, "right")) - 1
            found[block] += 1
            place = whole.find(four, int(starts[block + 1]))
    return found / (len(words) - 3)


def stated_share(texts: Sequence[str], stated: str) -> list[float]:
    """The share of each block's words, four at a time, that stand in the text of the page's data; -1: it has none."""
    if not stated:
        return [-1.0] * len(texts)
    wanted = set(_fours(stated))
    return [sum(four in wanted for four in found) / len(found) if (found := _fours(text)) else 0.0 for text in texts]


def _fours(text: str) -> list[tuple[str, ...]]:
    words = _WORDS.findall(text.lower())
    return list(zip(words, words[1:], words[2:], words[3:], strict=False))


def shared_words(texts: Sequence[str], paragraphs: Sequence[bool]) -> list[float]:
    """The share of each block's long words that other paragraphs of the likeliest element have too; -1: it has none."""
    held: dict[str, int] = {}
    each = [{word for word in text[:SAMPLE].lower().split() if len(word) >= LONG_WORD} for text in texts]
    for words, is_paragraph in zip(each, paragraphs, strict=True):
        if is_paragraph:
            for word in words:
                held[word] = held.get(word, 0) + 1
    return [
        sum(held.get(word, 0) > is_paragraph for word in words) / len(words) if words else -1.0
        for words, is_paragraph in zip(each, paragraphs, strict=True)
    ]
