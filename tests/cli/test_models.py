"""galactica model use, none, show and try."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Made, call
from .test_json import check

LOCAL = "http://127.0.0.1:9/v1"


def test_no_model_is_chosen_until_somebody_chooses_one(made: Made) -> None:
    said = call("model", "show", "--json")
    check("model", said.json)
    assert said.json == {"model": None, "tried": None}
    assert "nothing is called" in call("model", "show").out


def test_what_is_chosen_stays_until_it_is_left(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", "sk-very-secret")
    said = call(
        "model", "use", LOCAL, "--name", "q", "--key-from", "MY_KEY", "--seconds", "5", "--tokens", "100", "--json"
    )
    check("model", said.json)
    assert call("model", "show", "--json").json == said.json
    shown = call("model", "show")
    assert shown.out == f"q at {LOCAL} (on this machine), 5 seconds, 100 tokens, key from MY_KEY.\n"
    call("model", "none")
    assert call("model", "show", "--json").json["model"] is None


def test_a_key_is_neither_kept_nor_shown(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", "sk-very-secret")
    folder = str(tmp_path / "mine")
    said = call("model", "use", f"{LOCAL}#q", "--key-from", "MY_KEY", "--config", folder)
    shown = call("model", "show", "--config", folder, "--json")
    kept = "".join(path.read_text(encoding="utf-8") for path in Path(folder).iterdir())
    assert "very-secret" not in said.out + said.err + shown.out + shown.err + kept


def test_the_encoder_stays_chosen_beside_a_model(made: Made) -> None:
    call("encoder", "use", "static")
    call("model", "use", f"{LOCAL}#q")
    assert call("encoder", "list", "--json").json["in_use"] == "static"
    call("encoder", "use", "static")
    assert call("model", "show", "--json").json["model"]["name"] == "q"


@pytest.mark.parametrize(
    "words",
    [
        ["use", "ftp://localhost/v1#q"],
        ["use", LOCAL],
        ["use", f"{LOCAL}#q", "--tokens", "1"],
        ["use", f"{LOCAL}#q", "--seconds", "-1"],
        ["use", "http://models.example/v1#q", "--key-from", "MY_KEY"],
        ["use", f"{LOCAL}#q", "--key-from", "not a name"],
        ["try"],
        ["try", "nonsense"],
    ],
)
def test_a_mistake_is_told_and_nothing_is_chosen(made: Made, words: list[str]) -> None:
    said = call("model", *words, "--json")
    assert said.code == 2
    check("error", said.json)
    assert call("model", "show", "--json").json["model"] is None


def test_trying_a_model_that_is_not_there_says_so(made: Made) -> None:
    pytest.importorskip("pydantic_ai")
    said = call("model", "try", f"{LOCAL}#q", "--json")
    check("model", said.json)
    assert said.code == 1
    assert "cannot be reached" in said.json["tried"]["problem"]


def test_settings_that_say_nonsense_of_a_model_are_named(made: Made, tmp_path: Path) -> None:
    for nonsense in ('{"model": 7}', '{"model": {"url": 1}}', '{"model": {"url": "x", "name": "y"}}', '{"model": {}}'):
        (tmp_path / "settings.json").write_text(nonsense)
        said = call("model", "show", "--config", str(tmp_path), "--json")
        assert said.code == 2
        assert "settings.json" in said.json["error"]["problem"]
