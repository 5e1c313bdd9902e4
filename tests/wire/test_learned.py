"""What training made, and what reads and finds here, fits its schema and says what is so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from galactica.library import EncoderInfo, Model, TaughtRanker, Trained, TrainedReaderFile, Tried
from galactica.train.reader_threshold import ThresholdReport
from galactica.wire.learned import (
    encoder_document,
    encoders_document,
    model_document,
    ranker_document,
    reader_document,
)
from galactica.wire.objects import JsonObject, plain
from galactica.wire.published import published

FILE: dict[str, Any] = {
    "path": Path("out/own.bin"),
    "card": Path("out/own.md"),
    "bytes": 77,
    "digest": "c0" * 32,
    "held_out": ("Ebro", "Tagus"),
}


def written(name: str, document: JsonObject) -> dict[str, Any]:
    found = plain(document)
    Draft202012Validator(published()[name]).validate(found)
    return found


def test_an_encoder_tells_what_each_look_at_the_validation_questions_said():
    looks = ((100, 0.25, 0.5, 0.75), (200, 0.5, 0.75, 1.0))
    trained = Trained(**FILE, words=9, dimensions=64, passages=5, questions=4, looks=looks, seconds=1.26)
    found = written("trained", encoder_document(trained))
    assert found["looks"][1] == {"steps": 200, "recall@1": 0.5, "recall@5": 0.75, "recall@20": 1.0}
    assert (found["path"], found["card"], found["seconds"]) == (str(FILE["path"]), str(FILE["card"]), 1.3)
    assert found["held_out"] == ["Ebro", "Tagus"]


def test_a_reader_tells_what_the_questions_set_aside_said():
    settled = ThresholdReport(
        f1=0.123456,
        exact=0.1,
        threshold=-1.5,
        temperature=1.0,
        kept_f1=0.2,
        abstained=0.9,
        questions=3,
        unanswerable=2,
    )
    trained = TrainedReaderFile(**FILE, real=6, made=8, aside=("Douro",), settled=settled, seconds=0.04)
    found = written("reader", reader_document(trained))
    assert (found["f1"], found["threshold"], found["seconds"]) == (0.1235, -1.5, 0.0)
    assert (found["questions"], found["made"], found["aside"]) == (6, 8, ["Douro"])


def test_a_ranker_tells_how_often_the_right_passage_comes_first():
    taught = TaughtRanker(path=Path("w.json"), questions=12, words=0.5, fusion=0.6, ranker=0.7)
    found = written("ranker", ranker_document(taught))
    assert found == {"path": "w.json", "questions": 12, "first": {"words": 0.5, "fusion": 0.6, "ranker": 0.7}}


def test_encoders_are_listed_with_the_one_in_use():
    listed = (
        EncoderInfo(name="static", about="quick", installed=True, in_use=False, dimensions=64, digest="ab" * 32),
        EncoderInfo(name="own", about="a file", installed=False, in_use=True, problem="It is gone. Fetch it."),
    )
    found = written("encoder", encoders_document(listed))
    assert found["in_use"] == "own"
    assert [(each["name"], each["digest"], each["problem"]) for each in found["encoders"]] == [
        ("static", "ab" * 32, ""),
        ("own", "", "It is gone. Fetch it."),
    ]


def test_a_model_is_told_without_its_key_and_none_is_null():
    model = Model(url="http://127.0.0.1:9/v1", name="small", key_from="MY_KEY")
    found = written(
        "model", model_document(model, Tried(problem="", sentences=("It rises.",), refused=1, seconds=0.12345))
    )
    assert found["model"] == {
        "url": "http://127.0.0.1:9/v1",
        "name": "small",
        "local": True,
        "key_from": "MY_KEY",
        "seconds": 30.0,
        "tokens": 512,
    }
    assert found["tried"] == {"problem": "", "sentences": ["It rises."], "refused": 1, "seconds": 0.123}
    assert written("model", model_document(None)) == {"model": None, "tried": None}
