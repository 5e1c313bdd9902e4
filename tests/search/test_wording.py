import pytest

from galactica.search.passages import Finder
from galactica.search.query import understand
from galactica.search.rank import asked, weigh
from galactica.search.wording import MOST_ADDED, NAMES, worded
from tests.search.pretended import FILLER, article, indexed

PAGES = [
    article("United States", "The USA.", aliases=["USA", "America", "US"]),
    article("World War II", "A war.", aliases=["WWII"]),
    article("One two three four five six", "Words.", aliases=["Numbers1"]),
    article("Seven eight nine ten eleven twelve", "Words.", aliases=["Numbers2"]),
    article("The who of what", "Who, what, when and where.", aliases=["Unseen"]),
    *FILLER,
]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return indexed(tmp_path_factory.mktemp("wording") / "text", PAGES)[1]


def said(index, query):
    question = understand(query)
    return worded(question, weigh(question.words, [index]), [index]).weights


def test_words_that_ask_count_less_than_their_rarity_says(index):
    plain = {w.word.text: w.idf for w in weigh(understand("who usa").words, [index])}
    quiet = {w.word.text: w.idf for w in said(index, "who usa")}
    assert quiet["who"] < plain["who"]
    assert quiet["usa"] == plain["usa"]


def test_a_question_of_nothing_else_keeps_its_weights(index):
    plain = weigh(understand("who what").words, [index])
    assert said(index, "who what") == plain


@pytest.mark.parametrize("query", ["economy of USA", "Numbers1", "World War 2", "usa 1,200", "Unseen"])
def test_what_is_added_never_counts_more_than_what_was_typed(index, query):
    weights = said(index, query)
    added = sum(w.idf for w in weights if w.added)
    assert 0 <= added <= sum(w.idf for w in weights if not w.added) + 1e-9


def test_what_is_added_counts_a_share_where_texts_have_what_was_typed(index):
    weights = said(index, "the USA")
    usa = next(w.idf for w in weights if w.word.text == "usa")
    assert 0 < sum(w.idf for w in weights if w.added) <= NAMES * usa + 1e-9


def test_few_words_are_added(index):
    assert sum(w.added for w in said(index, "Numbers1 Numbers2 USA WWII")) <= MOST_ADDED


def test_words_that_the_library_does_not_have_are_not_added(index):
    assert all(w.known for w in said(index, "12500 people in ww2 on 1821-05-05") if w.added)


def test_what_is_added_is_looked_for_in_texts_and_is_not_missed_there(index):
    weights = asked(said(index, "the USA"))
    finder = Finder(weights)
    assert {"united", "states"} <= {w.word.text for w in finder.wanted}
    assert finder.weight == pytest.approx(sum(w.idf for w in finder.wanted if not w.added))


@pytest.mark.parametrize("query", ["title:USA", '"the USA"', "-USA war"])
def test_nothing_is_added_to_what_is_meant_as_it_is_written(index, query):
    assert not any(w.added and w.word.text == "united" for w in said(index, query))
