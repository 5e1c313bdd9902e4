"""Books, reports, sites and other works: the list of an edition's, and the page of one with its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from galactica.errors import UsageError
from galactica.model import Work
from galactica.model.said import said
from galactica.web.desk import Desk
from galactica.web.exchange import NotFoundError, Reply, WebRequest, as_json
from galactica.wire.addresses import page_of_article, page_of_work
from galactica.wire.work import WorksDocument, parts_document, work_document

if TYPE_CHECKING:
    from galactica.library import Edition, PartEntry

PARTS = 500
"""Parts on one page of a work: whole books; 100 kB of a page."""

LIST = 100
"""Works on one page of a list."""

MOST_PAGES = 100_000
DEEPEST = 5
"""Headings that are set in, one below the other; deeper ones stand under the deepest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    """A line of the list of parts: a part, or a heading above some, without an address.

    Attributes:
        depth: how many headings stand above it, at most `DEEPEST`.
    """

    text: str
    depth: int
    address: str = ""
    number: int = 0
    language: str = ""


def work(desk: Desk, request: WebRequest) -> Reply:
    """A work, and its parts in their order."""
    edition = desk.edition(request.step(1))
    found = _found(edition, request.step(2), request.rest(3))
    number = request.number("page", default=1, low=1, high=MOST_PAGES)

    def make() -> Reply:
        entries, total = desk.library.parts(edition, found, limit=PARTS, offset=(number - 1) * PARTS)
        source = next((each for each in desk.infos[edition.root].sources if each.key == found.source), None)
        return desk.renderer.page(
            "work",
            request,
            info=desk.infos[edition.root],
            work=found,
            source=source,
            licence_words=found.licence or (source.licence if source is not None else ""),
            lines=part_lines(edition.root, entries),
            total=total,
            number=number,
            more=number * PARTS < total,
        )

    return desk.kept(("work", edition.root, found.source, found.path, number, request.language, request.look), make)


def works(desk: Desk, request: WebRequest) -> Reply:
    """The works of an edition from A to Z."""
    edition = desk.edition(request.step(1))
    number = request.number("page", default=1, low=1, high=MOST_PAGES)

    def make() -> Reply:
        found = desk.library.works(edition, limit=LIST + 1, offset=(number - 1) * LIST)
        return desk.renderer.page(
            "works",
            request,
            info=desk.infos[edition.root],
            works=[(each, page_of_work(edition.root, each)) for each in found[:LIST]],
            number=number,
            more=len(found) > LIST,
        )

    return desk.kept(("works", edition.root, number, request.language, request.look), make)


def api_work(desk: Desk, request: WebRequest) -> Reply:
    """A work and its parts, by `edition`, `source` and `path`, as JSON."""
    edition = desk.edition(_needed(request, "edition"))
    found = _found(edition, _needed(request, "source"), request.query.get("path", ""))
    offset = request.number("offset", default=0, low=0, high=10**9)
    entries, total = desk.library.parts(
        edition, found, limit=request.number("limit", default=PARTS, low=1, high=PARTS), offset=offset
    )
    return as_json(parts_document(edition.root, found, entries, total=total, offset=offset))


def api_works(desk: Desk, request: WebRequest) -> Reply:
    """The works of an edition by title, as JSON."""
    edition = desk.edition(_needed(request, "edition"))
    offset = request.number("offset", default=0, low=0, high=10**9)
    found = desk.library.works(edition, limit=request.number("limit", default=LIST, low=1, high=PARTS), offset=offset)
    return as_json(
        WorksDocument(
            edition=edition.root,
            total=desk.infos[edition.root].works,
            offset=offset,
            works=[work_document(edition.root, each) for each in found],
        )
    )


def part_lines(root: str, entries: Sequence[PartEntry]) -> list[PartLine]:
    """The parts with the headings that begin above them; one that an earlier part itself is, is not said again."""
    found: list[PartLine] = []
    above: tuple[str, ...] = ()
    for entry in entries:
        same = 0
        while same < min(len(above), len(entry.headings)) and above[same] == entry.headings[same]:
            same += 1
        for depth in range(same, len(entry.headings)):
            found.append(PartLine(text=entry.headings[depth], depth=min(depth, DEEPEST)))
        head = entry.head
        found.append(
            PartLine(
                text=head.title,
                depth=min(len(entry.headings), DEEPEST),
                address=page_of_article(root, head.source, head.path),
                number=entry.number,
                language=head.language,
            )
        )
        above = (*entry.headings, head.title)
    return found


def _found(edition: Edition, source: str, path: str) -> Work:
    found = edition.work(source, path)
    if found is None:
        raise NotFoundError(
            said("no-such-work", "This edition has no such work."),
            said("see-works", "Look through the list of works."),
        )
    return found


def _needed(request: WebRequest, name: str) -> str:
    value = request.text(name, limit=200)
    if not value:
        raise UsageError(f"“{name}” is missing.", f"Add {name}=… to the address.")
    return value
