"""How a student learns: its rows begin as the teacher's vectors of single words, and are moved so that the sum of a
text's rows lies where the teacher's vector of that text does.

1. The teacher's vectors are taken around the mean of their language: what all texts of a language share says which
   language it is and nothing else, and a question is to find passages of another one.
2. The row of an entry is the teacher's vector of it alone, as long as it is rare. One map, the same for all rows,
   brings the sums of the texts' rows nearest to the teacher's vectors (least squares): rows that no text has move with
   the others.
3. Rows then learn by batches. A batch is some groups of texts that the teacher puts near each other, whatever their
   languages, and questions with the passages they were asked of, several of one article together. Three losses: the
   angle to the teacher's vector; how the teacher would share out each text's likeness among those of the batch
   (Kullback-Leibler); that a question's passage be nearest of all in the batch. Rows move by Adagrad, one step size a
   row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from galactica.languages.guessing import script_of
from galactica.progress import Report
from galactica.train.schedule import Schedule, train_on
from galactica.train.student.entries import CutAll, bags_of
from galactica.train.student.plan import Entries, StudentPlan
from galactica.train.table import EncoderTable

Floats = NDArray[np.float32]

FEWEST_OF_GROUP = 150
"""Texts of a language, or entries of a script, from which it has a mean of its own."""

GROUP = 16
"""Texts that lie near each other, of one group of a batch."""

PAIRED = 8
"""Passages of a batch that stand one behind the other in their file: of one article, most of them."""

ALIKE = 0.05
"""What likenesses are divided by before they are shared out, the teacher's and the student's."""

SHARED, FOUND = 1.0, 0.5
"""How much the second and the third loss count beside the first."""

RATE = 0.005
"""At four times that, rows which are met a few times jump: 33 of 100 Chinese questions then find their English
paragraph first instead of 41 (400 steps, 2026-11-29)."""
WARM, COOL, LEAST = 20, 1.0, 0.05
EVERY = 250

SMALL = 0.1
"""Mean length of a row for each unit of rarity, when training begins."""

RIDGE = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """Questions and the passages that they were asked of, as entries.

    Attributes:
        passages: each once, in the order of the files, each with a question.
        owners: `int64 [questions]`, which passage each was asked of.
    """

    questions: CutAll
    passages: CutAll
    owners: NDArray[np.int64]


def centred(vectors: NDArray[np.float16], groups: Sequence[str], fewest: int = FEWEST_OF_GROUP) -> Floats:
    """Unit vectors around the mean of their group; those of a small group around the mean of all of such."""
    sizes = Counter(groups)
    named = np.array([group if sizes[group] >= fewest else "" for group in groups])
    out = vectors.astype(np.float32)
    for name in np.unique(named):
        own = named == name
        out[own] -= out[own].mean(0)
    lengths = np.linalg.norm(out, axis=1, keepdims=True)
    out /= np.maximum(lengths, 1e-6)
    return out


def first_rows(entries: Entries, alone: NDArray[np.float16], cut: CutAll, targets: Floats) -> Floats:
    """The rows that training begins with; see the module, 2.

    Args:
        alone: the teacher's vector of each entry.
        cut, targets: the texts, and where they are to lie.
    """
    scripts = [script_of(name) or "other" for name in entries.names]
    rows = centred(alone, scripts) * (SMALL * entries.rarity)[:, None]
    sums = added_up(rows, cut, range(len(targets)))
    square = sums.T @ sums
    square[np.diag_indices_from(square)] += RIDGE * np.trace(square) / len(square)
    mapped = rows @ np.linalg.solve(square, sums.T @ targets).astype(np.float32)
    found: Floats = mapped * (np.linalg.norm(rows, axis=1).mean() / np.linalg.norm(mapped, axis=1).mean())
    return found


def added_up(rows: Floats, cut: CutAll, texts: Sequence[int], together: int = 1024) -> Floats:
    """Unit vectors of texts: the sums of their rows."""
    table = torch.from_numpy(rows)
    parts = []
    for low in range(0, len(texts), together):
        at, weights, begins = map(torch.from_numpy, bags_of(cut, texts[low : low + together]))
        sums = torch.nn.functional.embedding_bag(at, table, begins, mode="sum", per_sample_weights=weights)
        parts.append(torch.nn.functional.normalize(sums, dim=1).numpy())
    return np.concatenate(parts)


def main_directions(targets: Floats, dimensions: int) -> Floats:
    """`float32 [width, dimensions]`: the directions that most of the vectors lies in."""
    _, _, directions = np.linalg.svd(targets.T @ targets)
    found: Floats = directions[:dimensions].T
    return found


def teach(
    entries: Entries,
    rows: Floats,
    cut: CutAll,
    targets: Floats,
    pairs: Paired,
    plan: StudentPlan,
    *,
    state: Path,
    mark: str,
    report: Report,
    look: Callable[[int, EncoderTable], None] | None = None,
) -> EncoderTable:
    """Move the rows; see the module, 3.

    Args:
        rows: from `first_rows`; they are trained in place.
        cut, targets: the texts, and the teacher's vectors of them.
        pairs: questions, and the passages that they are to find.
        state, mark, report: as in `schedule.train_on`.
        look: called with the steps done and the table.
    """
    learner = _Student(rows, cut, targets, pairs, plan)

    def table() -> EncoderTable:
        return EncoderTable(
            names=list(entries.names),
            rows=learner.rows.numpy(),
            asked=np.ones(len(entries.names), np.float32),
            counts=entries.counts,
        )

    def seen(done: int, loss: float) -> None:
        if look is not None:
            look(done, table())

    schedule = Schedule(steps=plan.steps, every=EVERY, warm=WARM, cool=COOL, least=LEAST)
    train_on(learner, schedule, kept=state, mark=mark, report=report, seen=seen)
    return table()


class _Student:
    """The rows and what moves them."""

    def __init__(self, rows: Floats, cut: CutAll, targets: Floats, pairs: Paired, plan: StudentPlan) -> None:
        self.rows = torch.from_numpy(rows)
        self._squares = torch.zeros(len(rows))
        self._cut, self._pairs, self._plan = cut, pairs, plan
        passages = len(pairs.passages.borders) - 1
        ends = np.cumsum(np.bincount(pairs.owners, minlength=passages))
        self._asked = np.split(np.argsort(pairs.owners, kind="stable"), ends[:-1]) if passages else []
        self._targets = torch.from_numpy(targets)
        self._groups = groups(targets)

    def step(self, number: int, rate: float) -> float:
        chance = np.random.default_rng([2026, number])
        texts = self._texts(chance)
        bags = [bags_of(self._cut, texts.tolist())]
        if self._plan.pairs and len(self._asked) > 1:
            chosen = self._passages(chance)
            asked = [int(chance.choice(self._asked[passage])) for passage in chosen]
            bags += [bags_of(self._pairs.questions, asked), bags_of(self._pairs.passages, chosen)]
        # Only the rows of this batch take part: a gradient for all is written and read in ten times the time.
        known, inside = np.unique(np.concatenate([at for at, _, _ in bags]), return_inverse=True)
        at = torch.from_numpy(known)
        rows = self.rows[at].requires_grad_()
        parts = np.split(inside, np.cumsum([len(each) for each, _, _ in bags])[:-1])
        own, *pair = [
            _sums(rows, part, weights, begins) for part, (_, weights, begins) in zip(parts, bags, strict=True)
        ]
        wanted = self._targets[torch.from_numpy(texts)]
        loss = (1 - (own * wanted).sum(1)).mean() + SHARED * _shared(own, wanted)
        if pair:
            loss = loss + FOUND * _found(*pair)
        loss.backward()
        self._move(at, rows, rate)
        return float(loss.detach())

    def _texts(self, chance: np.random.Generator) -> NDArray[np.int64]:
        drawn = chance.permutation(len(self._groups))[: max(1, self._plan.batch // GROUP)]
        return np.concatenate([chance.permutation(self._groups[each])[:GROUP] for each in drawn])

    def _passages(self, chance: np.random.Generator) -> list[int]:
        """Numbers of the passages that questions have to find in a batch."""
        count, several = len(self._asked), max(1, self._plan.pairs // PAIRED)
        begins = chance.integers(0, max(1, count - PAIRED + 1), several)
        chosen: list[int] = np.unique((begins[:, None] + np.arange(min(PAIRED, count))).ravel()).tolist()
        return chosen

    def _move(self, at: torch.Tensor, rows: torch.Tensor, rate: float) -> None:
        with torch.no_grad():
            assert rows.grad is not None
            self._squares[at] += rows.grad.pow(2).mean(dim=1)
            self.rows.index_add_(0, at, rows.grad * (-RATE * rate / (self._squares[at].sqrt() + 1e-8))[:, None])

    def state(self) -> dict[str, Any]:
        return {"rows": self.rows, "squares": self._squares}

    def take_up(self, state: Mapping[str, Any]) -> None:
        with torch.no_grad():
            self.rows.copy_(state["rows"])
            self._squares.copy_(state["squares"])


def _sums(rows: torch.Tensor, at: NDArray[np.int64], weights: Floats, begins: NDArray[np.int64]) -> torch.Tensor:
    """Unit vectors of texts: the sums of some rows."""
    of, starts, shares = torch.from_numpy(at), torch.from_numpy(begins), torch.from_numpy(weights)
    sums = torch.nn.functional.embedding_bag(of, rows, starts, mode="sum", per_sample_weights=shares)
    return torch.nn.functional.normalize(sums, dim=1)


def _found(questions: torch.Tensor, passages: torch.Tensor) -> torch.Tensor:
    """The loss of questions that have to find their passage among all of the batch."""
    likeness = questions @ passages.T / ALIKE
    right = torch.arange(len(questions))
    entropy = torch.nn.functional.cross_entropy
    return (entropy(likeness, right) + entropy(likeness.T, right)) / 2


def _shared(own: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """How far the student's shares of likeness among a batch are from the teacher's."""
    far = torch.eye(len(own), dtype=torch.bool)
    ours = (own @ own.T / ALIKE).masked_fill(far, -1e4).log_softmax(1)
    theirs = (wanted @ wanted.T / ALIKE).masked_fill(far, -1e4).log_softmax(1)
    return torch.nn.functional.kl_div(ours, theirs, reduction="batchmean", log_target=True)


def groups(targets: Floats, size: int = 2 * GROUP, rounds: int = 4) -> list[NDArray[np.int64]]:
    """Numbers of texts that lie near each other, in groups of about so many (spherical k-means); none of one alone."""
    chance = np.random.default_rng(2026)
    count = max(1, len(targets) // size)
    centres = targets[chance.permutation(len(targets))[:count]]
    for _ in range(rounds):
        near = np.concatenate(
            [(targets[low : low + 4096] @ centres.T).argmax(1) for low in range(0, len(targets), 4096)]
        )
        sums = np.zeros_like(centres)
        np.add.at(sums, near, targets)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(lengths > 1e-6, sums / np.maximum(lengths, 1e-6), centres)
    order = np.argsort(near, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(near[order])) + 1)
    return [part for part in parts if len(part) > 1] or [order]
