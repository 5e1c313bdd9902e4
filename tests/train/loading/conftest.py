"""A view that lies in memory, and a small tokenizer that was trained on its texts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from galactica.errors import EditionError
from galactica.train.loading.vocabulary import END, Vocabulary, tokenizers_library, untrained_tokenizer

SENTENCE = "The lighthouse of port {n} was lit by {m} keepers, who don't sleep; 灯塔在港口{n}。 Größe: {m}.{n} m²\n"


def text(number: int) -> str:
    """A text whose length depends on its number: from one line to some hundred."""
    lines = 1 + (number * number * 7) % 23 + (90 if number % 17 == 5 else 0)
    return f"Article {number}\n\n" + "".join(SENTENCE.format(n=number, m=line) for line in range(lines))


@dataclass(kw_only=True)
class FakeView:
    """What a loader asks of a view, in memory."""

    texts: list[bytes]
    path: Path
    weights: tuple[float, ...] = (1.0,)
    groups: npt.NDArray[np.uint16] = field(default_factory=lambda: np.zeros(0, np.uint16))
    broken: set[int] = field(default_factory=set)
    asked: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sizes: npt.NDArray[np.uint32] = np.array([len(each) for each in self.texts], np.uint32)
        if not len(self.groups):
            self.groups = np.zeros(len(self.texts), np.uint16)
        self.hash = hashlib.sha256(b"\0".join(self.texts) + repr(self.weights).encode()).hexdigest()
        self.path.mkdir(parents=True, exist_ok=True)

    def read(self, numbers: Sequence[int]) -> list[bytes]:
        self.asked.extend(numbers)
        for number in numbers:
            if number in self.broken:
                raise EditionError(f"the article 'Article {number}' is damaged.", "Repair the edition.")
        return [self.texts[number] for number in numbers]


def fake(path: Path, documents: int = 60, **more: object) -> FakeView:
    """A view of so many documents."""
    return FakeView(texts=[text(number).encode() for number in range(documents)], path=path, **more)  # type: ignore[arg-type]


@pytest.fixture
def view(tmp_path: Path) -> FakeView:
    return fake(tmp_path / "made.view")


def small_tokenizer(size: int = 400, texts: Sequence[str] = ()) -> bytes:
    """The file of a tokenizer of ours."""
    library = tokenizers_library()
    tokenizer = untrained_tokenizer(library)
    trainer = library.trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=[END],
        initial_alphabet=sorted(library.pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts or [text(number) for number in range(20)], trainer)
    written: str = tokenizer.to_str()
    return written.encode()


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary.of(small_tokenizer())
