"""The words by which a table is asked: the most, the least, how many, and what columns are called; see `words.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from galactica.ask.pieces import stem_of
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.search.analysis import analyser_for

ANY = ""
"""What is compared where any column may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPart:
    """What a stretch of a question is, one of several perhaps.

    Attributes:
        role: "glue", "ask", "count", "beyond" (more than), "most", "none", "said" (a sort of column), "column", "noun",
            "value".
        of: the sort of column; `ANY` of "most" for whichever is named.
        most: of "most": whether the most is asked for, not the least.
        columns: of "column": the numbers of those that are called so.
        cells: of "value": (row, column) of the cells that say so.
    """

    role: str
    of: str = ANY
    most: bool = True
    columns: frozenset[int] = frozenset()
    cells: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class TabularWords:
    """The phrases of one language, folded and cut into words or letters → what each is."""

    phrases: Mapping[tuple[str, ...], tuple[QuestionPart, ...]]


def table_text(text: str) -> str:
    """A text as words are looked for in it: folded, in simplified characters."""
    return folded(fold_han(text))


def cut_words(text: str) -> tuple[str, ...]:
    """The words of a text, folded; in a script without spaces its letters and digits."""
    told = table_text(text)
    if unspaced(told):
        return tuple(letter for letter in told if letter.isalnum())
    return tuple("".join(letter if letter.isalnum() else " " for letter in told).split())


def stands_in(phrase: tuple[str, ...], told: tuple[str, ...]) -> bool:
    """Whether the words of a phrase stand one after another in others."""
    return any(told[at : at + len(phrase)] == phrase for at in range(len(told) - len(phrase) + 1))


def word_stems(text: str, language: str) -> tuple[str, ...]:
    """What the words of a text are compared by; of a script without spaces its letters."""
    words = cut_words(text)
    return words if unspaced(text) else tuple(stem_of(word, analyser_for(language, word)) for word in words)


def phrases_of(text: str) -> list[str]:
    """The phrases of a line."""
    return [each.strip() for each in text.split("|") if each.strip()]


@cache
def tabular_words(language: str) -> TabularWords | None:
    """The words of a language, a primary tag; None of one that is not there."""
    entry = _table().get(language)
    if not isinstance(entry, dict) or "glue" not in entry:
        return None
    found: dict[tuple[str, ...], list[QuestionPart]] = {}
    for phrase, part in _parts(entry):
        found.setdefault(cut_words(phrase), []).append(part)
    return TabularWords(phrases={key: tuple(parts) for key, parts in found.items()})


def _parts(entry: Mapping[str, Any]) -> Iterator[tuple[str, QuestionPart]]:
    for word in entry["glue"].split():
        yield word, QuestionPart(role="glue")
    for role in ("ask", "count", "beyond"):
        for phrase in phrases_of(entry[role]):
            yield phrase, QuestionPart(role=role)
    for name in ("most", "least"):
        for phrase in phrases_of(entry[name]):
            yield phrase, QuestionPart(role="most", most=name == "most")
    for name, text in entry["compared"].items():
        of, _, direction = name.rpartition("_")
        for phrase in phrases_of(text):
            yield phrase, QuestionPart(role="most", of=of, most=direction == "most")
    for role in ("none", "said"):
        for of, text in entry[role].items():
            for phrase in phrases_of(text):
                yield phrase, QuestionPart(role=role, of=of)


@cache
def column_sorts(head: str) -> frozenset[str]:
    """What sorts of columns one that is called so is of, in whatever language: "prix (€)" is of "price";
    "population density" of none."""
    words = cut_words(head)
    return frozenset(
        of
        for phrase, of in _said()
        for at in range(len(words) - len(phrase) + 1)
        if words[at : at + len(phrase)] == phrase and changes_nothing((*words[:at], *words[at + len(phrase) :]))
    )


def changes_nothing(words: Iterable[str]) -> bool:
    """Whether a column is the same with and without these words of its name: "number of inhabitants"."""
    return all(word in _beside() or word.isdigit() for word in words)


@cache
def noun_first(language: str) -> bool:
    """Whether what narrows a noun stands behind it in a language, a primary tag: "dose adulte"."""
    return language in _table()["noun_first"].split()


@cache
def _beside() -> frozenset[str]:
    glue = (entry["glue"] for entry in _table().values() if isinstance(entry, dict) and "glue" in entry)
    return frozenset(cut for text in (_table()["beside"], *glue) for word in text.split() for cut in cut_words(word))


@cache
def _said() -> tuple[tuple[tuple[str, ...], str], ...]:
    entries = [entry for entry in _table().values() if isinstance(entry, dict) and "said" in entry]
    return tuple(
        (cut_words(phrase), of)
        for entry in entries
        for of, text in entry["said"].items()
        for phrase in phrases_of(text)
    )


@cache
def nouns_like(head: str) -> tuple[str, ...]:
    """What the rows may be called of a table whose first column is called so."""
    words = cut_words(head)
    return tuple(
        noun
        for line in _table()["nouns"].values()
        if any(
            words == cut_words(each) or (not unspaced(head) and cut_words(each)[0] in words)
            for each in phrases_of(line)
        )
        for noun in phrases_of(line)
    )


@cache
def says_nothing(cell: str) -> bool:
    """Whether a cell only says that nothing is known."""
    return table_text(cell).strip() in {table_text(each) for each in ("", *phrases_of(_table()["empty"]))}


@cache
def says_about(before: str) -> bool:
    """Whether what stands before a number makes it one that is not exact."""
    return table_text(before).strip() in {table_text(each) for each in phrases_of(_table()["about"])}


@cache
def says_total(label: str) -> bool:
    """Whether a row is a sum or a mean of the others."""
    told = table_text(label).strip(" :：.")
    return told in {table_text(each) for each in phrases_of(_table()["total"])}


@cache
def sums_some_up(label: str) -> bool:
    """Whether a row may be the sum of some of the others: "Total North"."""
    told = cut_words(label)
    every = (cut_words(each) for each in phrases_of(_table()["total"]))
    return any(words in (told[: len(words)], told[-len(words) :]) for words in every if len(words) < len(told))


@cache
def counts_backwards(behind: str) -> bool:
    """Whether what stands beside a year makes it one before our era."""
    return table_text(behind).strip() in {table_text(each) for each in phrases_of(_table()["era"])}


@cache
def says_unit(head: str) -> bool:
    """Whether a column says in what the numbers of another are."""
    return cut_words(head) in {cut_words(each) for each in phrases_of(_table()["unit"])}


@cache
def names_people(head: str) -> bool:
    """Whether the rows of a table are people whose first column is called so."""
    people = {cut_words(each) for each in phrases_of(_table()["nouns"]["person"])}
    return not people.isdisjoint((cut_words(head), *((word,) for word in cut_words(head))))


def has_any(question: str, name: str) -> bool:
    """Whether a question has one of the phrases of an entry: "who", "much"."""
    told = cut_words(question)
    every = (cut_words(each) for each in phrases_of(_table()[name]))
    return any(stands_in(each, told) for each in every)


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
