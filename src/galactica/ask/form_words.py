"""The words that answers are formed of, by language, as patterns: what is a number, what begins a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from galactica.ask.widening import Joining
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import facts
from galactica.values.units import behind_numbers

NEVER = r"(?!)"
"""A pattern that matches nothing: of a language in which such words are not separate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWords:
    """What a language's file says under `answers`, and `bounds`, what makes a number a bound, under `numbers`
    (`languages/data/README.md`). All words are folded; patterns match whole words, or letters where words are not
    separated."""

    number: re.Pattern[str]
    often: re.Pattern[str]
    some: re.Pattern[str]
    when: re.Pattern[str]
    since: re.Pattern[str]
    where: re.Pattern[str]
    why: re.Pattern[str]
    because: re.Pattern[str]
    how: re.Pattern[str]
    who: frozenset[str]
    doing: tuple[str, ...]
    clause: re.Pattern[str]
    relative: re.Pattern[str]
    joining: Joining
    ranging: tuple[str, ...]
    changes: re.Pattern[str]
    varies: re.Pattern[str]
    changed: re.Pattern[str]
    became: re.Pattern[str]
    empty: frozenset[str]
    quantity: tuple[str, ...]
    loose: frozenset[str]
    calls: re.Pattern[str]
    year: re.Pattern[str]
    bounds: re.Pattern[str]
    parts: re.Pattern[str]
    every: re.Pattern[str]


@cache
def words_of(language: str) -> FormWords | None:
    """The words of a language; None where it is not known."""
    entry = facts(language).get("answers")
    return None if entry is None else _read(entry, facts(language).get("numbers", {}))


def _read(entry: dict[str, str], numbers: dict[str, str]) -> FormWords:
    def words(name: str, entry: dict[str, str] = entry) -> list[str]:
        return [folded(fold_han(word)).replace("_", " ") for word in entry.get(name, "").split()]

    def phrases(name: str) -> list[str]:
        return [" ".join(folded(fold_han(each)).split()) for each in entry.get(name, "").split("|") if each.strip()]

    return FormWords(
        number=_any(words("number")),
        often=_any(words("often")),
        some=_any(words("some")),
        when=_any(words("when")),
        since=_any(words("since")),
        where=_any(words("where")),
        why=_any(phrases("why")),
        because=_any(phrases("because")),
        how=_any(words("how")),
        who=frozenset(words("who")),
        doing=tuple(words("doing")),
        clause=_any(words("clause")),
        relative=_any(words("relative")),
        joining=Joining(
            joins=tuple(phrases("and")),
            between=_any(words("between")),
            stops=_stops([*words("stops"), *phrases("and")]),
        ),
        ranging=tuple(words("range")),
        changes=_any(phrases("changes")),
        varies=_any(phrases("varies")),
        changed=_any(phrases("changed")),
        became=_any(words("became")),
        empty=frozenset(words("empty")),
        quantity=tuple(sorted(phrases("quantity"), key=lambda each: (-len(each), each))),
        loose=frozenset(words("loose")),
        calls=_pattern(entry.get("calls", ""), behind=""),
        year=_pattern(entry.get("year", ""), behind=r"(?!\w)"),
        bounds=_any([*words("least", numbers), *words("most", numbers)]),
        parts=_any(words("parts")),
        every=_every(entry, _any(words("number")).pattern),
    )


def _pattern(written: str, behind: str) -> re.Pattern[str]:
    """A regular expression of the file, at the beginning of a word where words are separated."""
    if not written:
        return re.compile(NEVER)
    return re.compile(written if unspaced(written) else rf"(?<!\w)(?:{written}){behind}")


def _every(entry: dict[str, str], number: str) -> re.Pattern[str]:
    """What says how often, in whose patterns "{n}" stands for a number."""
    written = folded(fold_han(entry.get("every", "")))
    return _pattern(written.replace("{n}", rf"(?:\d+|{number})"), behind=r"(?!\w)")


def _any(words: Sequence[str]) -> re.Pattern[str]:
    """Any of some words, the longest first, as a whole word where words are separated."""
    if not words:
        return re.compile(NEVER)
    body = "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=lambda word: (-len(word), word))
    )
    return re.compile(body if unspaced("".join(words)) else rf"(?<![^\W_])(?:{body})(?![^\W_])")


def _stops(words: Sequence[str]) -> re.Pattern[str]:
    """Where a member of a list ends in a script without spaces."""
    marks = r"[^\w·・\u0e31\u0e34-\u0e3a\u0e47-\u0e4e-]"
    body = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)) if unspaced(word))
    return re.compile(f"{marks}|{body}" if body else marks)


@cache
def dense_units() -> re.Pattern[str]:
    """Any unit in a script without spaces, among whose letters may be numbers (千克)."""
    return _any([name for name in behind_numbers() if len(name) > 1 and unspaced(name)])


@cache
def unit_words() -> re.Pattern[str]:
    """Any word for a unit in a script with spaces."""
    return _any([name for name in behind_numbers() if len(name) > 1 and not unspaced(name)])
