"""The verb engrave, and what recover tells of scans."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from galactica.cli.choice import one_chosen
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, Quiet, ShelfFolder
from galactica.cli.progress import reporting
from galactica.cli.terminal import one_line, size, tell, write, write_json
from galactica.model.said import counted

if TYPE_CHECKING:
    from galactica.library.scans import RecoveredScans

SHOWN = 50
"""Lines of a long list that are shown to a person; --json gives all."""

PARTIAL = 9
"""Exit code: see `galactica.errors`."""


@verb
def engrave_verb(
    edition: Annotated[str, typer.Argument(metavar="EDITION", help="A path or a name on the shelf.")],
    out: Annotated[Path, typer.Argument(metavar="OUT.pdf", help="The PDF to make.")],
    pages: Annotated[
        str, typer.Option("--pages", metavar="SIZE", help="A4, A3, or film (frames of 24 x 36 mm).")
    ] = "A4",
    dpi: Annotated[int, typer.Option("--dpi", metavar="N", help="300, 600 or 1200; of film 1200.")] = 600,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="TOPIC", help="Articles by title, category or words. Repeatable."),
    ] = None,
    budget: Annotated[
        int, typer.Option("--budget", metavar="PAGES", min=0, help="Pages at the most; the most important go first.")
    ] = 0,
    policy: Annotated[
        Path | None,
        typer.Option("--policy", metavar="FILE", help="In which order; else safety and medicine first."),
    ] = None,
    cell: Annotated[
        int, typer.Option("--cell", metavar="PX", min=0, help="Dots of a square, across and down. Default: 3.")
    ] = 0,
    check: Annotated[
        int,
        typer.Option(
            "--check", metavar="PERCENT", min=0, help="Of the bytes of a sheet that mend the others. Default: 22."
        ),
    ] = 0,
    survive: Annotated[
        int,
        typer.Option(
            "--survive", metavar="PERCENT", help="Of the sheets of each group (up to 200) that may be lost, whichever."
        ),
    ] = 20,
    masters: Annotated[
        Path | None, typer.Option("--masters", metavar="DIR", help="Besides, each page as a picture, in this folder.")
    ] = None,
    form: Annotated[str, typer.Option("--form", metavar="NAME", help="Of these pictures: tiff or png.")] = "tiff",
    font: Annotated[
        list[Path] | None,
        typer.Option("--font", metavar="FILE", help="A font for scripts that ours have no letters of. Repeatable."),
    ] = None,
    no_primer: Annotated[
        bool, typer.Option("--no-primer", help="Leave out the pages that say how the others are read.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace the file, if it is one.")] = False,
    shelf: ShelfFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Put an edition on paper or film, for the day when all software is gone.

    First come pages that say in plain words and pictures how the others are read, with the program for it; then
    sheets of small squares that hold the articles. Some sheets of each group may be lost: the others make them good.
    Print at 100 %, without smoothing, on one side; scan with at least as many dots per inch. galactica recover
    --scans makes an edition of the scans again. Media are left out.
    """
    from galactica.library import engraving

    options = engraving.EngraveOptions(
        pages=pages,
        dpi=dpi,
        select=tuple(select or ()),
        budget=budget,
        policy=policy,
        cell=cell,
        check=check,
        survive=survive,
        primer=not no_primer,
        force=force,
        masters=masters,
        form=form,
        fonts=tuple(font or ()),
    )
    with reporting(quiet) as report:
        made = engraving.engrave(one_chosen(edition, shelf), out, options=options, report=report)
    if as_json:
        from galactica.wire.engraved import engraved_document

        write_json(engraved_document(made))
        return
    front = f"{counted(made.primer, 'page')} that say how they are read, then " if made.primer else ""
    write(f"{made.out}: {front}{counted(made.sheets, 'sheet')} with {made.articles:,} of {made.of:,} articles")
    for each in made.missing:
        tell(f"No article is called or about {one_line(each)!r}.")
    tell(
        f"{size(made.net)} a sheet, parity reckoned in. Of {counted(made.groups, 'group')} of sheets, "
        f"{made.parity // made.groups:,} of each may be lost, whichever."
    )
    left = ", ".join(f"{count:,} {table}" for table, count in made.left_out)
    if left:
        tell(f"Not on the pages: {left}.")
    tell("Read it back: galactica recover --scans FOLDER OUT")


def recovered_from_scans(
    folder: Path, out: Path, *, root: str, chosen: str, unproved: bool, workers: int, quiet: bool, as_json: bool
) -> int:
    """Recover from scans, and tell what came of it."""
    from galactica.library import scans

    with reporting(quiet) as report:
        found = scans.recover_scans(
            folder, out, root=root, chosen=chosen, unproved=unproved, workers=workers, report=report
        )
    lacking = bool(found.missing) or not found.complete or found.here < found.articles
    if as_json:
        from galactica.wire.engraved import scans_document

        write_json(scans_document(str(out), found))
        return PARTIAL if lacking else 0
    _tell_scans(out, found)
    return PARTIAL if lacking else 0


def _tell_scans(out: Path, found: RecoveredScans) -> None:
    what = "the whole edition" if found.whole else "a part of the edition"
    write(f"{out}: {found.here:,} of {counted(found.articles, 'article')} on the sheets, each proved; {what}")
    write(f"of: {one_line(found.title)}, root {found.root}")
    absent = found.sheets - found.read
    write(
        f"{counted(found.sheets, 'sheet')}: {found.read:,} read, {absent:,} missing; of "
        f"{counted(found.data, 'data sheet')} {found.made:,} made good, {len(found.lost):,} lost"
    )
    for each in found.missing[:SHOWN]:
        write(f"missing: {one_line(each.title)}  {one_line(each.language)}")
    if len(found.missing) > SHOWN:
        write(f"… and {len(found.missing) - SHOWN:,} more: {out / 'missing.tsv'}")
    if not found.complete:
        tell("Not all of the list of articles could be read: more are missing than are named.")
    if found.unproved:
        tell(f"{counted(found.unproved, 'article')} could be read but not proved (--unproved takes them too).")
    for page in found.unread[:SHOWN]:
        tell(f"no sheet: {one_line(page.file)}, page {page.page}: {one_line(page.reason)}")
    if len(found.unread) > SHOWN:
        tell(f"… and {counted(len(found.unread) - SHOWN, 'page')} more (--json lists all)")
    for other in found.others:
        tell(f"Left alone: {other.read:,} of {counted(other.sheets, 'sheet')} of set {other.set_id} (--set, --root).")
