"""Exact match and F1: what the definitions say of small examples, worked out by hand."""

from __future__ import annotations

import pytest

from galactica.evaluate.answers import Attempt, curve, exact, f1, normal, scored, tokens


@pytest.mark.parametrize(
    ("answer", "plain"),
    [
        ("The  Vistula River.", "vistula river"),
        ("an Apple, a day", "apple day"),
        ("Theatre", "theatre"),
        ("$1.5 million", "15 million"),
        ("U.S.-based", "usbased"),
        ("a", ""),
        ("", ""),
        ("Café “au lait”", "café “au lait”"),
    ],
)
def test_english_loses_case_punctuation_and_articles(answer: str, plain: str) -> None:
    assert normal(answer) == plain


def test_f1_is_of_words_and_the_best_right_answer_counts() -> None:
    assert f1("the Vistula", "Vistula River") == pytest.approx(2 / 3)
    assert f1("in the year 1410", "1410") == pytest.approx(0.5)
    assert f1("red red", "red") == pytest.approx(2 / 3)
    assert f1("blue", "red") == 0
    best = scored("Vistula river", ("river", "The Vistula River"))
    assert (best.exact, best.f1) == (1, 1)


def test_a_question_without_an_answer_wants_none() -> None:
    assert (scored("", ()).exact, scored("", ()).f1) == (1, 1)
    assert (scored("Warsaw", ()).exact, scored("Warsaw", ()).f1) == (0, 0)
    assert scored("", ("Warsaw",)).f1 == 0
    assert scored("", ("the",)).f1 == 1  # what is nothing but an article is no answer, as the official script has it


def test_scripts_without_spaces_count_characters() -> None:
    assert tokens("长江流域", "zh") == ["长", "江", "流", "域"]
    assert tokens("在1998年, NASA", "zh") == ["在", "1998", "年", "nasa"]
    assert f1("长江", "长江流域", "zh") == pytest.approx(2 / 3)
    assert exact("《长江》。", "长江", "zh") == 1
    assert f1("แม่น้ำ", "แม่น้ำ", "th") == 1
    assert tokens("reka Волга", "ru") == ["reka", "волга"]


def test_other_languages_lose_their_own_articles_and_punctuation_of_any_script() -> None:
    assert exact("el río Vístula", "río Vístula", "es") == 1
    assert exact("die Weichsel", "Weichsel", "de") == 1
    assert exact("the Vistula", "Vistula", "ru") == 0
    assert exact("«Волга»", "Волга", "ru") == 1
    assert exact("¿Madrid?", "madrid", "es-MX") == 1


def test_a_threshold_withdraws_what_is_less_sure() -> None:
    attempts = [
        Attempt(answer="Vistula", margin=3.0, right=("Vistula",)),
        Attempt(answer="Oder", margin=-1.0, right=("Vistula",)),
        Attempt(answer="the Elbe", margin=0.5, right=("Elbe river",)),
        Attempt(answer="Rhine", margin=-2.0, right=()),
        Attempt(answer="Rhine", margin=1.0, right=()),
        Attempt(answer="", margin=9.0, right=()),
    ]
    low, middle, high = curve(attempts, [-9.0, 0.0, 5.0])
    assert low.answered_f1 == pytest.approx((1 + 2 / 3) / 3)
    assert [low.answered_exact, low.abstained] == pytest.approx([1 / 3, 1 / 3])
    assert middle.answered_f1 == low.answered_f1
    assert middle.abstained == pytest.approx(2 / 3)
    assert (high.answered_f1, high.abstained, high.f1) == (0, 1, 0.5)
    assert low.f1 == pytest.approx((1 + 2 / 3 + 1) / 6)
    assert curve([], [0.0])[0].f1 == 0


@pytest.mark.parametrize("text", ["\x00", "\ud800", "«»", "的" * 5000, "a " * 5000])
def test_no_answer_raises(text: str) -> None:
    for language in ("en", "zh", "und", "", "xx-yy-zz"):
        scored(text, (text, ""), language)
