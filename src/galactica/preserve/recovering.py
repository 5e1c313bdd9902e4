"""What volumes still give: the whole edition, or what is left of it and a list of what is not.

The order: the files are gathered into `OUT.recovering`; if nothing is missing they become OUT. Else what is left is
read, article by article, and handed to whoever makes an edition of it (`Assembler`); the list of what is missing
stands beside its data as `missing.tsv`. OUT gets its name when all is done.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from galactica.edition import Edition
from galactica.edition.info import EditionHeader, read_statement
from galactica.errors import EditionError, UsageError
from galactica.faults import stopped
from galactica.preserve.finding import KnownSet, the_set
from galactica.preserve.gathered import GatheredFiles, catalogue_lines, gather_files
from galactica.preserve.holed import Holed
from galactica.preserve.kept import tabbed, untabbed
from galactica.progress import Report, silent

MISSING = "missing.tsv"
"""The list of what could not be had: a line for each article (language, source, path, title, divided by tabs)."""

WORKING = ".recovering"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingArticle:
    """An article that cannot be had: what the list of all articles says of it; "" where no volume has that list."""

    row: int
    language: str
    source: str
    path: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What was recovered.

    Attributes:
        root: of the whole edition.
        whole: nothing is missing, and OUT has that root.
        articles: of the whole; here: of OUT.
        missing: articles that cannot be had, in the order of the edition.
        files: files of the edition that have holes: (path, bytes that are missing).
        volumes: folders that belong to the set; needed: how many restore all.
    """

    root: str
    whole: bool
    articles: int
    here: int
    missing: tuple[MissingArticle, ...]
    files: tuple[tuple[str, int], ...]
    volumes: int
    needed: int


Assembler = Callable[[Holed, Path, Path], None]
"""(what is left, OUT, folder to work in): makes an edition at OUT."""


def recover_edition(folders: Sequence[Path], out: Path, *, assemble: Assembler, report: Report = silent) -> Recovery:
    """Restore an edition from volumes, parity, and what is left of a copy.

    Args:
        folders: volumes of one set, in any order; also the folder of a damaged edition with its parity beside it.
        out: the folder to make.
        assemble: makes an edition of what is left, where something is missing.
        report: stage "recover", bytes; and what `assemble` tells.

    Raises:
        UsageError: volumes of several sets; something stands at `out`.
        EditionError: no folder says what it is; not even what the edition is can be had.
    """
    if os.path.lexists(out):
        raise UsageError(f"{out} is there already.", "Name a folder that is not there.")
    for folder in folders:
        if not folder.is_dir():
            raise EditionError(f"There is no folder {folder}.", "Name folders of volumes.")
    known = the_set(folders)
    try:
        return _recovered(known, out, assemble, report)
    except OSError as error:
        raise stopped("Recovering", error, out) from error
    finally:
        known.close()


def _recovered(known: KnownSet, out: Path, assemble: Assembler, report: Report) -> Recovery:
    described = known.described
    base = out.with_name(f"{out.name}{WORKING}")
    plan = base / "set"
    if base.exists() and _text(plan) != described.name:
        shutil.rmtree(base)
    base.mkdir(parents=True, exist_ok=True)
    plan.write_text(described.name, encoding="ascii")
    files = gather_files(known, base / "edition", report)
    missing: tuple[MissingArticle, ...] = ()
    if not files.holes:
        with Edition.open(files.folder) as edition:
            if edition.root != described.root:
                raise EditionError("The files that came out are of another edition.", "Find other volumes of the set.")
        files.folder.rename(out)
    else:
        left = Holed(folder=files.folder, header=_header(files, described.root), holes=files.holes)
        missing = _missing(left, known)
        work = base / "assembling"
        assemble(left, out, work)
        _write_missing(out, missing)
    shutil.rmtree(base)
    return Recovery(
        root=described.root,
        whole=not files.holes,
        articles=described.articles,
        here=described.articles - len(missing),
        missing=missing,
        files=tuple((path, sum(high - low for low, high in several)) for path, several in files.holes.items()),
        volumes=len(known.places),
        needed=described.data,
    )


def _header(files: GatheredFiles, root: str) -> EditionHeader:
    if "data/edition.json" in files.holes:
        raise EditionError(
            "Not even what the edition is could be had from these folders.", "Find another volume of the set."
        )
    header = read_statement(files.folder)
    if header.root != root:
        raise EditionError("The files that came out are of another edition.", "Find other volumes of the set.")
    return header


def _missing(left: Holed, known: KnownSet) -> tuple[MissingArticle, ...]:
    rows = [row for row, article in left.articles() if article is None]
    wanted, named = set(rows), dict(named_rows(catalogue_lines(known)))
    unknown = ("", "", "", "")
    return tuple(
        MissingArticle(row=row, language=language, source=source, path=path, title=title)
        for row in rows
        for language, source, path, title in [named.get(row, unknown)]
        if row in wanted
    )


def named_rows(lines: Sequence[str]) -> Iterator[tuple[int, tuple[str, str, str, str]]]:
    """Row → language, source, path and title, of the lines of a list of articles."""
    for line in lines:
        fields = line.split("\t")
        if len(fields) == 5 and fields[0].isdecimal():
            language, source, path, title = map(untabbed, fields[1:])
            yield int(fields[0]), (language, source, path, title)


def _write_missing(out: Path, missing: Sequence[MissingArticle]) -> None:
    lines = ("\t".join(map(tabbed, (each.language, each.source, each.path, each.title))) + "\n" for each in missing)
    with (out / MISSING).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
