import pytest

from galactica.search import rank, spelling
from galactica.search.query import understand
from galactica.search.spacing import joined, taken_apart, torn
from tests.search.pretended import FILLER, article, indexed, searcher, titles

PAGES = [
    article("New York", "New York is a city. The solar system is far away."),
    *[article(f"City {n}", "A new york and a solar system, a real estate.") for n in range(4)],
    *[article(f"Apart {n}", "The system of the other word.") for n in range(4)],
    *[article(f"Railway {n}", "The railway goes along the way. A rail is part of it.") for n in range(9)],
    *[article(f"Encyclopedia {n}", "An encyclopedia about water.") for n in range(3)],
    *FILLER,
]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return indexed(tmp_path_factory.mktemp("spacing") / "text", PAGES)[1]


def corrections(index, query):
    question = understand(query)
    return spelling.correct(question, rank.weigh(question.words, [index]), [index])


@pytest.mark.parametrize(
    ("typed", "meant"), [("newyork", "new york"), ("solarsystem", "solar system"), ("realestate", "real estate")]
)
def test_what_was_run_together_is_taken_apart(index, typed, meant):
    assert corrections(index, typed) == {typed: meant}


@pytest.mark.parametrize("word", ["wordother", "newother", "zzzyork", "solar", "ab", "北京大学", "waterabout"])
def test_words_that_never_stand_side_by_side_are_not_taken_apart(index, word):
    assert taken_apart(word, [index]) is None


def test_a_title_says_that_two_words_belong_together(index):
    assert taken_apart("newyork", [index]).title
    assert not taken_apart("solarsystem", [index]).title


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("the ency clopedia", {"ency clopedia": "encyclopedia"}),
        ("ency-clopedia", {"ency clopedia": "encyclopedia"}),
        ("ency. clopedia", {}),
        ("encyclo pedi", {}),
    ],
)
def test_what_was_torn_apart_is_put_together(index, query, found):
    assert torn(query, {"ency", "clopedia", "encyclo"}, [index]) == found


def test_two_words_that_make_one_are_also_looked_for_as_one(index):
    content = {"rail": 1.0, "way": 1.0}
    assert [each.said for each in joined("the rail way", content, [index])] == [("railway",)]
    assert list(joined("the rail way", {"way": 1.0}, [index])) == []


def test_a_whole_that_is_much_rarer_than_both_together_is_no_word(tmp_path):
    pages = [article(f"City {n}", "A new york.") for n in range(20)]
    pages += [article(f"Address {n}", "Write to newyork.") for n in range(3)]
    _, index = indexed(tmp_path / "text", pages)
    assert list(joined("new york", {"new": 1.0, "york": 1.0}, [index])) == []


def test_the_person_is_told_and_finds_it(tmp_path):
    found = searcher(tmp_path / "text", *PAGES)
    page = found.search("a map of newyork")
    assert page.corrected == "a map of new york"
    assert titles(page.hits)[0] == "New York"
    assert any("newyork" in note for note in page.notes)
    assert found.search("the ency clopedia").corrected == "the encyclopedia"
    assert titles(found.search("rail way lines").hits)[0].startswith("Railway")


def test_a_word_that_few_articles_have_is_looked_for_as_it_is_and_as_it_was_probably_meant(tmp_path):
    pages = [article(f"State {n}", "The government of a state.") for n in range(60)]
    found = searcher(tmp_path / "text", *pages, article("Mistake", "A state without goverment."), *FILLER)
    page = found.search("goverment")
    assert titles(page.hits)[0] == "Mistake"
    assert len(page.hits) > 1
    assert (page.corrected, page.notes) == ("government", ())
