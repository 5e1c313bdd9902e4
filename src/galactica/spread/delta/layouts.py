"""The columns of a table as an edition of a given version of the format has them."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from galactica.edition.table import Table, table

_SINCE_2 = {
    "articles": frozenset(("work", "part", "headings", "creators", "published", "identifiers")),
    "sources": frozenset(("creators",)),
}
"""Columns that version 2 brought; docs/formats/edition.md, section "Version 1"."""


def columns_of_version(name: str, version: int) -> Table:
    """The table of that name with the columns of a version."""
    newest = table(name)
    absent = _SINCE_2.get(name, frozenset()) if version < 2 else frozenset()
    if not absent:
        return newest
    return replace(
        newest,
        schema=pa.schema([field for field in newest.schema if field.name not in absent]),
        repeating=tuple(each for each in newest.repeating if each.partition(".")[0] not in absent),
    )
