"""Records of tables matched without labels by the core of `joining.topics`: fields of words, weights learned.

The same way for every set: of each record the words of the columns that name it ("title") and of all others ("rest"),
its codes (words of letters and digits) and years. Words are compared by their cosine, rare ones weighing more;
candidates are the ten nearest by all words.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz.distance import Levenshtein

from galactica.codes.letters import folded
from galactica.joining.topics.clustering import TopicEdge, clustered
from galactica.joining.topics.learning import UNKNOWN, Pattern, Weights, learned_weights

NEAREST = 10
MOST_RECORDS = 400
"""Of a word that makes candidates."""

_WORD = re.compile(r"\w+")
_DATED = re.compile(r"\(\d{4}[^()]{0,9}\)")
_STEPS = (0.9, 0.75, 0.6, 0.45, 0.3, 0.15)
_SAME = (0.25, 0.2, 0.2, 0.15, 0.1, 0.06, 0.04)
_OTHER = (0.0005, 0.001, 0.0025, 0.006, 0.02, 0.07, 0.9)
_CODE_SAME, _CODE_OTHER = (0.55, 0.15, 0.30), (0.001, 0.009, 0.99)
_YEAR_SAME, _YEAR_OTHER = (0.9, 0.05, 0.05), (0.05, 0.07, 0.88)

BEGUN = Weights(
    share=0.001,
    same=(_SAME, _SAME, _CODE_SAME, _YEAR_SAME, (0.75, 0.15, 0.1)),
    other=(_OTHER, _OTHER, _CODE_OTHER, _YEAR_OTHER, (0.002, 0.018, 0.98)),
)


@dataclass(slots=True)
class TableRecord:
    """A row: its id, and the words of its fields; `codes` are words with digits and letters, `years` its years."""

    id: str
    side: int
    title: str
    fields: tuple[Counter[str], ...]
    codes: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    weighed: tuple[dict[str, float], ...] = field(default=())


def record_of(identity: str, side: int, columns: Mapping[str, str], first: Sequence[str]) -> TableRecord:
    """A row of a table as a record; `first` are the columns that name it."""
    title = _DATED.sub(" ", " ".join(columns.get(name, "") for name in first))
    rest = " ".join(value for name, value in columns.items() if name not in first)
    both = folded(f"{title} {rest}")
    codes = {each.replace("-", "").replace("/", "") for each in re.findall(r"[a-z0-9][a-z0-9/-]{3,}", both)}
    return TableRecord(
        id=identity,
        side=side,
        title=folded(title),
        fields=tuple(Counter(_WORD.findall(folded(text))) for text in (title, rest)),
        codes=frozenset(c for c in codes if any(map(str.isdigit, c)) and any(map(str.isalpha, c))),
        years=frozenset(_years(columns)),
    )


def _years(columns: Mapping[str, str]) -> Iterable[int]:
    for name, value in columns.items():
        for each in re.findall(r"\d{2,4}", value) if name == "year" else re.findall(r"\((\d{4})\)", value):
            number = int(each)
            yield number if number > 99 else number + (1900 if number > 30 else 2000)


def match(records: Sequence[TableRecord], *, one_to_one: bool, least: int = 0) -> tuple[set[tuple[int, int]], int]:
    """Pairs of places in `records` that are of one thing; how many candidates there were."""
    weigh(records)
    candidates, best = nearest(records, apart=one_to_one)
    patterns = {pair: pattern_of_rows(records, pair, best) for pair in candidates}
    chance: Counter[Pattern] = Counter()
    rng = np.random.default_rng(7)
    sides = [[at for at, r in enumerate(records) if r.side == side] for side in ((0, 1) if one_to_one else (0, 0))]
    for left, right in zip(rng.choice(sides[0], 20_000).tolist(), rng.choice(sides[1], 20_000).tolist(), strict=True):
        if left != right:
            chance[pattern_of_rows(records, (min(left, right), max(left, right)), best)] += 1
    every = len(sides[0]) * len(sides[1]) if one_to_one else len(sides[0]) ** 2 / 2
    weights = learned_weights(Counter(patterns.values()), chance, every, BEGUN, strength=50)
    worth = {pair: weights.before + sum(weights.of(pattern)) - least for pair, pattern in patterns.items()}
    edges = [TopicEdge(bits=bits, low=low, high=high) for (low, high), bits in worth.items() if bits >= 0]
    groups = [record.side for record in records] if one_to_one else [-1] * len(records)
    found = clustered(edges, groups, lambda low, high: "", compared=worth)
    return {(a, b) for rows in found.clusters for i, a in enumerate(rows) for b in rows[i + 1 :]}, len(candidates)


def weigh(records: Sequence[TableRecord]) -> None:
    """Give each word of each field its weight; each field's vector has length 1."""
    counts = Counter(word for record in records for word in set().union(*record.fields))
    total = len(records)
    for record in records:
        several = []
        for words in (*record.fields, sum(record.fields, Counter())):
            weighed = {word: math.log(total / counts[word]) + 0.1 for word in words}
            length = math.sqrt(sum(each * each for each in weighed.values())) or 1.0
            several.append({word: each / length for word, each in weighed.items()})
        record.weighed = tuple(several)


def nearest(records: Sequence[TableRecord], *, apart: bool) -> tuple[set[tuple[int, int]], dict[int, int]]:
    """The pairs of each record with its nearest by all words, and the nearest of each."""
    postings: dict[str, list[tuple[int, float]]] = {}
    for at, record in enumerate(records):
        for word, weight in record.weighed[2].items():
            postings.setdefault(word, []).append((at, weight))
    rows = {w: np.array([at for at, _ in p]) for w, p in postings.items() if len(p) <= MOST_RECORDS}
    weights = {w: np.array([weight for _, weight in postings[w]]) for w in rows}
    sides = np.array([record.side for record in records])
    found: set[tuple[int, int]] = set()
    best: dict[int, int] = {}
    scores = np.zeros(len(records))
    for at, record in enumerate(records):
        touched = [rows[word] for word in record.weighed[2] if word in rows]
        for word, weight in record.weighed[2].items():
            if word in rows:
                scores[rows[word]] += weight * weights[word]
        some = np.unique(np.concatenate(touched)) if touched else np.zeros(0, np.int64)
        kept = some[(sides[some] != record.side) if apart else (some != at)]
        order = kept[np.argsort(-scores[kept], kind="stable")][: NEAREST if apart else 60]
        if len(order):
            best[at] = int(order[0])
        found |= {(min(at, other), max(at, other)) for other in order.tolist()}
        scores[some] = 0
    return found, best


def pattern_of_rows(records: Sequence[TableRecord], pair: tuple[int, int], best: Mapping[int, int]) -> Pattern:
    """The levels of a pair: title, rest, codes, years, and whether each is the other's nearest."""
    one, other = records[pair[0]], records[pair[1]]
    if one.codes and other.codes:
        shared = bool(one.codes & other.codes)
        inside = any(a in b or b in a for a in one.codes for b in other.codes)
        codes = 0 if shared else 1 if inside else 2
    else:
        codes = UNKNOWN
    if one.years and other.years:
        apart = min(abs(a - b) for a in one.years for b in other.years)
        years = 0 if not apart else 1 if apart == 1 else 2
    else:
        years = UNKNOWN
    mutual = 2 - (best.get(pair[0]) == pair[1]) - (best.get(pair[1]) == pair[0])
    if one.side == other.side:
        mutual = UNKNOWN  # of several of one thing one is nearest
    return _cosine(one, other, 0), _cosine(one, other, 1), codes, years, mutual


def _cosine(one: TableRecord, other: TableRecord, at: int) -> int:
    left, right = one.weighed[at], other.weighed[at]
    if not left or not right:
        return UNKNOWN
    if len(left) > len(right):
        left, right = right, left
    near = sum(weight * right[word] for word, weight in left.items() if word in right)
    if at == 0 and near < _STEPS[2] and max(len(one.title), len(other.title)) < 80:
        near = max(near, Levenshtein.normalized_similarity(one.title, other.title) ** 2)
    return next((level for level, step in enumerate(_STEPS) if near >= step), len(_STEPS))
