"""The reader that comes with the program: it reads many languages, marks what answers, says when nothing does and which
passage is one for a question, and its card tells the truth about its file."""

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
    assert first.margin > 0  # likelier than that nothing answers; the threshold is for questions that trick


OTHERS = {
    "zh": (
        "瓦拉河发源于阿尔多瓦山区，全长214公里。1823年，工程师周明远修建了河上第一座石桥，此前的木桥被洪水冲走。",
        {"谁修建了第一座石桥？": "周明远", "瓦拉河有多长？": "214公里"},
    ),
    "de": (
        "Die Vara entspringt in den Bergen von Aldova und ist 214 Kilometer lang. Ihre erste Steinbrücke baute 1823 "
        "die Ingenieurin Maria Holt, nachdem ein Hochwasser die hölzerne fortgerissen hatte.",
        {"Wer baute die erste Steinbrücke?": "Maria Holt", "Wie lang ist die Vara?": "214 Kilometer"},
    ),
    "ru": (
        "Река Вара берёт начало в горах Альдовы, её длина 214 километров. Первый каменный мост построила в 1823 году "
        "инженер Мария Хольт.",
        {"Кто построил первый каменный мост?": "Мария Хольт", "第一座石桥是哪一年建成的？": "1823"},
    ),
    "ar": (
        "ينبع نهر فارا من جبال ألدوفا ويبلغ طوله 214 كيلومترا. بنت المهندسة ماريا هولت أول جسر حجري عليه عام 1823.",
        {"من بنى أول جسر حجري؟": "ماريا هولت", "كم يبلغ طول نهر فارا؟": "214"},
    ),
}
"""Language → a passage, and questions with what answers them; some in another language."""


@pytest.mark.parametrize(
    ("language", "question"), [(language, question) for language, (_, asked) in OTHERS.items() for question in asked]
)
def test_it_marks_what_answers_in_other_languages_and_across_them(reader, language: str, question: str) -> None:
    passage, asked = OTHERS[language]
    first, *_ = reader.read(question, [Given(text=passage, language=language)], most=1)
    assert asked[question] in first.text


def test_it_tells_which_passage_is_one_for_a_question_in_whatever_language(reader) -> None:
    passages = [
        Given(text="The market of Ulmen is held on Fridays. Salt and wool are sold there."),
        Given(text=PASSAGE, title="Vara"),
        Given(text="Maria Holt was born in 1790 and learned her trade from her father."),
    ]
    ranked = reader.rank("Who built the first stone bridge of the Vara?", passages, seconds=1e9)
    assert max(ranked, key=lambda each: each.begun.relevant).title == "Vara"
    foreign = reader.rank("瓦拉河上的第一座石桥是谁建的？", passages, seconds=1e9, through=range(3))
    assert max(foreign, key=lambda each: each.begun.answers).title == "Vara"


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
    assert len(held) <= 47_000_000
    assert hashlib.sha256(held).hexdigest() in card
    assert f"{len(held):,} bytes" in card
    for part in ("galactica train reader", "train-v1.1.partial.json", "dev-v2.0.A.json", "CC BY-SA", "set aside"):
        assert part in re.sub(r"\s+", " ", card)
