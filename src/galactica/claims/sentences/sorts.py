"""What sort of article it is, as far as that decides what may be claimed in it: of a class of things, of fiction.

Rules: an article that begins "An airline is" is about every airline, and what one of them has, it has not. Where the
first sentence tells of a fictional character nobody's life is told. "A movie, television and stage actor" is a person.
"""

from __future__ import annotations

import re

from galactica.claims.sentences.lexicon import Lexicon

LONGEST_LIST = 90
"""Code points behind a comma in which a list of adjectives may go on."""

MOST_ADJECTIVES = 3
"""Parts between commas that may stand before the noun that says what a thing is: "a small, uninhabited island"."""

BEGINNING = 4
"""Code points of a title that its first sentence must begin with: "Bridges" begins "A bridge is"."""

_WORD = re.compile(r"[^\W\d_]+")
_HYPHENED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PLURAL = re.compile(r"ies$|(?<=[^s])s$")
_LIST_ENDS = re.compile(r"[.;()]|\b(?:who|which|that|known|best|born|whose)\b")

LIVES = frozenset(
    "date_of_birth date_of_death place_of_birth place_of_death spouse child parent father mother educated_at "
    "office_held award party nationality occupation".split()
)
"""Properties of people."""

OF_ONE = LIVES | frozenset(
    "founded founder headquarters population area capital owner employees opened located_in country elevation "
    "architect borders official_language currency".split()
)
"""Properties that one thing has, and no class of things."""


def of_a_class(first: str, base: str, words: Lexicon) -> bool:
    """Whether an article is about a class of things: its first sentence begins with its title behind an indefinite
    article that is none of the title's. "A native of Oslo, Ulf Borg" is one person.

    Args:
        first: the first sentence; base: the title without brackets.
    """
    word, _, rest = first.lstrip(' "“').partition(" ")
    if word.lower() not in words.any("indefinite") or base.startswith(f"{word} "):
        return False
    return rest.lower().startswith(base[:BEGINNING].lower())


def of_fiction(first: str, words: Lexicon) -> bool:
    """Whether an article is about what somebody made up."""
    return words.patterns["fiction"].search(first) is not None


def people_told(first: str, nouns: frozenset[str], words: Lexicon) -> frozenset[str]:
    """The nouns of persons that a list of adjectives ends with: "movie, television and stage actor"; nothing elsewhere.

    Args:
        nouns: what was taken for what the thing is.
    """
    for noun in sorted(nouns):
        at = first.find(f" {noun}, ")
        if at >= 0:
            rest = first[at + len(noun) + 3 : at + len(noun) + 3 + LONGEST_LIST]
            stop = _LIST_ENDS.search(rest)
            told = _WORD.findall((rest[: stop.start()] if stop is not None else rest).lower())
            found = frozenset(word for word in told if words.kinds.get(word) == "person")
            if found:
                return found
    return frozenset()


def definition_in(told: str, words: Lexicon) -> tuple[str, re.Match[str] | None]:
    """What says of which kind a thing is, and what ended that; adjectives between commas do not, and of "one of the 12
    provinces" the noun behind "the" says it.

    Args:
        told: what stands behind the verb of a first sentence.
    """
    at = 0
    stop: re.Match[str] | None = None
    for _ in range(MOST_ADJECTIVES):
        stop = words.patterns["definition_ends"].search(told, at)
        near = told[: stop.start()] if stop is not None else told
        known = any(word in words.kinds for word in _HYPHENED.findall(near.lower()))
        if stop is None or known or stop[0] != "," or near.count(" ") > 2 * MOST_ADJECTIVES:
            break
        at = stop.end()
    several = words.patterns["of_several"].match(told, stop.start()) if stop is not None and not known else None
    if several is None:
        return near, stop
    return f"{near} {_PLURAL.sub(lambda end: 'y' if end[0] == 'ies' else '', several['noun'])}", None
