"""How training goes: what is trained is measured now and then on questions held back for that; the figures are kept."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from galactica.encode.static import StaticEncoder
from galactica.train.lessons import QuestionsRead

if TYPE_CHECKING:
    from galactica.train.table import EncoderTable

LARGEST = 24_000_000
"""Bytes of an encoder's file, at most."""

LOOKED = 3_000
"""Questions that are asked each time, about."""

RECALLS = ("recall@1", "@5", "@20")
"""What `recalls` gives, as it is told."""

TrainedT = TypeVar("TrainedT")


class Validation(Generic[TrainedT]):
    """Measures what is trained; what earlier runs of the same training saw is remembered too.

    Args:
        measure: gives the figures of what is trained; None: nothing is held back for that, and nothing is seen.
        names: of the figures.
        kept: a folder in which what was seen is kept.
        mark: of the training and of what it is measured on.
        tell: told what was seen.
    """

    def __init__(
        self,
        measure: Callable[[TrainedT], tuple[float, ...]] | None,
        names: Sequence[str],
        *,
        kept: Path,
        mark: str,
        tell: Callable[[str], None],
    ) -> None:
        self._measure, self._names, self._tell = measure, names, tell
        self._kept = kept / f"looks-{hashlib.sha256(mark.encode()).hexdigest()[:16]}.json"
        self._seen = dict(self._earlier())

    @property
    def seen(self) -> tuple[tuple[int, tuple[float, ...]], ...]:
        """(steps, figures), by steps."""
        return tuple(sorted(self._seen.items()))

    def __call__(self, steps: int, trained: TrainedT) -> None:
        """Look at what was trained for so many steps."""
        if self._measure is None:
            return
        figures = self._seen[steps] = self._measure(trained)
        self._kept.write_text(json.dumps([(done, *each) for done, each in self.seen]), encoding="utf-8")
        said = ", ".join(f"{name} {figure:.3f}" for name, figure in zip(self._names, figures, strict=True))
        self._tell(f"{steps:,} steps: {said}")

    def _earlier(self) -> Iterator[tuple[int, tuple[float, ...]]]:
        with contextlib.suppress(OSError, ValueError, TypeError):
            for steps, *figures in json.loads(self._kept.read_text(encoding="utf-8")):
                if len(figures) == len(self._names):
                    yield int(steps), tuple(map(float, figures))


def table_recalls(
    table: EncoderTable, file: QuestionsRead, work: Path, bits: int = 4, exact: float | None = None
) -> tuple[float, ...]:
    """Recalls of a table as it would be written; see `recalls`, and `rounding.write_rounded`."""
    from galactica.train import rounding

    path = work / "look.safetensors"
    rounding.write_rounded(table, path, rows=rows_that_fit(table, bits=bits), about={}, bits=bits, exact=exact)
    return recalls(path, file)


def rows_that_fit(table: EncoderTable, most: int = LARGEST, bits: int = 4) -> int:
    """How many of the commonest words make a file of at most so many bytes."""
    size = 8192
    for number, name in enumerate(table.names):
        size += len(name.encode()) + 1 + table.rows.shape[1] * bits // 8 + 4
        if size > most:
            return number
    return len(table.names)


def recalls(encoder: Path, file: QuestionsRead) -> tuple[float, float, float]:
    """Recall@1, @5, @20 of questions among the paragraphs of their own file, which has some."""
    questions = [question for question in file.questions if question.context]
    paragraphs = file.paragraphs
    right = {context: number for number, context in enumerate(paragraphs)}
    questions = questions[:: max(1, len(questions) // LOOKED)]
    static = StaticEncoder.open(encoder)
    scores = static.questions([q.text for q in questions]) @ static.passages(paragraphs).T
    own = scores[np.arange(len(questions)), [right[q.context] for q in questions]]
    places = (scores > own[:, None]).sum(axis=1)
    return float((places < 1).mean()), float((places < 5).mean()), float((places < 20).mean())
