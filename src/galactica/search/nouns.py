"""The nouns of a text, read as one of some language: words and their forms that `languages.lexicon` has."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from galactica.codes.han import unspaced
from galactica.codes.letters import folded, prepare, unaccented
from galactica.languages import small_words
from galactica.languages.lexicon import Concept, all_concepts, concepts_called
from galactica.search.analysis import STEMMED, analyser
from galactica.search.asking import pieces_left
from galactica.search.query import terms

LONGEST_RUN = 4
"""Words of a noun."""

LONGEST_UNSPACED, SHORTEST_UNSPACED = 8, 2
"""Characters of a noun in a script without spaces, inside of other text."""

LONGEST_BEGINNING = 3
"""Letters that nouns of one stem have in common."""

APOSTROPHES = ("'", "’")

LONGEST_ENDING = 3
"""Letters by which forms of a noun may differ in length: "alumbre" (alum) is none of "alumbramiento" (birth)."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAs:
    """A text as one of some language.

    Attributes:
        nouns: of the language.
        covered: letters of words that are known, nouns and small words.
        exact: letters of nouns that are written as in the table.
        small: small words of the language, of more than one letter.
        whole: whether all words are known.
    """

    language: str
    nouns: tuple[Span, ...]
    covered: int
    exact: int
    small: int
    whole: bool


def read_as(
    text: str, tokens: Sequence[Span], language: str, *, taken: Container[str] = (), stems: bool = True
) -> ReadAs:
    """A text as one of a language.

    Args:
        tokens: its words, (start, end).
        taken: words (`query.terms`) in plain letters that are no forms of a noun.
        stems: whether forms of a noun are it too.
    """
    if unspaced(text):
        nouns = _unspaced_nouns(text, language)
    else:
        nouns = _spaced_nouns(text, tokens, language, taken, stems)
    small = small_words(language)
    rest = [(start, end) for start, end in tokens if not any(low < end and start < high for low, high in nouns)]
    known = [(start, end) for start, end in rest if _is_small(text, start, end, small)]
    covered = sum(end - start for start, end in (*nouns, *known))
    whole = covered == sum(end - start for start, end in tokens) if unspaced(text) else len(known) == len(rest)
    exact = sum(end - start for start, end in nouns if concepts_called(text[start:end], language))
    return ReadAs(
        language=language,
        nouns=nouns,
        covered=covered,
        exact=exact,
        small=sum(end - start > 1 for start, end in known),
        whole=whole,
    )


def _is_small(text: str, start: int, end: int, small: Container[str]) -> bool:
    """Whether a word is a small one, whole or without the vowel that it loses before another ("dell'acqua")."""
    word = unaccented(text[start:end])
    return word in small or (text[end : end + 1] in APOSTROPHES and any(word + vowel in small for vowel in "aeo"))


def _spaced_nouns(
    text: str, tokens: Sequence[Span], language: str, taken: Container[str], stems: bool
) -> tuple[Span, ...]:
    """The nouns of a text in words, long ones before short ones, in order."""
    found: list[Span] = []
    for size in range(min(LONGEST_RUN, len(tokens)), 0, -1):
        for first in range(len(tokens) - size + 1):
            start, end = tokens[first][0], tokens[first + size - 1][1]
            if any(start < stop and begin < end for begin, stop in found):
                continue
            if size == 1 and unaccented(text[start:end]) in small_words(language) and len(tokens) > 1:
                continue
            run = text[start:end]
            if concepts_called(run, language) or (
                stems and _by_stem(run, language) and not (run.isascii() and any(map(taken.__contains__, terms(run))))
            ):
                found.append((start, end))
    return tuple(sorted(found))


def _unspaced_nouns(text: str, language: str) -> tuple[Span, ...]:
    """The nouns of a text without spaces, from left to right, the longest at each place; one of a single character only
    where nothing but words that ask stand beside it."""
    alone = {text.strip(), *pieces_left(text)}
    found: list[Span] = []
    at = 0
    while at < len(text):
        ends = range(min(len(text), at + LONGEST_UNSPACED), at, -1)
        runs = (text[at:end] for end in ends)
        fit = (run for run in runs if run == run.strip() and (len(run) >= SHORTEST_UNSPACED or run in alone))
        run = next((run for run in fit if noun_concepts(run, language)), "")
        if run:
            found.append((at, at + len(run)))
        at += len(run) or 1
    return tuple(found)


def noun_concepts(run: str, language: str) -> tuple[Concept, ...]:
    """What a noun of a language is for."""
    return concepts_called(run, language) or _by_stem(run, language)


def place_in(concept: Concept, run: str, language: str) -> int:
    """Where a noun stands among those of its concept, the usual one 0; behind all where only its stem does."""
    words = [folded(word) for word in concept.get(language, ())]
    return words.index(folded(run)) if folded(run) in words else len(words)


def _by_stem(run: str, language: str) -> tuple[Concept, ...]:
    """What nouns with the stem of a run are for; none in a language that has no stemmer."""
    if language not in STEMMED or len(run) < LONGEST_BEGINNING:
        return ()
    stem = _stem(run, language)
    like = _beginning(language).get(folded(run)[:LONGEST_BEGINNING], ())
    near = (each for each in like if abs(len(each[0]) - len(run)) <= LONGEST_ENDING)
    found = {id(concept): concept for word, concept in near if _stem(word, language) == stem}
    return tuple(found.values())


@cache
def _beginning(language: str) -> Mapping[str, tuple[tuple[str, Concept], ...]]:
    """The first letters of a language's nouns → those nouns, with what they are for."""
    found: dict[str, list[tuple[str, Concept]]] = {}
    for concept in all_concepts():
        for word in concept.get(language, ()):
            found.setdefault(folded(word)[:LONGEST_BEGINNING], []).append((word, concept))
    return MappingProxyType({beginning: tuple(several) for beginning, several in found.items()})


def _stem(word: str, language: str) -> str:
    return " ".join(analyser(language).terms(prepare(word)))
