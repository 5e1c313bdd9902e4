"""Learning to mark answers: batches, going on from a state, and the file that comes of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("tokenizers")

from galactica.encode.pieces import Tokenizer
from galactica.progress import silent
from galactica.train.reading import learning, writing
from galactica.train.reading.features import batches, examples
from galactica.train.reading.lesson import Lesson, ReaderPlan
from galactica.train.reading.network import Network, largest

from .small import VOCABULARY, weights

PLAN = ReaderPlan(layers=1, frozen=0, rate=3e-3, tokens=256, longest=64)
NAMES, YEARS = ("amber", "birch", "cedar", "delta"), ("1901", "1902", "1903", "1904", "1905")


def taught() -> list[Lesson]:
    found = []
    for name in NAMES:
        for year in YEARS:
            text = f"The town was built in {year} by {name}."
            for question, answer in (("when was it built?", year), ("who built the town?", name)):
                start = text.index(answer)
                found.append(Lesson(question=question, passage=text, answers=((start, start + len(answer)),)))
            found.append(Lesson(question="how many boats?", passage=text, answers=()))
    return found


@pytest.fixture
def pieces() -> Tokenizer:
    return Tokenizer(VOCABULARY)


def test_a_lesson_in_numbers_has_its_answer_among_the_pieces_of_the_passage(pieces: Tokenizer) -> None:
    text = "The café of Zurich was built in 1901."
    lesson = Lesson(question="when?", title="Zurich", passage=text, answers=((32, 36),))
    (found,) = examples([lesson], pieces, 64, 0)
    ((first, last),) = found.answers
    assert [VOCABULARY[each] for each in found.ids[first : last + 1]] == ["1901"]
    assert found.first <= first <= last < found.first + found.count
    assert found.kinds[found.first - 1] == 1
    assert examples([Lesson(question="x", passage=text, answers=())], pieces, 64, 0)[0].answers == ((0, 0),)


def test_the_stretch_of_a_long_passage_holds_the_answer(pieces: Tokenizer) -> None:
    text = "the river " * 200 + "amber " + "a town " * 200
    start = text.index("amber")
    lesson = Lesson(question="who", passage=text, answers=((start, start + 5),))
    for seed in range(20):
        (found,) = examples([lesson], pieces, 64, seed)
        ((first, last),) = found.answers
        assert len(found.ids) <= 64
        assert VOCABULARY[found.ids[first]] == "amber"
        assert first == last


def test_every_example_is_in_one_batch_and_no_batch_is_too_large(pieces: Tokenizer) -> None:
    found = examples(taught(), pieces, 64, 0)
    order = batches(found, 100, 3)
    assert sorted(each for batch in order for each in batch) == list(range(len(found)))
    assert all(len(b) == 1 or len(b) * max(len(found[n].ids) for n in b) <= 100 for b in order)
    assert order == batches(found, 100, 3) != batches(found, 100, 4)


def learned(state: Path, rounds: int, pieces: Tokenizer, mark: str = "m") -> tuple[Network, list[str]]:
    import torch

    torch.manual_seed(0)
    network = Network(weights(), 1)
    found = examples(taught(), pieces, 64, 0)
    said: list[str] = []
    phases = [list(range(len(found)))] * rounds
    learning.train(network, phases, found, PLAN, state=state, mark=mark, report=silent, tell=said.append)
    return network, said


def test_it_learns_and_goes_on_from_its_state_as_if_it_had_not_stopped(tmp_path: Path, pieces: Tokenizer) -> None:
    whole, said = learned(tmp_path / "a", 40, pieces)
    assert float(said[-1].rsplit(" ", 1)[1]) < float(said[0].rsplit(" ", 1)[1]) / 4

    class StoppedError(Exception):
        pass

    def stopping(stage: str, done: int, total: int | None, unit: str) -> None:
        if done == learning.EVERY + 7:
            raise StoppedError

    import torch

    torch.manual_seed(0)
    network, found = Network(weights(), 1), examples(taught(), pieces, 64, 0)
    phases = [list(range(len(found)))] * 40
    with pytest.raises(StoppedError):
        learning.train(network, phases, found, PLAN, state=tmp_path / "b", mark="m", report=stopping)
    again, later = learned(tmp_path / "b", 40, pieces)
    assert len(later) < len(said)
    for one, other in zip(whole.parameters(), again.parameters(), strict=True):
        assert torch.equal(one, other)


def test_the_state_of_another_training_or_no_state_at_all_is_not_gone_on_from(
    tmp_path: Path, pieces: Tokenizer
) -> None:
    (tmp_path / "a").write_bytes(b"no state")
    _, said = learned(tmp_path / "a", 6, pieces)
    assert len(learned(tmp_path / "a", 6, pieces)[1]) == 0
    assert len(learned(tmp_path / "a", 6, pieces, mark="other")[1]) == len(said)


def test_the_file_gives_nearly_what_the_network_gives(tmp_path: Path, pieces: Tokenizer) -> None:
    pytest.importorskip("onnx")
    onnxruntime = pytest.importorskip("onnxruntime")
    network, _ = learned(tmp_path / "a", 20, pieces)
    found = examples(taught(), pieces, 64, 0)[:12]
    sizes = largest(network, [(each.ids, each.kinds) for each in found])
    about = {"threshold": "0.5"}
    for name in ("one.onnx", "two.onnx"):
        writing.write_network(network, tmp_path / name, vocabulary=VOCABULARY, about=about, largest=sizes)
    assert (tmp_path / "one.onnx").read_bytes() == (tmp_path / "two.onnx").read_bytes()
    session = onnxruntime.InferenceSession(str(tmp_path / "one.onnx"), providers=["CPUExecutionProvider"])
    kept = session.get_modelmeta().custom_metadata_map
    assert kept["threshold"] == "0.5"
    assert tuple(kept["vocabulary"].split("\n")) == VOCABULARY
    exact = learning.logits_of(network, [each.ids for each in found], [each.kinds for each in found])
    for each, row in zip(found, exact, strict=True):
        given = session.run(
            None,
            {
                "ids": np.array([each.ids], np.int64),
                "kinds": np.array([each.kinds], np.int64),
                "lengths": np.array([len(each.ids)], np.int32),
            },
        )[0][0]
        assert np.abs(given - row[: len(each.ids)]).max() < 0.1 * np.abs(row).max()
