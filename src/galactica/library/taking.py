"""Taking things out of editions: facts about one, files in other formats."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING

from galactica.building.meaning import edition_described
from galactica.edition import Edition, EditionInfo
from galactica.errors import UsageError
from galactica.progress import Report, silent

if TYPE_CHECKING:  # what exports is loaded where that is done
    from galactica.export.summary import ExportSummary

__all__ = ["export", "info"]


def info(path: Path | str) -> EditionInfo:
    """The edition in the folder `path` at a glance.

    Raises:
        EditionError: there is none.
    """
    with Edition.open(path) as edition:
        return edition_described(edition)


def export(
    path: Path | str, out: Path | str | IO[bytes], *, format: str, replace: bool = False, report: Report = silent
) -> ExportSummary:
    """Write an edition as a ZIM file ("zim") or as JSON lines ("jsonl").

    Args:
        path: the edition's folder.
        out: the file to make. Lines may also go to a pipe, a device or an open stream.
        format: "zim" or "jsonl".
        replace: whether a regular file at `out` may be replaced; nothing else ever is.
        report: stage "export", unit "articles".

    Raises:
        UsageError: another format, or something stands at `out` that is not replaced.
        EditionError, MissingError: the edition cannot be read, the file cannot be written.
        BrokenPipeError: who reads the stream has left.
    """
    from galactica.export.jsonl import export_jsonl
    from galactica.export.zim import export_zim
    from galactica.refine.clean import sanitise
    from galactica.refine.passive import passive

    if format not in ("zim", "jsonl"):
        raise UsageError(f"There is no export format {format!r}.", "Use zim or jsonl.")
    if isinstance(out, str):
        out = Path(out)
    with Edition.open(path) as edition:
        if format == "jsonl":
            return export_jsonl(edition, out, replace=replace, report=report)
        if not isinstance(out, Path):
            raise UsageError("A ZIM cannot be written to a stream: its beginning is written last.", "Name a file.")
        return export_zim(edition, out, report=report, clean=sanitise, passive=passive, replace=replace)
