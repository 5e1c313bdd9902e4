"""Learning to mark answers: batches, going on from a state, and the file that comes of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("torch")
pytest.importorskip("tokenizers")

import torch

from galactica.encode.cross import open_cross_encoder
from galactica.encode.pieces import Tokenizer, Window
from galactica.progress import silent
from galactica.train.reading import learning, writing
from galactica.train.reading.example_batch import batch_of
from galactica.train.reading.example_table import ExampleTable, table_of, tables_joined
from galactica.train.reading.features import TrainingExample, batches, claim_examples, examples
from galactica.train.reading.lesson import CheckedClaim, Lesson, ReaderPlan
from galactica.train.reading.losses import losses
from galactica.train.reading.network import Network, largest
from galactica.train.reading.piece_table import rounded_table

from .small import PIECES, SCORES, VOCABULARY, beginning, network

PLAN = ReaderPlan(layers=2, frozen=0, rate=3e-3, tokens=256, longest=64)
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
    return Tokenizer(*VOCABULARY)


def test_a_lesson_in_numbers_has_its_answer_among_the_pieces_of_the_passage(pieces: Tokenizer) -> None:
    text = "the café of zürich was built in 1901."
    lesson = Lesson(question="when?", title="zürich", passage=text, answers=((32, 36),))
    (found,) = examples([lesson], pieces, 64, 0)
    ((first, last),) = found.answers
    assert [PIECES[each] for each in found.ids[first : last + 1]] == ["▁1901"]
    assert found.first <= first <= last < found.first + found.count
    assert examples([Lesson(question="x", passage=text, answers=())], pieces, 64, 0)[0].answers == ((0, 0),)


def test_the_stretch_of_a_long_passage_holds_the_answer(pieces: Tokenizer) -> None:
    text = "the river " * 200 + "amber " + "a town " * 200
    start = text.index("amber")
    lesson = Lesson(question="who", passage=text, answers=((start, start + 5),))
    for seed in range(20):
        (found,) = examples([lesson], pieces, 64, seed)
        ((first, last),) = found.answers
        assert len(found.ids) <= 64
        assert PIECES[found.ids[first]] == "▁amber"
        assert first == last


def test_every_example_is_in_one_batch_and_no_batch_is_too_large(pieces: Tokenizer) -> None:
    found = examples(taught(), pieces, 64, 0)
    lengths = [len(each.ids) for each in found]
    order = batches(lengths, 100, 3)
    assert sorted(each for batch in order for each in batch) == list(range(len(found)))
    assert all(len(b) == 1 or len(b) * max(lengths[n] for n in b) <= 100 for b in order)
    assert order == batches(lengths, 100, 3) != batches(lengths, 100, 4)


@dataclass
class Repeated:
    """The same examples, round after round."""

    examples: ExampleTable
    rounds: int
    asked: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return self.rounds

    def table(self, number: int) -> ExampleTable:
        self.asked.append(number)
        return self.examples

    def like(self, number: int) -> int:
        return 0

    def exchanged(self, number: int) -> None:
        return None


def windows(pieces: Tokenizer) -> list[TrainingExample]:
    return examples(taught(), pieces, 64, 0)


def learned(
    state: Path, rounds: int, pieces: Tokenizer, mark: str = "m", more: Sequence[TrainingExample] = ()
) -> tuple[Network, list[str]]:
    taught_to, found = network(), table_of([*windows(pieces), *more])
    said: list[str] = []
    learning.train(taught_to, Repeated(found, rounds), PLAN, state=state, mark=mark, report=silent, tell=said.append)
    return taught_to, said


def test_it_learns_and_goes_on_from_its_state_as_if_it_had_not_stopped(tmp_path: Path, pieces: Tokenizer) -> None:
    whole, said = learned(tmp_path / "a", 40, pieces)
    assert float(said[-1].rsplit(" ", 1)[1]) < float(said[0].rsplit(" ", 1)[1]) / 4

    class StoppedError(Exception):
        pass

    def stopping(stage: str, done: int, total: int | None, unit: str) -> None:
        if done == learning.EVERY + 7:
            raise StoppedError

    found = Repeated(table_of(windows(pieces)), 40)
    with pytest.raises(StoppedError):
        learning.train(network(), found, PLAN, state=tmp_path / "b", mark="m", report=stopping)
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


def test_weights_can_stand_between_what_was_begun_with_and_what_was_learned() -> None:
    before, after = network(), network()
    with torch.no_grad():
        for value in after.parameters():
            value.add_(1.0)
    learned = {name: value.clone() for name, value in after.named_parameters()}
    learning.average(after, dict(before.named_parameters()), 0.75)
    for name, value in after.named_parameters():
        assert torch.allclose(value, before.get_parameter(name) * 0.25 + learned[name] * 0.75)
    learning.average(after, {}, 0.5)
    assert all(torch.allclose(value, learned[name] - 0.25) for name, value in after.named_parameters())


def test_a_claim_in_numbers_knows_which_of_its_pieces_are_the_answer(pieces: Tokenizer) -> None:
    claim = CheckedClaim(
        question="when was it built",
        answer="in 1901",
        quotation="the town was built in 1902",
        supported=False,
        doubted=(0, 7),
    )
    (found,) = claim_examples([claim], pieces, 64)
    assert (found.claimed, found.answers, found.supported) == (6, (), False)
    claimed = [PIECES[each] for each in found.ids[1 : 1 + found.claimed]]
    assert claimed[slice(*found.doubted)] == ["▁in", "▁1901"]
    assert PIECES[found.ids[found.first]] == "▁the"
    later = dataclasses.replace(claim, doubted=(3, 7))
    assert claimed[slice(*claim_examples([later], pieces, 64)[0].doubted)] == ["▁1901"]
    nothing = dataclasses.replace(claim, doubted=(0, 0))
    assert claim_examples([nothing], pieces, 64)[0].doubted == (0, 0)


def test_the_heads_learn_which_passage_is_relevant_and_what_supports_a_claim(tmp_path: Path, pieces: Tokenizer) -> None:
    about = [
        Lesson(question="when was it built?", passage=f"{name} has {n}", answers=(), relevant=n == "boats")
        for name in NAMES
        for n in ("boats", "harbour")
    ]
    claims = [
        CheckedClaim(
            question="when was it built?",
            answer="1901",
            quotation=f"{said} {name}",
            supported=said == "built by",
            doubted=(0, 0) if said == "built by" else (0, 4),
        )
        for name in NAMES
        for said in ("built by", "boats of")
    ]
    more = [*examples(about, pieces, 64, 0), *claim_examples(claims, pieces, 64)]
    taught_to, _ = learned(tmp_path / "a", 60, pieces, more=more)
    read = learning.read_exactly(taught_to, [each.ids for each in more])
    assert [bool(each > 0) for each in read.relevant[: len(about)]] == [each.relevant for each in about]
    assert [bool(each > 0) for each in read.supported[len(about) :]] == [each.supported for each in claims]
    for row, each in enumerate(more):
        if each.supported is not None:
            said = read.unsupported[row, 1 : 1 + each.claimed] > 0
            begin, end = each.doubted
            assert said.tolist() == [begin <= at < end for at in range(each.claimed)]


def test_the_file_gives_nearly_what_the_network_gives(tmp_path: Path, pieces: Tokenizer) -> None:
    pytest.importorskip("onnx")
    pytest.importorskip("onnxruntime")
    taught_to, _ = learned(tmp_path / "a", 20, pieces)
    found = windows(pieces)[:12]
    sizes = largest(taught_to, [each.ids for each in found])
    for name in ("one.safetensors", "two.safetensors"):
        writing.write_network(
            taught_to, tmp_path / name, pieces=PIECES, scores=SCORES, about={"threshold": "0.5"}, largest=sizes
        )
    assert (tmp_path / "one.safetensors").read_bytes() == (tmp_path / "two.safetensors").read_bytes()
    opened = open_cross_encoder(tmp_path / "one.safetensors", threads=2, remedy="make it")
    assert opened.about["threshold"] == "0.5"
    exact = learning.read_exactly(taught_to, [each.ids for each in found])
    asked = [Window(ids=each.ids, first=each.first, piece=0, count=each.count) for each in found]
    scale = float(np.abs(exact.marks.numpy()).max())
    for row, (halfway, judged) in enumerate(zip(opened.halfway(asked), opened.read(asked), strict=True)):
        length = len(judged.window.ids)
        assert np.abs(judged.marks - exact.marks[row, :length].numpy()).max() < 0.1 * scale
        assert np.abs(judged.unsupported - exact.unsupported[row, :length].numpy()).max() < 0.1 * scale
        assert halfway.relevant == pytest.approx(float(exact.relevant[row]), abs=0.1 * scale)
        assert judged.answerable == pytest.approx(float(exact.answerable[row]), abs=0.1 * scale)
        assert judged.supported == pytest.approx(float(exact.supported[row]), abs=0.1 * scale)


def test_a_table_gives_back_what_it_was_made_of(pieces: Tokenizer) -> None:
    found = windows(pieces)
    table = table_of(found)
    assert [table.window(number) for number in range(len(table))] == [list(each.ids) for each in found]
    both = tables_joined([table.chosen(np.arange(7)), table.chosen(np.arange(7, len(table)))])
    turned = table.chosen(np.arange(len(table))[::-1]).chosen(np.arange(len(table))[::-1])
    for each in fields(ExampleTable):
        for other in (both, turned):
            assert np.array_equal(getattr(table, each.name), getattr(other, each.name), equal_nan=each.name != "ids")
    assert len(table_of([])) == len(tables_joined([])) == 0


def test_rounds_are_asked_for_one_after_another_and_no_more_often_than_needed(
    tmp_path: Path, pieces: Tokenizer
) -> None:
    found = Repeated(table_of(windows(pieces)), 5)
    learning.train(network(), found, PLAN, state=tmp_path / "a", mark="m", report=silent)
    assert found.asked == [0, 1, 2, 3, 4]
    learning.train(network(), found, PLAN, state=tmp_path / "a", mark="m", report=silent)
    assert found.asked == [0, 1, 2, 3, 4, 0]


def test_what_layers_add_is_left_out_at_random_only_while_they_learn(pieces: Tokenizer) -> None:
    taught_to = network()
    for layer in taught_to.layers:
        layer.dropout = 0.5
    ids = torch.tensor([list(windows(pieces)[0].ids)])
    with torch.no_grad():
        assert torch.equal(taught_to(ids).marks, taught_to(ids).marks)
    assert not torch.equal(taught_to(ids).marks, taught_to(ids).marks)


def test_what_is_computed_with_is_the_table_as_it_ships() -> None:
    begun = beginning()
    both = [Network(begun.weights, begun.halves, begun.scales, 2, shipped=shipped) for shipped in (False, True)]
    rows = both[0].words.numpy()
    held = rounded_table(rows)
    assert held["levels"].shape == (len(PIECES), 3, rows.shape[1] // 8)
    off = np.abs(both[1].words.numpy() - rows).mean() / np.abs(rows).mean()
    assert 0.05 < off < 0.25
    assert len(np.unique((both[1].words.numpy() / np.repeat(held["scales"], 32, 1)).round(3))) <= 8


def test_twins_are_taught_to_be_marked_alike(pieces: Tokenizer) -> None:
    table, every = table_of(windows(pieces)), np.arange(8)
    taught_to = network()
    alone = losses(taught_to, batch_of(table, every))
    same = losses(taught_to, batch_of(table, every, twins=True), 1.0)
    assert torch.allclose(alone, same, atol=1e-5)

    def other(ids: NDArray[np.int64], numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.where(ids > 20, ids - 1, ids)

    exchanged = batch_of(table, every, exchanged=other, twins=True)
    apart = [losses(taught_to, exchanged, weight) for weight in (0.0, 1.0, 2.0)]
    assert torch.allclose(apart[0], (alone + losses(taught_to, batch_of(table, every, exchanged=other))) / 2, atol=1e-5)
    assert (apart[1] > apart[0]).all()
    assert torch.allclose(apart[2] - apart[1], apart[1] - apart[0], atol=1e-5)
