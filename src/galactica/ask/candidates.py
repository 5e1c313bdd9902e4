"""What in a sentence may be the answer, and what speaks for each: a row of numbers for each stretch.

Any run of at most `MOST_LONG` pieces is looked at that neither begins nor ends with a common word and goes over no
stronger border than a comma; and every run up to the end of its clause. What speaks for one is told without knowing
its language but for which words are common: what the question's words are near it, how it is written, what borders it
has. How much each counts, for each kind of question, was learned (`rules`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from galactica.ask.evidence import sentences
from galactica.ask.kinds import Sought, primary
from galactica.ask.pieces import CAPITAL, NUMBER, PLAIN, Pieces, counted, cut, role_names, vectors, weight
from galactica.ask.values import month_names, unit_names
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

_STRONG = re.compile(r"[.!?;:()\[\]\n\t“”\"「」《》『』。！？；：（）।、，؛،—–]|\s-\s")
_COMMA = re.compile(r"[,،、，]")
_OPENING = re.compile(r"[(（\[]")
_QUOTES = re.compile(r"[\"“”「」《》『』«»‘]")
_SOFT = re.compile(r"[,،、，]")
_YEAR = re.compile(r"1\d{3}|20\d{2}")


Inside = Callable[[NDArray[np.generic]], NDArray[np.float64]]
"""Of flags of pieces: how many of each stretch's have it."""

Put = Callable[[str, "NDArray[np.generic] | float"], None]
"""Sets a feature of all stretches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A question as stretches are compared with it.

    Attributes:
        sought: what it asks for.
        weights: key of a piece → what it counts; the common words and those that only ask are left out.
        total: their sum.
        focus: keys of the noun that it asks by.
        english: whether English endings say anything.
        directions: vectors of its content words, each of length 1: `float32 [words, dimensions]`; None without encoder.
        counts: what each of them counts.
        focus_direction: of the noun that it asks by; None where there is none.
    """

    sought: Sought
    weights: dict[str, float]
    total: float
    focus: frozenset[str]
    english: bool
    directions: NDArray[np.float32] | None
    counts: NDArray[np.float32]
    focus_direction: NDArray[np.float32] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What vectors of words say of the words of a passage.

    Attributes:
        rows: word → its row.
        weights: how much each says: `float32 [words]`.
        like: how much each is like the question's words, none counted below `ALIKE`: `float32 [words, question]`.
        focus: how much each is like the noun that is asked by: `float32 [words]`.
    """

    rows: dict[str, int]
    weights: NDArray[np.float32]
    like: NDArray[np.float32]
    focus: NDArray[np.float32]


ALIKE = 0.3
"""Cosine of two words from which they are taken to be alike."""


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


@lru_cache(maxsize=64)
def wanted(question: str, sought: Sought, language: str) -> Wanted:
    """A question, made ready.

    Args:
        language: of the passages: its stems are what is compared.
    """
    pieces = cut(question, language)
    weights: dict[str, float] = {}
    quiet = cut(question, sought.tongue).common if sought.tongue != language else pieces.common
    if len(quiet) != len(pieces):
        quiet = pieces.common
    counts_here = [own and not other for own, other in zip(counted(pieces), quiet, strict=True)]
    for key, counts_one, start, end in zip(pieces.keys, counts_here, pieces.starts, pieces.ends, strict=True):
        if counts_one:
            weights[key] = max(0.05, weight(key if not pieces.spaced else question[start:end]))
    focus = cut(sought.focus, language).keys if sought.focus else []
    content = [word for word, own in zip(pieces.words, counts_here, strict=True) if own]
    counts = np.array([max(0.05, weight(word)) for word in content], np.float32)
    noun = cut(sought.focus, sought.tongue).words if sought.focus else []
    return Wanted(
        sought=sought,
        weights=weights,
        total=sum(weights.values()) or 1.0,
        focus=frozenset(focus),
        english=primary(language) == "en",
        directions=_directions(content),
        counts=counts / max(float(counts.sum()), 1e-6),
        focus_direction=_directions(noun[-1:]),
    )


@lru_cache(maxsize=64)
def sentences_of(text: str, language: str) -> tuple[Pieces, ...]:
    """The sentences of a text that have any piece, in order."""
    several = (cut(text, language, *span) for span in sentences(text))
    return tuple(each for each in several if len(each))


def known(question: Wanted, several: Sequence[Pieces]) -> Known | None:
    """What vectors say of all words of a passage; None where there is no encoder."""
    encoder = vectors()
    words = list(dict.fromkeys(word for pieces in several for word in pieces.words))
    if encoder is None or not words:
        return None
    table = encoder.vectors(words)
    lengths = np.linalg.norm(table, axis=1)
    table = table / np.maximum(lengths, 1e-6)[:, None]

    def like(directions: NDArray[np.float32] | None) -> NDArray[np.float32]:
        if directions is None:
            return np.zeros((len(words), 0), np.float32)
        return np.asarray(np.maximum(table @ directions.T - ALIKE, 0.0) / (1 - ALIKE), np.float32)

    focus = like(question.focus_direction)
    return Known(
        rows={word: row for row, word in enumerate(words)},
        weights=lengths.astype(np.float32),
        like=like(question.directions),
        focus=focus[:, 0] if focus.shape[1] else np.zeros(len(words), np.float32),
    )


def _directions(words: Sequence[str]) -> NDArray[np.float32] | None:
    encoder = vectors()
    if encoder is None or not words:
        return None
    table = encoder.vectors(list(words))
    return np.asarray(table / np.maximum(np.linalg.norm(table, axis=1), 1e-6)[:, None], np.float32)


def share(question: Wanted, keys: set[str]) -> float:
    """The share of a question's weight that stands among some pieces: 0 to 1."""
    return sum(value for key, value in question.weights.items() if key in keys) / question.total


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
    _nearness(match, first, last, out, ("left", "right", "nearest_left", "nearest_right", "around"))
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
    _written(text, pieces, question, first, last, inside, put)
    _roles(pieces, first, last, opens, closes, inside, out)
    if told is not None:
        _meant(pieces, question, told, first, last, out)
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


def _nearness(
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


def _written(
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
    money = np.array([text[max(0, a - 1) : a] in "$£€¥₹" and a > 0 for a in pieces.starts])
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


def _roles(
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


def _meant(
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
    _nearness(own, first, last, out, ("like_left", "like_right"))


def _between(flags: NDArray[np.bool_], first: NDArray[np.int32], last: NDArray[np.int32]) -> NDArray[np.int64]:
    """How many gaps inside a stretch are such."""
    sums = np.concatenate([[0], np.cumsum(flags)])
    return np.asarray(sums[last] - sums[first + 1])


def keys_of(several: Sequence[Pieces]) -> set[str]:
    """The keys of some pieces, each once."""
    return {key for pieces in several for key in pieces.keys}
