"""What is wrong with the files of an edition, told to a person: which edition, which file, and what shows where.

What libraries say of a broken file ("Couldn't deserialize thrift") is no sentence for a person; it stays in the cause
of the error, for whoever looks for a bug.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from galactica.errors import EditionError
from galactica.faults import is_machines
from galactica.hints import word
from galactica.model.said import Said, said

BROKEN = (OSError, pa.ArrowException, KeyError, IndexError, TypeError, ValueError, AttributeError)
"""What reading a file of another shape than the format's ends in: missing columns, other types, nulls, lying counts."""


class DamageError(ValueError):
    """A part of an edition is not what it should be.

    Args:
        what: the end of the sentence "NAME.edition is damaged: …", without a full stop.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class reading:  # noqa: N801  # reads as a word: with reading("data/articles/00000.parquet")
    """Turn whatever a broken file ends in into a `DamageError` that names the file.

    Args:
        file: its path in the edition.
    """

    def __init__(self, file: str) -> None:
        self._file = file

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if isinstance(error, BROKEN) and not isinstance(error, DamageError) and not is_machines(error):
            raise DamageError(_of_file(self._file, error)) from error


class readable:  # noqa: N801  # reads as a word: with readable(path)
    """Turn damage, and whatever else reading a broken edition ends in, into an `EditionError`.

    Args:
        path: the edition's folder.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if isinstance(error, BROKEN) and not is_machines(error):
            what = error.what if isinstance(error, DamageError) else None
            raise damaged(self._path, what or said("file-shape", "one of its files has not the form of one")) from error


def damaged(path: Path, what: str) -> EditionError:
    """The error that says what is damaged in the edition at `path`, and which command shows where."""
    return EditionError(
        said("edition-damaged", "{edition} is damaged: {what}.", edition=str(path), what=what), verify_it(path)
    )


def verify_it(path: Path) -> Said:
    """What to do about a damaged edition."""
    return said(
        "verify-edition",
        "Run `galactica verify {edition}` to see where. `galactica repair {edition} --from COPY` mends it from another "
        "copy or its parity; without one, fetch or build it again.",
        edition=word(path),
    )


def _of_file(file: str, error: BaseException) -> Said:
    if isinstance(error, FileNotFoundError):
        return said("file-missing", "its file {file} is missing", file=file)
    if isinstance(error, PermissionError):
        return said("file-forbidden", "its file {file} may not be read by this user", file=file)
    return said("file-unreadable", "its file {file} cannot be read", file=file)
