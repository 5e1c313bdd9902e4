"""The trained reader: what it marks stands in the text, whatever the text and whatever else is read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")

from galactica.ask.contract import AnswerSpan, Given
from galactica.ask.trained import TrainedReader, open_reader
from galactica.encode.allowance import PATIENCE
from galactica.encode.cross import CrossEncoder
from galactica.errors import EditionError, MissingError
from galactica.train.reading.writing import write_network

from ..train.reading.small import PIECES, SCORES, network

ABOUT = {"threshold": "0.25", "temperature": "2.0", "longest": "64", "question": "16", "title": "8"}
TEXTS = [
    "The river was built in 1901 by amber.",
    "Naïve café-goers of Zürich painted the harbour (in 1902)!",
    "\x00null\x00 and \ud800 lone surrogates \udfff of birch 1903",
    "İstanbul ﬁnds 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 and e\u0301 accents, 中文 too",
    "a town " * 300,
    "cedar",
]
QUESTION = "When was the river built?"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reader") / "small.safetensors"
    write_network(network(), path, pieces=PIECES, scores=SCORES, about=ABOUT, largest={})
    return path


@pytest.fixture(scope="module")
def reader(file: Path) -> TrainedReader:
    return open_reader(file)


class Clock:
    """A clock by which each window takes so much work, and so many times as long to wait for."""

    def __init__(self, work: float, waiting: float = 1.0) -> None:
        self._work, self._waiting = work, waiting
        self._asked = 0

    def thread_time(self) -> float:
        self._asked += 1  # before a window and behind it
        return self._asked // 2 * self._work

    def monotonic(self) -> float:
        return self._asked // 2 * self._work * self._waiting


def given(*texts: str) -> list[Given]:
    return [Given(text=text, title="Zürich", language="en") for text in texts]


def test_what_is_marked_is_a_stretch_of_the_passage_character_for_character(reader: TrainedReader) -> None:
    spans = reader.read(QUESTION, given(*TEXTS))
    assert {span.passage for span in spans} == set(range(len(TEXTS)))
    for span in spans:
        assert 0 <= span.start < span.end <= len(TEXTS[span.passage])
        assert span.text == TEXTS[span.passage][span.start : span.end]
        assert 0 < span.score < 1
    assert [span.score for span in spans] == sorted((span.score for span in spans), reverse=True)
    assert sum(span.score for span in spans) < 1


def test_stretches_of_one_passage_have_nothing_in_common_and_are_no_more_than_asked_for(reader: TrainedReader) -> None:
    for most in (1, 2, 5):
        spans = reader.read(QUESTION, given(*TEXTS), most=most)
        for number in range(len(TEXTS)):
            mine = sorted((span.start, span.end) for span in spans if span.passage == number)
            assert 1 <= len(mine) <= most
            assert all(a[1] <= b[0] for a, b in pairwise(mine))
    assert reader.read(QUESTION, given(*TEXTS), most=0) == []


def test_the_order_of_passages_and_what_else_is_read_change_nothing(reader: TrainedReader) -> None:
    together = reader.read(QUESTION, given(*TEXTS))
    turned = reader.read(QUESTION, given(*reversed(TEXTS)))

    def told(spans: Sequence[AnswerSpan], texts: list[str]) -> list[tuple[str, int, int, float, float]]:
        return [(texts[s.passage], s.start, s.end, s.score, s.margin) for s in spans]

    assert told(together, TEXTS) == told(turned, TEXTS[::-1])
    for number, text in enumerate(TEXTS):
        alone = reader.read(QUESTION, given(text))
        mine = [span for span in together if span.passage == number]
        assert [(s.start, s.end, s.margin) for s in alone] == [(s.start, s.end, s.margin) for s in mine]


def test_more_than_the_first_window_of_a_long_passage_is_read(reader: TrainedReader) -> None:
    text = "a town " * 60 + "birch"
    assert max(span.end for span in reader.read(QUESTION, given(text), most=400)) > len(text) // 2


@pytest.mark.parametrize("question", ["", "   "])
def test_what_is_no_question_is_not_answered(reader: TrainedReader, question: str) -> None:
    assert reader.read(question, given(*TEXTS)) == []


@pytest.mark.parametrize("question", ["?!", "\x00", "\ud800", "华沙在哪里？", "Где река?", "1901", "ما هي العاصمة؟"])
def test_a_question_in_any_letters_is_read(reader: TrainedReader, question: str) -> None:
    assert reader.read(question, given(*TEXTS))


def test_nothing_raises(reader: TrainedReader) -> None:
    for text in ("", " ", "\x00", "\ud800", "?" * 9999, "x" * 200_000, "\n\n\n"):
        reader.read("who " + text, given(text, "amber"))
    assert reader.read(QUESTION, []) == []


def test_it_has_a_name_and_a_threshold_and_ranks(reader: TrainedReader) -> None:
    assert (reader.name, reader.threshold, reader.ranks) == ("trained", 0.25, True)


def test_what_was_ranked_is_gone_on_from_and_gives_the_same(
    reader: TrainedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = reader.read(QUESTION, given(*TEXTS))
    ranked = reader.rank(QUESTION, given(*TEXTS), seconds=math.inf)
    assert ranked == given(*TEXTS)
    assert all(each.begun is not None and math.isfinite(each.begun.relevant) for each in ranked)
    assert reader.read(QUESTION, [*ranked[:2], *given(*TEXTS[2:])]) == plain
    monkeypatch.setattr(CrossEncoder, "_halfway", None)  # nothing is computed twice
    assert reader.read(QUESTION, ranked) == plain


def test_what_was_read_to_its_end_is_not_read_again_and_gives_the_same(
    reader: TrainedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = reader.read(QUESTION, given(*TEXTS))
    ranked = reader.rank(QUESTION, given(*TEXTS), seconds=math.inf, through=(1, 0, 99))
    assert [each.begun is not None and each.begun.answers is not None for each in ranked] == [
        number < 2 for number in range(len(TEXTS))
    ]
    assert reader.read(QUESTION, ranked) == plain
    two = reader.read(QUESTION, given(*TEXTS[:2]))
    monkeypatch.setattr(CrossEncoder, "_judge", None)  # nothing is computed twice
    assert reader.read(QUESTION, ranked[:2]) == two


def test_what_was_begun_for_another_question_or_by_another_network_is_read_anew(
    file: Path, reader: TrainedReader
) -> None:
    other = open_reader(file)
    for begun in (other.rank(QUESTION, given(*TEXTS), seconds=math.inf), reader.rank("who?", given(*TEXTS), seconds=9)):
        assert reader.read(QUESTION, begun) == reader.read(QUESTION, given(*TEXTS))


def test_as_many_are_ranked_as_there_is_time_for_in_their_order(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = open_reader(file, threads=1)
    some = given("amber", "birch", "cedar 1901", "delta")  # of one window each
    every = [each.begun for each in alone.rank(QUESTION, some, seconds=math.inf)]
    assert len(every) == len(some)
    for count in range(1, len(some) + 1):
        for clock in (Clock(1.0), Clock(1.0, PATIENCE), Clock(0.125, 8 * PATIENCE)):  # by work, by both, by the clock
            monkeypatch.setattr("galactica.encode.allowance.time", clock)
            assert [each.begun for each in alone.rank(QUESTION, some, seconds=float(count))] == every[:count]


def test_who_waits_for_a_busy_machine_gets_as_much_as_from_a_quiet_one(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = open_reader(file, threads=1)
    some = given("amber", "birch", "cedar 1901", "delta")
    found = []
    for waiting in (1.0, 3.0):
        monkeypatch.setattr("galactica.encode.allowance.time", Clock(0.2, waiting))
        found.append([each.begun for each in alone.rank(QUESTION, some, seconds=0.5)])
    assert found[0] == found[1]
    assert 0 < len(found[0]) < len(some)


@pytest.mark.parametrize("seconds", [0.0, -1.0])
def test_without_time_nothing_is_ranked(reader: TrainedReader, seconds: float) -> None:
    assert reader.rank(QUESTION, given(*TEXTS), seconds=seconds) == []


def test_ranking_raises_for_nothing(reader: TrainedReader) -> None:
    for text in ("", " ", "\x00", "\ud800", "?" * 9999, "\n\n\n"):
        found = reader.rank("who " + text, given(text, "amber"), seconds=math.inf)
        assert len(found) == 2
        reader.read("who " + text, found)
    assert reader.rank(QUESTION, [], seconds=math.inf) == []
    assert reader.rank("", given("amber"), seconds=math.inf) == []


def test_several_threads_get_the_same(reader: TrainedReader) -> None:
    alone = reader.read(QUESTION, given(*TEXTS))
    with ThreadPoolExecutor(4) as pool:
        assert all(found == alone for found in pool.map(lambda _: reader.read(QUESTION, given(*TEXTS)), range(8)))


def test_one_thread_gives_what_two_give(file: Path, reader: TrainedReader) -> None:
    assert open_reader(file, threads=1).read(QUESTION, given(*TEXTS)) == reader.read(QUESTION, given(*TEXTS))


def test_the_environment_names_another_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GALACTICA_READER", str(file))
    assert open_reader().threshold == 0.25


def test_a_missing_file_or_package_is_told(tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MissingError, match="no reader"):
        open_reader(tmp_path / "none.safetensors")
    for name in ("onnxruntime", "tokenizers"):
        with monkeypatch.context() as without:
            without.setitem(__import__("sys").modules, name, None)
            with pytest.raises(MissingError, match=name):
                open_reader(file)


def test_a_file_that_is_no_reader_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.safetensors").write_bytes(b"not a network")
    with pytest.raises(EditionError, match="cannot be read as a reader"):
        open_reader(tmp_path / "bad.safetensors")


@pytest.mark.parametrize(("name", "value"), [("threshold", "high"), ("temperature", "0"), ("longest", "9")])
def test_a_file_with_impossible_settings_is_told(tmp_path: Path, name: str, value: str) -> None:
    path = tmp_path / "odd.safetensors"
    write_network(network(), path, pieces=PIECES, scores=SCORES, about={**ABOUT, name: value}, largest={})
    with pytest.raises(EditionError):
        open_reader(path)
