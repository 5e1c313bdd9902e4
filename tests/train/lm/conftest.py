"""A small view to learn from, made once, and models that learned nothing, for tests to spoil."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from galactica.building.build import build
from galactica.encode.tensors import Array
from galactica.train.lm.exporting import write_model
from galactica.train.lm.model import CONFIG
from galactica.train.lm.shape import DecoderShape
from galactica.train.lm.wish import TrainingWish
from galactica.train.loading.making import view_vocabulary
from galactica.train.loading.vocabulary import Vocabulary
from galactica.train.views.filtering import ViewFilter
from galactica.train.views.making import make_view
from galactica.train.views.view import View

ARTICLES = 60
QUICK = TrainingWish(size="nano", steps=6, batch=2, context=24, held=0.1, device="cpu", precision="float32", threads=1)
"""A training of a second."""

SHAPE = DecoderShape(vocabulary=0, width=16, layers=2, heads=4, groups=2, inner=24, context=40)


def text(number: int) -> str:
    """Sentences that differ from article to article, with years and names in them."""
    said = (
        f"<p>The lighthouse of Port {number} was lit in {1700 + number} by {number + 3} keepers of the northern coast. "
        f"Captain Harald Jensen{number} measured the harbour, and {number * 7} ships passed it in the year "
        f"{1800 + number}. "
        "It stands upon a rock that the waters cover twice between morning and evening.</p>"
    )
    return said + f"<p>灯塔在港口的北边，建于{1700 + number}年，由{number + 3}名守塔人看守。</p>" * (number % 3)


@pytest.fixture(scope="session")
def view_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A view of `ARTICLES` articles."""
    folder = tmp_path_factory.mktemp("lm")
    rows = [
        {"id": f"{n:032x}", "title": f"Light {n}", "language": "en", "path": f"light-{n}", "body": text(n)}
        for n in range(ARTICLES)
    ]
    lines = folder / "lights.jsonl"
    lines.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    edition = folder / "lights.edition"
    build(edition, [lines], workers=0, meaning=False, licence="CC-BY-SA-4.0")
    make_view(folder / "lights.view", [edition], ViewFilter())
    return folder / "lights.view"


@pytest.fixture(scope="session")
def tokenizer(view_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tokenizer of the view."""
    pytest.importorskip("tokenizers")
    file = tmp_path_factory.mktemp("tokens") / "tokenizer.json"
    with View.open(view_folder) as view:
        file.write_bytes(view_vocabulary(view, size=400, sample=1))
    return file


def drawn(shape: DecoderShape, seed: int = 0, spread: float = 0.2) -> dict[str, Array]:
    """Numbers for a model of this shape, drawn."""
    chance = np.random.Generator(np.random.PCG64(seed))
    return {
        name: (
            np.ones(size, np.float32)
            if len(size) == 1
            else chance.standard_normal(size, np.float32) * np.float32(spread)
        )
        for name, size in shape.tensors.items()
    }


@pytest.fixture
def model_folder(tokenizer: Path, tmp_path: Path) -> Path:
    """A model that learned nothing, as a folder that a test may spoil."""
    vocabulary = Vocabulary.open(tokenizer)
    folder = tmp_path / "drawn"
    folder.mkdir()
    shape = with_vocabulary(vocabulary.size)
    write_model(folder, shape, drawn(shape), vocabulary)
    return folder


def with_vocabulary(size: int) -> DecoderShape:
    """`SHAPE` for a vocabulary of this size."""
    return DecoderShape(**{name: getattr(SHAPE, name) for name in SHAPE.__slots__} | {"vocabulary": size})


def config_with(folder: Path, **changes: object) -> None:
    """Change what a model's config.json says."""
    given = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    (folder / CONFIG).write_text(json.dumps(given | changes), encoding="utf-8")
