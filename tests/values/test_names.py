"""Two names fit where they can be of the same."""

from __future__ import annotations

import pytest

from galactica.values.names import items, same_name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("J. R. R. Tolkien", "John Ronald Reuel Tolkien", True),
        ("United Nations", "UN", True),
        ("Isaac Newton", "Gottfried Leibniz", False),
        ("Smith", "John Smith", True),
        ("John Smith", "Jane Smith", False),
    ],
)
def test_names_fit_by_parts_and_initials(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same


def test_a_list_is_cut_at_commas_and_and() -> None:
    assert items("salt, pepper and vinegar") == ["salt", "pepper", "vinegar"]


@pytest.mark.parametrize(
    "text",
    ["Ada och Bo", "Ada та Bo", "Ada veya Bo", "Ada precum și Bo", "Ada hoặc Bo", "Ada和Bo", "Ada，以及Bo", "Ada/Bo"],
)
def test_what_joins_a_list_is_known_in_every_language(text: str) -> None:
    assert items(text) == ["Ada", "Bo"]


@pytest.mark.parametrize("text", ["Alexandre", "Sandor Orban", "ผู้กำกับ", "", " , "])
def test_letters_inside_a_word_join_nothing(text: str) -> None:
    assert items(text) == ([text] if text.strip(" ,") else [])
