"""How training goes: questions are asked of the table now and then, as it would be written; the answers are kept."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from galactica.encode.static import StaticEncoder
from galactica.train.lessons import QuestionsRead

if TYPE_CHECKING:
    from galactica.train.table import EncoderTable

LARGEST = 24_000_000
"""Bytes of an encoder's file, at most."""

LOOKED = 3_000
"""Questions that are asked each time, about."""


class Looks:
    """Asks the validation questions of a table; what earlier runs of the same training saw is remembered too.

    Args:
        validate: the questions; None: there are none, and nothing is seen.
        work: a folder in which what was seen is kept.
        mark: of the training.
        tell: told what was seen.
    """

    def __init__(self, validate: QuestionsRead | None, work: Path, mark: str, tell: Callable[[str], None]) -> None:
        self._validate = validate
        self._work = work
        self._tell = tell
        mark = f"{mark} {validate.digest if validate else ''}"
        self._kept = work / f"looks-{hashlib.sha256(mark.encode()).hexdigest()[:16]}.json"
        self._seen = dict(self._earlier())

    @property
    def seen(self) -> tuple[tuple[int, float, float, float], ...]:
        """(steps, recall@1, recall@5, recall@20), by steps."""
        return tuple((steps, *recalls) for steps, recalls in sorted(self._seen.items()))

    def __call__(self, steps: int, table: EncoderTable) -> None:
        """Look at a table that was trained for so many steps."""
        if self._validate is None:
            return
        from galactica.train import rounding

        file = self._work / "look.safetensors"
        rounding.write(table, file, rows=rows_that_fit(table), about={})
        one, five, twenty = self._seen[steps] = recalls(file, self._validate)
        self._kept.write_text(json.dumps(self.seen), encoding="utf-8")
        self._tell(f"{steps:,} steps: recall@1 {one:.3f}, @5 {five:.3f}, @20 {twenty:.3f}")

    def _earlier(self) -> Iterator[tuple[int, tuple[float, float, float]]]:
        with contextlib.suppress(OSError, ValueError, TypeError):
            for steps, one, five, twenty in json.loads(self._kept.read_text(encoding="utf-8")):
                yield int(steps), (float(one), float(five), float(twenty))


def rows_that_fit(table: EncoderTable) -> int:
    """How many of the commonest words make a file of at most `LARGEST` bytes."""
    size = 8192
    for number, name in enumerate(table.names):
        size += len(name.encode()) + 1 + table.rows.shape[1] // 2 + 4
        if size > LARGEST:
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
