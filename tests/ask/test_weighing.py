"""What a reader marked is weighed by numbers that a command made."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import ask_weights
from galactica.ask import weighing
from galactica.ask.contract import AnswerSpan, Given
from galactica.ask.question import read_question
from galactica.ask.weighing import NAMES, discount, reader_weights, values

from .group.pretended import Pointing

SPAN = AnswerSpan(passage=0, start=4, end=8, text="Vara", score=0.9, margin=2.5)


def test_every_reader_of_the_program_has_a_weight_for_all_that_speaks() -> None:
    assert set(reader_weights()) == {"trained", "rules"}
    assert all(set(each) == set(NAMES) for each in reader_weights().values())
    assert reader_weights()["rules"]["rules"] == 0  # its own margin already


def test_what_is_farther_behind_counts_less_with_every_reader() -> None:
    assert discount(0) == 0
    assert 0 < discount(1) < discount(3)
    question, given = read_question("Which river is it?", "en"), Given(text="The Vara flows.", language="en")
    near, far = (values(question, given, [SPAN], less=less, reader=Pointing()) for less in (0.0, 2.0))
    assert near[0] - far[0] == pytest.approx(discount(2.0))


def test_the_command_that_fits_them_writes_them_with_the_threshold_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "data" / weighing.FILE
    made.parent.mkdir()
    made.write_text('{"trained": {"margin": 9.0}, "rules": {"margin": 1.0}}')
    monkeypatch.setattr(weighing, "__file__", str(tmp_path / "weighing.py"))
    ask_weights.written("trained", np.array([1.0, -0.5, 0.25, 0.5], np.float32), -3.5)
    told = made.read_text()
    assert '"bias": 4.0' in told
    assert '"rules": {\n  "margin": 1.0' in told
