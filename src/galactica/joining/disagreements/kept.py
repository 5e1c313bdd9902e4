"""What lies in `joined/disagreements`: a row a group, and which articles speak of which topic. docs/formats/joined.md.

`groups.parquet` is in the order of topic, subject, property and scope; `places.parquet` in that of source and path.
Both are read by row group, so that one article's groups are found without reading the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from galactica.codes.files import whole
from galactica.edition import Edition
from galactica.edition.damage import readable
from galactica.edition.derived import derived, derived_digest
from galactica.errors import StepMissingError
from galactica.hints import word
from galactica.joining.disagreements.group import ClaimGroup
from galactica.joining.disagreements.rows import GROUPS, PLACES, group_of, group_row
from galactica.model.said import said

NAME = "disagreements"
"""The folder in `joined/`."""

VERSION = 6
"""Of what is written and how it is compared; raise it when the same claims must give other groups."""

GROUP_FILE, PLACE_FILE = "groups.parquet", "places.parquet"

MOST_ROWS = 2_000
"""Groups in one row group: some hundred kilobytes, read for one article."""


class Disagreements:
    """The compared claims of an edition; opened by `open_disagreements`. Several threads may read at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __iter__(self) -> Iterator[ClaimGroup]:
        """All groups, in the order of topic, subject, property and scope.

        Raises:
            StepMissingError: the file is damaged.
        """
        yield from self.groups()

    def groups(self, *, topic: str = "", property: str = "") -> Iterator[ClaimGroup]:
        """The groups of one topic, or of one property, or all."""
        wanted = [("topic", topic)] if topic else []
        wanted += [("property", property)] if property else []
        for row in self._rows(GROUP_FILE, wanted):
            with readable(self._folder):
                yield group_of(row)

    def kinds(self, topic: str) -> Iterator[str]:
        """Of what kinds the groups of a topic are."""
        return (row["outcome"] for row in self._rows(GROUP_FILE, [("topic", topic)], ["topic", "outcome"]))

    def topics_of(self, source: str, path: str) -> list[str]:
        """The topics of which an article, or a statement, says something that is compared."""
        return [row["topic"] for row in self._rows(PLACE_FILE, [("source", source), ("path", path)])]

    def _rows(
        self, name: str, wanted: list[tuple[str, str]], columns: list[str] | None = None
    ) -> Iterator[dict[str, Any]]:
        with readable(self._folder), ExitStack() as stack:
            file = stack.enter_context(pq.ParquetFile(self._folder / name))
            numbers = {file.schema_arrow.names[n]: n for n in range(len(file.schema_arrow.names))}
            for number in range(file.num_row_groups):
                group = file.metadata.row_group(number)
                if all(
                    _may_hold(group.column(numbers[column]).statistics, value)
                    for column, value in wanted
                    if column in _FLAT
                ):
                    table = file.read_row_group(number, columns=columns)
                    for column, value in wanted:
                        table = table.filter(pc.equal(table[column], value))
                    yield from table.to_pylist()


_FLAT = frozenset(("topic", "source", "path"))
"""Columns that come before all lists, whose number among the leaves is that among the columns."""


def _may_hold(statistics: Any, value: str) -> bool:  # noqa: ANN401 - pyarrow's, without types
    return statistics is None or not statistics.has_min_max or statistics.min <= value <= statistics.max


def made_of(edition: Edition) -> dict[str, str]:
    """What compared claims depend on: digests of the claims and of the topics."""
    return {name: derived_digest(edition, name) for name in ("claims", "topics")}


def open_disagreements(edition: Edition) -> Disagreements:
    """The compared claims of an edition.

    Raises:
        StepMissingError: there are none, or they are of another edition or version.
    """
    folder = derived(edition, NAME, VERSION, made_of(edition))
    if folder is None:
        raise StepMissingError(
            said("not-compared", "The claims of {edition} have not been compared yet.", edition=edition.path),
            said("join-first", "Run: galactica join {edition}", edition=word(edition.path)),
        )
    return Disagreements(folder)


def write_groups(folder: Path, groups: Iterable[ClaimGroup]) -> Callable[[], Iterator[str]]:
    """Write groups, which come in the order of topic, subject, property and scope.

    Returns:
        What gives the topics of which there is a group, each once.

    Raises:
        OSError: the machine's refusals.
    """
    _write(folder / GROUP_FILE, GROUPS, map(group_row, groups), MOST_ROWS)
    return lambda: _topics(folder / GROUP_FILE)


def write_places(folder: Path, places: Iterable[tuple[str, str, str]]) -> None:
    """Write (source, path, topic) of the articles of topics that have a group, which come sorted."""
    rows = (dict(zip(PLACES.names, each, strict=True)) for each in places)
    _write(folder / PLACE_FILE, PLACES, rows, 10 * MOST_ROWS)


def _write(file: Path, schema: pa.Schema, rows: Iterable[dict[str, object]], size: int) -> None:
    rows = iter(rows)
    with whole(file) as path, pq.ParquetWriter(path, schema, compression="zstd") as writer:
        chunk = list(islice(rows, size))
        writer.write_table(pa.Table.from_pylist(chunk, schema))
        while chunk := list(islice(rows, size)):
            writer.write_table(pa.Table.from_pylist(chunk, schema))


def _topics(file: Path) -> Iterator[str]:
    last = None
    for batch in pq.ParquetFile(file).iter_batches(MOST_ROWS, columns=["topic"]):
        for topic in batch.column(0).to_pylist():
            if topic != last:
                yield topic
            last = topic


def disagreements_of(edition: Edition) -> Disagreements | None:
    """The compared claims of an edition; None where there are none, or none that fit."""
    try:
        return open_disagreements(edition)
    except StepMissingError:
        return None
