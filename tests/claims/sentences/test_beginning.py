"""Dates of what an article is about, and what the article begins with."""

from __future__ import annotations

import pytest

from galactica.claims.sentences.longer import is_a_noun
from galactica.claims.sentences.reading import sentence_claims

LIND = "Ulf Lind (4 October 1716 – 13 July 1794) was a Swedish physician.\n\nLind had a son. "
GAME = "Red Elm is a board game, first published in 1974 by Mill. "
MILL = "The Mill Company is a food company. It was founded by Ulf Mill in 1888.\n\n"


def said(title: str, text: str, name: str, language: str = "en") -> list[str]:
    """The values of a property that a text claims of its article's thing."""
    claims = sentence_claims(text, source="s", path="p", title=title, language=language)
    return [each.value for each in claims if each.property == name and not each.subject]


def test_a_death_a_generation_after_the_years_of_a_life_is_anothers() -> None:
    assert said("Ulf Lind", LIND + "He died in Oslo in 1823.", "date_of_death") == ["1794-07-13"]
    assert said("Ulf Lind", LIND + "Ulf Lind, Sr., died in 1741.", "date_of_death") == ["1794-07-13"]


def test_two_days_of_death_that_differ_a_little_are_both_said() -> None:
    assert said("Ulf Lind", LIND + "Ulf Lind died on 13 September 1794.", "date_of_death") == [
        "1794-07-13",
        "1794-09-13",
    ]
    assert said("Ulf Lind", LIND + "Ulf Lind was born in 1710.", "date_of_birth") == ["1716-10-04", "1710"]


@pytest.mark.parametrize(
    "begins",
    [
        "Ulf Lind (reigned 1716–1740) was a Swedish king. ",
        "Ulf Lind (304–232 BC) was a Greek poet. ",
        "Ulf Lind is a Swedish cartoonist, the maker of the strip Elm (1960–1980). ",
    ],
)
def test_other_brackets_with_two_years_are_no_life(begins: str) -> None:
    assert said("Ulf Lind", begins + "Ulf Lind was born on 12 June 1924.", "date_of_birth")[-1:] == ["1924-06-12"]


def test_a_life_in_chinese_rules_out_other_years_as_well() -> None:
    begins = "李明（1893年12月26日－1976年9月9日），中国作家。"
    assert said("李明", begins + "李明生于1830年。", "date_of_birth", "zh") == ["1893-12-26"]


def test_a_work_and_a_body_are_no_younger_than_their_beginning_says() -> None:
    assert said("Red Elm", GAME + "Red Elm was published in June 2003.", "published") == ["1974"]
    assert said("Red Elm", GAME + "Red Elm was published in 1973.", "published") == ["1974", "1973"]
    assert said("Mill Company", MILL + "The Mill Company was established in Canada in 1909.", "founded") == ["1888"]
    assert said("Mill Company", MILL + "The Mill Company was founded in 1890.", "founded") == ["1888", "1890"]


def test_a_noun_is_no_name_though_it_begins_a_sentence_and_stands_in_the_title() -> None:
    text = "Elmland has good relations with Oakland. Relations were established on 9 June 1992."
    claims = sentence_claims(text, source="s", path="p", title="Foreign relations of Elmland", language="en")
    assert not [each for each in claims if each.subject == "Relations"]
    titled = sentence_claims(
        text.replace("Relations were", '"Relations" was'), source="s", path="p", title="Elm", language="en"
    )
    assert [each.value for each in titled if each.subject == "Relations"] == ["1992-06-09"]
    assert is_a_noun("Relations", text)
    assert not is_a_noun("Oakland", text)
    assert not is_a_noun("Relations", text + " It is kept by the Relations, a body.")


def test_a_pronoun_behind_a_clause_on_somebody_with_a_trade_is_not_the_articles() -> None:
    begins = "Ulf Lind (4 October 1816 – 13 July 1894) was a Swedish physician.\n\n"
    other = "After Oslo police chief Ada Mill led a raid, he died on 14 October 1890."
    assert said("Ulf Lind", begins + other, "date_of_death") == ["1894-07-13"]
    own = "After Lind and Mill divorced, he died on 14 October 1890."
    assert said("Ulf Lind", begins + own, "date_of_death") == ["1894-07-13", "1890-10-14"]
