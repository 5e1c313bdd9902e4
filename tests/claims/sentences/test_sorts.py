"""What looks like a claim of an article's thing and is another's, or nobody's: classes, fiction, what stands before."""

from __future__ import annotations

import pytest

from galactica.claims.sentences.reading import sentence_claims

_CHAIR = "Chairman of the Elm Council"
ULF = "Ulf Borg (1900 – 1970) was a painter. "


def told(title: str, text: str, name: str, language: str = "en") -> list[tuple[str, str]]:
    """(subject, value) of a property in a text."""
    claims = sentence_claims(text, source="s", path="p", title=title, language=language)
    return [(each.subject, each.value) for each in claims if each.property == name]


def test_a_class_of_things_has_no_place() -> None:
    text = "{} airline is a company. The company is headquartered in Oslo."
    assert told("Airlines", text.format("An"), "headquarters") == []
    person = "A native of Oslo, Ulf Borg (1900 – 1970) was a painter. Borg was born in Bergen."
    assert told("Ulf Borg", person, "place_of_birth") == [("", "Bergen")]
    assert told("The Airline", text.format("The"), "headquarters") == [("", "Oslo")]


def test_a_title_may_begin_with_an_article() -> None:
    assert told("A Red Dawn", "A Red Dawn is a novel by Ada Mill. It was founded in 1990.", "author") == [
        ("", "Ada Mill")
    ]


def test_nobody_was_born_in_fiction() -> None:
    assert told("Captain Steel", "Captain Steel is a fictional hero. Ulf Borg was born in 1920.", "date_of_birth") == []
    assert told("Steel", "Steel is a bank. Ulf Borg was born in 1920.", "date_of_birth") == [("Ulf Borg", "1920")]


def test_a_river_has_no_peak() -> None:
    text = "{0} is a {1} in Norway. The highest peak is Mount Elm."
    assert told("Elm", text.format("Elm", "river"), "highest_point") == []
    assert told("Elm", text.format("Elm", "ridge"), "highest_point") == [("", "Mount Elm")]


def test_a_list_of_adjectives_before_a_person_is_no_film() -> None:
    text = "Ulf Borg (born May 3, 1945) is an American movie, television and stage actor who sang."
    assert told("Ulf Borg", text, "country_of_origin") == []
    assert told("Ulf Borg", text, "occupation") == [("", "actor")]


@pytest.mark.parametrize(
    "before",
    ["The largest town is Denpasar.", "The largest city is the provincial capital, Denpasar.", "ELM, a bank, is old."],
)
def test_its_is_the_towns_that_was_named_last(before: str) -> None:
    assert told("Bali", f"Bali is an island. {before} Its population is 4,500.", "population") == []


def test_the_daughter_of_whom_a_portrait_shows_is_not_the_painters() -> None:
    said = "Borg gave his portrait of Maximilian to his daughter Eva."
    assert told("Ulf Borg", ULF + said, "child") == []
    assert told("Ulf Borg", ULF + "Borg gave his house to his daughter Eva.", "child") == [("", "Eva")]


def test_who_was_left_in_a_year_was_no_wife_from_then_on() -> None:
    claims = sentence_claims(
        ULF + "In June 1956, Borg left his first wife Eva Lang.", source="s", path="p", title="Ulf Borg", language="en"
    )
    assert [(each.value, each.time) for each in claims if each.property == "spouse"] == [("Eva Lang", "")]


@pytest.mark.parametrize(
    ("said", "name", "value"),
    [
        ("Borg won the Elm Trophy in England.", "award", "Elm Trophy"),
        ("Borg won the Elm Prize in Physics.", "award", "Elm Prize in Physics"),
        ("Borg attended Elm High School in New York City.", "educated_at", "Elm High School"),
        (
            "Borg served as Chairman of the Elm Council of the Nationalist government.",
            "office_held",
            "Chairman of the Elm Council",
        ),
    ],
)
def test_a_name_ends_before_where_and_whose_it_is(said: str, name: str, value: str) -> None:
    assert told("Ulf Borg", ULF + said, name) == [("", value)]


@pytest.mark.parametrize("league", ["Hanseatic League", "Premier League"])
def test_a_league_of_towns_or_clubs_is_no_party(league: str) -> None:
    assert told("Ulf Borg", f"{ULF}Borg joined the {league}.", "party") == []


def test_a_sentence_whose_end_was_not_seen_is_not_its_subjects() -> None:
    text = "Red Dawn is a video game. The game is in version 1.13d. The latest patch was released on March 23, 2010."
    assert told("Red Dawn", text, "published") == []


def test_a_first_name_whose_last_name_stands_behind_the_next_is_cut() -> None:
    text = "Elm is a comet. Elm was discovered by {} and Ulf Borg."
    assert told("Elm", text.format("Eva"), "discoverer") == [("", "Ulf Borg")]
    assert told("Elm", text.format("Lang") + " Eva Lang was glad.", "discoverer") == [("", "Lang"), ("", "Ulf Borg")]


def test_what_is_made_of_it_is_not_it_in_chinese() -> None:
    text = "红日是一部电视剧。由该剧改编的同名电影在2016年9月推出。"
    assert told("红日", text, "published", "zh") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("李明（1950年－），中国政治家。他在抵达京斯敦后不久逝世。", "place_of_death"),
        ("李明（1950年－），中国政治家。1980年，他与新四军女战士王小芳结婚。", "spouse"),
    ],
)
def test_a_clause_is_no_name_in_chinese(text: str, name: str) -> None:
    assert told("李明", text, name, "zh") == []


def test_a_name_that_ends_in_not_yet_is_no_denial_in_chinese() -> None:
    claims = sentence_claims(
        "《红日》，是日本歌手幸田来未于2015年7月22日发行的专辑。", source="s", path="p", title="红日", language="zh"
    )
    assert [(each.value, each.qualifiers) for each in claims if each.property == "published"] == [("2015-07-22", ())]


def test_the_daughter_of_somebody_is_no_man() -> None:
    text = ULF + "He was the son of Adam Borg and his wife Eva, the daughter of Olaf Lang."
    assert ("", "Olaf Lang") not in told("Ulf Borg", text + " He liked his work.", "parent")


@pytest.mark.parametrize("how", ["on DVD", "direct to video in Norway", "in paperback"])
def test_a_release_in_another_form_is_not_the_first(how: str) -> None:
    text = "Red Dawn is a film. The film was released {}in 1998."
    assert told("Red Dawn", text.format(f"{how} "), "published") == []
    assert told("Red Dawn", text.format(""), "published") == [("", "1998")]


def test_a_member_of_a_delegation_is_none_of_its_nation() -> None:
    assert told("Ulf Borg", ULF + "Borg was a member of the Russian delegation to the Games.", "member_of") == []
    assert told("Ulf Borg", ULF + "Borg was a member of the Elm Leaders Group on Climate Change.", "member_of") == []


def test_a_census_of_its_own_tells_its_year() -> None:
    claims = sentence_claims(
        "Ghana is a country. In its first post-colonial census in 1960, Ghana had a population of 6.7 million.",
        source="s",
        path="p",
        title="Ghana",
        language="en",
    )
    assert [each.time for each in claims if each.property == "population"] == ["1960"]


def test_who_founded_it_where_is_two_things_in_chinese() -> None:
    assert told("大成", "大成是一家公司。该公司由马兴秋于香港创办。", "founder", "zh") == []
    assert told("大成", "大成是一家公司。该公司由马兴秋创办。", "founder", "zh") == [("", "马兴秋")]


def test_it_behind_a_clause_on_something_else_is_that() -> None:
    text = "Lyon is a city in France. When {} joined the union in 1803, it had a population of 7,300."
    assert told("Lyon", text.format("Grisons"), "population") == []
    assert told("Lyon", text.format("Lyon"), "population") == [("", "7300")]


def test_it_behind_a_compound_of_the_name_is_that() -> None:
    text = "The Main is a river in Germany. The {} is a path. It is 600 km long."
    assert told("Main", text.format("Main-Radweg"), "length") == []


def test_who_was_elected_may_take_office_later() -> None:
    claims = sentence_claims(
        ULF + "Borg was elected President of Norway in 1990, and took office in 1991.",
        source="s",
        path="p",
        title="Ulf Borg",
        language="en",
    )
    assert [each.time for each in claims if each.property == "office_held"] == [""]
