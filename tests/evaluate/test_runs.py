"""A saved run is read again as it was, and what is none is said to be none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from galactica.errors import InputError, UsageError
from galactica.evaluate.report import AskedFile, EvaluationSettings, Outcome, Run, evaluated
from galactica.evaluate.runs import evaluation_document, read_run, save_run

FILE = AskedFile(name="x.json", format="squad", language="zh", questions=2, left_out=(("unanswerable", 3),))
RUN = Run(
    settings=EvaluationSettings(
        by="hybrid", limit=100, editions=("ab" * 32,), files=(FILE,), qrels="q", sample=5, seed=7
    ),
    measures=("recall@1", "mrr@100"),
    outcomes=(
        Outcome(id="a", language="zh", text="谁?", rule="answer", rank=2, milliseconds=1.25, values=(0.0, 0.5)),
        Outcome(id="b", language="en", text="?", rule="answer", rank=0, milliseconds=2.5, values=(0.0, 0.0)),
    ),
    asked=5,
)


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    save_run(evaluated(RUN), tmp_path / "run.json")
    assert read_run(tmp_path / "run.json") == RUN
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]


def test_the_document_says_that_the_run_was_stopped() -> None:
    found = evaluation_document(evaluated(RUN, RUN))
    assert (found["stopped"], found["asked"]) == (True, 5)
    assert [outcome["rank"] for outcome in found["outcomes"]] == [2, None]
    assert found["comparison"]["questions"] == 2


def test_an_earlier_run_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("dear")
    with pytest.raises(UsageError, match="exists already"):
        save_run(evaluated(RUN), tmp_path / "run.json")
    assert (tmp_path / "run.json").read_text() == "dear"
    with pytest.raises(UsageError, match="no folder"):
        save_run(evaluated(RUN), tmp_path / "none" / "run.json")


def test_what_is_no_saved_run_is_said(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    for text in ("", "{", "[]", "{}", '{"format": "galactica evaluation", "version": 2}'):
        path.write_text(text)
        with pytest.raises(InputError):
            read_run(path)


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (("measures",), 3),
        (("measures",), ["recall@1"]),
        (("outcomes",), {"a": 1}),
        (("outcomes", 0), []),
        (("outcomes", 0, "id"), 7),
        (("outcomes", 0, "values"), [0.5, 1.5]),
        (("outcomes", 0, "values"), [0.5, float("nan")]),
        (("outcomes", 0, "rank"), "two"),
        (("settings",), None),
        (("settings", "files"), [3]),
        (("settings", "limit"), float("inf")),
        (("asked",), None),
    ],
)
def test_a_damaged_run_is_said_to_be_damaged(tmp_path: Path, keys: tuple[str | int, ...], value: object) -> None:
    damaged = json.loads(json.dumps(evaluation_document(evaluated(RUN))))
    place = damaged
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = value
    path = tmp_path / "run.json"
    path.write_text(json.dumps(damaged))
    with pytest.raises(InputError, match="damaged") as raised:
        read_run(path)
    assert "--save" in raised.value.remedy
