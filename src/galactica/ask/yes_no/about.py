"""Of which thing does a question for yes or no speak, and which sentences of an article speak of it?

A question names its thing right behind the word that helps to ask. A sentence speaks of it where it begins with one of
its names, or with a pronoun: for somebody near the beginning of the article, and for any thing behind a sentence of the
same paragraph that begins with it. Where the sentence before begins with somebody else a pronoun is that one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from galactica.ask.asked import Asked
from galactica.ask.claimed.articles import surname_of
from galactica.ask.evidence import first_sentences, sentence_spans
from galactica.ask.holdings import Page
from galactica.ask.pieces import CAPITAL, Pieces, cut_pieces
from galactica.ask.yes_no.spaced_words import SpacedWords
from galactica.codes.letters import folded

LONGEST_UNKNOWN = 3
"""Words of a name that is no title here."""

BEGINNING = 1_500
"""Characters of an article in which a pronoun at the beginning of a sentence is its thing."""

MOST_BEFORE = 12
"""Words of a sentence among which such a pronoun stands, where it is somebody."""

LOOKED_AT = 120
"""Characters of a sentence of which it is told whom it begins with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingAsked:
    """The thing of which a question says something.

    Attributes:
        names: what it may be called in a sentence, word by word as they are compared.
        own: place of the article on it; None where there is none.
        others: places of the other articles that the question names.
        called: their titles, word by word as they are compared.
        behind: number of the first piece of the question behind its name.
    """

    names: tuple[tuple[str, ...], ...]
    own: tuple[str, bytes] | None
    others: tuple[tuple[str, bytes], ...]
    called: frozenset[tuple[str, ...]]
    behind: int

    @property
    def places(self) -> tuple[tuple[str, bytes], ...]:
        """Of all these articles, its own first."""
        return tuple(dict.fromkeys((*((self.own,) if self.own is not None else ()), *self.others)))


def things_asked(asked: Asked, words: SpacedWords) -> Iterator[ThingAsked]:
    """The thing that a question names behind its first word; where nothing here is called so, the ways to read that."""
    question = asked.question.plain
    pieces = question.pieces
    first = 2 if pieces.words[1:2] and pieces.words[1] in words.wording.articles else 1
    if first >= len(pieces):
        return
    named = [each for each in asked.names if question.text.find(each.stands) == pieces.starts[first]]
    if named:
        ends = pieces.starts[first] + len(named[0].stands)
        behind = next((at for at, begins in enumerate(pieces.starts) if begins >= ends), len(pieces))
        yield thing_called(asked, (first, behind), named[0].place)
        return
    for behind in range(first + 1, min(len(pieces) - 1, first + LONGEST_UNKNOWN) + 1):
        if pieces.common[behind - 1]:
            return
        alone = question.text[pieces.starts[first] : pieces.ends[first]] if behind == first + 1 else ""
        yield thing_called(asked, (first, behind), next(iter(surname_of(asked.holdings, alone)), None))


def thing_called(asked: Asked, name: tuple[int, int], place: tuple[str, bytes] | None) -> ThingAsked:
    """The thing whose name stands at some pieces of the question, with its article: called so, by the title, or by the
    last word of the name of a person."""
    question = asked.question.plain
    found = {tuple(question.pieces.keys[slice(*name)]): None}
    page = asked.holdings.page(*place) if place is not None else None
    if page is not None:
        title = page.article.title.partition(" (")[0]
        own = cut_pieces(title, page.article.language)
        found[tuple(own.keys)] = None
        lower = {word for word in title.replace(",", " ").split() if not word[:1].isupper()}
        if len(own) > 1 and not lower and not any(own.common):
            found[(own.keys[-1],)] = None
    others = tuple(each.place for each in asked.names if each.place != place)
    last = question.text.rstrip(" ?!.").rpartition(" ")[2]
    pages = (asked.holdings.page(*other) for other in (*others, *surname_of(asked.holdings, last)))
    titles = [each.article.title.partition(" (")[0] for each in pages if each is not None]
    called = frozenset(tuple(cut_pieces(title, question.language).keys) for title in titles)
    return ThingAsked(names=tuple(filter(None, found)), own=place, others=others, called=called, behind=name[1])


def sentences_of(
    page: Page, span: tuple[int, int], thing: ThingAsked, stems: Sequence[str], words: SpacedWords, *, anything: bool
) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether a pronoun at its beginning is the thing) of the sentences that have some stems.

    Args:
        anything: whether near the beginning of the article any pronoun is, else one for somebody alone.
    """
    language, about, other, last = page.article.language, False, False, 0
    of_thing = thing.own is not None and page.article.id == thing.own[1]
    for start, end in sentence_spans(page.text, *span):
        text = page.text[start:end]
        lower = folded(text)
        pronoun = lower.split(maxsplit=1)[:1]
        meant = bool(pronoun) and pronoun[0] in words.wording.subjects
        together = "\n" not in page.text[last:start]
        person = start < BEGINNING and (anything or not words.persons.isdisjoint(lower.split()[:MOST_BEFORE]))
        other = other and meant and together
        near = of_thing and ((about and together) or (person and not other))
        pieces = cut_pieces(text[:LOOKED_AT], language)
        about, last = begun_with(pieces, thing.names, words) > 0 or (meant and near), end
        other = other or (not about and _begins_with_another(text, pieces, words))
        if all(stem in lower for stem in stems):
            yield start, end, near


def first_sentence(page: Page, span: tuple[int, int], place: tuple[str, bytes]) -> Iterator[tuple[int, int, bool]]:
    """(start, end, False) of the first sentence of the article at a place, and of no other."""
    if page.article.id == place[1] and not span[0]:
        yield from ((start, end, False) for start, end in islice(sentence_spans(page.text, *first_sentences(page)), 1))


def begun_with(pieces: Pieces, names: Sequence[tuple[str, ...]], words: SpacedWords) -> int:
    """Behind which piece one of some names ends with which a sentence begins; 0 where it begins with none."""
    first = 1 if pieces.words[:1] and pieces.words[0] in words.wording.articles else 0
    lengths = [len(name) for name in names if tuple(pieces.keys[first : first + len(name)]) == name]
    return first + max(lengths) if lengths else 0


def _begins_with_another(text: str, pieces: Pieces, words: SpacedWords) -> bool:
    """Whether a sentence that does not begin with the thing begins with somebody else: with whose it is ("her mother"),
    or with a name, which is two words with capitals, or one before a verb."""
    if len(pieces) < 2 or pieces.words[0] in words.wording.subjects:
        return False
    if pieces.words[0] in words.whose:
        return True
    if pieces.common[0] or pieces.kinds[0] != CAPITAL or text[pieces.ends[0] : pieces.starts[1]].strip():
        return False
    behind = pieces.words[1]
    helps = behind in words.wording.being or behind in words.wording.helping
    return pieces.kinds[1] == CAPITAL or helps or behind.endswith("ed")
