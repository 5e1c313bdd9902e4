"""The trained reader: a network that marks where a passage answers a question, or says that it does not; halfway it
tells whether a passage is worth reading, and of a claim whether a quotation supports it.

It reads every language that its pieces can write, best those that it was taught; what it was trained on stands beside
its file in reader.md. `galactica train reader` makes the file (`encode.cross`), which also says what margins are
compared with.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from galactica.ask.apart import MarkedPieces, pieces_apart
from galactica.ask.claiming import found_again, judge_claim, places_in
from galactica.ask.contract import AnswerSpan, Asserted, Begun, Given, Support
from galactica.ask.spoken.located import Located, Span, located
from galactica.encode.claims import ClaimRoom
from galactica.encode.cross import CrossEncoder, Halfway, HeadsRead, open_cross_encoder
from galactica.encode.pieces import Tokens, Window, shortened
from galactica.errors import EditionError

SHIPPED = Path(__file__).parent / "data" / "reader.safetensors"
ENVIRONMENT = "GALACTICA_READER"
"""Names another file."""

MOST_PASSAGES = 200
"""Passages that are read for one question; what comes behind them is not, in the order of their texts."""

MOST_WINDOWS = 10
"""Windows of one passage that are read: about 1,200 words; a passage has 200 at most."""

LONGEST_WINDOW = 256
"""Pieces of a window: as many as it learned from. Of 40 questions of each of eighteen sets that nothing was learned
from, F1 was 65.6 with 320, 66.6 with 288, 66.9 with 256 and 66.1 with 224, in the same time: a long window costs what
two short ones do (2026-11-29)."""

LONGEST_ANSWER = 40
"""Pieces of an answer; of SQuAD's answers one in a hundred is longer. With 80 the same questions have F1 65.1."""

LONGER = 0.02
"""Logits that each piece beyond the first costs a stretch. Begin and end are marked by themselves, so that of two
likely ends the further one is often wrong. Of 50 questions of each of twelve sets in nine languages that nothing was
learned from: F1 65.1; with 0, 0.04 and 0.07 64.9, 64.6 and 64.2, half way through training (2026-11-29). In Chinese and
Korean, where answers are clauses, more costs most."""

CANDIDATES = 20
"""Stretches of a window that are looked at for the best that do not overlap."""

MAKE = "Fetch the file again, or make it with galactica train reader."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Halfway:
    """A passage that was begun: its pieces, and its windows read halfway by this network; where it was read to its end,
    what came of that."""

    network: CrossEncoder
    cut: Tokens
    windows: tuple[Halfway, ...]
    judged: tuple[HeadsRead, ...] = ()


NOTHING = -30.0
"""Logit that a passage without any letter is one for a question."""


class TrainedReader:
    """See `contract.Reader`; use `open_reader`."""

    name = "trained"

    def __init__(self, network: CrossEncoder) -> None:
        self._network, about = network, network.about
        self._threshold, self._temperature = float(about["threshold"]), float(about["temperature"])
        self._longest = min(int(about["longest"]), network.longest, LONGEST_WINDOW)
        self._room = ClaimRoom.of(about)
        self._question, self._title = self._room.question, self._room.title
        if not (self._temperature > 0 and self._longest > self._question + self._title + self._room.answer + 8):
            raise ValueError("impossible settings")

    @property
    def threshold(self) -> float:
        """The margin from which an answer is given."""
        return self._threshold

    @property
    def ranks(self) -> bool:
        """Yes."""
        return True

    def rank(
        self, question: str, passages: Sequence[Given], *, seconds: float, through: Collection[int] = ()
    ) -> list[Given]:
        """See `contract.Reader`; a passage of several windows is what the best of them is."""
        if seconds <= 0 or not question.strip():
            return []
        some = passages[:MOST_PASSAGES]
        cuts, windows = self._windows(question, some)
        read = iter(self._network.halfway([window for own in windows for window in own], seconds))
        found = []
        for given, cut, own in zip(some, cuts, windows, strict=True):
            states = tuple(islice(read, len(own)))
            if len(states) < len(own):
                break
            relevant = max((each.relevant for each in states), default=NOTHING)
            state = _Halfway(network=self._network, cut=cut, windows=states)
            found.append(replace(given, begun=Begun(question=question, relevant=relevant, state=state)))
        further = [number for number in sorted(through) if number < len(found)]
        return self._read_through(question, found, further, seconds)

    def _read_through(self, question: str, begun: list[Given], numbers: Sequence[int], seconds: float) -> list[Given]:
        """Passages that were begun, those with these numbers read to their end, as long as there is time."""
        known = {number: self._begun(question, begun[number]) for number in numbers}
        states = {number: state for number, state in known.items() if state is not None}
        read = iter(self._network.judge([each for state in states.values() for each in state.windows], seconds))
        for number, state in states.items():
            judged = tuple(islice(read, len(state.windows)))
            if len(judged) < len(state.windows):
                break
            best = max((self._stretches(each)[1] for each in judged), default=NOTHING)
            found = begun[number].begun
            assert found is not None
            told = replace(found, answers=best, state=replace(state, judged=judged))
            begun[number] = replace(begun[number], begun=told)
        return begun

    def read(self, question: str, passages: Sequence[Given], *, most: int = 3) -> list[AnswerSpan]:
        """The best stretches of all passages, at most `most` of each, best score first; of equal ones, in the order of
        the texts."""
        if most < 1 or not question.strip():
            return []
        read = sorted(range(len(passages)), key=lambda n: (passages[n].text, passages[n].title, n))[:MOST_PASSAGES]
        cuts, marked, total = self._marked(question, [passages[number] for number in read])
        spans = []
        for number, cut, found in zip(read, cuts, marked, strict=True):
            text = passages[number].text
            said = [each for each in found if cut.starts[each.first] < cut.ends[each.last]]  # not a space alone
            for each in pieces_apart(said, most):
                start, end = cut.starts[each.first], cut.ends[each.last]
                score = float(np.exp(each.margin - total))
                spans.append(
                    AnswerSpan(
                        passage=number, start=start, end=end, text=text[start:end], score=score, margin=each.margin
                    )
                )
        order = {number: place for place, number in enumerate(read)}
        return sorted(spans, key=lambda span: (-span.score, order[span.passage], span.start))

    def judge(self, claim: Asserted, evidence: Sequence[Given]) -> Support | None:
        """See `contract.Reader` and `claiming`: an answer by what is marked for its question, a sentence by a head."""
        if not claim.question.strip():
            return self.judge_by_head(claim, evidence)
        shown = [each for each in evidence if each.text.strip()]
        if not claim.text.strip() or not shown:
            return None
        places = [places_in(claim.text, each.text) for each in shown]
        cuts, windows = self._windows(claim.question, shown)
        read = self._network.read([window for own in windows for window in own])
        owners = [number for number, own in enumerate(windows) for _ in own]
        marked = [(self._margins(each), each.window, owner) for each, owner in zip(read, owners, strict=True)]
        return found_again(claim.text, marked, cuts, places)

    def locate(self, question: str, passages: Sequence[Given], places: Sequence[Sequence[Span]]) -> list[Located]:
        """See `spoken.located.Locating`; what was begun is gone on from."""
        begun = list(passages)
        fresh = [number for number, each in enumerate(begun) if self._begun(question, each) is None]
        for number, one in zip(fresh, self.rank(question, [begun[n] for n in fresh], seconds=np.inf), strict=False):
            begun[number] = one
        unread = [n for n, each in enumerate(begun) if (state := self._begun(question, each)) and not state.judged]
        found = []
        for one, here in zip(self._read_through(question, begun, unread, np.inf), places, strict=True):
            state = self._begun(question, one)
            read = [] if state is None else [(each, self._margins(each)) for each in state.judged]
            found.append(located(None if state is None else state.cut, read, one.begun, here))
        return found

    def judge_by_head(self, claim: Asserted, evidence: Sequence[Given]) -> Support | None:
        """What the heads say that were taught claims (`claiming.judge_claim`)."""
        return judge_claim(self._network, self._room, self._longest, claim, evidence)

    def _marked(self, question: str, passages: Sequence[Given]) -> tuple[list[Tokens], list[list[MarkedPieces]], float]:
        """(passages in pieces, stretches of each, log of the sum over all stretches and none)."""
        known = {place: state for place, each in enumerate(passages) if (state := self._begun(question, each))}
        fresh = [place for place in range(len(passages)) if place not in known]
        cuts, windows = self._windows(question, [passages[place] for place in fresh])
        cut_of = {place: state.cut for place, state in known.items()} | dict(zip(fresh, cuts, strict=True))
        whole = [(place, window) for place, own in zip(fresh, windows, strict=True) for window in own]
        ready = [(place, judged) for place, state in known.items() for judged in state.judged]
        begun = [(place, window) for place, state in known.items() if not state.judged for window in state.windows]
        # The longest first, so that no thread is left with one at the end.
        whole.sort(key=lambda each: -len(each[1].ids))
        begun.sort(key=lambda each: -len(each[1].window.ids))
        read = self._network.read([window for _, window in whole])
        read += self._network.judge([window for _, window in begun])
        found: list[list[MarkedPieces]] = [[] for _ in passages]
        sums: list[list[float]] = [[] for _ in passages]
        places = [place for place, _ in (*whole, *begun)]
        for place, judged in [*zip(places, read, strict=True), *ready]:
            marked, summed = self._stretches(judged)
            found[place] += marked
            sums[place].append(summed)
        # In the order of the passages, so that rounding does not depend on that of the windows.
        total = float(np.logaddexp.reduce([0.0, *(each for some in sums for each in sorted(some))]))
        return [cut_of[place] for place in range(len(passages))], found, total

    def _begun(self, question: str, given: Given) -> _Halfway | None:
        """A passage as this reader has begun to read it for this question."""
        state = None if given.begun is None or given.begun.question != question else given.begun.state
        return state if isinstance(state, _Halfway) and state.network is self._network else None

    def _windows(self, question: str, passages: Sequence[Given]) -> tuple[list[Tokens], list[list[Window]]]:
        """Passages in pieces, and the windows of each; none where it has no pieces."""
        pieces = self._network.tokenizer
        asked = shortened(pieces.cut([question])[0], self._question)
        titles = pieces.cut([each.title[:200] for each in passages])
        cuts = pieces.cut([each.text for each in passages])
        windows = [
            list(pieces.windows(asked, shortened(title, self._title), cut, self._longest, MOST_WINDOWS))
            if len(cut)
            else []
            for title, cut in zip(titles, cuts, strict=True)
        ]
        return cuts, windows

    def _stretches(self, judged: HeadsRead) -> tuple[list[MarkedPieces], float]:
        """The best stretches of a window, and the log of the sum over all of them."""
        window, margins = judged.window, self._margins(judged)
        size, flat = len(margins), margins.ravel()
        best = np.argpartition(-flat, min(CANDIDATES, flat.size) - 1)[:CANDIDATES]
        highest = float(flat.max())
        marked = [
            MarkedPieces(
                margin=float(flat[each]),
                first=window.piece + int(each) // size,
                last=window.piece + int(each) % size,
            )
            for each in best
            if np.isfinite(flat[each])
        ]
        return marked, highest + float(np.log(np.exp(flat - highest).sum()))

    def _margins(self, judged: HeadsRead) -> NDArray[np.float32]:
        """Of every stretch of a window, `float32 [first piece, last piece]`, in logits over none; -inf: it is none."""
        window = judged.window
        inside = judged.marks[window.first : window.first + window.count]
        at = np.arange(len(inside))
        length = at[None, :] - at[:, None]
        margins = inside[:, None, 0] + inside[None, :, 1] - judged.marks[0].sum() - np.float32(LONGER) * length
        margins /= self._temperature
        margins[(length < 0) | (length >= LONGEST_ANSWER)] = -np.inf
        found: NDArray[np.float32] = margins
        return found


def open_reader(path: Path | None = None, *, threads: int = 2) -> TrainedReader:
    """Open the trained reader.

    Args:
        path: its file; the one that the environment names, else the one that ships.
        threads: windows that are read at once.

    Raises:
        MissingError: onnxruntime or tokenizers is not installed, or there is no such file.
        EditionError: the file is no reader.
    """
    named = os.environ.get(ENVIRONMENT, "")
    file = path or (Path(named) if named else SHIPPED)
    network = open_cross_encoder(file, threads=threads, remedy=MAKE)
    try:
        return TrainedReader(network)
    except (KeyError, ValueError) as error:
        raise EditionError(f"{file} cannot be read as a reader ({type(error).__name__}).", MAKE) from error
