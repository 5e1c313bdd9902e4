"""What is found of an edition as JSON documents: whether it is whole, what a proof shows, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import UNSET, Meta, UnsetType

from galactica.wire.article import SourceDocument, source_document
from galactica.wire.objects import JsonObject, copied
from galactica.wire.terms import ArticleId, ArticlePath, Count, LanguageTag, Root, SourceKey, Title

if TYPE_CHECKING:
    from galactica.library import Difference, Proven, Verification


class ProblemFound(JsonObject, frozen=True, kw_only=True):
    """Something that is wrong."""

    edition: Annotated[str, Meta(description="Its folder.")]
    where: Annotated[str, Meta(description="A file of it.")]
    what: Annotated[str, Meta(description="What is wrong with it.")]
    article: Annotated[str, Meta(description="The article that is concerned, or empty.")]


class VerifiedEdition(JsonObject, frozen=True, kw_only=True):
    """An edition, and whether it is whole."""

    path: Annotated[str, Meta(description="Its folder.")]
    root: Annotated[str, Meta(description="That its tables give, or empty.")]
    ok: bool
    articles: Count
    files: Count
    problems: Count


class ProvenEdition(JsonObject, frozen=True, kw_only=True):
    """The edition that something is proved to be part of."""

    title: str
    number: Count


class ProvenDocument(JsonObject, frozen=True, kw_only=True):
    """What a proof shows."""

    file: str
    root: Root
    compared: Annotated[bool, Meta(description="Whether the root is the one that was named.")]
    format: Annotated[int, Meta(ge=1, description="Version of the edition's format.")]
    edition: ProvenEdition
    table: str
    index: Annotated[Count, Meta(description="Its place in the table, from 0.")]
    count: Annotated[int, Meta(ge=1, description="Records of the table.")]
    record: Annotated[
        dict[str, str | int | list[Any]], Meta(description="Without its body; bytes in hexadecimal digits.")
    ]
    source: SourceDocument | None
    work: Annotated[str | None, Meta(description="Title of the work that it is a part of.")]
    text: Annotated[str | UnsetType, Meta(description="Where it was asked for.")] = UNSET


class UnprovenDocument(JsonObject, frozen=True, kw_only=True):
    """Why a proof does not hold."""

    file: str
    problem: str
    remedy: str


class VerificationDocument(JsonObject, frozen=True, kw_only=True):
    """Whether editions are whole; of a proof `ok` and `proof` alone."""

    ok: bool
    articles: Annotated[Count | UnsetType, Meta(description="That were checked.")] = UNSET
    problems: list[ProblemFound] | UnsetType = UNSET
    editions: list[VerifiedEdition] | UnsetType = UNSET
    proof: Annotated[
        Any,
        Meta(
            description="What it shows, or why it does not hold.",
            extra_json_schema={"anyOf": [{"$ref": "#/$defs/Proven"}, {"$ref": "#/$defs/Unproven"}]},
        ),
    ] = UNSET


class ChangeDocument(JsonObject, frozen=True, kw_only=True):
    """An article that was added, removed or changed."""

    id: ArticleId
    title: Title
    language: LanguageTag
    source: SourceKey
    path: ArticlePath


class DifferenceDocument(JsonObject, frozen=True, kw_only=True):
    """What changed from one edition to another."""

    roots: Annotated[list[Root], Meta(min_length=2, max_length=2)]
    same: Annotated[Count, Meta(description="Articles that did not change.")]
    added: list[ChangeDocument]
    removed: list[ChangeDocument]
    changed: list[ChangeDocument]


def verification_document(editions: Sequence[tuple[Path, Verification]]) -> VerificationDocument:
    """What was found; `ok` only if every edition is whole."""
    return VerificationDocument(
        ok=all(value.ok for _, value in editions),
        articles=sum(value.articles for _, value in editions),
        problems=[
            copied(ProblemFound, problem, edition=str(path)) for path, value in editions for problem in value.problems
        ],
        editions=[
            copied(VerifiedEdition, value, path=str(path), problems=len(value.problems)) for path, value in editions
        ],
    )


def proof_document(file: str, value: Proven, text: str | None) -> VerificationDocument:
    """What a proof shows.

    Args:
        text: of the article; None where it was not asked for, or there is none.
    """
    shown = copied(
        ProvenDocument,
        value,
        file=file,
        edition=ProvenEdition(title=value.edition, number=value.number),
        record={name: record_value(each) for name, each in sorted(value.fields.items()) if name != "body"},
        source=source_document(value.source) if value.source else None,
        work=value.work.title if value.work else None,
        text=UNSET if text is None else text,
    )
    return VerificationDocument(ok=True, proof=shown)


def unproven_document(file: str, problem: str, remedy: str) -> VerificationDocument:
    """Why a proof does not hold."""
    return VerificationDocument(ok=False, proof=UnprovenDocument(file=file, problem=problem, remedy=remedy))


def record_value(value: object) -> Any:  # noqa: ANN401 - text, a number, or a list of such
    """A value of a record in JSON: bytes in hexadecimal digits."""
    if isinstance(value, bytes):
        return value.hex()
    return value if isinstance(value, str | int) else [record_value(each) for each in value]  # type: ignore[attr-defined]


def difference_document(found: Difference) -> DifferenceDocument:
    """What changed from one edition to another."""
    groups = {
        name: [copied(ChangeDocument, change) for change in group]
        for name, group in (("added", found.added), ("removed", found.removed), ("changed", found.changed))
    }
    return DifferenceDocument(roots=list(found.roots), same=found.same, **groups)
