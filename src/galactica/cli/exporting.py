"""The verb that turns an edition into a file or folder for other programs: export."""

from __future__ import annotations

import sys
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from galactica.cli.choice import chosen, one_chosen
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, Editions, Quiet, ShelfFolder
from galactica.cli.progress import reporting
from galactica.cli.terminal import size, tell, write, write_json
from galactica.errors import UsageError

NAMES_OF_OUTPUT = frozenset(("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"))
"""Names of standard output. It is open already, wherever it leads: written to as it is, and never replaced."""


class ExportFormat(StrEnum):
    """What an edition can be turned into; the last four, and lines, a view."""

    ZIM = "zim"
    JSONL = "jsonl"
    OKF = "okf"
    OCFL = "ocfl"
    PARQUET = "parquet"
    MDS = "mds"
    WEBDATASET = "webdataset"
    TOKENS = "tokens"


OF_EDITIONS = frozenset((ExportFormat.ZIM, ExportFormat.JSONL, ExportFormat.OKF, ExportFormat.OCFL))
OF_VIEWS = frozenset((*ExportFormat,)) - OF_EDITIONS | {ExportFormat.JSONL}


@verb
def export_verb(
    edition: Annotated[
        str, typer.Argument(metavar="EDITION|VIEW", help="A path or a name on the shelf; or a view, NAME.view.")
    ],
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="The file or folder to write; - is standard output, for JSON lines.")
    ],
    format: Annotated[
        ExportFormat | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="zim, jsonl, okf, ocfl; of a view jsonl, parquet, mds, webdataset, tokens.",
        ),
    ] = None,
    earlier: Annotated[
        list[Path] | None,
        typer.Option("--earlier", metavar="EDITION", help="For ocfl: a version before, the oldest first. Repeatable."),
    ] = None,
    editions: Editions = None,
    tokenizer: Annotated[
        Path | None, typer.Option("--tokenizer", metavar="FILE", help="For tokens: tokenizer.json that makes them.")
    ] = None,
    held_back: Annotated[
        float,
        typer.Option("--held-back", metavar="SHARE", min=0, max=0.99, help="For tokens: documents that go to val.bin."),
    ] = 0.01,
    force: Annotated[
        bool, typer.Option("--force", help="Replace OUT if it is a file. A link, device or folder never is.")
    ] = False,
    shelf: ShelfFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Turn an edition into a ZIM file (for Kiwix and phones), JSON lines (for programs), Markdown or an OCFL object; a
    view into what other trainers read.

    A name that ends in .jsonl.gz or .jsonl.zst is compressed. Lines may go into a pipe or device. No file that is there
    is replaced without --force. okf makes a bundle of the Open Knowledge Format; built again (with --parent, where the
    edition has a parent), it has the same root. What was left out is not in it.
    ocfl makes an object of the Oxford Common File Layout, for repositories, with an edition for each version.

    Of a view (galactica dataset): lines, or a folder of Parquet files, of MosaicML's shards (mds), of WebDataset's tar
    files, or of tokens for nanoGPT and the like (train.bin, val.bin, meta.json). Each document has its source, licence,
    date and address beside its text. Stopped at any moment, the same command goes on.
    """
    from galactica import library

    of_view = (Path(edition) / "view.json").is_file()
    wanted = _format_of(out, format, OF_VIEWS if of_view else OF_EDITIONS)
    flows = str(out) in NAMES_OF_OUTPUT
    if flows and wanted not in (ExportFormat.ZIM, ExportFormat.JSONL):
        raise UsageError("A folder cannot go to standard output.", "Name a folder that is not there.")
    if flows and wanted is ExportFormat.ZIM:
        raise UsageError("A ZIM cannot go to standard output: its beginning is written last.", "Name a file.")
    if flows and as_json:
        raise UsageError("The lines and --json both want standard output.", "Name a file, or leave --json out.")
    target = sys.stdout.buffer if flows else out
    if of_view:
        if earlier:
            raise UsageError("A view has no versions.", "Leave --earlier out.")
        places = chosen(editions, shelf) if editions else ()
        with reporting(quiet) as report:
            written = library.export_view(
                Path(edition),
                target,
                format=wanted.value,
                editions=places,
                tokenizer=tokenizer,
                held_back=held_back,
                replace=force,
                report=report,
            ).bytes
    else:
        if editions or tokenizer:
            raise UsageError(
                "--edition and --tokenizer are said of a view.", "Name a view: galactica dataset makes one."
            )
        path = one_chosen(edition, shelf)
        with reporting(quiet) as report:
            written = library.export(
                path, target, format=wanted.value, replace=force, earlier=earlier or (), report=report
            ).bytes
    if as_json:
        from galactica.wire.program import ExportDocument

        write_json(ExportDocument(path=str(out), format=wanted.value, bytes=written))
    elif flows:
        tell(f"{size(written)} of lines.")
    else:
        write(f"{out}: {size(written)}")


def _format_of(out: Path, named: ExportFormat | None, possible: Collection[ExportFormat]) -> ExportFormat:
    """What to write: what was named, else what the name of the file says; lines to standard output."""
    names = ", ".join(each.value for each in ExportFormat if each in possible)
    if named is not None and named not in possible:
        raise UsageError(f"This cannot be turned into {named.value}.", f"Use --format {names}.")
    if named is not None:
        return named
    name = out.name.lower()
    if str(out) in NAMES_OF_OUTPUT or name.endswith((".jsonl", ".jsonl.gz", ".jsonl.zst")):
        return ExportFormat.JSONL
    if name.endswith(".zim") and ExportFormat.ZIM in possible:
        return ExportFormat.ZIM
    raise UsageError(f"The name {out} does not say what to write.", f"Add --format {names}.")
