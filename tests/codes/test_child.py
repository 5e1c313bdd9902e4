"""A child finds the modules that its parent finds, and knows nothing else where it may not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from galactica.codes.child import child_command, child_environment

TELLING = "import json, os, sys\nprint(json.dumps([sys.argv[1:], dict(os.environ), sys.path]))\n"


def told(folder: Path, *options: str, bare: bool) -> tuple[list[str], dict[str, str], list[str]]:
    done = subprocess.run(
        [*child_command("telling", *options), "one", "two words"],
        env=child_environment(bare=bare),
        cwd=folder,
        stdout=subprocess.PIPE,
        check=True,
    )
    arguments, known, path = json.loads(done.stdout)
    return arguments, known, path


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "telling.py").write_text(TELLING, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path / "modules")
    monkeypatch.setenv("GALACTICA_KEY", "a secret")
    return tmp_path / "modules"


def test_a_module_that_only_this_process_knows_of_is_found(modules: Path, tmp_path: Path) -> None:
    arguments, known, path = told(tmp_path, bare=False)
    assert arguments == ["one", "two words"]
    assert known["GALACTICA_KEY"] == "a secret"
    assert str(modules) in path


def test_a_bare_child_knows_nothing_of_the_environment(modules: Path, tmp_path: Path) -> None:
    _, known, path = told(tmp_path, "-s", "-B", bare=True)
    assert "GALACTICA_KEY" not in known
    assert known["LANG"] == "C.UTF-8"
    assert str(modules) in path


def test_the_folder_that_a_child_stands_in_is_no_place_to_import_from(modules: Path, tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(3)\n", encoding="utf-8")
    told(tmp_path, bare=True)


def test_an_empty_entry_of_the_path_which_means_the_current_folder_is_not_handed_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "path", ["", "/somewhere", "", "/else"])
    assert child_environment()["PYTHONPATH"] == os.pathsep.join(["/somewhere", "/else"])
