"""What differs in a fact is no copy; what was left out, added or spelled anew is one."""

from __future__ import annotations

import pytest

from galactica.joining.duplicates.comparing import ComparedText, likeness_of
from galactica.joining.duplicates.facts import kept_apart, says_all_of

STUB = (
    "{0} is a village in the district of Lower Mork, in the north of the country. It lies on the river Anso, {1} "
    "kilometres from the town of Verrin. In the last census {2} people lived there, most of them farmers and "
    "weavers. The church of {0} was built of grey stone and is known for its wooden tower."
)


def stub(name: str, far: str = "12", people: str = "430") -> ComparedText:
    return ComparedText(name, STUB.format(name, far, people))


def test_stubs_of_two_villages_are_kept_apart_by_their_titles() -> None:
    assert kept_apart(stub("Hollin"), stub("Tarsk")) == "title"


def test_stubs_that_differ_in_a_number_are_kept_apart() -> None:
    assert kept_apart(stub("Hollin", people="430"), stub("Hollin", people="512")) == "numbers"
    assert kept_apart(stub("Hollin", "12", "430"), stub("Hollin", "430", "12")) == "numbers"


def test_a_sign_and_a_power_are_part_of_a_number() -> None:
    assert ComparedText("", "it was −5 and 10² and 1.5, 1939–1945").numbers == ["-5", "10²", "1.5", "1939", "1945"]


def test_texts_that_differ_in_a_name_inside_a_sentence_are_kept_apart() -> None:
    one = ComparedText("The village", STUB.format("The village", "12", "430"))
    other = ComparedText("The village", STUB.format("The village", "12", "430").replace("Verrin", "Ostel"))
    assert kept_apart(one, other) == "names"


def test_a_word_of_a_short_text_that_was_put_in_place_of_another_keeps_apart() -> None:
    one = ComparedText("A", STUB.format("It", "12", "430"))
    assert kept_apart(one, ComparedText("A", one.text.replace("north", "south"))) == "words"


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("甲村是下河县北部的一个村庄，村民大多种田。" * 3, "乙村是下河县北部的一个村庄，村民大多种田。" * 3),
        ("قرية الف تقع في شمال البلاد وهي صغيرة " * 4, "قرية باء تقع في شمال البلاد وهي صغيرة " * 4),
    ],
)
def test_names_in_scripts_without_capitals_keep_apart(text: str, other: str) -> None:
    assert kept_apart(ComparedText("", text), ComparedText("", other)) == "words"


def test_a_copy_with_a_sentence_left_out_is_none_the_less_a_copy() -> None:
    whole = stub("Hollin")
    short = ComparedText("Hollin", whole.text.rpartition(" The church")[0])
    assert kept_apart(whole, short) == ""
    assert says_all_of(short, whole)


def test_an_excerpt_that_has_another_number_is_not_said_by_the_longer_text() -> None:
    whole = stub("Hollin")
    assert not says_all_of(ComparedText("Hollin", "It lies 13 kilometres from the town of Verrin."), whole)


def test_likeness_counts_runs_of_four_words() -> None:
    found = likeness_of(ComparedText("", "a b c d e f"), ComparedText("", "A b, c d e g"))
    assert found.jaccard == 2 / 4
    assert found.first_in_second == found.second_in_first == 2 / 3
    assert likeness_of(ComparedText("", "a"), ComparedText("", "a")).jaccard == 0
