"""Encoders that know nothing and are quick: hashed words, each a random direction. And editions to try them on."""

from __future__ import annotations

import hashlib
import os
import re
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import lru_cache
from pathlib import Path

import numpy as np

from galactica.building import build as building
from galactica.building import gathering
from galactica.building.workers import pool
from galactica.edition import Edition
from galactica.progress import Report, silent
from galactica.search.meaning.build import Built, build_meaning
from galactica.search.meaning.encoding import forget_encoder, identify

DIMENSIONS = 64


class HashedWords:
    """The sum of its words' directions; a text without letters is zeros."""

    def __init__(self, name: str = "hashed", dimensions: int = DIMENSIONS) -> None:
        self.name = name
        self.dimensions = dimensions
        self.digest = hashlib.sha256(f"{name} {dimensions}".encode()).hexdigest()
        self.seen: list[str] = []

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        self.seen += texts
        return self._vectors(texts)

    def questions(self, texts: Sequence[str]) -> np.ndarray:
        return self._vectors(texts)

    def question(self, text: str) -> np.ndarray:
        return self._vectors([text])[0]

    def _vectors(self, texts: Sequence[str]) -> np.ndarray:
        found = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                found[row] += _direction(self.name, word, self.dimensions)
            length = np.linalg.norm(found[row])
            if length:
                found[row] /= length
        return found


@lru_cache(maxsize=100_000)
def _direction(name: str, word: str, dimensions: int) -> np.ndarray:
    seed = int.from_bytes(hashlib.sha256(f"{name} {word}".encode()).digest()[:8], "big")
    return np.random.default_rng(seed).standard_normal(dimensions).astype(np.float32)


def open_hashed(name: str) -> HashedWords:
    """As `galactica.encode.open_encoder`."""
    return HashedWords(name)


def open_blind(name: str) -> HashedWords:
    """One that knows no text whose first passage speaks of 3."""

    class Blind(HashedWords):
        def _vectors(self, texts: Sequence[str]) -> np.ndarray:
            found = super()._vectors(texts)
            found[[text.startswith("Number 3\n") for text in texts]] = 0
            return found

    return Blind(name)


def open_mortal(name: str) -> HashedWords:
    """One whose process dies after some batches, while there is a file called as the encoder is."""

    class Mortal(HashedWords):
        def passages(self, texts: Sequence[str]) -> np.ndarray:
            if len(self.seen) > 20 and Path(name).exists():
                os.kill(os.getpid(), signal.SIGKILL)
            return super().passages(texts)

    return Mortal(name)


def article(n: int, changed: bool = False) -> str:
    words = " ".join(f"word{(n * k) % 97}" for k in range(1, 30))
    more = "It was changed since." if changed else ""
    return (
        f'<doc id="{n}" url="http://en.wikipedia.org/wiki?curid={n}" title="Number {n}">\nNumber {n}\n\n'
        f"Article {n} speaks of {n} and its square {n * n}. {words} {more}\n\n"
        f"History.\nIn the year {1000 + n} there was number {n}. {words[::-1]}\n</doc>\n"
    )


def edition_of(
    folder: Path, name: str, numbers: Sequence[int], *, changed: frozenset[int] = frozenset(), batch: int = 3000
) -> Path:
    """An edition of these articles, of words alone, cut into shards of about `batch` bytes."""
    source = folder / name
    source.mkdir(parents=True)
    (source / "wiki_00").write_text("".join(article(n, n in changed) for n in numbers), encoding="utf-8")
    before = gathering.BATCH_BYTES
    gathering.BATCH_BYTES = batch
    try:
        building.build(folder / f"{name}.edition", [source / "wiki_00"], workers=0, meaning=False)
    finally:
        gathering.BATCH_BYTES = before
    return folder / f"{name}.edition"


def meaning_of(
    path: Path,
    *,
    opener: Callable[[str], HashedWords] = open_hashed,
    name: str = "hashed",
    parent: Path | None = None,
    workers: int = 0,
    report: Report = silent,
    into: Path | None = None,
    **options: int,
) -> Built:
    """Make the index of meaning of an edition, as `galactica index` does."""
    forget_encoder()
    with pool(workers) as executor:
        return _build(path, executor, opener, name, parent, workers, report, into, options)


def _build(
    path: Path,
    executor: Executor,
    opener: Callable[[str], HashedWords],
    name: str,
    parent: Path | None,
    workers: int,
    report: Report,
    into: Path | None,
    options: dict[str, int],
) -> Built:
    old = Edition.open(parent) if parent is not None else None
    try:
        with Edition.open(path) as edition:
            return build_meaning(
                edition,
                into or edition.meaning_dir(),
                encoder=executor.submit(identify, opener, name).result(),
                opener=opener,
                pool=executor,
                workers=workers,
                report=report,
                parent=old,
                **options,
            )
    finally:
        if old is not None:
            old.close()


def files(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, by path."""
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}
