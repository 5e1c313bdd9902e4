import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.search.analysis import STEMMED
from galactica.search.numerals import months, other_keys, other_numbers
from galactica.search.query import split_words
from tests.search.pretended import FILLER, article, searcher, titles


def said(text, analysers=("en",), common=()):
    return {(each.typed, each.said) for each in other_numbers(text, analysers, common)}


@pytest.mark.parametrize(
    ("text", "typed", "instead"),
    [
        ("1,200 people", ("1", "200"), ("1200",)),
        ("1\u2009200 people", ("1", "200"), ("1200",)),
        ("1.200.000 Euro", ("1", "200", "000"), ("1200000",)),
        ("12500 people", ("12500",), ("12,500",)),
        ("1200 people", ("1200",), ("1,200",)),
        ("the 3rd man", ("3rd",), ("3", "third")),
        ("the third man", ("third",), ("3rd",)),
        ("music of the 90s", ("90s",), ("1990s",)),
        ("music of the 1990s", ("1990s",), ("90s",)),
        ("died 1821-05-05", ("1821", "05", "05"), ("5", "may")),
        ("am 05.05.1821", ("05", "05", "1821"), ("5", "may")),
        ("World War 2", ("2",), ("ii",)),
        ("world war ii", ("ii",), ("2",)),
        ("Henry 8", ("8",), ("viii",)),
        ("Henry VIII of England", ("viii",), ("8",)),
        ("Super Bowl 50", ("50",), ("l",)),
        ("Super Bowl L", ("l",), ("50",)),
        ("Elizabeth I of England", ("i",), ("1",)),
        ("who won ww2", ("ww2",), ("wwii",)),
        ("who won WWII", ("wwii",), ("ww2",)),
        ("7 wonders", ("7",), ("seven",)),
        ("seven wonders", ("seven",), ("7",)),
        ("twenty-one pilots", ("twenty", "one"), ("21",)),
    ],
)
def test_a_number_may_be_written_otherwise(text, typed, instead):
    assert (typed, instead) in said(text)


@pytest.mark.parametrize(
    "text", ["in 1990", "pi is 3.14", "on 9/11", "Should I go", "May 5, 1821", "the first one", "C-17", "40/40", ""]
)
def test_other_numbers_are_left_alone(text):
    assert said(text) == set()


def test_what_counts_something_is_no_number_of_a_name():
    assert (("4",), ("iv",)) not in said("what 4 states", common={"what"})


def test_months_are_named_in_the_languages_of_the_library():
    [(_, instead)] = said("1821-05-05", ("de", "en", "grams"))
    assert instead == ("5", "mai", "may")
    assert all(len(names) == 12 for names in months().values())
    assert set(months()) <= {*STEMMED, "marks"}


@pytest.mark.parametrize(
    ("key", "others"),
    [
        ("world war 2", {"world war ii", "world war two"}),
        ("super bowl l", {"super bowl 50"}),
        ("7 wonders", {"seven wonders"}),
        ("oxygen", set()),
        ("2", set()),
    ],
)
def test_a_title_with_a_number_has_other_keys(key, others):
    assert set(other_keys(key)) == others


@given(st.text(max_size=200))
def test_nothing_that_can_be_typed_is_an_error(text):
    for each in other_numbers(text, ["en", "ar"]):
        assert each.typed
        assert all(split_words(word) for word in each.said)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("World War 2", "World War II"),
        ("castles of Henry 8", "Henry VIII"),
        ("a town of 12500 people", "Town"),
        ("born 1821-05-05", "Born"),
    ],
)
def test_what_is_written_otherwise_is_found(tmp_path, query, title):
    pages = [
        article("World War II", "The second of two wars."),
        article("World War I", "The first of two wars."),
        article("Henry VIII", "A king with castles."),
        article("Henry VII", "A king with castles."),
        article("Town", "It is a town of 12,500 people."),
        article("Other town", "It is a town of 500 people."),
        article("Born", "He was born on 5 May 1821."),
        article("Unborn", "He was born on 6 June 1821."),
        *FILLER,
    ]
    assert titles(searcher(tmp_path / "text", *pages).search(query).hits)[0] == title
