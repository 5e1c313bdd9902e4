"""From a stretch of a passage to a wider one: the number beside it, its unit, the whole list, the clause, ….

Nothing is read into a passage: what is given back is always a stretch of it that holds the one that was handed in.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache

from galactica.ask.evidence import sentence_spans
from galactica.ask.kinds import common_words
from galactica.ask.pieces import cut_pieces
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.values.amounts import following
from galactica.values.units import MONEY

MOST_MEMBERS = 12
"""Of a list, on each side of what was marked."""

LONGEST_MEMBER = 60
"""Characters of one member of a list."""

BESIDE = 30
"""Characters in which a number beside a stretch is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """How a language writes lists.

    Attributes:
        joins: what joins the last member, folded.
        between: words before two things that are no list ("between A and B").
        stops: where a member ends, in scripts without spaces.
    """

    joins: tuple[str, ...]
    between: re.Pattern[str]
    stops: re.Pattern[str]


_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence that a stretch is in, or those that it goes over, without white space at its ends."""
    first, last = start, end
    for low, high in sentence_spans(text):
        if low <= start < high:
            first = low
        if low < end <= high:
            last = high
        if low >= end:
            break
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


def whole_initials(text: str, start: int, end: int) -> int:
    """Where a stretch ends that ends in initials: with the last of their points ("D.C.")."""
    return end + 1 if text[end : end + 1] == "." and _INITIALS.search(text, start, end) else end


_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.)+[^\W\d_]\Z")


_CLAUSE = re.compile(r"[;:—。；：！？!?\n\t]|(?<!\d),(?!\d)|(?<=\d),(?=\s)|(?<!\d),(?=\d)|，|\s[–-]\s|\.\s")


def clause(text: str, start: int, end: int, within: tuple[int, int]) -> tuple[int, int]:
    """The clause that a stretch is in: from mark to mark, within a sentence."""
    low, high = within
    first = max((match.end() for match in _CLAUSE.finditer(text, low, start)), default=low)
    mark = _CLAUSE.search(text, end, high)
    last = mark.start() if mark else high
    while first < start and text[first].isspace():
        first += 1
    while last > end and (text[last - 1].isspace() or text[last - 1] in ".。"):
        last -= 1
    return first, last


def number_beside(text: str, start: int, end: int, words: re.Pattern[str]) -> tuple[int, int] | None:
    """The number right before or behind a stretch, with at most one word between; None where there is none.

    Args:
        words: that are numbers.
    """
    low = max(0, start - BESIDE)
    before = folded(fold_han(text[low:start]))
    found = [match for pattern in (_DIGITS, words) for match in pattern.finditer(before)]
    near = [match for match in found if not re.search(r"[^\w\s'%$-]", before[match.end() :])]
    near = [match for match in near if len(before[match.end() :].split()) <= 1]
    if near:
        best = max(near, key=lambda match: match.start())
        return low + best.start(), end
    after = folded(fold_han(text[end : end + BESIDE]))
    found = [match for pattern in (_DIGITS, words) for match in pattern.finditer(after)]
    near = [match for match in found if not re.search(r"[^\s:(]", after[: match.start()])]
    if near:
        return start, end + min(near, key=lambda match: match.start()).end()
    return None


def with_unit(text: str, start: int, end: int, units: tuple[str, ...]) -> tuple[int, int]:
    """A stretch with the rest of its number, the unit, percent sign or size behind it and the currency before it."""
    for match in _DIGITS.finditer(text, max(0, start - 20), min(len(text), end + 20)):
        if match.start() < start < match.end():
            start = match.start()
        if match.start() < end < match.end():
            end = match.end()
    while start > 0 and (text[start - 1] in MONEY or text[start - 1] in "−-") and text[start : start + 1].isdigit():
        start -= 1
    if not re.search(r"\d$|[^\W\d_]$", text[start:end]):
        return start, end
    for _ in range(3):
        rest = folded(fold_han(text[end : end + 40]))
        if rest[:1] == "-":  # "four-year" counts no years
            break
        behind = _units(units).match(rest) or _PER.match(rest)
        if behind is None or not behind[0].strip():
            break
        end += behind.end()
    return start, end


_PER = re.compile(
    r"\s?[%‰](?!\w)|\s?(?:per\s?cent|percent)(?!\w)|\s?/\s?(?:km²?|h|s²?|l)(?!\w)|\s+per\s+[^\W\d_]+|[²³]"
)


@lru_cache(maxsize=2)
def _units(names: tuple[str, ...]) -> re.Pattern[str]:
    return following(list(names))


def whole_list(
    text: str, start: int, end: int, joining: Joining, known: Container[str], language: str, *, names: bool
) -> tuple[int, int]:
    """A stretch with the other members of the list that it is one of; itself where it is of none.

    Args:
        known: keys of words of the question: a list that has one is none of answers.
        names: whether members are names, with a capital where the script has them; else names or up to three words.
    """
    dense = unspaced(text[start:end])
    low, high = sentence_around(text, start, end)
    separators = _separators(joining.joins, dense)
    plain = folded(fold_han(text))
    quiet = common_words(language)
    first, last = start, end
    joined = False
    for _ in range(MOST_MEMBERS):
        sep = separators[0].match(plain, last, high)
        stop = _forward(text, sep.end(), high, joining, quiet, names=names, dense=dense) if sep else None
        if sep is None or stop is None:
            break
        last, joined = stop, joined or bool(sep["join"])
        if sep["join"]:
            break
    if not joined:
        last = end
    for _ in range(MOST_MEMBERS):
        sep = separators[1].search(plain, max(low, first - 12), first)
        begin = _backward(text, low, sep.start(), joining, quiet, names=names, dense=dense) if sep else None
        if sep is None or begin is None or (sep["join"] and first != start):
            break
        first, joined = begin, joined or bool(sep["join"])
    if not joined and not _joins_inside(plain[start:end], separators[0]):
        return start, end
    if (first, last) == (start, end) or joining.between.search(folded(fold_han(text[max(low, first - 12) : first]))):
        return start, end
    added = [*cut_pieces(text[first:start], language).keys, *cut_pieces(text[end:last], language).keys]
    return (start, end) if any(key in known for key in added) else (first, last)


def _joins_inside(stretch: str, separator: re.Pattern[str]) -> bool:
    return any(match["join"] for match in separator.finditer(stretch))


@lru_cache(maxsize=64)
def _separators(joins: tuple[str, ...], dense: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What separates members, ahead of a place and behind one."""
    words = "|".join(re.escape(word) for word in sorted(joins, key=lambda word: (-len(word), word)))
    body = (
        rf"(?P<comma>、|，)|(?P<join>{words or '(?!)'})"
        if dense
        else rf"(?P<join>,?\s+(?:{words or '(?!)'})\s+)|(?P<comma>,\s+)"
    )
    return re.compile(body, re.IGNORECASE), re.compile(rf"(?:{body})\Z", re.IGNORECASE)


_WORD = re.compile(r"[^\W\d_](?:[\w'’-]|\.(?=\w))*\.?(?=\s|\W|\Z)")

_PARTICLES = frozenset("of de van von der den la le du da di dos bin ibn al el y af zu".split())


def _forward(
    text: str, start: int, high: int, joining: Joining, quiet: Container[str], *, names: bool, dense: bool
) -> int | None:
    """Where a member ends that begins at a place; None where none does."""
    if dense:
        stop = joining.stops.search(fold_han(text[start : min(high, start + LONGEST_MEMBER)]))
        return start + stop.start() if stop is not None and stop.start() else None
    end: int | None = None
    at, size = start, 0
    while size < 6 and at < min(high, start + LONGEST_MEMBER):
        word = _WORD.match(text, at, high)
        if word is None:
            break
        plain = folded(word[0].rstrip("."))
        capital = word[0][0].isupper() or word[0][0].lower() == word[0][0].upper()
        if capital:
            end = word.end() if len(word[0]) <= 2 or not word[0].endswith(".") else word.end() - 1
        elif plain in _PARTICLES and size:
            pass
        elif names or plain in quiet or size >= 3:
            break
        else:
            end = word.end()
        size, at = size + 1, word.end()
        if text[at : at + 1] != " ":
            break
        at += 1
    return end


def _backward(
    text: str, low: int, end: int, joining: Joining, quiet: Container[str], *, names: bool, dense: bool
) -> int | None:
    """Where a member begins that ends at a place; None where none does."""
    low = max(low, end - LONGEST_MEMBER)
    start: int | None = None
    if dense:
        stops = list(joining.stops.finditer(fold_han(text[low:end])))
        start = low + stops[-1].end() if stops else low
        return start if start < end else None
    for size, word in enumerate(reversed(list(_WORD.finditer(text, low, end)))):
        gap = text[word.end() : end if start is None else start]
        plain = folded(word[0].rstrip("."))
        capital = word[0][0].isupper() or word[0][0].lower() == word[0][0].upper()
        if size >= 6 or gap.strip() or (start is None and gap):
            break
        if plain in _PARTICLES and start is not None and not capital:
            continue
        if (names and not capital) or plain in quiet or (not names and not capital and size >= 3):
            break
        start = word.start()
    return start


def with_point(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch with the point that its number begins with: ".41" of "a .41 calibre", and not "41"."""
    if start < 1 or not text[start : start + 1].isdigit() or text[start - 1] != ".":
        return start, end
    before = text[start - 2 : start - 1] if start > 1 else ""
    return (start, end) if before.isalnum() and not unspaced(before) else (start - 1, end)
