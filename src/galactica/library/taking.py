"""Taking things out of editions: facts about one, files in other formats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from galactica.building.meaning import edition_described
from galactica.edition import Edition, EditionInfo
from galactica.errors import UsageError
from galactica.progress import Report, silent

if TYPE_CHECKING:  # what exports is loaded where that is done
    from collections.abc import Mapping

    from galactica.export.summary import ExportSummary
    from galactica.model import Article

__all__ = ["export", "info"]


def info(path: Path | str) -> EditionInfo:
    """The edition in the folder `path` at a glance.

    Raises:
        EditionError: there is none.
    """
    with Edition.open(path) as edition:
        return edition_described(edition)


def export(
    path: Path | str,
    out: Path | str | IO[bytes],
    *,
    format: str,
    replace: bool = False,
    earlier: Sequence[Path] = (),
    report: Report = silent,
) -> ExportSummary:
    """Write an edition as a ZIM file ("zim"), JSON lines ("jsonl"), a folder of Markdown ("okf") or an OCFL object.

    Args:
        path: the edition's folder.
        out: the file to make, or the folder. Lines may also go to a pipe, a device or an open stream.
        format: "zim", "jsonl", "okf" (Open Knowledge Format) or "ocfl" (Oxford Common File Layout).
        replace: whether a regular file at `out` may be replaced; nothing else ever is.
        earlier: editions that are the versions before, the oldest first; for "ocfl" alone.
        report: stage "export", unit "articles" (for "ocfl" bytes).

    Raises:
        UsageError: another format, or something stands at `out` that is not replaced.
        EditionError, MissingError: the edition cannot be read, the file cannot be written.
        BrokenPipeError: who reads the stream has left.
    """
    from galactica.export.jsonl import export_jsonl
    from galactica.export.zim import export_zim
    from galactica.refine.clean import sanitise
    from galactica.refine.passive import passive

    if format not in ("zim", "jsonl", "okf", "ocfl"):
        raise UsageError(f"There is no export format {format!r}.", "Use zim, jsonl, okf or ocfl.")
    if earlier and format != "ocfl":
        raise UsageError("Only an OCFL object has versions.", "Add --format ocfl, or leave the earlier editions out.")
    if isinstance(out, str):
        out = Path(out)
    if format == "ocfl" and isinstance(out, Path):
        from galactica.export.ocfl import export_ocfl

        day = datetime.now(UTC).date().isoformat()
        return export_ocfl([*earlier, Path(path)], out, day=day, report=report)
    with Edition.open(path) as edition:
        if format == "jsonl":
            return export_jsonl(edition, out, replace=replace, report=report)
        if format == "okf" and isinstance(out, Path):
            from galactica.export.okf import export_okf

            return export_okf(edition, out, again=_built_again, report=report)
        if not isinstance(out, Path):
            raise UsageError("A ZIM cannot be written to a stream: its beginning is written last.", "Name a file.")
        return export_zim(edition, out, report=report, clean=sanitise, passive=passive, replace=replace)


def _built_again(text: str, article: Article, file: str, paths: Mapping[str, str]) -> str:
    """The body that the Markdown of an article's file in a bundle is built into; "" where that fails."""
    from galactica.model.bundle import inward
    from galactica.refine.clean import clean
    from galactica.refine.markdown import markdown_to_html

    try:
        html = markdown_to_html(inward(text, file, paths))
        return clean(html, base=article.path, language=article.language).body
    except ValueError:
        return ""
