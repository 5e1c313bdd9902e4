"""How answers about tables are judged, and that its questions are of its tables."""

from __future__ import annotations

import json

import pytest
from benchmarks.ask_tables import FOLDER, judged, labels, read

from galactica.model import Answer, Verdict

LABELS = ["Name", "Awa Ndiaye", "Modou Fall", "Thiès"]


def said(text: str, verdict: Verdict = Verdict.ANSWERED) -> Answer:
    return Answer(question="", verdict=verdict, text=text, confidence=1.0)


@pytest.mark.parametrize(
    ("text", "answers", "how"),
    [
        ("Awa Ndiaye, Modou Fall", ["Awa Ndiaye", "Modou Fall"], "right"),
        ("Awa Ndiaye", ["Awa Ndiaye", "Modou Fall"], "wrong"),
        ("Awa Ndiaye, Modou Fall", ["Awa Ndiaye"], "wrong"),
        ("12", ["2"], "wrong"),
        ("2", None, "wrong"),
    ],
)
def test_all_that_has_to_be_said_and_nothing_else_is_right(text, answers, how):
    assert judged(said(text), answers, LABELS) == how


def test_what_is_not_found_is_withheld_or_right():
    assert judged(said("", Verdict.NOT_FOUND), ["2"], LABELS) == "withheld"
    assert judged(said("", Verdict.NOT_FOUND), None, LABELS) == "right"


def test_each_question_is_of_a_table_that_is_there():
    lines = [json.loads(line) for line in (FOLDER / "tables.jsonl").read_text("utf-8").splitlines()]
    assert {line["part"] for line in lines} == {"develop", "held"}
    for name in {line["table"] for line in lines}:
        assert len({len(row) for row in read(name)}) == 1
        assert len(labels(name)) > 3
