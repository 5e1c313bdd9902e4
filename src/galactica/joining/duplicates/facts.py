"""Whether two texts that are nearly the same say different things: "X is a village in Y" is no copy of "Z is a village
in Y".

What a copy differs by is what was left out, added or spelled anew. What two articles made by one template differ by is
put in the place of something else: another name, another number. So a pair is kept apart where each has what the other
lacks, of these:

* its title: what one is called, beside what both are, stands in its own text and not in the other's; of a short text,
  which may not say what it is about, any other title;
* its numbers: neither's are the other's with some left out, in their order;
* its names (words with a capital inside a sentence, hosts of addresses, Latin words in a script without spaces): in a
  short text one of each side, in a long one more than `NAMES_SHARE` of them;
* any word of a short text, and in scripts without capitals of a text of middle length, for there names cannot be told
  from other words.

A copy whose numbers were brought up to date is kept apart by this, too: rather two that are one than one that is two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from galactica.joining.duplicates.comparing import ComparedText

SHORT = 64
"""Tokens below which any word that was put in place of another keeps apart."""

MIDDLE = 200
"""Tokens below which one name of each side does, and any word of a script without capitals."""

NAMES_SHARE = 0.05
"""Of the names of a longer text, how many may be others: a spelling that was put right, not another thing's."""

APART = ("title", "numbers", "names", "words")
"""The reasons, by what differs."""


def kept_apart(first: ComparedText, second: ComparedText) -> str:
    """Why two texts that are nearly the same are no copies: one of `APART`; "" where they are."""
    length = min(len(first.words), len(second.words))
    if _titles_differ(first, second) or (length < SHORT and first.title != second.title):
        return "title"
    if not (_left_out(first.numbers, second.numbers) or _left_out(second.numbers, first.numbers)):
        return "numbers"
    if _names_differ(first.names, second.names, length):
        return "names"
    return "words" if _words_differ(first.counts, second.counts, length) else ""


def says_all_of(short: ComparedText, long: ComparedText) -> bool:
    """Whether the longer text says every number and name of the shorter, and is not clearly about something else."""
    return (
        (short.title == long.title or not _names_itself(short, long))
        and not Counter(short.numbers) - Counter(long.numbers)
        and not set(short.names) - set(_every_word(long))
    )


def _every_word(text: ComparedText) -> set[str]:
    """Its words with their capitals, those at the beginnings of sentences too."""
    return set(text.names) | {word.capitalize() for word in text.counts}


def _titles_differ(first: ComparedText, second: ComparedText) -> bool:
    """Whether one says of itself what it is called, and the other never says that."""
    if first.title == second.title:
        return False
    return _names_itself(first, second) or _names_itself(second, first)


def _names_itself(one: ComparedText, other: ComparedText) -> bool:
    own = one.title_words - other.title_words
    if any(word in one.counts and word not in other.counts for word in own):
        return True
    numbers = [word for word in own if word.isdecimal()]
    if any(word in one.words and word not in other.words for word in numbers):
        return True
    name = one.title.partition("(")[0].strip()
    return bool(name) and _said(name, one) and not _said(name, other)


def _said(name: str, text: ComparedText) -> bool:
    return name in text.text.casefold()


def _left_out(some: Sequence[str], all_of: Sequence[str]) -> bool:
    """Whether `some` is `all_of` with some left out, in the same order."""
    rest = iter(all_of)
    return all(any(each == other for other in rest) for each in some)


def _names_differ(one: Counter[str], other: Counter[str], length: int) -> bool:
    """Whether each has names that the other has not: one in a short text, a share of them in a long one."""
    own, others = (one - other).total(), (other - one).total()
    allowed = 0.0 if length < MIDDLE else NAMES_SHARE * min(one.total(), other.total())
    return min(own, others) > allowed


def _words_differ(one: Counter[str], other: Counter[str], length: int) -> bool:
    """Whether each has words that the other has not, in a text short enough for that to be what it says."""
    if length >= MIDDLE:
        return False
    own, others = one - other, other - one
    if length >= SHORT:
        own, others = _without_case(own), _without_case(others)
    return bool(own) and bool(others)


def _without_case(words: Counter[str]) -> Counter[str]:
    return Counter({word: count for word, count in words.items() if word.upper() == word})
