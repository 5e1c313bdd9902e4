"""An answer is given where it is more than likely right; otherwise what came nearest is shown as that."""

from __future__ import annotations

import pytest

from galactica.ask.answering import answer
from galactica.ask.asked import Asked
from galactica.ask.contract import Reader
from galactica.ask.marking import READ, read, searched_for, together
from galactica.ask.proving import Proved, prove
from galactica.ask.sureness import ENOUGH, MOST_AGREEING, MOST_AHEAD, NAMES, WEIGHTS, signals, sureness
from galactica.model import Verdict

from .group.pretended import Pointing, Shelf, article

QUESTION = "Who built the Green Bridge?"
HOLT = article("Green Bridge", "The Green Bridge was built by Maria Holt.")
REED = article("Reed", "Some say the Green Bridge was built by Otto Reed.")


def looked(shelf: Shelf, reader: Reader) -> tuple[Asked, list[Proved], list]:
    asked = Asked(question=QUESTION, room=shelf, reader=reader)
    groups = together(read(asked, searched_for(asked)[:READ]))
    proved, _ = prove(asked, groups)
    return asked, proved, groups


def named(row: object) -> dict[str, float]:
    return dict(zip(NAMES, row, strict=True))


def test_there_is_a_weight_for_each_signal() -> None:
    assert {len(weights) for weights in WEIGHTS.values()} == {len(NAMES)}
    assert set(WEIGHTS) == {"trained", "rules"}


def test_another_answer_that_comes_close_makes_it_less_sure_but_not_another_side() -> None:
    asked, (first, *_), groups = looked(Shelf(HOLT, REED), Pointing(Maria_Holt=3.0, Otto_Reed=2.5))
    (rival,) = {group.key for group in groups} - {first.group.key}
    close, alone = named(signals(asked, first, groups)), named(signals(asked, first, groups, [rival]))
    assert close["ahead"] < 1.5 < alone["ahead"] == MOST_AHEAD


def test_passages_that_agree_count_up_to_a_bound() -> None:
    more = [article(f"Copy {n}", f"In town {n} it is said that Maria Holt built the Green Bridge.") for n in range(6)]
    asked, (first, *_), groups = looked(Shelf(HOLT, *more), Pointing(Maria_Holt=3.0))
    assert named(signals(asked, first, groups))["agreeing"] == MOST_AGREEING
    asked, (first, *_), groups = looked(Shelf(HOLT), Pointing(Maria_Holt=3.0))
    assert named(signals(asked, first, groups))["agreeing"] == 0


def test_from_the_threshold_of_a_reader_that_is_not_known_on_an_answer_is_given() -> None:
    asked, (first, *_), groups = looked(Shelf(HOLT), Pointing(Maria_Holt=0.01))
    assert sureness(asked, first, groups) == pytest.approx(ENOUGH, abs=0.01)


class Doubtful(Pointing):
    """Reads as the trained reader would, as far as weights go by its name."""

    name = "trained"


def test_what_is_not_sure_enough_is_shown_as_what_came_nearest() -> None:
    shelf = Shelf(HOLT, REED)
    found = answer(Asked(question=QUESTION, room=shelf, reader=Doubtful(Maria_Holt=0.6, Otto_Reed=0.3)))
    assert found.verdict is Verdict.NOT_FOUND
    assert 0 < found.confidence < ENOUGH
    assert (found.text, found.statements, found.positions) == ("", (), ())
    assert found.near[0].quote[slice(*found.near[0].mark)] == "Maria Holt"
    sure = answer(Asked(question=QUESTION, room=shelf, reader=Doubtful(Maria_Holt=9.0, Otto_Reed=0.9)))
    assert sure.verdict is Verdict.ANSWERED
    assert sure.confidence >= ENOUGH
