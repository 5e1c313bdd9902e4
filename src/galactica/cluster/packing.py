"""How a function and its task become bytes, and what it returned: pickled, and packed by Zstandard.

Only bytes whose address came from the machine that asked, or from the worker that it asked, are ever unpickled.
"""

from __future__ import annotations

import pickle
from typing import Any

import pyarrow as pa

LEVEL = 1
"""Packs text to two fifths at some 300 MB a second: less time than it takes to send the rest over a network."""

MOST = 4 * 2**30
"""Bytes of one task unpacked: a batch holds 8 MB of content, or one linked file of half a gigabyte at most."""


def pack_value(value: object) -> tuple[bytes, int]:
    """A value as bytes, and how many they are when they are unpacked."""
    plain = pickle.dumps(value, protocol=5)
    return bytes(pa.Codec("zstd", LEVEL).compress(plain, asbytes=True)), len(plain)


def unpack_value(content: bytes, size: int) -> Any:  # noqa: ANN401 - whatever was packed
    """The value that `pack_value` was given.

    Raises:
        ValueError: it is larger than any task, or no such bytes.
    """
    if not 0 <= size <= MOST:
        raise ValueError(f"{size} bytes are more than a task has")
    return pickle.loads(pa.Codec("zstd").decompress(content, size, asbytes=True))  # noqa: S301 - see above
