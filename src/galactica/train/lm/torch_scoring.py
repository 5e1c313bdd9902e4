"""The same scores by torch, many windows at once, and the same reading on; on a GPU where one is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from galactica.train.lm.decoder import Decoder
from galactica.train.lm.shape import DecoderShape

MOST_WINDOWS = 32
"""Windows that are read at once."""

MOST_LOGITS = 2**26
"""Numbers that they may have behind them: half a gigabyte with what is made of them."""


class TorchScorer:
    """Scores by a decoder of torch, wherever it is.

    Args:
        decoder: as it stands; it is not changed.
        end: token between documents.
        exact: "float32", or "bfloat16" where products are rounded to it.
    """

    def __init__(self, decoder: Decoder, end: int, exact: str = "float32") -> None:
        self._decoder = decoder
        self.context = decoder.shape.context
        self.end = end
        self.at_once = max(1, min(MOST_WINDOWS, MOST_LOGITS // (decoder.shape.context * decoder.shape.vocabulary)))
        self._exact = exact

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def costs(self, windows: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        """As `scoring.Scorer`: shorter windows are filled up behind, where nothing looks."""
        device = self._decoder.model.norm.weight.device
        longest = max(map(len, windows))
        rows = np.full((len(windows), longest), self.end, np.int64)
        for row, window in zip(rows, windows, strict=True):
            row[: len(window)] = window
        tokens = torch.from_numpy(rows).to(device)
        with torch.autocast(device.type, torch.bfloat16, enabled=self._exact == "bfloat16"):
            logits = self._decoder(tokens[:, :-1])
        costs = functional.cross_entropy(logits.flatten(0, 1).float(), tokens[:, 1:].flatten(), reduction="none")
        found = costs.view(len(windows), -1).cpu().numpy()
        return [row[: len(window) - 1] for row, window in zip(found, windows, strict=True)]


class TorchReader:
    """Reads on by torch, in float32. What was read is computed anew each time: on a GPU some milliseconds, where numpy
    takes a tenth of a second and more for a token of the size small.

    Args:
        decoder: as it stands; it is not changed.
    """

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        self._read: list[int] = []

    def forget(self) -> None:
        """Begin a new text."""
        self._read = []

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def read(self, tokens: Sequence[int], *, last: bool = False) -> NDArray[np.float32]:
        """As `plain.PlainDecoder.read`."""
        self._read += map(int, tokens)
        row = torch.tensor([self._read], device=self._decoder.model.norm.weight.device)
        logits = self._decoder(row)[0, -1 if last else -len(tokens) :]
        found: NDArray[np.float32] = logits.view(-1, self._decoder.shape.vocabulary).float().cpu().numpy()
        return found


def loaded_decoder(shape: DecoderShape, tensors: Mapping[str, NDArray[Any]], device: str) -> Decoder:
    """A decoder with the numbers of a file, on a device."""
    with torch.device("meta"):
        decoder = Decoder(shape)
    copies = {name: torch.from_numpy(np.asarray(array, np.float32).copy()) for name, array in tensors.items()}
    decoder.load_state_dict(copies, assign=True)
    decoder.to(device)
    return decoder
