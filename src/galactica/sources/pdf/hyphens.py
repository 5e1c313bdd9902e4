"""Words that a line's end broke: put together, with or without their hyphen, as the file spells them elsewhere."""

from __future__ import annotations

import re
from collections import Counter

from galactica.sources.pdf.page import PdfPage

MAX_SPELLINGS = 400_000
"""Different words of a file that are remembered; a long book has 40,000."""

HYPHENS = "-\u2010\u00ad"

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+){0,8}")
_LAST = re.compile(r"([^\W_]+(?:[-\u2010][^\W_]+){0,8})[-\u2010\u00ad]$")
_FIRST = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+){0,8}")


class Spellings:
    """How often each word stands inside the lines of a file, and which words begin one with a hyphen."""

    def __init__(self) -> None:
        self._words: Counter[str] = Counter()
        self._before: Counter[str] = Counter()

    def learn(self, page: PdfPage) -> None:
        """Take in the words of a page, but for those that its lines break."""
        for line in page.lines:
            text = line.text.rstrip()
            if text[-1:] in HYPHENS:
                text = text[: text.rfind(" ") + 1]
            for word in _WORD.findall(text.casefold().replace("\u2010", "-")):
                if len(self._words) < MAX_SPELLINGS or word in self._words:
                    self._words[word] += 1
                if "-" in word:
                    self._before[word.partition("-")[0]] += 1

    def joined(self, before: str, after: str) -> str | None:
        """The end of one line and the next line as one text without a space; None where no word was broken.

        A hyphen stays before a capital or a digit, in a word that the file spells with it, and where it spells the
        second part alone and other words with the first part and a hyphen.
        """
        last, first = _LAST.search(before), _FIRST.match(after)
        if last is None or first is None:
            return None
        if before.endswith("\u00ad"):
            return before[:-1] + after
        one, two = last[1].casefold(), first[0].casefold()
        if not after[0].islower() or not last[1][-1].isalpha():
            return before + after
        whole, parted = self._words[one + two], self._words[f"{one}-{two}"]
        if whole or parted:
            return before[:-1] + after if whole >= parted else before + after
        kept = "-" in one or (self._before[one] > 0 and self._words[two] > 0)
        return before + after if kept else before[:-1] + after
