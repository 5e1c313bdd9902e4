"""Which articles of an edition are the same, for a person: with their titles, sources and dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from galactica.edition import Edition, Head
from galactica.errors import EditionError
from galactica.hints import word
from galactica.joining.duplicates import Cluster, Duplicates, SameText, make_duplicates
from galactica.joining.duplicates.layout import EXACT, KINDS
from galactica.model import date_of
from galactica.model.projection import project
from galactica.progress import Report, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedArticle:
    """An article, and the date that a person is told of it."""

    head: Head
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCluster:
    """An article that is kept, and its copies with what they are to it."""

    kept: DatedArticle
    copies: tuple[tuple[DatedArticle, SameText], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedParagraph:
    """A paragraph that several articles have.

    Attributes:
        text: its text.
        start, end: where it stands in `first`, code points of the projection.
        articles: how many have it.
        leads: how many begin with it.
        first: the first of them.
    """

    text: str
    start: int
    end: int
    articles: int
    leads: int
    first: DatedArticle


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicatesFound:
    """What is the same in an edition.

    Attributes:
        root: of the edition.
        summary: numbers, as docs/formats/joined.md describes them.
        total: clusters of the kinds that were asked for.
        clusters: the first of them.
        paragraphs: those that most articles have, where they were asked for.
    """

    root: str
    summary: Mapping[str, object]
    total: int
    clusters: tuple[NamedCluster, ...]
    paragraphs: tuple[NamedParagraph, ...]


def duplicates(
    path: Path | str, *, near: bool = False, paragraphs: bool = False, limit: int = 100, report: Report = silent
) -> DuplicatesFound:
    """What is the same in an edition; looked for now where nobody has yet.

    Args:
        path: the edition's folder.
        near: without those that are the same letter by letter.
        paragraphs: the paragraphs that several articles have, too.
        limit: clusters, and paragraphs, that are shown.
        report: as `make_duplicates` reports.

    Raises:
        EditionError: there is no edition, or it, or what was found, is damaged.
        OSError: what is found cannot be written.
        UsageError: another process is at it.
    """
    with Edition.open(path) as edition:
        found = Duplicates.of(edition)
        if found is None:
            make_duplicates(edition, report=report)
            found = Duplicates.of(edition)
        if found is None:
            raise EditionError(
                f"What is the same in {path} cannot be read.", f"Run: galactica verify {word(edition.path)}"
            )
        kinds = [kind for kind in KINDS if not (near and kind == EXACT)]
        return DuplicatesFound(
            root=edition.root,
            summary=found.summary(),
            total=sum(1 for _ in found.clusters(kinds)),
            clusters=tuple(_cluster(edition, each) for each in islice(found.clusters(kinds), limit)),
            paragraphs=tuple(_paragraphs(edition, found, limit)) if paragraphs else (),
        )


def _cluster(edition: Edition, cluster: Cluster) -> NamedCluster:
    return NamedCluster(
        kept=_article(edition, cluster.kept),
        copies=tuple((_article(edition, copy.article), copy) for copy in cluster.copies),
    )


def _paragraphs(edition: Edition, found: Duplicates, limit: int) -> list[NamedParagraph]:
    return [
        NamedParagraph(
            text=project(edition.body(each.article))[each.start : each.end],
            start=each.start,
            end=each.end,
            articles=each.articles,
            leads=each.leads,
            first=_article(edition, each.article),
        )
        for each in found.paragraphs()[:limit]
    ]


def _article(edition: Edition, row: int) -> DatedArticle:
    head = edition.head(row)
    work, published = edition.belonging(row)
    return DatedArticle(head=head, date=date_of(head.modified, published, work, edition.source(head.source)))
