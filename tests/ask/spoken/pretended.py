"""A reader that says how surely an answer lies in a place: as surely as the surest of some words there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from galactica.ask.contract import Given
from galactica.ask.spoken.located import NOWHERE, Located, Span

from ..group.pretended import Glancing


class Listening(Glancing):
    """See the module.

    Args:
        relevant: as of `Glancing`.
        shares: word → which part of a sentence's sum it has, where it is the surest; 1 where nothing is said.
    """

    def __init__(
        self, relevant: Mapping[str, float], shares: Mapping[str, float] | None = None, **words: float
    ) -> None:
        super().__init__(relevant)
        self._words = {word.replace("_", " "): margin for word, margin in words.items()}
        self._shares = shares or {}
        self.located: list[str] = []

    def locate(self, question: str, passages: Sequence[Given], places: Sequence[Sequence[Span]]) -> list[Located]:
        self.located += [each.text for each in passages]
        return [self._located(each.text, here) for each, here in zip(passages, places, strict=True)]

    def _located(self, text: str, places: Sequence[Span]) -> Located:
        told = [self._best(text, *place) for place in places]
        best = max((margin for margin, _, _ in told), default=NOWHERE)
        return Located(
            sums=tuple(margin for margin, _, _ in told),
            marks=tuple(mark for _, mark, _ in told),
            shares=tuple(share for _, _, share in told),
            relevant=best,
            answerable=best,
            near=best,
        )

    def _best(self, text: str, start: int, end: int) -> tuple[float, Span, float]:
        here = [(margin, word) for word, margin in self._words.items() if word in text[start:end]]
        if not here:
            return -9.0, (start, end), 0.0
        margin, word = max(here)
        at = text.index(word, start)
        return margin, (at, at + len(word)), self._shares.get(word, 1.0)
