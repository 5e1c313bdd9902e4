import pytest

from galactica.search import Searcher
from galactica.search.synonyms import LONGEST_NAME, MOST_LOOKED_UP, MOST_RUNS, other_names
from tests.search.pretended import FILLER, article, indexed, searcher, titles

STATES = article(
    "United States", "A country of fifty parts.", aliases=["USA", "US", "America", "United States of America", "美国"]
)
PAGES = [
    STATES,
    article("Economy", "The economy of the United States is large."),
    article("Other economy", "The economy of another country is large."),
    article("John F. Kennedy", "He was a president.", aliases=["JFK"]),
    article("Frédéric Chopin", "A composer.", aliases=["Chopin"]),
    article("Helium", "A gas.", aliases=["He", "Element 2"]),
    article("Water", "It is wet.", aliases=["H2O", "Aqua"]),
    article("Calling (programming)", "Functions are called.", aliases=["calls"]),
    article("A name that is as long as a sentence is and says nothing", "Nothing.", aliases=["Longname"]),
    *FILLER,
]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return indexed(tmp_path_factory.mktemp("names") / "text", PAGES)[1]


def said(index, text, weights=None, *others):
    words = dict.fromkeys(text.lower().replace(".", " ").split(), 5.0)
    found = other_names(text, words | (weights or {}), [index, *others])
    return {each.run: each.instead.said for each in found}


def test_an_alias_brings_the_title_and_short_other_names(index):
    assert said(index, "economy of USA")["USA"] == ("united", "states", "america", "of")


@pytest.mark.parametrize("query", ["who shot JFK", "who shot jfk", "WHO SHOT JFK"])
def test_a_name_is_known_in_small_and_in_large_letters(index, query):
    assert list(said(index, query).values()) == [("john", "kennedy")]


def test_a_formula_is_a_name(index):
    assert said(index, "what is H2O") == {"H2O": ("water", "aqua")}


def test_a_title_needs_no_other_name_in_its_own_language(index):
    assert said(index, "economy of the United States") == {}


def test_a_name_within_the_title_needs_no_more_of_it(index):
    assert said(index, "music by Chopin") == {}


def test_a_common_word_is_no_name(index):
    assert said(index, "who calls", {"calls": 1.0, "who": 1.0}) == {}


def test_the_capital_of_a_sentence_is_no_name(index):
    assert said(index, "He has a gas") == {}


def test_words_that_are_not_given_a_weight_begin_no_name(index):
    assert other_names("the USA", {}, [index]) == []


def test_a_name_as_long_as_a_sentence_is_not_said(index):
    assert len("A name that is as long as a sentence is and says nothing".split()) > LONGEST_NAME
    assert said(index, "economy of Longname") == {}


def test_what_tells_two_articles_apart_is_not_said(index):
    assert said(index, "python calls", {"calls": 9.0, "python": 9.0})["calls"] == ("calling",)


def test_a_long_query_is_looked_up_in_part(index, monkeypatch):
    asked = []
    ranked = index.ranked
    monkeypatch.setattr(index, "ranked", lambda key, limit: asked.append(key) or ranked(key, limit))
    said(index, " ".join(f"word{n}" for n in range(300)))
    assert len(asked) <= MOST_LOOKED_UP


def test_few_names_of_one_query_are_replaced(tmp_path):
    pages = [article(f"Real {n}", "Text.", aliases=[f"Alias{n}"]) for n in range(12)]
    _, index = indexed(tmp_path / "text", pages)
    assert len(said(index, " ".join(f"Alias{n}" for n in range(12)))) == MOST_RUNS


def test_articles_that_only_have_the_other_name_are_found_after_those_with_the_typed_one(tmp_path):
    typed = article("Trade", "The economy of the USA, that is what this is about.")
    hits = titles(searcher(tmp_path / "text", *PAGES, typed).search("economy of the USA").hits)
    assert hits[0] == "Trade"
    assert hits.index("Economy") < hits.index("Other economy")


def test_the_person_is_told_where_a_name_is_an_alias(index):
    library = Searcher([(index.edition, index)])
    assert any("“USA” is also called “United States”" in note for note in library.search("economy of USA").notes)
    assert library.search("USA").notes == ()
    assert library.search("economy of the United States").notes == ()


@pytest.mark.parametrize("query", ["economy title:USA", '"the economy" USA', "economy -USA"])
def test_what_is_quoted_a_title_or_excluded_is_meant_as_it_is_written(index, query):
    assert not any("called" in note for note in Searcher([(index.edition, index)]).search(query).notes)


ENGLISH = [
    article("Warsaw", "Warsaw is a city on a river.", aliases=["Warszawa"]),
    article("Rivers", "Rivers of Poland. The history of Warsaw is one of floods."),
    article("Poland", "A country. 38,000,000 people live there.", aliases=["波兰"]),
    *FILLER,
]
CHINESE = [
    article("华沙", "华沙是一座城市。", language="zh", aliases=["Warszawa"]),
    *[article(f"河流{n}", "河流是水。", language="zh") for n in range(12)],
]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("languages")
    return Searcher([indexed(folder / "en", ENGLISH, root="1" * 64), indexed(folder / "zh", CHINESE, root="2" * 64)])


def test_a_question_finds_articles_of_another_language_by_a_shared_alias(library):
    hits = titles(library.search("华沙的历史").hits)
    assert hits[0] == "华沙"
    assert {"Warsaw", "Rivers"} <= set(hits)


def test_a_question_finds_articles_of_another_language_by_an_alias_in_its_own(library):
    assert "Rivers" in titles(library.search("波兰在哪里").hits)
    assert "华沙" in titles(library.search("history of Warsaw").hits)


def test_a_language_restricts_what_other_names_find(library):
    assert titles(library.search("华沙的历史", language="zh").hits) == ["华沙"]
    assert "Rivers" in titles(library.search("华沙的历史", language="en").hits)
    assert "华沙" not in titles(library.search("华沙的历史 lang:en").hits)


def test_numbers_and_latin_names_are_shared_by_all_languages(library):
    assert "Poland" in titles(library.search("38,000,000 人").hits)
    assert "Warsaw" in titles(library.search("Warsaw 在哪里").hits)


def test_one_language_alone_has_no_names_of_another(tmp_path):
    _, index = indexed(tmp_path / "text", [page for page in PAGES if page.language == "en"])
    assert "美国" not in said(index, "economy of USA")["USA"]
