"""A text cut into the entries of a table of words and pieces, without a tokenizer: what encoders of many languages add
up.

Rules:
1. A text is folded: NFKC, lower case, simplified Han, no vowel points of Arabic and Hebrew; accents stay, for without
   them half of the words of Vietnamese are one. `fold_words` gives words: runs of letters, marks and digits; Han, kana,
   Thai, Lao, Khmer and Burmese apart from other letters.
2. A word that is an entry is that entry; one that is an entry without its accents is that one. Any other is cut from
   its beginning, each time into the longest entry that goes on there; behind the first piece of a word those are the
   entries that begin with `INNER` ("-ing"), in a script without spaces the same ones everywhere.
3. A letter that no entry has is a piece of its own, unknown to the table.

Greedy cuts, because a word of a text is then cut in a few look-ups of a dictionary and most words in one: the package
`tokenizers` takes as long for one passage as the whole of this for ten.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import cached_property

from galactica.codes.han import TRIPLES, simplified
from galactica.codes.letters import unaccented
from galactica.encode.words import LONGEST, LONGEST_WORD, MARKS, plain_words, ungrouped

INNER = "-"
"""What an entry begins with that goes on with a word; no word has it."""

LONGEST_ENTRY = 24
"""Letters of an entry that is a piece of a longer word."""

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30fa\u30fc-\u312f\u31a0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Character class of Han and kana; Hangul is written with spaces."""

UNSPACED = HAN + TRIPLES

_POINTS = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c\u200d]"
)
"""Vowel points of Hebrew and Arabic, the line that stretches a word, and joiners: written or not, it is one word."""

_WORD = re.compile(rf"[{UNSPACED}]+|[^\W_{UNSPACED}]+(?:[{MARKS}]+[^\W_{UNSPACED}]*)*")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_UNSPACED = re.compile(f"[{UNSPACED}]")


def folded_text(text: str) -> str:
    """A text as its words are looked up; it may be longer or shorter."""
    if text.isascii():
        return text.lower()
    lower = _POINTS.sub("", unicodedata.normalize("NFKC", text).lower())
    return lower.translate(simplified()) if _HAN.search(lower) else lower


def fold_words(text: str) -> list[str]:
    """The words of a text, in order; see rule 1."""
    text = ungrouped(text[:LONGEST])
    return plain_words(text) if text.isascii() else _WORD.findall(folded_text(text))


def without_spaces(word: str) -> bool:
    """Whether a word of `fold_words` is of a script that is written without spaces."""
    return not word.isascii() and _UNSPACED.match(word) is not None


class Cutter:
    """Cuts texts into entries; thread-safe.

    Args:
        entries: folded words and pieces; a dictionary or a set.
    """

    def __init__(self, entries: Collection[str]) -> None:
        self._entries = entries

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        """The first two letters of entries → how long such entries are, the longest first; made when it is needed,
        which takes a tenth of a second for 100,000."""
        lengths: dict[str, set[int]] = {}
        for entry in self._entries:
            letters = entry.removeprefix(INNER)
            if len(letters) <= LONGEST_ENTRY:
                inner = entry[: len(entry) - len(letters)]
                lengths.setdefault(inner + letters[:2], set()).add(len(letters))
        return {start: tuple(sorted(several, reverse=True)) for start, several in lengths.items()}

    def units(self, text: str) -> list[str]:
        """The words of a text, those of scripts without spaces cut into entries, in order."""
        found = fold_words(text)
        if text.isascii():
            return [word[:LONGEST_WORD] for word in found] if len(text) > LONGEST_WORD else found
        out: list[str] = []
        for word in found:
            if without_spaces(word):
                out += self._cut(word, "")
            else:
                out.append(word[:LONGEST_WORD])
        return out

    def pieces(self, word: str) -> list[str]:
        """The entries that a word is made of, and letters that none has."""
        if word in self._entries:
            return [word]
        if without_spaces(word):
            return self._cut(word[:LONGEST], "")
        bare = unaccented(word)
        return [bare] if bare in self._entries else self._cut(word[:LONGEST], INNER)

    def _cut(self, word: str, inner: str) -> list[str]:
        """The longest entries, one after the other; behind the first those that begin with `inner`."""
        entries, lengths = self._entries, self._lengths
        out: list[str] = []
        at, end, before = 0, len(word), ""
        while at < end:
            for length in lengths.get(before + word[at : at + 2], ()):
                entry = before + word[at : at + length]
                if entry in entries:
                    out.append(entry)
                    at += length
                    break
            else:
                out.append(before + word[at])  # a single letter, an entry or not
                at += 1
            before = inner
        return out
