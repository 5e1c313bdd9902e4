"""Verbs that make editions and look after them: build, diff, index."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from galactica.cli import left_out
from galactica.cli.accounting import SHOWN as SHOWN_KINDS
from galactica.cli.accounting import report_lines
from galactica.cli.choice import chosen, one_chosen, open_settings
from galactica.cli.ending import verb
from galactica.cli.options import (
    AsJson,
    ClusterName,
    ConfigFolder,
    Editions,
    EncoderName,
    NamedEditions,
    Quiet,
    ShelfFolder,
    StoreAddress,
)
from galactica.cli.progress import reporting
from galactica.cli.terminal import notes, one_line, size, tell, write, write_json
from galactica.errors import UsageError
from galactica.hints import word
from galactica.model.said import counted

SHOWN = 50
"""Lines of a long list that are shown to a person; --json gives all."""

ONLY_BYCATCH, DAMAGED = 8, 9
"""Exit codes: see `galactica.errors`."""

WHY = "See why: galactica report {edition}"


class IndexPart(StrEnum):
    """An index of an edition."""

    WORDS = "words"
    MEANING = "meaning"


NoMeaning = Annotated[bool, typer.Option("--no-meaning", help="Leave the index of meaning out; words are enough.")]


@verb
def build_verb(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder to make, by custom NAME.edition.")],
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE...", help="Files and folders of any known format, or pydoc: atlas: almanac:"),
    ],
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="What the edition is called.")] = "",
    language: Annotated[
        str, typer.Option("--language", metavar="TAG", help="Language of sources that do not say (BCP 47).")
    ] = "",
    licence: Annotated[
        str,
        typer.Option("--licence", "--license", metavar="LICENCE", help="Licence of sources that do not say (SPDX)."),
    ] = "",
    key: Annotated[
        str, typer.Option("--key", metavar="NAME", help="Stable name of a source that has none of its own.")
    ] = "",
    markup: Annotated[
        str,
        typer.Option(
            "--markup", metavar="MARKUP", help="Of table cells and bare files: html, wikitext, markdown or text."
        ),
    ] = "",
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="FIELD=COLUMN", help="For tables: where a field stands. Repeatable."),
    ] = None,
    keep_files: Annotated[
        bool, typer.Option("--keep-files", help="Keep PDF files as they are too; their articles link to them.")
    ] = False,
    whole_pages: Annotated[
        bool,
        typer.Option("--whole-pages", help="Keep menus, comments and the rest around the article of web pages."),
    ] = False,
    parent: Annotated[
        str, typer.Option("--parent", metavar="EDITION", help="An older edition: unchanged articles are taken over.")
    ] = "",
    workers: Annotated[
        int | None, typer.Option("--workers", metavar="N", min=1, max=256, help="Processes. Default: one a core.")
    ] = None,
    no_meaning: NoMeaning = False,
    encoder: EncoderName = "",
    shelf: ShelfFolder = None,
    config: ConfigFolder = None,
    max_file: Annotated[
        int,
        typer.Option(
            "--max-file",
            metavar="MB",
            min=0,
            max=512,
            help="Largest file that is kept because a page of a folder links to it; 0 keeps none.",
        ),
    ] = 64,
    max_files: Annotated[int, typer.Option("--max-files", metavar="MB", min=0, help="All such files together.")] = 4096,
    cluster: ClusterName = "",
    store: StoreAddress = "",
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> int:
    """Make an edition out of sources. Stopped at any moment, the same command goes on from where it was.

    When the edition has its name it can be read and searched for words, while the index of meaning is added; if that is
    stopped, galactica index goes on. A folder or archive may hold whatever can be named alone; what is left out of it
    is summed up. Exit code 8 when nothing of it could be read but read-me files, licences and lists of files; 9 when
    parts of a source are damaged and therefore missing.
    """
    from galactica import library

    if not cluster:
        library.warm()
    columns = tuple(_pair(each) for each in column or ())
    with notes() as note, reporting(quiet) as report:
        made = library.build(
            out,
            list(sources),
            title=title,
            language=language,
            licence=licence,
            key=key,
            markup=markup,
            keep_files=keep_files,
            whole_pages=whole_pages,
            columns=columns,
            parent=one_chosen(parent, shelf) if parent else None,
            workers=workers,
            meaning=not no_meaning,
            encoder=encoder or open_settings(config).encoder,
            max_file=max_file * 2**20,
            max_files=max_files * 2**20,
            cluster=cluster,
            store=store,
            report=report,
            note=note,
        )
    code = ONLY_BYCATCH if made.only_bycatch else DAMAGED if made.damaged else 0
    if as_json:
        from galactica.wire.edition import info_document

        write_json(info_document([(out, made, library.known(out))]))
        return code
    languages = ", ".join(f"{tag} {count:,}" for tag, count in made.languages[:8])
    passages = counted(made.passages, "passage")
    write(f"{out}: {counted(made.articles, 'article')} ({languages}), {passages}, {size(made.bytes)}")
    with library.open_library([out]) as opened:
        for line in report_lines(library.edition_report(opened.editions[0]), most=SHOWN_KINDS):
            write(f"  {line}")
    if made.rejected:
        write(f"Left out: {made.rejected:,}. {WHY.format(edition=word(out))}")
    for line in left_out.left_out_lines(made):
        write(f"  {line}")
    if kept := left_out.kept(made):
        write(f"Kept: {kept}")
    write(f"Root: {made.root}")
    if not title and not quiet:
        tell(f"It is called “{one_line(made.title)}”, after its first source; --title gives it another name.")
    if made.only_bycatch:
        tell(left_out.ONLY_BYCATCH.format(sources=", ".join(sources)))
    if made.damaged:
        tell(left_out.damaged_note(made.damaged, word(out)))
    return code


def _pair(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not (field and equals and column):
        raise UsageError(f"--column {text} is not FIELD=COLUMN.", "Write for instance --column title=name.")
    return field, column


@verb
def diff_verb(
    old: Annotated[str, typer.Argument(metavar="A", help="The older edition: a path or a name on the shelf.")],
    new: Annotated[str, typer.Argument(metavar="B", help="The newer one.")],
    shelf: ShelfFolder = None,
    as_json: AsJson = False,
) -> None:
    """Show which articles were added, removed or changed from A to B."""
    from galactica import library

    found = library.diff(one_chosen(old, shelf), one_chosen(new, shelf))
    if as_json:
        from galactica.wire.checks import difference_document

        write_json(difference_document(found))
        return
    counts = f"{len(found.added):,} added, {len(found.removed):,} removed, {len(found.changed):,} changed"
    write(f"{counts}, {found.same:,} the same.")
    for sign, group in (("+", found.added), ("-", found.removed), ("~", found.changed)):
        for change in group[:SHOWN]:
            write(f"{sign} {change.title} ({change.language}, {change.source})")
        if len(group) > SHOWN:
            write(f"{sign} … and {len(group) - SHOWN:,} more; --json lists all.")


@verb
def index(
    named: NamedEditions = None,
    editions: Editions = None,
    only: Annotated[
        IndexPart | None, typer.Option("--only", metavar="words|meaning", help="Make this index alone.")
    ] = None,
    no_meaning: NoMeaning = False,
    parent: Annotated[
        str, typer.Option("--parent", metavar="EDITION", help="An older edition: what did not change is taken over.")
    ] = "",
    encoder: EncoderName = "",
    cluster: ClusterName = "",
    store: StoreAddress = "",
    shelf: ShelfFolder = None,
    config: ConfigFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Make the search indexes again. They are derived from the articles and may be thrown away at any time.

    The index of words is made anew. The index of meaning goes on from where it was stopped; of one that is whole, only
    what is damaged is made again.
    """
    from galactica import library

    if no_meaning and only is IndexPart.MEANING:
        raise UsageError("--no-meaning and --only meaning leave nothing to do.", "Leave one of them out.")
    found = []
    for path in chosen([*(named or ()), *(editions or ())], shelf, older=True):
        with notes() as note, reporting(quiet) as report:
            library.index(
                path,
                threads=os.cpu_count() or 1,
                words=only is not IndexPart.MEANING,
                meaning=only is not IndexPart.WORDS and not no_meaning,
                encoder=encoder or open_settings(config).encoder,
                parent=one_chosen(parent, shelf) if parent else None,
                cluster=cluster,
                store=store,
                report=report,
                note=note,
            )
        found.append((path, library.info(path)))
    if as_json:
        from galactica.wire.edition import info_document

        write_json(info_document([(path, value, library.known(path)) for path, value in found]))
        return
    for path, info in found:
        meaning = f", and of meaning for {counted(info.meaning.done, 'passage')}" if info.meaning else ""
        write(f"{path}: index of words for {counted(info.articles, 'article')}{meaning}; {size(info.bytes)} in all.")
