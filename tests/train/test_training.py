"""Training an encoder from editions: what is learned from, what never is, and the card that tells of it."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from dataclasses import replace
from pathlib import Path

import pytest

from galactica.edition import Edition
from galactica.encode import minilm, open_encoder
from galactica.errors import EditionError, InputError, MissingError, UsageError
from galactica.library import train_encoder
from galactica.model import Source
from galactica.progress import silent
from galactica.train import training
from galactica.train.card import Card
from galactica.train.encoder_card import EncoderCard, encoder_card
from galactica.train.lessons import QuestionsRead, UsedFile, lessons, read_files
from galactica.train.material import Material
from galactica.train.table import Plan
from galactica.train.training import Trained

from .conftest import asked, edition, text

PLAN = Plan(dimensions=64, steps=6, batch=16)


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return edition(tmp_path_factory.mktemp("towns"), {f"Town {n}": text(n) for n in range(16)})


def open_ended(path: Path, questions: dict[str, str]) -> Path:
    path.write_text(
        json.dumps([{"qId": f"q{n}", "qText": q, "answers": [a]} for n, (q, a) in enumerate(questions.items())]),
        encoding="utf-8",
    )
    return path


def answer_in(n: int, at: int) -> tuple[str, str]:
    """(question, answer) about a sentence of a town."""
    words = text(n).split(". ")[at].split()
    return f"Who {words[5]} the {words[7]} beside the {words[10]} of town{n} in {words[1]}?", words[2]


def test_questions_bring_their_paragraphs_or_a_passage_that_has_an_answer(towns: Path, tmp_path: Path) -> None:
    squad = asked(tmp_path / "squad.json", range(2))
    question, answer = answer_in(9, 4)
    web = open_ended(tmp_path / "web.json", {question: answer, "Who knows nothing?": "Nobody at all"})
    found = lessons(read_files([squad, web]), [], [towns], frozenset(), tmp_path, silent)
    assert [(f.name, f.questions, f.used, f.held_out) for f in found.files] == [
        ("squad.json", 16, 16, 0),
        ("web.json", 2, 1, 0),
    ]
    mined = found.asked[-1]
    assert mined.question == question
    assert answer in mined.passage
    assert "town9" in mined.passage
    again = lessons(read_files([squad, web]), [], [towns], frozenset(), tmp_path, silent)
    assert again == found
    assert len(list(tmp_path.glob("mined-*.json"))) == 1


def test_nothing_of_what_is_held_out_is_learned(towns: Path, tmp_path: Path) -> None:
    held = asked(tmp_path / "held.json", range(3, 5))
    by_text = asked(tmp_path / "by_text.json", range(4, 6), title="Renamed", form="Which thing happened in")
    by_title = asked(tmp_path / "by_title.json", range(8, 9), title="town", form="What came about in")
    data = json.loads(by_title.read_text())
    data["data"][0]["title"] = "TOWN 3"
    by_title.write_text(json.dumps(data))
    same = asked(tmp_path / "same.json", range(3, 4), title="Other")
    found = lessons(read_files([by_text, by_title, same]), read_files([held]), [towns], frozenset(), tmp_path, silent)
    assert [(file.used, file.held_out) for file in found.files] == [(8, 8), (0, 8), (0, 8)]
    assert all("town5" in each.passage for each in found.asked)


def test_no_passage_is_taken_from_an_article_that_is_held_out(towns: Path, tmp_path: Path) -> None:
    question, answer = answer_in(9, 4)
    web = read_files([open_ended(tmp_path / "web.json", {question: answer})])
    with Edition.open(towns) as opened:
        identity = next(article.id for _, article in opened.scan() if article.title == "Town 9")
        held = frozenset({(opened.root, identity)})
    passages = [each.passage for each in lessons(web, [], [towns], held, tmp_path, silent).asked]
    assert not any("town9" in passage for passage in passages)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"editions": []}, UsageError),
        ({"out": "encoder.bin"}, UsageError),
        ({"plan": Plan(dimensions=100)}, UsageError),
        ({"plan": Plan(steps=0)}, UsageError),
        ({"plan": Plan(batch=1)}, UsageError),
        ({"teacher": "somebody"}, UsageError),
        ({"teacher": "minilm"}, MissingError),
        ({"editions": [Path("none.edition")]}, EditionError),
        ({"questions": [Path("none.json")]}, InputError),
        ({"validate": "web"}, UsageError),
    ],
    ids=str,
)
def test_what_cannot_be_trained_is_said_before_anything_is_read(
    towns: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, object], kind: type[Exception]
) -> None:
    monkeypatch.setattr(minilm, "_PACKAGE", "no_such_package")
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name if name == "torch" else find(name))
    if change.get("validate") == "web":
        change = {"validate": open_ended(tmp_path / "web.json", {"Who?": "Somebody"})}
    options = {"out": tmp_path / "a.safetensors", "editions": [towns], "teacher": "", "plan": PLAN, **change}
    with pytest.raises(kind) as error:
        train_encoder(tmp_path / str(options.pop("out")), options.pop("editions"), **options)  # type: ignore[arg-type]
    assert error.value.remedy  # type: ignore[attr-defined]
    assert not list(tmp_path.glob("*.training"))


def test_nothing_is_overwritten(towns: Path, tmp_path: Path) -> None:
    for name in ("a.safetensors", "b.md"):
        (tmp_path / name).write_text("mine")
    for name in ("a", "b"):
        with pytest.raises(UsageError, match="there already"):
            train_encoder(tmp_path / f"{name}.safetensors", [towns], teacher="", plan=PLAN)
    assert {path.read_text() for path in tmp_path.iterdir()} == {"mine"}


def test_without_pytorch_the_extra_is_named(towns: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingError) as missing:
        train_encoder(tmp_path / "a.safetensors", [towns], teacher="")
    assert "galactica[train]" in missing.value.remedy


class TestTraining:
    """What needs PyTorch."""

    @pytest.fixture(scope="class")
    @staticmethod
    def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
        torch = pytest.importorskip("torch", reason="training needs PyTorch: pip install 'galactica[train]'")
        torch.set_num_threads(1)
        folder = tmp_path_factory.mktemp("trained")
        asked(folder / "held.json", range(3, 5))
        asked(folder / "train.json", range(7, 9))
        return folder

    @staticmethod
    def train(folder: Path, towns: Path, name: str, **options: object) -> Trained:
        given = {
            "questions": [folder / "train.json"],
            "hold_out": [folder / "held.json"],
            "validate": folder / "held.json",
            "teacher": "",
            "plan": PLAN,
            **options,
        }
        return train_encoder(folder / name, [towns], **given)  # type: ignore[arg-type]

    @pytest.fixture(scope="class")
    @staticmethod
    def trained(folder: Path, towns: Path) -> Trained:
        return TestTraining.train(folder, towns, "small.safetensors")

    def test_it_makes_an_encoder_that_can_be_used(self, trained: Trained) -> None:
        encoder = open_encoder(str(trained.path))
        assert (encoder.dimensions, encoder.digest) == (64, trained.digest)
        assert trained.bytes == trained.path.stat().st_size
        assert trained.held_out == ("Town 3", "Town 4")
        assert trained.questions == 16
        assert [look[0] for look in trained.looks] == [6]
        assert encoder.passages(["the river beside the tower"]).any()
        assert not list(trained.path.parent.glob("*.training"))

    def test_the_card_tells_all_of_it_and_no_folder_of_this_machine(self, trained: Trained, towns: Path) -> None:
        card = trained.card.read_text(encoding="utf-8")
        with Edition.open(towns) as opened:
            root = opened.root
        digest = hashlib.sha256((trained.path.parent / "held.json").read_bytes()).hexdigest()
        for said in (
            root,
            trained.digest,
            f"`{digest[:16]}`",
            "Town 3; Town 4",
            "| train.json |",
            "--questions train.json",
            "--hold-out held.json",
            "--teacher none",
            "--steps 6 --batch 16 --dimensions 64",
            "CC-BY-SA-3.0",
            "Apache License 2.0",
            "no teacher",
        ):
            assert said in card
        assert str(trained.path.parent) not in card
        assert "{" not in card

    def test_the_same_training_gives_the_same_file_and_card(self, trained: Trained, folder: Path, towns: Path) -> None:
        (folder / "again").mkdir(exist_ok=True)
        for name in ("held.json", "train.json"):
            (folder / "again" / name).write_bytes((folder / name).read_bytes())
        again = self.train(folder / "again", towns, "small.safetensors")
        assert again.path.read_bytes() == trained.path.read_bytes()
        assert again.card.read_text() == trained.card.read_text()

    def test_stopped_it_goes_on_and_with_other_files_it_begins_anew(
        self, folder: Path, towns: Path, trained: Trained, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from galactica.train import encoder as learning

        monkeypatch.setattr(learning, "EVERY", 2)
        steps: list[int] = []

        def stopping(stage: str, done: int, total: int | None, unit: str) -> None:
            if stage == "train":
                steps.append(done)
                if done == 5 and steps.count(5) == 1:
                    raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            self.train(folder, towns, "stopped.safetensors", report=stopping)
        steps.clear()
        with pytest.raises(KeyboardInterrupt):
            self.train(folder, towns, "stopped.safetensors", report=stopping, questions=[])
        assert steps[0] == 0, "other questions: anew"
        steps.clear()
        done = self.train(
            folder, towns, "stopped.safetensors", report=lambda *said: steps.append(said[1]), questions=[]
        )
        assert 4 in steps
        assert [look[0] for look in done.looks] == [2, 4, 6]

    def test_two_processes_do_not_train_the_same_file(
        self, folder: Path, towns: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def inner(*arguments: object) -> Trained:
            with pytest.raises(UsageError, match="another process"):
                self.train(folder, towns, "busy.safetensors")
            raise KeyboardInterrupt

        monkeypatch.setattr(training, "_train", inner)
        with pytest.raises(KeyboardInterrupt):
            self.train(folder, towns, "busy.safetensors")


def test_a_card_quotes_what_would_be_markup_and_says_where_figures_are_too_good(towns: Path) -> None:
    with Edition.open(towns) as opened:
        info = opened.info
    evil = Source(
        key="evil", title="[a](b) | <script> `x` *y*\n# no heading", format="text", language="en", licence="", date=""
    )
    material = Material(
        editions=(Path("folder") / "it's mine.edition",),
        infos=(replace(info, sources=(evil,)),),
        questions=(),
        hold_out=(QuestionsRead(name="h.json", digest="2" * 64, questions=()),),
    )
    card = EncoderCard(
        card=Card(
            file="a b`c.safetensors",
            bytes=1,
            digest="0" * 64,
            plan=PLAN,
            material=material,
            questions=(UsedFile(name="q|.json", digest="1" * 64, questions=3, used=2, held_out=1),),
            held_out=tuple(f"Title {n}" for n in range(70)),
        ),
        words=1,
        teacher="minilm",
        passages=1,
        validate="q|.json",
        seen=True,
        looks=((100, (0.5, 0.75, 1.0)),),
    )
    said = " ".join(encoder_card(card).split())
    assert "\\[a\\](b) \\| \\<script\\> \\`x\\` \\*y\\* # no heading" in said
    assert "'it'\\''s mine.edition'" in said
    assert "# a b\\`c " in said
    assert "`a b'c.safetensors`" in said
    assert "not how good the encoder is" in said
    assert "Title 49; and 20 more." in said
    assert "Title 50;" not in said
    assert "all-MiniLM-L6-v2 (sentence-transformers), is under" in said
