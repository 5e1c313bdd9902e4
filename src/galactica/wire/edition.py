"""An edition at a glance as a JSON document, the same on the command line and over HTTP; sums over several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from galactica.wire.article import SourceDocument, source_document
from galactica.wire.hits import ResultsDocument
from galactica.wire.left_out import why_left_out
from galactica.wire.objects import JsonObject, copied
from galactica.wire.terms import Count, Root

if TYPE_CHECKING:
    from galactica.library import EditionInfo, PartialHeader, Verified

Languages = Annotated[dict[str, Count], Meta(description="BCP 47 tag to number of articles, most first.")]
RootOrNone = Annotated[str, Meta(pattern="^([0-9a-f]{64})?$")]
Licences = Annotated[list[str], Meta(description="Licences of its sources and articles.")]


class MeaningDocument(JsonObject, frozen=True, kw_only=True):
    """How far an index of meaning is."""

    encoder: Annotated[str, Meta(description="Name of the encoder.")]
    digest: Annotated[str, Meta(description="What tells encoders apart.")]
    dimensions: Annotated[int, Meta(ge=64)]
    done: Annotated[Count, Meta(description="Passages that can be found.")]
    total: Annotated[Count, Meta(description="Passages in all.")]
    complete: Annotated[bool, Meta(description="Whether it is finished.")]


class VerifiedDocument(JsonObject, frozen=True, kw_only=True):
    """What is known on this machine of an edition's being whole."""

    state: Annotated[
        str,
        Meta(
            description="As it was found; changed: some file is another since, and unknown: never verified here.",
            extra_json_schema={"enum": ["whole", "damaged", "changed", "unknown"]},
        ),
    ]
    day: Annotated[str, Meta(description="When it was verified (ISO 8601), or empty.")]


class LeftOutDocument(JsonObject, frozen=True, kw_only=True):
    """A kind of thing that was left out."""

    kind: Annotated[str, Meta(description="What a file is called; empty for what is no file.")]
    reason: Annotated[
        str,
        Meta(description="As in the table rejected; kept-unread for files that are kept because a page links to them."),
    ]
    count: Count
    example: Annotated[str, Meta(description="Path of one, or empty.")]
    why: Annotated[str, Meta(description="The reason in words, and what to do.")]


class PartialDocument(JsonObject, frozen=True, kw_only=True):
    """Of which whole an edition is a part."""

    root: Root
    articles: Annotated[Count, Meta(description="That are here.")]
    articles_in_all: Annotated[Count, Meta(description="Of the whole.")]
    arrived: Annotated[Count, Meta(description="Bytes of what travels.")]
    bytes: Annotated[Count, Meta(description="All bytes of that.")]


class EditionDocument(JsonObject, frozen=True, kw_only=True):
    """An edition at a glance."""

    path: Annotated[
        str, Meta(description="Its folder; over HTTP only the name of it, where others than this machine may read.")
    ]
    title: Annotated[str, Meta(description="Title.")]
    root: Root
    format_version: Annotated[
        int, Meta(ge=1, description="Version of the format it is written in (docs/formats/edition.md).")
    ]
    number: Annotated[int, Meta(ge=1, description="Its parent's number and 1; 1 where it has none.")]
    parent: Annotated[RootOrNone, Meta(description="Root of the edition it was built upon, or empty.")]
    articles: Annotated[Count, Meta(description="Articles.")]
    passages: Annotated[Count, Meta(description="Passages.")]
    rejected: Annotated[
        Count, Meta(description="What of the sources was left out, each with its reason in the table rejected.")
    ]
    media: Annotated[Count, Meta(description="Media files.")]
    aliases: Annotated[Count, Meta(description="Other titles.")]
    works: Annotated[Count, Meta(description="Books, reports, sites and others whose parts are articles.")]
    statements: Annotated[Count, Meta(description="What sources state outside of articles.")]
    languages: Languages
    licences: Licences
    bytes: Annotated[Count, Meta(description="On disk, index included.")]
    verified: VerifiedDocument
    only_bycatch: Annotated[
        bool,
        Meta(
            description="Nothing but read-me files, licences and lists of files was read, while other files were left "
            "out."
        ),
    ]
    damaged: Annotated[
        Count,
        Meta(description="How many things are missing because a source is damaged; then the exit code of build is 9."),
    ]
    left_out: Annotated[
        list[LeftOutDocument],
        Meta(description="The sum of what was left out, most first; empty for editions made before it was kept."),
    ]
    meaning: Annotated[MeaningDocument | None, Meta(description="The index of meaning; null where there is none.")]
    partial: Annotated[
        PartialDocument | None,
        Meta(description="The whole that it is a part of, where not all has come; else null."),
    ]
    sources: list[SourceDocument]


class EditionsDocument(JsonObject, frozen=True, kw_only=True):
    """The open editions."""

    editions: list[EditionDocument]


class InfoDocument(JsonObject, frozen=True, kw_only=True):
    """Sums over all editions, then each; root and title are empty where there are several."""

    title: str
    root: RootOrNone
    articles: Count
    passages: Count
    rejected: Count
    media: Count
    aliases: Count
    works: Count
    statements: Count
    bytes: Count
    languages: Languages
    licences: Licences
    editions: list[EditionDocument]


class TourDocument(JsonObject, frozen=True, kw_only=True):
    """The starter library, and what some searches in it gave."""

    edition: EditionDocument
    searches: list[ResultsDocument]


SUMS = ("articles", "passages", "rejected", "media", "aliases", "works", "statements", "bytes")
"""What is added up over several editions."""


def edition_document(path: str, info: EditionInfo, known: Verified | None) -> EditionDocument:
    """An edition at a glance.

    Args:
        path: its folder, as it may be told.
        known: what was found when it was last verified on this machine; None where it was not.
    """
    return copied(
        EditionDocument,
        info,
        path=path,
        languages=dict(info.languages),
        verified=VerifiedDocument(
            state=known.state if known is not None else "unknown", day=known.day if known is not None else ""
        ),
        left_out=[copied(LeftOutDocument, each, why=why_left_out(each)) for each in info.left_out],
        meaning=copied(MeaningDocument, info.meaning) if info.meaning is not None else None,
        partial=partial_document(info.partial),
        sources=[source_document(each) for each in info.sources],
    )


def partial_document(partial: PartialHeader | None) -> PartialDocument | None:
    """Of which whole an edition is a part, and how much of it; None where it is whole."""
    if partial is None:
        return None
    here, count = partial.articles
    return PartialDocument(
        root=partial.root, articles=here, articles_in_all=count, arrived=partial.arrived, bytes=partial.bytes
    )


def info_document(editions: Sequence[tuple[Path, EditionInfo, Verified | None]]) -> InfoDocument:
    """Sums over all editions, then each; `root` and `title` only where there is exactly one."""
    infos = [info for _, info, _ in editions]
    languages: Counter[str] = Counter()
    for info in infos:
        languages.update(dict(info.languages))
    return InfoDocument(
        title=infos[0].title if len(infos) == 1 else "",
        root=infos[0].root if len(infos) == 1 else "",
        **{name: sum(getattr(info, name) for info in infos) for name in SUMS},
        languages=dict(languages.most_common()),
        licences=sorted({licence for info in infos for licence in info.licences}),
        editions=[edition_document(str(path), info, known) for path, info, known in editions],
    )
