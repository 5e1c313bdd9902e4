"""How much of what a question says, a text says too, in whatever language: word by word, by vectors of words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from galactica.ask.pieces import vectors
from galactica.search.features import WordVectors


class SharedWords:
    """The words of a question, to be looked for in texts of any language, each by the word that is most like it."""

    def __init__(self, question: str) -> None:
        self._encoder: WordVectors | None = vectors()
        self._known: dict[str, float] = {}
        self._own, self._counts = self._words(question)

    def share(self, text: str) -> float:
        """How much of the question's words a text has: 0 to 1, a word counting the more, the more it says."""
        if text not in self._known:
            there, _ = self._words(text)
            able = len(there) and len(self._own)
            best = np.maximum((self._own @ there.T).max(axis=1), 0.0) if able else np.zeros(len(self._own))
            self._known[text] = float(best @ self._counts)
        return self._known[text]

    def _words(self, text: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """(their directions, what each counts, 1 in all)."""
        several = [] if self._encoder is None else list(dict.fromkeys(self._encoder.words(text)))
        if self._encoder is None or not several:
            return np.zeros((0, 1), np.float32), np.zeros(0, np.float32)
        table = self._encoder.vectors(several)
        lengths = np.maximum(np.linalg.norm(table, axis=1), 1e-6)
        return (table / lengths[:, None]).astype(np.float32), (lengths / lengths.sum()).astype(np.float32)
