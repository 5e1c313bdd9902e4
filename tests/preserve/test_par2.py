"""A PAR2 set, made and repaired by par2 itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from galactica import library
from galactica.errors import MissingError, UsageError
from galactica.preserve.par2 import make_par2, par2_program
from tests.preserve.made import copied, files_of, flip


def program() -> str:
    try:
        return par2_program()
    except MissingError:
        pytest.skip("needs the program par2 (extra preserve)")


def test_par2_repairs_an_edition_by_the_set(edition: Path, tmp_path: Path) -> None:
    par2 = program()
    copy = copied(edition, tmp_path)
    before = files_of(copy)
    folder = make_par2(copy, 10)
    assert files_of(copy) == before
    flip(copy / "data/articles/00001.parquet", [70_000])
    (copy / "data/sources/00000.parquet").unlink()
    command = [par2, "repair", "-q", "-q", "-B", str(tmp_path), str(folder / "edition.par2")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {name: raw for name, raw in files_of(copy).items() if not name.endswith(".1")} == before
    assert library.verify(copy).root == library.info(edition).root
    with pytest.raises(UsageError, match="is there already"):
        make_par2(copy, 10)


def test_the_extra_is_named_where_there_is_no_par2(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingError) as raised:
        par2_program()
    assert "galactica[preserve]" in raised.value.remedy
