"""What countries and continents are called."""

from __future__ import annotations

import pytest

from galactica.languages import territories
from galactica.languages.territories import territory_called, territory_names


@pytest.mark.parametrize(
    ("name", "language", "code"),
    [
        ("Großbritannien", "de", "GB"),
        ("USA", "de", "US"),
        ("ЮАР", "ru", "ZA"),
        ("соединённые штаты америки", "ru", "US"),
        ("印尼", "zh", "ID"),
        ("Vatican", "en", "VA"),
        ("Amérique", "fr", "019"),
        ("América", "pt", "019"),
        ("America", "it", "019"),
        ("Holanda", "es", "NL"),
        ("Atlantis", "en", ""),
        ("", "en", ""),
        ("x" * 100, "en", ""),
        ("USA", "qqq", ""),
    ],
)
def test_a_name_that_people_use_is_that_of_one_territory(name: str, language: str, code: str) -> None:
    assert territory_called(name, language) == code


@pytest.mark.parametrize(
    ("name", "language", "code"),
    [
        ("Südafrika", "de", "ZA"),
        ("南非", "zh", "ZA"),
        ("衣索比亞", "zh", "ET"),
        ("Германия", "ru", "DE"),
        ("Island", "de", "IS"),
        ("Island", "en", ""),
        ("Südamerika", "de", "005"),
        ("Saint Lucia", "en", "LC"),
        ("Burma", "en", "MM"),
        ("Конго", "ru", ""),
    ],
)
def test_names_of_the_locale_data_are_those_of_one_language(name: str, language: str, code: str) -> None:
    pytest.importorskip("babel")
    assert territory_called(name, language) == code


def test_the_usual_name_of_the_first_language_comes_first() -> None:
    pytest.importorskip("babel")
    names = territory_names("GM", ["en", "de"])
    assert names[0] == "Gambia"
    assert "The Gambia" in names
    assert len(names) == len(set(names))


def test_without_the_locale_data_the_names_of_the_table_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    for each in (territories._names, territories._codes):
        each.cache_clear()
    monkeypatch.setattr(territories, "_cldr", lambda locale: {})
    assert territory_called("Holland", "de") == "NL"
    assert territory_called("Deutschland", "de") == ""
    for each in (territories._names, territories._codes):
        each.cache_clear()
