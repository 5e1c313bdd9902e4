"""Views that are made up of a few texts, and indexes of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np

from galactica.train.tracing.gaps import TAIL
from galactica.train.tracing.index import TraceIndex
from galactica.train.tracing.layout import FILES, MANIFEST, TraceManifest
from galactica.train.tracing.part import make_part
from galactica.train.tracing.tracing import Tracer
from galactica.train.views.view import DocumentFacts, View

WORDS = (
    "The lighthouse was lit in the year 1843 by seven keepers, who lived upon the rock; "
    "ships from every harbour passed it on their way to the islands. 灯塔建于一八四三年。 Маяк был зажжён в 1843 году. "
).split(" ")


class MadeView:
    """A view of texts that lie in memory; it counts how many are read."""

    def __init__(self, texts: Sequence[bytes]) -> None:
        self.texts = list(texts)
        self.hash = hashlib.sha256(b"\xff".join(texts)).hexdigest()
        self.sizes = np.array([len(text) for text in texts], np.uint32)
        self.path = Path("made.view")
        self.editions = (SimpleNamespace(root="ab" * 32, head=lambda row: SimpleNamespace(path=f"path-{row}")),)
        self.reads = 0

    def __len__(self) -> int:
        return len(self.texts)

    def read(self, numbers: Sequence[int]) -> list[bytes]:
        self.reads += len(numbers)
        return [self.texts[number] for number in numbers]

    def scan(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, bytes]]:
        yield from enumerate(self.texts[start:stop], start)

    def about(self, number: int) -> DocumentFacts:
        return DocumentFacts(
            title=self.texts[number].split(b"\n")[0].decode("utf-8", "replace"),
            id=number.to_bytes(16, "big"),
            language="en",
            source="made",
            date="2026-01-02",
            licence="CC0-1.0",
            address="",
            edition="ab" * 32,
            row=number,
        )

    def cuts(self, number: int) -> tuple[int, ...]:
        return ()


def made_index(folder: Path, texts: Sequence[bytes], each: int = 3) -> TraceIndex:
    """The index of texts, `each` of them a part."""
    write_index(folder, texts, each)
    return TraceIndex.open(folder)


def write_index(folder: Path, texts: Sequence[bytes], each: int = 3) -> TraceManifest:
    """Write it, with the manifest that fits."""
    made = [make_part(texts[start : start + each]) for start in range(0, len(texts), each)]
    folder.mkdir()
    digests = {}
    for name in FILES:
        raw = b"".join(part.files[name].tobytes() for part in made) + (bytes(TAIL) if name == "gaps.bin" else b"")
        (folder / name).write_bytes(raw)
        digests[name] = hashlib.sha256(raw).hexdigest()
    view = hashlib.sha256(b"\xff".join(texts)).hexdigest()
    manifest = TraceManifest(view=view, parts=tuple(part.counts for part in made), files=digests)
    (folder / MANIFEST).write_bytes(manifest.text())
    return manifest


def made_tracer(folder: Path, texts: Sequence[bytes], each: int = 3) -> Tracer:
    """Texts, open to be traced in."""
    return Tracer(cast("View", MadeView(texts)), made_index(folder, texts, each))


def some_text(seed: int, words: int) -> str:
    """Words in an order that a seed gives."""
    chosen = np.random.default_rng(seed).integers(0, len(WORDS), words)
    return " ".join(WORDS[number] for number in chosen)
