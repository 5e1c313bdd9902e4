"""What is fitted to where answers stand: what right ones have counts, and of each question one answer is told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from benchmarks.ask_cases import EVERYDAY, ORDINARY, PLAIN, contains
from benchmarks.ask_standing import fit

from galactica.ask.standing import NAMES, standing_weights

BUILT = EVERYDAY.with_name("built.jsonl")


def row(number: int, right: bool, **more: float) -> Mapping[str, object]:
    told = dict.fromkeys(NAMES, 0.0) | {"bias": 1.0} | more
    return {
        "of": "made",
        "id": f"{number:08x}",
        "shape": "who",
        "right": right,
        "signals": [told[name] for name in NAMES],
    }


def test_what_right_answers_have_counts_for_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = tmp_path / "standing.json"
    monkeypatch.setattr("benchmarks.ask_standing.PLACE", written)
    rows = [row(n, n % 3 != 0, named=float(n % 3 != 0 or n % 9 == 0), logit=0.5) for n in range(90)]
    fit(rows, write=True)
    own = json.loads(written.read_text(encoding="utf-8"))["trained"]
    assert set(own) == set(NAMES)
    assert own["named"] > 1 > abs(own["worded"])
    said = capsys.readouterr().out
    assert "90 answers to 90 questions, 66.7% right" in said
    assert "from 0.6:   70 said,   60 right (85.7%)" in said


def test_of_several_answers_to_a_question_the_likeliest_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [row(n, right, named=float(right)) for n in range(60) for right in (True, False)]
    fit(rows, write=False)
    assert "60 of 60 likeliest answers are right" in capsys.readouterr().out.partition("with where it stands")[2]


def test_the_weights_that_ship_are_fitted_to_the_list_that_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    file = Path(__file__).parents[2] / "docs" / "evaluation" / "standing.jsonl"
    fit([json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()], write=False)
    told = capsys.readouterr().out
    for name, value in standing_weights()["trained"].items():
        assert f"'{name}': {value}" in told


def test_the_questions_that_were_written_for_this_are_others() -> None:
    built = [json.loads(line) for line in BUILT.read_text(encoding="utf-8").splitlines()]
    asked = {line["question"] for line in built}
    assert len(asked) == len(built)
    for path in (EVERYDAY, ORDINARY, PLAIN):
        assert asked.isdisjoint(json.loads(line)["question"] for line in path.read_text(encoding="utf-8").splitlines())
    for line in built:
        assert (line["answers"] is None) == (not line["article"]) == (line["shape"] == "null")
        assert all(contains(each, [each]) for each in line["answers"] or ())
