"""galactica train encoder, with a made-up library that learns nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.progress import Report
from galactica.train.ranking import TaughtRanker
from galactica.train.student.plan import StudentPlan
from galactica.train.table import Plan
from galactica.train.training import Trained

from .conftest import Made, call
from .test_json import check

TRAINED = Trained(
    path=Path("mine.safetensors"),
    card=Path("mine.md"),
    bytes=23_992_893,
    digest="ab" * 32,
    words=101_825,
    dimensions=448,
    passages=480_000,
    questions=4_370,
    held_out=("Warsaw", "Normans\x1b[2J"),
    looks=((100, 0.5, 0.75, 1.0),),
    seconds=12.345,
)


@pytest.fixture
def given(made: Made) -> list[dict[str, object]]:
    """What the library was told, each time."""
    calls: list[dict[str, object]] = []

    def train_encoder(out: Path, editions: object, *, report: Report, tell: object, **options: object) -> Trained:
        calls.append({"out": out, "editions": editions, **options})
        report("train", 100, 200, "steps")
        tell("100 steps: recall@1 0.500")  # type: ignore[operator]
        return TRAINED

    made.module.train_encoder = train_encoder  # type: ignore[attr-defined]
    return calls


def test_what_was_said_is_passed_on(given: list[dict[str, object]], edition: str) -> None:
    words = "train encoder -o a.safetensors --questions q.json --questions r.json --hold-out h.json --validate v.json"
    said = call(
        *words.split(), "-e", edition, "--teacher", "none", "--steps", "9", "--dimensions", "64", "--batch", "8"
    )
    assert said.code == 0
    assert given == [
        {
            "out": Path("a.safetensors"),
            "editions": (Path(edition),),
            "questions": (Path("q.json"), Path("r.json")),
            "hold_out": (Path("h.json"),),
            "validate": Path("v.json"),
            "view": None,
            "teacher": "",
            "plan": Plan(steps=9, dimensions=64, batch=8),
        }
    ]


def test_what_was_not_said_is_as_the_library_has_it(given: list[dict[str, object]], edition: str) -> None:
    call("train", "encoder", "--out", "a.safetensors", "-e", edition)
    assert given[0]["plan"] == Plan()
    assert given[0]["teacher"] == "minilm"


def test_it_says_what_was_made_and_what_to_do_with_it(given: list[dict[str, object]], edition: str) -> None:
    said = call("train", "encoder", "--out", "a.safetensors", "-e", edition)
    assert "101,825 words in 448 dimensions, 24 MB" in said.out
    assert "480,000 passages and 4,370 questions; 2 articles were held out" in said.out
    assert "galactica encoder use mine.safetensors" in said.out
    assert "recall@1 0.500" in said.err
    assert "train" in said.err
    quiet = call("train", "encoder", "--out", "a.safetensors", "-e", edition, "--quiet")
    assert quiet.err == ""


def test_its_document_has_everything(given: list[dict[str, object]], edition: str) -> None:
    said = call("train", "encoder", "--out", "a.safetensors", "-e", edition, "--json")
    check("trained", said.json)
    assert said.json["held_out"] == list(TRAINED.held_out)
    assert said.json["looks"] == [{"steps": 100, "recall@1": 0.5, "recall@5": 0.75, "recall@20": 1.0}]
    assert "\x1b" not in said.out


def test_the_student_of_e5_may_have_questions_alone(made: Made) -> None:
    calls: list[dict[str, object]] = []

    def train_student(out: Path, editions: object, *, report: Report, tell: object, **options: object) -> Trained:
        calls.append({"editions": editions, **options})
        return TRAINED

    made.module.train_student = train_student  # type: ignore[attr-defined]
    words = "train encoder -o a.safetensors --teacher e5 --questions q.json --taught kept --texts 90 --asked 80"
    assert call(*words.split(), "--steps", "7").code == 0
    assert calls[0]["editions"] == ()
    assert calls[0]["taught"] == Path("kept")
    assert calls[0]["plan"] == StudentPlan(steps=7, texts=90, asked=80)


def test_ctrl_c_says_that_the_same_command_goes_on(made: Made, edition: str) -> None:
    def stopped(out: Path, editions: object, **options: object) -> Trained:
        raise KeyboardInterrupt

    made.module.train_encoder = stopped  # type: ignore[attr-defined]
    said = call("train", "encoder", "--out", "a.safetensors", "-e", edition)
    assert said.code == 130
    assert "goes on" in said.err
    assert "a.safetensors.training" in said.err


def test_a_file_must_be_named(given: list[dict[str, object]], edition: str) -> None:
    assert call("train", "encoder", "-e", edition).code == 2
    assert given == []


def test_a_ranker_is_learned_and_said(made: Made, edition: str) -> None:
    asked: dict[str, object] = {}

    def train_ranker(out: Path, questions: object, editions: object, **options: object) -> TaughtRanker:
        asked.update(options)
        return TaughtRanker(path=out, questions=12, words=0.5, fusion=0.6, ranker=0.7)

    made.module.train_ranker = train_ranker  # type: ignore[attr-defined]
    words = ("train", "ranker", "q.json", "--out", "r.json", "--encoder", "e.safetensors", "-e", edition)
    assert "70.0% by all features" in call(*words).out
    check("ranker", call(*words, "--most", "50", "--json").json)
    assert (asked["most"], asked["encoder"]) == (50, "e.safetensors")
