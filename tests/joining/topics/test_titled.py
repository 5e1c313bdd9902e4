"""Titles of two languages name one thing word by word, as joined pairs teach it; a bracket on one side needs texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from galactica.joining.topics.edges import TopicEdges
from galactica.joining.topics.records import ThingFile
from galactica.joining.topics.telling import REASONS
from galactica.joining.topics.thing import Thing, title_parts
from galactica.joining.topics.titled import TitlesTaught

MARKS = (1, 2, 3, 4)
"""Rare words that texts have in common."""

Against = Callable[..., str]


def thing(language: str, title: str, marks: tuple[int, ...] = (), **known: Any) -> Thing:
    base, bracket = title_parts(title)
    return Thing(
        source=language,
        path=title,
        title=title,
        language=language,
        base=base,
        bracket=bracket,
        marks=marks,
        rarity=(100,) * len(marks),
        **known,
    )


SONGS = [(f"Lied {n} (chanson)", f"Lied {n} (song)") for n in ("Alpha", "Beta", "Gamma", "Delta")]
PLACES = [(place, f"{place}, Quebec") for place in ("Latulipe", "Potton", "Chazel", "Sagard")]
TEAMS = [(f"Équipe de {place} de football", f"{place} national football team") for place in ("Malte", "Tonga", "Cuba")]


@pytest.fixture
def against(tmp_path: Path) -> Iterator[Against]:
    """What is said against two things, given the joined pairs that teach."""
    with ThingFile(tmp_path / "things") as file:

        def said(
            one: Thing, other: Thing, taught: list[tuple[str, str]], *, joined: bool = True, taught_in: str = "fr"
        ) -> str:
            begin, clusters = len(file), []
            for ours, theirs in taught:
                clusters.append((len(file), len(file) + 1))
                file.append(thing(taught_in, ours))
                file.append(thing("en", theirs))
            pair = len(file), len(file) + 1
            file.append(one)
            file.append(other)
            assert pair[0] == begin + 2 * len(taught)
            titles = TitlesTaught(file, [*clusters, pair] if joined else clusters)
            assert titles.against(*pair) == titles.against(*reversed(pair))
            why = titles.against(*pair)
            assert not why or why in REASONS
            return why

        yield said


@pytest.mark.parametrize("joined", [True, False])
def test_words_that_nothing_translates_part_what_has_a_name_in_common(against: Against, joined: bool) -> None:
    one, other = thing("fr", "Édouard Herriot", MARKS), thing("en", "Édouard Daladier", MARKS)
    assert against(one, other, [*SONGS, *PLACES], joined=joined) == "titles say other things"


def test_brackets_that_joined_pairs_translate_are_one_and_others_are_not(against: Against) -> None:
    song, english = thing("fr", "Mirrors (chanson)"), thing("en", "Mirrors (song)")
    assert against(song, english, SONGS) == ""
    assert against(song, thing("en", "Mirrors (album)"), SONGS) != ""
    assert against(thing("fr", "Mirrors (chanson de Lulu)"), thing("en", "Mirrors (Queen song)"), SONGS) != ""
    assert against(thing("fr", "Mirrors (chanson de Lulu)"), thing("en", "Mirrors (Lulu song)"), SONGS) == ""


def test_a_pair_does_not_vouch_for_itself(against: Against) -> None:
    assert against(thing("fr", "Mirrors (chanson)"), thing("en", "Mirrors (song)"), []) != ""
    assert against(thing("fr", "Mirrors (chanson)"), thing("en", "Mirrors (song)"), SONGS[:1]) == ""


def test_what_other_titles_leave_out_may_be_left_out_and_nothing_else(against: Against) -> None:
    assert against(thing("fr", "Wotton"), thing("en", "Wotton, Quebec"), PLACES) == ""
    assert against(thing("fr", "Vilnius"), thing("en", "Vilnius University", MARKS), PLACES) != ""
    assert against(thing("fr", "Arrondissement de Boulogne"), thing("en", "Boulogne", MARKS), PLACES) != ""


def test_what_stands_behind_a_comma_is_left_out_where_texts_agree(against: Against) -> None:
    markham = thing("en", "Markham, Ontario", MARKS)
    assert against(thing("fr", "Markham", MARKS), markham, []) == ""
    assert against(thing("fr", "Markham", (7, 8, 9)), markham, []) != ""
    assert against(thing("fr", "Markham"), markham, []) != ""


def test_a_bracket_on_one_side_needs_texts_that_agree(against: Against) -> None:
    album = thing("en", "The Doors (album)", MARKS)
    assert against(thing("fr", "The Doors", MARKS), album, SONGS) == ""
    assert against(thing("fr", "The Doors", (7, 8, 9)), album, SONGS) != ""
    assert against(thing("fr", "The Doors"), album, SONGS) != ""


def test_titles_in_another_order_and_spelling_are_one(against: Against) -> None:
    assert against(thing("fr", "Alliance nationale (Italie)"), thing("en", "National Alliance (Italy)"), []) == ""
    assert against(thing("fr", "Équipe de Cuba de football"), thing("en", "Cuba national football team"), TEAMS) == ""
    assert against(thing("fr", "Équipe de Cuba de football"), thing("en", "Malta national football team"), TEAMS) != ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("IPod touch 5", "IPod Touch", False),
        ("Apple A8", "Apple A8X", False),
        ("HD 187123", "HD 187123 b", False),
        ("Kamehameha II", "Kamehameha III", False),
        ("Viktor Zoubkov", "Viktor Zubkov", True),
        ("Charles-Albert", "Charles Albert", True),
    ],
)
def test_titles_that_are_nearly_the_same_have_the_same_numbers(
    against: Against, one: str, other: str, same: bool
) -> None:
    assert (against(thing("fr", one), thing("en", other), []) == "") is same


def test_brackets_without_spaces_are_read_by_character(against: Against) -> None:
    taught = [(f"{name} ({name}のアルバム)", f"{name} ({name} album)") for name in ("Boa", "Kara", "Flow")]
    one = thing("ja", "Game (Arashiのアルバム)")
    assert against(one, thing("en", "Game (Arashi album)"), taught, taught_in="ja") == ""
    assert against(one, thing("en", "Game (Suzuki band)"), taught, taught_in="ja") != ""


def test_one_language_other_scripts_identifiers_and_names_are_left_alone(against: Against) -> None:
    assert against(thing("en", "Édouard Herriot"), thing("en", "Édouard Daladier"), []) == ""
    assert against(thing("zh", "托尼"), thing("en", "Tony Abbott"), []) == ""
    known: dict[str, Any] = {"identifiers": ("wikidata:Q1",)}
    assert against(thing("fr", "Vilnius", **known), thing("en", "Vilnius University", **known), []) == ""
    assert against(thing("fr", "Birmanie Unie"), thing("en", "Birmanie Myanmar", names=("birmanie unie",)), []) == ""


def test_what_titles_part_makes_no_other_candidate_undecided() -> None:
    edges, groups = TopicEdges(), np.array([0, 1, 1], np.int64)
    edges.add(9_000, 0, 1)
    edges.add(8_900, 0, 2)
    edges.decide(groups, 2_500, lambda low, high: "", ())
    assert list(edges.clusters) == []
    heard = edges.with_others({})
    heard.decide(groups, 2_500, lambda low, high: "", (), lambda low, high: "apart" if high == 1 else "")
    assert list(heard.clusters) == [(0, 2)]
    assert heard.of_range(0)[1] == ["apart", ""]
