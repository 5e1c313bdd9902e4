"""train lm, generate and eval lm in a terminal, over a real small view."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.train.lm.conftest import model_folder, tokenizer, view_folder

from .conftest import call
from .test_json import check

__all__ = ["model_folder", "tokenizer", "view_folder"]  # fixtures

QUICK = "--size nano --steps 4 --batch 2 --context 24 --held-back 0.1 --device cpu --threads 1 -q".split()


def test_a_model_is_trained_told_of_and_asked(view_folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    out = str(tmp_path / "mine")
    said = call("train", "lm", str(view_folder), out, *QUICK, "--tokenizer", "none.json")
    assert said.code == 3
    said = call("train", "lm", str(view_folder), out, *QUICK)
    assert said.code == 0, said.err
    lines = said.out.splitlines()
    assert lines[0].startswith(f"{out}: ")
    assert "4 steps" in lines[1]
    assert "bits a byte (gzip -9 " in lines[2]
    assert lines[4].startswith("See it: galactica serve ")
    document = call("train", "lm", str(view_folder), str(tmp_path / "again"), "--again", out, "-q", "--json").json
    check("lm", document)
    training = json.loads((tmp_path / "mine" / "training.json").read_text(encoding="utf-8"))
    assert document["weights"] == training["weights"]
    assert all(each["spans"] is not None for each in training["samples"])
    measured = call("eval", "lm", out, str(view_folder), "--questions", "8", "--prompts", "2", "--json", "-q").json
    check("lm-evaluation", measured)
    assert measured["same_view"] is True
    shown = call("eval", "lm", out, str(view_folder), "--questions", "8", "--prompts", "2", "--no-trace", "-q")
    assert "Bits a byte" in shown.out
    assert "gzip -9" in shown.out


def test_what_is_there_and_what_makes_no_sense_is_said(view_folder: Path, model_folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    said = call("train", "lm", str(view_folder), str(model_folder), *QUICK)
    assert (said.code, "there already" in said.err) == (2, True)
    assert call("train", "lm", str(view_folder), str(model_folder), "--size", "giant").code == 2
    assert call("train", "lm", "none.view", str(tmp_path / "out"), *QUICK).code == 3


def test_a_model_goes_on_with_a_text_as_it_comes(model_folder: Path) -> None:
    said = call("generate", str(model_folder), "The light", "-n", "8", "--temperature", "0")
    assert said.code == 0
    assert said.out.endswith("\n")
    document = call("generate", str(model_folder), "The light", "-n", "8", "--temperature", "0", "--json").json
    check("generate", document)
    assert document["text"] == said.out[:-1] or "\ufffd" in said.out
    tokens = document["tokens"]
    assert isinstance(tokens, list)
    assert len(tokens) == 8


def test_nothing_that_it_writes_moves_the_cursor(model_folder: Path) -> None:
    said = call("generate", str(model_folder), "-n", "30", "--temperature", "100", "--seed", "5", "-q")
    assert not any(ord(letter) < 32 and letter not in "\n\t" for letter in said.out)


@pytest.mark.parametrize(
    "words", [["--temperature", "-1"], ["--temperature", "nan"], ["--top-p", "0"], ["--top-p", "2"], ["-n", "0"]]
)
def test_numbers_out_of_range_are_refused(model_folder: Path, words: list[str]) -> None:
    assert call("generate", str(model_folder), "a", *words).code == 2


def test_no_model_is_said(tmp_path: Path, view_folder: Path) -> None:
    said = call("generate", str(tmp_path), "a")
    assert (said.code, "no model" in said.err) == (3, True)
    assert call("eval", "lm", str(tmp_path), str(view_folder)).code == 3
    assert call("serve", "--model", str(tmp_path)).code == 3
