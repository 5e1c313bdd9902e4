"""A reader's own file as what another training begins with: where no state was kept, what ships can be taught further.

Weights stand there rounded to eight bits, which costs next to nothing (of 360 questions in five languages F1 63.8 as it
ships, 63.9 with what is computed left unrounded, 2026-11-29). The table of pieces is the first one again, not its
rounded copy: it is never trained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from galactica.encode import tensors
from galactica.encode.cross import KIND
from galactica.errors import GalacticaError, InputError

SUFFIX = ".safetensors"

_NAMED = {"marks": "mark"} | {name: f"{name}.weigh" for name in ("answerable", "relevant", "supported", "near")}
"""What the graphs call a product → what the network does, where they differ."""

_REMEDY = "Name a reader's file that this version of the program made, or a state that --state kept."


def is_reader_file(path: Path) -> bool:
    """Whether a training that begins with this begins with a reader's file, not with a state."""
    return path.suffix == SUFFIX


def file_pieces(path: Path, pieces: Sequence[str]) -> list[int]:
    """The numbers that the pieces of a file have among all pieces.

    Raises:
        InputError: it is no reader's file, or has other pieces.
    """
    arrays, _ = _opened(path)
    numbers = {piece: number for number, piece in enumerate(pieces)}
    try:
        return [numbers[name] for name in arrays["pieces"].tobytes().decode("utf-8").split("\n")]
    except (KeyError, UnicodeDecodeError):
        raise InputError(f"{path} has other pieces than what it was begun from.", _REMEDY) from None


def file_weights(path: Path) -> dict[str, NDArray[np.float32]]:
    """The weights of a file by the names of `network.Network`, `float32`; those that it lacks are not there.

    Raises:
        InputError: it is no reader's file.
    """
    arrays, _ = _opened(path)
    try:
        found: dict[str, NDArray[np.float32]] = {"places": arrays["places"].astype(np.float32)}
        for part in ("lower", "upper"):
            found |= _of_graph(arrays[part])
    except Exception as error:  # onnx raises what it likes for a broken graph
        raise InputError(f"{path} cannot be read as a reader ({type(error).__name__}).", _REMEDY) from error
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Continued:
    """What stays of a file where only the upper half is taught on.

    Attributes:
        lower: the graph of its lower half, `uint8 [bytes]`.
        threshold: margin, in units of the temperature, below which a stretch is no answer.
        temperature: what margins are divided by; what confidences were fitted to is in its units.
    """

    lower: NDArray[np.uint8]
    threshold: float
    temperature: float


def continued(path: Path) -> Continued:
    """What stays of a file.

    Raises:
        InputError: it is no reader's file.
    """
    arrays, about = _opened(path)
    try:
        return Continued(
            lower=arrays["lower"], threshold=float(about["threshold"]), temperature=float(about["temperature"])
        )
    except (KeyError, ValueError):
        raise InputError(f"{path} is no reader's file.", _REMEDY) from None


def _opened(path: Path) -> tuple[dict[str, tensors.Array], dict[str, str]]:
    try:
        arrays, about = tensors.read_tensors(path)
    except (GalacticaError, OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read as a reader ({error}).", _REMEDY) from None
    if about.get("kind") != KIND:
        raise InputError(f"{path} is no reader's file.", _REMEDY)
    return dict(arrays), dict(about)


def _of_graph(model: NDArray[Any]) -> dict[str, NDArray[np.float32]]:
    import onnx
    from onnx import numpy_helper

    graph = onnx.load_from_string(model.tobytes()).graph
    constants = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    found: dict[str, NDArray[np.float32]] = {}
    for name, value in constants.items():
        base, _, kind = name.rpartition(".")
        if kind == "weight":
            rows = value.astype(np.float32)
            if f"{base}.scales" in constants:  # columns of the product are rows of the layer's matrix
                rows = (rows * constants[f"{base}.scales"][None, :]).T * constants.get(f"{base}.even", np.float32(1))
            elif value.ndim == 2:
                rows = rows.T
            found[f"{_NAMED.get(base, base)}.weight"] = np.ascontiguousarray(rows)
        elif kind == "bias":
            found[f"{_NAMED.get(base, base)}.bias"] = value.astype(np.float32)
    return found
