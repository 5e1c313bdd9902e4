"""What properties, items and units are called on the pages of entities: as their file names them, else as a table does.

A file of entities holds the names of those that it holds; one of a single entity names nothing but itself. For it there
is a table of usual properties and units in English (`wikibase_names.toml`). What nobody names is shown by its number.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import msgspec

MAX_NAMED = 500_000
"""EntityNames of items and properties that are kept: some 60 MB."""

MAX_LOOKED = 2**30
"""Bytes of a file in which names are looked for before it is read; the rest of a longer file is named by number."""

LONGEST = 200
"""Characters of a name that are shown."""

_ID = re.compile(rb'"id"\s*:\s*"([QP]\d{1,12})"')
_LABELS = re.compile(rb'"labels"\s*:\s*\{')
_END = re.compile(rb"\}\s*\}")


class EntityNames:
    """EntityNames by number ("Q42"); those of the file before those of the table.

    Args:
        language: primary tag of the language that names are wanted in.

    Attributes:
        links: number → link to the entity, as pages have it; theirs to keep, when all names are known.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.links: dict[str, str] = {}
        self._found: dict[str, str] = {}
        table = _table()
        self._properties = table["properties"] if language == "en" else {}
        self._units = table["units"]

    def __call__(self, number: str) -> str:
        """What an item or property is called; its number where nobody says."""
        return self._found.get(number) or self._properties.get(number) or number

    def unit(self, number: str) -> str:
        """How a unit is written behind an amount."""
        return self._units.get(number) or self._found.get(number) or number

    def add(self, number: str, name: str) -> None:
        """Take in a name; the first that is given counts."""
        if len(self._found) < MAX_NAMED:
            self._found.setdefault(number, name[:LONGEST])
            self.links.pop(number, None)

    def look_through(self, lines: Iterable[bytes]) -> None:
        """Take in what entities, a line each, are called in the language. Only looked for, not parsed: a line that is
        written in another way names nothing."""
        label = re.compile(rb'"%s"\s*:\s*\{[^{}]*?"value"\s*:\s*("(?:[^"\\]|\\.){1,800}")' % self.language.encode())
        looked = 0
        for line in lines:
            looked += len(line)
            if looked > MAX_LOOKED or len(self._found) >= MAX_NAMED:
                return
            begun = _LABELS.search(line)
            number = _ID.search(line)
            claims = line.find(b'"claims"')
            if begun is None or number is None or 0 <= claims < number.start():
                continue  # a number behind the claims may be that of a value
            end = _END.search(line, begun.end())
            found = label.search(line, begun.end(), end.end() if end else len(line))
            if found is None:
                continue
            try:
                self.add(number[1].decode(), msgspec.json.decode(found[1], type=str))
            except msgspec.DecodeError:
                continue


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("wikibase_names.toml").read_text("utf-8"))
