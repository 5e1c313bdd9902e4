"""A question that wants a sum, a change of units or a count of days."""

from __future__ import annotations

import pytest

pytest.importorskip("pint")

from galactica.ask.group.sums import sum_in


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What is 5 miles in km?", "5 miles in km = 8.04672 km"),
        ("How many kilometres are 5 miles?", "5 miles in kilometres = 8.04672 km"),
        ("What is 3*(2+5)?", "3*(2+5) = 21"),
        ("How many days between 1 May 1945 and 8 May 1945?", "1945-05-01 to 1945-05-08 = 7 days"),
        ("What day of the week was 14 July 1789?", "1789-07-14 = Tuesday"),
        ("What weekday was 4 juillet 1776?", "1776-07-04 = Thursday"),
        ("How many days between 1.5.1945 and 8 mai 1945?", "1945-05-01 to 1945-05-08 = 7 days"),
        ("Who wrote Dune?", ""),
        ("What was the 1960-61 season?", ""),
        ("How many people live in 3 cities?", ""),
        ("", ""),
    ],
)
def test_a_question_that_wants_something_reckoned(question, text):
    assert sum_in(question) == text
