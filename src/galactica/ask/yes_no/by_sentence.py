"""Yes or no, by a sentence that says, or denies, just what is asked, with that sentence.

"Do chipmunks eat insects?" is answered by "They also commonly eat grass, shoots, as well as fungi, insects …" in the
article Chipmunk, and "Was the Titanic built in Belfast?" also by a sentence of the article Belfast. Where one sentence
says it and another one denies it nothing is told, nor where a sentence tells less than a fact (`silent`). Nothing that
can be written raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from galactica.ask.asked import Asked
from galactica.ask.claimed.telling import Reckoned
from galactica.ask.claimed.words import reckoning_words
from galactica.ask.evidence import cite
from galactica.ask.holdings import ClaimedThings, Page
from galactica.ask.kinds import Kind
from galactica.ask.yes_no.about import first_sentence, sentences_of
from galactica.ask.yes_no.being import being_told, beings_asked
from galactica.ask.yes_no.deed_told import deed_told
from galactica.ask.yes_no.deeds import deeds_asked
from galactica.ask.yes_no.kinds_said import named_as_member, said_of_other_kind, told_to_lack
from galactica.ask.yes_no.silent import says_nothing
from galactica.ask.yes_no.spaced_words import SpacedWords, spaced_words
from galactica.ask.yes_no.unspaced import unspaced_asked
from galactica.languages import primary
from galactica.model import Position

RIGHT = 10 / 12
"""How likely such an answer is right: of 10 to questions that were held back 9 were (one of each is added); of 53 to
questions that were looked at all were, 17 of them Chinese (2026-11-30)."""

MOST_PAGES = 3
"""Articles that are looked at, those on what the question names."""

MOST_TEXT = 120_000
"""Characters of an article that are looked at."""

MOST_PASSAGES = 24
"""Passages that are looked at besides, where these tell nothing."""

Told = tuple[int, int, bool]
"""(start, end of a sentence, whether it is so)."""

Span = tuple[int, int]
"""(start, end) of a stretch of an article."""

Sentences = Callable[[Page, Span], Iterator[tuple[int, int, bool]]]
"""(start, end, whether a pronoun at its beginning is the thing) of the sentences of a stretch."""

Tell = Callable[..., bool | None]
"""(sentence, its language, whether a pronoun at its beginning is the thing) → whether it is so; None: not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayToRead:
    """A way to read what is asked.

    Attributes:
        places: of the articles that are looked at.
        told: the sentences of a stretch of an article that tell.
    """

    places: tuple[tuple[str, bytes], ...]
    told: Callable[[Page, Span], Iterator[Told]]


def by_sentence(asked: Asked, things: ClaimedThings) -> Reckoned | None:
    """Whether what a question asks about is so, by a sentence; mostly not told."""
    question = asked.question.plain
    language, answers = primary(question.language), reckoning_words(question.language)
    if answers is None or question.kind is not Kind.YES_NO or question.most is not None:
        return None
    for reading in _ways(asked, language):
        named = [(place, None) for place in reading.places[:MOST_PAGES]]
        told = list(_told(asked, reading, named)) or list(_told(asked, reading, _found(asked, reading.places)))
        if told and len({so for *_, so in told}) == 1:
            page, start, end, so = told[0]
            quoted = cite(page, start, end)
            value = " ".join(quoted.quote.split())
            position = Position(value=value, citations=(quoted,), support=RIGHT, of=page.article.title)
            return Reckoned(text=answers.yes if so else answers.no, values=(position,), confidence=RIGHT)
    return None


def _found(asked: Asked, named: Sequence[tuple[str, bytes]]) -> list[tuple[tuple[str, bytes], Span]]:
    """Places of articles that the question does not name, each with (start, end) of a passage that was found."""
    hits = asked.once("yes or no", lambda: asked.passages(limit=MOST_PASSAGES))
    return [((hit.edition, hit.id), (hit.start, hit.end)) for hit in hits if (hit.edition, hit.id) not in named]


def _told(
    asked: Asked, reading: WayToRead, places: Sequence[tuple[tuple[str, bytes], Span | None]]
) -> Iterator[tuple[Page, int, int, bool]]:
    """The sentences that tell, in articles or passages of the question's language."""
    for place, span in places:
        page = asked.holdings.page(*place)
        if page is not None and primary(page.article.language) == primary(asked.question.plain.language):
            yield from ((page, *found) for found in reading.told(page, span or (0, min(len(page.text), MOST_TEXT))))


def _ways(asked: Asked, language: str) -> Iterator[WayToRead]:
    """The ways to read a question, in order."""
    words, pieces = spaced_words(language), asked.question.plain.pieces
    if words is not None and len(pieces) and words.asks(pieces.words):
        yield from _spaced(asked, words)
    for saying in unspaced_asked(asked):
        yield _way(asked, (saying.place,), saying.sentences, saying.told)
        first = partial(first_sentence, place=saying.place)
        yield _way(asked, (saying.place,), first, saying.told_of_other_kind)


def _spaced(asked: Asked, words: SpacedWords) -> Iterator[WayToRead]:
    for being in beings_asked(asked, words):
        sentences = partial(sentences_of, thing=being.thing, stems=being.stems, words=words, anything=True)
        yield _way(asked, being.thing.places, sentences, partial(being_told, being, words=words))
        yield _way(asked, being.thing.places, sentences, partial(named_as_member, being, words=words))
        if being.thing.own is not None:
            first = partial(first_sentence, place=being.thing.own)
            yield _way(asked, (being.thing.own,), first, partial(said_of_other_kind, being, words=words))
    for deed in deeds_asked(asked, words):
        sentences = partial(sentences_of, thing=deed.thing, stems=deed.stems, words=words, anything=False)
        yield _way(asked, deed.thing.places, sentences, partial(deed_told, deed, words=words))
        sentences = partial(sentences_of, thing=deed.thing, stems=(), words=words, anything=True)
        yield _way(asked, deed.thing.places, sentences, partial(told_to_lack, deed, words=words))


def _way(asked: Asked, places: tuple[tuple[str, bytes], ...], sentences: Sentences, tell: Tell) -> WayToRead:
    return WayToRead(places=places, told=partial(_of_page, asked, sentences, tell))


def _of_page(asked: Asked, sentences: Sentences, tell: Tell, page: Page, span: Span) -> Iterator[Told]:
    """The sentences of a stretch that tell."""
    for start, end, near in sentences(page, span):
        text, language = page.text[start:end], page.article.language
        so = tell(text, language, near=near)
        if so is not None and not says_nothing(text, primary(language), asked.question.plain.text):
            yield start, end, so
