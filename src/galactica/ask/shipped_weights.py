"""Files of weights that ship with the program, in `ask/data`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any, TypeVar

from galactica.errors import MissingError

_T = TypeVar("_T")


def shipped_weights(name: str, form: Callable[[Any], _T]) -> _T:
    """What a file holds.

    Args:
        name: of the file, JSON.
        form: makes of its content what is wanted; `ValueError`, `KeyError`, `TypeError` or `AttributeError` where it
            is something else.

    Raises:
        MissingError: the file is not there, or damaged.
    """
    path = files("galactica.ask").joinpath("data", name)
    try:
        return form(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise MissingError(f"{path} holds no weights ({error}).", "Install Galactica again.") from error


def weights_by_reader(name: str, names: Sequence[str]) -> Mapping[str, Mapping[str, float]]:
    """Name of a reader → what each of these names counts with it; raises as `shipped_weights` does."""
    return shipped_weights(
        name, lambda found: {reader: {each: float(own[each]) for each in names} for reader, own in found.items()}
    )
