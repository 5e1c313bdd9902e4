"""Only what its quotation says passes the checker."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.ask.check import check
from galactica.ask.evidence import cite
from galactica.model import Citation

from .group.pretended import ROOT, Doubting, Pointing, Shelf, article

TEXT = (
    "The Green Bridge was built in 1823 by the engineer Maria Holt and cost 4,500 crowns. "
    "It is not open to carts. It crosses the Vara on three arches of red stone."
)
SHELF = Shelf(article("Green Bridge", TEXT))
PAGE = SHELF.page(ROOT, article("Green Bridge", TEXT).id)


def quoted(words: str) -> Citation:
    assert PAGE is not None
    start = PAGE.text.index(words)
    return cite(PAGE, start, start + len(words))


FIRST = quoted("The Green Bridge was built in 1823 by the engineer Maria Holt and cost 4,500 crowns.")


@pytest.mark.parametrize(
    "statement",
    [
        FIRST.quote,
        "The Green Bridge was built in 1823.",
        "Maria Holt built the Green Bridge.",
        "The bridge cost 4500 crowns.",
        "Maria Holt, an engineer, built the bridge in 1823.",
    ],
)
def test_what_the_quotation_says_is_supported(statement: str) -> None:
    found = check(statement, [FIRST], SHELF.page)
    assert found.supported, found.reasons


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("The Green Bridge was built in 1832.", "1832"),
        ("The Green Bridge cost 4,600 crowns.", "4600"),
        ("The Green Bridge was built by Paul Brandt in 1823.", "Paul"),
        ("The Green Bridge was not built in 1823.", "denies"),
        ("Paul built the Green Bridge in 1823.", "Paul"),
        ("Whales sing to each other beneath frozen seas.", "words"),
        ("", "Nothing"),
        ("The bridge was built on 5 May 1823.", "5"),
    ],
)
def test_what_it_does_not_say_is_refused_with_a_reason(statement: str, reason: str) -> None:
    found = check(statement, [FIRST], SHELF.page)
    assert not found.supported
    assert any(reason in each for each in found.reasons)


def test_what_is_denied_may_not_be_claimed() -> None:
    assert not check("The bridge is open to carts.", [quoted("It is not open to carts.")], SHELF.page).supported
    assert check("The bridge is not open to carts.", [quoted("It is not open to carts.")], SHELF.page).supported


def test_the_title_says_what_a_quotation_calls_it() -> None:
    assert check(
        "The Green Bridge crosses the Vara.", [quoted("It crosses the Vara on three arches")], SHELF.page
    ).supported


@pytest.mark.parametrize(
    "broken",
    [
        replace(FIRST, quote=FIRST.quote.replace("1823", "1832")),
        replace(FIRST, start=FIRST.start + 1),
        replace(FIRST, end=FIRST.end + 1),
        replace(FIRST, id=b"x" * 16),
        replace(FIRST, edition="00" * 32),
    ],
)
def test_an_invented_quotation_proves_nothing(broken: Citation) -> None:
    found = check(broken.quote, [broken], SHELF.page)
    assert found.support == 0
    assert found.citations == ()
    assert check(FIRST.quote, [broken, FIRST], SHELF.page).citations == (FIRST,)


def test_the_reader_run_backwards_has_to_find_the_same() -> None:
    question = "When was the Green Bridge built?"
    start = FIRST.quote.index("1823")
    marked = replace(FIRST, mark=(start, start + 4))
    agreeing, other = Pointing(**{"1823": 3.0}), Pointing(**{"crowns": 3.0, "Holt": 2.0})
    assert check(FIRST.quote, [marked], SHELF.page, agreeing, question).support == 1.0
    assert check(FIRST.quote, [marked], SHELF.page, other, question).support < 1.0


def test_an_answer_that_the_reader_doubts_and_does_not_find_again_is_refused() -> None:
    question = "When was the Green Bridge built?"
    start = FIRST.quote.index("1823")
    marked = replace(FIRST, mark=(start, start + 4))
    for reader, supported in (
        (Doubting(**{"1823": 3.0}), True),
        (Doubting("1823", **{"1823": 3.0}), True),
        (Doubting(**{"Holt": 3.0}), True),
        (Doubting("1823", **{"Holt": 3.0}), False),
    ):
        found = check(FIRST.quote, [marked], SHELF.page, reader, question, judged=True)
        assert found.supported == supported
        assert found.likely == (1e-9 if reader._doubted else 0.9)
        assert any("does not support “1823”" in each for each in found.reasons) == bool(reader._doubted)


def test_the_reader_is_asked_for_what_is_marked_as_an_answer_to_the_question() -> None:
    start = FIRST.quote.index("1823")
    reader = Doubting()
    check(FIRST.quote, [replace(FIRST, mark=(start, start + 4))], SHELF.page, reader, "Built when?", judged=True)
    ((claim, evidence),) = reader.judged
    assert (claim.text, claim.question) == ("1823", "Built when?")
    assert [(each.text, each.title) for each in evidence] == [(FIRST.quote, "Green Bridge")]


def test_a_written_sentence_is_judged_by_itself() -> None:
    reader = Doubting("cost")
    sound = check("The bridge was built in 1823 by Maria Holt.", [FIRST], SHELF.page, reader, judged=True)
    assert (sound.likely, sound.support) == (0.9, 1.0)
    doubted = check("The bridge cost 4500 crowns.", [FIRST], SHELF.page, reader, judged=True)
    assert (doubted.likely, doubted.support, doubted.supported) == (1e-9, 0.75, True)
    beside = check("The bridge merely cost some paltry 4500 crowns.", [FIRST], SHELF.page, reader, judged=True)
    assert check("The bridge merely cost some paltry 4500 crowns.", [FIRST], SHELF.page).supported
    assert not beside.supported
    assert reader.judged[0][0].question == ""


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        (FIRST.quote, ""),  # nothing is marked in it
        (FIRST.quote[:-1], "When was it built?"),  # word for word
        ("The Green Bridge was built in 1832.", ""),  # refused without
        ("The Green Bridge was not built in 1823.", ""),
    ],
)
def test_what_needs_no_judgement_is_not_judged(statement: str, question: str) -> None:
    reader = Doubting("Bridge")
    assert check(statement, [FIRST], SHELF.page, reader, question, judged=True).likely is None
    assert reader.judged == []


def test_nothing_is_judged_unasked_and_a_reader_that_cannot_tell_changes_nothing() -> None:
    reader = Doubting("crowns")
    assert check("The bridge cost 4500 crowns.", [FIRST], SHELF.page, reader).likely is None
    plain = check("The bridge cost 4500 crowns.", [FIRST], SHELF.page)
    assert check("The bridge cost 4500 crowns.", [FIRST], SHELF.page, Pointing(), judged=True) == plain
    assert reader.judged == []


def test_chinese_is_checked_by_its_characters() -> None:
    text = "绿桥建于1823年，由工程师霍尔特设计。"
    shelf = Shelf(article("绿桥", text, language="zh"))
    page = shelf.page(ROOT, article("绿桥", text, language="zh").id)
    assert page is not None
    citation = cite(page, 0, len(page.text))
    assert check("绿桥建于1823年。", [citation], shelf.page).supported
    assert not check("绿桥建于1832年。", [citation], shelf.page).supported
    assert not check("绿桥不是建于1823年。", [citation], shelf.page).supported


@given(st.text(max_size=400))
def test_nothing_that_can_be_written_raises(statement: str) -> None:
    found = check(statement, [FIRST], SHELF.page)
    assert 0.0 <= found.support <= 1.0
