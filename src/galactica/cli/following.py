"""The verb that uses the network: follow."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from galactica.cli import left_out
from galactica.cli.choice import open_settings
from galactica.cli.ending import verb
from galactica.cli.making import DAMAGED, WHY, NoMeaning
from galactica.cli.options import AsJson, ConfigFolder, EncoderName, Quiet
from galactica.cli.progress import duration_words, reporting
from galactica.cli.terminal import notes, one_line, size, tell, write, write_json
from galactica.errors import InputError, UsageError
from galactica.hints import word
from galactica.model.said import counted

if TYPE_CHECKING:
    from galactica.library import Followed


@verb
def follow_verb(
    name: Annotated[Path, typer.Argument(metavar="NAME", help="The folder in which it is kept; made if missing.")],
    addresses: Annotated[
        list[str] | None,
        typer.Argument(metavar="[URL]...", help="Feeds, sitemaps, a wiki's api.php, streams of events; kept in NAME."),
    ] = None,
    once: Annotated[
        bool, typer.Option("--once", help="Ask once and end. This is what happens without --every.")
    ] = False,
    every: Annotated[
        float | None,
        typer.Option("--every", metavar="MINUTES", min=1, help="Go on, and ask again after so many minutes."),
    ] = None,
    no_build: Annotated[bool, typer.Option("--no-build", help="Fetch, and build no edition.")] = False,
    limit: Annotated[
        int,
        typer.Option("--limit", metavar="N", min=1, help="Pages of a source that are fetched in a round."),
    ] = 1000,
    pages: Annotated[
        bool | None,
        typer.Option("--pages/--no-pages", help="Fetch the page behind each new item. Kept, like the next two."),
    ] = None,
    wiki: Annotated[
        list[str] | None,
        typer.Option("--wiki", metavar="DATABASE", help="Of a stream of several wikis only these, such as enwiki."),
    ] = None,
    contact: Annotated[
        str, typer.Option("--contact", metavar="TEXT", help="Mail or page that servers are told, as wikis ask for.")
    ] = "",
    forget: Annotated[
        list[str] | None,
        typer.Option("--forget", metavar="URL", help="Ask it no more; what came of it stays. Repeatable."),
    ] = None,
    allow_local: Annotated[
        bool, typer.Option("--allow-local", help="The addresses may be on this machine or its own network.")
    ] = False,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="What the editions are called.")] = "",
    workers: Annotated[
        int | None, typer.Option("--workers", metavar="N", min=1, max=256, help="Processes. Default: one a core.")
    ] = None,
    no_meaning: NoMeaning = False,
    encoder: EncoderName = "",
    config: ConfigFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> int:
    """Take what is new or changed at addresses into the next edition. The only verb that fetches anything by itself.

    Items that are gone at their source stay in older editions, and are named in the new one. Stopped at any moment,
    the same command goes on: nothing is taken twice, nothing is lost. Exit code 9 when some of what is followed could
    not be asked, 3 when nothing could.
    """
    from galactica import library
    from galactica.library import EditionOptions, RoundOptions

    if once and every is not None:
        raise UsageError("--once and --every ask for two things.", "Leave one of them out.")
    if as_json and every is not None:
        raise UsageError("--json tells of one round.", "Leave --every out, and let a timer of the system come back.")
    options = RoundOptions(pages=pages, limit=limit, wikis=frozenset(wiki or ()), contact=contact)
    edition = EditionOptions(
        title=title, workers=workers, meaning=not no_meaning, encoder=encoder or open_settings(config).encoder
    )
    while True:
        with notes() as note, reporting(quiet) as report:
            found = library.follow(
                name,
                addresses or (),
                forget=forget or (),
                options=options,
                edition=edition,
                building=not no_build,
                allow_local=allow_local,
                report=report,
                note=note,
            )
        code = InputError.exit_code if found.failed and found.failed == len(found.sources) else DAMAGED
        code = code if found.failed else 0
        if as_json:
            from galactica.wire.followed import follow_document

            write_json(follow_document(found))
            return code
        _tell(found)
        if every is None:
            return code
        addresses, forget = [], []
        sys.stdout.flush()
        if not quiet:
            tell(f"Next in {duration_words(every * 60)}.")
        time.sleep(every * 60)


def _tell(found: Followed) -> None:
    """What came of a round, a line a source."""
    for tally in found.sources:
        told = [f"{count:,} {what}" for what in ("new", "changed", "deleted") if (count := getattr(tally, what))]
        told += [f"{tally.refused:,} left out"] if tally.refused else []
        told += [f"{tally.waiting:,} still to fetch"] if tally.waiting else []
        nothing = "it is not known whether there is anything new" if tally.problem else "nothing new"
        write(one_line(f"{tally.title or tally.key} ({tally.url}): {', '.join(told) or nothing}"))
        if tally.problem:
            tell(one_line(f"{tally.problem} {tally.remedy}".rstrip()))
    made = found.edition
    if made is None:
        return
    write(f"{found.path}: {counted(made.articles, 'article')}, number {made.number}, {size(made.bytes)}")
    if made.rejected:
        write(f"Left out: {made.rejected:,}. {WHY.format(edition=word(str(found.path)))}")
        for line in left_out.left_out_lines(made):
            write(f"  {line}")
    write(f"Root: {made.root}")
