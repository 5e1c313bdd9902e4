"""What the program says as JSON documents: errors, its version, where it listens, what it wrote, rows of a SELECT."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta

from galactica.wire.objects import JsonObject, copied
from galactica.wire.terms import Count

if TYPE_CHECKING:
    from galactica.errors import GalacticaError
    from galactica.library import SqlResult


class ProblemDocument(JsonObject, frozen=True, kw_only=True):
    """Why there is no answer."""

    problem: Annotated[str, Meta(description="What happened.")]
    remedy: Annotated[str, Meta(description="What can be done.")]


class EndedDocument(ProblemDocument, frozen=True, kw_only=True):
    """Why a verb failed."""

    code: Annotated[int, Meta(ge=1, le=255, description="Exit code.")]


class ErrorDocument(JsonObject, frozen=True, kw_only=True):
    """What a verb writes when it fails."""

    error: EndedDocument


class VersionDocument(JsonObject, frozen=True, kw_only=True):
    """Which version this is, and on what it runs."""

    version: str
    python: str
    platform: str


class ListeningDocument(JsonObject, frozen=True, kw_only=True):
    """Where a server listens."""

    url: str


class RowsDocument(JsonObject, frozen=True, kw_only=True):
    """What a SELECT gave."""

    columns: Annotated[list[str], Meta(description="Names.")]
    types: Annotated[list[str], Meta(description="Of the columns, as DuckDB calls them.")]
    rows: list[list[Any]]
    truncated: Annotated[bool, Meta(description="Whether there are more rows than were allowed.")]


class ShelfDocument(JsonObject, frozen=True, kw_only=True):
    """What stands on the shelf."""

    editions: Annotated[list[str], Meta(description="Paths.")]


class ExportDocument(JsonObject, frozen=True, kw_only=True):
    """A file or folder that was made of an edition."""

    path: str
    format: Annotated[str, Meta(extra_json_schema={"enum": ["zim", "jsonl", "okf", "ocfl"]})]
    bytes: Count


class ProofFileDocument(JsonObject, frozen=True, kw_only=True):
    """A proof that was written."""

    path: str
    bytes: Count
    root: Annotated[str, Meta(description="Of the edition.", pattern="^[0-9a-f]{64}$")]
    table: str


def problem_document(error: GalacticaError) -> ProblemDocument:
    """What happened, and what can be done."""
    return ProblemDocument(problem=error.problem, remedy=error.remedy)


def error_document(problem: str, remedy: str, code: int) -> ErrorDocument:
    """Why a verb ends with an exit code."""
    return ErrorDocument(error=EndedDocument(problem=problem, remedy=remedy, code=code))


def rows_document(found: SqlResult) -> RowsDocument:
    """What a SELECT gave."""
    return copied(RowsDocument, found, rows=[list(row) for row in found.rows])
