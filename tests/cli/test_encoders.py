"""galactica encoder use and list, and --encoder."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica import encode
from galactica.encode import minilm

from ..encode.samples import written
from .conftest import Made, call
from .test_json import check


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A file that was trained; the program comes with another one, and MiniLM is not installed."""
    program = written(tmp_path / "program.safetensors")
    monkeypatch.setattr(encode, "shipped", lambda: program)
    monkeypatch.setattr(minilm, "_PACKAGE", "no_such_package")
    return str(written(tmp_path / "mine.safetensors", seed=2))


def test_what_is_chosen_is_in_use_from_then_on(made: Made, mine: str, edition: str) -> None:
    assert call("encoder", "list", "--json").json["in_use"] == "static"
    said = call("encoder", "use", mine, "--json")
    check("encoder", said.json)
    assert said.json["in_use"] == mine
    assert call("encoder", "list", "--json").json == said.json
    call("build", "x.edition", "a")
    call("index", edition)
    call("index", edition, "--encoder", "static")
    assert [call[1][-1]["encoder"] for call in made.calls] == [mine, mine, "static"]


def test_nothing_chosen_leaves_it_to_the_library(made: Made, mine: str, edition: str) -> None:
    call("index", edition)
    assert made.calls[0][1][-1]["encoder"] == ""


def test_settings_may_lie_in_another_folder(made: Made, mine: str, tmp_path: Path, edition: str) -> None:
    call("encoder", "use", mine, "--config", str(tmp_path / "other"))
    assert call("encoder", "list", "--json").json["in_use"] == "static"
    assert call("encoder", "list", "--config", str(tmp_path / "other"), "--json").json["in_use"] == mine
    call("index", edition, "--config", str(tmp_path / "other"))
    assert made.calls[0][1][-1]["encoder"] == mine


def test_the_list_says_what_is_installed(made: Made, mine: str) -> None:
    said = call("encoder", "list")
    lines = [line.split("\t") for line in said.out.splitlines()]
    assert lines[0] == ["encoder", "in use", "installed", "dimensions", "digest", "what it is"]
    assert lines[1][:4] == ["static", "yes", "yes", "64"]
    assert lines[2][:5] == ["minilm", "", "no", "", ""]
    assert "galactica[minilm]" in said.err
    check("encoder", call("encoder", "list", "--json").json)


@pytest.mark.parametrize(("name", "code"), [("minilm", 5), ("nonsense", 2), ("none.safetensors", 5)])
def test_what_cannot_be_used_is_said(made: Made, mine: str, name: str, code: int) -> None:
    said = call("encoder", "use", name, "--json")
    assert said.code == code
    check("error", said.json)
    assert call("encoder", "list", "--json").json["in_use"] == "static"
