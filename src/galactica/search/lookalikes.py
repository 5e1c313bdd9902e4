"""The words of an edition that look like one that it does not have, and how they are written.

The terms of an index are enumerated by how they begin: like the mistyped word, like it with its first two letters
exchanged, without its first, or without its second; where that finds nothing near, also those that go on from its
first letter with any vowel, or anyhow in other alphabets than the Latin. (A first letter that is missing or wrong is
only forgiven in titles, which `searcher` looks up as wholes.) Terms are stems, so what is compared first are stems; the
words themselves are read off an article that has them, for the few best.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from galactica.codes.letters import folded, prepare
from galactica.model.projection import project
from galactica.search.query import WORD
from galactica.search.store import TextIndex, WordShard

FARTHEST = 2
"""Mistakes between stems that are looked for: one that a word has can change its stem in two places."""

TWO_TYPOS = 7
"""Letters from which two mistakes are forgiven."""

VOWELS = "aeiouy"
SMALL = 100_000
"""Articles up to which other second letters are tried: half of the terms that begin with one letter, up to 13,000 of
them for 13,000 articles."""

MOST_NEAR = 12
"""Terms nearest to a mistyped one that are considered."""

SHARED = 4
MOST_BEGUN = 2
"""Letters from which what a word begins with may be its stem, and how many such stems are considered."""

LONGEST_TEXT = 50_000
"""Characters of an article in which a word is looked for as it is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearTerm:
    """A term near a mistyped word.

    Attributes:
        distance: mistakes between the stems.
        articles: that have it.
        begins: whether the mistyped word begins with it: the mistake hides its ending from the stemmer.
    """

    term: str
    distance: int
    articles: int
    begins: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A word as texts have it.

    Attributes:
        text: in lower case; "" where none was found.
        distance: mistakes away from what was typed.
        name: whether it is mostly written with a capital.
    """

    text: str
    distance: int
    name: bool


def most_typos(word: str) -> int:
    """How many mistakes are forgiven in a word of this length."""
    return 2 if len(word) >= TWO_TYPOS else 1


def near(shard: WordShard, typed: str, *, least: int) -> list[NearTerm]:
    """The terms of bodies that a mistyped word may have been, at most `MOST_NEAR`, nearest first.

    Args:
        typed: as prepared; one word.
        least: articles that a term must be in.
    """
    terms = shard.analyser.terms(typed)
    if len(terms) != 1 or len(terms[0]) < 2:
        return []
    term = terms[0]
    length = 2 if shard.articles < 200_000 else 3
    beginnings = [
        term[:length],
        term[1] + term[0] + term[2:length],
        term[1 : 1 + length],
        term[0] + term[2 : 1 + length],
    ]
    found = _nearest(shard, term, folded(typed), dict.fromkeys(beginnings), least)
    if not any(each.distance == 1 and not each.begins for each in found):
        others = [term[0] + vowel for vowel in VOWELS] if term[0].isascii() else [term[0]]
        if shard.articles < SMALL:
            found = _nearest(shard, term, folded(typed), dict.fromkeys([*beginnings, *others]), least)
    return found


def _nearest(shard: WordShard, term: str, typed: str, beginnings: Iterable[str], least: int) -> list[NearTerm]:
    frequencies: dict[str, int] = {}
    for beginning in beginnings:
        if beginning:
            frequencies |= shard.vocabulary(beginning)
    common = [other for other, articles in frequencies.items() if articles >= least and other != term]
    near = process.extract(term, common, scorer=OSA.distance, score_cutoff=FARTHEST, limit=MOST_NEAR)
    found = {other: int(distance) for other, distance, _ in near}
    several = [NearTerm(term=other, distance=found[other], articles=frequencies[other]) for other in found]
    shorter = [typed[:end] for end in range(len(typed) - 1, SHARED - 1, -1)]
    several += [
        NearTerm(term=other, distance=1, articles=frequencies[other], begins=True)
        for other in [each for each in shorter if frequencies.get(each, 0) >= least and each not in found][:MOST_BEGUN]
    ]
    return sorted(several, key=lambda n: (n.distance, -n.articles, n.term))


def written(index: TextIndex, shard: WordShard, found: NearTerm, typed: str) -> Written:
    """How a term is written.

    It is what is most like `typed` in the article that the term says most about, the commonest of equals. That article
    need not have the ending that was typed: stems are compared then, and one mistake is added where no word goes on
    from the stem with that ending.
    """
    rows, _ = shard.top(shard.term("body", found.term), 1)
    plain = project(index.edition.body(rows[0][0]))[:LONGEST_TEXT] if rows else ""
    counts: dict[str, int] = {}
    capitals: dict[str, int] = {}
    for word in _words(plain, found.term, anywhere=shard.analyser.name == "ar"):
        lower = word.lower()
        counts[lower] = counts.get(lower, 0) + 1
        capitals[lower] = capitals.get(lower, 0) + (word[0] != lower[0])
    same = [word for word in counts if shard.analyser.terms(prepare(word)) == [found.term]]
    best = min(same, key=lambda w: (OSA.distance(folded(w), folded(typed)), -counts[w], w), default="")
    distance = OSA.distance(folded(best), folded(typed))
    name = 2 * capitals.get(best, 0) > counts.get(best, 0)
    if best and distance > found.distance and not found.begins:
        whole = found.term + folded(typed)[len(shard.analyser.terms(typed)[0]) :]
        if any(folded(each).startswith(folded(whole)) for each in same):
            return Written(text=best, distance=found.distance, name=name)  # "dissapear" and "disappeared"
        if shard.analyser.terms(whole) == [found.term] and found.distance + 1 < distance:
            return Written(text=whole, distance=found.distance + 1, name=name)  # "acommodate" and "accommodation"
    return Written(text=best, distance=distance, name=name)


def _words(plain: str, term: str, *, anywhere: bool) -> Iterator[str]:
    """The words that begin as a term does but for its last letter, which a stemmer may have changed."""
    letters = folded(term[: max(2, len(term) - 1)])
    for match in re.finditer(("" if anywhere else r"(?<!\w)") + re.escape(letters), folded(plain)):
        start = match.start()
        while start and plain[start - 1].isalnum():
            start -= 1
        whole = WORD.match(plain, start)
        if whole:
            yield whole[0]
