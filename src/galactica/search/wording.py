"""The words of a question with what each counts, and the words that may stand in a text instead of them.

1. Words that only ask count `asking.ASKING` of what their rarity says.
2. Other names (`synonyms`), other ways to write a number (`numerals`), to spell a rare word (`spelling`) and to put two
   words together (`spacing`) are added. All that is added for some typed
   words counts at most a share of what those count together, so that it can put an article among others, not above one
   that says the same as the question; all of it where no text has the typed words ("华沙" in an English library).

What is in quotation marks or has to stand in a title is meant as it is written: nothing is added then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from galactica.codes.han import unspaced
from galactica.codes.letters import title_key
from galactica.model.said import said
from galactica.search.asking import ASKING, asking, pieces_left
from galactica.search.numerals import other_numbers
from galactica.search.query import Instead, ParsedQuery, Word, terms
from galactica.search.rank import LEAST_IDF, Weighted, is_lone, weigh
from galactica.search.spacing import joined
from galactica.search.store import TextIndex
from galactica.search.synonyms import Renamed, other_names

NAMES = 0.5
TRANSLATED = 1.0
NUMBERS = 0.5
SPELLING = 0.5
"""What words that are said instead count, as a share of what those typed count. On training questions in which a name
was replaced by an alias, answers among the first five articles rise from 70.3 to 71.6 % at any share from 0.25 to 1; on
those as they are, nothing is lost up to 0.5, half a point at 1. Numbers: no share moves half a point (2026-11-26)."""

JOINED = 1.0
"""The same, of a word that marks hold together, written as one: it is the same word."""

MOST_ADDED = 8
"""Words that are added to one question."""

MOST_LONE = 2
"""Names of one character that are looked for in one question."""


MOST_NOTES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """The words to look for, the typed ones first; and what the person should know about those added."""

    weights: tuple[Weighted, ...]
    notes: tuple[str, ...] = ()


def worded(
    question: ParsedQuery,
    weights: Sequence[Weighted],
    indexes: Sequence[TextIndex],
    spelled: Mapping[str, str] = MappingProxyType({}),
    translated: Sequence[Instead] = (),
) -> Worded:
    """What every word counts, and what else is looked for.

    Args:
        weights: of the question's words, from `rank.weigh`.
        indexes: of the library.
        spelled: words of the question that some article has → what was probably meant.
        translated: words of another language, and what the library calls these things.
    """
    lone = weigh(_lone(question, indexes), indexes)
    quiet = asking(question)
    own = _quietened([*weights, *lone], quiet)
    if question.phrases or any(w.word.title_only for w in own):
        return Worded(weights=tuple(own))
    typed = {w.word.text: w for w in own if not w.word.negative}
    loud = {w.word.text: w.idf for w in own if not (w.word.negative or w.stop or w.word.text in quiet)}
    names = other_names(question.plain_text, loud, indexes)
    known = {word for word, weighted in typed.items() if weighted.known}.__contains__
    analysers = {shard.analyser.name for index in indexes for shard in index.shards}
    instead = [(each, TRANSLATED) for each in translated]
    instead += [(each.instead, NAMES) for each in names]
    meant = [Instead(typed=(word,), said=tuple(terms(better))) for word, better in spelled.items()]
    instead += [(each, SPELLING) for each in [*meant, *joined(question.plain_text, loud, indexes)]]
    instead += [(each, JOINED) for each in question.joined if len(each.typed) > 1 or not known(each.typed[0])]
    instead += [(each, NUMBERS) for each in other_numbers(question.plain_text, analysers, typed.keys() - loud.keys())]
    added: dict[str, Weighted] = {}
    for each, share in instead:
        for weighted in _added(each, share, typed, indexes):
            if weighted.word.text not in added and len(added) < MOST_ADDED:
                added[weighted.word.text] = weighted
    return Worded(weights=(*own, *added.values()), notes=tuple(_notes(question, names)))


def _notes(question: ParsedQuery, names: Sequence[Renamed]) -> Iterator[str]:
    """What to say about other names: nothing where an article has the name as its title, or nothing else was typed."""
    told = [
        said(
            "also-called",
            "“{name}” is also called “{title}”, which was looked for too.",
            name=each.run[:60],
            title=each.title[:60],
        )
        for each in names
        if title_key(each.run) != question.key and (question.languages or not each.own)
    ]
    yield from told[:MOST_NOTES]


def _quietened(weights: Sequence[Weighted], quiet: frozenset[str]) -> list[Weighted]:
    """The words that only ask counting less, unless there are no others."""
    if all(w.word.text in quiet or w.word.negative or not w.known for w in weights):
        return list(weights)
    return [replace(w, idf=max(LEAST_IDF, ASKING * w.idf)) if w.word.text in quiet else w for w in weights]


def _lone(question: ParsedQuery, indexes: Sequence[TextIndex]) -> list[Word]:
    """Names of one character that stand beside what asks ("氧是什么"): the n-grams of the question do not have them."""
    if not unspaced(question.plain_text):
        return []
    typed = {word.text for word in question.words}
    found = dict.fromkeys(piece for piece in pieces_left(question.plain_text) if is_lone(piece) and piece not in typed)
    named = [each for each in found if any(index.ranked(each, 1) for index in indexes)]
    return [Word(text=each) for each in named[:MOST_LONE]]


def _added(
    instead: Instead, share: float, typed: Mapping[str, Weighted], indexes: Sequence[TextIndex]
) -> Iterator[Weighted]:
    """The words of one replacement that the library has, as heavy together as `share` of those they stand for."""
    found = weigh([Word(text=text) for text in instead.said if text not in typed], indexes)
    found = tuple(w for w in found if w.known and not w.stop)
    replaced = [typed[text] for text in instead.typed if text in typed]
    if not any(w.articles for w in replaced):
        share = 1.0
    most = share * sum(w.idf for w in replaced)
    total = sum(w.idf for w in found)
    for weighted in found:
        yield replace(weighted, idf=weighted.idf * min(share, most / total), added=True)
