"""What lies in `joined/properties`: compared claims by property and topic, and the topics with what they are called.
docs/formats/joined.md.

`groups.parquet` is in the order of property, topic, subject and scope, `topics.parquet` in that of the topics,
`rows.parquet` in that of the articles. All are read by row group, so that one property, one topic, one article is found
without reading the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from galactica.edition import Edition
from galactica.edition.damage import readable
from galactica.edition.derived import derived, derived_digest
from galactica.joining.disagreements.group import ClaimGroup
from galactica.joining.disagreements.rows import GROUPS, group_of

NAME = "properties"
"""The folder in `joined/`."""

VERSION = 1
"""Of what is written; raise it when the same claims must give other rows."""

GROUP_FILE, TOPIC_FILE, ROW_FILE = "groups.parquet", "topics.parquet", "rows.parquet"

MOST_ROWS = 250
"""Rows of a row group: what is read to find one thing, some milliseconds."""

MOST_MEMBERS = 40
"""Articles of one topic that are named with it: one in each of forty languages."""

TEXT = pa.string()

BY_PROPERTY = pa.schema(
    [
        GROUPS.field("property"),
        GROUPS.field("topic"),
        *(each for each in GROUPS if each.name not in ("property", "topic")),
    ]
)

TOPICS = pa.schema(
    [
        pa.field("topic", TEXT, nullable=False),
        pa.field("members", pa.list_(pa.struct([("row", pa.int64()), ("language", TEXT), ("title", TEXT)]))),
        pa.field("sorts", pa.list_(TEXT)),
        pa.field("has", pa.list_(TEXT)),
    ]
)

ROWS = pa.schema([pa.field("row", pa.int64(), nullable=False), pa.field("topic", TEXT, nullable=False)])


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicTitle:
    """An article of a topic, by its row."""

    row: int
    language: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicEntry:
    """A topic as it is asked for.

    Attributes:
        topic: its name.
        members: its articles by row, the first `MOST_MEMBERS`.
        sorts: what it is said to be, as it is written: words of definitions and of categories.
        has: ids of the properties of which something is claimed of it, and of fields of sources that say what it is.
    """

    topic: str
    members: tuple[TopicTitle, ...] = ()
    sorts: tuple[str, ...] = ()
    has: frozenset[str] = frozenset()


class PropertyClaims:
    """The claims of an edition by property; opened by `property_claims`. Several threads may read at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, name: str, topic: str = "") -> Iterator[ClaimGroup]:
        """What is said of a property, of one topic or of all, in the order of the topics.

        Raises:
            EditionError: the file is damaged.
        """
        wanted: list[tuple[str, object]] = [("property", name)]
        wanted += [("topic", topic)] if topic else []
        for row in self._rows(GROUP_FILE, wanted):
            with readable(self._folder):
                yield group_of(row)

    def topic_of(self, row: int) -> str:
        """The topic of an article; "" where it has none."""
        return next((each["topic"] for each in self._rows(ROW_FILE, [("row", row)])), "")

    def topics(self, topic: str = "") -> Iterator[TopicEntry]:
        """All topics, or one."""
        for each in self._rows(TOPIC_FILE, [("topic", topic)] if topic else []):
            yield TopicEntry(
                topic=each["topic"],
                members=tuple(TopicTitle(**member) for member in each["members"] or ()),
                sorts=tuple(each["sorts"] or ()),
                has=frozenset(each["has"] or ()),
            )

    def _rows(self, name: str, wanted: list[tuple[str, object]]) -> Iterator[dict[str, Any]]:
        with readable(self._folder), ExitStack() as stack:
            file = stack.enter_context(pq.ParquetFile(self._folder / name))
            numbers = {column: number for number, column in enumerate(file.schema_arrow.names)}
            for number in range(file.num_row_groups):
                group = file.metadata.row_group(number)
                if all(_may_hold(group.column(numbers[column]).statistics, value) for column, value in wanted):
                    table = file.read_row_group(number)
                    for column, value in wanted:
                        table = table.filter(pc.equal(table[column], value))
                    yield from table.to_pylist()


def _may_hold(statistics: Any, value: object) -> bool:  # noqa: ANN401 - pyarrow's, without types
    return statistics is None or not statistics.has_min_max or statistics.min <= value <= statistics.max


def properties_made_of(edition: Edition) -> dict[str, str]:
    """What the folder depends on: digests of the claims and of the topics."""
    return {name: derived_digest(edition, name) for name in ("claims", "topics")}


def properties_kept(edition: Edition) -> Path | None:
    """The folder, where it is whole and made of the claims and topics that there are; else None."""
    return derived(edition, NAME, VERSION, properties_made_of(edition))


def property_claims(edition: Edition) -> PropertyClaims | None:
    """The claims of an edition by property; None where it is not joined, or by another version."""
    folder = properties_kept(edition)
    return PropertyClaims(folder) if folder is not None else None
