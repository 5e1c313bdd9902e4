"""What a word that no article has was meant to be: "did you mean".

The words to choose from are the edition's own: the terms of its index that begin like the mistyped one (or like it
with its first two letters exchanged, or without its first; a first letter that is missing or wrong is only forgiven in
titles, which `searcher` looks up as wholes). Of those at one typing mistake's distance (two from seven
letters on), the nearest are taken, and of those the one that most articles have, most of all together with the other
words of the question. As terms are stems, the word itself is read off an article that has it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA
from tantivy import Occur, Query

from galactica.codes.han import unspaced
from galactica.codes.letters import folded, prepare
from galactica.model.projection import project
from galactica.search.query import Question
from galactica.search.rank import Weighted, asked
from galactica.search.store import TextIndex, WordShard

SHORTEST = 4
"""Letters from which a word can be corrected."""

LONGEST = 40

TWO_TYPOS = 7
"""Letters from which two mistakes are forgiven."""

MOST_WORDS = 3
"""Words of one question that are corrected."""

MOST_TERMS = 40_000
"""Terms of one beginning that are looked at."""

RARE = 2
"""A word in at most so many articles may be a mistake that an article made too …"""

TIMES = 50
"""… if a word one letter away is in this many times as many."""

_TOGETHER = 1.5
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    distance: int
    score: float
    index: TextIndex
    shard: WordShard
    term: str


def correct(question: Question, weights: Sequence[Weighted], indexes: Sequence[TextIndex]) -> dict[str, str]:
    """Word of the question as prepared → word that was probably meant; empty where nothing looks mistyped."""
    doubtful = [w for w in weights if _doubtful(w)][:MOST_WORDS]
    sure = [w for w in asked(weights) if w not in doubtful and not w.stop]
    found: dict[str, str] = {}
    for weighted in doubtful:
        choices = [c for index in indexes for shard in index.shards for c in _choices(weighted, sure, index, shard)]
        if choices:
            nearest = min(c.distance for c in choices)
            best = max((c for c in choices if c.distance == nearest), key=lambda c: c.score)
            word = _surface(best, weighted.word.text)
            if word:
                found[weighted.word.text] = word
    return found


def replaced(text: str, corrections: dict[str, str]) -> str:
    """A query with its mistyped words replaced; the rest as it was typed."""
    return _WORD.sub(lambda m: corrections.get(prepare(m[0]).lower(), m[0]), text)


def _doubtful(weighted: Weighted) -> bool:
    text = weighted.word.text
    if weighted.stop or weighted.word.negative or weighted.articles > RARE:
        return False
    return SHORTEST <= len(text) <= LONGEST and not unspaced(text) and not any(map(str.isdigit, text))


def _choices(weighted: Weighted, sure: Sequence[Weighted], index: TextIndex, shard: WordShard) -> list[_Choice]:
    terms = shard.analyser.terms(weighted.word.text)
    if len(terms) != 1 or len(terms[0]) < 3:
        return []
    term = terms[0]
    length = 2 if shard.articles < 200_000 else 3
    beginnings = dict.fromkeys((term[:length], term[1] + term[0] + term[2:length], term[1 : 1 + length]))
    frequencies = {
        other: frequency
        for beginning in beginnings
        for other, frequency in shard.searcher.terms_with_prefix("body", beginning, limit=MOST_TERMS)
    }
    least = max(2, TIMES * weighted.articles)
    most = 2 if len(term) >= TWO_TYPOS and not weighted.known else 1
    near = process.extract(
        term,
        [other for other, frequency in frequencies.items() if frequency >= least and other != term],
        scorer=OSA.distance,
        score_cutoff=most,
        limit=8,
    )
    return [
        _Choice(
            distance=int(distance),
            score=math.log(frequencies[other]) + _TOGETHER * math.log1p(_together(shard, other, sure)),
            index=index,
            shard=shard,
            term=other,
        )
        for other, distance, _ in near
    ]


def _together(shard: WordShard, term: str, sure: Sequence[Weighted]) -> int:
    """In how many articles a term stands with the rarest other word of the question."""
    others = [t for w in sorted(sure, key=lambda w: -w.idf)[:1] for t in shard.analyser.kept(w.word.text)]
    if not others:
        return 0
    query = Query.boolean_query([(Occur.Must, shard.term("body", each)) for each in (term, *others)])
    return shard.top(query, 1, count=True)[1]


def _surface(choice: _Choice, typed: str) -> str:
    """The commonest word of the best article for a term that stems to it; of equals the most like what was typed."""
    rows, _ = choice.shard.top(choice.shard.term("body", choice.term), 1)
    if not rows:
        return ""
    text = folded(project(choice.index.edition.article(rows[0][0]).body))
    counts: dict[str, int] = {}
    for word in _WORD.findall(text):
        if word[:1] == choice.term[:1]:
            counts[word] = counts.get(word, 0) + 1
    same = [word for word in counts if choice.shard.analyser.terms(prepare(word)) == [choice.term]]
    return min(same, key=lambda w: (OSA.distance(w, typed), -counts[w], w), default="")
