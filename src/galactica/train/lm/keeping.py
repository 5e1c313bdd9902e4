"""What is kept of a training that goes on: weights and moments in one file, and a page that says which file it is.

The order that must hold: the tensors under a name of their own; then `state.json`, renamed into place, which names them
with their SHA-256; then older tensors go, but for the one before. A process that is killed anywhere leaves a page whose
tensors are whole. Where the newest do not hold (a disk lost them), the one before is taken.

A state is hostile like any other input: sizes and kinds are checked, nothing is unpickled.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from galactica.codes.files import whole
from galactica.edition.info import read_bounded
from galactica.encode.tensors import read_tensors, write_tensors
from galactica.errors import GalacticaError, InputError
from galactica.train.lm.rates import Fall, read_fall

PAGES = ("state.json", "before.json")
"""The newest state, and the one before it."""

MOST_PAGE = 64 * 2**20
"""Bytes of a page: the place in the text and the curve; both together are some hundred kilobytes."""

MOST_POINTS = 1_000
"""Of a curve: they stand further and further apart (`running.FINE`), so that a hundred million steps have fewer."""

_NAME = re.compile(r"step-[0-9]{1,12}\.safetensors")
_MARK = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LossPoint:
    """How training went over some steps.

    Attributes:
        steps: done at the end of them.
        tokens: learned from by then, over all ranks.
        seconds: that training had taken.
        loss: mean over the steps, nats a token.
        rate: highest learning rate times this step's share.
        norm: of the gradient, the mean.
        held: bits a byte of some of the held-back text, where it was looked at; else None.
    """

    steps: int
    tokens: int
    seconds: float
    loss: float
    rate: float
    norm: float
    held: float | None = None


@dataclass(slots=True, kw_only=True)
class KeptState:
    """Where a training stands.

    Attributes:
        mark: what it depends on (`LanguagePlan.mark`).
        steps: that are done.
        seconds: that they took, over all runs.
        fall: how the rate falls, once it does.
        loader: the place in the text, as `Loader.state` gives it.
        curve: how it went.
    """

    mark: str
    steps: int = 0
    seconds: float = 0.0
    fall: Fall | None = None
    loader: Mapping[str, object] = field(default_factory=dict)
    curve: list[LossPoint] = field(default_factory=list)


def keep_state(folder: Path, state: KeptState, arrays: Mapping[str, NDArray[np.float32]]) -> None:
    """Keep a state, and forget all but the one before.

    Raises:
        OSError: it cannot be written; what was kept before stands.
    """
    name = f"step-{state.steps}.safetensors"
    write_tensors(folder / name, arrays, {"mark": state.mark})
    with (folder / name).open("rb+") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    document = {
        "mark": state.mark,
        "steps": state.steps,
        "seconds": state.seconds,
        "fall": None if state.fall is None else [list(corner) for corner in state.fall.corners],
        "loader": state.loader,
        "curve": [_written(point) for point in state.curve],
        "tensors": name,
        "sha256": digest,
    }
    newest, before = (folder / page for page in PAGES)
    if newest.exists():
        with whole(before) as part:
            part.write_bytes(newest.read_bytes())
    with whole(newest, durable=True) as part:
        part.write_text(json.dumps(document, sort_keys=True), encoding="utf-8", newline="\n")
    named = {_named(page) for page in (newest, before)}
    for each in folder.glob("step-*"):
        if each.name not in named:
            each.unlink(missing_ok=True)


def kept_state(folder: Path) -> tuple[KeptState, dict[str, NDArray[np.float32]]] | None:
    """The newest state that holds; None where none was kept.

    Raises:
        InputError: something was kept, and none of it holds.
    """
    problem: InputError | None = None
    for name in PAGES:
        page = folder / name
        try:
            if page.exists():
                return _read(folder, page)
        except InputError as error:
            problem = problem or error
    if problem is not None:
        raise problem
    return None


def _read(folder: Path, page: Path) -> tuple[KeptState, dict[str, NDArray[np.float32]]]:
    broken = InputError(f"The state of training in {folder} is damaged.", "Begin anew with --anew, or restore it.")
    try:
        given = json.loads(read_bounded(page, MOST_PAGE))
        name = given["tensors"]
        if not isinstance(name, str) or not _NAME.fullmatch(name) or not _MARK.fullmatch(given["mark"]):
            raise ValueError("no name of a state")
        with (folder / name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != given["sha256"]:
                raise ValueError("other tensors")
        arrays, about = read_tensors(folder / name)
        steps, seconds = given["steps"], float(given["seconds"])
        if about.get("mark") != given["mark"] or not isinstance(steps, int) or steps < 0 or not 0 <= seconds < 1e12:
            raise ValueError("other tensors, or no steps")
        loader = given["loader"]
        if not isinstance(loader, dict):
            raise TypeError("no place in the text")
        state = KeptState(
            mark=given["mark"],
            steps=steps,
            seconds=seconds,
            fall=read_fall(given["fall"]),
            loader=loader,
            curve=[_point(each) for each in given["curve"][:MOST_POINTS]],
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError, GalacticaError) as error:
        raise broken from error
    return state, arrays


def _named(page: Path) -> str:
    try:
        return str(json.loads(read_bounded(page, MOST_PAGE))["tensors"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""


def _written(point: LossPoint) -> list[float | int | None]:
    return [point.steps, point.tokens, point.seconds, point.loss, point.rate, point.norm, point.held]


def _point(given: Sequence[float | int | None]) -> LossPoint:
    steps, tokens, *rest, held = given
    seconds, loss, rate, norm = (float(each) for each in rest if each is not None)
    if not isinstance(steps, int) or not isinstance(tokens, int):
        raise TypeError("no steps")
    return LossPoint(
        steps=steps,
        tokens=tokens,
        seconds=seconds,
        loss=loss,
        rate=rate,
        norm=norm,
        held=None if held is None else float(held),
    )
