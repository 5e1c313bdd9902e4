"""What the command line says and does where something stands at OUT."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Made, call


@pytest.fixture(scope="module")
def hills(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of two short texts."""
    folder = tmp_path_factory.mktemp("hills")
    (folder / "texts").mkdir()
    (folder / "texts" / "hill.txt").write_text("A hill is lower than a mountain.")
    (folder / "texts" / "vale.txt").write_text("A vale lies between two hills.")
    out = folder / "hills.edition"
    assert call("build", str(out), str(folder / "texts"), "--no-meaning", "--workers", "1", "--quiet").code == 0
    return out


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "galactica", *words], cwd=cwd, capture_output=True, text=True, check=False
    )


def test_a_minus_is_standard_output_and_never_a_file(hills: Path, tmp_path: Path) -> None:
    ended = run("export", str(hills), "-", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert sorted(json.loads(line)["title"] for line in ended.stdout.splitlines()) == ["hill", "vale"]
    assert [each.name for each in tmp_path.iterdir()] == []


def test_a_file_that_exists_is_an_error_that_names_the_way_out(hills: Path, tmp_path: Path) -> None:
    keep = tmp_path / "keep.jsonl"
    keep.write_text("my own words")
    said = call("export", str(hills), str(keep))
    assert said.code == 2
    assert "exists already" in said.err
    assert "--force" in said.err
    assert keep.read_text() == "my own words"
    assert call("export", str(hills), str(keep), "--force").code == 0
    assert len(keep.read_text().splitlines()) == 2


@pytest.mark.parametrize("name", ["hills.jsonl", "hills.JSONL", "hills.jsonl.gz", "hills.jsonl.zst"])
def test_the_name_says_that_lines_are_wanted(hills: Path, tmp_path: Path, name: str) -> None:
    said = call("export", str(hills), str(tmp_path / name), "--json")
    assert (said.code, said.json["format"]) == (0, "jsonl"), said.err


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("-", "--format", "zim"), "standard output"),
        (("-", "--json"), "both want standard output"),
        (("hills.gz",), "does not say what to write"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_written(made: Made, words: tuple[str, ...], problem: str) -> None:
    said = call("export", str(Path.cwd()), *words)
    assert said.code == 2
    assert problem in said.err
