"""Passages are put in the order in which they are worth reading, and nothing of them is lost."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from galactica.ask.contract import Begun, Given
from galactica.ask.holdings import place_of
from galactica.ask.ranking import LEAST_ACROSS, MANY_ALIKE, promise, promise_across, rank_passages
from galactica.ask.rules import RuleReader
from galactica.model import PassageHit

from .group.pretended import Glancing, Shelf, article

SHELF = Shelf(*(article(f"Room {n}", f"The room number {n} of the house.") for n in range(9)))
HITS = SHELF.passages("room house", limit=9)


def scored(*scores: float) -> list[PassageHit]:
    return [replace(hit, score=score) for hit, score in zip(HITS, scores, strict=False)]


def test_what_the_reader_says_and_what_search_says_both_count() -> None:
    assert promise(2.0, 0.0) > promise(1.0, 0.0)
    assert promise(2.0, 1.0) < promise(2.0, 0.0)
    assert promise(2.0, 3.0, 0.0) == 2.0
    one, two, three = scored(0.9, 0.6, 0.2)
    same = Glancing({"room": 1.0})
    assert rank_passages(same, "?", [one, two, three], seconds=1.0).hits[0].id == one.id
    sure = Glancing({three.text: 6.0})
    assert rank_passages(sure, "?", [one, two, three], seconds=1.0).hits[0].id == three.id


def test_scores_are_probabilities_and_fall() -> None:
    for hits in (scored(0.9, 0.5, 0.4, 0.2, 0.1), scored(31.0, 30.0, 12.0, 7.5, 0.1), scored(0.0, 0.0, 0.0, 0.0, 0.0)):
        for reach in (1, 3, 5):
            found = rank_passages(Glancing({"number": 0.5, hits[2].text: 2.0}, reach=reach), "?", hits, seconds=1.0)
            scores = [hit.score for hit in found.hits]
            assert all(0 < score < 1 for score in scores)
            assert scores == sorted(scores, reverse=True)


def test_passages_in_another_language_are_read_to_their_end_before_they_are_put_in_order() -> None:
    foreign = [replace(hit, language="zh") for hit in scored(0.9, 0.6, 0.2)]
    for further, order in ((9, (2, 0, 1)), (2, (0, 1, 2)), (0, (0, 1, 2))):
        reader = Glancing({foreign[2].text: 6.0}, further=further)
        found = rank_passages(reader, "?", foreign, seconds=1.0, language="en")
        assert [hit.id for hit in found.hits] == [foreign[n].id for n in order]
        assert [each.begun is not None and each.begun.answers is not None for each in found.begun.values()] == [
            n < further for n in range(3)
        ]
    for language in ("zh", "zh-Hant", "und", ""):
        found = rank_passages(Glancing({foreign[2].text: 6.0}), "?", foreign, seconds=1.0, language=language)
        assert found.hits[0].id == foreign[2].id
        assert all(each.begun is not None and each.begun.answers is None for each in found.begun.values())


def test_what_there_was_no_time_for_follows_in_its_own_order() -> None:
    hits = scored(0.9, 0.8, 0.7, 0.6, 0.5)
    found = rank_passages(Glancing({hits[1].text: 3.0}, reach=2), "?", hits, seconds=1.0)
    assert [hit.id for hit in found.hits] == [hits[n].id for n in (1, 0, 2, 3, 4)]
    assert [found.relevant(hit) for hit in found.hits] == [3.0, -9.0, None, None, None]
    assert set(found.begun) == {place_of(hit) for hit in hits[:2]}


@pytest.mark.parametrize("reader", [RuleReader(), Glancing({"room": 3.0}, reach=0)])
def test_without_anybody_who_can_tell_all_stays_as_search_has_it(reader: RuleReader | Glancing) -> None:
    hits = scored(0.9, 0.8, 0.7)
    found = rank_passages(reader, "?", hits, seconds=math.inf)
    assert list(found.hits) == hits
    assert found.begun == {}


def test_a_title_that_many_have_is_not_told() -> None:
    shelf = Shelf(*(article("Index", f"Page {n} of the index.", source=f"s{n}") for n in range(MANY_ALIKE)))
    reader = Glancing({})
    rank_passages(reader, "?", shelf.passages("index page", limit=9), seconds=1.0)
    assert [given.title for given in reader.ranked] == [""] * MANY_ALIKE
    few = Glancing({})
    rank_passages(few, "?", shelf.passages("index page", limit=2), seconds=1.0)
    assert [given.title for given in few.ranked] == ["Index"] * 2


def test_what_was_begun_of_a_passage_is_no_part_of_what_it_is() -> None:
    begun = Given(text="a", begun=Begun(question="?", relevant=1.0))
    assert begun == Given(text="a")
    assert hash(begun) == hash(Given(text="a"))


def test_nothing_is_ranked_of_nothing() -> None:
    assert rank_passages(Glancing({}), "", [], seconds=1.0).hits == ()


def test_across_languages_words_that_are_alike_count_beside_what_the_reader_says() -> None:
    assert promise_across(1.0, 1.0, 0.5) < promise_across(1.0, 1.0, 0.6) < promise_across(1.0, 3.0, 0.6)
    assert promise_across(-99.0, -99.0, 0.0) == promise_across(LEAST_ACROSS, LEAST_ACROSS, 0.0)
    texts = ("The harbour was closed after a storm.", "The mountain has the highest summit of the island.")
    foreign = [replace(hit, text=text, language="en") for hit, text in zip(HITS, texts, strict=False)]
    found = rank_passages(Glancing({"The": 1.0}), "哪座山的山峰最高?", foreign, seconds=1.0, language="zh")
    assert found.hits[0].text == texts[1]
    assert all(0 < hit.score < 1 for hit in found.hits)
