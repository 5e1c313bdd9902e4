"""The nouns of a text, read as one of some language: words and their forms that `languages.lexicon` has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded, prepare, unaccented
from galactica.languages import small_words
from galactica.languages.inflected import dictionary_words, words_beside, words_of_grammar
from galactica.languages.lexicon import Concept, all_concepts, concepts_called, concepts_in_kana
from galactica.search.analysis import STEMMED, analyser, analyser_for
from galactica.search.asking import pieces_left
from galactica.search.query import WORD, terms

LONGEST_RUN = 4
"""Words of a noun."""

LONGEST_UNSPACED, SHORTEST_UNSPACED = 8, 2
"""Characters of a noun in a script without spaces, inside of other text."""

LONGEST_BEGINNING = 3
"""Letters that nouns of one stem have in common."""

APOSTROPHES = ("'", "’")

LONGEST_ENDING = 3
"""Letters by which forms of a noun may differ in length: "alumbre" (alum) is none of "alumbramiento" (birth)."""

_ASCII = re.compile("[\x00-\x7f]+")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAs:
    """A text as one of some language.

    Attributes:
        nouns: of the language.
        covered: letters of words that are known, nouns and small words.
        formed: letters of nouns that are written as in the table, or as a form of such a word is.
        exact: letters of those that are written as in the table.
        small: small words of the language, of more than one letter.
        whole: whether all words are known.
    """

    language: str
    nouns: tuple[Span, ...]
    covered: int
    formed: int
    exact: int
    small: int
    whole: bool


def read_as(
    text: str, tokens: Sequence[Span], language: str, *, taken: Container[str] = (), forms: bool = True
) -> ReadAs:
    """A text as one of a language.

    Args:
        tokens: its words, (start, end).
        taken: words (`query.terms`) in plain letters that are no forms of a noun.
        forms: whether forms of a noun are it too.
    """
    joined = unspaced(text) and analyser_for(language) == "grams"
    if joined:
        nouns = _unspaced_nouns(text, language)
    else:
        nouns = _spaced_nouns(text, tokens, language, taken, forms)
    beside = words_beside(language)
    small = small_words(language)
    rest = [(start, end) for start, end in tokens if not any(low < end and start < high for low, high in nouns)]
    telling = [(start, end) for start, end in rest if _is_small(text, start, end, small, beside)]
    known = [
        (start, end)
        for start, end in rest
        if (start, end) in telling or _is_small(text, start, end, (), words_of_grammar(language))
    ]
    exact = [(start, end) for start, end in nouns if concepts_called(text[start:end], language)]
    formed = [span for span in nouns if span in exact or _by_form(text[span[0] : span[1]], language)]
    return ReadAs(
        language=language,
        nouns=nouns,
        covered=_letters((*nouns, *known)),
        formed=_letters(formed),
        exact=_letters(exact),
        small=sum(end - start > 1 for start, end in telling),
        whole=_nothing_left(text, nouns, small | beside) if joined else len(known) == len(rest),
    )


def _letters(spans: Sequence[Span]) -> int:
    return sum(end - start for start, end in spans)


def _nothing_left(text: str, nouns: Sequence[Span], small: Container[str]) -> bool:
    """Whether nothing but what asks, or is small, stands beside the nouns of a text without spaces."""
    starts, ends = [0, *(end for _, end in nouns)], [*(start for start, _ in nouns), len(text)]
    between = (text[start:end] for start, end in zip(starts, ends, strict=True))
    left = (WORD.findall(piece) for several in between for piece in pieces_left(several))
    return all(word in small for words in left for word in words)


def _is_small(text: str, start: int, end: int, small: Container[str], beside: Container[str]) -> bool:
    """Whether a word is a small one, whatever its accents, or one that stands beside nouns, with the accents that it
    was typed with; whole or without the vowel that it loses before another ("dell'acqua")."""
    typed = unicodedata.normalize("NFC", text[start:end]).lower()
    word = unaccented(typed)
    if word in small or typed in beside:
        return True
    return text[end : end + 1] in APOSTROPHES and any(word + e in small or word + e in beside for e in "aeo")


def _spaced_nouns(
    text: str, tokens: Sequence[Span], language: str, taken: Container[str], forms: bool
) -> tuple[Span, ...]:
    """The nouns of a text in words, long ones before short ones, in order."""
    found: list[Span] = []
    small, beside = small_words(language), words_beside(language)
    for size in range(min(LONGEST_RUN, len(tokens)), 0, -1):
        for first in range(len(tokens) - size + 1):
            start, end = tokens[first][0], tokens[first + size - 1][1]
            if any(start < stop and begin < end for begin, stop in found):
                continue
            if size == 1 and len(tokens) > 1 and _is_small(text, start, end, small, beside):
                continue
            run = text[start:end]
            if concepts_called(run, language) or (forms and _is_form(run, language, taken)):
                found.append((start, end))
    return tuple(sorted(found))


def _is_form(run: str, language: str, taken: Container[str]) -> bool:
    """Whether a run is a form of a noun, and not the library's own."""
    if run.isascii() and any(map(taken.__contains__, terms(run))):
        return False
    return bool(_by_form(run, language) or _by_stem(run, language))


def _unspaced_nouns(text: str, language: str) -> tuple[Span, ...]:
    """The nouns of a text without spaces, from left to right, the longest at each place; one of a single character, or
    one by its sound, only where nothing but words that ask stand beside it."""
    alone = {fold_han(_ASCII.sub(" ", text).strip()), *pieces_left(text)}
    found: list[Span] = []
    at = 0
    while at < len(text):
        ends = range(min(len(text), at + LONGEST_UNSPACED), at, -1)
        runs = (text[at:end] for end in ends)
        run = next((run for run in runs if run == run.strip() and _is_unspaced_noun(run, language, alone)), "")
        if run:
            found.append((at, at + len(run)))
        at += len(run) or 1
    return tuple(found)


def _is_unspaced_noun(run: str, language: str, alone: Container[str]) -> bool:
    if fold_han(run) in alone:
        return bool(noun_concepts(run, language))
    return len(run) >= SHORTEST_UNSPACED and bool(concepts_called(run, language))


def noun_concepts(run: str, language: str) -> tuple[Concept, ...]:
    """What a noun of a language is for."""
    sounded = concepts_in_kana(run) if language == "ja" else ()
    return concepts_called(run, language) or sounded or _by_form(run, language) or _by_stem(run, language)


def place_in(concept: Concept, run: str, language: str) -> int:
    """Where a noun, or the one of which it is a form, stands among those of its concept, the usual one 0; behind all
    where only its stem does."""
    words = [folded(word) for word in concept.get(language, ())]
    several = (folded(run), *map(folded, dictionary_words(run, language)))
    return next((words.index(each) for each in several if each in words), len(words))


def _by_form(run: str, language: str) -> tuple[Concept, ...]:
    """What the word is for that a run is a form of, by the likeliest rule that finds one."""
    several = (concepts_called(word, language) for word in dictionary_words(run, language))
    return next((concepts for concepts in several if concepts), ())


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
