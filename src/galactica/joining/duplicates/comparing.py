"""How much of two texts is the same: the shingles themselves, letter by letter, not their hashes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from galactica.joining.duplicates.signatures import SHINGLE
from galactica.joining.tokens import comparable_text, tokens_of

LINE_BEGINS = 400
"""Code points in which the first words of a line are looked for."""

_NUMBER = re.compile(r"(?:(?<!\w)[-−+])?[\d⁰¹²³⁴-⁹₀-₉]+(?:[.,:/][\d]+)*")
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_BEFORE = frozenset(".!?…:\n\t•|")
_QUOTES = " \"'“”„«»‘’([{¿¡–—-"
_HOST = re.compile(r"https?://(?:www\.)?([^\s/:?#\"'<>()\[\]{}|，。、；]{1,253})")
_HAS_LETTER = re.compile(r"[^\W\d_]")


class ComparedText:
    """An article as it is compared with another; what is dear is made when it is asked for.

    Args:
        title: its title.
        text: the projection of its body.
    """

    def __init__(self, title: str, text: str) -> None:
        self.title = comparable_text(title)
        self.text = text

    @cached_property
    def _cut(self) -> tuple[list[str], bool]:
        """Its tokens, in order, and whether most are letters of a script without spaces."""
        tokens = tokens_of(self.text)
        return tokens.words(), 2 * tokens.alone >= len(tokens) > 0

    @property
    def words(self) -> list[str]:
        """Its tokens, in order."""
        return self._cut[0]

    @cached_property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        """Its shingles."""
        return frozenset(zip(*(islice(self.words, place, None) for place in range(SHINGLE)), strict=False))

    @cached_property
    def beginnings(self) -> list[tuple[str, ...]]:
        """The first shingles of each line, of two shingles' tokens: there an article says what it is about."""
        lines = (tokens_of(line[:LINE_BEGINS]).words()[: 2 * SHINGLE] for line in self.text.split("\n"))
        return [tuple(words[at : at + SHINGLE]) for words in lines for at in range(len(words) - SHINGLE + 1)]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each token with a letter stands in it: what is a number is told by `numbers`."""
        return Counter(word for word in self.words if _HAS_LETTER.search(word))

    @cached_property
    def numbers(self) -> list[str]:
        """Its numbers as they are written, with their signs, in order."""
        return _NUMBER.findall(self.text.replace("−", "-"))

    @cached_property
    def names(self) -> Counter[str]:
        """Its words with a capital inside of a sentence (in German all nouns are among them), and hosts of addresses;
        of a text without spaces all words of another script, which are names of species and works more than others.

        A manual of one system is no copy of that of another, of which nothing tells it but where to read more.
        """
        found: Counter[str] = Counter(match[1].casefold() for match in _HOST.finditer(self.text))
        for match in _WORD.finditer(self.text):
            if self._cut[1]:
                found[match[0].casefold()] += match[0].isascii()
            elif match[0][0].isupper() and not self._begins(match.start()):
                found[match[0]] += 1
        return +found

    @cached_property
    def title_words(self) -> frozenset[str]:
        """The tokens of its title."""
        return frozenset(tokens_of(self.title).words())

    def _begins(self, place: int) -> bool:
        """Whether a sentence begins at `place`: looks back over blanks and quotes, a few letters at the most."""
        for before in range(place - 1, max(-1, place - 6), -1):
            letter = self.text[before]
            if letter in _SENTENCE_BEFORE:
                return True
            if letter not in _QUOTES:
                return False
        return place < 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How much two texts share.

    Attributes:
        jaccard: shingles in both, of those in either.
        first_in_second: of the first's shingles, those that the second has too.
        second_in_first: the other way.
    """

    jaccard: float
    first_in_second: float
    second_in_first: float


def likeness_of(first: ComparedText, second: ComparedText) -> Likeness:
    """How much two texts share; nothing where one has no shingle."""
    one, other = first.shingles, second.shingles
    if not one or not other:
        return Likeness(jaccard=0.0, first_in_second=0.0, second_in_first=0.0)
    both = len(one & other)
    return Likeness(
        jaccard=both / (len(one) + len(other) - both),
        first_in_second=both / len(one),
        second_in_first=both / len(other),
    )
