"""Where claims stand in articles, and in which order they are quoted."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from galactica.ask.claimed.quoting import far_from, quoted_claims
from galactica.ask.claimed.told import quoted_side
from galactica.ask.holdings import ClaimedThings, Page
from galactica.joining.disagreements.group import DatedClaim
from galactica.model import Article, Source
from galactica.model.claim import Claim
from tests.joining.disagreements.claims import claim

SAID = {"zh": "首都是霍尔姆", "en": "The capital is Holm", "ru": "Столица: Холм"}


def page_in(language: str) -> Page:
    article = Article(
        id=language.encode(),
        title="It",
        language=language,
        aliases=(),
        body="",
        categories=(),
        source=language,
        path="It",
    )
    source = Source(key=language, title=language, format="text")
    return Page(article=article, edition="e", source=source, text=SAID[language], starts=(), ends=())


class Articles:
    """One article in each language."""

    def page(self, claim: Claim) -> Page | None:
        return page_in(claim.source)


THINGS = cast("ClaimedThings", Articles())


def told(language: str, time: str = "") -> DatedClaim:
    text = SAID[language]
    placed = replace(claim(text[-3:], language, "text"), end=len(text), value_start=len(text) - 3, value_end=len(text))
    return DatedClaim(claim=placed, time=time, basis="said" if time else "")


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ("fr", ["en", "zh", "ru"]),
        ("ru", ["ru", "en", "zh"]),
        ("zh", ["zh", "en", "ru"]),
        ("en", ["en", "zh", "ru"]),
        ("", ["zh", "en", "ru"]),
    ],
)
def test_what_is_said_in_the_language_of_the_question_comes_first_then_english(asked: str, order: list[str]) -> None:
    found = quoted_claims(THINGS, [told("zh"), told("en"), told("ru")], 3, asked)
    assert [each.page.article.language for each in found] == order


def test_english_is_kept_before_newer_claims_in_languages_that_were_not_asked_in() -> None:
    claims = [told("zh", "2024"), told("ru", "2023"), told("en", "2020")]
    assert quoted_side(THINGS, claims, "fr")[0].value == SAID["en"][-3:]
    assert [each.page.article.language for each in quoted_claims(THINGS, claims, 1, "fr")] == ["en"]


def test_where_no_language_is_asked_in_all_articles_are_as_near() -> None:
    assert {far_from("", page_in(each)) for each in SAID} == {0}
