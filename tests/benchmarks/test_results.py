"""What a benchmark found is kept with how it was found, and compared figure by figure."""

from __future__ import annotations

import argparse
import ast
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from benchmarks.results import arguments, changes, keep

from benchmarks import results

PROGRAMS = sorted(
    path for path in Path(results.__file__).parent.glob("*.py") if "__main__" in path.read_text(encoding="utf-8")
)
MAKERS = frozenset(
    ("ask_confidence", "ask_standing", "export_zim", "qa_crossed", "qa_parts", "reader_training", "zim_peer")
)
"""Those that measure nothing: they make data for others, or check and say what failed."""


def given(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--edition", type=Path)
    parser.add_argument("--questions", type=int, default=10)
    return arguments(parser).parse_args(words)


def found(figures: Mapping[str, object], **more: object) -> dict[str, object]:
    return {"benchmark": "b", "date": "2026-01-01", "commit": "c", "machine": {"cores": 2}, **more, "figures": figures}


def test_what_is_kept_says_when_where_and_of_which_commit(tmp_path: Path) -> None:
    kept = keep("/somewhere/speed.py", given("--questions", "7"), {"a": 1}, folder=tmp_path)
    assert json.loads((tmp_path / "speed.json").read_text(encoding="utf-8")) == kept
    assert (kept["benchmark"], kept["arguments"], kept["figures"]) == (
        "speed",
        {"edition": None, "questions": 7},
        {"a": 1},
    )
    assert set(kept) == {"benchmark", "date", "commit", "machine", "arguments", "figures"}
    assert set(kept["machine"]) == {"cores", "memory_gib", "processor", "system", "python"}
    assert str(kept["date"]).endswith("+00:00")


def test_no_folder_of_the_machine_is_kept(tmp_path: Path) -> None:
    keep("b.py", given("--edition", str(tmp_path / "x.edition")), {"where": tmp_path / "y"}, folder=tmp_path)
    written = (tmp_path / "b.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in written
    assert '"edition": "x.edition"' in written


def test_numbers_of_numpy_and_what_json_lacks_are_kept_as_json_has_them(tmp_path: Path) -> None:
    figures: dict[str, object] = {"a": np.float32(0.5), "b": np.int64(3), "c": float("nan"), "e": {4: (1, 2)}}
    kept = keep("b.py", given(), figures, folder=tmp_path)
    assert kept["figures"] == {"a": 0.5, "b": 3, "c": None, "e": {"4": [1, 2]}}
    json.loads((tmp_path / "b.json").read_text(encoding="utf-8"), parse_constant=pytest.fail)


def test_the_figures_before_are_read_before_they_are_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep("b.py", given(), {"speed": 10.0}, folder=tmp_path)
    keep("b.py", given("--against", str(tmp_path / "b.json")), {"speed": 15.0}, folder=tmp_path)
    assert "speed" in (said := capsys.readouterr().out)
    assert "1.500" in said
    kept = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert kept["figures"] == {"speed": 15.0}
    assert "against" not in kept["arguments"]


def test_only_what_differs_is_shown_each_with_its_ratio() -> None:
    lines = list(changes(found({"a": 1.0, "b": {"c": 100, "d": 7}}), found({"a": 1.001, "b": {"c": 101, "d": 7}})))
    assert [line.split() for line in lines[2:-1]] == [["b", "/", "c", "100", "101", "1.010"]]
    assert lines[-1] == "  2 figures are the same."


def test_a_count_that_differs_by_one_of_many_is_shown() -> None:
    assert any("10,001" in line for line in changes(found({"a": 10_000}), found({"a": 10_001})))


def test_what_one_of_them_lacks_is_shown_without_a_ratio() -> None:
    lines = [line.split() for line in changes(found({"old": 1, "zero": 0}), found({"new": 2, "zero": 3}))]
    assert ["new", "–", "2", "–"] in lines
    assert ["old", "1", "–", "–"] in lines
    assert ["zero", "0", "3", "–"] in lines


def test_rows_of_a_list_are_compared_by_their_name_wherever_they_stand() -> None:
    one, other = ({"rows": [{"name": name, "x": ord(name)} for name in order]} for order in ("ab", "ba"))
    assert list(changes(found(one), found(other)))[-1] == "  4 figures are the same."


def test_another_machine_or_other_arguments_are_said() -> None:
    lines = list(changes(found({}, arguments={"n": 1}), found({}, machine={"cores": 8}, arguments={"n": 2})))
    assert "  other machine: cores was 2, is 8" in lines
    assert "  other arguments: n was 1, is 2" in lines


@pytest.mark.parametrize("text", ["", "[]", "{}", "no json"])
def test_what_is_no_result_is_refused(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit):
        given("--against", str(tmp_path / "x.json"))
    assert "is no result" in capsys.readouterr().err


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_every_benchmark_that_measures_keeps_what_it_found(path: Path) -> None:
    calls = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    assert ("results.keep" in calls) is (path.stem not in MAKERS)
    assert path.stem in MAKERS or calls & {"results.arguments", "arguments"}
