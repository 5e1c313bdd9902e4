"""What is in one country only, and of one kind only."""

from __future__ import annotations

import pytest

from galactica.joining.disagreements.prose.exclusive import only_there, there_too
from galactica.joining.disagreements.prose.sentences import sentences_of_text
from galactica.joining.disagreements.prose.told import topic_stems

TOPIC = topic_stems("Tarn vole")


def only(text: str) -> list[str]:
    return [country for each in sentences_of_text(text) for country, _, _ in only_there(each, TOPIC)]


def too(text: str, country: str = "Norway") -> list[str]:
    return [other for each in sentences_of_text(text) for other, _, _ in there_too(each, TOPIC, country)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Tarn vole is endemic to Norway.", ["Norway"]),
        ("It is only found in Norway.", ["Norway"]),
        ("It is endemic to Norway and Sweden.", []),
        ("It may be endemic to Norway.", []),
        ("A beetle that eats grass there is endemic to Norway and lives far from the Tarn vole.", []),
        ("The Tarn vole is the only species in the genus.", ["one"]),
    ],
)
def test_a_sentence_says_where_its_topic_is_only(text: str, found: list[str]) -> None:
    assert only(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is found in Sweden.", ["Sweden"]),
        ("It has been reported from Sweden and Finland.", ["Sweden", "Finland"]),
        ("It is found in southern Norway.", []),
        ("It is found in Norway, but not in Sweden.", []),
        ("It was introduced and is found in Sweden.", []),
        ("It is found in the museum of Sweden.", []),
        ("Some say that it is found in Sweden.", []),
        ("It is found near the Sweden River.", []),
    ],
)
def test_another_country_counts_where_the_topic_is_found_by_itself(text: str, found: list[str]) -> None:
    assert too(text) == found


def test_one_species_is_not_several() -> None:
    assert too("The Tarn vole genus contains three species.", "one") == ["several"]
    assert too("It is one of three species of the valley.", "one") == []
