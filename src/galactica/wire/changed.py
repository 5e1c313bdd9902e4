"""Deltas and updates as JSON documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from galactica.wire.objects import JsonObject
from galactica.wire.terms import Count, Root

if TYPE_CHECKING:
    from galactica.library import DeltaMade, UpdatedEdition


class TableChangeDocument(JsonObject, frozen=True, kw_only=True):
    """How many records of a table changed."""

    table: str
    added: Count
    removed: Count
    changed: Count


class DeltaDocument(JsonObject, frozen=True, kw_only=True):
    """A delta that was written."""

    file: str
    bytes: Count
    origin: Annotated[Root, Meta(description="The edition that it is for.")]
    root: Annotated[Root, Meta(description="The edition that it leads to.")]
    tables: list[TableChangeDocument]


class UpdateDocument(JsonObject, frozen=True, kw_only=True):
    """An edition that was brought up to date."""

    edition: str
    before: Annotated[Root, Meta(description="The edition that was there.")]
    root: Annotated[Root, Meta(description="The edition that is there now.")]
    number: Annotated[int, Meta(ge=1, description="Of the edition that is there now.")]
    fetched: Annotated[Count, Meta(description="Bytes that were needed for it.")]
    way: Annotated[
        str,
        Meta(
            description="What it came by; none: it was up to date.",
            extra_json_schema={"enum": ["delta", "whole", "none"]},
        ),
    ]


def delta_document(file: Path, found: DeltaMade) -> DeltaDocument:
    """A delta that was written."""
    return DeltaDocument(
        file=str(file),
        bytes=found.bytes,
        origin=found.origin,
        root=found.root,
        tables=[
            TableChangeDocument(table=table, added=added, removed=removed, changed=changed)
            for table, removed, changed, added in found.changes
        ],
    )


def update_document(edition: Path, found: UpdatedEdition) -> UpdateDocument:
    """An edition that was brought up to date."""
    return UpdateDocument(
        edition=str(edition),
        before=found.before,
        root=found.root,
        number=found.number,
        fetched=found.fetched,
        way=found.way,
    )
