"""The verb that turns an edition into a file or folder for other programs: export."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from galactica.cli.choice import one_chosen
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, Quiet, ShelfFolder
from galactica.cli.progress import reporting
from galactica.cli.terminal import size, tell, write, write_json
from galactica.errors import UsageError

NAMES_OF_OUTPUT = frozenset(("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"))
"""Names of standard output. It is open already, wherever it leads: written to as it is, and never replaced."""


class ExportFormat(StrEnum):
    """What an edition can be turned into."""

    ZIM = "zim"
    JSONL = "jsonl"
    OKF = "okf"
    OCFL = "ocfl"


@verb
def export_verb(
    edition: Annotated[str, typer.Argument(metavar="EDITION", help="A path or a name on the shelf.")],
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="The file or folder to write; - is standard output, for JSON lines.")
    ],
    format: Annotated[
        ExportFormat | None,
        typer.Option("--format", metavar="zim|jsonl|okf|ocfl", help="Default: from the name of OUT."),
    ] = None,
    earlier: Annotated[
        list[Path] | None,
        typer.Option("--earlier", metavar="EDITION", help="For ocfl: a version before, the oldest first. Repeatable."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace OUT if it is a file. A link, device or folder never is.")
    ] = False,
    shelf: ShelfFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Turn an edition into a ZIM file (for Kiwix and phones), JSON lines (for programs), Markdown or an OCFL object.

    A name that ends in .jsonl.gz or .jsonl.zst is compressed. Lines may go into a pipe or device. No file that is there
    is replaced without --force. okf makes a bundle of the Open Knowledge Format; built again, it is the same edition.
    ocfl makes an object of the Oxford Common File Layout, for repositories, with an edition for each version.
    """
    from galactica import library

    wanted = _format_of(out, format)
    flows = str(out) in NAMES_OF_OUTPUT
    if flows and wanted in (ExportFormat.OKF, ExportFormat.OCFL):
        raise UsageError("A folder cannot go to standard output.", "Name a folder that is not there.")
    if flows and wanted is ExportFormat.ZIM:
        raise UsageError("A ZIM cannot go to standard output: its beginning is written last.", "Name a file.")
    if flows and as_json:
        raise UsageError("The lines and --json both want standard output.", "Name a file, or leave --json out.")
    path = one_chosen(edition, shelf)
    with reporting(quiet) as report:
        target = sys.stdout.buffer if flows else out
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


def _format_of(out: Path, named: ExportFormat | None) -> ExportFormat:
    """What to write: what was named, else what the name of the file says; lines to standard output."""
    if named is not None:
        return named
    name = out.name.lower()
    if str(out) in NAMES_OF_OUTPUT or name.endswith((".jsonl", ".jsonl.gz", ".jsonl.zst")):
        return ExportFormat.JSONL
    if name.endswith(".zim"):
        return ExportFormat.ZIM
    raise UsageError(f"The name {out} does not say what to write.", "Add --format zim, jsonl, okf or ocfl.")
