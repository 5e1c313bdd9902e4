"""Proofs on the command line: made, checked, shown, refused; each with its exit code and its document."""

from __future__ import annotations

import contextlib
import io
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from galactica.cli import run
from galactica.edition import record

from ..edition.test_proof import self_made
from ..edition.test_record import ARTICLE, SOURCE
from .conftest import call
from .test_json import check


@pytest.fixture(scope="module")
def weather(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weather")
    (folder / "pages").mkdir()
    (folder / "pages" / "rain.html").write_text("<title>Rain</title><p>Rain is <b>wet</b>.</p>")
    (folder / "pages" / "snow.html").write_text("<title>Snow</title><p>Snow is cold.</p>")
    out = folder / "weather.edition"
    assert call("build", str(out), str(folder / "pages"), "--no-meaning", "--workers", "1", "--quiet").code == 0
    return out


@pytest.fixture
def proof(weather: Path, tmp_path: Path) -> Path:
    file = tmp_path / "rain.proof"
    said = call("prove", str(weather), "rain", "-o", str(file), "--json")
    assert said.code == 0, said.err
    check("prove", said.json)
    assert said.json["bytes"] == file.stat().st_size
    return file


@pytest.fixture
def root(weather: Path) -> str:
    return str(call("info", str(weather), "--json").json["root"])


def test_a_proof_holds_and_says_what_it_shows(proof: Path, root: str) -> None:
    said = call("verify", "--proof", str(proof), "--root", root)
    assert said.code == 0
    for words in ("holds.", "Rain", "[pages]", root, "the one that you named", " of 2 articles"):
        assert words in said.out
    assert "wet" not in said.out
    assert said.out.endswith("\n")
    assert "Rain is wet." in call("verify", "--proof", str(proof), "--root", root, "--show").out


def test_without_a_root_it_is_said_that_nothing_is_proved_yet(proof: Path, root: str) -> None:
    said = call("verify", "--proof", str(proof))
    assert said.code == 0
    assert "Nothing is proved yet" in said.out
    assert "holds" not in said.out
    assert root in said.out


def test_the_documents_have_their_schemas(proof: Path, root: str) -> None:
    for more in ([], ["--root", root], ["--show"]):
        said = call("verify", "--proof", str(proof), *more, "--json")
        assert said.code == 0
        check("verify", said.json)
        shown = said.json["proof"]
        assert isinstance(shown, dict)
        assert shown["compared"] == ("--root" in more)
        assert shown.get("text") == ("Rain is wet." if "--show" in more else None)
        assert shown["record"]["title"] == "Rain"
        assert "body" not in shown["record"]
    said = call("verify", "--proof", str(proof), "--root", "0" * 64, "--json")
    assert said.code == 1
    check("verify", said.json)
    assert said.json["ok"] is False


def test_a_proof_that_was_changed_does_not_hold(proof: Path) -> None:
    proof.write_bytes(proof.read_bytes().replace(b'"index": 0', b'"index": 1', 1))
    said = call("verify", "--proof", str(proof))
    assert said.code == 1
    assert "DOES NOT HOLD" in said.out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["verify", "--proof", "PROOF", "EDITION"], 2),
        (["verify", "--proof", "PROOF", "-e", "EDITION"], 2),
        (["verify", "--proof", "PROOF", "--root", "abc"], 2),
        (["verify", "EDITION", "--root", "0" * 64], 2),
        (["verify", "EDITION", "--show"], 2),
        (["verify", "--proof", "no-such-file"], 3),
        (["prove", "EDITION", "xylophone"], 1),
        (["prove", "EDITION", "rain", "--table", "passages"], 2),
        (["prove", "EDITION", "rain", "-o", "PROOF"], 2),
        (["prove", "EDITION", "rain", "-o", "no-such-folder/x"], 5),
        (["prove", "EDITION", "rain", "--json"], 2),
        (["prove", "no-such-edition", "rain"], 4),
    ],
)
def test_what_makes_no_sense_or_is_not_there_ends_with_its_code(
    weather: Path, proof: Path, words: list[str], code: int
) -> None:
    before = proof.read_bytes()
    said = call(*({"PROOF": str(proof), "EDITION": str(weather)}.get(word, word) for word in words))
    assert said.code == code, said.err
    assert said.err
    assert proof.read_bytes() == before


def test_force_replaces_a_file_and_nothing_is_left_beside_it(weather: Path, proof: Path) -> None:
    proof.write_text("old")
    assert call("prove", str(weather), "snow", "-o", str(proof), "--force").code == 0
    assert "Snow" in call("verify", "--proof", str(proof)).out
    assert [each.name for each in proof.parent.iterdir()] == [proof.name]


def test_a_proof_flows_through_a_pipe(weather: Path, proof: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.TextIOWrapper(io.BytesIO())
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        assert run(["prove", str(weather), "rain"]) == 0
    assert isinstance(out.buffer, io.BytesIO)
    raw = out.buffer.getvalue()
    assert raw == proof.read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    assert "Rain" in call("verify", "--proof", "-").out


def test_nothing_of_a_proof_moves_the_cursor(tmp_path: Path) -> None:
    evil = "Rain\x1b]0;owned\x07\x9b31m\n  root       none"
    article = replace(ARTICLE, title=evil, url=evil, body=f"<p>{evil}</p>")
    source = replace(SOURCE, title=evil, licence=evil)
    file = tmp_path / "evil.proof"
    file.write_text(self_made(record.article_record(article, 2), sources=record.source_record(source, 2)).to_json())
    for more in ([], ["--show"], ["--json", "--show"]):
        said = call("verify", "--proof", str(file), *more)
        assert said.code == 0, said.err
        assert not {"\x1b", "\x9b", "\x07"} & set(said.out + said.err)
        lines = said.out.split("\n\n")[0].splitlines()
        assert more[-1:] == ["--show"] or sum(line.startswith("  root ") for line in lines) == 1
