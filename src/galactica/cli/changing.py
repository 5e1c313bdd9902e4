"""Verbs by which editions change: delta, update."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from galactica.cli.choice import one_chosen, open_settings
from galactica.cli.ending import verb
from galactica.cli.making import NoMeaning
from galactica.cli.options import AsJson, ConfigFolder, Quiet, ShelfFolder
from galactica.cli.progress import reporting
from galactica.cli.terminal import notes, size, write, write_json


@verb
def delta_verb(
    old: Annotated[str, typer.Argument(metavar="A", help="The older edition: a path or a name on the shelf.")],
    to: Annotated[
        list[str], typer.Argument(metavar="B|DELTA...", help="The newer edition; or deltas in their order, to merge.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write, by custom NAME.delta.")],
    shelf: ShelfFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Write what changed from an edition to a newer one into a file that galactica update applies.

    Each changed article is packed with its older version, so that a file holds little more than what is new. Deltas
    that lead one to the next become one by naming them in place of the newer edition; the editions in between are not
    needed.
    """
    from galactica import library

    goals = [one_chosen(each, shelf) if len(to) == 1 and not Path(each).is_file() else Path(each) for each in to]
    with reporting(quiet) as report:
        found = library.delta(one_chosen(old, shelf), goals, out, report=report)
    if as_json:
        from galactica.wire.changed import delta_document

        write_json(delta_document(out, found))
        return
    write(f"{out}: {size(found.bytes)}")
    for table, removed, changed, added in found.changes:
        write(f"  {table}: {added:,} added, {removed:,} removed, {changed:,} changed")
    write(f"From: {found.origin}")
    write(f"To:   {found.root}")


@verb
def update_verb(
    edition: Annotated[str, typer.Argument(metavar="EDITION", help="A path or a name on the shelf.")],
    source: Annotated[
        list[str],
        typer.Option(
            "--from",
            metavar="URL|DIR|DELTA",
            help="A publication, repeatable: its mirrors; or a delta, repeatable: a chain in its order.",
        ),
    ],
    root: Annotated[str, typer.Option("--root", metavar="ROOT", help="The newer edition's root as you know it.")] = "",
    number: Annotated[
        int, typer.Option("--number", metavar="N", min=0, help="This edition and not the newest.", show_default=False)
    ] = 0,
    older: Annotated[bool, typer.Option("--older", help="It may become an older edition than it is.")] = False,
    offline: Annotated[
        bool, typer.Option("--offline", help="What a mirror says of what is newest may have expired.")
    ] = False,
    allow_local: Annotated[
        bool, typer.Option("--allow-local", help="Names and redirects may lead to this machine or its own network.")
    ] = False,
    no_meaning: NoMeaning = False,
    workers: Annotated[
        int | None, typer.Option("--workers", metavar="N", min=1, max=256, help="Processes. Default: one a core.")
    ] = None,
    shelf: ShelfFolder = None,
    config: ConfigFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Bring an edition up to date in its place, with its indexes. It is the old one until it is the new one, whole.

    From a publication it comes by the deltas that lead from here to its newest release, else by its packs; its
    signatures are checked, and an older edition than the one here is refused. What comes of it has the root that it
    should have, or nothing is changed. Stopped or killed at any moment, the edition is there as it was, and the same
    command goes on.
    """
    from galactica import library

    path = one_chosen(edition, shelf)
    with notes() as note, reporting(quiet) as report:
        found = library.update(
            path,
            source,
            root=root,
            number=number,
            older=older,
            offline=offline,
            allow_local=allow_local,
            settings=open_settings(config),
            meaning=not no_meaning,
            workers=workers,
            report=report,
            note=note,
        )
    if as_json:
        from galactica.wire.changed import update_document

        write_json(update_document(path, found))
        return
    if found.way == "none":
        write(f"{path} is up to date: number {found.number}.")
    else:
        write(f"{path} is number {found.number} now; {size(found.fetched)} were needed.")
    write(f"Root: {found.root}")
