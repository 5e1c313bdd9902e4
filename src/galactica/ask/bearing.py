"""Does a quotation speak of what is asked? A sentence can hold an answer of the right kind and be about something else.

What a question names and says has to stand in the quotation, or in the title that it stands under: the share of its
weight that does, where a word weighs more the rarer it is. Where the sentence alone says too little ("He was admitted
in 1717"), the sentences before it in the same passage are quoted too, as long as they bring more of what is asked.

Not asked of a quotation in another language than the question: its words are others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from galactica.ask.evidence import passage_at, sentence_spans
from galactica.ask.holdings import Page
from galactica.ask.pieces import Pieces, cut_pieces
from galactica.ask.question import ReadQuestion
from galactica.codes.han import fold_han
from galactica.codes.letters import folded
from galactica.languages import primary
from galactica.model import Citation
from galactica.values.dates import Date, dates, same_date

ENOUGH = 0.4
"""Share of what is asked that a quotation has to have. Of 100 questions about articles that the reader never saw, F1 of
all and of those answered (2026-11-26): asking for none 62.4 and 65.0; 0.4: 61.4 and 66.7; 0.5: 57.7 and 67.9; 0.6:
50.4 and 63.8. Asked of what a library does not tell, nearly all that is marked is below a half."""

BEFORE = 3
"""Sentences before the one that answers which may be quoted with it."""

BRINGS = 0.1
"""What a sentence more has to bring."""

LONGEST = 700
"""Characters of a quotation that was made longer."""

MUCH = 0.6
"""Share of what is asked from which a passage speaks of it also where the weightiest word is not there: "discovered" is
two fifths of "Who discovered penicillin?"."""

MOST_TITLES = 20
"""Names of an article that are looked at."""

LONGEST_READ = 5_000
"""Characters of a passage in another language that are looked at."""


def bearing(question: ReadQuestion, quote: str, title: str, language: str) -> float:
    """The share of what is asked that a quotation and its title have: 0 to 1; 1 where it cannot be told.

    Args:
        language: of the quotation.
    """
    if primary(language) != primary(question.language):
        return 1.0
    return _share(question.weights, quote, title, language)


def bears_on(question: ReadQuestion, citation: Citation, *, asked: str = "", led: bool = False) -> bool:
    """Whether a quotation speaks of what is asked, and not of another year; a time that is asked for may be any.

    Args:
        asked: what somebody asks there that the quotation answers (`evidence.asked_above`); its words count too.
        led: whether another article led to its own that speaks of what is asked, or its reader says that its passage
            does; then its own words need not.
    """
    told = f"{asked}\n{citation.quote}"
    if not led and bearing(question, told, citation.title, citation.language) < ENOUGH:
        return False
    return question.form in ("date", "year") or not other_years(question, f"{citation.title}\n{citation.quote}")


def speaks_of(question: ReadQuestion, text: str, titles: Sequence[str], language: str) -> bool:
    """Whether the words of a passage speak of so much of what is asked that a quotation out of it could be an answer.

    Args:
        titles: of its article; for one in another language than the question, its other names too, of which it has to
            share one with the question, or a word, name or number.
    """
    wanted = question.weights
    if primary(language) == primary(question.language):
        share = _share(wanted, text, titles[0] if titles else "", language)
        return share >= MUCH or (share >= ENOUGH and _tells(wanted, text, titles[0] if titles else "", language))
    here = "\n".join([*titles[:MOST_TITLES], text])
    pieces = cut_pieces(here[:LONGEST_READ], language)
    return not wanted or not _forms(question.pieces).isdisjoint(_forms(pieces))


def _tells(wanted: Mapping[str, float], text: str, title: str, language: str) -> bool:
    """Whether a passage has the weightiest word of a question: what it is about, seldom what is said of it."""
    foremost = max(wanted, key=lambda key: wanted[key], default="")
    return _share({foremost: 1.0}, text, title, language) == 1.0


def _forms(pieces: Pieces) -> set[str]:
    """Everything that pieces are compared by, but for the common ones."""
    several = zip(pieces.keys, pieces.words, pieces.common, strict=True)
    return {form for key, word, common in several if not common for form in (key, word)}


def widened(question: ReadQuestion, page: Page, start: int, end: int) -> int:
    """Where a quotation of `page.text[start:end]` should begin, so that it speaks of what is asked: `start`, or the
    beginning of a sentence before it in the same passage."""
    article = page.article
    if primary(article.language) != primary(question.language):
        return start
    wanted = question.weights
    number = passage_at(page, start)
    low = page.starts[number] if page.starts else 0
    before = [begin for begin, _ in sentence_spans(page.text, low, start)][-BEFORE:]
    best, chosen = _share(wanted, page.text[start:end], article.title, article.language), start
    for begin in reversed(before):
        if best >= 1.0 or end - begin > LONGEST:
            break
        share = _share(wanted, page.text[begin:end], article.title, article.language)
        if share >= best + BRINGS:
            best, chosen = share, begin
    return chosen


def _share(wanted: Mapping[str, float], quote: str, title: str, language: str) -> float:
    if not wanted:
        return 1.0
    there: Sequence[str] = [*cut_pieces(quote, language).keys, *cut_pieces(title, language).keys]
    known = set(there)
    return sum(w for key, w in wanted.items() if key in known) / sum(wanted.values())


def of_another(question: ReadQuestion, title: str, told: str) -> bool:
    """Whether a sentence gives a measure of what its article is about, and that is nothing that a question names: "It
    covers 12 km²" below "Norland" is no area of its capital.

    Args:
        told: the sentence.
    """
    if not question.measures.names or not _PRONOUN.match(folded(fold_han(told)).lstrip()):
        return False
    pieces = cut_pieces(title, question.language)
    named = {key for key, common in zip(pieces.keys, pieces.common, strict=True) if not common}
    return not named & question.known and folded(fold_han(title)) not in folded(fold_han(question.text))


_PRONOUN = re.compile(
    r"(?:it|its|they|their|he|she|his|her|es|sie|er|sein|seine|ihr|ihre|il|elle|ils|elles|son|sa|ella|el|esta|este|su|"
    r"он|она|оно|они|его|ее|их)(?!\w)|(?:它|其|该|此)"
)
"""What begins a sentence that speaks of what was spoken of."""


def other_years(question: ReadQuestion, told: str) -> bool:
    """Whether a question names a year and a text names others, none of them that one and not on both sides of it."""
    named = [date for date in dates(told) if date.year]
    if not question.years or not named:
        return False
    if any(same_date(Date(year=year), each) for year in question.years for each in named):
        return False
    years = [each.year for each in named]
    return not any(min(years) <= year <= max(years) for year in question.years)
