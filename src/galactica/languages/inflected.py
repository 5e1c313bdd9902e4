"""Forms of nouns: which words of a dictionary a word may be a form of ("livres": "livre", "vitabu": "kitabu").

What a language's file says under `nouns` (`data/README.md`). These are guesses, for a list of nouns to choose from.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from galactica.codes.letters import unaccented
from galactica.languages.tables import by_language

SHORTEST_LATIN, SHORTEST_OTHER = 3, 2
"""Letters that are left of a word."""

Pairs = tuple[tuple[str, str], ...]


def dictionary_words(word: str, language: str) -> tuple[str, ...]:
    """The words that a word may be a form of, in lower case, the likeliest first; without itself.

    Args:
        language: a primary tag.

    Example:
        >>> dictionary_words("buku-buku", "id")
        ('buku',)
    """
    word = unicodedata.normalize("NFC", word).lower()
    return tuple(each for each in dict.fromkeys(_words(word, language)) if each != word)


def _words(word: str, language: str) -> Iterator[str]:
    irregular = dict(_pairs(language, "forms"))
    if word in irregular:
        yield irregular[word]
    half, mark, other = word.partition("-")
    if mark and half == other and _nouns(language).get("doubled"):
        yield half
    least = SHORTEST_LATIN if word[:1] < "\u0250" else SHORTEST_OTHER
    for ending, instead in _pairs(language, "endings"):
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= least:
            yield word.removesuffix(ending) + instead
    for beginning, instead in _pairs(language, "beginnings"):
        if word.startswith(beginning) and len(word) - len(beginning) + len(instead) >= least:
            yield instead + word.removeprefix(beginning)


@cache
def words_beside(language: str) -> frozenset[str]:
    """The words of a language that stand beside a noun and say nothing else: articles, and words that count or tell
    that there are several; with their accents, and without."""
    return _either(str(_nouns(language).get("beside", "")))


@cache
def words_of_grammar(language: str) -> frozenset[str]:
    """The words of a language that say nothing by themselves in a question; with their accents, and without."""
    return _either(str(by_language("questions").get(language, {}).get("common", "")))


def _either(words: str) -> frozenset[str]:
    several = unicodedata.normalize("NFC", words).lower().split()
    return frozenset((*several, *map(unaccented, several)))


def _nouns(language: str) -> Mapping[str, object]:
    found: Mapping[str, object] = by_language("nouns").get(language, {})
    return found


@cache
def _pairs(language: str, key: str) -> Pairs:
    """(what a form has, what the dictionary has instead), in their order."""
    written = unicodedata.normalize("NFC", str(_nouns(language).get(key, "")))
    return tuple((each.partition(":")[0], each.partition(":")[2]) for each in written.split())
