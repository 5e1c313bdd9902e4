"""What the words of blocks say: whether they are the title's, the description's, those of the text around them."""

from __future__ import annotations

import re

_WORDS = re.compile(r"\w+")
_LONG_WORDS = re.compile(r"\w{5,}")

MAX_READ = 2000
"""Characters of a block that are compared with others."""


def like_title(texts: list[str], title: str) -> list[float]:
    """How much of each block's words, at most of 40, are the title's, where they are about as many."""
    wanted = set(title.casefold().split())
    if not wanted:
        return [0.0] * len(texts)
    likes = []
    for text in texts:
        if len(text) > 3 * len(title) + 20:
            likes.append(0.0)
            continue
        words = set(text.casefold().split())
        likes.append(len(words & wanted) / max(len(words | wanted), 1))
    return likes


def shared_with(texts: list[str], given: str) -> list[float]:
    """The share of each block's words, four at a time, that stand in what the page's data give of its text."""
    if not given:
        return [-1.0] * len(texts)
    wanted = set(_fours(given))
    return [sum(four in wanted for four in found) / len(found) if (found := _fours(text)) else 0.0 for text in texts]


def _fours(text: str) -> list[tuple[str, ...]]:
    words = _WORDS.findall(text.lower())
    return list(zip(words, words[1:], words[2:], words[3:], strict=False))


def shared_words(texts: list[str], paragraphs: list[bool]) -> list[float]:
    """The share of each block's long words that other paragraphs of the likeliest element have too."""
    held: dict[str, int] = {}
    each = [set(_LONG_WORDS.findall(text[:MAX_READ].lower())) for text in texts]
    for words, is_paragraph in zip(each, paragraphs, strict=True):
        if is_paragraph:
            for word in words:
                held[word] = held.get(word, 0) + 1
    return [
        sum(held.get(word, 0) > is_paragraph for word in words) / len(words) if words else -1.0
        for words, is_paragraph in zip(each, paragraphs, strict=True)
    ]
