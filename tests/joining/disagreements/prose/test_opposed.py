"""Where two texts contradict each other, and where they do not."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from galactica.joining.disagreements.prose.opposed import contradictions

MADE = tomllib.loads(Path(__file__).parents[1].joinpath("made.toml").read_text("utf-8"))
QUIET = [(kind, case) for kind in ("reported", "absent") for case in MADE[kind]]


def test_sixty_pairs_are_made() -> None:
    assert len(QUIET) == 60


@pytest.mark.parametrize(("kind", "case"), QUIET, ids=[f"{kind}-{number}" for number, (kind, _) in enumerate(QUIET)])
def test_what_is_reported_or_not_spoken_of_contradicts_nothing(kind: str, case: dict[str, str]) -> None:
    for one, other in ((case["one"], case["other"]), (case["other"], case["one"])):
        assert contradictions(one, other, title=case["title"]) == [], kind


@pytest.mark.parametrize(("kind", "case"), QUIET, ids=[f"{kind}-{number}" for number, (kind, _) in enumerate(QUIET)])
def test_not_even_a_reader_that_marks_everything_makes_it_one(kind: str, case: dict[str, str]) -> None:
    def marks(question: str, text: str, title: str) -> list[tuple[int, int, float]]:
        return [(0, len(text), 9.0), *((at.start(), at.end(), 9.0) for at in re.finditer(r"\w+", text))][:3]

    for one, other in ((case["one"], case["other"]), (case["other"], case["one"])):
        assert contradictions(one, other, title=case["title"], marks=marks) == [], kind


@pytest.mark.parametrize("case", MADE["differ"], ids=[case["rule"] for case in MADE["differ"]])
def test_each_rule_finds_what_it_is_for_and_says_where(case: dict[str, str]) -> None:
    found = contradictions(case["one"], case["other"], title=case["title"])
    assert case["rule"] in {each.rule for each in found}
    for each in found:
        assert each.one_sentence[0] <= each.one[0] < each.one[1] <= each.one_sentence[1] <= len(case["one"])
        longest = len(case["one"] if each.rule == "list" else case["other"])
        assert each.other_sentence[0] <= each.other[0] < each.other[1] <= each.other_sentence[1] <= longest


def test_a_text_does_not_contradict_itself_said_again() -> None:
    for case in MADE["differ"]:
        if case["rule"] != "list":
            assert contradictions(case["one"], case["one"], title=case["title"]) == []


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        "\n" * 100_000,
        "9" * 100_000,
        "(" * 50_000,
        "the the " * 50_000,
        "in 1990 born " * 20_000,
        "three monks (" * 9_000,
        "five others (" + "a, " * 50_000 + ")",
        "\ud800 born 1990.",
        "A Life (1990) " * 5_000,
        "A of of of " * 20_000,
    ],
)
def test_any_text_is_read_in_bounded_time(hostile: str) -> None:
    for other in ("Norrby was founded in 1644.", hostile):
        contradictions(hostile, other, title="Norrby")
        contradictions(other, hostile, title=hostile[:2_000])


def test_only_english_is_read_by_these_rules() -> None:
    case = MADE["differ"][1]
    assert contradictions(case["one"], case["other"], title=case["title"], language="xx") == []


def test_a_place_of_birth_in_another_contradicts_nothing() -> None:
    one, other = "Ann Lee was born in Norrby in 1902.", "Ann Lee (born 1902 in Wickland) was a poet."
    assert contradictions(one, other, title="Ann Lee") == []
