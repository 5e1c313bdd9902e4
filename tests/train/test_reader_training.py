"""Training a reader from questions and editions: what is learned from, what never is, the file and its card."""

from __future__ import annotations

import dataclasses
import json
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")

from galactica.ask.contract import Given
from galactica.ask.trained import open_reader
from galactica.edition import Edition
from galactica.encode import tensors
from galactica.errors import EditionError, InputError, UsageError
from galactica.library import train_reader
from galactica.progress import silent
from galactica.train.lessons import read_files
from galactica.train.reader_lessons import HeldOutFilter, real_questions
from galactica.train.reader_made import made_lessons
from galactica.train.reading import beginning
from galactica.train.reading.asked import lessons
from galactica.train.reading.lesson import ReaderPlan

from . import conftest
from .conftest import edition, text
from .reading.small import beginning as small_beginning

asked = partial(conftest.asked, title="Village", form="Who did it in", until=12)
"""Questions about sentences that stand in no edition, or with `title="Town"` in the towns'."""

PLAN = ReaderPlan(layers=2, frozen=0, made=30, mined=20, epochs=1, tokens=512, longest=96, made_longest=96)


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return edition(tmp_path_factory.mktemp("towns"), {f"Town {n}": text(n) for n in range(16)})


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Training begins from a network of two small layers."""
    monkeypatch.setattr(beginning, "load_beginning", small_beginning)
    monkeypatch.setattr(beginning, "beginning_digest", lambda state=None: "ab" * 32)


def test_a_reader_is_trained_written_and_told_of(towns: Path, tmp_path: Path) -> None:
    squad, held = (
        asked(tmp_path / "squad.json", range(50, 56)),
        asked(tmp_path / "held.json", range(3, 5), title="Town"),
    )
    said: list[str] = []
    trained = train_reader(
        tmp_path / "mine.safetensors", [towns], questions=[squad], hold_out=[held], plan=PLAN, tell=said.append
    )
    assert trained.path.stat().st_size == trained.bytes
    assert (trained.made, trained.real, len(trained.aside)) == (30, 16, 2)
    assert not (tmp_path / "mine.safetensors.training").exists()
    reader = open_reader(trained.path)
    assert reader.threshold == pytest.approx(trained.settled.threshold, abs=1e-3)
    assert reader.read("who did it in 1901?", [Given(text=text(9))])
    card = trained.card.read_text(encoding="utf-8")
    for part in (trained.digest, "squad.json", "held.json", trained.aside[0], "--hold-out held.json", "Wikipedia (en)"):
        assert part in card
    assert str(tmp_path) not in card


def test_what_a_state_holds_is_written_without_learning_more(towns: Path, tmp_path: Path) -> None:
    squad = asked(tmp_path / "squad.json", range(50, 56))
    plan = dataclasses.replace(PLAN, made=0, mined=0)
    first = train_reader(tmp_path / "first.safetensors", [], questions=[squad], state=tmp_path / "first.pt", plan=plan)
    plan = dataclasses.replace(plan, epochs=0)
    with pytest.raises(UsageError):
        train_reader(tmp_path / "again.safetensors", [], questions=[squad], plan=plan)
    again = train_reader(tmp_path / "again.safetensors", [], questions=[squad], begin=tmp_path / "first.pt", plan=plan)
    question, given = "who did it in 1901?", Given(text=text(50))
    one, other = (open_reader(each.path).read(question, [given], most=1) for each in (first, again))
    assert [span.text for span in one] == [span.text for span in other]
    assert "0 times" in again.card.read_text(encoding="utf-8")


def test_a_training_begins_with_a_reader_s_file_and_goes_on_from_what_it_had_learned(tmp_path: Path) -> None:
    squad = asked(tmp_path / "squad.json", range(50, 56))
    plan = dataclasses.replace(PLAN, made=0, mined=0)
    first = train_reader(tmp_path / "first.safetensors", [], questions=[squad], plan=plan)
    other = asked(tmp_path / "other.json", range(60, 66))  # its pieces may be others; the file's are kept
    plan = dataclasses.replace(plan, epochs=0)
    again = train_reader(tmp_path / "again.safetensors", [], questions=[other], begin=first.path, plan=plan)
    both = [tensors.read_tensors(each.path)[0]["pieces"].tobytes() for each in (first, again)]
    assert both[0] == both[1]
    question, given = "who did it in 1901?", Given(text=text(50))
    one, two = (open_reader(each.path).read(question, [given], most=1) for each in (first, again))
    assert [span.text for span in one] == [span.text for span in two]
    assert "--begin first.safetensors" in again.card.read_text(encoding="utf-8")
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(first.path.read_bytes()[:2000])
    deeper = dataclasses.replace(plan, layers=3)
    for begin, planned in ((broken, plan), (first.path, deeper)):
        with pytest.raises(InputError):
            train_reader(tmp_path / "no.safetensors", [], questions=[squad], begin=begin, plan=planned)


def test_frozen_the_lower_half_of_a_reader_s_file_stays_to_the_byte(tmp_path: Path) -> None:
    squad = asked(tmp_path / "squad.json", range(50, 56))
    plan = dataclasses.replace(PLAN, made=0, mined=0)
    first = train_reader(tmp_path / "first.safetensors", [], questions=[squad], plan=plan)
    held, said = tensors.read_tensors(first.path)
    for frozen, stays in ((1, True), (0, False)):
        some = dataclasses.replace(plan, frozen=frozen)
        out = tmp_path / f"frozen{frozen}.safetensors"
        train_reader(out, [], questions=[squad], begin=first.path, plan=some)
        found, told = tensors.read_tensors(out)
        if stays:  # what confidences were fitted to
            assert (told["threshold"], told["temperature"]) == (said["threshold"], said["temperature"])
        assert (found["lower"].tobytes() == held["lower"].tobytes()) is stays
        assert found["upper"].tobytes() != held["upper"].tobytes()


def test_made_lessons_are_of_no_article_that_is_held_out(towns: Path, tmp_path: Path) -> None:
    held = read_files([asked(tmp_path / "held.json", range(3, 5), title="Other")])
    with Edition.open(towns) as opened:
        lessons, left_out = made_lessons(
            [opened], HeldOutFilter(held), count=400, unanswered=0.2, known=lambda word: True, seed=1, report=silent
        )
    assert set(left_out) == {"Town 3", "Town 4"}
    assert lessons
    assert not any("town3 " in each.passage or "town4 " in each.passage for each in lessons)


def test_questions_without_a_paragraph_get_a_passage_that_holds_their_answer(towns: Path, tmp_path: Path) -> None:
    words = text(9).split(". ")[4].split()
    question, answer = f"Who {words[5]} the {words[7]} beside the {words[10]} of town9 in {words[1]}?", words[2]
    web = tmp_path / "web.json"
    web.write_text(json.dumps([{"qId": "q1", "qText": question, "answers": [answer]}]), encoding="utf-8")
    found = real_questions(read_files([web]), HeldOutFilter([]), [towns], 10, tmp_path, silent)
    (real,) = found.asked
    assert "town9" in real.passage
    assert {real.passage[a:b] for a, b in real.answers} == {answer}
    assert real_questions(read_files([web]), HeldOutFilter([]), [towns], 10, tmp_path, silent) == found
    assert real_questions(read_files([web]), HeldOutFilter([]), [towns], 0, tmp_path, silent).asked == ()


def test_questions_that_are_held_out_are_not_learned(tmp_path: Path, towns: Path) -> None:
    squad = read_files([asked(tmp_path / "squad.json", range(50, 56))])
    held = read_files([asked(tmp_path / "held.json", range(53, 55), title="Renamed")])
    found = real_questions(squad, HeldOutFilter(held), [towns], 0, tmp_path, silent)
    assert found.files[0].used == 16
    assert found.files[0].held_out == 8
    assert not any("town53" in each.passage for each in found.asked)


def judged(path: Path, squad: Path) -> Path:
    """The same questions in the form of v2.0, and of each paragraph one that it does not answer."""
    value = json.loads(squad.read_text(encoding="utf-8"))
    for article in value["data"]:
        for paragraph in article["paragraphs"]:
            (first,) = paragraph["qas"]
            asked = {"id": f"{first['id']}-no", "question": f"Why? {first['question']}", "answers": []}
            paragraph["qas"].append({**asked, "is_impossible": True})
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def test_questions_that_were_judged_unanswerable_are_learned_as_such_and_nothing_twice(
    tmp_path: Path, towns: Path
) -> None:
    squad = asked(tmp_path / "squad.json", range(50, 53))
    files = read_files([squad, judged(tmp_path / "judged.json", squad)])
    found = real_questions(files, HeldOutFilter([]), [towns], 0, tmp_path, silent)
    assert [file.used for file in found.files] == [12, 12]
    assert [file.questions for file in found.files] == [12, 24]
    assert [each.question.startswith("Why?") for each in found.asked] == 12 * [False] + 12 * [True]
    assert [bool(each.answers) for each in found.asked] == 12 * [True] + 12 * [False]
    made = lessons(found.asked, 1.0, "seed")
    assert sum(each.question.startswith("Why?") and not each.answers for each in made) == 12


def test_a_share_of_the_questions_is_the_same_ones_each_time_and_part_of_a_greater_share(
    tmp_path: Path, towns: Path
) -> None:
    files = read_files([asked(tmp_path / "squad.json", range(40, 56))])

    def taken(share: float) -> list[str]:
        found = real_questions(files, HeldOutFilter([]), [towns], 0, tmp_path, silent, share)
        assert found.files[0].used == len(found.asked)
        assert found.files[0].held_out == 0
        return [each.question for each in found.asked]

    few, more, every = taken(0.3), taken(0.7), taken(1.0)
    assert 0 < len(few) < len(more) < len(every) == 64
    assert set(few) < set(more) < set(every)
    assert taken(0.3) == few


def test_a_question_that_was_judged_unanswerable_is_held_out_too(tmp_path: Path, towns: Path) -> None:
    squad = asked(tmp_path / "squad.json", range(50, 53))
    files = read_files([judged(tmp_path / "judged.json", squad)])
    only = asked(tmp_path / "held.json", range(51, 52), title="Renamed")
    held = read_files([judged(tmp_path / "held2.json", only)])
    found = real_questions(files, HeldOutFilter(held), [towns], 0, tmp_path, silent)
    assert (found.files[0].used, found.files[0].held_out) == (16, 8)


def test_a_training_begins_with_the_state_that_another_kept_and_its_card_says_how_that_was_made(
    towns: Path, tmp_path: Path
) -> None:
    squad = asked(tmp_path / "squad.json", range(50, 53))
    state = tmp_path / "first.pt"
    train_reader(tmp_path / "first.safetensors", [towns], questions=[squad], state=state, plan=PLAN)
    both = [squad, judged(tmp_path / "judged.json", squad)]
    plan = dataclasses.replace(PLAN, made=0)
    trained = train_reader(tmp_path / "second.safetensors", [towns], questions=both, begin=state, plan=plan)
    card = trained.card.read_text(encoding="utf-8")
    assert "--begin first.pt" in card
    assert "--out first.safetensors \\\n    --state first.pt" in card
    assert trained.settled.unanswerable > 0
    for out, kept in (
        ("third.safetensors", state),
        ("third.safetensors", tmp_path / "third.md"),
        ("third.safetensors", tmp_path / "no" / "x"),
    ):
        with pytest.raises(UsageError):
            train_reader(tmp_path / out, [towns], questions=[squad], state=kept, plan=PLAN)
    (tmp_path / "third.safetensors.training").mkdir()  # stopped after it had kept its state
    assert train_reader(
        tmp_path / "third.safetensors", [towns], questions=[squad], state=state, plan=PLAN
    ).path.exists()


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"editions": []}, UsageError),
        ({"out": "reader.bin"}, UsageError),
        ({"questions": []}, UsageError),
        ({"questions": ["none.json"]}, InputError),
        ({"plan": ReaderPlan(layers=13)}, UsageError),
        ({"plan": ReaderPlan(longest=9)}, UsageError),
        ({"aside": ["Nowhere"]}, InputError),
        ({"editions": ["none.edition"]}, EditionError),
    ],
)
def test_what_is_impossible_is_said_before_anything_is_read(
    towns: Path, tmp_path: Path, change: dict[str, object], kind: type[Exception]
) -> None:
    squad = asked(tmp_path / "squad.json", range(50, 53))
    given = {"out": "mine.safetensors", "editions": [towns], "questions": [squad], "aside": (), "plan": PLAN, **change}
    with pytest.raises(kind):
        train_reader(
            tmp_path / str(given["out"]),
            [tmp_path / str(each) for each in given["editions"]],  # type: ignore[attr-defined]
            questions=[tmp_path / str(each) for each in given["questions"]],  # type: ignore[attr-defined]
            aside=given["aside"],  # type: ignore[arg-type]
            plan=given["plan"],  # type: ignore[arg-type]
        )
