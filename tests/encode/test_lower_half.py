"""What reads the lower half of a network alone is for that half, whatever the upper one has learned."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from galactica.encode.cross import lower_half_digest
from galactica.encode.tensors import write_tensors
from galactica.errors import EditionError

ARRAYS = {name: np.arange(6, dtype=np.uint8) for name in ("lower", "pieces", "upper")}


def digest(path: Path, **changed: int) -> str:
    arrays = ARRAYS | {name: ARRAYS[name] + step for name, step in changed.items()}
    write_tensors(path, {name: array.astype(np.uint8) for name, array in arrays.items()}, {"threshold": str(changed)})
    return lower_half_digest(path)


def test_another_upper_half_is_the_same_lower_one(tmp_path: Path) -> None:
    held = digest(tmp_path / "one")
    assert len(held) == 64
    assert digest(tmp_path / "two", upper=1) == held
    assert digest(tmp_path / "three", lower=1) != held
    assert digest(tmp_path / "four", pieces=1) != held


def test_a_file_that_is_none_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"no tensors")
    with pytest.raises(EditionError):
        lower_half_digest(tmp_path / "one")
