"""Text back to its sources: which stretches of it stand word for word in a view, and where."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from galactica.edition.info import read_bounded
from galactica.errors import InputError
from galactica.progress import Report, silent
from galactica.train.tracing.building import build_trace_index
from galactica.train.tracing.index import TraceIndex
from galactica.train.tracing.layout import ENDING, FILES, MANIFEST, read_trace_manifest
from galactica.train.tracing.told import TracedSpan
from galactica.train.tracing.tracing import PLACES, Tracer
from galactica.train.views.view import View

WORKERS = 1
"""Processes that make an index unless asked otherwise: each needs some 800 MB of memory, of text of programs 1.5 GB."""


TRAINING = "training.json"
"""What a language model's folder tells of its training: the view that it learned from, and samples."""

LARGEST_TRAINING = 64 * 2**20
"""Bytes of it that are read: a curve of a million points has some 50 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSamples:
    """What a model wrote when it had been trained.

    Attributes:
        view: hash of the view that it learned from.
        name: what the folder of the view was called.
        texts: what it wrote, each with its prompt before it.
    """

    view: str
    name: str
    texts: tuple[str, ...]


def model_samples(model: Path) -> ModelSamples:
    """What the folder of a language model says of its view, and its samples.

    Raises:
        InputError: it says neither.
    """
    try:
        told = json.loads(read_bounded(model / TRAINING, LARGEST_TRAINING))
        view, samples = told["view"], told["samples"]
        found = ModelSamples(
            view=view["hash"],
            name=view["name"],
            texts=tuple(each["prompt"] + each["text"] for each in samples),
        )
        if not all(isinstance(each, str) for each in (found.view, found.name, *found.texts)):
            raise ValueError("no texts")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(
            f"{model} does not say which view it learned from.", "Name a model of galactica train lm, or a view."
        ) from error
    return found


def index_place(view: Path) -> Path:
    """Where the index of a view lies: beside it, NAME.trace."""
    return view.with_name(view.resolve().name).with_suffix(ENDING)


def open_tracer(
    view: Path | View,
    *,
    editions: Sequence[Path] = (),
    index: Path | None = None,
    workers: int = WORKERS,
    report: Report = silent,
) -> Tracer:
    """Open a view to trace texts in; its index is made where there is none, or that of another view of the same name.

    Args:
        view: its folder, or the open view.
        editions: where the view's editions lie, if not where they lay when it was made.
        index: the folder of its index; None: NAME.trace beside the view.
        workers: processes that make the index; 0: this one.
        report: stage "index", unit "B".

    Raises:
        InputError: it is no view; the index is damaged, or of another view and not where this function puts one.
        EditionError: an edition is not found or damaged.
        UsageError: another process makes the index at this moment.
        MissingError: the index cannot be written.
    """
    opened = view if isinstance(view, View) else View.open(view, editions)
    place = index or index_place(opened.path)
    if index is None and place.exists() and _is_of_another(place, opened.hash):
        shutil.rmtree(place)  # it lies where indexes of this view do, and is derived
    if not place.exists():
        build_trace_index(opened, place, workers=workers, report=report)
    found = TraceIndex.open(place)
    if found.manifest.view != opened.hash:
        raise InputError(
            f"{place} is the index of another view than {opened.path}.",
            "Remove the folder; galactica trace makes it again.",
        )
    return Tracer(opened, found)


def _is_of_another(place: Path, view: str) -> bool:
    """Whether an index, whole and nothing else, is of another view: of one that had the same name."""
    try:
        found = read_trace_manifest(place)
    except InputError:
        return False
    return found.view != view and {each.name for each in place.iterdir()} == {MANIFEST, *FILES}


def trace(
    text: bytes | str, view: Path | View | Tracer, *, least: int | None = None, places: int = PLACES
) -> tuple[TracedSpan, ...]:
    """The longest stretches of a text that stand word for word in a view, in the order of the text.

    Args:
        text: of at most `LARGEST_TEXT` bytes; compared byte for byte, nothing is made equal.
        view: its folder, the open view, or what `open_tracer` gives for many texts.
        least: bytes of the shortest stretch; None: what is beyond chance for a text and a view of these sizes.
        places: of each stretch, how many are told.

    Raises:
        UsageError: the text is too long, or a number out of range.
        Besides, as `open_tracer`.
    """
    tracer = view if isinstance(view, Tracer) else open_tracer(view)
    return tracer.trace(text, least=least, places=places).spans
