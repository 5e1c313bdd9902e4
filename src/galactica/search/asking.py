"""Which words of a question only ask: "who", "cuándo", "γιατί", "什么".

They are told from what the languages' files say under `asking`. The query's own language need not be known: a word that
asks in any of them counts as asking; one that is a name or a common word elsewhere only does beside a second word of
its language. In scripts without spaces what asks stands inside a run of characters, and every n-gram that touches it
goes with it: "兰的" and "是谁" are rarer than any word near them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded, prepare
from galactica.languages import by_language
from galactica.search.query import ParsedQuery, split_words

ASKING = 0.2
"""What a word that only asks counts, as a share of what its rarity says. Right paragraph first of 678, by words, on
1,500 training questions (2026-11-26): for 1, 0.5, 0.3, 0.2, 0.1, 0.02 it is 73.2, 74.9, 75.7, 75.7, 75.6, 75.5 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingWords:
    """The words of one language that ask; see `languages/data/README.md`.

    Attributes:
        tells: words of `beside` that tell that something is asked, if another word of `company` stands in the query.
    """

    sure: frozenset[str]
    beside: frozenset[str]
    inside: tuple[str, ...]
    tells: frozenset[str]
    anywhere: bool
    company: frozenset[str]
    begins: frozenset[str]


def asking(question: ParsedQuery) -> frozenset[str]:
    """The texts of those words of a question that only ask, all of them perhaps."""
    words = {word.text for word in question.words if not (word.negative or word.title_only or word.required)}
    found: set[str] = set()
    own: dict[str, list[str]] = {}
    for word in words:
        for name, sure in _asks().get(word, ()):
            own.setdefault(name, []).append(word)
            if sure:
                found.add(word)
    found.update(word for several in own.values() if len(several) > 1 for word in several)
    if unspaced(question.plain_text):
        kept = {part for piece in pieces_left(question.plain_text) for part in split_words(prepare(piece).lower())}
        found |= {word for word in words - kept if unspaced(word)}
    return frozenset(found)


def pieces_left(text: str) -> list[str]:
    """What is left of a text in scripts without spaces when what asks is cut out of it, in simplified Han, in order."""
    return [piece for piece in _inside().split(fold_han(text)) if piece.strip()]


def looks_asked(text: str) -> bool:
    """Whether a query looks like a question, in any language whose words that ask are known, so that asking is offered.

    It ends in a question mark; or a word that asks stands where its language puts it, among three words at least; or a
    string that asks stands in a run of a script without spaces. A title that looks so ("What Is Life?") is taken for
    one.
    """
    text = text[:_MOST_LOOKED_AT].strip()
    if _MARK.search(text):
        return True
    if unspaced(text):
        return bool(_run_asks().search(fold_han(text)))
    words = split_words(prepare(text).lower())
    if len(words) < _FEWEST:
        return False
    opening = words[: 2 if words[0] in _every("before") else 1]
    for language in languages().values():
        at = words if language.anywhere else opening
        if not language.sure.isdisjoint(at) or words[0] in language.begins:
            return True
        if not language.tells.isdisjoint(at) and len(language.company.intersection(words)) > 1:
            return True
    return False


_MOST_LOOKED_AT = 500
"""Characters of a query that are looked at."""
_FEWEST = 3
"""Words: shorter queries are names ("The Who", "WHO Geneva")."""
_MARK = re.compile("[?？؟;՞⁇]$")


@cache
def languages() -> dict[str, AskingWords]:
    """Language → its words that ask; those of `sure` that have accents are in `beside` without them too."""
    return {name: _read(entry) for name, entry in by_language("asking").items()}


def _read(entry: Mapping[str, str]) -> AskingWords:
    lists = {name: [prepare(word).lower() for word in entry.get(name, "").split()] for name in ("sure", "beside")}
    sure = frozenset(lists["sure"])
    beside = frozenset([*lists["beside"], *map(folded, [*sure, *lists["beside"]])])
    beside -= sure
    tells = beside - _every("weak")
    return AskingWords(
        sure=sure,
        beside=beside,
        tells=tells,
        inside=tuple(fold_han(entry.get("inside", "")).split()),
        anywhere=bool(entry.get("anywhere")),
        company=tells | sure | frozenset(entry.get("company", "").split()),
        begins=frozenset(entry.get("begins", "").split()),
    )


@cache
def _every(name: str) -> frozenset[str]:
    """One of the lists of all languages together: words that may stand `before` the one that asks ("in which year",
    "por qué"), or that are too `weak` to tell by themselves (articles)."""
    return frozenset(word for entry in by_language("asking").values() for word in entry.get(name, "").split())


@cache
def _run_asks() -> re.Pattern[str]:
    """What asks in scripts without spaces, in any language that has such strings."""
    found = (entry["patterns"] for entry in by_language("asking").values() if "patterns" in entry)
    return re.compile("|".join(found))


@cache
def _asks() -> dict[str, tuple[tuple[str, bool], ...]]:
    """Word → (language in which it asks, whether it does so by itself)."""
    found: dict[str, tuple[tuple[str, bool], ...]] = {}
    for name, language in languages().items():
        for word in language.sure | language.beside:
            found[word] = (*found.get(word, ()), (name, word in language.sure))
    return found


@cache
def _inside() -> re.Pattern[str]:
    """Any string that asks in a script without spaces, the longest of those that begin alike."""
    every = {word for language in languages().values() for word in language.inside}
    return re.compile("|".join(sorted(map(re.escape, every), key=lambda word: (-len(word), word))))
