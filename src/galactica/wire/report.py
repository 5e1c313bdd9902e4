"""What came of everything that an edition was made of, as a JSON document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from galactica.wire.left_out import why_of
from galactica.wire.objects import JsonObject, copied
from galactica.wire.terms import Count, Root

if TYPE_CHECKING:
    from collections.abc import Iterable

    from galactica.library import EditionReport, KindReport, LeftOutReason


class LeftOutSampleDocument(JsonObject, frozen=True, kw_only=True):
    """One thing that was left out."""

    source: Annotated[str, Meta(description="Key of its source.")]
    where: Annotated[str, Meta(description="Where it stands in its source.")]
    detail: Annotated[str, Meta(description="What is known of why, or empty.")]


class LeftOutReasonDocument(JsonObject, frozen=True, kw_only=True):
    """What was left out of one kind for one reason."""

    reason: Annotated[str, Meta(description="As in the table rejected.")]
    stage: Annotated[str, Meta(description="read, refine or settle.")]
    count: Count
    why: Annotated[str, Meta(description="The reason in words, and what to do.")]
    samples: Annotated[list[LeftOutSampleDocument], Meta(description="The first few.")]


class KindReportDocument(JsonObject, frozen=True, kw_only=True):
    """What came of one kind of file or source."""

    kind: Annotated[str, Meta(description="What a person calls it; empty for what is of none.")]
    files: Annotated[Count, Meta(description="Files of it in the folders that were read.")]
    read: Annotated[Count, Meta(description="Those of them of which something was read.")]
    articles: Count
    aliases: Annotated[Count, Meta(description="Other titles.")]
    works: Count
    statements: Count
    media: Count
    rejected: Annotated[Count, Meta(description="What was left out: files, and parts of files.")]
    left_out: Annotated[list[LeftOutReasonDocument], Meta(description="By reason, most first; empty in the sum.")]


class EditionReportDocument(JsonObject, frozen=True, kw_only=True):
    """What came of everything that an edition was made of."""

    root: Root
    title: str
    kinds: Annotated[
        list[KindReportDocument], Meta(description="Most articles first, then most files; what is of none last.")
    ]
    total: Annotated[KindReportDocument, Meta(description="All kinds together.")]


class ReportsDocument(JsonObject, frozen=True, kw_only=True):
    """The reports of several editions."""

    editions: list[EditionReportDocument]


def report_document(report: EditionReport) -> EditionReportDocument:
    """A report for a program."""
    return EditionReportDocument(
        root=report.root,
        title=report.title,
        kinds=[_kind(each) for each in report.kinds],
        total=_kind(report.total, rejected=report.rejected),
    )


def reports_document(reports: Iterable[EditionReport]) -> ReportsDocument:
    """The reports of several editions for a program."""
    return ReportsDocument(editions=[report_document(each) for each in reports])


def _kind(kind: KindReport, **more: int) -> KindReportDocument:
    return copied(KindReportDocument, kind, left_out=[_reason(kind.kind, each) for each in kind.left_out], **more)


def _reason(kind: str, reason: LeftOutReason) -> LeftOutReasonDocument:
    samples = [copied(LeftOutSampleDocument, each) for each in reason.samples]
    return copied(LeftOutReasonDocument, reason, why=why_of(kind, reason.reason), samples=samples)
