"""Yes or no, by a sentence that says, or denies, that a thing does what is asked, has it, or has it done to it.

"Do chipmunks eat insects?" is answered by "They also commonly eat grass, shoots, as well as fungi, insects …" in the
article Chipmunk (`deed_told`), and "Was the Titanic built in Belfast?" also by a sentence of the article Belfast. A
pronoun is somebody near the beginning of the article, and any thing behind a sentence of the same paragraph that
begins with it; where the sentence before begins with somebody else it is that one. Where one sentence says it and
another one denies it nothing is told. Nothing that can be written raises.
"""

from __future__ import annotations

from collections.abc import Iterator

from galactica.ask.asked import Asked
from galactica.ask.claimed.deed_subjects import begins_with, begins_with_another
from galactica.ask.claimed.deed_told import deed_told
from galactica.ask.claimed.deeds import Deed, DeedWords, deed_words, deeds_asked
from galactica.ask.claimed.telling import Reckoned
from galactica.ask.claimed.words import reckoning_words
from galactica.ask.evidence import cite, sentence_spans
from galactica.ask.holdings import ClaimedThings, Page
from galactica.ask.pieces import cut_pieces
from galactica.ask.wording_words import WordingWords, wording_words
from galactica.codes.letters import folded
from galactica.languages import primary
from galactica.model import Position

RIGHT = 13 / 15
"""How likely such an answer is right: of 12 to questions that were looked at 12 were, of one held back none
(2026-11-30; one of each is added)."""

BEGINNING = 1_500
"""Characters of an article in which a pronoun at the beginning of a sentence is its thing."""

MOST_BEFORE = 12
"""Words of a sentence among which such a pronoun stands, where it is somebody."""

MOST_TEXT = 120_000
"""Characters of an article that are looked at."""

MOST_PAGES = 3
"""Articles that are looked at, those on what the question names."""


def done(asked: Asked, things: ClaimedThings) -> Reckoned | None:
    """Whether a thing does what a question asks, by a sentence; mostly not told."""
    language = primary(asked.question.plain.language)
    words, own, answers = wording_words(language), deed_words(language), reckoning_words(language)
    if words is None or own is None or answers is None:
        return None
    for deed in deeds_asked(asked):
        told = [(page, *found) for page in _pages(asked, deed, language) for found in _told(page, deed, words, own)]
        if not told or len({so for *_, so in told}) > 1:
            continue
        page, start, end, so = told[0]
        quoted = cite(page, start, end)
        value = Position(
            value=" ".join(quoted.quote.split()), citations=(quoted,), support=RIGHT, of=page.article.title
        )
        return Reckoned(text=answers.yes if so else answers.no, values=(value,), confidence=RIGHT)
    return None


def _pages(asked: Asked, deed: Deed, language: str) -> list[Page]:
    """The articles on what a question names, that on the thing first."""
    places = ([deed.own] if deed.own is not None else []) + list(deed.others)
    pages = (asked.holdings.page(*place) for place in dict.fromkeys(places[:MOST_PAGES]))
    return [page for page in pages if page is not None and primary(page.article.language) == language]


def _told(page: Page, deed: Deed, words: WordingWords, own: DeedWords) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether it is so) of the sentences that tell."""
    language, about, other, last = page.article.language, False, False, 0
    of_thing = deed.own is not None and page.article.id == deed.own[1]
    stems = [
        key[:4] for _, key in deed.objects if len(cut_pieces(key, language)) == 1 and key not in words.alike.values()
    ]
    for start, end in sentence_spans(page.text, 0, min(len(page.text), MOST_TEXT)):
        text = page.text[start:end]
        lower = folded(text)
        pronoun = lower.split(maxsplit=1)[:1]
        meant = bool(pronoun) and pronoun[0] in words.subjects
        follows = about and "\n" not in page.text[last:start]
        person = start < BEGINNING and not own.persons.isdisjoint(lower.split()[:MOST_BEFORE])
        other = other and meant and "\n" not in page.text[last:start]
        same = of_thing and (follows or (person and not other))
        about, last = begins_with(text, language, deed.names, words) or (meant and same), end
        other = other or (not about and begins_with_another(text, language, words, own))
        if all(stem in lower for stem in stems):
            so = deed_told(text, language, deed, words, own, near=same)
            if so is not None:
                yield start, end, so
