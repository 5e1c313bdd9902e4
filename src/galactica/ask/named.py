"""Which articles does a question name, and which of their passages share most with it?

A name is a run of the question's words that is a title or an alias, the longest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from galactica.ask.holdings import Page
from galactica.ask.pieces import cut_pieces
from galactica.ask.question import ReadQuestion
from galactica.ask.sought import WORD
from galactica.codes.han import unspaced
from galactica.codes.letters import folded
from galactica.model import PassageHit

MOST_NAMES = 4
MOST_WORDS = 30
LONGEST = 6
"""Words of a name; characters of one where words are not separated."""

MOST_TRIED = 150
"""Runs of words that are looked up; one takes a fifth of a millisecond."""

MOST_LOOKED_AT = 80
"""Passages of one article that are compared with a question: 15 ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name in a question.

    Attributes:
        name: as it stands there.
        place: (edition, id) of the article.
    """

    name: str
    place: tuple[str, bytes]


def named_in(asked: ReadQuestion, titled: Callable[[str], tuple[str, bytes] | None]) -> tuple[Named, ...]:
    """The articles that a question names, at most `MOST_NAMES`, no name inside another.

    Args:
        titled: (edition, id) of the article with a title or alias.
    """
    question = asked.text
    words = list(WORD.finditer(question))[:MOST_WORDS]
    if unspaced(question):
        spans = _runs_of_letters(question)
    else:
        spans = _runs_of_words(question, [match.span() for match in words], asked.quiet)
    found: list[Named] = []
    taken: list[tuple[int, int]] = []
    for start, end in spans[:MOST_TRIED]:
        if len(found) >= MOST_NAMES:
            break
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        place = titled(question[start:end])
        if place is not None:
            taken.append((start, end))
            found.append(Named(name=question[start:end], place=place))
    return tuple(found)


def partly_named(question: str, hits: Sequence[PassageHit]) -> tuple[Named, ...]:
    """The first article among those found whose title has a capitalised word of a question ("Chopin")."""
    words = [match[0] for match in WORD.finditer(question) if match.start() and match[0][:1].isupper()]
    names = {folded(word): word for word in words}
    for hit in hits:
        for word in WORD.findall(folded(hit.title)):
            if word in names:
                return (Named(name=names[word], place=(hit.edition, hit.id)),)
    return ()


def best_passages(page: Page, keys: frozenset[str], *, most: int) -> list[PassageHit]:
    """The passages of an article that share most with a question, best first; those that share nothing are left out."""
    scored = []
    spans = list(zip(page.starts, page.ends, strict=True))[:MOST_LOOKED_AT]
    for number, (start, end) in enumerate(spans):
        shared = len(keys & keys_of(page.text[start:end], page.article.language))
        if shared:
            scored.append((-shared, number))
    return [passage_of(page, number) for _, number in sorted(scored)[:most]]


def passage_of(page: Page, number: int) -> PassageHit:
    """A passage of an article that is open."""
    start, end = page.starts[number], page.ends[number]
    article = page.article
    return PassageHit(
        edition=page.edition,
        id=article.id,
        title=article.title,
        language=article.language,
        source=article.source,
        path=article.path,
        passage=number,
        start=start,
        end=end,
        text=page.text[start:end],
        score=0.0,
    )


def keys_of(text: str, language: str) -> set[str]:
    """What the words of a text are compared by, the common ones left out."""
    pieces = cut_pieces(text, language)
    return {key for key, common in zip(pieces.keys, pieces.common, strict=True) if not common}


def _runs_of_words(question: str, spans: list[tuple[int, int]], common: frozenset[str]) -> list[tuple[int, int]]:
    """(start, end) of runs of words that may be a name, the longest first: none begins or ends with a common word (but
    for a capital at its beginning), and a single word begins with a capital or a digit, or is long enough for a term.
    """
    quiet = [folded(question[start:end]) in common for start, end in spans]
    runs = []
    for size in range(min(LONGEST, len(spans)), 0, -1):
        for first in range(len(spans) - size + 1):
            last = first + size - 1
            start, end = spans[first][0], spans[last][1]
            word = question[start:end]
            opens = first > 0 and size > 1 and word[0].isupper()  # "The Elm", a novel
            if (quiet[first] and not opens) or quiet[last]:
                continue
            if size == 1 and not (word[0].isupper() or word[0].isdigit() or len(word) >= 5):
                continue
            runs.append((start, end))
    return runs


def _runs_of_letters(question: str) -> list[tuple[int, int]]:
    """The same where words are not separated: runs of 8 to 2 characters without marks between them."""
    length = min(len(question), 2 * MOST_WORDS)
    return [
        (start, start + size)
        for size in range(LONGEST + 2, 1, -1)
        for start in range(length - size + 1)
        if question[start : start + size].isalnum()
    ]
