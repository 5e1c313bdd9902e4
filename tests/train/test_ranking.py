"""Learning how to weigh what is found, from questions and small editions."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from galactica.errors import UsageError
from galactica.library import train_ranker
from galactica.search import choosing
from galactica.search.ranker import load

from ..search.small_encoder import write
from .conftest import edition, text

pytest.importorskip("torch")


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("encoder") / "small.safetensors"
    return write(path, {"car": "automobile", "automobile": "automobile"})


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return edition(tmp_path_factory.mktemp("towns"), {f"Town {n}": text(n) for n in range(12, 18)})


def questions(path: Path) -> Path:
    """Questions of twelve articles of four paragraphs; each asks who did what is said in its third sentence."""
    data = []
    for n in range(12):
        sentences = text(n).split(". ")
        paragraphs = []
        for at in range(0, 24, 6):
            words = sentences[at + 2].split()
            qas = [
                {"id": f"{n}-{at}", "question": f"Who {words[5]} it in {words[1]}?", "answers": [{"text": words[2]}]}
            ]
            paragraphs.append({"context": ". ".join(sentences[at : at + 6]) + ".", "qas": qas})
        data.append({"title": f"Town_{n}", "paragraphs": paragraphs})
    path.write_text(json.dumps({"version": "1.1", "data": data}), encoding="utf-8")
    return path


def test_weights_are_learned_for_articles_and_for_passages(towns: Path, encoder: Path, tmp_path: Path) -> None:
    stages: dict[str, None] = {}
    taught = train_ranker(
        tmp_path / "ranker.json",
        [questions(tmp_path / "squad.json")],
        [towns],
        encoder=str(encoder),
        most=24,
        report=lambda stage, done, total, unit: stages.setdefault(stage),
    )
    assert taught.questions > 0
    assert 0 <= taught.words <= 1
    chooser = load("articles", taught.path, choosing.NAMES)
    promising = np.full((1, len(choosing.NAMES)), np.nan, np.float32)
    assert np.isfinite(chooser.scores(promising)).all()
    assert {load(name, taught.path).known for name in ("fusion", "ranker")}
    for stage in ("paragraphs", "three paragraphs", "articles", "paragraphs among others", "articles among others"):
        assert f"passages for {stage}" in stages
    assert "articles for paragraphs, unknown words" not in stages  # what is blind teaches nothing about articles


def test_without_questions_there_is_nothing_to_learn(towns: Path, encoder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No questions"):
        train_ranker(tmp_path / "ranker.json", [], [towns], encoder=str(encoder))
