"""Questions and passages changed so little that they look alike, and so much that the one no longer answers the other.

After what the writers of SQuAD v2.0's unanswerable questions did (Rajpurkar et al. 2018, table 1): another name or
number, an opposite, a negation.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from galactica.codes.segment import sentences
from galactica.train.reading.spans import AnswerKind, candidates

_PAIRS = (
    "first last|largest smallest|largest second-largest|highest lowest|most least|more less|before after|north "
    "south|east west|"
    "northern southern|eastern western|increase decrease|increased decreased|early late|earlier later|older younger|"
    "oldest newest|win lose|won lost|begin end|began ended|start end|started ended|above below|best worst|male female|"
    "good bad|high low|long short|large small|major minor|old new|public private|inside outside|include exclude|"
    "accept reject|accepted rejected|allow forbid|allowed forbidden|gain lose|gained lost|rise fall|rose fell|arrive "
    "leave|"
    "arrived left|born die|birth death|father mother|son daughter|brother sister|husband wife|king queen|support "
    "oppose|"
    "supported opposed|cause prevent|caused prevented|positive negative|modern ancient|common rare|open close|opened "
    "closed|"
    "maximum minimum|buy sell|bought sold|strong weak|easy difficult|always never|with without|can cannot|is "
    "isn't|was wasn't|"
    "did didn't|are aren't|were weren't|does doesn't|do don't|has hasn't|had hadn't|would wouldn't|could couldn't"
)
OPPOSITES: dict[str, tuple[str, ...]] = {}
for _pair in _PAIRS.split("|"):
    _one, _other = _pair.split()
    OPPOSITES[_one] = (*OPPOSITES.get(_one, ()), _other)
    if "'" not in _other:
        OPPOSITES[_other] = (*OPPOSITES.get(_other, ()), _one)

_TOKEN = re.compile(r"[\w'’-]+")
_NEGATED = frozenset("is was did are were does do has had would could can".split())


def spoiled(question: str, source: str, chance: random.Random) -> str:
    """The question with a name, a number or a word exchanged, so that what answered it does not; "" where there is
    nothing to exchange.

    Args:
        source: a text where names and numbers of the same kind are taken from.
    """
    options: list[tuple[int, int, str]] = []
    sources: dict[AnswerKind, list[str]] = {}
    for found in candidates(question[:1].lower() + question[1:]):
        if found.kind not in (AnswerKind.NAME, AnswerKind.YEAR, AnswerKind.DATE, AnswerKind.NUMBER, AnswerKind.TITLE):
            continue
        if not sources:
            for each in candidates(source):
                sources.setdefault(each.kind, []).append(source[each.start : each.end])
        said = question[found.start : found.end]
        others = [each for each in sources.get(found.kind, ()) if not _same(each, said)]
        if others:
            options.append((found.start, found.end, chance.choice(others)))
    for match in _TOKEN.finditer(question):
        word = match[0].lower()
        if word in OPPOSITES:
            weak = word in _NEGATED
            if not weak or chance.random() < 0.25:
                options.append((*match.span(), chance.choice(OPPOSITES[word])))
    if not options:
        return ""
    start, end, other = chance.choice(options)
    return question[:start] + other + question[end:]


def changed(text: str, place: tuple[int, int], keep: Sequence[tuple[int, int]], chance: random.Random) -> str:
    """A passage whose sentence at `place` has one name, year or number exchanged outside of `keep`; "" where it has
    none.

    What it is exchanged for stands elsewhere in the passage.
    """
    start, end = place
    others = [
        each
        for each in candidates(text)
        if each.kind in (AnswerKind.NAME, AnswerKind.YEAR, AnswerKind.DATE, AnswerKind.NUMBER)
    ]
    inside = [
        each
        for each in candidates(text[start:end])
        if each.kind in (AnswerKind.NAME, AnswerKind.YEAR, AnswerKind.DATE, AnswerKind.NUMBER)
        and all(start + each.end <= a or start + each.start >= b for a, b in keep)
    ]
    chance.shuffle(inside)
    for each in inside:
        said = text[start + each.start : start + each.end]
        fits = [o for o in others if o.kind is each.kind and not _same(text[o.start : o.end], said)]
        if fits:
            other = chance.choice(fits)
            return text[: start + each.start] + text[other.start : other.end] + text[start + each.end :]
    return ""


def without(text: str, place: tuple[int, int]) -> str:
    """A passage without a stretch of it."""
    return (text[: place[0]].rstrip() + " " + text[place[1] :].lstrip()).strip()


def sentence_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentences of a text from the one that holds `start` to the one that holds `end`."""
    first, last = start, end
    for a, b in sentences(text):
        if a <= start < b:
            first = a
        if a < end <= b:
            last = b
    return min(first, start), max(last, end)


def _same(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    return one in other or other in one
