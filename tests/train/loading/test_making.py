"""A tokenizer that is trained on a view is the same every time, loses nothing, and is one for transformers too."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from galactica.errors import GalacticaError, InputError, MissingError, UsageError
from galactica.train.loading import published
from galactica.train.loading.making import SPECIAL, MadeTokenizer, documents_sampled, train_tokenizer
from galactica.train.loading.published import MeasuredLanguage, measured_beside
from galactica.train.loading.vocabulary import END, Vocabulary
from galactica.train.views.view import View
from tests.train.loading.conftest import small_tokenizer
from tests.train.views.conftest import article, edition, view_of

CODE = """
import sys
from pathlib import Path
from galactica.train.loading import published
from galactica.train.loading.making import train_tokenizer
published.published_counters = lambda: ()
train_tokenizer(sys.argv[1], Path(sys.argv[2]), size=600)
"""


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("making")
    several = [article(number, ("en", "de")[number % 2]) for number in range(60)]
    return view_of(folder / "made.view", edition(folder, several)).path


@pytest.fixture(scope="module", autouse=True)
def _nothing_published() -> Any:
    """What is installed on this machine is looked at in one test alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(published, "published_counters", lambda: ())
        yield


@pytest.fixture(scope="module")
def made(view: Path, tmp_path_factory: pytest.TempPathFactory) -> MadeTokenizer:
    return train_tokenizer(view, tmp_path_factory.mktemp("made") / "tokenizer.json", size=600)


def test_it_has_the_special_tokens_first_then_every_byte(made: MadeTokenizer) -> None:
    vocabulary = Vocabulary.open(made.path)
    assert [vocabulary.token(each) for each in SPECIAL] == [0, 1, 2, 3]
    assert vocabulary.token(END) == vocabulary.end
    assert (vocabulary.size, vocabulary.hash, made.asked) == (made.size, made.hash, 600)
    assert vocabulary.quick
    every = "".join(chr(point) for point in (*range(0x300), 0x4E2D, 0xFFFD, 0x10FFFF, 0x1F600))
    assert vocabulary.decode(vocabulary.encode([every])[0].tolist()) == every


def test_it_is_the_same_file_in_another_process(made: MadeTokenizer, view: Path, tmp_path: Path) -> None:
    for seed in ("1", "77"):
        out = tmp_path / f"{seed}.json"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        subprocess.run([sys.executable, "-c", CODE, str(view), str(out)], check=True, env=environment)
        assert out.read_bytes() == made.path.read_bytes()


def test_what_its_tokens_hold_is_told_by_language(made: MadeTokenizer) -> None:
    assert {each.language for each in made.languages} == {"en", "de"}
    for each in made.languages:
        assert 2 < each.held() < 20
    card = made.card.read_text(encoding="utf-8")
    assert made.hash in card
    assert made.view in card
    assert f"| en | {made.languages[0].bytes / 1e3:,.0f} kB |" in card or made.languages[0].language == "de"
    assert str(made.path.parent) not in card


def test_it_is_opened_by_transformers(made: MadeTokenizer) -> None:
    transformers = pytest.importorskip("transformers")
    theirs = transformers.PreTrainedTokenizerFast(tokenizer_file=str(made.path), eos_token=END)
    ours = Vocabulary.open(made.path)
    text = "The lighthouse of Port 7 was lit in 1707; 灯塔 don't  stop.\n"
    assert theirs(text)["input_ids"] == ours.encode([text])[0].tolist()
    assert theirs.decode(theirs(text)["input_ids"]) == text
    assert (theirs.eos_token_id, len(theirs)) == (ours.end, ours.size)


def test_it_learns_from_no_more_than_is_asked_and_is_measured_on_the_rest(view: Path) -> None:
    with View.open(view) as opened:
        chosen, later = documents_sampled(opened, int(opened.sizes.sum()) // 3)
        rest = list(later)
        assert chosen == sorted(chosen)
        assert sorted([*chosen, *rest]) == list(range(len(opened)))
        assert 0.3 < int(opened.sizes[chosen].sum()) / int(opened.sizes.sum()) < 0.4
        assert documents_sampled(opened, 10**9)[0] == list(range(len(opened)))


def test_further_special_tokens_and_files_to_compare_with(view: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_bytes(small_tokenizer())
    found = train_tokenizer(view, tmp_path / "t.json", size=500, special=["<|extra|>"], beside=[other])
    assert Vocabulary.open(found.path).token("<|extra|>") == 4
    assert [name for name, _ in found.languages[0].beside] == ["other.json"]
    assert "--special '<|extra|>'" in found.card.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"size": 299}, "cannot be made"),
        ({"size": 2**21}, "cannot be made"),
        ({"sample": 0}, "cannot be learned from"),
        ({"special": [END]}, "named twice"),
        ({"special": ["x" * 41]}, "longer than 40"),
        ({"special": [f"<{n}>" for n in range(40)]}, "too many"),
    ],
)
def test_what_cannot_be_made_is_said(view: Path, tmp_path: Path, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        train_tokenizer(view, tmp_path / "t.json", **wrong)
    assert not list(tmp_path.iterdir())


def test_nothing_is_written_over(made: MadeTokenizer, view: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="exists already"):
        train_tokenizer(view, made.path)
    (tmp_path / "t.md").write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        train_tokenizer(view, tmp_path / "t.json")
    with pytest.raises(UsageError, match=r"does not end in \.json"):
        train_tokenizer(view, tmp_path / "t.model")
    with pytest.raises(MissingError, match="no folder"):
        train_tokenizer(view, tmp_path / "nowhere" / "t.json")
    with pytest.raises(InputError):
        train_tokenizer(tmp_path / "none.view", tmp_path / "u.json")


def test_published_vocabularies_that_are_installed_are_measured_on_the_same_texts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()
    vocabulary = Vocabulary.of(small_tokenizer())
    words = "The lighthouse 灯塔 was lit.\n"
    monkeypatch.setattr(published, "published_counters", lambda: (("words", lambda t: sum(len(x.split()) for x in t)),))
    found = measured_beside("en", [words, words], vocabulary, [("self", vocabulary)])
    assert isinstance(found, MeasuredLanguage)
    assert found.beside == (("self", found.tokens), ("words", 10))
    assert found.held(10) == len((words * 2).encode()) / 10


def test_a_published_vocabulary_that_is_not_installed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from galactica.train.reading import beginning

    def absent() -> Any:
        raise MissingError("not here", "install it")

    monkeypatch.setattr(beginning, "load_beginning", absent)
    monkeypatch.setitem(sys.modules, "tiktoken", None)
    assert published._xlm_r() is None
    assert published._cl100k() is None


def test_a_long_text_is_given_in_parts_that_are_the_text() -> None:
    lines = "".join(f"line {number}\n" for number in range(20_000))
    for whole in (lines, "x" * 120_000, "", "short"):
        parts = published._parts(whole)
        assert "".join(parts) == whole
        assert max(map(len, parts)) <= 50_000


def test_the_command_tells_it_as_json(view: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from jsonschema import Draft202012Validator

    from galactica.cli.entry import run
    from galactica.wire.published import published as schemas

    assert run(["train", "tokenizer", str(view), str(tmp_path / "t.json"), "--size", "600", "--json", "-q"]) == 0
    found = json.loads(capsys.readouterr().out)
    Draft202012Validator(schemas()["tokenizer"]).validate(found)
    assert found["size"] <= found["asked"] == 600
    assert run(["train", "tokenizer", str(view), str(tmp_path / "u.json"), "--size", "600"]) == 0
    assert "bytes to a token" in capsys.readouterr().out
    assert run(["train", "tokenizer", str(view), str(tmp_path / "u.json")]) == UsageError.exit_code
    assert issubclass(UsageError, GalacticaError)
