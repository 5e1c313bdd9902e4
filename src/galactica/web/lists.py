"""Lists of an edition's articles that people read: A–Z with its letters, categories, one category."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from galactica.languages import name_of
from galactica.model.apart import apart
from galactica.model.said import said
from galactica.web.desk import Desk
from galactica.web.exchange import NotFoundError, Reply, WebRequest
from galactica.wire.addresses import page_of_article

if TYPE_CHECKING:
    from galactica.library import Head

LIST = 100
"""Titles or categories on one page of a list."""

MAX_PLACE = 10**9
"""Places in a list that an address may name."""

MAX_LETTERS = 1000
"""Letters that are shown to jump to; all scripts of Unicode that have small alphabets fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter of the A–Z list; `place` is where its titles begin, `here` whether the page shows one of them."""

    letter: str
    place: int
    articles: int
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A title that leads to an article; `apart` is what tells it from others of that title, or ""."""

    address: str
    title: str
    language: str
    apart: str


def titles(desk: Desk, request: WebRequest) -> Reply:
    """The A–Z list of an edition, from a title (`start`) or a place (`at`) on."""
    edition = desk.edition(request.step(1))
    start, at = request.text("start", limit=300), request.number("at", default=0, low=0, high=MAX_PLACE)

    def make() -> Reply:
        entries = desk.library.titles(edition, start=start, skip=at, limit=LIST + 1)
        heads = [edition.head(entry.row) for entry in entries[:LIST]]
        return desk.renderer.page(
            "titles",
            request,
            info=desk.infos[edition.root],
            begun=bool(start or at),
            scripts=_scripts(desk.library.letters(edition), at),
            links=_links(desk, edition.root, heads),
            after=_after(entries[LIST].title, start, at) if len(entries) > LIST else None,
        )

    return desk.kept(("titles", edition.root, start, at, request.language, request.look), make)


def _links(desk: Desk, root: str, heads: Sequence[Head]) -> list[Link]:
    """Titles of an edition that lead to their articles, those that are alike with what tells them apart."""
    facts = [
        (head.title, (name_of(head.language) or head.language, desk.source_title(root, head.source), head.path))
        for head in heads
    ]
    return [
        Link(
            address=page_of_article(root, head.source, head.path),
            title=head.title,
            language=head.language,
            apart=" · ".join(beside),
        )
        for head, beside in zip(heads, apart(facts), strict=True)
    ]


def _scripts(letters: Sequence[tuple[str, str, int]], at: int) -> list[tuple[str, list[Letter]]]:
    """The letters of each script, in the order of the titles."""
    found: list[tuple[str, list[Letter]]] = []
    place = 0
    for script, letter, number in letters[:MAX_LETTERS]:
        if not found or found[-1][0] != script:
            found.append((script, []))
        here = place <= at < place + number
        found[-1][1].append(Letter(letter=letter, place=place, articles=number, here=here))
        place += number
    return found


def _after(title: str, start: str, at: int) -> tuple[str, str]:
    """The first title of the next page, and the parameters that lead there."""
    return title, urlencode({"start": title} if start else {"at": at + LIST})


def categories(desk: Desk, request: WebRequest) -> Reply:
    """The categories of an edition."""
    edition = desk.edition(request.step(1))
    start = request.text("start", limit=300)

    def make() -> Reply:
        found = desk.library.categories(edition, start=start, limit=LIST + 1)
        return desk.renderer.page(
            "categories",
            request,
            info=desk.infos[edition.root],
            start=start,
            found=found[:LIST],
            after=found[LIST][0] if len(found) > LIST else "",
        )

    return desk.kept(("categories", edition.root, start, request.language, request.look), make)


def category(desk: Desk, request: WebRequest) -> Reply:
    """The articles of one category."""
    edition = desk.edition(request.step(1))
    name = request.rest(2)
    number = request.number("page", default=1, low=1, high=10_000)
    heads = desk.library.category(edition, name, limit=LIST + 1, offset=(number - 1) * LIST)
    if not heads and number == 1:
        raise NotFoundError(
            said("no-such-category", "This edition has no category “{name}”.", name=name[:200]),
            said("see-categories", "Look through the list of categories."),
        )
    return desk.renderer.page(
        "category",
        request,
        info=desk.infos[edition.root],
        name=name,
        number=number,
        links=_links(desk, edition.root, heads[:LIST]),
        more=len(heads) > LIST,
    )
