"""Names in Latin letters and how they sound; parts of titles; what lists namesakes."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import numpy as np
import pytest

from galactica.joining.topics.deciding import UNSHARED, UNSHARED_ONCE, name_rarity
from galactica.joining.topics.evidence import pattern_of
from galactica.joining.topics.gathering import SLOTS, slot_of, sort_of
from galactica.joining.topics.romanising import mixes_scripts, romanised, sound_of
from galactica.joining.topics.thing import Thing, title_parts

TABLES = tomllib.loads(files("galactica.joining.topics").joinpath("letters.toml").read_text(encoding="utf-8"))
SORTS = tomllib.loads(files("galactica.joining.topics").joinpath("sorts.toml").read_text(encoding="utf-8"))
EXAMPLES = [
    *(pair for script in TABLES["scripts"].values() for pair in script["examples"]),
    *TABLES["kana"]["examples"],
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example[0])
def test_a_name_is_written_in_latin_letters(example: list[str]) -> None:
    assert romanised(example[0]) in example[1:]


@pytest.mark.parametrize(
    ("one", "other"),
    [("托尼·阿博特", "Tony Abbott"), ("トニー・アボット", "Tony Abbott"), ("Владимир", "Vladimir"), ("김", "Gim")],
)
def test_names_sound_alike_across_scripts(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other) != ""


def test_a_name_of_signs_alone_has_no_letters() -> None:
    assert romanised("☃ ☄") == ""
    assert sound_of("☃") == ""


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Mercury (planet)", ("mercury", "planet")),
        ("水星（神话）", ("水星", "神话")),
        ("Mercury", ("mercury", "")),
        ("(What's the Story) Morning Glory?", ("(what's the story) morning glory?", "")),
        ("(film)", ("(film)", "")),
    ],
)
def test_a_bracket_at_the_end_of_a_title_stands_apart(title: str, parts: tuple[str, str]) -> None:
    assert title_parts(title) == parts


def test_long_titles_that_begin_alike_are_not_the_same() -> None:
    assert title_parts("M" * 1_000 + "a")[0] != title_parts("M" * 1_000 + "b")[0]


@pytest.mark.parametrize("example", SORTS["examples"])
def test_an_article_that_lists_namesakes_is_known(example: list[str]) -> None:
    assert sort_of(title_parts(example[0])[1], (), example[1]) == "several"


@pytest.mark.parametrize("example", SORTS["others"])
def test_an_article_on_one_thing_is_not(example: list[str]) -> None:
    assert sort_of(title_parts(example[0])[1], (), example[1]) == ""


def test_a_category_says_it_too() -> None:
    assert sort_of("", ("All disambiguation pages",), "") == "several"


@pytest.mark.parametrize("name", ["Меrсury", "the Ꮇercury", "Αpollo", "раypal", "Москва x Mосква"])
def test_a_word_in_letters_of_several_scripts_is_told(name: str) -> None:
    assert mixes_scripts(name)


@pytest.mark.parametrize(
    "name", ["Mercury", "Меркурий", "T恤衫", "Xテスト漢字", "CJ오쇼핑", "Windows для чайников", "١٢٣a", "é"]
)
def test_scripts_that_are_written_together_are_no_look_alikes(name: str) -> None:
    assert not mixes_scripts(name)


def test_a_name_alone_says_more_of_two_sources_that_name_each_thing_once() -> None:
    names = np.zeros(SLOTS, np.uint32)
    names[slot_of("oslo") % SLOTS] = 2

    def rarity(once: bool) -> int:
        one, other = (Thing(source=s, path="1", title="Oslo", language="en", base="oslo", once=once) for s in "ab")
        return name_rarity(one, other, names, 1_000)

    assert rarity(True) - rarity(False) == UNSHARED_ONCE - UNSHARED
    names[slot_of("oslo") % SLOTS] = 3
    assert rarity(True) == rarity(False)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [("docker image ls", "docker image pull", 5), ("george orwel", "george orwell", 3), ("new yorker", "newyorker", 3),
     ("pope john ii", "pope john iv", 3)],
)  # fmt: skip
def test_a_title_is_nearly_the_same_where_each_of_its_words_is(one: str, other: str, level: int) -> None:
    two = (Thing(source=s, path="1", title=t, language=s, base=t) for s, t in (("en", one), ("de", other)))
    assert pattern_of(*two)[0] == level
