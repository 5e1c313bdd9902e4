"""What is damaged is said in words for a person: the edition, the file, the command that shows where."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from galactica.edition.damage import DamageError, readable, reading
from galactica.errors import EditionError


def _raise(error: BaseException) -> None:
    raise error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            OSError("Couldn't deserialize thrift: TProtocolException"),
            "its file data/media/00001.parquet cannot be read",
        ),
        (pa.ArrowInvalid("Invalid or corrupted bit_width"), "its file data/media/00001.parquet cannot be read"),
        (KeyError("body"), "its file data/media/00001.parquet cannot be read"),
        (FileNotFoundError(2, "No such file"), "its file data/media/00001.parquet is missing"),
        (PermissionError(13, "Permission denied"), "its file data/media/00001.parquet may not be read by this user"),
        (DamageError("a list ends too early"), "a list ends too early"),
    ],
)
def test_the_edition_and_the_file_are_named_and_no_library_is_heard(
    tmp_path: Path, error: Exception, said: str
) -> None:
    path = tmp_path / "old books.edition"
    with pytest.raises(EditionError) as told, readable(path), reading("data/media/00001.parquet"):
        _raise(error)
    assert told.value.problem == f"{path} is damaged: {said}."
    assert told.value.remedy.startswith(f"Run `galactica verify '{path}'` to see where")


def test_a_value_of_another_shape_outside_of_a_file_is_told_without_a_library(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="one of its files has not the form of one"), readable(tmp_path):
        _raise(TypeError("'NoneType' object is not iterable"))


@pytest.mark.parametrize("error", [MemoryError(), OSError(24, "Too many open files"), KeyboardInterrupt()])
def test_what_the_machine_is_short_of_is_no_damage(tmp_path: Path, error: BaseException) -> None:
    with pytest.raises(type(error)), readable(tmp_path), reading("data/media/00001.parquet"):
        _raise(error)
