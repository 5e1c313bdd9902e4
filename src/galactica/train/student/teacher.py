"""The teacher: multilingual-e5-small's vectors of texts, each computed once and kept.

A text is read as `<s> query: … </s>` or `<s> passage: … </s>`; its vector is the mean of the last layer over all pieces
(Wang et al. 2024, arXiv:2402.05672). Texts are sorted by length, so that none is filled up with much.

What is kept are files of a folder, `NUMBER.npz`: the keys of texts, and vectors in 16 bits. A key is a digest of how
and what is read, so a folder serves any training; stopped at any moment, what is in whole files is not read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from galactica.codes.files import whole
from galactica.encode.pieces import BEGIN, PAD, PART, Tokenizer
from galactica.progress import Report
from galactica.train.reading import beginning
from galactica.train.reading.network import FAR, Network, padded

LONGEST = 128
"""Pieces of a text that the teacher is shown; stretches are shorter."""

TOGETHER, TOGETHER_WIDE = 6_144, 131_072
"""Pieces of a batch, about; more are no quicker on a processor, the latter is for graphics processors."""

AT_ONCE = 4_096
"""Texts of one file."""

ASKED, ANSWERING, ALONE = "query: ", "passage: ", "query: "
"""What stands before questions, passages, and words alone."""

Vectors = NDArray[np.float16]
"""`float16 [texts, width]`, rows of length 1."""


class Teacher:
    """The network and its vocabulary, all of it.

    Args:
        longest: pieces of a text that are read.
    """

    def __init__(self, longest: int = LONGEST) -> None:
        self._longest = longest
        begun = beginning.load_beginning()
        layers = 1 + max(int(name.split(".")[1]) for name in begun.weights if name.startswith("layers."))
        self._tokenizer = Tokenizer(begun.pieces, begun.scores)
        network = Network(begun.weights, begun.halves, begun.scales, layers, still=layers).to(torch.bfloat16)
        self._network = network.to("cuda" if torch.cuda.is_available() else "cpu")
        self.width = int(begun.weights["places"].shape[1])

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts with what stands before them."""
        cut = [(BEGIN, *each.ids[: self._longest - 2], PART) for each in self._tokenizer.cut(texts)]
        order = sorted(range(len(cut)), key=lambda number: len(cut[number]))
        out = np.empty((len(texts), self.width), np.float16)
        with torch.inference_mode():
            for some in _batches(order, cut, TOGETHER_WIDE if self._network.places.is_cuda else TOGETHER):
                ids = padded([cut[number] for number in some], PAD, 4)
                out[some] = self._read(ids.to(self._network.places.device)).cpu().numpy()
        return out

    def _read(self, ids: torch.Tensor) -> torch.Tensor:
        network = self._network
        x = network.norm(network.words[ids] + network.places[: ids.shape[1]])
        filled = ids == PAD
        mask = x.new_zeros(ids.shape).masked_fill_(filled, FAR)[:, None, None, :]
        for layer in network.layers:
            x = layer(x, mask)
        mean = x.float().masked_fill(filled[..., None], 0).sum(1)
        return torch.nn.functional.normalize(mean, dim=1).half()


def _batches(order: Sequence[int], cut: Sequence[Sequence[int]], together: int) -> Iterator[list[int]]:
    some: list[int] = []
    for number in order:
        if some and (len(some) + 1) * len(cut[number]) > together:
            yield some
            some = []
        some.append(number)
    if some:
        yield some


class KeptVectors:
    """The teacher's vectors of texts, in a folder.

    Args:
        open_teacher: called where a text is met that is not kept yet.
        mark: what the vectors depend on beside the texts: the teacher's weights.
    """

    def __init__(self, folder: Path, open_teacher: Callable[[], Teacher], mark: str) -> None:
        self._folder, self._open, self._mark = folder, open_teacher, mark
        folder.mkdir(parents=True, exist_ok=True)
        self._known: dict[bytes, tuple[int, int]] = {}
        self._parts: list[Vectors] = []
        for path in sorted(folder.glob("*.npz")):
            with np.load(path) as held:
                self._take(held["keys"], held["vectors"])

    def of(self, texts: Sequence[str], before: str, report: Report) -> Vectors:
        """Vectors of texts, all of them read as this stands before them.

        Args:
            report: stage "teacher", in texts.
        """
        keys = [self._key(before + text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        waiting = sorted(missing.items(), key=lambda pair: len(pair[1].encode("utf-8", "replace")))
        report("teacher", len(texts) - len(waiting), len(texts), "texts")
        teacher = self._open() if waiting else None
        while waiting and teacher is not None:
            # Of all lengths, so that the speed that is told is that of all.
            some = waiting[:: max(1, len(waiting) // AT_ONCE)][:AT_ONCE]
            chosen = {key for key, _ in some}
            waiting = [pair for pair in waiting if pair[0] not in chosen]
            self._keep([key for key, _ in some], teacher.vectors([before + text for _, text in some]))
            report("teacher", len(texts) - len(waiting), len(texts), "texts")
        found = [self._known[key] for key in keys]
        if not found:
            return np.zeros((0, 0), np.float16)
        return np.stack([self._parts[part][row] for part, row in found])

    def _key(self, text: str) -> bytes:
        said = f"{self._mark}\n{text}".encode("utf-8", "replace")
        return hashlib.blake2b(said, digest_size=16).digest()

    def _keep(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        number = 1 + max((int(path.stem) for path in self._folder.glob("*.npz")), default=0)
        listed = np.frombuffer(b"".join(keys), np.uint8).reshape(-1, 16)
        with whole(self._folder / f"{number:06}.npz") as part, part.open("wb") as file:
            np.savez(file, keys=listed, vectors=vectors)
        self._take(listed, vectors)

    def _take(self, keys: NDArray[Any], vectors: Vectors) -> None:
        part = len(self._parts)
        self._parts.append(vectors)
        self._known.update((key.tobytes(), (part, row)) for row, key in enumerate(keys))
