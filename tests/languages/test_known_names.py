"""What well known things are called in other languages."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from galactica.languages import known_languages, scripts_in
from galactica.languages.known_names import LONGEST_KNOWN, called_elsewhere, known_names

TABLE = tomllib.loads(files("galactica.languages").joinpath("known_names.toml").read_text("utf-8"))
ROWS = {head: names for group in TABLE.values() for head, names in group.items()}
SCRIPTS = {"zh": {"zh"}, "ja": {"zh", "ja"}, "ru": {"Cyrillic"}, "ar": {"Arabic"}, "hi": {"Devanagari"}}


@pytest.mark.parametrize(
    ("name", "language", "languages", "called"),
    [
        ("章鱼", "zh", ["en"], "Octopus"),
        ("鋼琴", "zh-Hant", ["en"], "Piano"),
        ("Piano", "en", ["zh"], "钢琴"),
        ("OCTOPUS", "en", ["de"], "Krake"),
        ("Моби-Дик", "ru", ["ja"], "白鯨"),
        ("polvo", "pt", ["en"], "Octopus"),
        ("约翰列侬", "zh", ["en"], "John Lennon"),
        ("レオナルドダヴィンチ", "ja", ["en"], "Leonardo da Vinci"),
        ("Mercure", "fr", ["en"], "Mercury (planet)"),
        ("Pablo Picasso", "de", ["zh"], "毕加索"),
    ],
)
def test_a_name_in_one_language_gives_the_usual_one_in_another(name, language, languages, called) -> None:
    assert known_names(name, language, languages)[0] == called


@pytest.mark.parametrize(
    ("name", "language"),
    [("polvo", "en"), ("章鱼", "ru"), ("Vara", "de"), ("", "zh"), ("x" * (LONGEST_KNOWN + 1), "en"), ("章鱼", "qqq")],
)
def test_a_name_counts_in_its_own_language_alone(name: str, language: str) -> None:
    assert known_names(name, language, ["en"]) == ()


def test_names_of_several_languages_come_in_their_order() -> None:
    assert known_names("タコ", "ja", ["de", "en"]) == ("Krake", "Oktopus", "Tintenfisch", "Octopus")


@pytest.mark.parametrize(("name", "language", "city"), [("Wien", "de", "Vienna"), ("巴黎", "zh", "Paris")])
def test_cities_are_called_as_the_locale_data_say(name: str, language: str, city: str) -> None:
    pytest.importorskip("babel")
    assert known_names(name, language, ["en"]) == (city,)


def test_what_two_things_are_called_in_a_language_is_no_name_of_either() -> None:
    found: dict[tuple[str, str], set[str]] = {}
    for head, names in ROWS.items():
        for language, text in names.items():
            for name in text.split("|"):
                found.setdefault((language, name.strip().casefold()), set()).add(head)
    for (language, name), heads in found.items():
        if len(heads) > 1:
            assert known_names(name, language, ["en"]) == (), (language, name, heads)


@pytest.mark.parametrize("head", ROWS)
def test_a_row_is_whole(head: str) -> None:
    assert set(ROWS[head]) <= set(known_languages())
    for language, text in ROWS[head].items():
        for name in map(str.strip, text.split("|")):
            assert name
            assert len(name) <= LONGEST_KNOWN
            assert scripts_in(name) <= SCRIPTS.get(language, {"Latin"}), (head, language, name)


def test_a_country_is_told_before_another_thing_of_its_name() -> None:
    pytest.importorskip("babel")
    assert called_elsewhere("USA", "de", ["en"])[0] == "United States"
    assert called_elsewhere("章鱼", "zh", ["en"]) == ("Octopus",)
    assert called_elsewhere("Vara", "zh", ["en"]) == ()
