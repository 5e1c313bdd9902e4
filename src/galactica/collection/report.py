"""What came of everything that an edition was made of: a line for each kind of file or source, with what was left out.

All of it is read out of the edition's own tables, so that it can be asked for at any time and of any edition; only how
many files the folders held is from `edition.json`, where editions made before it was counted say nothing. What came out
of a folder is of the kind that its path says, what came out of another source of that source's format.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from galactica.edition import Edition
from galactica.edition.places import article_places, media_places, statement_places
from galactica.model import Rejected
from galactica.sources.kinds import OTHER, file_kind, kind_of_format, kind_of_path

SAMPLES = 5
"""Examples that are kept of each reason."""

MAX_KINDS = 200
"""Kinds that are told apart; whatever comes after them is of no kind."""

_OF_NAMES = frozenset("bad-path broken-link hidden no-file outside too-deep too-many".split())
"""Reasons that lie in where a thing stands, whatever it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutSample:
    """One thing that was left out: its source, where it stands in it, and what is known of why."""

    source: str
    where: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutReason:
    """What was left out of one kind for one reason (`model.Rejected`).

    Attributes:
        stage: where it was left out, as in `Rejected`.
        samples: at most `SAMPLES`, the first that there are.
    """

    reason: str
    stage: str
    count: int
    samples: tuple[LeftOutSample, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindReport:
    """What came of one kind of file or source.

    Attributes:
        kind: what a person calls it ("PDF document", "wiki dump"); "" for what is of none.
        files: how many files of it the folders held.
        read: of how many of them something was read.
        articles, aliases, works, statements, media: how many of them it gave; aliases are other titles.
        left_out: by reason, most first.
    """

    kind: str
    files: int
    read: int
    articles: int
    aliases: int
    works: int
    statements: int
    media: int
    left_out: tuple[LeftOutReason, ...]

    @property
    def rejected(self) -> int:
        """How many things were left out."""
        return sum(each.count for each in self.left_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionReport:
    """What came of everything that an edition was made of.

    Attributes:
        kinds: those that gave most articles first, then those with most files, those of no kind last.
        sources: of how many sources, a folder and each book or archive in it, the edition is.
    """

    root: str
    title: str
    kinds: tuple[KindReport, ...]
    sources: int = 1

    @property
    def total(self) -> KindReport:
        """All kinds together, without reasons."""
        names = ("files", "read", "articles", "aliases", "works", "statements", "media")
        sums = {name: sum(getattr(each, name) for each in self.kinds) for name in names}
        return KindReport(kind=OTHER, **sums, left_out=())

    @property
    def rejected(self) -> int:
        """How many things were left out."""
        return sum(each.rejected for each in self.kinds)


def edition_report(edition: Edition) -> EditionReport:
    """Count what an edition holds and what was left out, by kind. Reads the paths of all articles: a second a million.

    Raises:
        EditionError: a table is missing or damaged.
    """
    counting = _Counting(formats={each.key: each.format for each in edition.sources})
    for each in edition.statement.files:
        counting.of(each.kind)["files"] += each.count
        counting.of(each.kind)["read"] += each.read
    for source, path, others in article_places(edition.path):
        counts = counting.of(counting.kind(source, path))
        counts["articles"] += 1
        counts["aliases"] += others
    for work in edition.works():
        counting.of(counting.kind(work.source, work.path))["works"] += 1
    for source, path in statement_places(edition.path):
        counting.of(counting.kind(source, path))["statements"] += 1
    for source, path in media_places(edition.path):
        counting.of(counting.kind(source, path))["media"] += 1
    for rejected in edition.rejected():
        counting.reject(rejected)
    kinds = tuple(counting.lines())
    return EditionReport(
        root=edition.root, title=edition.statement.title, kinds=kinds, sources=len(list(edition.sources))
    )


@dataclass(slots=True, kw_only=True)
class _Counting:
    """What is being counted; `formats` are those of the sources by their keys."""

    formats: dict[str, str]
    _counts: dict[str, Counter[str]] = field(default_factory=dict)
    _reasons: dict[str, dict[tuple[str, str], tuple[int, list[LeftOutSample]]]] = field(default_factory=dict)

    def of(self, kind: str) -> Counter[str]:
        if kind not in self._counts and len(self._counts) >= MAX_KINDS:
            kind = OTHER
        return self._counts.setdefault(kind, Counter())

    def kind(self, source: str, path: str) -> str:
        form = self.formats.get(source, "folder")
        return kind_of_path(path) if form == "folder" else kind_of_format(form)

    def reject(self, each: Rejected) -> None:
        form = self.formats.get(each.source, "folder")
        if each.reason in _OF_NAMES:
            kind = OTHER
        else:
            kind = file_kind(each.where, each.detail) if form == "folder" else kind_of_format(form)
        if self.of(kind) is self._counts.get(OTHER):
            kind = OTHER
        reasons = self._reasons.setdefault(kind, {})
        count, samples = reasons.get((each.reason, each.stage), (0, []))
        if len(samples) < SAMPLES:
            samples.append(LeftOutSample(source=each.source, where=each.where, detail=each.detail))
        reasons[each.reason, each.stage] = (count + 1, samples)

    def lines(self) -> Iterator[KindReport]:
        """The kinds in their order."""

        def order(kind: str) -> tuple[bool, int, int, str]:
            return kind == OTHER, -self._counts[kind]["articles"], -self._counts[kind]["files"], kind

        names = ("files", "read", "articles", "aliases", "works", "statements", "media")
        for kind in sorted(self._counts, key=order):
            reasons = sorted(self._reasons.get(kind, {}).items(), key=lambda one: (-one[1][0], one[0]))
            yield KindReport(
                kind=kind,
                **{name: self._counts[kind][name] for name in names},
                left_out=tuple(
                    LeftOutReason(reason=reason, stage=stage, count=count, samples=tuple(samples))
                    for (reason, stage), (count, samples) in reasons
                ),
            )
