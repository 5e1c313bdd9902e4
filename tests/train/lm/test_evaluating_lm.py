"""Measuring a model: what it says by heart, and the whole of it on a view."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from galactica.errors import UsageError
from galactica.train.lm.by_heart import GOES_ON, PROMPT, said_by_heart, stretches_of
from galactica.train.lm.evaluating_lm import evaluate_language_model
from galactica.train.lm.plain import PlainDecoder

from .conftest import drawn, with_vocabulary


def test_stretches_come_from_a_place_that_the_seed_gives() -> None:
    documents = [np.arange(number) for number in (10, PROMPT + GOES_ON, 500, 500)]
    found = list(stretches_of(documents, 3))
    assert [len(prompt) + len(goes_on) for prompt, goes_on in found] == [PROMPT + GOES_ON] * 3
    assert all(prompt[-1] + 1 == goes_on[0] for prompt, goes_on in found)
    assert found == list(stretches_of(documents, 3))
    assert found[1] != found[2]


def test_what_a_model_says_itself_it_says_by_heart() -> None:
    shape = with_vocabulary(32)
    decoder = PlainDecoder(shape, drawn(shape))
    prompt = [1, 2, 3, 4]
    last = decoder.read(prompt, last=True)[0]
    goes_on = []
    for _ in range(8):
        goes_on.append(int(last.argmax()))
        last = decoder.read([goes_on[-1]], last=True)[0]
    wrong = [*goes_on[:3], (goes_on[3] + 1) % 32, *goes_on[4:]]
    found = said_by_heart(decoder, [(prompt, goes_on), (prompt, wrong)])
    assert (found.prompts, found.whole, found.longest, found.tokens) == (2, 1, 8, 5.5)
    assert said_by_heart(decoder, []).tokens == 0


def test_a_model_is_measured_on_what_was_held_back(model_folder: Path, view_folder: Path) -> None:
    (model_folder / "training.json").write_text('{"plan": {"held": 0.2}, "view": {"hash": "another"}}')
    told: list[str] = []
    found = evaluate_language_model(
        model_folder,
        view_folder,
        questions=12,
        prompts=4,
        verbatim=lambda view: lambda text: 0.25,
        report=lambda stage, done, total, unit: told.append(stage),
    )
    assert found.held.bytes > 0
    assert found.held.bits > 2
    assert [each.name for each in found.beside] == ["gzip -9", "xz -9e", "zstd -19"]
    assert found.same_view is False
    assert found.verbatim == pytest.approx(0.25)
    assert found.shared is not None
    assert found.shared <= found.held.documents
    assert set(told) == {"measure", "contamination", "cloze", "memory"}
    assert found.cloze[0].questions <= 12


def test_what_it_learned_from_is_not_read_where_that_is_not_wished_for(model_folder: Path, view_folder: Path) -> None:
    told: list[str] = []
    found = evaluate_language_model(
        model_folder,
        view_folder,
        questions=0,
        prompts=0,
        contamination=False,
        report=lambda stage, done, total, unit: told.append(stage),
    )
    assert (found.shared, found.clean, found.cloze, found.verbatim) == (None, None, (), None)
    assert "contamination" not in told


@pytest.mark.parametrize("changes", [{"size": 0}, {"questions": -1}, {"prompts": -1}, {"seed": -1}])
def test_numbers_out_of_range_are_refused(model_folder: Path, view_folder: Path, changes: dict[str, int]) -> None:
    with pytest.raises(UsageError):
        evaluate_language_model(model_folder, view_folder, **changes)  # type: ignore[arg-type]
