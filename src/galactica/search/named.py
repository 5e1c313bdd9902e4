"""Names and titles of several words that were mistyped, put right as wholes: "Alexandr the Graet".

A word by itself may be right ("Alexandr" is a name of others), and near the other one may be a hundred words; together
they are one mistake or two away from a title, and nothing else is. So runs of words of a question, one of which
is rare or unknown, are compared with titles and aliases:
1. titles whose key is at most two mistakes away from the run's;
2. where there is none, those that have each of its words, or one that looks like it.
A title is what was meant if it has as many words as the run, each few enough mistakes away, numbers the same, and if
the run as it was typed is not a title and its words stand together in a tenth of the articles at most in which the
title's do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA
from tantivy import Occur, Query

from galactica.codes.han import unspaced
from galactica.codes.letters import folded, title_key
from galactica.search.lookalikes import near
from galactica.search.query import WORD, ParsedQuery, lowered
from galactica.search.rank import Weighted
from galactica.search.store import TextIndex, WordShard

LONGEST_RUN = 6
MOST_RUNS = 12
MOST_WORDED = 3
"""Words of a run; runs of one question whose keys are looked for; and those whose words are."""

POOL = 40
"""Titles that are compared with one run."""

RARE = 8
"""Articles up to which a word may be a mistake."""

FEWER = 10
"""How many times as many articles must have the title's words together as have those that were typed."""

TWO_MISTAKES = 8
"""Characters of a run from which its key may be two mistakes away."""

_DISAMBIGUATED = re.compile(r"\s*\([^()]*\)\s*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMeant:
    """A run of the question as it was typed, and the name that was meant."""

    typed: str
    meant: str


def named(
    question: ParsedQuery, weights: Sequence[Weighted], quiet: frozenset[str], indexes: Sequence[TextIndex]
) -> tuple[NameMeant, ...]:
    """The runs of a question that are mistyped names, in order, without overlap.

    Args:
        weights: of the question's words.
        quiet: its words that only ask, or that stay as they are.
    """
    if question.phrases or any(word.negative or word.title_only for word in question.words):
        return ()
    text = question.plain_text
    tokens = [match for match in WORD.finditer(text) if not unspaced(match[0])]
    rare = {w.word.text for w in weights if w.articles <= RARE and len(w.word.text) > 2} - quiet
    doubtful = {word for word in rare if not any(map(str.isdigit, word))}
    stops = {w.word.text for w in weights if w.stop}
    found: list[tuple[int, int, str]] = []
    worded = 0
    for looked, (low, high) in enumerate(_runs([lowered(token[0]) for token in tokens], doubtful, quiet, stops)):
        if looked >= MOST_RUNS:
            break
        if any(low < end and start < high for start, end, _ in found):
            continue
        words = [lowered(token[0]) for token in tokens[low:high]]
        title = _by_key(words, indexes)
        if not title and worded < MOST_WORDED:
            worded += 1
            title = _by_words(words, doubtful, indexes)
        if title:
            found.append((low, high, title))
    return tuple(
        NameMeant(typed=text[tokens[low].start() : tokens[high - 1].end()], meant=title)
        for low, high, title in sorted(found)
    )


def _runs(
    words: Sequence[str], doubtful: set[str], quiet: frozenset[str], stops: set[str]
) -> Iterator[tuple[int, int]]:
    """(first, after the last) of what may be a name, long ones first: a doubtful word is in it, and it neither begins
    nor ends with a word that only asks or is a common one."""
    outer = quiet | stops
    for size in range(min(LONGEST_RUN, len(words)), 1, -1):
        for low in range(len(words) - size + 1):
            run = words[low : low + size]
            if doubtful.intersection(run) and run[-1] not in outer and (run[0] not in outer or size == len(words)):
                yield low, low + size


def _by_key(words: Sequence[str], indexes: Sequence[TextIndex]) -> str:
    """The title or alias whose key is nearest to that of some words; "" where none is near enough."""
    key = title_key(" ".join(words))
    typos = 2 if len(key) >= TWO_MISTAKES else 1
    if any(index.ranked(key, 1) for index in indexes):
        return ""
    titles = [title.name for index in indexes for title in index.titles(key, POOL, typos=typos)]
    return _best(words, titles, indexes)


def _by_words(words: Sequence[str], doubtful: set[str], indexes: Sequence[TextIndex]) -> str:
    """The title or alias that has each of some words, or one that looks like it, for those that are doubtful."""
    titles: list[str] = []
    for index in indexes:
        for shard in index.shards:
            query = _title_query(shard, words, doubtful)
            if query is not None:
                for row, _ in shard.top(query, POOL)[0]:
                    titles += index.edition.names(row)
    return _best(words, titles, indexes)


def _title_query(shard: WordShard, words: Sequence[str], doubtful: set[str]) -> Query | None:
    parts = []
    for word in words:
        terms = shard.analyser.kept(word)
        if word in doubtful:
            terms = [*terms, *(each.term for each in near(shard, word, least=1))]
        either = [shard.term("title", term) for term in terms if shard.title_frequency(term)]
        if either:
            parts.append((Occur.Must, Query.boolean_query([(Occur.Should, each) for each in either])))
        elif shard.analyser.kept(word):
            return None
    return Query.boolean_query(parts) if parts else None


def _best(words: Sequence[str], titles: Sequence[str], indexes: Sequence[TextIndex]) -> str:
    """The title that some words were meant to be; of equally near ones the first."""
    best, fewest = "", 99
    for title in dict.fromkeys(titles):
        plain = _DISAMBIGUATED.sub("", title)
        other = [lowered(word) for word in WORD.findall(plain)]
        mistakes = _mistakes(words, other)
        if 0 < mistakes < fewest and _likelier(words, other, indexes):
            best, fewest = plain, mistakes
    return best


def _mistakes(words: Sequence[str], other: Sequence[str]) -> int:
    """How many mistakes lie between two runs of words; 0 where they are too far apart, or the same."""
    if len(words) != len(other):
        return 0
    total = 0
    for typed, meant in zip(map(folded, words), map(folded, other), strict=True):
        distance = OSA.distance(typed, meant)
        same = sorted(typed) == sorted(meant)
        most = 0 if len(meant) < 3 else 1 if len(meant) < 7 and not same else 2
        if distance > most or (distance and any(map(str.isdigit, typed + meant))):
            return 0
        total += distance
    return total if total <= max(2, len(words) + 1) else 0


def _likelier(words: Sequence[str], other: Sequence[str], indexes: Sequence[TextIndex]) -> bool:
    """Whether far more articles have the words of a title together than have those that were typed."""
    return _together(other, indexes) >= max(1, FEWER * _together(words, indexes))


def _together(words: Sequence[str], indexes: Sequence[TextIndex]) -> int:
    total = 0
    for shard in (shard for index in indexes for shard in index.shards):
        several = [term for word in words for term in shard.analyser.kept(word)]
        if several:
            either = [
                Query.boolean_query([(Occur.Should, shard.term(field, term)) for field in ("body", "title")])
                for term in dict.fromkeys(several)
            ]
            total += shard.top(Query.boolean_query([(Occur.Must, each) for each in either]), 1, count=True)[1]
    return total


def neighbours(word: str, text: str, quiet: frozenset[str]) -> list[tuple[str, bool]]:
    """The words next to one with which it is written as a name of several, with a capital each: (word, whether it
    stands before)."""
    tokens = [match[0] for match in WORD.finditer(text)]
    found = []
    for left, right in pairwise(tokens):
        first, second = lowered(left), lowered(right)
        if left[0] != left[0].lower() and right[0] != right[0].lower() and not quiet.intersection((first, second)):
            found += [(second, False)] * (first == word) + [(first, True)] * (second == word)
    return found
