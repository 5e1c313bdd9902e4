"""Judgements of documents, in the forms of TREC, BEIR and Cranfield."""

from __future__ import annotations

import pytest

from galactica.errors import InputError
from galactica.evaluate.qrels import Judged, read_qrels


def test_in_the_form_of_trec_the_grade_is_the_gain_and_less_than_one_is_not_relevant() -> None:
    qrels = read_qrels("301 0 FB-1 2\n301 0 FB-2 0\n301\t0\tFB-3\t-1\n302 0 FB-1 1\n", "q")
    assert qrels == {"301": Judged(relevant=(("FB-1", 2),)), "302": Judged(relevant=(("FB-1", 1),))}


def test_cranfields_codes_run_from_1_the_best_to_5_and_its_source_is_set_aside() -> None:
    qrels = read_qrels("1 184 1 \r\n1 29 2 \n1 31 3\n1 12 4\n1 51 5\n1 486 -1\n", "q")
    gains = (("184", 4), ("29", 3), ("31", 2), ("12", 1))
    assert qrels == {"1": Judged(relevant=gains, set_aside=("486",))}


def test_under_a_heading_three_columns_are_grades() -> None:
    assert read_qrels("query-id\tcorpus-id\tscore\n1\tMED-10\t2\n", "q") == {"1": Judged(relevant=(("MED-10", 2),))}


def test_a_document_judged_twice_has_the_higher_gain() -> None:
    assert read_qrels("1 0 d 1\n1 0 d 3\n1 0 d 2\n", "q")["1"].relevant == (("d", 3),)


@pytest.mark.parametrize(
    "text",
    [
        "1 2",
        "1 2 3 4 5",
        "one word",
        "1 0 d x",
        "query-id corpus-id score",
        "1 0 d 1\n1 d 1",
        "1 0 d 1\n1 0 d 1.5",
        "1 0 d 1001",
        "1 0 d 99999999999999999999999",
        "1 d 7",
        "1 d 0",
        "1 0 d ²",
        "1 0 d --1",
    ],
)
def test_what_is_no_judgement_is_said(text: str) -> None:
    with pytest.raises(InputError, match="q") as raised:
        read_qrels(text, "q")
    assert "TREC" in raised.value.remedy
