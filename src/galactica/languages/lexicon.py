"""What common things are called in 23 languages: a wolf is "волк", "lobo", 狼 and "mbwa mwitu".

The tables of `data/lexicon` (`data/README.md`) are common nouns, a concept a line: a reader types a word of his own
language, and a library in another one has the article. A word counts in its own language alone. Well known things that
have a name stand in `known_names`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from galactica.codes.han import fold_han
from galactica.codes.letters import folded
from galactica.languages.tags import primary

LEXICON_LANGUAGES = tuple("en es fr de pt it ru ar zh ja ko hi id sw tr vi th el ro pl fa bn tl".split())
"""The columns of the tables, in their order."""

TABLES = ("living.tsv", "people.tsv", "world.tsv")
KANA = "kana.tsv"
_TABLES = Path(__file__).parent / "data" / "lexicon"

BETWEEN = " | "
"""What stands between words for the same in a cell."""

LONGEST_CONCEPT = 60
"""Characters of a word that is looked up; none here is longer."""

Concept = Mapping[str, tuple[str, ...]]
"""Language → the words for a thing, the usual one first; without the languages of which none is known."""


def concepts_called(word: str, language: str) -> tuple[Concept, ...]:
    """The concepts that a word of a language is for, in the order of the tables; with its accents where some are
    written so, else whatever its accents.

    Args:
        language: a primary tag.

    Example:
        >>> [concept["en"][0] for concept in concepts_called("волк", "ru")]
        ['wolf']
    """
    if len(word) > LONGEST_CONCEPT or language not in LEXICON_LANGUAGES:
        return ()
    return _by(_lower, language).get(_lower(word)) or _by(_plain, language).get(_plain(word), ())


def noun_elsewhere(word: str, language: str, languages: Sequence[str]) -> tuple[str, ...]:
    """What the thing of a noun is called in other languages, the usual words of the first one first; nothing where the
    noun is for several things, or the language among these.

    Example:
        >>> noun_elsewhere("волк", "ru", ["en"])[0]
        'wolf'
    """
    others = tuple(map(primary, languages))
    several = concepts_called(word, primary(language)) if primary(language) not in others else ()
    concept = several[0] if len(several) == 1 else {}
    return tuple(dict.fromkeys(each for tag in others for each in concept.get(tag, ())))


def concepts_in_kana(word: str) -> tuple[Concept, ...]:
    """The concepts that a Japanese word in kana is for, whichever kana its noun is written in, or Han.

    Example:
        >>> [concept["en"][0] for concept in concepts_in_kana("ねこ")]
        ['cat']
    """
    if len(word) > LONGEST_CONCEPT or not _ONLY_KANA.fullmatch(word):
        return ()
    written = _by(_hiragana, "ja").get(_hiragana(word), ())
    read = (concept for han in _read_as().get(_hiragana(word), ()) for concept in concepts_called(han, "ja"))
    return tuple({id(concept): concept for concept in (*written, *read)}.values())


@cache
def _read_as() -> Mapping[str, tuple[str, ...]]:
    """Japanese words in hiragana → how their nouns are written."""
    found: dict[str, list[str]] = {}
    _, *lines = (_TABLES / KANA).read_text("utf-8").splitlines()
    for kana, word in (line.split("\t") for line in lines):
        found.setdefault(kana, []).append(word)
    return MappingProxyType({kana: tuple(several) for kana, several in found.items()})


@cache
def all_concepts() -> tuple[Concept, ...]:
    """The lines of the tables."""
    found = []
    for table in TABLES:
        _, *lines = (_TABLES / table).read_text("utf-8").splitlines()
        for line in lines:
            cells = zip(LEXICON_LANGUAGES, line.split("\t"), strict=True)
            found.append(MappingProxyType({each: tuple(cell.split(BETWEEN)) for each, cell in cells if cell}))
    return tuple(found)


@cache
def _by(key: Callable[[str], str], language: str) -> Mapping[str, tuple[Concept, ...]]:
    """A language's words as a key has them → their concepts."""
    found: dict[str, list[Concept]] = {}
    for concept in all_concepts():
        for word in dict.fromkeys(map(key, concept.get(language, ()))):
            found.setdefault(word, []).append(concept)
    return MappingProxyType({word: tuple(several) for word, several in found.items()})


_VOWEL_SIGNS = re.compile("[\u0640\u064b-\u0652\u0670]")
"""What Arabic is written with in books for children, and the stroke that stretches a word."""

_ARTICLE = "ال"
"""What Arabic nouns are written together with, or without."""

_HALF_SPACE = "\u200c"
"""What joins the parts of a Persian noun, for which a space is typed too."""


_ONLY_KANA = re.compile("[\u3041-\u309f\u30a1-\u30ff]+")

_HIRAGANA = {katakana: katakana - 0x60 for katakana in range(0x30A1, 0x30F7)}


def _hiragana(word: str) -> str:
    return unicodedata.normalize("NFKC", word).translate(_HIRAGANA)


def _lower(word: str) -> str:
    if not word.isascii():
        word = fold_han(unicodedata.normalize("NFC", _VOWEL_SIGNS.sub("", word))).replace(_HALF_SPACE, " ")
    return " ".join(word.replace("’", "'").lower().split()).removeprefix(_ARTICLE)


def _plain(word: str) -> str:
    return folded(_lower(word))
