"""A view → files for other trainers: which form, where, with which settings."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO

from galactica.errors import UsageError
from galactica.export.jsonl import packed_by_name
from galactica.faults import not_written
from galactica.placing import check_place, placed
from galactica.progress import Report, silent
from galactica.train.views.exports.document import exported_documents
from galactica.train.views.exports.mds import MdsForm
from galactica.train.views.exports.parquet_files import ParquetForm
from galactica.train.views.exports.shards import ExportedView, FolderForm, check_folder_place, export_folder
from galactica.train.views.exports.token_files import TokenForm
from galactica.train.views.exports.webdataset import WebDatasetForm
from galactica.train.views.header import HEADER
from galactica.train.views.view import View

FORMS = ("jsonl", "parquet", "mds", "webdataset", "tokens")

HELD_BACK = 0.01
"""Share of the documents that `val.bin` has where nobody says another."""

_REPORT_EVERY = 200


def is_view(path: Path) -> bool:
    """Whether a folder is a view."""
    return (path / HEADER).is_file()


def export_view(
    path: Path,
    out: Path | IO[bytes],
    *,
    format: str,
    editions: Sequence[Path] = (),
    tokenizer: Path | None = None,
    held_back: float = HELD_BACK,
    replace: bool = False,
    report: Report = silent,
) -> ExportedView:
    """Write a view for other trainers.

    Args:
        path: of the view.
        out: the folder to make, of lines the file; lines may also go to a pipe, a device or an open stream.
        format: one of `FORMS`.
        editions: where those of the view lie, where they are not where they were.
        tokenizer: `tokenizer.json`, for "tokens".
        held_back: for "tokens", share of the documents that `val.bin` has.
        replace: whether a file of lines may be replaced.
        report: stage "export", unit "documents".

    Raises:
        UsageError: another form, settings that do not fit it, or something stands at `out`.
        InputError, EditionError: as `View.open` and `View.scan`; it is no tokenizer.
        MissingError: it cannot be written; a package is not installed.
        BrokenPipeError: who reads the stream has left.
    """
    if format not in FORMS:
        raise UsageError(f"There is no form {format!r} of a view.", f"Use {', '.join(FORMS)}.")
    if (format == "tokens") != (tokenizer is not None):
        raise UsageError(
            "Files of tokens, and they alone, are made with a tokenizer.", "galactica train tokenizer makes one."
        )
    if not (math.isfinite(held_back) and 0 <= held_back < 1):
        raise UsageError(f"A share of {held_back} cannot be held back.", "Name one from 0 to below 1.")
    with View.open(path, editions) as view:
        if format == "jsonl":
            return _export_lines(view, out, replace, report)
        if not isinstance(out, Path):
            raise UsageError("A folder cannot go to a stream.", "Name a folder that is not there.")
        check_folder_place(out)
        return export_folder(out, view.sizes, view.hash, _form(view, format, tokenizer, held_back), report)


def _form(view: View, format: str, tokenizer: Path | None, held_back: float) -> FolderForm:
    if tokenizer is not None:
        return TokenForm(view, tokenizer, held_back)
    forms: dict[str, type[ParquetForm] | type[MdsForm] | type[WebDatasetForm]] = {
        "parquet": ParquetForm,
        "mds": MdsForm,
        "webdataset": WebDatasetForm,
    }
    return forms[format](view)


def _export_lines(view: View, out: Path | IO[bytes], replace: bool, report: Report) -> ExportedView:
    if not isinstance(out, Path):
        return ExportedView(path=Path("-"), documents=len(view), files=1, bytes=_flow(view, out, report))
    try:
        if check_place(out, force="--force", replace=replace, flows=True):
            with packed_by_name(os.fdopen(os.open(out, os.O_WRONLY), "wb"), out.suffix) as file:
                return ExportedView(path=out, documents=len(view), files=1, bytes=_flow(view, file, report))
        with placed(out, force="--force", replace=replace) as raw, packed_by_name(raw, out.suffix) as file:
            _flow(view, file, report)
    except OSError as error:
        raise not_written(out, error) from error
    return ExportedView(path=out, documents=len(view), files=1, bytes=out.stat().st_size)


def _flow(view: View, file: IO[bytes], report: Report) -> int:
    """Every document as a line; how many bytes they have."""
    size = 0
    for number, document in exported_documents(view, 0, len(view)):
        if number % _REPORT_EVERY == 0:
            report("export", number, len(view), "documents")
        line = json.dumps(asdict(document), ensure_ascii=False).encode() + b"\n"
        file.write(line)
        size += len(line)
    file.flush()
    report("export", len(view), len(view), "documents")
    return size
