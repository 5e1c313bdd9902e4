"""What a reader's training goes through, round by round: made lessons, real questions, talk, claims, graded pairs.

First the made lessons, then the real questions so often as the plan says, each time with other unanswerable ones, other
talk and other made lessons among them. A round is made in parts, which several processes can make at once, before it is
learned from; the parts are the same whoever makes them.
"""

from __future__ import annotations

import os
import pickle
import random
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from galactica.encode.pieces import Tokenizer
from galactica.train.reading import asked
from galactica.train.reading.example_table import ExampleTable, table_of, tables_joined
from galactica.train.reading.features import claim_examples, examples, graded_examples
from galactica.train.reading.lesson import Graded, Lesson, ReaderPlan, Real
from galactica.train.reading.statements import made_statements
from galactica.train.reading.talking import talks

if TYPE_CHECKING:
    from galactica.train.reading.example_batch import Exchanged
    from galactica.train.reading.exchanging import PieceDictionary
    from galactica.train.reading.translating import Translator

_T = TypeVar("_T")

PARTS = 32
"""Parts that a round is made in."""

SPARE = 2
"""Processors that are left to who learns and to the system."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundInputs:
    """What rounds are made of.

    Attributes:
        asked: real questions.
        made: lessons made from editions.
        graded: pairs that are near or far.
        vocabulary: pieces and their scores.
        says: questions in other languages; None where the plan translates none.
        words: which pieces mean the same; None where the plan exchanges none.
    """

    asked: Sequence[Real]
    made: Sequence[Lesson]
    graded: Sequence[Graded]
    vocabulary: tuple[Sequence[str], Sequence[float]]
    plan: ReaderPlan
    says: Translator | None = None
    words: PieceDictionary | None = None


class LessonRounds:
    """The rounds of a training; `reading.learning.Rounds`.

    Args:
        processes: that make them; 0: this one.
    """

    def __init__(self, inputs: RoundInputs, processes: int = 0) -> None:
        self._inputs = inputs
        self._maker = _Maker(inputs)
        self._made = table_of(examples(inputs.made, self._maker.pieces, inputs.plan.made_longest, inputs.plan.seed))
        self._first = 1 if len(self._made) and inputs.plan.epochs else 0
        self._pool: ProcessPoolExecutor | None = None
        if processes and inputs.plan.epochs:
            # Turned into bytes once, not once a process: it is some hundred megabytes.
            given = pickle.dumps(replace(inputs, words=None, made=()))
            self._pool = ProcessPoolExecutor(processes, get_context("spawn"), initializer=_begin, initargs=(given,))
        self._ahead: dict[int, list[Future[ExampleTable]]] = {}
        self._drawn = self._again()

    def __len__(self) -> int:
        return self._first + self._inputs.plan.epochs

    def like(self, number: int) -> int:
        """The first of the rounds of real questions, for all of those; the made one for itself."""
        return min(number, self._first)

    def table(self, number: int) -> ExampleTable:
        """The examples of a round; the next one is begun to be made."""
        if number < self._first:
            return self._made
        epoch = number - self._first
        if self._pool is None:
            parts = [self._maker.part(epoch, part) for part in range(PARTS)]
        else:
            for each in (epoch, epoch + 1):
                if each not in self._ahead and each < self._inputs.plan.epochs:
                    self._ahead[each] = [self._pool.submit(_part, each, part) for part in range(PARTS)]
            parts = [each.result() for each in self._ahead.pop(epoch)]
        return tables_joined([*parts, *self._drawn[epoch]])

    def exchanged(self, number: int) -> Exchanged | None:
        """What exchanges words for those of other languages."""
        words, plan = self._inputs.words, self._inputs.plan
        if words is None or not plan.exchanged:
            return None

        def exchange(ids: NDArray[np.int64], numbers: NDArray[np.int64]) -> NDArray[np.int64]:
            return words.exchanged(ids, plan.exchanged, (plan.seed, number, int(numbers[0]), len(numbers)))

        return exchange

    def shown(self, count: int) -> list[list[int]]:
        """Some windows that are like those that are learned from, by which numbers are rounded."""
        real, plan = self._inputs.asked[-count:], self._inputs.plan
        found = table_of(
            examples(asked.lessons(real, 0.0, f"{plan.seed}"), self._maker.pieces, plan.longest, plan.seed)
        )
        return [found.window(number) for number in range(len(found))][-count:]

    def close(self) -> None:
        """Let the processes go."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def _again(self) -> list[list[ExampleTable]]:
        """For each round of real questions the made lessons that are gone through once more."""
        plan, count = self._inputs.plan, len(self._made)
        chance = random.Random(plan.seed)  # noqa: S311 - no secret
        drawn = [chance.sample(range(count), min(count, round(plan.kept * count))) for _ in range(plan.epochs)]
        return [[self._made.chosen(np.array(some, np.int64))] if some else [] for some in drawn]


def processes_to_make_rounds(device: str) -> int:
    """How many processes make rounds for what learns on a device: with "cpu" none, for its processors are busy."""
    return 0 if device == "cpu" else max(1, (os.cpu_count() or 1) - SPARE)


class _Maker:
    """Makes parts of rounds."""

    def __init__(self, inputs: RoundInputs) -> None:
        self._inputs = inputs
        self.pieces = Tokenizer(*inputs.vocabulary)
        self._around = asked.asked_about(inputs.asked) if inputs.plan.epochs else None

    def part(self, epoch: int, part: int) -> ExampleTable:
        """A part of a round of real questions; the same for the same plan."""
        given, plan = self._inputs, self._inputs.plan
        real, graded = _cut(given.asked, part), _cut(given.graded, part)
        seed = f"{plan.seed} {epoch} {part}"
        lessons = [*asked.lessons(real, plan.spoiled, seed, self._around), *talks(real, plan.talked, seed)]
        if plan.translated and given.says is not None:
            told = given.says.translated([each.question for each in lessons], plan.translated, seed)
            lessons = [replace(each, question=question) for each, question in zip(lessons, told, strict=True)]
        found = examples(lessons, self.pieces, plan.longest, plan.seed + epoch)
        found += claim_examples(asked.made_claims(real, plan.claims, seed), self.pieces, plan.longest)
        found += claim_examples(made_statements(real, plan.statements, seed), self.pieces, plan.longest)
        found += graded_examples(graded, self.pieces, plan.longest)
        return table_of(found)


def _cut(items: Sequence[_T], part: int) -> Sequence[_T]:
    """One of as many even stretches as there are parts; questions of a passage stand together."""
    return items[len(items) * part // PARTS : len(items) * (part + 1) // PARTS]


_maker: _Maker | None = None


def _begin(given: bytes) -> None:
    """Begin a process that makes parts of `RoundInputs` that the process above has handed over."""
    global _maker
    _maker = _Maker(pickle.loads(given))  # noqa: S301 - made by the process above, of its own objects


def _part(epoch: int, part: int) -> ExampleTable:
    assert _maker is not None
    return _maker.part(epoch, part)
