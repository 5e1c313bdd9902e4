"""The verb that says which articles are the same: duplicates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, cast

import typer

from galactica.cli.choice import one_chosen
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, Quiet, ShelfFolder
from galactica.cli.progress import reporting
from galactica.cli.terminal import one_line, write, write_json
from galactica.model.said import counted

if TYPE_CHECKING:
    from galactica.library import DatedArticle, DuplicatesFound

KINDS = {
    "exact": "the same",
    "version": "another version",
    "near": "nearly the same",
    "contained": "a part of it",
}
SHOWN = 300
"""Letters of a paragraph that are shown."""


@verb
def duplicates_verb(
    edition: Annotated[str, typer.Argument(metavar="EDITION", help="A path or a name on the shelf.")],
    near: Annotated[bool, typer.Option("--near", help="Without those that are the same letter by letter.")] = False,
    paragraphs: Annotated[
        bool, typer.Option("--paragraphs", help="Also the paragraphs that several articles have, most common first.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, max=1_000_000, help="How many.")] = 20,
    shelf: ShelfFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Say which articles are the same, nearly the same, other versions of one, or parts of a longer one.

    It is looked for when it is first asked for, and kept beside the edition, which is not changed. Nothing is left out
    by it: the newest of several is named, and of several of one date the longest, and then the one read first.
    """
    from galactica import library

    path = one_chosen(edition, shelf)
    with reporting(quiet) as report:
        found = library.duplicates(path, near=near, paragraphs=paragraphs, limit=limit, report=report)
    if as_json:
        from galactica.wire.duplicates import duplicates_document

        write_json(duplicates_document(path, found))
        return
    write("\n".join(_lines(found)))


def _lines(found: DuplicatesFound) -> Iterator[str]:
    """What was found, for a person."""
    numbers = cast("Mapping[str, int]", found.summary["found"])
    told = [f"{numbers[kind]:,} {words}" for kind, words in KINDS.items() if numbers[kind]]
    yield f"Of {counted(cast('int', found.summary['articles']), 'article')}: {', '.join(told) or 'no two are the same'}"
    apart = sum(cast("Mapping[str, int]", found.summary["apart"]).values())
    if apart:
        yield f"{counted(apart, 'pair')} as like as copies that say different things are kept apart"
    for cluster in found.clusters:
        yield ""
        yield _named(cluster.kept)
        for article, same in cluster.copies:
            share = "" if same.kind == "exact" else f", {same.jaccard:.0%} of both"
            if same.kind == "contained":
                share = f", {same.contained:.0%} of its own text"
            yield f"  {KINDS[same.kind]}{share}: {_named(article)}"
    if len(found.clusters) < found.total:
        yield f"\n… and {found.total - len(found.clusters):,} more; --limit shows them."
    for each in found.paragraphs:
        having = f"{counted(each.articles, 'article')}, {each.leads:,} of them begin with it"
        yield f"\n{having}; first in {_named(each.first)}"
        text = one_line(each.text)
        yield f"  {text[:SHOWN]}{'…' if len(text) > SHOWN else ''}"


def _named(article: DatedArticle) -> str:
    head = article.head
    return one_line(f"{head.title}  [{', '.join(fact for fact in (head.source, head.path, article.date) if fact)}]")
