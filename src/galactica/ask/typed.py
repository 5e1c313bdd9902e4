"""What a mistyped word of a question was meant to be, where it only asks or calls a property: "waht is the captial of".

Search corrects what it looks for, and the question stays as it was typed: "captial" is then no property, and nothing
is stated of it. So a word that no article has, one mistake away from just one word that questions are made of, is read
as that. Names stay as they are typed: a library that lacks Narnia is not asked about Namibia.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from galactica.ask.holdings import Holdings
from galactica.ask.kinds import asked_languages
from galactica.ask.properties import property_words
from galactica.ask.sought import WORD
from galactica.codes.letters import folded
from galactica.languages import primary

MOST_WORDS = 12
"""Words of a question that are looked at: who types more does not ask for a property by a word or two."""

SHORTEST = 5
"""Letters of a word that calls a property; of one that asks, `SHORTEST_ASKING`."""

SHORTEST_ASKING = 3

MOST_LOOKED_UP = 3
"""Words of one question that are looked up in the library, each a search of some milliseconds."""


def as_meant(question: str, language: str, known: Callable[[str], bool]) -> str:
    """A question with mistyped words of asking and properties put right; mostly the same.

    Args:
        language: that it is in.
        known: whether any article has a word.
    """
    tag = primary(language)
    asked = asked_languages().get(tag)
    words = list(WORD.finditer(question))
    if asked is None or not asked.spaced or not 1 < len(words) <= MOST_WORDS:
        return question
    text, looked_up = question, 0
    for number, word in reversed(list(enumerate(words))):
        typed = folded(word[0])
        if not typed.isalpha() or (number and word[0] != word[0].lower()) or typed in _vocabulary(tag):
            continue
        meant = _meant(typed, _asking(tag), SHORTEST_ASKING, turned=True) if number == 0 else ""
        meant = meant or _meant(typed, property_words(tag), SHORTEST)
        if not meant or looked_up >= MOST_LOOKED_UP:
            continue
        looked_up += 1
        if not known(word[0]):
            text = text[: word.start()] + meant + text[word.end() :]
    return text


def known_in(holdings: Holdings) -> Callable[[str], bool]:
    """Whether any article of a library has a word."""

    def known(word: str) -> bool:
        hits = holdings.passages(word, limit=1, by="words")
        return any(folded(word) in folded(f"{hit.title} {hit.text}") for hit in hits)

    return known


def _meant(typed: str, words: frozenset[str], shortest: int, *, turned: bool = False) -> str:
    """The one word that is one mistake away; "" for none, and for several.

    Args:
        turned: only where letters were exchanged, doubled or left out, as no other short word has them.
    """
    if len(typed) < shortest:
        return ""
    found = [
        word
        for word in sorted(words)
        if len(word) >= shortest and (turned or _same_ends(word, typed)) and _one_mistake(typed, word, turned=turned)
    ]
    return found[0] if len(found) == 1 else ""


def _same_ends(word: str, typed: str) -> bool:
    """Whether two words begin and end with the same letters: another ending is another form, and no mistake."""
    return (word[0], word[-1]) == (typed[0], typed[-1])


def _one_mistake(typed: str, word: str, *, turned: bool) -> bool:
    """Whether a word was typed with one letter left out, put in or another, or two exchanged.

    Args:
        turned: not with another letter.
    """
    if abs(len(typed) - len(word)) > 1 or typed == word:
        return False
    at = next((at for at, (one, other) in enumerate(zip(typed, word, strict=False)) if one != other), None)
    if at is None:
        return True
    if len(typed) == len(word):
        exchanged = typed[at : at + 2] == word[at : at + 2][::-1] and typed[at + 2 :] == word[at + 2 :]
        return exchanged or (not turned and typed[at + 1 :] == word[at + 1 :])
    longer, shorter = (typed, word) if len(typed) > len(word) else (word, typed)
    return longer[at + 1 :] == shorter[at:]


@cache
def _asking(tag: str) -> frozenset[str]:
    """The single words that ask in a language."""
    asked = asked_languages()[tag]
    return frozenset(word for word in asked.asking if asked.which.fullmatch(word) or _asks_alone(tag, word))


def _asks_alone(tag: str, word: str) -> bool:
    return any(pattern.fullmatch(word) for _, pattern in asked_languages()[tag].asks)


@cache
def _vocabulary(tag: str) -> frozenset[str]:
    """Words that are right as they are."""
    asked = asked_languages()[tag]
    return asked.common | asked.asking | property_words(tag) | frozenset(asked.nouns)
