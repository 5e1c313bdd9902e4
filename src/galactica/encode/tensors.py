"""Named arrays in one file, in the safetensors format: eight bytes of length, a JSON header, the arrays' bytes.

Written here in a few lines rather than by the library of that name, because a device that only reads must map the
file instead of copying it, and needs nothing else of it. Source: huggingface/safetensors, README, "Format".
"""

from __future__ import annotations

import json
import math
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from galactica.codes.files import whole
from galactica.errors import EditionError

MOST_HEADER = 1 << 20
"""Bytes of a header; a longer one is not ours."""

_TYPES = {
    "U8": np.uint8,
    "I8": np.int8,
    "U16": np.uint16,
    "I32": np.int32,
    "I64": np.int64,
    "F16": np.float16,
    "F32": np.float32,
}
_NAMES = {np.dtype(kind): name for name, kind in _TYPES.items()}

Array = NDArray[Any]


def write_tensors(path: Path, arrays: Mapping[str, Array], about: Mapping[str, str]) -> None:
    """Write arrays, little-endian, and facts about them; the same arrays give the same bytes."""
    header: dict[str, object] = {"__metadata__": dict(sorted(about.items()))}
    at = 0
    for name, array in sorted(arrays.items()):
        header[name] = {
            "dtype": _NAMES[array.dtype],
            "shape": list(array.shape),
            "data_offsets": [at, at + array.nbytes],
        }
        at += array.nbytes
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    with whole(path) as part, part.open("wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for _, array in sorted(arrays.items()):
            file.write(np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"), copy=False).tobytes())


def read_tensors(path: Path) -> tuple[dict[str, Array], dict[str, str]]:
    """(arrays, facts) of a file; the arrays are views of the mapped file, which nobody can write to.

    Raises:
        EditionError: it is missing, or not such a file.
    """
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        length = int.from_bytes(data[:8], "little")
        if not 0 < length <= min(MOST_HEADER, len(data) - 8):
            raise ValueError("its header has an impossible length")
        header = json.loads(data[8 : 8 + length])
        about = {str(k): str(v) for k, v in header.pop("__metadata__", {}).items()}
        return {name: _array(data, 8 + length, entry) for name, entry in header.items()}, about
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise EditionError(
            f"{path} cannot be read as a file of arrays ({error}).", "Fetch or make the file again."
        ) from error


def _array(data: mmap.mmap, base: int, entry: Mapping[str, Any]) -> Array:
    kind = np.dtype(_TYPES[entry["dtype"]]).newbyteorder("<")
    shape = tuple(int(n) for n in entry["shape"])
    begin, end = (int(n) for n in entry["data_offsets"])
    count = math.prod(shape)
    if min(shape, default=0) < 0 or begin < 0 or end - begin != count * kind.itemsize or base + end > len(data):
        raise ValueError("an array lies outside the file")
    return np.frombuffer(data, kind, count, base + begin).reshape(shape)
