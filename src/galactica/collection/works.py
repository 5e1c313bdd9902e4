"""Works of open editions as a person reads them: from part to part, as a list of parts, from title to title.

All of it is looked at only where an edition has works, and read when it is first asked for. The lists of parts are
derived (`edition.parts`): an article whose list is missing or broken is read all the same, without neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from galactica.codes.collation import sort_key
from galactica.codes.letters import title_key
from galactica.edition import Edition, Head
from galactica.edition.parts import Parts
from galactica.errors import EditionError
from galactica.faults import is_machines
from galactica.hints import word
from galactica.model import Article, Work

_BROKEN = (OSError, ValueError, KeyError, TypeError, pa.ArrowException)


@dataclass(frozen=True, slots=True, kw_only=True)
class InWork:
    """Where an article stands in the work that it is a part of.

    Attributes:
        number: among the parts, from 1; 0 where the list of parts cannot be read.
        parts: how many there are.
        previous, next: the parts beside it.
    """

    work: Work
    number: int = 0
    parts: int = 0
    previous: Head | None = None
    next: Head | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartEntry:
    """A line of the list of a work's parts.

    Attributes:
        number: from 1.
        headings: those above it in the work, the outermost first.
    """

    number: int
    head: Head
    headings: tuple[str, ...]


class Works:
    """The works of open editions; may be used by several threads."""

    def __init__(self) -> None:
        self._parts: dict[str, Parts] = {}
        self._by_title: dict[str, tuple[Work, ...]] = {}

    def around(self, edition: Edition, article: Article, row: int) -> InWork | None:
        """Where the article in `row` stands in its work; None where it is a part of none."""
        work = edition.work(article.source, article.work) if article.work else None
        if work is None:
            return None
        try:
            rows = self._of(edition).of(work)
            at = rows.index(row)
        except (EditionError, ValueError):
            return InWork(work=work)
        return InWork(
            work=work,
            number=at + 1,
            parts=len(rows),
            previous=edition.head(rows[at - 1]) if at else None,
            next=edition.head(rows[at + 1]) if at + 1 < len(rows) else None,
        )

    def parts(self, edition: Edition, work: Work, *, limit: int, offset: int) -> tuple[Sequence[PartEntry], int]:
        """(the parts from number `offset` + 1 on, how many there are in all).

        Raises:
            EditionError: the list of parts is missing or broken.
        """
        rows = self._of(edition).of(work)
        shown = enumerate(rows[offset : offset + limit], offset + 1)
        return [
            PartEntry(number=number, head=edition.head(row), headings=edition.headings(row)) for number, row in shown
        ], len(rows)

    def titles(self, edition: Edition, *, limit: int, offset: int) -> Sequence[Work]:
        """The works of an edition from A to Z, from number `offset` + 1 on."""
        if edition.root not in self._by_title:
            works = sorted(edition.works(), key=lambda work: sort_key(work.title, work.language))
            self._by_title[edition.root] = tuple(works)
        return self._by_title[edition.root][offset : offset + limit]

    def named(self, edition: Edition, name: str) -> tuple[Work, Head | None] | None:
        """The first work of this title, case and accents aside, and its first part; None where there is none."""
        key = title_key(name)
        for work in edition.works() if key else ():
            if title_key(work.title) == key:
                try:
                    entries, _ = self.parts(edition, work, limit=1, offset=0)
                except EditionError:
                    entries = ()
                return work, entries[0].head if entries else None
        return None

    def _of(self, edition: Edition) -> Parts:
        if edition.root not in self._parts:
            try:
                self._parts[edition.root] = Parts(edition)
            except _BROKEN as error:
                if is_machines(error):
                    raise
                raise EditionError(
                    f"The list of parts of {edition.path} is missing or broken.",
                    f"Make it again with: galactica index {word(edition.path)}",
                ) from error
        return self._parts[edition.root]
