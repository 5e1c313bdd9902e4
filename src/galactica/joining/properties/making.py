"""The claims of an edition laid out by property, and what its topics are called and said to be."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq

from galactica.claims.property_table import known_properties
from galactica.codes.files import whole
from galactica.edition import Edition
from galactica.edition.derived import deriving
from galactica.joining.disagreements.gathering import OfOneProperty, claims_by_topic
from galactica.joining.disagreements.group import ClaimGroup
from galactica.joining.disagreements.grouping import property_groups
from galactica.joining.disagreements.making import TopicRows
from galactica.joining.disagreements.rows import group_row
from galactica.joining.disagreements.things import Things, known_things
from galactica.joining.properties.kept import (
    BY_PROPERTY,
    GROUP_FILE,
    MOST_MEMBERS,
    MOST_ROWS,
    NAME,
    ROW_FILE,
    ROWS,
    TOPIC_FILE,
    TOPICS,
    VERSION,
    properties_made_of,
)
from galactica.model.claim import Claim, said_outright
from galactica.progress import Report, silent

SORT, SORT_ITEM = "instance_of", "wikidata:P31"
"""Properties of claims that say what a thing is: in words, and by an item."""

SHOWN = frozenset(("Dependency status",))
"""Fields of sources, in their own words, that say what a thing is: whether a topic has them is told."""

LONGEST_SORT = 80
"""Characters of what a thing is said to be."""

MOST_SORTS = 24
"""Of one topic; an article has some ten categories."""

BATCH = 5_000
"""Rows in memory on the way to the file."""

_BEHIND = re.compile(
    r"\s(?:of|in|on|at|for|from|that|which|who|with|by|located|situated|between|to|and)\s|[,;(（，。；]"
)
"""Where what a thing is ends, and what it is of begins."""


def make_properties(
    edition: Edition,
    claims: Iterable[Claim],
    *,
    topics: TopicRows | None = None,
    of: Mapping[str, str] | None = None,
    report: Report = silent,
) -> None:
    """Lay the claims of an edition out by property, in its `joined/properties`.

    Args:
        claims: all of them, in any order.
        topics: those of `joined/topics`; None: articles that share an identifier or a title.
        of: digests of what they were made of; None: of the claims and topics that the edition has.
        report: stages "things" (articles), "properties" (groups).

    Raises:
        OSError: the machine's refusals.
        EditionError: the edition is damaged.
        UsageError: another process is at it.
    """
    with (
        deriving(edition, NAME, VERSION, properties_made_of(edition) if of is None else of) as folder,
        known_things(edition, topics, folder / "things.sqlite", report) as things,
        _Sorter(folder / "sorter.sqlite") as sorter,
    ):
        wanted = (each for each in claims if _is_wanted(each))
        done = 0
        for several in claims_by_topic(wanted, things.place_of, folder / "claims.sqlite"):
            _take(several, things, sorter)
            done += 1
            if done % BATCH == 0:
                report("properties", done, None, "groups")
        for row, article in edition.scan(body=False):
            topic = things.of_subject(article.source, f"path:{quote(article.path)}")
            sorter.article(topic, row, article.language, article.title)
            for name in article.categories[:MOST_SORTS]:
                sorter.sort(topic, name)
        _write(folder / GROUP_FILE, BY_PROPERTY, sorter.groups())
        _write(folder / TOPIC_FILE, TOPICS, sorter.topics())
        _write(folder / ROW_FILE, ROWS, sorter.rows())
        report("properties", done, done, "groups")


def _is_wanted(claim: Claim) -> bool:
    return claim.property in known_properties() or claim.property in (SORT, SORT_ITEM) or claim.property in SHOWN


def _take(several: OfOneProperty, things: Things, sorter: _Sorter) -> None:
    """What one topic is said to be, or what is said of it."""
    name = several.property
    if name in (SORT, SORT_ITEM):
        if not several.subject:
            for claim in several.claims:
                if said_outright(claim):
                    for said in [claim.value] if name == SORT else sorted(things.known(claim.value)):
                        sorter.sort(several.topic, said)
        return
    sorter.has(several.topic, name)
    if name in SHOWN:
        return
    for group in property_groups(several, known=things.known, date_of=things.date_of):
        sorter.group(group)


def said_sort(text: str) -> str:
    """What a thing is said to be, without what it is of and where: "a large city in France" → "a large city"."""
    return " ".join(_BEHIND.split(text[:LONGEST_SORT], maxsplit=1)[0].split())


class _Sorter:
    """Groups, topics and articles on their way into order, in a file."""

    def __init__(self, file: Path) -> None:
        file.unlink(missing_ok=True)
        self._file = file
        self._db = sqlite3.connect(file, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute("CREATE TABLE groups (property TEXT, topic TEXT, subject TEXT, scope TEXT, told TEXT)")
        self._db.execute("CREATE TABLE said (topic TEXT, field TEXT, said TEXT)")  # sorted once, when all are there
        self._db.execute("CREATE TABLE articles (topic TEXT, row INTEGER, language TEXT, title TEXT)")
        self._db.execute("BEGIN")

    def __enter__(self) -> _Sorter:
        return self

    def __exit__(self, *error: object) -> None:
        self._db.close()
        self._file.unlink(missing_ok=True)

    def group(self, group: ClaimGroup) -> None:
        """What is said of one property of a topic."""
        told = json.dumps(group_row(group), ensure_ascii=True)
        key = (group.property, group.topic, _sound(group.subject), _sound(group.scope))
        self._db.execute("INSERT INTO groups VALUES (?, ?, ?, ?, ?)", (*key, told))

    def has(self, topic: str, name: str) -> None:
        """That something is said of a property of a topic."""
        self._db.execute("INSERT INTO said VALUES (?, 'has', ?)", (topic, name))

    def sort(self, topic: str, said: str) -> None:
        """What a topic is said to be."""
        sort = said_sort(_sound(said))
        if sort:
            self._db.execute("INSERT INTO said VALUES (?, 'sort', ?)", (topic, sort))

    def article(self, topic: str, row: int, language: str, title: str) -> None:
        """An article of a topic."""
        self._db.execute("INSERT INTO articles VALUES (?, ?, ?, ?)", (topic, row, language, _sound(title)))

    def groups(self) -> Iterator[dict[str, object]]:
        """All groups, in order."""
        found = self._db.execute("SELECT told FROM groups ORDER BY property, topic, subject, scope, told")
        return (json.loads(told) for (told,) in found)

    def topics(self) -> Iterator[dict[str, object]]:
        """All topics, in order."""
        every = self._db.execute(
            "SELECT topic, 'row', language, title, row FROM articles "
            "UNION ALL SELECT topic, field, '', said, 0 FROM said GROUP BY topic, field, said ORDER BY 1, 2, 5, 4"
        )
        for topic, several in groupby(every, lambda row: row[0]):
            told: dict[str, list[object]] = {"row": [], "sort": [], "has": []}
            for _, field, language, said, row in several:
                told[field].append({"row": row, "language": language, "title": said} if field == "row" else said)
            yield {
                "topic": topic,
                "members": told["row"][:MOST_MEMBERS],
                "sorts": told["sort"][:MOST_SORTS],
                "has": told["has"],
            }

    def rows(self) -> Iterator[dict[str, object]]:
        """All articles by row, and their topics."""
        found = self._db.execute("SELECT row, topic FROM articles ORDER BY row")
        return ({"row": row, "topic": topic} for row, topic in found)


def _sound(text: str) -> str:
    """Text that UTF-8 can hold."""
    return text.encode("utf-8", "replace").decode()


def _write(file: Path, schema: pa.Schema, rows: Iterator[dict[str, object]]) -> None:
    with whole(file) as path, pq.ParquetWriter(path, schema, compression="zstd") as writer:
        chunk = list(islice(rows, MOST_ROWS))
        writer.write_table(pa.Table.from_pylist(chunk, schema))
        while chunk := list(islice(rows, MOST_ROWS)):
            writer.write_table(pa.Table.from_pylist(chunk, schema))
