import pytest
from tests.search.pretended import FILLER, article, indexed

from galactica.search import rank, spelling
from galactica.search.query import understand

PAGES = [
    *[article(f"Battle {n}", "The battle of Waterloo was fought by Napoleon near the water.") for n in range(3)],
    *[article(f"River {n}", "Water runs down to the sea.") for n in range(9)],
    *[article(f"Sage {n}", "A philosophy of nature.") for n in range(3)],
    *FILLER,
]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return indexed(tmp_path_factory.mktemp("spelling") / "text", PAGES)[1]


def corrections(index, query):
    question = understand(query)
    return spelling.correct(question, rank.weigh(question.words, [index]), [index])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("watreloo", "waterloo"),
        ("waterlo", "waterloo"),
        ("napolean", "napoleon"),
        ("anpoleon", "napoleon"),
        ("xnapoleon", "napoleon"),
        ("philosofy", "philosophy"),
        ("natture", "nature"),
    ],
)
def test_a_mistyped_word_becomes_the_nearest_word_that_there_is(index, typed, meant):
    assert corrections(index, typed) == {typed: meant}


@pytest.mark.parametrize("query", ["waterloo", "the", "sea", "qqqqqqqq", "r2d2x", "水水水", "-watreloo", "wtr"])
def test_other_words_are_left_alone(index, query):
    assert corrections(index, query) == {}


def test_only_the_mistyped_words_of_a_query_change():
    assert spelling.replaced('Who won "Watreloo", lang:en?', {"watreloo": "waterloo"}) == (
        'Who won "waterloo", lang:en?'
    )


def test_few_words_of_one_query_are_corrected(index):
    assert len(corrections(index, "watreloo napolean philosofy natture batttle")) == spelling.MOST_WORDS
