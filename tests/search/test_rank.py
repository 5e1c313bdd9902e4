import math
from dataclasses import replace

from galactica.search import rank
from galactica.search.query import Word, understand
from galactica.search.rank import asked, idf, shard_query, weigh
from tests.search.pretended import WORLD, article, indexed, searcher, titles


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


def test_a_word_that_most_articles_of_its_language_have_weighs_little_in_any_library(tmp_path):
    hindi = [article(f"लेख {n}", f"यह लेख है {'नदी' if n < 5 else ''}", language="hi") for n in range(120)]
    english = [article(f"Page {n}", "A page about nothing.") for n in range(900)]
    _, index = indexed(tmp_path / "text", [*hindi, *english])
    common, rare = weigh(understand("है नदी").words, [index])
    assert common.idf < 1 < 4 < rare.idf


def test_a_capital_i_with_a_dot_is_an_i(tmp_path):
    found = searcher(tmp_path / "text", article("Şehirler", "Büyük şehir: İstanbul.", language="tr"), *WORLD)
    for query in ("istanbul", "İstanbul", "ISTANBUL"):
        page = found.search(query)
        assert (titles(page.hits), page.notes) == (["Şehirler"], ())


def test_a_word_that_is_cut_in_several_needs_all_of_them(tmp_path):
    _, index = indexed(tmp_path / "text", [article("Both", "12,500"), article("One", "500"), article("Other", "12")])
    question = understand("x")
    [shard] = index.shards
    weighted = replace(weigh(question.words, [index])[0], word=Word(text="12,500"), idf=1.0)
    query = shard_query(shard, question, [weighted], (), require=False)
    assert [row for row, _ in shard.top(query, 10)[0]] == [0]
