import math

from tests.search.pretended import WORLD, indexed

from galactica.search import rank
from galactica.search.query import understand
from galactica.search.rank import asked, idf, weigh


def test_rare_words_weigh_more_than_common_ones():
    assert idf(1000, 1) > idf(1000, 10) > idf(1000, 1000) > 0
    assert idf(10, 3) == math.log(1 + 7.5 / 3.5)


def test_a_word_weighs_the_same_in_every_part_of_the_library(tmp_path):
    _, whole = indexed(tmp_path / "whole", WORLD)
    _, one = indexed(tmp_path / "one", WORLD[:6], root="1" * 64)
    _, two = indexed(tmp_path / "two", WORLD[6:], root="2" * 64)
    words = understand("oxygen chopin the system").words
    assert [w.idf for w in weigh(words, [one, two])] == [w.idf for w in weigh(words, [whole])]


def test_stop_words_are_asked_for_only_where_there_is_nothing_else(tmp_path):
    _, index = indexed(tmp_path / "text", [page for page in WORLD if page.language == "en"])
    assert [w.word.text for w in asked(weigh(understand("the oxygen").words, [index]))] == ["oxygen"]


def test_the_rarest_words_of_a_long_question_are_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(rank, "MOST_TERMS", 2)
    _, index = indexed(tmp_path / "text", [page for page in WORLD if page.language == "en"])
    kept = asked(weigh(understand("article things oxygen uppsala").words, [index]))
    assert {w.word.text for w in kept} == {"oxygen", "uppsala"}
