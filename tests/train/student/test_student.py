"""A student of a small teacher, from its texts to its file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("tokenizers")

from galactica.encode.static import StaticEncoder
from galactica.errors import InputError, UsageError
from galactica.progress import silent
from galactica.train.reading import beginning as beginnings
from galactica.train.student.entries import cut_all
from galactica.train.student.learning import Paired, added_up, centred, first_rows, groups, teach
from galactica.train.student.making import train_student
from galactica.train.student.plan import Entries, StudentPlan
from galactica.train.student.teacher import KeptVectors, Teacher
from galactica.train.training import Trained

from ..conftest import asked
from ..reading.small import beginning

PLAN = StudentPlan(dimensions=64, steps=4, batch=64, pairs=16)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small network in the place of the one that a package carries."""
    monkeypatch.setattr(beginnings, "load_beginning", beginning)
    monkeypatch.setattr(beginnings, "beginning_digest", lambda state=None: "0" * 64)


def test_the_vector_of_a_text_is_the_same_alone_and_among_longer_ones() -> None:
    teacher = Teacher()
    texts = ["query: river", "passage: twelve boats by the river", "query: who painted the harbour in 1901"]
    together = teacher.vectors(texts).astype(np.float32)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-2)
    for text, vector in zip(texts, together, strict=True):
        assert teacher.vectors([text])[0].astype(np.float32) @ vector > 0.999


def test_what_the_teacher_said_is_kept_and_not_asked_again(tmp_path: Path) -> None:
    opened: list[int] = []

    def opening() -> Teacher:
        opened.append(1)
        return Teacher()

    kept = KeptVectors(tmp_path, opening, "mark")
    first = kept.of(["river", "harbour", "river"], "query: ", silent)
    assert (first[0] == first[2]).all()
    again = KeptVectors(tmp_path, opening, "mark")
    assert (again.of(["harbour", "river"], "query: ", silent) == first[[1, 0]]).all()
    assert len(opened) == 1
    again.of(["river"], "passage: ", silent)
    KeptVectors(tmp_path, opening, "another teacher").of(["river"], "query: ", silent)
    assert len(opened) == 3, "what is read, and by whom, is part of the key"


def test_what_texts_of_a_language_share_is_taken_away() -> None:
    chance = np.random.default_rng(1)
    meaning = chance.standard_normal((40, 8))
    languages = np.repeat([[5.0] + [0] * 7, [0] * 7 + [-5.0]], 40, axis=0)
    vectors = (np.concatenate([meaning, meaning]) + languages).astype(np.float16)
    found = centred(vectors, ["zh"] * 40 + ["en"] * 40, fewest=10)
    assert np.allclose(found[:40], found[40:], atol=1e-2)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-4)


def test_groups_hold_every_text_once_and_like_ones_together() -> None:
    chance = np.random.default_rng(2)
    centres = chance.standard_normal((4, 16))
    texts = np.repeat(centres, 64, axis=0) + 0.05 * chance.standard_normal((256, 16))
    texts = (texts / np.linalg.norm(texts, axis=1, keepdims=True)).astype(np.float32)
    found = groups(texts)
    assert sorted(np.concatenate(found).tolist()) == list(range(256))
    assert all(len({number // 64 for number in group.tolist()}) == 1 for group in found)


def test_rows_move_towards_the_teachers_vectors(tmp_path: Path) -> None:
    chance = np.random.default_rng(3)
    names = tuple(f"w{n}" for n in range(60))
    texts = [" ".join(chance.choice(names, 6, replace=False)) for _ in range(400)]
    hidden = chance.standard_normal((60, 64)).astype(np.float32)
    cut = cut_all(names, texts)
    targets = added_up(hidden, cut, range(len(texts)))
    ones = np.ones(60, np.float32)
    entries = Entries(names=names, shown=names, rarity=ones, counts=np.full(60, 40))
    noise = chance.standard_normal((60, 64))
    rows = first_rows(entries, (hidden + noise).astype(np.float16), cut, targets)
    before = float((added_up(rows, cut, range(len(texts))) * targets).sum(1).mean())
    table = teach(
        entries,
        rows.copy(),
        cut,
        targets,
        Paired(questions=cut_all(names, []), passages=cut_all(names, []), owners=np.zeros(0, np.int64)),
        StudentPlan(dimensions=64, steps=60, batch=128, pairs=0),
        state=tmp_path / "state.pt",
        mark="",
        report=silent,
    )
    after = float((added_up(table.rows, cut, range(len(texts))) * targets).sum(1).mean())
    assert after > max(0.9, before)


def made(folder: Path, towns: Path, name: str = "a", **change: object) -> Trained:
    questions = asked(folder / f"{name}-asked.json", range(8))
    held = asked(folder / f"{name}-held.json", range(20, 22))
    options = {"questions": [questions], "hold_out": [held], "validate": held, "plan": PLAN, **change}
    return train_student(folder / f"{name}.safetensors", [towns], **options)  # type: ignore[arg-type]


def test_a_student_is_a_file_that_opens_with_a_card_that_tells_of_it(tmp_path: Path, towns: Path) -> None:
    trained = made(tmp_path, towns)
    encoder = StaticEncoder.open(trained.path)
    assert encoder.dimensions == 64
    vectors = encoder.passages(["twelve boats by the river", "北京 harbourmaster"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert encoder.learned(["river", "harbour"]).all()
    card = trained.card.read_text(encoding="utf-8")
    for told in (
        "--teacher e5",
        "a-asked.json",
        "a-held.json",
        "Town 20",
        trained.digest,
        "multilingual-e5-small",
        "MIT",
    ):
        assert told in card
    assert set(trained.held_out) == {"Town 20", "Town 21"}
    assert trained.looks[-1][0] == PLAN.steps
    assert not (tmp_path / "a.safetensors.training").exists()


def test_the_same_training_gives_the_same_file_from_kept_vectors_too(tmp_path: Path, towns: Path) -> None:
    first = made(tmp_path, towns, "a", taught=tmp_path / "kept")
    again = made(tmp_path, towns, "b", taught=tmp_path / "kept")
    one, other = (StaticEncoder.open(each.path).passages(["twelve boats by the river"]) for each in (first, again))
    assert np.allclose(one, other, atol=1e-5)


def test_questions_alone_are_enough(tmp_path: Path) -> None:
    questions = asked(tmp_path / "q.json", range(30))
    trained = train_student(tmp_path / "a.safetensors", (), questions=[questions], plan=PLAN)
    assert trained.passages == 0
    assert trained.questions > 100


def test_what_is_impossible_is_refused(tmp_path: Path, towns: Path) -> None:
    with pytest.raises(UsageError):
        train_student(tmp_path / "a.safetensors", ())
    for plan in (StudentPlan(dimensions=448), StudentPlan(bits=3), StudentPlan(steps=0), StudentPlan(batch=4)):
        with pytest.raises(UsageError):
            train_student(tmp_path / "a.safetensors", [towns], plan=plan)
    with pytest.raises(InputError):
        train_student(tmp_path / "a.safetensors", (), questions=[asked(tmp_path / "q.json", range(1))], plan=PLAN)
