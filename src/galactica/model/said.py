"""Sentences for a person that know what they say, so that an interface can say them in the person's language.

Whoever has something to tell writes it once, in English, with a code and the values in it:

    said("no-article-has", "No article has {words}.", words="“comet”")
    said("read-passages", "Read {number:passage}.", number=1)

That is a text like any other: a terminal prints it, JSON carries it. The reading room looks the code up in its own
words (`web/words/said.TAG.toml`, one for each of its languages) and fills in the same values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Self


class Said(str):
    """A sentence in English, made by `said`.

    Attributes:
        code: what is said, in small letters and hyphens; the same sentence has one code.
        values: what is filled in, by name.
    """

    code: str
    values: Mapping[str, str]  # some of them sentences themselves

    def __new__(cls, text: str, code: str, values: Mapping[str, str]) -> Self:
        """A sentence that was written before."""
        self = super().__new__(cls, text)
        self.code, self.values = code, values
        return self

    def __reduce__(self) -> tuple[type[Said], tuple[str, str, dict[str, str]]]:
        return Said, (str(self), self.code, dict(self.values))


class Listed(str):
    """Several values in one place of a sentence, joined as English does; another language joins them its own way.

    Attributes:
        items: they; some may be sentences themselves.
    """

    items: tuple[str, ...]

    def __new__(cls, items: Sequence[str]) -> Self:
        """The values in their order."""
        self = super().__new__(cls, ", ".join(items))
        self.items = tuple(items)
        return self

    def __reduce__(self) -> tuple[type[Listed], tuple[tuple[str, ...]]]:
        return Listed, (self.items,)


class WholeNumber(str):
    """A whole number as it is written, which knows the form of the noun behind it: "{number:passage}" is "1 passage",
    "12 passages"; of a noun whose plural is another, "{number:child|children}"."""

    @property
    def value(self) -> int:
        """The number."""
        return int(self.replace(",", ""))

    def __format__(self, spec: str) -> str:
        """The number, and behind it the noun that the place in the sentence names."""
        one, _, many = spec.partition("|")
        return f"{self} {one if self == '1' else many or f'{one}s'}" if spec else str(self)


class Translated(str):
    """A name in English that is known in other languages too: what a property is called.

    Attributes:
        names: language (a primary tag) → the name.
    """

    names: Mapping[str, str]

    def __new__(cls, english: str, names: Mapping[str, str]) -> Self:
        """A name with what it is called elsewhere."""
        self = super().__new__(cls, english)
        self.names = names
        return self

    def __reduce__(self) -> tuple[type[Translated], tuple[str, dict[str, str]]]:
        return Translated, (str(self), dict(self.names))


def counted(number: int, thing: str) -> str:
    """So many things, in English: "1 edition", "12,000 articles".

    Args:
        thing: one of them; where its plural is not formed with an s, both: "child|children".
    """
    return format(WholeNumber(f"{number:,}"), thing)


def said(code: str, english: str, **values: object) -> Said:
    """A sentence for a person.

    Args:
        code: what is said.
        english: the sentence, with {names} where values go, "{number:passage}" where a noun goes with a number.
        values: numbers are written with thousands separated by commas, lists and tuples as lists of their texts;
            everything else as it is, sentences that know what they say among them.
    """
    filled = {name: _written(value) for name, value in values.items()}
    return Said(english.format(**filled) if filled else english, code, filled)


def _written(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return Listed(value)
    return WholeNumber(f"{value:,}") if isinstance(value, int) else str(value)
