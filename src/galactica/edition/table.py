"""The tables of an edition, one descriptor each: its columns, whether it is truth, its record and their order.

Who writes, verifies or reads tables takes what it has to know of one from here, so that a new table is one entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from galactica.edition import layout, record
from galactica.model import Alias, Article, Qualifier, Source, SourceStatement, Work, article_id

Row = Mapping[str, Any]
"""A row as pyarrow gives it: column → value; a column that the edition's version does not have may be missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table.

    Attributes:
        name: of its folder in `data/`.
        schema: its columns, as they are written.
        repeating: columns, as Parquet names them, that hold few different values: written through a dictionary.
        sharded: written by the workers of a build, a file a shard; else in one file.
        since: version of the format that brought it.
        truth: whether its records are in the root; only then there are
        record: the bytes of a row, for a version of the format;
        order: what the records are sorted by.
    """

    name: str
    schema: pa.Schema
    repeating: tuple[str, ...] = ()
    sharded: bool = False
    since: int = record.FIRST_VERSION
    record: Callable[[Row, int], bytes] | None = None
    order: Callable[[Row], Any] | None = None

    @property
    def truth(self) -> bool:
        """Whether its records are in the root."""
        return self.record is not None


def article_of(row: Row, body: str) -> Article:
    """The article of a row, with its body, which may have been read apart."""
    return Article(
        id=article_id(row["source"], row["path"]),
        title=row["title"],
        language=row["language"],
        aliases=tuple(Alias(title=a["title"], path=a["path"] or "") for a in row["aliases"] or ()),
        body=body,
        categories=tuple(row["categories"] or ()),
        source=row["source"],
        path=row["path"],
        url=row["url"] or "",
        revision=row["revision"] or "",
        modified=row["modified"] or "",
        licence=row["licence"] or "",
        work=row.get("work") or "",
        part=row.get("part") or 0,
        headings=tuple(row.get("headings") or ()),
        creators=tuple(row.get("creators") or ()),
        published=row.get("published") or "",
        identifiers=tuple(row.get("identifiers") or ()),
    )


def source_of(row: Row) -> Source:
    """The source of a row."""
    return Source(**_filled(row, layout.SOURCES))


def work_of_row(row: Row) -> Work:
    """The work of a row."""
    return Work(**_filled(row, layout.WORKS))


def statement_of(row: Row) -> SourceStatement:
    """What a source states, of a row."""
    filled = _filled(row, layout.STATEMENTS)
    filled["qualifiers"] = _qualifiers(filled["qualifiers"])
    filled["references"] = tuple(_qualifiers(several) for several in filled["references"])
    return SourceStatement(**filled)


def _qualifiers(rows: Sequence[Row]) -> tuple[Qualifier, ...]:
    return tuple(
        Qualifier(property=row["property"], kind=row["kind"], value=row["value"] or "", unit=row["unit"] or "")
        for row in rows
    )


def _filled(row: Row, schema: pa.Schema) -> dict[str, Any]:
    """Column → value; what is missing is "", or () where it is a list."""
    return {
        field.name: tuple(row.get(field.name) or ()) if pa.types.is_list(field.type) else row.get(field.name) or ""
        for field in schema
    }


def row_of(value: object, schema: pa.Schema) -> dict[str, Any]:
    """A value of the model as a row: attributes by the names of columns; "", 0 and () become null where that is
    allowed."""
    return {
        field.name: (_plain(getattr(value, field.name)) or None) if field.nullable else getattr(value, field.name)
        for field in schema
    }


def _plain(value: object) -> object:
    """Sequences as lists, qualifiers and aliases as rows."""
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Qualifier):
        return {
            "property": value.property,
            "kind": value.kind,
            "value": value.value or None,
            "unit": value.unit or None,
        }
    return row_of(value, pa.schema(list(layout.ALIAS))) if isinstance(value, Alias) else value


def _media_record(row: Row, _: int) -> bytes:
    return record.media_record(row["hash"], row["mime"], row["size"])


def _file_record(row: Row, _: int) -> bytes:
    return record.file_record(row["source"], row["path"], row["hash"])


TABLES = (
    Table(
        name="articles",
        schema=layout.ARTICLES,
        repeating=(
            *("language", "source", "licence", "categories.list.element", "work", "published"),
            *("headings.list.element", "creators.list.element"),
        ),
        sharded=True,
        record=lambda row, version: record.article_record(article_of(row, row["body"]), version),
        order=lambda row: article_id(row["source"], row["path"]),
    ),
    Table(name="passages", schema=layout.PASSAGES, sharded=True),
    Table(name="signals", schema=layout.SIGNALS, sharded=True),
    Table(
        name="sources",
        schema=layout.SOURCES,
        record=lambda row, version: record.source_record(source_of(row), version),
        order=lambda row: row["key"],
    ),
    Table(
        name="files",
        schema=layout.FILES,
        repeating=("source",),
        record=_file_record,
        order=lambda row: (row["source"], row["path"]),
    ),
    Table(
        name="media",
        schema=layout.MEDIA,
        repeating=("mime",),
        sharded=True,
        record=_media_record,
        order=lambda row: row["hash"],
    ),
    Table(
        name="works",
        schema=layout.WORKS,
        repeating=("source", "kind", "language", "licence"),
        since=2,
        record=lambda row, _: record.work_record(work_of_row(row)),
        order=lambda row: (row["source"], row["path"]),
    ),
    Table(
        name="statements",
        schema=layout.STATEMENTS,
        repeating=(
            *("source", "subject", "property", "kind", "unit", "language", "rank"),
            *("qualifiers.list.element.property", "qualifiers.list.element.kind", "qualifiers.list.element.unit"),
            *(f"references.list.element.list.element.{name}" for name in ("property", "kind", "value")),
        ),
        since=2,
        record=lambda row, _: record.statement_record(statement_of(row)),
        order=lambda row: (row["source"], row["path"]),
    ),
    Table(name="rejected", schema=layout.REJECTED, repeating=("source", "stage", "reason")),
    Table(name="dropped", schema=layout.DROPPED, repeating=("source", "rule")),
)
"""All that a build writes, in no order."""


def table(name: str) -> Table:
    """The table of that name.

    Raises:
        KeyError: there is none.
    """
    return _NAMED[name]


def of_version(own: Table, version: int) -> Table:
    """A table as an edition of an older version has it: without the columns that came later."""
    later = _SINCE_2.get(own.name, frozenset()) if version < 2 else frozenset()
    if not later:
        return own
    kept = pa.schema([field for field in own.schema if field.name not in later])
    repeating = tuple(name for name in own.repeating if name.partition(".")[0] not in later)
    return replace(own, schema=kept, repeating=repeating)


_SINCE_2 = {
    "articles": frozenset({"work", "part", "headings", "creators", "published", "identifiers"}),
    "sources": frozenset({"creators"}),
}
"""Columns that version 2 of the format brought."""

_NAMED = {each.name: each for each in TABLES}


def truths(version: int) -> tuple[str, ...]:
    """Names of the tables whose records are in the root of an edition of this version, "edition" among them, in the
    order in which the root lists them."""
    return tuple(sorted([each.name for each in TABLES if each.truth and each.since <= version] + ["edition"]))
