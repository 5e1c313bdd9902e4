"""How languages count: which form of a word goes with a whole number (1 день, 2 дня, 5 дней), and how one is written.

The facts stand in `counting.toml`. Standard: Unicode CLDR (UTS 35), "Language Plural Rules" and symbols of numbers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from galactica.languages.tags import primary

PLURALS = ("zero", "one", "two", "few", "many", "other")
"""The categories of CLDR. Every language has "other"."""

_RELATION = re.compile(r"n(?: % (\d+))? (!?=) (\d+)(?:\.\.(\d+))?")


@dataclass(frozen=True, slots=True)
class _Relation:
    """ "n % 100 != 11..14": whether a number, or what a division leaves of it, is in a range."""

    divisor: int  # 0: the number itself
    inside: bool
    low: int
    high: int

    def holds(self, number: int) -> bool:
        rest = number % self.divisor if self.divisor else number
        return (self.low <= rest <= self.high) is self.inside


_Condition = tuple[tuple[_Relation, ...], ...]  # one of these must hold, each of several relations


def plural_category(number: int, language: str) -> str:
    """The form of a word that goes with so many: one of `PLURALS`.

    Args:
        number: not below zero.
        language: a tag (BCP 47); one whose rules are not known has "one" for one thing and "other" for the rest.

    Example:
        >>> [plural_category(number, "ru") for number in (1, 2, 5, 21)]
        ['one', 'few', 'many', 'one']
    """
    for category, condition in _rules().get(primary(language), _rules()["en"]).items():
        if any(all(relation.holds(number) for relation in every) for every in condition):
            return category
    return "other"


@cache
def plural_categories(language: str) -> frozenset[str]:
    """The categories that a language needs. A form for whole millions alone (French "many") is none of them: where that
    is missing, "other" stands for it."""
    return frozenset(plural_category(number, language) for number in range(1_000))


def cldr_number(number: float, language: str, places: int = 0) -> str:
    """A number as a language writes it, in the digits 0 to 9: "1,234.5", "1.234,5", "12,34,567".

    Args:
        number: finite.
        language: a tag (BCP 47); one that is not known writes as English does.
        places: decimals that are shown.
    """
    code = primary(language)
    group, decimal = _signs().get(code, (",", "."))
    whole, _, fraction = f"{abs(number):.{places}f}".partition(".")
    if len(whole) >= (5 if code in _listed("five") else 4):
        size = 2 if code in _listed("lakh") else 3
        head, groups = whole[:-3], [whole[-3:]]
        while head:
            groups.insert(0, head[-size:])
            head = head[:-size]
        whole = group.join(groups)
    return f"{'-' if number < 0 else ''}{whole}{decimal + fraction if fraction else ''}"


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@cache
def _rules() -> Mapping[str, Mapping[str, _Condition]]:
    """Language → category → condition, in the order in which they are tried."""
    return {
        language: {category: _condition(text) for category, text in group.items() if category != "languages"}
        for group in _table()["plurals"]
        for language in group["languages"].split()
    }


def _condition(text: str) -> _Condition:
    return tuple(tuple(_relation(each) for each in every.split(" and ")) for every in text.split(" or "))


def _relation(text: str) -> _Relation:
    match = _RELATION.fullmatch(text)
    if match is None:
        raise ValueError(f"not a relation: {text}")
    divisor, sign, low, high = match.groups()
    return _Relation(int(divisor or 0), sign == "=", int(low), int(high or low))


@cache
def _signs() -> Mapping[str, tuple[str, str]]:
    """Language → what stands between groups of digits, and before decimals."""
    blanks = str.maketrans("_~", "\xa0\u202f")
    return {
        language: (signs.split()[0].translate(blanks), signs.split()[1])
        for signs, languages in _table()["signs"].items()
        for language in languages.split()
    }


@cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(_table()[key]["languages"].split())
