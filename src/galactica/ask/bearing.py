"""Does a quotation speak of what is asked? A sentence can hold an answer of the right kind and be about something else.

What a question names and says has to stand in the quotation, or in the title that it stands under: the share of its
weight that does, where a word weighs more the rarer it is. Where the sentence alone says too little ("He was admitted
in 1717"), the sentences before it in the same passage are quoted too, as long as they bring more of what is asked.

Not asked of a quotation in another language than the question: its words are others.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from galactica.ask.evidence import passage_at, sentences
from galactica.ask.kinds import sought
from galactica.ask.pieces import CAPITAL, NUMBER, Pieces, cut, weight
from galactica.ask.place import Page
from galactica.codes.letters import folded
from galactica.languages import primary

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

NAMED = 2.0
"""How much more a name or number of the question weighs than its rarity says."""


def bearing(question: str, tongue: str, quote: str, title: str, language: str) -> float:
    """The share of what is asked that a quotation and its title have: 0 to 1; 1 where it cannot be told.

    Args:
        tongue, language: of the question, of the quotation.
    """
    if primary(language) != primary(tongue):
        return 1.0
    return _share(_wanted(question, tongue), quote, title, language)


def speaks_of(question: str, tongue: str, text: str, titles: Sequence[str], language: str) -> bool:
    """Whether a passage speaks of so much of what is asked that a quotation out of it could be an answer.

    Args:
        titles: of its article; for one in another language than the question, its other names too, of which it has to
            share one with the question, or a word, name or number.
    """
    wanted = _wanted(question, tongue)
    if primary(language) == primary(tongue):
        share = _share(wanted, text, titles[0] if titles else "", language)
        return share >= MUCH or (share >= ENOUGH and _tells(wanted, text, titles[0] if titles else "", language))
    here = "\n".join([*titles[:MOST_TITLES], text])
    pieces = cut(here[:LONGEST_READ], language)
    return not wanted or not _forms(cut(question, tongue)).isdisjoint(_forms(pieces))


def _tells(wanted: dict[str, float], text: str, title: str, language: str) -> bool:
    """Whether a passage has the weightiest word of a question: what it is about, seldom what is said of it."""
    foremost = max(wanted, key=lambda key: wanted[key], default="")
    return _share({foremost: 1.0}, text, title, language) == 1.0


def _forms(pieces: Pieces) -> set[str]:
    """Everything that pieces are compared by, but for the common ones."""
    several = zip(pieces.keys, pieces.words, pieces.common, strict=True)
    return {form for key, word, common in several if not common for form in (key, word)}


def widened(question: str, tongue: str, page: Page, start: int, end: int) -> int:
    """Where a quotation of `page.text[start:end]` should begin, so that it speaks of what is asked: `start`, or the
    beginning of a sentence before it in the same passage."""
    article = page.article
    if primary(article.language) != primary(tongue):
        return start
    wanted = _wanted(question, tongue)
    number = passage_at(page, start)
    low = page.starts[number] if page.starts else 0
    before = [begin for begin, _ in sentences(page.text, low, start)][-BEFORE:]
    best, chosen = _share(wanted, page.text[start:end], article.title, article.language), start
    for begin in reversed(before):
        if best >= 1.0 or end - begin > LONGEST:
            break
        share = _share(wanted, page.text[begin:end], article.title, article.language)
        if share >= best + BRINGS:
            best, chosen = share, begin
    return chosen


@lru_cache(maxsize=64)
def _wanted(question: str, tongue: str) -> dict[str, float]:
    """What a question says → how much it weighs; without the words that only ask."""
    noun = set(cut(folded(sought(question, tongue).focus), tongue).keys)
    pieces = cut(question, tongue)
    first = next(iter(pieces.starts), 0)
    wanted: dict[str, float] = {}
    rows = zip(pieces.keys, pieces.starts, pieces.ends, pieces.common, pieces.kinds, strict=True)
    for key, start, end, common, kind in rows:
        if common or key in noun:
            continue
        named = kind == NUMBER or (kind == CAPITAL and start != first)
        weighs = max(0.05, weight(question[start:end] if pieces.spaced else key)) * (NAMED if named else 1.0)
        wanted[key] = max(weighs, wanted.get(key, 0.0))
    return wanted


def _share(wanted: dict[str, float], quote: str, title: str, language: str) -> float:
    if not wanted:
        return 1.0
    there: Sequence[str] = [*cut(quote, language).keys, *cut(title, language).keys]
    known = set(there)
    return sum(w for key, w in wanted.items() if key in known) / sum(wanted.values())
