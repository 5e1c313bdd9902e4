"""The reader that comes with the program: it reads English, marks what answers, says when nothing does, and its card
tells the truth about its file."""

from __future__ import annotations

import hashlib
import re

import pytest

pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")

from galactica.ask.contract import Given
from galactica.ask.trained import SHIPPED, open_reader
from galactica.collection.asking import reader_for

PASSAGE = (
    "The Vara rises in the hills of Aldova and is 214 kilometres long. Its first stone bridge was built in 1823 by the "
    "engineer Maria Holt, after a flood had carried away the wooden one. In 1901 the bridge was closed to carts."
)


@pytest.fixture(scope="module")
def reader():
    return open_reader()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who built the first stone bridge of the Vara?", "Maria Holt"),
        ("When was the first stone bridge built?", "1823"),
        ("How long is the Vara?", "214 kilometres"),
        ("What carried away the wooden bridge?", "flood"),
        ("When was the bridge closed to carts?", "1901"),
    ],
)
def test_it_marks_what_answers(reader, question: str, answer: str) -> None:
    first, *_ = reader.read(question, [Given(text=PASSAGE, title="Vara", language="en")], most=1)
    assert answer in first.text
    assert len(first.text) < 40
    assert PASSAGE[first.start : first.end] == first.text
    assert first.margin > reader.threshold


@pytest.mark.parametrize(
    "question", ["Who wrote the opera Tosca?", "What is the boiling point of iron?", "How many moons does Saturn have?"]
)
def test_it_knows_that_a_passage_about_something_else_does_not_answer(reader, question: str) -> None:
    found = reader.read(question, [Given(text=PASSAGE, title="Vara", language="en")], most=1)
    assert all(span.margin < reader.threshold for span in found)


def test_who_asks_gets_it() -> None:
    assert reader_for("auto").name == "trained"


def test_its_file_is_small_and_its_card_is_about_it() -> None:
    held = SHIPPED.read_bytes()
    card = SHIPPED.with_suffix(".md").read_text(encoding="utf-8")
    assert len(held) <= 30_000_000
    assert hashlib.sha256(held).hexdigest() in card
    assert f"{len(held):,} bytes" in card
    for part in ("galactica train reader", "train-v1.1.partial.json", "dev-v2.0.A.json", "CC BY-SA 4.0", "set aside"):
        assert part in re.sub(r"\s+", " ", card)
