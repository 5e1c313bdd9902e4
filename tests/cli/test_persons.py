"""Why a command is refused is said in the language of the person at the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from galactica.cli.persons import in_persons_language, persons_languages
from galactica.model.said import said

from .conftest import call


@pytest.mark.parametrize(
    ("environment", "languages"),
    [
        ({"LANG": "fr_SN.UTF-8"}, ("fr-SN",)),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "es_BO"}, ("es-BO",)),
        ({"LANG": "fr_FR", "LC_MESSAGES": "es_BO", "LC_ALL": "sr_RS@latin"}, ("sr-RS",)),
        ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "wo:fr:en"}, ("wo", "fr", "en", "fr-FR")),
        ({"LANG": "C.UTF-8", "LANGUAGE": "fr"}, ()),
        ({"LC_ALL": "POSIX", "LANG": "fr_FR"}, ()),
        ({}, ()),
    ],
)
def test_the_environment_names_the_languages(environment: dict[str, str], languages: tuple[str, ...]) -> None:
    assert persons_languages(environment) == languages


@pytest.fixture
def french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "fr_SN.UTF-8")
    monkeypatch.setenv("LANGUAGE", "wo:fr")


@pytest.mark.usefixtures("french")
def test_a_sentence_without_a_code_stays_as_it_is() -> None:
    assert in_persons_language("It rains.") == "It rains."
    assert in_persons_language(said("no-question", "There is no question.")) == "Il n’y a pas de question."


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize("question", [[""], ["  "], ["", " "]])
def test_no_question_is_refused_and_programs_are_told_so_in_english(edition: str, question: list[str]) -> None:
    ended = call("ask", *question, "-e", edition, "--json")
    assert ended.code == 2
    assert ended.err.startswith("Il n’y a pas de question.\nÉcrivez-la")
    assert json.loads(ended.out)["error"]["problem"] == "There is no question."


@pytest.mark.usefixtures("french")
def test_an_empty_shelf_and_an_edition_that_is_not_there_are_told(tmp_path: Path) -> None:
    empty = call("ls", "--shelf", str(tmp_path))
    assert empty.code == 2
    assert "étagère est vide" in empty.err
    missing = call("ls", "-e", "nowhere", "--shelf", str(tmp_path))
    assert missing.code == 4
    assert "Il n’y a pas d’édition nowhere" in missing.err
    assert "Nommez un dossier" in missing.err


def test_a_language_that_the_room_does_not_speak_is_told_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "wo_SN.UTF-8")
    monkeypatch.setenv("LANGUAGE", "")
    assert in_persons_language(said("no-question", "There is no question.")) == "There is no question."
