"""The months of the languages: what each is called, and which one a name is.

Their names stand in the languages' files, under `dates`: `months` as they stand inside a date, `also` twelve other
spellings, `read` where they are recognised in texts of any language.
"""

from __future__ import annotations

from functools import cache

from galactica.codes.letters import folded
from galactica.languages import by_language, facts, primary
from galactica.values.written import any_of

LONGEST_NAME = 12
"""Letters of a word that may be the beginning of a month's name."""


def months_of(language: str) -> tuple[str, ...]:
    """The twelve months as they stand inside a date of a language; none where they are not known, or only numbered.

    Args:
        language: a tag; the months are those of the language whose dates it shares, where it has none of its own.
    """
    return _months(dates_of(language))


def dates_of(language: str) -> str:
    """The language whose months and ways of writing a date a language has: its own, or the one it shares them with."""
    code = primary(language)
    return str(facts(code).get("dates", {}).get("same", code))


@cache
def _months(code: str) -> tuple[str, ...]:
    return tuple(facts(code).get("dates", {}).get("months", "").split())


def month_name(month: int, language: str) -> str:
    """The name of a month (1 to 12) as it stands inside a date; in English where the language's are not known."""
    return (months_of(language) or _months("en"))[month - 1]


def month_named(text: str, language: str) -> int:
    """The number of a month from its name (or three letters of it), in the language or in English; else 0."""
    word = text.strip().rstrip(".").lower()
    names = _lower(dates_of(language))
    if word in names:
        return names[word]
    if not 3 <= len(word) <= LONGEST_NAME or " " in word:
        return 0
    found = {
        value for name, value in names.items() if name.startswith(word) or (len(word) > 3 and name[:4] == word[:4])
    }
    if len(found) == 1:
        return found.pop()
    english = short_english().get(word[:3], 0)
    return english if english and _months("en")[english - 1].lower().startswith(word) else 0


@cache
def _lower(code: str) -> dict[str, int]:
    return {name.lower(): number for number, name in enumerate(_months(code), 1)}


@cache
def short_english() -> dict[str, int]:
    """The three letters that English shortens a month to → its number."""
    return {name: number for number, name in enumerate(facts("en")["dates"]["also"].split(), 1)}


@cache
def read_months() -> dict[str, tuple[str, ...]]:
    """Language → its twelve months, of those whose months are recognised in texts of any language."""
    return {
        tag: tuple(entry["months"].split())
        for tag, entry in by_language("dates").items()
        if entry.get("read") and entry.get("months")
    }


@cache
def month_numbers() -> dict[str, int]:
    """Name of a month in any language whose months are read anywhere, folded → its number."""
    read = [entry for entry in by_language("dates").values() if entry.get("read")]
    lists = [entry[key].split() for key in ("months", "also") for entry in read if key in entry]
    return {folded(name).replace("_", " "): at for names in lists for at, name in enumerate(names, 1)}


@cache
def month_names() -> frozenset[str]:
    """The names of `month_numbers`."""
    return frozenset(month_numbers())


@cache
def month_pattern() -> str:
    """Any name of `month_numbers`, the longest first, as the inside of a regular expression over folded text."""
    return any_of(month_numbers())
