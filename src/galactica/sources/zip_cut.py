"""Zip archives that are cut off: their files, found by the headers of their own, where the list at the end is missing.

What is whole is read; the file in which the archive breaks off is told as broken, and the archive with what to do.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from galactica.errors import InputError
from galactica.sources import packed, trees
from galactica.sources.trees import ARCHIVE, Step, TreeFile, rejected
from galactica.sources.zipped import Zipped


def walk_zip_files(path: Path, key: str, prefix: str, budget: packed.Budget, name: str = ARCHIVE) -> Iterator[Step]:
    """Yield the files of a zip archive, whole or cut off; arguments as for `trees.walk_tar`."""
    try:
        whole = zipfile.is_zipfile(path)
    except OSError:
        whole = True  # said by who opens it
    if whole:
        yield from trees.walk_zip(path, key, prefix, budget, name)
        return
    try:
        archive = Zipped(path)
    except InputError as error:
        reason = "encrypted" if "password" in error.problem else "truncated"
        detail = "the zip archive is damaged: it breaks off, and no file in it can be found"
        yield rejected(key, name, reason, "a zip archive" if reason == "encrypted" else detail)
        return
    detail = (
        "the zip archive breaks off: its list of files is missing, and files may be. Fetch it again, or copy it whole"
    )
    with archive:
        yield rejected(key, name, "truncated", detail)
        for fault in archive.faults:
            if fault.where:
                yield rejected(key, prefix + fault.where, fault.reason, fault.detail)
        for each in archive.names:
            budget.file()
            yield _step(archive, each, key, prefix, budget)


def _step(archive: Zipped, name: str, key: str, prefix: str, budget: packed.Budget) -> Step:
    if trees.is_hidden(name):
        return rejected(key, prefix + name, "hidden")
    return TreeFile(path=prefix + name, open=lambda: trees.guarded(lambda: _opened(archive, name), budget))


def _opened(archive: Zipped, name: str) -> io.BytesIO:
    part = archive.read(name)
    if part.fault:
        raise part.fault
    return io.BytesIO(part.content)
