"""What speaks for a stretch of a sentence: the names of the numbers, and how the harder ones are reckoned.

None depends on the language of the passage but those that say so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from galactica.ask.comparing import Known, Wanted
from galactica.ask.pieces import NUMBER, PLAIN, Pieces, role_names
from galactica.values.months import month_names
from galactica.values.units import MONEY, unit_names

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
    "month",  # names a month
    "unit",  # a number with a unit behind it
    "money",
    "percent",
    "weight",  # how much its pieces say, on the average
    "weight_first",
    "weight_last",
    "likeness",  # share of the question's weight that stands in the sentence in words that are alike
    "like_left",  # as `left`, in words that are alike
    "like_right",
    "like_own",  # how much the stretch itself is like the question's words
    "like_focus",  # how much its last or first piece is like the noun that is asked by
    "ends_ed",  # English only: a word that is written like a verb or adverb
    "ends_ing",
    "ends_ly",
    "begins_ed",
    "begins_ing",
    "begins_ly",
    "of_inside",
    "and_inside",
    "in_inside",
    "is_inside",
    "the_inside",
    "other_inside",
    *(f"after {name}" for name in role_names()[1:]),
    *(f"before {name}" for name in role_names()[1:]),
)

COLUMN = {name: at for at, name in enumerate(NAMES)}

Inside = Callable[[NDArray[np.generic]], NDArray[np.float64]]
"""Of flags of pieces: how many of each stretch's have it."""

Put = Callable[[str, "NDArray[np.generic] | float"], None]
"""Sets a feature of all stretches."""


def nearness(
    match: NDArray[np.float32],
    first: NDArray[np.int32],
    last: NDArray[np.int32],
    out: NDArray[np.float32],
    names: Sequence[str],
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
    out[:, COLUMN[names[0]]] = before.sum(1)
    out[:, COLUMN[names[1]]] = behind.sum(1)
    if len(names) == 2:
        return
    out[:, COLUMN[names[2]]] = before.max(1)
    out[:, COLUMN[names[3]]] = behind.max(1)
    close = ((left > 0) & (left <= 6)) | ((right > 0) & (right <= 6))
    out[:, COLUMN[names[4]]] = np.where(close, weights, 0.0).sum(1)


def written_like(
    text: str,
    pieces: Pieces,
    question: Wanted,
    first: NDArray[np.int32],
    last: NDArray[np.int32],
    inside: Inside,
    put: Put,
) -> None:
    """What stretches look like: months, units, money, endings."""
    folded_words = [word.split("'")[0] for word in pieces.words]
    month = np.array([word in month_names() for word in folded_words])
    unit = np.array([word in unit_names() for word in folded_words])
    number = np.array(pieces.kinds) == NUMBER
    money = np.array([text[max(0, a - 1) : a] in MONEY for a in pieces.starts])
    percent = np.array([text[b : b + 2].strip()[:1] == "%" or text[b : b + 8] == " percent" for b in pieces.ends])
    put("month", inside(month) > 0)
    put("unit", (inside(unit) > 0) & number[first])
    put("money", inside(money) > 0)
    put("percent", inside(percent & number) > 0)
    if not question.english:
        return
    plain = np.array(pieces.kinds) == PLAIN
    for ending in ("ed", "ing", "ly"):
        ends = plain & np.array([word.endswith(ending) and len(word) > 4 for word in pieces.words])
        put(f"ends_{ending}", ends[last - 1])
        put(f"begins_{ending}", ends[first])


def roles(
    pieces: Pieces,
    first: NDArray[np.int32],
    last: NDArray[np.int32],
    opens: NDArray[np.bool_],
    closes: NDArray[np.bool_],
    inside: Inside,
    out: NDArray[np.float32],
) -> None:
    """The small words before, behind and inside of stretches."""
    names = role_names()
    roles = np.array(pieces.roles)
    rows = np.arange(len(first))
    before = np.where(opens, 0, roles[np.maximum(first - 1, 0)])
    behind = np.where(closes, 0, roles[np.minimum(last, len(roles) - 1)])
    there = before > 0
    out[rows[there], COLUMN["after by"] + before[there] - 1] = 1.0
    there = behind > 0
    out[rows[there], COLUMN["before by"] + behind[there] - 1] = 1.0
    told = np.zeros(len(roles), np.bool_)
    for name in ("of", "and", "in", "is", "the"):
        own = roles == names.index(name)
        out[:, COLUMN[f"{name}_inside"]] = inside(own)
        told |= own
    out[:, COLUMN["other_inside"]] = inside((roles > 0) & ~told)


def meant(
    pieces: Pieces,
    question: Wanted,
    told: Known,
    first: NDArray[np.int32],
    last: NDArray[np.int32],
    out: NDArray[np.float32],
) -> None:
    """What vectors of words say of stretches."""
    rows = np.array([told.rows[word] for word in pieces.words])
    common = np.array(pieces.common)
    weights = told.weights[rows]
    sums = np.concatenate([[0.0], np.cumsum(weights)])
    out[:, COLUMN["weight"]] = (sums[last] - sums[first]) / (last - first)
    out[:, COLUMN["weight_first"]] = weights[first]
    out[:, COLUMN["weight_last"]] = weights[last - 1]
    itself = np.array([key in question.focus for key in pieces.keys])
    focus = told.focus[rows]
    sums = np.concatenate([[0], np.cumsum(itself)])
    nothing_else = (sums[last] - sums[first]) == last - first
    out[:, COLUMN["like_focus"]] = np.where(nothing_else, 0.0, np.maximum(focus[first], focus[last - 1]))
    like = told.like[rows]
    if not like.shape[1]:
        return
    out[:, COLUMN["likeness"]] = float((like.max(0) * question.counts).sum())
    own = np.where(common, 0.0, (like * question.counts).max(1)).astype(np.float32)
    sums = np.concatenate([[0.0], np.cumsum(own)])
    out[:, COLUMN["like_own"]] = (sums[last] - sums[first]) / (last - first)
    nearness(own, first, last, out, ("like_left", "like_right"))
