"""Verbs that keep editions for long: protect, scrub, repair, recover."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from galactica.cli.choice import one_chosen
from galactica.cli.ending import verb
from galactica.cli.engraving import PARTIAL, SHOWN, recovered_from_scans
from galactica.cli.options import AsJson, Quiet, ShelfFolder
from galactica.cli.progress import reporting
from galactica.cli.terminal import size, tell, write, write_json
from galactica.errors import UsageError
from galactica.hints import word
from galactica.model.said import counted

FOUND = 1
"""Exit code: see `galactica.errors`."""


@verb
def protect_verb(
    edition: Annotated[str, typer.Argument(metavar="EDITION", help="A path or a name on the shelf.")],
    volumes: Annotated[int, typer.Option("--volumes", metavar="N", min=0, help="Folders to spread it over.")] = 0,
    survive: Annotated[
        int, typer.Option("--survive", metavar="M", min=0, help="How many of them may be lost, whichever.")
    ] = 0,
    in_place: Annotated[
        int, typer.Option("--in-place", metavar="PERCENT", min=0, help="Parity beside the one copy, of its size.")
    ] = 0,
    out: Annotated[
        list[Path] | None,
        typer.Option("--out", metavar="DIR", help="Where: one folder for all, or one for each volume. Repeatable."),
    ] = None,
    with_index: Annotated[
        bool, typer.Option("--with-index", help="Protect the indexes too; else they are made again afterwards.")
    ] = False,
    par2: Annotated[
        int, typer.Option("--par2", metavar="PERCENT", min=0, help="Besides, a PAR2 set for other programs.")
    ] = 0,
    shelf: ShelfFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Protect an edition: over volumes of which any M may be lost, or by parity beside one copy.

    Put each volume on a disk, a disc or in a place of its own. Each says in plain words what it is, and has the program
    that restores the edition (restore.py, for Python alone). Parity stands in EDITION.parity and guards against rotten
    bits, bad sectors and lost files. A run that was stopped goes on when the same command is given again.
    """
    from galactica.library import preserving

    path = one_chosen(edition, shelf)
    with reporting(quiet) as report:
        if par2 and not volumes and not in_place:
            raise UsageError("--par2 is made besides the rest.", "Add --in-place PERCENT or --volumes N --survive M.")
        made = preserving.protect(
            path, volumes=volumes, survive=survive, percent=in_place, out=out or (), index=with_index, report=report
        )
        beside = preserving.protect_par2(path, par2, report=report) if par2 else None
    if as_json:
        from galactica.wire.preserved import protection_document

        write_json(protection_document(made, str(beside or "")))
        return
    for folder in made.folders:
        write(str(folder))
    if beside is not None:
        write(str(beside))
    again = "Was there already. " if made.again else ""
    if volumes:
        tell(
            f"{again}{made.data + made.parity} volumes, {size(made.stored)} for {size(made.bytes)}. Any {made.data} of "
            f"them restore it: galactica recover VOLUME... OUT, or the restore.py in each of them."
        )
    else:
        if 100 * made.stored > 2 * in_place * made.bytes:
            tell(
                f"That is more than {in_place} %: parity is made in blocks that have a least size, with the hashes of "
                "each, and an edition as small as this one fills few of them."
            )
        tell(
            f"{again}{size(made.stored)} of parity for {size(made.bytes)}. Look after it now and then: galactica scrub "
            f"{word(path)}"
        )


@verb
def scrub_verb(
    folders: Annotated[
        list[Path], typer.Argument(metavar="FOLDER...", help="Editions, volumes, and folders of parity.")
    ],
    rate: Annotated[
        float,
        typer.Option("--rate", metavar="MB", min=0, help="Read at most so many MB a second; 0: as fast as it goes."),
    ] = 0,
    again: Annotated[bool, typer.Option("--again", help="Begin at the beginning, also where one was stopped.")] = False,
    log: Annotated[
        Path | None, typer.Option("--log", metavar="FILE", help="Add what is found to this file, a line of JSON each.")
    ] = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> int:
    """Check every byte of editions, volumes and parity, at a rate that disturbs nobody.

    Nothing is changed. One that was stopped goes on when the same command is given again. Exit code 1: something is
    damaged; galactica repair puts it right.
    """
    from galactica.library import preserving

    with reporting(quiet) as report:
        found = preserving.scrub(folders, rate=round(rate * 1e6), again=again, log=log, report=report)
    if as_json:
        from galactica.wire.preserved import scrub_document

        write_json(scrub_document(found))
        return 0 if found.ok else FOUND
    for each in found.damage[:SHOWN]:
        place = (
            f", bytes {each.start:,} to {each.start + each.length:,} of shard {each.shard}" if each.shard >= 0 else ""
        )
        write(f"{each.folder}: {each.where}{place}: {each.what}")
    if len(found.damage) > SHOWN:
        write(f"… and {len(found.damage) - SHOWN:,} more (--json lists all)")
    checked = f"{size(found.bytes)} checked in {counted(found.checks, 'part')}"
    if found.ok:
        write(f"All is right: {checked}.")
        return 0
    tell(f"{counted(len(found.damage), 'part')} damaged; {checked}.")
    for folder in dict.fromkeys(each.folder for each in found.damage):
        tell(f"Put it right: galactica repair {word(folder)}")
    return FOUND


@verb
def repair_verb(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="An edition, a volume, or a folder of parity.")],
    sources: Annotated[
        list[Path] | None,
        typer.Option(
            "--from",
            metavar="SOURCE",
            help="Where right bytes may be: volumes, parity, copies, other editions, a publication. Repeatable.",
        ),
    ] = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> int:
    """Put right what is damaged, from parity, other volumes, copies, or other editions that have the same articles.

    Only sectors that are wrong are written, with bytes whose checksum is right; stopped at any moment, nothing is lost
    that was there. The parity that stands beside an edition is used and repaired with it. Indexes and what is joined
    are taken from copies that have the same; else it is said which command makes them again. Exit code 1: something
    could not be put right.
    """
    from galactica.library import preserving

    with reporting(quiet) as report:
        done = preserving.repair(folder, sources or (), report=report)
    if as_json:
        from galactica.wire.preserved import repair_document

        write_json(repair_document(done))
        return 0 if done.ok else FOUND
    if done.pieces or done.files:
        taken = f", {counted(done.articles, 'article')} from elsewhere" if done.articles else ""
        pieces = f"{counted(done.pieces, 'piece')} put right in " if done.pieces else "Put right: "
        write(f"{pieces}{counted(len(done.files), 'file')}, {size(done.written)} written{taken}.")
    elif done.ok:
        write(f"Nothing was wrong ({size(done.checked)} looked at).")
    for each in done.lost[:SHOWN]:
        stretch = f"{counted(each.length, 'byte')} from {each.start:,}" if each.length else "of which nothing is there"
        write(f"still wrong: {each.folder}: {each.where}, {stretch}")
    if done.ok:
        return 0
    parts = {each.where.split("/")[0] for each in done.lost}
    if "index" in parts:
        tell(f"The index is made of the articles. Make it again: galactica index {word(folder)}")
    for name in sorted({"/".join(each.where.split("/")[:2]) for each in done.lost if each.where.startswith("joined/")}):
        tell(f"Remove the folder {folder / name}, and make it again: galactica join {word(folder)}")
    if parts - {"index", "joined"}:
        tell("Name more places to take it from (--from), or make an edition of what is left: galactica recover")
    return FOUND


@verb
def recover_verb(
    words: Annotated[
        list[Path],
        typer.Argument(
            metavar="[VOLUME]... OUT",
            help="Volumes of one set, parity, a damaged copy, publications; last the folder to make.",
        ),
    ],
    scans: Annotated[
        Path | None,
        typer.Option("--scans", metavar="DIR", help="Recover from scans of engraved pages, in place of volumes."),
    ] = None,
    root: Annotated[
        str, typer.Option("--root", metavar="HEX", help="Of the edition that the scans are of, or its beginning.")
    ] = "",
    chosen: Annotated[
        str, typer.Option("--set", metavar="HEX", help="Number of the set of sheets, or its beginning.")
    ] = "",
    unproved: Annotated[
        bool, typer.Option("--unproved", help="Take articles from scans too that nothing proves.")
    ] = False,
    no_index: Annotated[bool, typer.Option("--no-index", help="Do not make the index of words.")] = False,
    workers: Annotated[int, typer.Option("--workers", metavar="N", min=0, help="Processes that write.")] = 0,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> int:
    """Restore an edition from volumes or scans; where there are too few, make one of what is left and say what is
    missing.

    An edition of what is left opens, reads and searches like any; its partial.json names the whole, its missing.tsv
    every article that could not be had. A publication of the whole proves its articles against the whole's root. Exit
    code 9: it is such a part. With --scans DIR: from scans of engraved pages, in any order, each article proved against
    the root; one that was stopped goes on.
    """
    from galactica.library import preserving

    if scans is not None:
        if len(words) != 1:
            raise UsageError("With --scans only the folder to make is named.", "galactica recover --scans DIR OUT")
        return recovered_from_scans(
            scans,
            words[0],
            root=root,
            chosen=chosen,
            unproved=unproved,
            workers=workers,
            quiet=quiet,
            as_json=as_json,
        )
    if root or chosen or unproved:
        raise UsageError("--root, --set and --unproved are about scans.", "Name their folder too: --scans DIR.")
    if len(words) < 2:
        raise UsageError("There is nothing to recover from.", "Name the folders of volumes, then the one to make.")
    *folders, out = words
    with reporting(quiet) as report:
        found = preserving.recover(folders, out, index=not no_index, workers=workers, report=report)
    if as_json:
        from galactica.wire.preserved import recovery_document

        write_json(recovery_document(str(out), found))
        return 0 if found.whole else PARTIAL
    if found.whole:
        write(f"{out}: whole, {counted(found.articles, 'article')}, root {found.root}")
        return 0
    share = 100 * found.here / max(1, found.articles)
    write(f"{out}: {found.here:,} of {counted(found.articles, 'article')} ({share:.1f} %)")
    for each in found.missing[:SHOWN]:
        write(f"missing: {each.title or f'row {each.row}'}  {each.language} · {each.source}")
    if len(found.missing) > SHOWN:
        write(f"… and {len(found.missing) - SHOWN:,} more: {out / 'missing.tsv'}")
    tell(f"{found.volumes} folders of the set were there; {found.needed} volumes restore all of it.")
    return PARTIAL
