"""What in a sentence may be a value: dates, amounts and names, as the slots of the rules have them.

Where two overlap the first of `KINDS` is taken, of one kind the first in the sentence. A bare number that a unit stands
behind is the amount, not the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from galactica.claims.property_table import Property, known_properties
from galactica.claims.sentences.lexicon import Lexicon
from galactica.claims.sentences.topics import Topic, name_key
from galactica.claims.sentences.values_read import ReadValue, read_amount, read_date
from galactica.codes.letters import title_key
from galactica.model.claim import Claim

KINDS = ("date", "area", "density", "mass", "length", "number", "proposed")
"""Kinds of slots (`sentences.slots`) in the order in which they are looked for."""

MOST = 60
"""Candidates of a sentence; one with more is a list."""

FEWEST_DIGITS = 2
"""Of a mere number, without its marks: a single digit counts anything."""

_MEASURED = {"area": "area", "density": "density", "mass": "mass", "length": "length", "number": "count"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueCandidate:
    """A stretch that may be a value.

    Attributes:
        start, end: in the sentence.
        kind: one of `KINDS`.
        reading: what it says.
    """

    start: int
    end: int
    kind: str
    reading: ReadValue


def candidates_of(sentence: str, topic: Topic, words: Lexicon) -> list[ValueCandidate]:
    """The candidates of a sentence in its order, at most `MOST`; none of a longer list."""
    taken: list[tuple[int, int]] = []
    found: list[ValueCandidate] = []
    for kind in KINDS:
        for start, end in _stretches(sentence, kind, words):
            if any(start < high and low < end for low, high in taken):
                continue
            reading = _read(sentence[start:end], kind, words)
            if reading is None or (reading.kind == "item" and _is_no_name(sentence, start, end, topic, words)):
                continue
            taken.append((start, end))
            found.append(ValueCandidate(start=start, end=end, kind=kind, reading=reading))
    return sorted(found, key=lambda each: each.start) if len(found) <= MOST else []


@cache
def properties_of(kind: str) -> tuple[Property, ...]:
    """The properties that a candidate of a kind may be a value of, in the order of their table."""
    every = known_properties().values()
    if kind == "date":
        return tuple(each for each in every if each.kind == "time")
    if kind == "proposed":
        return tuple(each for each in every if each.kind == "item")
    return tuple(each for each in every if each.kind == "quantity" and each.measures == _MEASURED[kind])


def value_key(said: Claim | ReadValue) -> tuple[str, str]:
    """What two readings of one value share: of an item the key of its name, else the value with its unit."""
    return (title_key(said.value), "") if said.kind == "item" else (said.value, said.unit)


def place_end(sentence: str, start: int, end: int, words: Lexicon) -> int:
    """Where a place ends that begins with a name, with what it lies in behind commas: "Wesel, Germany"."""
    source = words.shapes.get("place", "")
    match = _compiled(source).match(sentence, start) if source and words.spaced else None
    return max(end, match.end()) if match is not None else end


def people_end(sentence: str, start: int, words: Lexicon) -> int:
    """Where the word for a people ends that begins there; before it where the language has no list of them."""
    source = words.shapes.get("demonym", "")
    match = _compiled(source).match(sentence, start) if source else None
    return match.end() if match is not None else start


def dates_in(text: str, words: Lexicon) -> list[str]:
    """The dates of a text, as EDTF."""
    return [value for a, b in _stretches(text, "date", words) if (value := read_date(text[a:b], words))]


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


def _stretches(sentence: str, kind: str, words: Lexicon) -> Iterator[tuple[int, int]]:
    source = words.shapes.get(kind, "")
    if not source:
        return
    for match in _compiled(source).finditer(sentence):
        start, end = match.span()
        while end > start and sentence[end - 1].isspace():
            end -= 1
        if sentence[start] == "《":
            start, end = start + 1, end - 1
        if end > start:
            yield start, end


def _read(stretch: str, kind: str, words: Lexicon) -> ReadValue | None:
    if kind == "date":
        value = read_date(stretch, words)
        return ReadValue(kind="time", value=value) if value else None
    if kind == "proposed":
        return None if words.patterns["no_item"].search(stretch) else ReadValue(kind="item", value=stretch)
    reading = read_amount(stretch, kind, words)
    if reading is None or (kind == "number" and sum(c.isdigit() for c in stretch) < FEWEST_DIGITS):
        return None
    return reading


def _is_no_name(sentence: str, start: int, end: int, topic: Topic, words: Lexicon) -> bool:
    """Whether a capital letter only begins a sentence, or the name is the article's own."""
    stretch = sentence[start:end]
    if stretch.lower() in words.any("no_names") or name_key(stretch, words) in topic.names:
        return True
    return " " not in stretch and (stretch in words.any("no_names_first") or stretch.capitalize() in topic.pronouns)
