"""Sources in, an edition out.

A run (`running`) makes the edition, and goes on where an earlier one was killed; the folder gets its final name last.
The index of meaning is added to the finished edition, which can be read and searched for words meanwhile; where that
was stopped, `galactica index` goes on.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from galactica.building import ground, indexing
from galactica.building.links import Bounds
from galactica.building.meaning import Note, add_meaning, edition_described, unheard, wanted_encoder
from galactica.building.running import BOUNDS, BuildOptions, BuildRun
from galactica.cluster.opened import cluster_place
from galactica.codes.lock import locked
from galactica.edition import Edition, EditionInfo
from galactica.edition.info import EditionHeader
from galactica.errors import GalacticaError, InputError, UsageError
from galactica.faults import stopped
from galactica.hints import word
from galactica.progress import Report, silent
from galactica.sources.contract import SourceOptions

MOST = 512 * 2**20
"""Bytes of one linked file, whatever is asked for: it goes through memory whole."""


def build(
    out: Path | str,
    sources: Sequence[Path | str],
    *,
    title: str = "",
    language: str = "",
    licence: str = "",
    key: str = "",
    workers: int | None = None,
    parent: Path | str | None = None,
    columns: Sequence[tuple[str, str]] = (),
    markup: str = "",
    keep_files: bool = False,
    whole_pages: bool = False,
    meaning: bool = True,
    encoder: str = "",
    max_file: int = BOUNDS.each,
    max_files: int = BOUNDS.total,
    cluster: str = "",
    store: str = "",
    report: Report = silent,
    note: Note = unheard,
) -> EditionInfo:
    """Build an edition.

    Args:
        out: the folder to make; must not exist.
        sources: files, folders, or the names of built-in sources ("pydoc:", "atlas:", "almanac:").
        title: what the edition is called; default: what its first source says that an edition
            of it was called, else the title of that source.
        language, licence, key: for sources that do not say themselves.
        workers: processes that clean and compress; default: one a core; 0: none but this one. Does not change the
            result.
        parent: an edition whose work on unchanged articles is used again; named in the new one.
        columns, markup: for tables and files that do not say what they hold (`SourceOptions`).
        keep_files: PDF files are kept as they are too, and their articles link to them.
        whole_pages: pages of the web keep what stands around their article.
        meaning: whether the index of meaning is made, where there is an encoder.
        encoder: that it is made with: "static" ("" too), "minilm" or the path of a trained file.
        max_file, max_files: bytes of one file that pages of a folder link to, at most `MOST`, and of all of them
            together; 0: none are kept.
        cluster: where the work of processes is done instead: "ray://HOST:PORT", "ray:auto" or "ray:local"; see
            `cluster.opened.ClusterPlace`. Does not change the result; a parent's work is done again there.
        store: address of a folder that all machines of the cluster reach ("file:///…", "s3://…").
        report: told how far the work is.
        note: told what a person should know and is no error.

    Returns:
        The finished edition at a glance.

    Raises:
        UsageError: `out` exists or lies in a source, a source is an edition, a text is no Unicode, no source was named.
        InputError: a source cannot be read at all, or none of them holds an article.
        EditionError: `parent` cannot be opened.
        MissingError: an optional package, the encoder that was named, disk space, the cluster or its store is missing.
        LimitError: a worker died.
    """
    if not sources:
        raise UsageError("No source was named.", "Name at least one file or folder, or atlas: or pydoc:.")
    out = Path(out)
    folder = ground.work_folder(out)
    for what, text in (("The title", title), ("The language", language), ("The licence", licence), ("The key", key)):
        ground.check_text(text, what)
    options = BuildOptions(
        title=title,
        workers=max(0, workers if workers is not None else os.cpu_count() or 1),
        parent=Path(parent).resolve() if parent else None,
        encoder=wanted_encoder(encoder) if meaning else "",
        source=SourceOptions(
            key=key,
            language=language,
            licence=licence,
            columns=tuple(columns),
            markup=markup,
            keep_files=keep_files,
            whole_pages=whole_pages,
        ),
        bounds=Bounds(each=max(0, min(max_file, MOST)), total=max(0, max_files)),
        cluster=cluster_place(cluster, store),
    )
    stated: EditionHeader | None = None
    known: frozenset[str] = frozenset()
    if options.parent is not None:
        with Edition.open(options.parent) as old:
            stated, known = old.statement, frozenset(each.key for each in old.sources)
    ground.check_sources([str(s) for s in sources], out, options.source)
    ground.check_own(folder)
    fresh = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder / ground.LOCK, f"{out} is being built by another process."):
            ground.check_free(out)  # another process may have finished it in the meantime
            BuildRun(out.absolute(), folder.absolute(), sources, options, stated, report, note).run()
    except InputError:
        if fresh:  # nothing was gained that a second try could use
            shutil.rmtree(folder, ignore_errors=True)
        raise
    except (OSError, sqlite3.Error) as error:
        raise stopped("The build", error, folder) from error
    if meaning:
        _add_meaning(out.absolute(), options, report, note)
    with Edition.open(out.absolute()) as edition:
        keys = [each.key for each in edition.sources]
        if known and known.isdisjoint(keys):
            note(_another(sorted(known), keys))
        return edition_described(edition)


def _another(known: Sequence[str], keys: Sequence[str]) -> str:
    """What is said where no source of the parent is in the new edition: a folder is known by its name alone."""
    before, now = (", ".join(map(repr, each[:5])) for each in (known, keys))
    return (
        f"No source of the parent ({before}) is among those that were read ({now}): every article counts as another. "
        f"A file or folder is known by its name; if one was renamed, build again with --key {word(known[0])}."
    )


def _add_meaning(out: Path, options: BuildOptions, report: Report, note: Note) -> None:
    """Make the index of meaning of a finished edition; whatever ends it says that the edition is whole."""
    try:
        with indexing.alone(out):
            add_meaning(
                out,
                encoder=options.encoder,
                workers=options.workers,
                parent=options.parent,
                cluster=options.cluster,
                report=report,
                note=note,
            )
    except GalacticaError as error:
        remedy = (
            f"The edition is whole and can be searched for words; `galactica index {word(out)}` goes on from there."
        )
        raise type(error)(error.problem, remedy) from error
    except KeyboardInterrupt as stop:
        # A note on the exception (PEP 678), and the one hint: the command that built it would refuse, OUT exists.
        stop.add_note(
            f"{out} is whole and can be searched for words; `galactica index {word(out)} --only meaning` adds the rest."
        )
        raise
