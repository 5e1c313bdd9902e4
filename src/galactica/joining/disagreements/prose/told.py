"""A text ready to be compared with others: its sentences, and what of each kind its plain sentences say.

What reports, supposes or plans says nothing here. A text is made ready once, however many others it is compared with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from galactica.joining.disagreements.prose.events import (
    aged,
    dated_events,
    names_in_places,
    published_titles,
    settlements,
)
from galactica.joining.disagreements.prose.numbers import (
    counts_in_row,
    counts_of,
    lists_against,
    measured_things,
    ranks_of,
)
from galactica.joining.disagreements.prose.sentences import Sentence, sentences_of_text, stem_of_word

Said = tuple[Sentence, Any]
"""A sentence, and what of a kind it says."""

MOST_SAID = 200
"""What of one kind a text says that is compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldText:
    """What a text says, or a part of one.

    Attributes:
        topic: stems of the title.
        said: kind → what is said of it, in order.
        both: whether "he" and "she" are in it: a pronoun may then be anybody's.
    """

    sentences: tuple[Sentence, ...]
    topic: frozenset[str]
    said: Mapping[str, tuple[Said, ...]]
    both: bool = False


_READ: dict[str, Callable[[Sentence, frozenset[str]], Iterable[Any]]] = {
    "count": lambda sentence, topic: [*counts_of(sentence), *counts_in_row(sentence)],
    "measure": lambda sentence, topic: measured_things(sentence),
    "rank": lambda sentence, topic: ranks_of(sentence),
    "event": dated_events,
    "birth": dated_events,
    "name": lambda sentence, topic: names_in_places(sentence),
    "age": lambda sentence, topic: aged(sentence),
    "settlement": settlements,
    "title": lambda sentence, topic: published_titles(sentence),
    "list": lambda sentence, topic: lists_against(sentence),
}
_HEDGED_TOO = frozenset(("birth", "settlement", "title", "list"))


def topic_stems(title: str) -> frozenset[str]:
    """The stems of a title's words."""
    return frozenset(stem_of_word(word) for word in title.split()) - {""}


def told_text(text: str, title: str) -> ToldText:
    """What a text says.

    Args:
        title: what it is about.
    """
    return told_sentences(sentences_of_text(text), topic_stems(title))


def told_sentences(sentences: Sequence[Sentence], topic: frozenset[str]) -> ToldText:
    """What some sentences say about a topic."""
    said = {
        kind: tuple(
            (sentence, each)
            for sentence in sentences
            if kind in _HEDGED_TOO or not sentence.hedged
            for each in read(sentence, topic)
        )[:MOST_SAID]
        for kind, read in _READ.items()
    }
    words = {word for sentence in sentences for word in _PRONOUN.findall(sentence.text.lower())}
    return ToldText(
        sentences=tuple(sentences),
        topic=topic,
        said=said,
        both=bool(words & {"he", "his", "him"}) and bool(words & {"she", "her"}),
    )


_PRONOUN = re.compile(r"\b(?:he|his|him|she|her)\b")
