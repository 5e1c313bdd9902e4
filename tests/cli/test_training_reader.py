"""galactica train reader, with a made-up library that learns nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.progress import Report
from galactica.train.reader_threshold import ThresholdReport
from galactica.train.reader_training import TrainedReaderFile
from galactica.train.reading.lesson import ReaderPlan

from .conftest import Made, call
from .test_json import check

TRAINED = TrainedReaderFile(
    path=Path("mine.onnx"),
    card=Path("mine.md"),
    bytes=23_791_996,
    digest="ab" * 32,
    real=3_875,
    made=7_000,
    held_out=("Warsaw", "Normans\x1b[2J"),
    aside=("Montana",),
    settled=ThresholdReport(
        f1=0.7123,
        exact=0.58,
        threshold=-0.25,
        temperature=3.1,
        kept_f1=0.6723,
        abstained=0.5,
        questions=150,
        unanswerable=140,
    ),
    seconds=12.345,
)


@pytest.fixture
def given(made: Made) -> list[dict[str, object]]:
    """What the library was told, each time."""
    calls: list[dict[str, object]] = []

    def train_reader(out: Path, editions: object, *, report: Report, tell: object, **options: object) -> object:
        calls.append({"out": out, "editions": editions, **options})
        report("train", 100, 200, "steps")
        tell("100 of 200 steps: loss 2.0")  # type: ignore[operator]
        return TRAINED

    made.module.train_reader = train_reader  # type: ignore[attr-defined]
    return calls


def test_what_was_said_is_passed_on(given: list[dict[str, object]], edition: str) -> None:
    words = "train reader -o a.onnx --questions q.json --questions r.json --hold-out h.json --aside Oslo --begin s.pt"
    said = call(
        *words.split(), "-e", edition, *"--state t.pt --made 9 --mined 8 --epochs 7 --layers 5 --share .5".split()
    )
    assert said.code == 0
    assert given == [
        {
            "out": Path("a.onnx"),
            "editions": (Path(edition),),
            "questions": (Path("q.json"), Path("r.json")),
            "hold_out": (Path("h.json"),),
            "aside": ("Oslo",),
            "begin": Path("s.pt"),
            "view": None,
            "state": Path("t.pt"),
            "plan": ReaderPlan(made=9, mined=8, epochs=7, layers=5, share=0.5),
        }
    ]


def test_what_was_not_said_is_as_the_plan_has_it(given: list[dict[str, object]], edition: str) -> None:
    call("train", "reader", "--out", "a.onnx", "--questions", "q.json", "-e", edition)
    assert given[0]["plan"] == ReaderPlan()


def test_it_says_what_was_made_and_how_to_use_it(given: list[dict[str, object]], edition: str) -> None:
    said = call("train", "reader", "--out", "a.onnx", "--questions", "q.json", "-e", edition)
    assert "3,875 questions and 7,000 made lessons" in said.out
    assert "F1 71.2%" in said.out
    assert "GALACTICA_READER=mine.onnx" in said.out
    assert "loss 2.0" in said.err
    assert call("train", "reader", "--out", "a.onnx", "--questions", "q.json", "-e", edition, "--quiet").err == ""


def test_its_document_has_everything(given: list[dict[str, object]], edition: str) -> None:
    said = call("train", "reader", "--out", "a.onnx", "--questions", "q.json", "-e", edition, "--json")
    check("reader", said.json)
    assert said.json["aside"] == ["Montana"]
    assert "\x1b" not in said.out


def test_ctrl_c_says_that_the_same_command_goes_on(made: Made, edition: str) -> None:
    def stopped(out: Path, editions: object, **options: object) -> object:
        raise KeyboardInterrupt

    made.module.train_reader = stopped  # type: ignore[attr-defined]
    said = call("train", "reader", "--out", "a.onnx", "--questions", "q.json", "-e", edition)
    assert said.code == 130
    assert "goes on" in said.err
    assert "a.onnx.training" in said.err


def test_questions_must_be_named(given: list[dict[str, object]], edition: str) -> None:
    assert call("train", "reader", "--out", "a.onnx", "-e", edition).code == 2
    assert given == []
