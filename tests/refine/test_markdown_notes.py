"""Footnotes of Markdown are notes: none is lost, and no mark joins the word or number before it."""

from __future__ import annotations

import pytest

from galactica.model.projection import project
from galactica.refine.clean import clean
from galactica.refine.markdown import markdown_to_html
from galactica.refine.markdown_notes import with_notes


def text(markdown: str) -> str:
    return project(clean(markdown_to_html(markdown), base="x").body)


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("In 1912[^1] she sank.\n\n[^1]: Board of *Trade*.\n", "In 1912 she sank.\nBoard of Trade."),
        ("In 1912[^1] she sank.\n\n[^1]: https://example.org\n", "In 1912 she sank.\nhttps://example.org"),
        ("In 1912[^1] she sank.\n\n[^1]: Smith\n", "In 1912 she sank.\nSmith"),
        ("A[^a].\n\n[^a]: One,\n    two.\n\n    Three.\n\nB.", "A.\nB.\nOne, two.\nThree."),
        ("A[^a] and B[^b].\n\n[^b]: to B\n[^a]: to A\n", "A and B.\nto A\nto B"),
        ("A.\n\n[^a]: nobody points here\n", "A.\nnobody points here"),
        ("A[^1]: B.\n\n[^1]: to A\n", "A: B.\nto A"),
        ("A[^1].\n\n[^1]: to A\n## Next\n\nB.", "A.\nNext\nB.\nto A"),
        ("A[^1].\n\n[^1]: one\n\nB[^1].\n\n[^1]: two\n", "A.\nB.\none\ntwo"),
    ],
)
def test_notes_stand_at_the_end_and_their_marks_are_no_text(markdown: str, said: str):
    assert text(markdown) == said


@pytest.mark.parametrize(
    "markdown", ["No `[^a]` and [^x].", "```\nA[^1]\n\n[^1]: code\n```\n", "[link]: /a\n\n[link] and x[^2]"]
)
def test_what_is_no_note_stays_as_it_is(markdown: str):
    assert with_notes(markdown) == markdown


def test_marks_in_code_stay_beside_marks_that_are_notes():
    assert "`[^1]`" in with_notes("`[^1]` but A[^1]\n\n[^1]: a\n")
    assert "```\n[^1]\n```" in with_notes("A[^1]\n\n```\n[^1]\n```\n\n[^1]: a\n")


def test_a_run_of_ticks_is_code_only_up_to_a_run_of_its_length():
    assert "`[^1]" not in with_notes("A `````[^1]``` b\n\n[^1]: a\n")
