"""What one sentence denies and another one says."""

from __future__ import annotations

import pytest

from galactica.joining.disagreements.prose.opposed import contradictions

ONE = "The Tarn vote is not provided for by the constitution of Wickland or named in any federal law."
OTHER = "The Tarn vote is provided for by Article 2 of a law on the constitution of Wickland."


def denied(one: str, other: str) -> list[tuple[str, str]]:
    found = [each for each in contradictions(one, other, title="Norrby") if each.rule == "denied"]
    return [(one[slice(*each.one)], other[slice(*each.other)]) for each in found]


def test_both_clauses_are_shown_whichever_text_denies() -> None:
    assert denied(ONE, OTHER) == [(ONE, OTHER)]
    assert [pair[::-1] for pair in denied(OTHER, ONE)] == denied(ONE, OTHER)


def test_a_text_that_denies_what_it_says_is_told_once() -> None:
    text = f"{OTHER} {ONE}"
    assert denied(text, text) == [(OTHER, ONE)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The moth is not only bred in flowing water.", "The moth is bred in flowing water."),
        ("Cells which are not bred in water live long.", "Cells are bred in water."),
        ("It is said that the moth may not be bred in water.", "The moth is bred in water."),
        ("In 1990 the moth was not bred in water.", "In 2010 the moth was bred in water."),
        ("The moth is not bred in water.", "The moth is never bred in water."),
        ("The moth is not bred in deep water of cold lakes.", "The moth is bred."),
        ("The moth has not been to the United Elms.", "The moth came to the United Elms in water."),
        ("The moth is not unseen and not bred in water.", "The moth is bred in water."),
    ],
)
def test_what_is_not_denied(one: str, other: str) -> None:
    assert denied(one, other) == []
    assert denied(other, one) == []


@pytest.mark.parametrize("hostile", ["not " * 20_000, "not, " * 20_000, "not bred that " * 5_000, "n't" * 9_000])
def test_any_text_is_read_in_bounded_time(hostile: str) -> None:
    denied(hostile, OTHER)
    denied(OTHER, hostile)
    denied(hostile, hostile)
