"""What a terminal is told of an article beside its text: the work it is a part of, who made it, and how to read on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from galactica.cli.terminal import one_line
from galactica.hints import word

if TYPE_CHECKING:
    from galactica.collection.works import InWork
    from galactica.edition import Head
    from galactica.model import Article

MOST_NAMES = 12
"""Names, and identifiers, of one line."""


def above(article: Article, standing: InWork | None) -> Iterator[str]:
    """The lines that stand under an article's title; none where its source says nothing of these things."""
    work = standing.work if standing is not None else None
    if standing is not None and work is not None:
        place = f", part {standing.number:,} of {standing.parts:,}" if standing.number else ""
        yield one_line(" › ".join([f"{work.title} ({work.kind}){place}", *article.headings]))
    creators = article.creators or (work.creators if work is not None else ())
    published = article.published or (work.published if work is not None else "")
    identifiers = article.identifiers or (work.identifiers if work is not None else ())
    facts = (
        f"by {_listed(creators)}" if creators else "",
        f"published {published}" if published else "",
        _listed(identifiers),
    )
    if any(facts):
        yield one_line(" · ".join(fact for fact in facts if fact))


def below(standing: InWork | None, named: str) -> Iterator[str]:
    """Commands that read the parts before and after; `named` are the options that name the editions."""
    if standing is not None and standing.previous is not None:
        yield _command("Previous part", standing.previous, named)
    if standing is not None and standing.next is not None:
        yield _command("Next part", standing.next, named)


def _command(called: str, head: Head, named: str) -> str:
    """By its id, because chapters of two books are called the same."""
    return f"{called} ({one_line(head.title)}): galactica read {named}{word(head.id.hex())}"


def _listed(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more


def begin(first: Head | None, named: str) -> str:
    """What whoever wants to read a work from its first part does."""
    if first is None:
        return "Search for a part of it by its words."
    return f"Its first part is {one_line(first.title)}: galactica read {named}{word(first.id.hex())}"
