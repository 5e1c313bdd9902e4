"""What in a sentence may be the answer, and what speaks for each: a row of numbers for each stretch.

Any run of at most `MOST_LONG` pieces is looked at that neither begins nor ends with a common word and goes over no
stronger border than a comma; and every run up to the end of its clause. What speaks for one is told without knowing
its language but for which words are common: what the question's words are near it, how it is written, what borders it
has. How much each counts, for each kind of question, was learned (`rules`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from galactica.ask.comparing import Known, Wanted
from galactica.ask.describing import COLUMN, NAMES, meant, nearness, roles, written_like
from galactica.ask.pieces import CAPITAL, NUMBER, PLAIN, Pieces
from galactica.codes.han import unspaced

MOST_LONG = 8
"""Pieces of an ordinary stretch; twice as many where pieces are characters."""

MOST_CLAUSE = 24
"""Pieces of a stretch that goes on to the end of its clause."""

MOST_STRETCHES = 1_500
"""Of one sentence."""

_STRONG = re.compile(r"[.!?;:()\[\]\n\t“”\"「」《》『』。！？；：（）।、，؛،—–]|\s-\s")

_COMMA = re.compile(r"[,،、，]")

_OPENING = re.compile(r"[(（\[]")

_QUOTES = re.compile(r"[\"“”「」《》『』«»‘]")

_SOFT = re.compile(r"[,،、，]")

_YEAR = re.compile(r"1\d{3}|20\d{2}")


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


def stretches(
    text: str, pieces: Pieces, question: Wanted, told: Known | None, passage: float, title: float, here: float
) -> Stretches:
    """The stretches of a sentence.

    Args:
        text: of the passage.
        pieces: of the sentence.
        told: what vectors say of the passage's words.
        passage, title, here: share of the question in the passage or its title, in the title, in the sentence.
    """
    n = len(pieces)
    first, last, clause = _runs(text, pieces, question)
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
    own = np.array([key in question.weights or key in question.focus for key in pieces.keys])
    put("own", inside(own) / size)
    nearness(match, first, last, out, ("left", "right", "nearest_left", "nearest_right", "around"))
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
    written_like(text, pieces, question, first, last, inside, put)
    roles(pieces, first, last, opens, closes, inside, out)
    if told is not None:
        meant(pieces, question, told, first, last, out)
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
    if not pieces.spaced:  # what has no spaces between words has them where others have commas
        comma |= np.array([gap.isspace() for gap in between])
    ends = np.zeros(n + 1, np.bool_)
    ends[[0, n]] = True
    return _Gaps(
        strong=strong, comma=comma, any_mark=strong | comma | ends, opening=flags(_OPENING), quote=flags(_QUOTES)
    )


def _runs(
    text: str, pieces: Pieces, question: Wanted
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.bool_]]:
    """(first, last + 1, whether it ends its clause) of the stretches that are looked at."""
    n = len(pieces)
    if not n:
        empty = np.zeros(0, np.int32)
        return empty, empty, np.zeros(0, np.bool_)
    gaps = _gaps(text, pieces)
    borders = None if pieces.spaced else _borders(text, pieces, question, gaps)
    most = MOST_LONG if pieces.spaced else 2 * MOST_LONG
    found: dict[tuple[int, int], bool] = {}
    for first in range(n):
        if pieces.common[first] or not (borders is None or borders[first]):
            continue
        for last in range(first + 1, min(n, first + most) + 1):
            if last - 1 > first and gaps.strong[last - 1]:
                break
            if not pieces.common[last - 1] and (borders is None or borders[last]):
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


def _borders(text: str, pieces: Pieces, question: Wanted, gaps: _Gaps) -> list[bool]:
    """Where a word may begin or end in a script without spaces, before each piece and behind the last: at a mark, a
    space, a common word, a number or Latin word, or where the question's words begin or end."""
    n = len(pieces)
    asked = [key in question.weights for key in pieces.keys]
    # A pair of the question's covers two letters.
    within = [asked[at] or (at > 0 and asked[at - 1] and len(pieces.keys[at - 1]) > 1) for at in range(n)]
    letter = [pieces.kinds[at] == PLAIN and unspaced(text[pieces.starts[at]]) for at in range(n)]
    out = [True] * (n + 1)
    for at in range(1, n):
        left, right = at - 1, at
        counts = text[pieces.starts[right] : pieces.ends[right]] in COUNTERS
        counted_here = text[pieces.starts[left] : pieces.ends[left]] in COUNTERS and left > 0 and not letter[left - 1]
        out[at] = (
            bool(gaps.any_mark[at])
            or pieces.ends[left] != pieces.starts[right]
            or pieces.common[left] != pieces.common[right]
            or (letter[left] != letter[right] and not (counts and not letter[left]))
            or within[left] != within[right]
            or counted_here
        )
    return out


COUNTERS = frozenset("年月日号號岁歲人名个個次座条條部支位种種家万萬亿億元米吨噸里度倍代层層页頁册")
"""What stands behind a number and belongs to it."""


def _between(flags: NDArray[np.bool_], first: NDArray[np.int32], last: NDArray[np.int32]) -> NDArray[np.int64]:
    """How many gaps inside a stretch are such."""
    sums = np.concatenate([[0], np.cumsum(flags)])
    return np.asarray(sums[last] - sums[first + 1])
