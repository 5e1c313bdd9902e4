"""What in a sentence may be the answer, and what speaks for each: a row of numbers for each stretch.

Any run of at most `MOST_LONG` pieces is looked at that neither begins nor ends with a common word and goes over no
stronger border than a comma; and every run up to the end of its clause. What speaks for one is told without knowing
its language but for which words are common: what the question's words are near it, how it is written, what borders it
has. How much each counts, for each kind of question, was learned (`rules`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from galactica.ask.kinds import Sought
from galactica.ask.pieces import CAPITAL, NUMBER, Pieces, cut, weight
from galactica.codes.han import unspaced

MOST_LONG = 8
"""Pieces of an ordinary stretch; twice as many where pieces are characters."""

MOST_CLAUSE = 24
"""Pieces of a stretch that goes on to the end of its clause."""

MOST_STRETCHES = 1_500
"""Of one sentence."""

NAMES = (
    "bias",
    "sentence",  # share of the question's weight that stands in the sentence
    "sentence_squared",
    "passage",  # share of it that stands in the passage or the title
    "title",
    "missing",  # share of it that stands nowhere here
    "own",  # share of the stretch's pieces that the question has: they answer nothing
    "left",  # the question's weight before the stretch, each word divided by its distance
    "right",
    "nearest_left",
    "nearest_right",
    "around",  # share of the question's weight within six pieces on both sides
    "one",  # one piece long
    "two",
    "three",
    "four_five",
    "six_eight",
    "longer",
    "digit",  # begins with a number
    "digit_inside",
    "year",  # a number of four digits from 1000 to 2100
    "small",  # nothing but one number that is no year
    "capital",  # share of pieces that begin with a capital; the first word of a sentence counts half
    "all_capital",
    "capital_before",  # cut out of a longer name
    "capital_after",
    "common_inside",
    "joined",  # a comma inside
    "after_common",
    "before_common",
    "after_border",
    "before_border",
    "bracketed",
    "quoted",
    "opens",  # begins the sentence
    "closes",
    "focus",  # the noun that the question asks by is in it
    "focus_beside",
    "clause",  # ends where its clause does
    "number_next",  # a number right before or after it is left out
)
COLUMN = {name: at for at, name in enumerate(NAMES)}

_STRONG = re.compile(r"[.!?;:()\[\]\n\t“”\"「」《》『』。！？；：（）।、，؛،—–]|\s-\s")
_COMMA = re.compile(r"[,،、，]")
_OPENING = re.compile(r"[(（\[]")
_QUOTES = re.compile(r"[\"“”「」《》『』«»‘]")
_SOFT = re.compile(r"[,،、，]")
_YEAR = re.compile(r"1\d{3}|20\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A question as stretches are compared with it.

    Attributes:
        sought: what it asks for.
        weights: key of a piece → what it counts; the common words and those that only ask are left out.
        total: their sum.
        focus: keys of the noun that it asks by.
    """

    sought: Sought
    weights: dict[str, float]
    total: float
    focus: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretches:
    """Stretches of one sentence.

    Attributes:
        starts, ends: in code points of the text: `int32 [stretches]`.
        features: `float32 [stretches, len(NAMES)]`.
    """

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    features: NDArray[np.float32]


def wanted(question: str, sought: Sought, language: str) -> Wanted:
    """A question, made ready.

    Args:
        language: of the passages: its stems are what is compared.
    """
    pieces = cut(question, language)
    weights: dict[str, float] = {}
    quiet = cut(question, sought.tongue).common if sought.tongue != language else pieces.common
    for key, common, other, start, end in zip(
        pieces.keys, pieces.common, quiet, pieces.starts, pieces.ends, strict=True
    ):
        if not (common or other):
            weights[key] = max(0.05, weight(key if not pieces.spaced else question[start:end]))
    focus = cut(sought.focus, language).keys if sought.focus else []
    return Wanted(sought=sought, weights=weights, total=sum(weights.values()) or 1.0, focus=frozenset(focus))


def share(question: Wanted, keys: set[str]) -> float:
    """The share of a question's weight that stands among some pieces: 0 to 1."""
    return sum(value for key, value in question.weights.items() if key in keys) / question.total


def stretches(text: str, pieces: Pieces, question: Wanted, passage: float, title: float, here: float) -> Stretches:
    """The stretches of a sentence.

    Args:
        text: of the passage.
        pieces: of the sentence.
        passage, title, here: share of the question in the passage or its title, in the title, in the sentence.
    """
    n = len(pieces)
    first, last, clause = _runs(text, pieces)
    if not len(first):
        return Stretches(starts=first, ends=last, features=np.zeros((0, len(NAMES)), np.float32))
    gaps = _gaps(text, pieces)
    kinds = np.array(pieces.kinds)
    common = np.array(pieces.common)
    match = np.array([question.weights.get(key, 0.0) for key in pieces.keys], np.float32) / question.total
    out = np.zeros((len(first), len(NAMES)), np.float32)
    size = last - first
    before, after = np.maximum(first - 1, 0), np.minimum(last, n - 1)
    opens, closes = first == 0, last == n

    def put(name: str, values: NDArray[np.generic] | float) -> None:
        out[:, COLUMN[name]] = values

    def inside(flags: NDArray[np.generic]) -> NDArray[np.float64]:
        sums = np.concatenate([[0.0], np.cumsum(flags, dtype=np.float64)])
        return np.asarray(sums[last] - sums[first])

    put("bias", 1.0)
    put("sentence", here)
    put("sentence_squared", here * here)
    put("passage", passage)
    put("title", title)
    put("missing", 1.0 - passage)
    put("own", inside(match > 0) / size)
    _nearness(match, first, last, out)
    long = size if pieces.spaced else (size + 1) // 2
    for name, low, high in (
        ("one", 1, 1),
        ("two", 2, 2),
        ("three", 3, 3),
        ("four_five", 4, 5),
        ("six_eight", 6, 8),
        ("longer", 9, 99),
    ):
        put(name, (long >= low) & (long <= high))
    number = kinds == NUMBER
    capital = np.where(kinds == CAPITAL, 1.0, 0.0)
    if n and kinds[0] == CAPITAL:
        capital[0] = 0.5
    year = np.array([bool(_YEAR.fullmatch(text[a:b])) for a, b in zip(pieces.starts, pieces.ends, strict=True)])
    put("digit", number[first])
    put("digit_inside", inside(number) > 0)
    put("year", inside(year) > 0)
    put("small", (size == 1) & number[first] & ~year[first])
    put("capital", inside(capital) / np.maximum(1, size - inside(common)))
    put("all_capital", inside(capital) >= np.maximum(1, size - inside(common)) - 0.5)
    put("capital_before", ~opens & (capital[before] == 1) & (capital[first] == 1) & ~gaps.any_mark[first])
    put("capital_after", ~closes & (capital[after] == 1) & (capital[last - 1] == 1) & ~gaps.any_mark[last])
    put("common_inside", inside(common))
    put("joined", _between(gaps.comma, first, last) > 0)
    put("after_common", ~opens & common[before])
    put("before_common", ~closes & common[after])
    put("after_border", gaps.any_mark[first])
    put("before_border", gaps.any_mark[last])
    put("bracketed", gaps.opening[first])
    put("quoted", gaps.quote[first] & gaps.quote[last])
    put("opens", opens)
    put("closes", closes)
    focus = np.array([key in question.focus for key in pieces.keys])
    put("focus", inside(focus) > 0)
    near = np.maximum(np.where(opens, 0, focus[before]), np.where(closes, 0, focus[after]))
    put("focus_beside", near)
    put("clause", clause)
    put("number_next", (number[before] & ~gaps.any_mark[first]) | (number[after] & ~gaps.any_mark[last]))
    starts = np.array(pieces.starts, np.int32)[first]
    ends = np.array(pieces.ends, np.int32)[last - 1]
    return Stretches(starts=starts, ends=ends, features=out)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gaps:
    """What stands between pieces: `bool [pieces + 1]`, the gap before each, and the last one."""

    strong: NDArray[np.bool_]
    comma: NDArray[np.bool_]
    any_mark: NDArray[np.bool_]
    opening: NDArray[np.bool_]
    quote: NDArray[np.bool_]


def _gaps(text: str, pieces: Pieces) -> _Gaps:
    n = len(pieces)
    between = [text[pieces.ends[at - 1] if at else max(0, pieces.starts[0] - 2) : pieces.starts[at]] for at in range(n)]
    between.append(text[pieces.ends[-1] : pieces.ends[-1] + 2] if n else "")

    def flags(pattern: re.Pattern[str]) -> NDArray[np.bool_]:
        return np.array([bool(gap) and pattern.search(gap) is not None for gap in between], np.bool_)

    strong, comma = flags(_STRONG), flags(_COMMA)
    ends = np.zeros(n + 1, np.bool_)
    ends[[0, n]] = True
    return _Gaps(
        strong=strong, comma=comma, any_mark=strong | comma | ends, opening=flags(_OPENING), quote=flags(_QUOTES)
    )


def _runs(text: str, pieces: Pieces) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.bool_]]:
    """(first, last + 1, whether it ends its clause) of the stretches that are looked at."""
    n = len(pieces)
    if not n:
        empty = np.zeros(0, np.int32)
        return empty, empty, np.zeros(0, np.bool_)
    gaps = _gaps(text, pieces)
    most = MOST_LONG if pieces.spaced else 2 * MOST_LONG
    found: dict[tuple[int, int], bool] = {}
    for first in range(n):
        if pieces.common[first]:
            continue
        for last in range(first + 1, min(n, first + most) + 1):
            if last - 1 > first and gaps.strong[last - 1]:
                break
            if not pieces.common[last - 1]:
                found[first, last] = False
        end = first + 1
        while end < n and end - first < MOST_CLAUSE and not gaps.strong[end]:
            end += 1
            if gaps.comma[min(end, n)] and not pieces.common[end - 1]:
                found[first, end] = True
        if end - first < MOST_CLAUSE and not pieces.common[end - 1]:
            found[first, end] = True
        if len(found) >= MOST_STRETCHES:
            break
    first_, last_ = np.array([a for a, _ in found], np.int32), np.array([b for _, b in found], np.int32)
    return first_, last_, np.array(list(found.values()), np.bool_)


def _nearness(
    match: NDArray[np.float32], first: NDArray[np.int32], last: NDArray[np.int32], out: NDArray[np.float32]
) -> None:
    """The features of the question's words before and behind each stretch."""
    at = np.flatnonzero(match)
    if not len(at):
        return
    weights = match[at]
    left = first[:, None] - at[None, :]
    right = at[None, :] - last[:, None] + 1
    before = np.where(left > 0, weights / (1 + np.maximum(left, 1) / 3), 0.0)
    behind = np.where(right > 0, weights / (1 + np.maximum(right, 1) / 3), 0.0)
    out[:, COLUMN["left"]] = before.sum(1)
    out[:, COLUMN["right"]] = behind.sum(1)
    out[:, COLUMN["nearest_left"]] = before.max(1)
    out[:, COLUMN["nearest_right"]] = behind.max(1)
    close = ((left > 0) & (left <= 6)) | ((right > 0) & (right <= 6))
    out[:, COLUMN["around"]] = np.where(close, weights, 0.0).sum(1)


def _between(flags: NDArray[np.bool_], first: NDArray[np.int32], last: NDArray[np.int32]) -> NDArray[np.int64]:
    """How many gaps inside a stretch are such."""
    sums = np.concatenate([[0], np.cumsum(flags)])
    return np.asarray(sums[last] - sums[first + 1])


def is_unspaced(text: str) -> bool:
    """Whether pieces of a text are characters."""
    return unspaced(text)


def keys_of(several: Sequence[Pieces]) -> set[str]:
    """The keys of some pieces, each once."""
    return {key for pieces in several for key in pieces.keys}
