"""Making an edition again from scans of engraved pages, whatever sheets are left.

The order: each scan is looked at and its sheets kept in `OUT.recovering`, so that one that was stopped goes on; missing
sheets are made good; the records are proved, and put together as an edition. OUT gets its name when all is done.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from galactica.edition import decode
from galactica.engrave.scans.files import sheets_in
from galactica.engrave.stream.contents import EngravedEdition, ListLine
from galactica.engrave.stream.kept import FoundSet, SheetStore
from galactica.engrave.stream.looking import LookedScans, Scanner, UnreadPage, look_at_scans
from galactica.engrave.stream.mending import MendedSet, mend_set
from galactica.engrave.stream.reading import SetContents, SetReader
from galactica.errors import EditionError, InputError, ProofError, UsageError
from galactica.faults import stopped
from galactica.progress import Report, silent
from galactica.spread.assembly.assembling import assemble, missing_records
from galactica.spread.assembly.part import assemble_part
from galactica.spread.assembly.store import RecordStore
from galactica.spread.release.document import Release

WORKING: Final = ".recovering"
"""What the folder is called, behind OUT's name, in which sheets are kept that were read."""

MISSING: Final = "missing.tsv"
"""The list of articles of the set that could not be had: language, source and path (empty: a list on pages has only
titles), title, divided by tabs, as where volumes are recovered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedSet:
    """A set of which sheets are among the scans.

    Attributes:
        root: how the edition's root begins, 32 hexadecimal digits.
        set_id: 16 hexadecimal digits.
        sheets: of the set; read: of them that were read.
    """

    root: str
    set_id: str
    sheets: int
    read: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveredScans:
    """What scans gave.

    Attributes:
        root: of the edition that was put on pages; title: of it.
        own: root of the edition that was made; the same, where `whole`.
        whole: all of the edition is there.
        set_id: of the set; others: sets that are among the scans too.
        files, pages: that were looked at; doubles: pages with a sheet that another had.
        sheets, data: of the set; read: sheets that were read.
        made: data sheets that were missing and were made good; lost: numbers of those that cannot be had, from 0.
        unread: pages on which no sheet could be read; the primer's are among them.
        articles: of the set; here: that were recovered and proved.
        unproved: articles that were read and cannot be proved; they are in OUT where that was asked for.
        missing: articles of the set that cannot be had; the list is `complete`, or has more that nobody knows.
    """

    root: str
    title: str
    own: str
    whole: bool
    set_id: str
    others: tuple[ScannedSet, ...]
    files: int
    pages: int
    doubles: int
    sheets: int
    data: int
    read: int
    made: int
    lost: tuple[int, ...]
    unread: tuple[UnreadPage, ...]
    articles: int
    here: int
    unproved: int
    missing: tuple[ListLine, ...]
    complete: bool


def recover_scans(
    folder: Path,
    out: Path,
    *,
    root: str = "",
    chosen: str = "",
    unproved: bool = False,
    scanner: Scanner | None = None,
    workers: int = 0,
    report: Report = silent,
) -> RecoveredScans:
    """Make an edition of what scans of engraved pages give.

    Args:
        folder: of scans, in any order; other files in it are left alone.
        out: the folder to make.
        root: how the edition's root begins; "" where all scans are of one.
        chosen: how the number of the set begins, where there are several of that edition.
        unproved: take articles too that nothing proves.
        scanner: reads scans; None: `engrave.scans.files`.
        workers: processes that write the edition; 0: this one alone.
        report: stages "scans" (files), "mend" (sheets), "records" and "write" and "index" (articles).

    Raises:
        InputError: there is no scan, or no sheet on any.
        UsageError: sheets of several sets, and none is chosen; something stands at `out`.
        EditionError: no article can be had.
        MissingError: a package or room is missing.
    """
    if os.path.lexists(out):
        raise UsageError(f"{out} is there already.", "Name a folder that is not there.")
    if not folder.is_dir():
        raise InputError(f"There is no folder {folder}.", "Name a folder of scans.")
    work = out.with_name(f"{out.name}{WORKING}")
    try:
        work.mkdir(parents=True, exist_ok=True)
        store = SheetStore(work / "sheets")
        looked = look_at_scans(folder, work / "scans.jsonl", store, scanner or sheets_in, report)
        sets = store.sets()
        found = _choose(sets, root, chosen, looked)
        mended = mend_set(found, report)
        done = _assembled(mended, out, work, looked, sets, root=root, unproved=unproved, workers=workers, report=report)
    except OSError as error:
        raise stopped("Recovering from scans", error, out) from error
    shutil.rmtree(work)
    return done


def _choose(sets: Sequence[FoundSet], root: str, chosen: str, looked: LookedScans) -> FoundSet:
    """The set that is recovered."""
    if not sets:
        several = "; ".join(dict.fromkeys(each.reason for each in looked.unread))
        raise InputError(
            f"No sheet could be read on {looked.pages:,} pages{': ' if several else ''}{several[:500]}.",
            "Scan the pages anew: all of a page, in focus, with at least as many dots per inch as it was printed with.",
        )
    # A root may be named whole or by its beginning; sheets have its first 32 digits.
    fitting = [
        each
        for each in sets
        if (each.root.hex().startswith(root[:32].lower())) and each.set_id.hex().startswith(chosen.lower())
    ]
    if len(fitting) == 1:
        return fitting[0]
    listed = "; ".join(
        f"set {each.set_id.hex()} of the edition {each.root.hex()[:16]}…, {len(each.headers):,} of "
        f"{each.plan.sheets:,} sheets"
        for each in sets
    )
    if not fitting:
        raise UsageError(f"No sheet is of that set or edition. There are: {listed}.", "Name another (--root, --set).")
    raise UsageError(
        f"There are sheets of several sets: {listed}.", "Say which: --root with the beginning of a root, or --set."
    )


def _assembled(
    mended: MendedSet,
    out: Path,
    work: Path,
    looked: LookedScans,
    sets: Sequence[FoundSet],
    *,
    root: str,
    unproved: bool,
    workers: int,
    report: Report,
) -> RecoveredScans:
    """Read the set, prove its records, and make an edition of them."""
    found = mended.found
    reader = SetReader(range(found.plan.data), mended.payload, found.root)
    contents = reader.contents()
    if contents.edition is None:
        raise EditionError(
            "The sheets that were read do not say which edition they are of.", "Scan more of them, or scan them better."
        )
    if not contents.edition.root.hex().startswith(root.lower()):
        raise EditionError(
            f"The sheets are of the edition {contents.edition.root.hex()}, not of the one that was named.",
            "Name another (--root), or leave it out.",
        )
    release = _release(contents.edition)
    shutil.rmtree(work / "records", ignore_errors=True)
    with RecordStore.of(work / "records", release) as store:
        here, doubtful = _put(reader, contents, store, unproved, report)
        store.commit()
        if not store.count("articles"):
            raise EditionError(
                "No article can be had from these scans"
                + (f"; {len(doubtful):,} were read and cannot be proved." if doubtful else "."),
                "Scan more sheets, or take what cannot be proved too: --unproved." if doubtful else "Scan more sheets.",
            )
        whole = missing_records(store, release) == 0
        make = assemble if whole else assemble_part
        make(store, release, out, work=work / "edition", workers=workers, report=report)
    missing = tuple(each for each in contents.listed if each.index not in here and each.index not in doubtful)
    if missing:
        _write_missing(out, missing)
    return RecoveredScans(
        root=contents.edition.root.hex(),
        title=contents.edition.title,
        own=_own_root(out),
        whole=whole,
        set_id=found.set_id.hex(),
        others=tuple(_told(each) for each in sets if each.folder != found.folder),
        files=looked.files,
        pages=looked.pages,
        doubles=len(looked.sheets) - len(set(looked.sheets)),
        sheets=found.plan.sheets,
        data=found.plan.data,
        read=len(found.headers),
        made=len(mended.made),
        lost=mended.lost,
        unread=looked.unread,
        articles=contents.edition.articles,
        here=len(here),
        unproved=len(doubtful),
        missing=missing,
        complete=contents.complete,
    )


def _put(
    reader: SetReader, contents: SetContents, store: RecordStore, unproved: bool, report: Report
) -> tuple[set[int], set[int]]:
    """Put the records into a store; places of the articles that are proved, and of those that are not."""
    assert contents.edition is not None
    proved: set[int] = set()
    doubtful: set[int] = set()
    for record in reader.records(contents):
        if record.table == "articles":
            place = record.index if record.index >= 0 else -1 - len(doubtful)
            (proved if record.proved else doubtful).add(place)
            report("records", len(proved), contents.edition.articles, "articles")
        if record.proved or unproved:
            try:
                store.put(record.table, record.raw)
            except ProofError:
                contents.damaged += 1
    return proved, doubtful - proved


def _release(edition: EngravedEdition) -> Release:
    """The edition as what is put together is told of it."""
    fields = decode.fields_of(edition.edition, "edition", edition.format)
    parent, number = fields.get("parent", b""), fields.get("number", 1)
    languages, licences = fields.get("languages", []), fields.get("licences", [])
    assert isinstance(parent, bytes)
    assert isinstance(number, int)
    assert isinstance(languages, list)
    assert isinstance(licences, list)
    return Release(
        format=edition.format,
        root=edition.root.hex(),
        number=number,
        parent=parent.hex(),
        title=edition.title,
        languages=tuple(map(str, languages)),
        licences=tuple(map(str, licences)),
        tables=edition.heads,
        objects=(),
    )


def _own_root(out: Path) -> str:
    from galactica.edition.info import read_statement

    return read_statement(out).root


def _told(each: FoundSet) -> ScannedSet:
    return ScannedSet(root=each.root.hex(), set_id=each.set_id.hex(), sheets=each.plan.sheets, read=len(each.headers))


def _write_missing(out: Path, missing: Sequence[ListLine]) -> None:
    with (out / MISSING).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{each.language}\t\t\t{each.title}\n" for each in missing)
