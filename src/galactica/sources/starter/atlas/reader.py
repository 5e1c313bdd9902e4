"""The two built-in sources "atlas:" and "almanac:" behind the contract of all readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from galactica.errors import InputError
from galactica.model import Document, Source
from galactica.sources.contract import Format, Item, OpenSource, SourceOptions
from galactica.sources.starter.atlas import almanac, countries, elements, overviews, solar_system, units

_Articles = Callable[[str], Iterator[Document]]


class TableSource:
    """An open atlas or almanac; its articles are made from the tables as they are read."""

    def __init__(self, source: Source, articles: tuple[_Articles, ...]) -> None:
        self._source, self._articles = source, articles
        self._position = 0

    @property
    def source(self) -> Source:
        """Who and what it is."""
        return self._source

    @property
    def size(self) -> int | None:
        """Not known before the end."""
        return None

    @property
    def position(self) -> int:
        """Characters of articles made so far."""
        return self._position

    def read(self) -> Iterator[Item]:
        """Every article, each in English and then in Chinese."""
        for document in chain.from_iterable(make(self._source.key) for make in self._articles):
            self._position += len(document.content)
            yield document

    def __enter__(self) -> OpenSource:
        return self

    def __exit__(self, *exc: object) -> None:
        return None


_ATLAS = Source(
    key="galactica-atlas",
    title="Galactica Atlas",
    format="atlas",
    language="mul",
    licence="CC0-1.0",
    publisher="Galactica",
    date="2026",
    attribution="Figures on countries: The World Factbook, Central Intelligence Agency, public domain.",
)
_ALMANAC = Source(
    key="galactica-almanac",
    title="Galactica Almanac",
    format="almanac",
    language="mul",
    licence="CC0-1.0",
    publisher="Galactica",
    date="2026",
    attribution="Each figure names its publisher and its year.",
)


def _format(word: str, source: Source, *articles: _Articles) -> Format:
    def recognise(path: Path, head: bytes) -> int:
        return 100 if str(path) == word else 0

    def open_source(path: Path, options: SourceOptions) -> OpenSource:
        if str(path) != word:
            raise InputError(f"{path.name} is not the built-in {source.format}.", f"Write {word} as the source.")
        described = replace(
            source,
            key=options.key or source.key,
            title=options.title or source.title,
            licence=options.licence or source.licence,
        )
        return TableSource(described, articles)

    return Format(name=source.format, suffixes=(), recognise=recognise, open=open_source)


FORMAT = _format(
    "atlas:",
    _ATLAS,
    countries.articles,
    elements.elements,
    solar_system.bodies,
    units.unit_articles,
    overviews.articles,
)
ALMANAC = _format("almanac:", _ALMANAC, almanac.articles)
