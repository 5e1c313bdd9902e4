"""Training the static encoder: contrastive learning of a table of word vectors.

1. Every word that occurs `FEWEST` times gets a row: the signs of its letters (`encode.words.letter_signs`), mixed with
   the teacher's vector of the word where there is a teacher, as long as the word is rare (its inverse document
   frequency). So the untrained table is a dense form of an index of words, which training only has to improve.
2. Batches of (question, passage) pairs (`pairs`); each question must find its own passage among all of the batch, each
   passage its question (softmax over cosines ÷ `TEMPERATURE`, both ways). Rows move by Adagrad with one step size a
   row; the weights that words have in questions by Adam.
3. The commonest `rows` words are kept, rounded to 4 bits (`table`), and written.

The same on a CPU and on a GPU. State is kept every `EVERY` steps: the same command goes on from it. What each choice is
worth stands in docs/decisions/0005-the-encoder.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from galactica.encode.words import letter_signs
from galactica.errors import InputError
from galactica.progress import Report
from galactica.train.corpus import Corpus
from galactica.train.cutting import STOPS
from galactica.train.pairs import Pairs, QuestionPair, Words
from galactica.train.schedule import Schedule, train_on
from galactica.train.table import EncoderTable, Plan

FEWEST = 3
"""Times that a word occurs in the corpus to be trained."""

MOST_ROWS = 250_000
TEMPERATURE = 0.05
RATE, ASKED_RATE = 0.02, 0.01
WARM = 20
"""Steps in which the rate rises."""

LEAST = 0.1
"""Share of the highest rate that it falls to, in a straight line from the first step to the last."""

SMALL = 0.1
"""Length of an untrained row for each unit of inverse document frequency."""

EVERY = 100
"""Steps between two states that are kept, and two looks at the validation questions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The untrained table: see `EncoderTable`; `of_word` is the row of each word of the corpus, −1 for none."""

    names: list[str]
    rows: NDArray[np.float32]
    counts: NDArray[np.int64]
    of_word: NDArray[np.int64]


Teacher = Callable[[Sequence[str]], NDArray[np.float32]]
"""Words → `float32 [words, any]`, rows of length 1; zeros for words that it does not know."""


def start(corpus: Corpus, plan: Plan, teacher: Teacher | None) -> Start:
    """Choose the words and give each its first row.

    Raises:
        InputError: no word occurs often enough.
    """
    counts = np.bincount(corpus.words, minlength=len(corpus.names))
    counts[: len(STOPS)] = 0
    order = np.argsort(-counts, kind="stable")[:MOST_ROWS]
    order = order[counts[order] >= FEWEST]
    of_word = np.full(len(corpus.names), -1, np.int64)
    of_word[order] = np.arange(len(order))
    names = [corpus.names[number] for number in order]
    if not names:
        raise InputError(f"No word occurs {FEWEST} times in the editions.", "Name larger editions to train on.")
    rows = np.empty((len(names), plan.dimensions), np.float32)
    for row, name in enumerate(names):
        rows[row] = letter_signs(name, plan.dimensions)
    if teacher is not None and plan.teacher:
        taught = _fitted(teacher(names), plan.dimensions)
        rows += np.float32(plan.teacher) * taught
        rows /= np.sqrt(1 + plan.teacher**2, dtype=np.float32)
    rows *= (SMALL * _rarity(corpus, of_word, len(names)))[:, None]
    return Start(names=names, rows=rows, counts=counts[order], of_word=of_word)


def train(
    corpus: Corpus,
    begin: Start,
    asked: Sequence[QuestionPair],
    plan: Plan,
    *,
    state: Path,
    mark: str = "",
    report: Report,
    look: Callable[[int, EncoderTable], None] | None = None,
) -> EncoderTable:
    """Train the table.

    Args:
        corpus, begin: from `corpus.read_corpus` and `start`; what is in `begin.rows` is trained in place.
        asked: real questions and their passages.
        state: a file; where it holds the state of the same training, that goes on.
        mark: what the training is known by beside its plan: whatever else it depends on.
        report: stage "train", in steps.
        look: called with the number of steps and the table every `EVERY` steps and at the end; before the state is
            kept, so that none is missing when training goes on. The table lasts as long as the call.

    Raises:
        InputError: no pair can be made from the corpus.
    """
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    learner = _Learner(begin, plan, device, Pairs(corpus, begin.of_word, asked, plan.real))

    def seen(done: int, loss: float) -> None:
        if look is not None:
            look(done, learner.table(begin))

    schedule = Schedule(steps=plan.steps, every=EVERY, warm=WARM, cool=1.0, least=LEAST)
    mark = f"{plan} {len(begin.names)} {begin.names[-1]} {mark}"
    train_on(learner, schedule, kept=state, mark=mark, report=report, seen=seen)
    return learner.table(begin)


class _Learner:
    """The table and what moves it."""

    def __init__(self, begin: Start, plan: Plan, device: torch.device, pairs: Pairs) -> None:
        self._plan, self._device, self._pairs = plan, device, pairs
        self._rows = torch.nn.Parameter(torch.from_numpy(begin.rows).to(device))
        self._asked = torch.nn.Parameter(torch.zeros(len(begin.names), device=device))
        self._squares = torch.zeros(len(begin.names), device=device)
        self._asked_optimiser = torch.optim.Adam([self._asked], lr=ASKED_RATE)

    def step(self, number: int, rate: float) -> float:
        pairs = self._pairs.batch(number, self._plan.batch)
        questions = self._encode([pair.question for pair in pairs], asked=True)
        passages = self._encode([pair.passage for pair in pairs], asked=False)
        likeness = questions @ passages.T / TEMPERATURE
        right = torch.arange(len(pairs), device=self._device)
        entropy = torch.nn.functional.cross_entropy
        loss = (entropy(likeness, right) + entropy(likeness.T, right)) / 2
        loss.backward()
        with torch.no_grad():
            assert self._rows.grad is not None
            gradient = self._rows.grad.coalesce()
            at, values = gradient.indices()[0], gradient.values()
            self._squares[at] += values.pow(2).mean(dim=1)
            self._rows.index_add_(0, at, values * (-RATE * rate / (self._squares[at].sqrt() + 1e-8))[:, None])
            self._rows.grad = None
        self._asked_optimiser.step()
        self._asked_optimiser.zero_grad()
        return float(loss.detach())

    def table(self, begin: Start) -> EncoderTable:
        return EncoderTable(
            names=begin.names,
            rows=self._rows.detach().cpu().numpy(),
            asked=self._asked.detach().exp().cpu().numpy(),
            counts=begin.counts,
        )

    def state(self) -> dict[str, Any]:
        return {
            "rows": self._rows.detach(),
            "asked": self._asked.detach(),
            "squares": self._squares,
            "optimiser": self._asked_optimiser.state_dict(),
        }

    def take_up(self, state: Mapping[str, Any]) -> None:
        with torch.no_grad():
            self._rows.copy_(state["rows"])
            self._asked.copy_(state["asked"])
            self._squares.copy_(state["squares"])
        self._asked_optimiser.load_state_dict(state["optimiser"])

    def _encode(self, texts: Sequence[Words], *, asked: bool) -> torch.Tensor:
        """Unit vectors of texts, as `encode.static` makes them."""
        counted = [np.unique(words, return_counts=True) for words in texts]
        at = torch.from_numpy(np.concatenate([words for words, _ in counted])).to(self._device)
        often = np.sqrt(np.concatenate([counts for _, counts in counted])).astype(np.float32)
        weights = torch.from_numpy(often).to(self._device)
        if asked:
            weights = weights * self._asked[at].exp()
        sizes = torch.tensor([len(words) for words, _ in counted], device=self._device)
        owners = torch.repeat_interleave(torch.arange(len(texts), device=self._device), sizes)
        sums = torch.zeros(len(texts), self._plan.dimensions, device=self._device)
        rows = torch.nn.functional.embedding(at, self._rows, sparse=True)
        return torch.nn.functional.normalize(sums.index_add(0, owners, rows * weights[:, None]), dim=1)


def _fitted(taught: NDArray[np.float32], dimensions: int) -> NDArray[np.float32]:
    """Teacher's vectors around their mean, turned to their main directions, padded or cut to `dimensions`."""
    known = np.linalg.norm(taught, axis=1) > 0
    out = np.zeros((len(taught), dimensions), np.float32)
    if not known.any():
        return out
    centred = taught[known] - taught[known].mean(axis=0)
    _, _, directions = np.linalg.svd(centred[:30_000], full_matrices=False)
    turned = (centred @ directions.T)[:, :dimensions]
    out[known, : turned.shape[1]] = turned / np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-9)
    return out


def _rarity(corpus: Corpus, of_word: NDArray[np.int64], rows: int) -> NDArray[np.float32]:
    """Inverse document frequency of each row over passages: ln(1 + passages ÷ (having + ½))."""
    passages = len(corpus.borders) - 1
    owners = np.repeat(np.arange(passages, dtype=np.int64), np.diff(corpus.borders))
    at = of_word[corpus.words]
    having = np.bincount(np.unique(owners[at >= 0] * rows + at[at >= 0]) % rows, minlength=rows)
    return np.log(1 + passages / (having + 0.5)).astype(np.float32)
