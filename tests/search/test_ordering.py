import pytest

from galactica.search import Searcher
from galactica.search.ordering import DEPTH
from galactica.search.query import understand
from galactica.search.titled import TitleFinder
from tests.search.pretended import FILLER, WORLD, article, indexed, searcher, titles


def test_the_title_comes_first_and_is_called_exact(world):
    hit = world.search("oxygen").hits[0]
    assert (hit.title, hit.exact) == ("Oxygen", True)


@pytest.mark.parametrize("query", ["element 8", "Szopen", "frederic chopin", "FRÉDÉRIC_CHOPIN"])
def test_an_alias_or_another_spelling_comes_first(world, query):
    assert world.search(query).hits[0].exact


@pytest.mark.parametrize("query", ["Oxgen", "Oxygin", "Oyxgen", "Oxyggen", "immune systm", "Frederic Shopin"])
def test_a_title_with_one_typing_mistake_is_found(world, query):
    hits = world.search(query).hits
    assert not hits[0].exact
    assert hits[0].title in ("Oxygen", "Immune system", "Frédéric Chopin")


def test_a_title_with_another_number_is_no_typing_mistake(tmp_path):
    found = searcher(tmp_path / "text", article("Apollo 11", "Moon."), *FILLER)
    assert found.search("Apollo 12").hits[0].exact is False
    assert found.search("Apolo 11").hits[0].title == "Apollo 11"
    finder = TitleFinder(found._editions, found._indexes)
    assert finder.otherwise(understand("Apolo 11"))
    assert not finder.otherwise(understand("Apollo 12"))


def test_a_phrase_is_verified_in_the_text(world):
    assert titles(world.search('"immune system"').hits) == ["Immune system"]
    assert titles(world.search('"system that is immune"').hits) == ["Immune system"]


def test_a_phrase_that_is_nowhere_is_said_to_be_nowhere(world):
    page = world.search('"oxygen immune"')
    assert any("word for word" in note for note in page.notes)
    assert "Oxygen" in titles(page.hits)


def test_a_phrase_can_be_excluded(world):
    assert titles(world.search('immune -"immune system"').hits) == ["System theory"]


def test_a_phrase_in_han_text_is_verified(world):
    assert titles(world.search('"化学元素"').hits) == ["氧"]
    assert any("word for word" in note for note in world.search('"元素化学"').notes)


def test_a_run_of_han_characters_is_excluded_as_a_whole(world):
    assert titles(world.search("元素 -化学元素").hits) == []
    assert titles(world.search("元素 -元素化学").hits) == ["氧"]
    assert titles(world.search("植物 -氧").hits) == []


def test_a_page_reads_few_articles(tmp_path):
    many = [article(f"Page {n}", f"Common words and number {n}.") for n in range(60)]
    edition, index = indexed(tmp_path / "text", many)
    edition.bodies_read = 0
    assert len(Searcher([(edition, index)]).search("common number").hits) == 10
    assert edition.bodies_read <= DEPTH


def test_more_prominent_articles_come_first_among_equals(tmp_path):
    twins = [article(name, "The same text about quartz.") for name in ("First", "Second", "Third")]
    linking = [article(f"L{n}", "nothing", links="Second") for n in range(5)]
    assert searcher(tmp_path / "text", *twins, *linking).search("quartz").hits[0].title == "Second"


def test_an_article_of_two_editions_is_shown_once(tmp_path):
    one = indexed(tmp_path / "one", WORLD, root="1" * 64)
    two = indexed(tmp_path / "two", [*WORLD[:3], article("Ozone", "Ozone is oxygen too.")], root="2" * 64)
    both = Searcher([one, two])
    found = titles(both.search("oxygen").hits)
    assert sorted(found) == sorted(set(found))
    assert "Ozone" in found
    assert titles(both.suggest("oxy")) == ["Oxygen"]


def test_a_title_one_mistake_away_comes_before_what_the_spelling_says_and_each_comes_once(tmp_path):
    pages = [article("Muonium", "Rare."), article("Niobium", "Metal."), *FILLER]
    pages += [article(f"Ore {n}", "Niobium is a metal.") for n in range(9)]
    found = titles(searcher(tmp_path / "text", *pages).search("nuonium").hits)
    assert found[:2] == ["Muonium", "Niobium"]
    assert len(found) == len(set(found))


def test_a_word_that_many_articles_have_is_no_other_title_mistyped(tmp_path):
    pages = [article("Dong", "A coin."), *FILLER, *[article(f"Breed {n}", "A dog of its own.") for n in range(9)]]
    assert "Dong" not in titles(searcher(tmp_path / "text", *pages).search("dog").hits)


def test_a_form_of_a_titles_word_finds_it_however_many_articles_have_it(tmp_path):
    others = [article(f"House {n}", "The cats sleep. " * 6) for n in range(12)]
    found = searcher(tmp_path / "text", article("Cat", "A pet."), article("Rats", "Vermin."), *others, *FILLER)
    assert titles(found.search("cats").hits)[0] == "Cat"


def test_of_a_large_library_a_word_that_few_articles_have_may_be_mistaken(tmp_path):
    wrong = [article(f"Letter {n}", "Signed by einstien.") for n in range(10)]
    physicist = article("Einstein", "A physicist.")
    many = [article(f"Page {n}", "Something else.") for n in range(11_000)]
    found = searcher(tmp_path / "text", physicist, *wrong, *many)
    assert titles(found.search("einstien", by="words").hits)[0] == "Einstein"
