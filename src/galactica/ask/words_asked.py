"""What a question says, word by word and in order, for a sentence to say of an answer (`worded`)."""

from __future__ import annotations

from dataclasses import dataclass

from galactica.ask.kinds import Kind, asked_languages
from galactica.ask.question import ReadQuestion
from galactica.ask.wording_words import WordingWords
from galactica.codes.letters import folded
from galactica.languages import primary

MOST_SAID = 7
"""Words of a question: with more it says more than one thing."""

FEWEST_SAID = 2
"""The same: with one alone any sentence would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsAsked:
    """What a question says, in order.

    Attributes:
        said: what its words are compared by.
        doer: whether who or what does it is asked for, so that the answer stands before the verb.
        counted: how many of `said`, the first ones, are what is counted ("state parks"); 0 where nothing is.
        kind: of thing that is asked for.
        part: whether it asks where in or on a thing, whose parts have no names.
        being: whether it asks what is, so that the answer stands on either side of that.
    """

    said: tuple[str, ...]
    doer: bool
    counted: int
    being: bool
    kind: Kind
    part: bool


def words_asked(question: ReadQuestion, words: WordingWords) -> WordsAsked | None:
    """What a question says; None where that cannot be told, or is too much."""
    known, pieces = asked_languages().get(primary(question.language)), question.pieces
    if known is None or not known.spaced or question.kind in (Kind.YES_NO, Kind.DEFINITION, Kind.LIST, Kind.OTHER):
        return None
    if question.most is not None or not len(pieces) or not words.denying.isdisjoint(pieces.words):
        return None
    asking = words.asking.match(known.lower(question.text))
    if asking is None:
        return None
    behind = [at for at, begins in enumerate(pieces.starts) if begins >= asking.end()]
    counted = question.kind in (Kind.NUMBER, Kind.MEASURE)
    if not behind or counted != (asking[1] == words.counting):
        return None
    first = pieces.words[behind[0]]
    if first == folded(question.sought.focus) and not counted and first not in words.alike:  # a noun, and no verb
        behind = behind[1:]
    helping = [at for at in behind if pieces.words[at] in words.helping]
    rows = [at for at in behind if not pieces.common[at] and pieces.words[at] not in words.general]
    said = tuple(compared_word(pieces.keys[at], pieces.words[at], words) for at in rows)
    if not FEWEST_SAID <= len(said) <= MOST_SAID:
        return None
    of_noun = next((size for size in range(1, len(rows)) if rows[size] != rows[0] + size), len(rows)) if counted else 0
    names = question.kind in (Kind.PERSON, Kind.NAME, Kind.PLACE)
    causes = question.kind is Kind.REASON and asking[1] == words.causing
    part = asking[1] not in words.asking_alone and question.kind is Kind.PLACE
    doer = not helping and not counted and (causes or question.kind in (Kind.PERSON, Kind.NAME))
    being = names and helping[:1] == behind[:1] and pieces.words[behind[0]] in words.being
    return WordsAsked(said=said, doer=doer, counted=of_noun, being=being, kind=question.kind, part=part)


def compared_word(key: str, word: str, words: WordingWords) -> str:
    """What a word of a question or sentence is compared by."""
    return words.alike.get(word) or words.alike.get(key) or key
