"""An answer is called one where it is likely enough right, a probable one where it is less so; else what came nearest
is shown as that."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable

import pytest

from galactica.ask.alike import Same, put_together
from galactica.ask.answering import answer
from galactica.ask.asked import Asked
from galactica.ask.confidence import (
    MOST_AGREEING,
    MOST_AHEAD,
    NAMES,
    calibration,
    clause,
    confidence,
    repeated,
    signals,
)
from galactica.ask.contract import Reader
from galactica.ask.finding import searched_for, worth_reading
from galactica.ask.marking import read_passages
from galactica.ask.proving import Proved, prove_answers
from galactica.ask.question import read_question
from galactica.ask.rules import RuleReader
from galactica.model import Citation, Verdict

from .group.pretended import Doubting, Pointing, Shelf, article

QUESTION = "Who built the Green Bridge?"
HOLT = article("Green Bridge", "The Green Bridge was built by Maria Holt.")
REED = article("Reed", "Some say the Green Bridge was built by Otto Reed.")


def looked(shelf: Shelf, reader: Reader) -> tuple[Asked, list[Proved], list[Same]]:
    asked = Asked(question=read_question(QUESTION, "en"), holdings=shelf, reader=reader)
    groups = put_together(read_passages(asked, worth_reading(asked, searched_for(asked)).hits))
    proved, _ = prove_answers(asked, groups)
    return asked, proved, groups


def named(row: Iterable[float]) -> dict[str, float]:
    return dict(zip(NAMES, row, strict=True))


def test_there_are_weights_for_both_readers_and_two_thresholds() -> None:
    assert set(calibration().readers) == {"trained", "rules"}
    assert 0.5 < calibration().probably < calibration().answered < 1


@pytest.mark.parametrize(
    ("confidence_", "verdict"),
    [(0.999, Verdict.ANSWERED), (0.0, Verdict.NOT_FOUND), (0.3, Verdict.NOT_FOUND)],
)
def test_a_verdict_follows_from_the_probability(confidence_: float, verdict: Verdict) -> None:
    assert calibration().verdict(confidence_) is verdict
    assert calibration().verdict(calibration().answered) is Verdict.ANSWERED
    assert calibration().verdict(calibration().answered - 1e-6) is Verdict.PROBABLY
    assert calibration().verdict(calibration().probably) is Verdict.PROBABLY
    assert calibration().verdict(calibration().probably - 1e-6) is Verdict.NOT_FOUND


def test_another_answer_that_comes_close_makes_it_less_sure_but_not_another_side() -> None:
    reader, ahead = Pointing(Maria_Holt=3.0, Otto_Reed=2.5), []
    for reed in (REED, article("Reed", "Some say the Green Bridge was built by Otto Reed.", source="atlas")):
        asked, (first, *_), groups = looked(Shelf(HOLT, reed), reader)
        ahead.append(named(signals(asked, first, groups))["ahead"])
    assert ahead[0] < 1.5 < ahead[1] == MOST_AHEAD


def test_passages_that_agree_count_up_to_a_bound() -> None:
    more = [article(f"Copy {n}", f"In town {n} it is said that Maria Holt built the Green Bridge.") for n in range(6)]
    asked, (first, *_), groups = looked(Shelf(HOLT, *more), Pointing(Maria_Holt=3.0))
    assert named(signals(asked, first, groups))["agreeing"] == MOST_AGREEING
    asked, (first, *_), groups = looked(Shelf(HOLT), Pointing(Maria_Holt=3.0))
    assert named(signals(asked, first, groups))["agreeing"] == 0


def test_from_the_threshold_of_a_reader_that_is_not_known_on_an_answer_is_probable() -> None:
    asked, (first, *_), groups = looked(Shelf(HOLT), Pointing(Maria_Holt=0.01))
    assert confidence(asked, first, groups) == pytest.approx(calibration().probably, abs=0.01)


class Doubtful(Pointing):
    """Reads as the trained reader would, as far as weights go by its name."""

    name = "trained"


def test_the_surer_the_reader_the_likelier_the_answer_and_what_is_not_likely_is_shown_as_what_came_nearest() -> None:
    # nothing says it in the words of the question (`worded`)
    shelf = Shelf(article("Green Bridge", "The Green Bridge of Aldova, built well, is by Maria Holt."), REED)
    several = [
        answer(
            Asked(
                question=read_question(QUESTION, "en"),
                holdings=shelf,
                reader=Doubtful(Maria_Holt=margin, Otto_Reed=margin - 1),
            )
        )
        for margin in (-1.0, 0.5, 3.0, 8.0)
    ]
    assert [each.confidence for each in several] == sorted(each.confidence for each in several)
    unsure, sure = several[0], several[-1]
    assert unsure.verdict is Verdict.NOT_FOUND
    assert 0 < unsure.confidence < calibration().probably
    assert (unsure.text, unsure.statements, unsure.positions) == ("", (), ())
    assert unsure.near[0].quote[slice(*unsure.near[0].mark)] == "Maria Holt"
    assert sure.verdict in (Verdict.ANSWERED, Verdict.PROBABLY)
    assert sure.text == "Maria Holt"
    for each in several:
        assert each.verdict is calibration().verdict(each.confidence)


def test_a_probable_answer_has_its_text_its_statement_and_its_quotation() -> None:
    found = answer(Asked(question=read_question(QUESTION, "en"), holdings=Shelf(HOLT), reader=Pointing(Maria_Holt=0.5)))
    assert found.verdict is Verdict.PROBABLY
    assert found.text == "Maria Holt"
    assert found.statements[0].citations[0].quote == "The Green Bridge was built by Maria Holt."
    assert found.near == ()


def test_what_is_asked_for_politely_is_not_asked_for_yes_or_no() -> None:
    polite = read_question(f"Can you tell me w{QUESTION[1:]}", "en")
    found = answer(Asked(question=polite, holdings=Shelf(HOLT), reader=Pointing(Maria_Holt=0.5)))
    assert (found.verdict, found.text) == (Verdict.PROBABLY, "Maria Holt")


def cited(quote: str, marked: str) -> Citation:
    start = quote.index(marked)
    (some, *_) = looked(Shelf(HOLT), Pointing(Maria_Holt=3.0))[1]
    return dataclasses.replace(some.citations[0], quote=quote, mark=(start, start + len(marked)))


@pytest.mark.parametrize(
    ("quote", "marked", "around"),
    [
        ("Holt did not build it, but Reed built it, they say.", "Reed", "but Reed built it"),
        ("霍尔特没有建桥，里德建了桥。", "里德", "里德建了桥"),
        ("It cost 1,200 crowns.", "1,200 crowns", "It cost 1,200 crowns."),
        ("", "", ""),
        ("Whole. And nothing marked.", "", "Whole. And nothing marked."),
    ],
)
def test_a_clause_is_what_stands_between_punctuation(quote: str, marked: str, around: str) -> None:
    assert clause(cited(quote, marked)).strip() == around


def test_what_denies_is_the_clause_that_answers() -> None:
    article_ = article("Green Bridge", "The Green Bridge was not built by Maria Holt, it is said.")
    asked, (first, *_), groups = looked(Shelf(article_), Pointing(Maria_Holt=3.0))
    assert named(signals(asked, first, groups))["denied"] == 1
    asked, (first, *_), groups = looked(Shelf(HOLT), Pointing(Maria_Holt=3.0))
    assert named(signals(asked, first, groups))["denied"] == 0


def test_an_answer_that_says_the_question_again_repeats_it() -> None:
    assert repeated("the Green Bridge", "en", read_question(QUESTION, "en")) == 1
    assert repeated("Maria Holt", "en", read_question(QUESTION, "en")) == 0
    assert repeated("", "en", read_question(QUESTION, "en")) == 0
    assert repeated("绿桥", "zh", read_question("谁建了绿桥？", "zh")) > 0


@pytest.mark.parametrize(("title", "is_named"), [("Green Bridge", 1), ("Bridges of Aldova", 0), ("", 0)])
def test_an_article_is_the_one_asked_about_where_its_title_is_in_the_question(title: str, is_named: int) -> None:
    shelf = Shelf(article(title, "The Green Bridge was built by Maria Holt."))
    asked, (first, *_), groups = looked(shelf, Pointing(Maria_Holt=3.0))
    assert named(signals(asked, first, groups))["titled"] == is_named


def test_a_quotation_in_another_language_is_as_sure_as_its_own_reader_is() -> None:
    german = article("Grüne Brücke", "Die Green Bridge wurde von Maria Holt gebaut.", language="de")
    asked = Asked(question=read_question(QUESTION, "en"), holdings=Shelf(german), reader=Doubtful(Maria_Holt=3.0))
    groups = put_together(read_passages(asked, worth_reading(asked, searched_for(asked)).hits))
    (first, *_), _ = prove_answers(asked, groups)
    by_rules = dataclasses.replace(asked, reader=RuleReader())
    assert named(signals(asked, first, groups))["foreign"] == 1
    assert confidence(asked, first, groups) != confidence(by_rules, first, groups)


def test_the_side_of_a_dispute_that_is_surest_comes_first() -> None:
    shelf = Shelf(
        article("Green Bridge", "The Green Bridge was built in 1823.", source="wiki"),
        article("Green Bridge", "The Green Bridge was built in 1850.", source="atlas"),
        article("Bridges", "In the atlas too the Green Bridge was built in 1850.", source="atlas"),
    )
    asked = Asked(
        question=read_question("When was the Green Bridge built?", "en"),
        holdings=shelf,
        reader=Pointing(**{"1823": 4.0, "1850": 3.9}),
    )
    found = answer(asked)
    assert found.verdict is Verdict.DISPUTED
    supports = [position.support for position in found.positions]
    assert supports == sorted(supports, reverse=True)
    assert found.text == found.positions[0].value
    assert [statement.citations for statement in found.statements] == [side.citations for side in found.positions]


def test_what_the_reader_judges_of_a_quotation_is_looked_at() -> None:
    likely = []
    for reader in (Doubting(Maria_Holt=3.0), Doubting("Holt", Maria_Holt=3.0), Pointing(Maria_Holt=3.0)):
        asked, proved, groups = looked(Shelf(HOLT), reader)
        likely.append(named(signals(asked, proved[0], groups))["supported"])
    assert likely[0] > 0 > likely[1]
    assert math.isnan(likely[2])
