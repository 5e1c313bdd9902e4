"""What a word that no article has was meant to be: "did you mean".

The words to choose from are the edition's own (`lookalikes`), two that were run together or one that was torn apart
(`spacing`), and the stop words of the language. One typing mistake is forgiven, two in a longer word that stands with
another word of the question somewhere, or is the whole of it. Of what is found counts how many articles have it, how
many of those have the rarest other word of the question, how many mistakes away it is and of which kind. What is
written as a name, with a capital inside a sentence, only becomes what texts write so too; a part of a name of several
words only what stands beside another part of it somewhere. Names and titles as wholes come first (`named`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tantivy import Occur, Query

from galactica.codes.han import unspaced
from galactica.codes.letters import folded
from galactica.search.asking import asking
from galactica.search.lookalikes import NearTerm, most_typos, near, written
from galactica.search.named import neighbours
from galactica.search.query import WORD, ParsedQuery, lowered
from galactica.search.rank import Weighted, asked
from galactica.search.spacing import side_by_side, taken_apart, torn
from galactica.search.store import TextIndex, WordShard

SHORTEST = 3
"""Letters from which a word can be corrected; of three letters only what no article has at all."""

LONGEST = 40

MOST_WORDS = 3
"""Words of one question that are corrected."""

RARE = 8
"""A word in at most so many articles may be a mistake that an article made too …"""

TIMES = 50
"""… if a word one letter away is in this many times as many."""

MOST_READ = 4
"""Candidates for one word that are read off an article, which takes a millisecond each."""

COMMON = 50
"""Articles that a word must be in which stands with no other word of the question anywhere."""

TOGETHER = 1.5
MISTAKE = 3.0
OTHER_BEGINNING = 2.0
SAME_LETTERS = 2.0
"""What counts beside the logarithm of how many articles have a word: that of how many have it together with the rarest
other word; against it each mistake, and a first letter that is another one; for it the same letters, once or twice and
in any order ("tatoo" is tattoo rather than taboo)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    score: float
    together: int
    index: TextIndex
    shard: WordShard
    near: NearTerm


def correct(
    question: ParsedQuery,
    weights: Sequence[Weighted],
    indexes: Sequence[TextIndex],
    held: frozenset[str] = frozenset(),
) -> dict[str, str]:
    """Word of the question as prepared → what was probably meant; empty where nothing looks mistyped.

    What was torn apart has two words as its key; what was run together has two words as its value.

    Args:
        held: words that stay as they are.
    """
    quiet = asking(question) | held
    doubtful = [w for w in weights if _doubtful(w) and w.word.text not in quiet]
    if not doubtful:
        return {}
    found = torn(question.plain_text, [w.word.text for w in doubtful if not w.known], indexes)
    rest = [w for w in doubtful if not any(w.word.text in key.split(" ") for key in found)]
    names = _names(question.plain_text)
    stops = {w.word.text for w in weights if w.stop}
    for weighted in rest[: max(0, MOST_WORDS - len(found))]:
        sure = [w for w in asked(weights) if w.known and w != weighted and not w.stop and w.word.text not in quiet]
        word = _corrected(weighted, weighted.word.text in names, sure, indexes)
        beside = neighbours(weighted.word.text, question.plain_text, quiet | stops)
        if word and (not beside or any(_pair(word, other, before, indexes) for other, before in beside)):
            found[weighted.word.text] = word
    return found


def _pair(word: str, other: str, before: bool, indexes: Sequence[TextIndex]) -> bool:
    """Whether a word stands beside another one in a text, as parts of a name do."""
    left, right = (other, word) if before else (word, other)
    return any(side_by_side(left, right, index, shard) for index in indexes for shard in index.shards)


def put_right(text: str, corrections: dict[str, str]) -> str:
    """A query with its mistyped words replaced; the rest as it was typed."""
    for pair, better in corrections.items():
        first, _, second = pair.partition(" ")
        if second:
            both = rf"(?<!\w){re.escape(first)}[\s-]+{re.escape(second)}(?!\w)"
            text = re.sub(both, better.replace("\\", r"\\"), text, flags=re.IGNORECASE)
    return WORD.sub(lambda m: corrections.get(lowered(m[0]), m[0]), text)


def _names(text: str) -> set[str]:
    """The words, as prepared, that are written with a capital though they begin no sentence."""
    if text in (text.lower(), text.upper()):
        return set()
    tokens = [m for m in WORD.finditer(text) if m[0] != m[0].lower()]
    inside = [m for m in tokens if not text[: m.start()].rstrip("\"'“„«¿¡( ").endswith((".", "?", "!"))]
    return {lowered(m[0]) for m in inside if text[: m.start()].strip("\"'“„«¿¡( ")}


def _doubtful(weighted: Weighted) -> bool:
    text = weighted.word.text
    if weighted.stop or weighted.word.negative or weighted.articles > (RARE if len(text) > SHORTEST else 0):
        return False
    return SHORTEST <= len(text) <= LONGEST and not unspaced(text) and not any(map(str.isdigit, text))


def _corrected(weighted: Weighted, name: bool, sure: Sequence[Weighted], indexes: Sequence[TextIndex]) -> str:
    """The word that was probably meant, "" where none is near enough.

    Args:
        name: whether it is written as a name.
        sure: the other words of the question.
    """
    typed = weighted.word.text
    if not weighted.known and (stop := _stop_word(typed, indexes)):
        return stop
    choices = [c for index in indexes for shard in index.shards for c in _choices(weighted, sure, index, shard)]
    best, score = _best(choices, weighted, name, alone=not sure)
    common = TIMES * weighted.articles
    apart = taken_apart(typed, indexes, least=max(common, math.exp(score + MISTAKE)))
    return apart.text if apart is not None and apart.articles >= common else best


def _best(choices: Sequence[_Choice], weighted: Weighted, name: bool, *, alone: bool) -> tuple[str, float]:
    """The best choice as texts have it, and its score; "" and −∞ where none is near enough.

    Args:
        alone: whether the word is the whole question.
    """
    typed = weighted.word.text
    best, most = "", -math.inf
    likely = [choice for choice in choices if alone or choice.together or choice.near.articles >= COMMON]
    for choice in sorted(likely, key=lambda c: (-c.score, c.near.term))[:MOST_READ]:
        if choice.score + MISTAKE * (choice.near.distance - 1) + SAME_LETTERS <= most:
            break  # it would have to be nearer than it can be
        word = written(choice.index, choice.shard, choice.near, typed)
        same = set(folded(word.text)) == set(folded(typed))
        allowed = 2 if same else most_typos(typed)
        if weighted.known or not (alone or choice.together):
            allowed = 1
        score = choice.score + MISTAKE * (choice.near.distance - word.distance) + SAME_LETTERS * same
        if word.text and word.distance <= allowed and (word.name or not name) and score > most:
            best, most = word.text, score
    return best, most


def _stop_word(typed: str, indexes: Sequence[TextIndex]) -> str:
    """The stop word of a language that was typed with two letters exchanged or one doubled: "teh"."""
    variants = [typed[:i] + typed[i + 1] + typed[i] + typed[i + 2 :] for i in range(len(typed) - 1)]
    variants += [typed[:i] + typed[i + 1 :] for i in range(len(typed) - 1) if typed[i] == typed[i + 1]]
    analysers = {shard.analyser for index in indexes for shard in index.shards}
    stops = (v for v in variants for by in analysers if len(v) > 1 and by.terms(v) and not by.kept(v))
    return next(stops, "")


def _choices(weighted: Weighted, sure: Sequence[Weighted], index: TextIndex, shard: WordShard) -> Iterator[_Choice]:
    typed = weighted.word.text
    least = max(2, TIMES * weighted.articles)
    for each in near(shard, typed, least=least):
        other = OTHER_BEGINNING * (each.term[0] != folded(typed)[0])
        together = _together(shard, each.term, sure)
        score = math.log(each.articles) + TOGETHER * math.log1p(together) - MISTAKE * each.distance - other
        yield _Choice(score=score, together=together, index=index, shard=shard, near=each)


def _together(shard: WordShard, term: str, sure: Sequence[Weighted]) -> int:
    """In how many articles a term stands with the rarest other word of the question."""
    others = [t for w in sorted(sure, key=lambda w: -w.idf)[:1] for t in shard.analyser.kept(w.word.text)]
    if not others:
        return 0
    query = Query.boolean_query([(Occur.Must, shard.term("body", each)) for each in (term, *others)])
    return shard.top(query, 1, count=True)[1]
