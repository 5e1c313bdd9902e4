"""What a question says besides what it asks for, and a sentence contradicts: another time, who lost.

A reader marks what is of the right kind and near the words of the question. Here it is looked at whether that can be
meant:

1. A time asked for "in World War II" lies in it.
2. Who won is not who stands behind "victory over" and "defeated", and nobody is asked for by who was "born Ada Byron".

The words stand in `constrained.toml`; of languages that it lacks nothing is told. Nothing that can be written raises.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from galactica.ask.question import ReadQuestion
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import primary
from galactica.values.dates import dates

BEFORE = 80
"""Characters before a stretch in which a word stands behind which somebody lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstraintWords:
    """The words of one language, as patterns over folded text."""

    periods: tuple[tuple[re.Pattern[str], int, int], ...]
    won: re.Pattern[str]
    beaten: re.Pattern[str]
    itself: re.Pattern[str]


def contradicts(question: ReadQuestion, text: str, start: int, end: int, language: str) -> bool:
    """Whether what `text[start:end]` says is of another time or side than the question asks for.

    Args:
        text: of a passage.
        language: of it.
    """
    if question.form in ("date", "year"):
        return _at_another_time(question, text[start:end])
    before = text[max(0, start - BEFORE) : start]
    return question.form == "person" and (_beaten(question, before, language) or _itself(before, language))


def _at_another_time(question: ReadQuestion, stretch: str) -> bool:
    """Whether all years of a stretch lie outside the period that a question names."""
    words = constraint_words(primary(question.language))
    plain = folded(fold_han(question.text))
    found = [(first, last) for each, first, last in words.periods if each.search(plain)] if words is not None else []
    years = [date.year for date in dates(stretch) if date.year and date.span == 1]
    return bool(found and years) and not any(first <= year <= last for first, last in found for year in years)


def _beaten(question: ReadQuestion, before: str, language: str) -> bool:
    """Whether who is named behind a text lost, and who won is asked."""
    asked, told = constraint_words(primary(question.language)), constraint_words(primary(language))
    if asked is None or told is None or not asked.won.search(folded(question.plain.text)):
        return False
    return told.beaten.search(folded(before)) is not None


def _itself(before: str, language: str) -> bool:
    """Whether who is named behind a text is the article's own thing ("Ada Lovelace was born Augusta Ada Byron")."""
    told = constraint_words(primary(language))
    return told is not None and told.itself.search(folded(before)) is not None


@cache
def constraint_words(language: str) -> ConstraintWords | None:
    """The words of a language; None where it has none."""
    entry = _table().get(language)
    if entry is None:
        return None
    apart = "|".join(map(re.escape, str(entry.get("apart", "")).split()))
    few = rf"(?:(?!(?:{apart})\b)[\w'’.-]+\s+){{0,4}}" if apart else ""
    beaten = entry.get("beaten")
    within = str(entry["within"])
    return ConstraintWords(
        periods=tuple(
            (_within(within, folded(fold_han(name))), first, last)
            for name, (first, last) in entry.get("periods", {}).items()
        ),
        won=re.compile(entry.get("won", r"(?!)")),
        itself=re.compile(rf"\b(?:{folded(str(entry['itself']))})\s+\Z" if "itself" in entry else r"(?!)"),
        beaten=re.compile(rf"\b(?:{beaten})\s+{few}\Z" if beaten else r"(?!)"),
    )


def _within(within: str, period: str) -> re.Pattern[str]:
    """A pattern of a period with what makes it one in which something happened."""
    if unspaced(period):
        return re.compile(within.replace("~", period))
    return re.compile(rf"(?<!\w){within.replace('~', period)}(?!\w)")


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("constrained.toml").read_text("utf-8"))
