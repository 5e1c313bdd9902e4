import pytest

from galactica.search import rank, spelling
from galactica.search.query import lowered, understand
from tests.search.pretended import FILLER, article, indexed

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


@pytest.mark.parametrize("query", ["waterloo", "the", "sea", "qqqqqqqq", "r2d2x", "水水水", "-watreloo", "wxy"])
def test_other_words_are_left_alone(index, query):
    assert corrections(index, query) == {}


@pytest.mark.parametrize(("typed", "meant"), [("teh", "the"), ("thhe", "the"), ("adn", "and"), ("sae", "sea")])
def test_a_short_word_may_be_a_stop_word_or_one_of_three_letters(index, typed, meant):
    assert corrections(index, typed) == {typed: meant}


def test_words_that_ask_are_no_mistakes(index):
    assert corrections(index, "γιατί cuándo watreloo") == {"watreloo": "waterloo"}


@pytest.mark.parametrize(
    ("language", "text", "typed", "meant"),
    [
        ("es", "El corazón late. Los corazones laten.", "corazom", "corazón"),
        ("de", "Die Brücken über den Fluss.", "brükcen", "brücken"),
        ("el", "Η Ελλάδα είναι χώρα. Θάλασσα.", "θαλάσα", "θάλασσα"),
        ("ru", "Чайковский был композитором.", "чайковкий", "чайковский"),
        ("tr", "Çanakkale şehri güzel.", "çanakale", "çanakkale"),
        ("ar", "قرأت الكتاب في المكتبة الكبيرة", "المكتة", "المكتبة"),
        ("hi", "यह हिन्दुस्तान की राजधानी है", "राजधनी", "राजधानी"),
        ("ro", "Bucureștiul este capitala țării.", "capitlaa", "capitala"),
        ("pl", "Pociąg jedzie do Gdańska.", "gdanksa", "gdańska"),
    ],
)
def test_words_with_accents_are_corrected_and_keep_them(tmp_path, language, text, typed, meant):
    pages = [article(f"Page {n}", text, language=language) for n in range(3)]
    _, index = indexed(tmp_path / "text", pages)
    assert corrections(index, typed) == {lowered(typed): meant}


def test_a_mistake_that_hides_the_ending_from_the_stemmer_is_seen(tmp_path):
    pages = [
        article(f"Page {n}", "Accommodation is available. Several of the severed were separated.") for n in range(3)
    ]
    _, index = indexed(tmp_path / "text", pages)
    assert corrections(index, "availalbe") == {"availalbe": "available"}
    assert corrections(index, "acommodate") == {"acommodate": "accommodate"}
    assert corrections(index, "seperated") == {"seperated": "separated"}


def test_the_same_letters_are_likelier_than_another_one(tmp_path):
    pages = [article(f"Page {n}", "A taboo is a taboo.") for n in range(9)]
    pages += [article(f"Skin {n}", "A tattoo is a tattoo.") for n in range(4)]
    _, index = indexed(tmp_path / "text", pages)
    assert corrections(index, "tatoo") == {"tatoo": "tattoo"}


def test_a_name_only_becomes_a_name(tmp_path):
    pages = [article(f"Page {n}", "The water of the lake. Lakes have water.") for n in range(60)]
    pages += [article(f"Town {n}", "There is Walker on the lake.") for n in range(60)]
    _, index = indexed(tmp_path / "text", pages)
    assert corrections(index, "The lake of Wakter") == {}
    assert corrections(index, "the lake of wakter") == {"wakter": "water"}
    assert corrections(index, "The lake of Wakler") == {"wakler": "walker"}


def test_what_stands_with_no_other_word_of_the_question_must_be_common(tmp_path):
    pages = [article(f"Page {n}", "Philosophy of nature.") for n in range(3)]
    pages += [article(f"Battle {n}", "Cannons at Waterloo.") for n in range(3)]
    _, index = indexed(tmp_path / "text", pages)
    assert corrections(index, "philosophy waterlo") == {}
    assert corrections(index, "cannons waterlo") == {"waterlo": "waterloo"}


def test_only_the_mistyped_words_of_a_query_change():
    assert spelling.put_right('Who won "Watreloo", lang:en?', {"watreloo": "waterloo"}) == (
        'Who won "waterloo", lang:en?'
    )


def test_two_words_of_a_query_become_one_and_one_becomes_two():
    assert spelling.put_right("the Ency  Clopedia of newyork", {"ency clopedia": "encyclopedia"}) == (
        "the encyclopedia of newyork"
    )
    assert spelling.put_right("the map of NewYork", {"newyork": "new york"}) == "the map of new york"


def test_few_words_of_one_query_are_corrected(index):
    assert len(corrections(index, "watreloo napolean philosofy natture batttle")) == spelling.MOST_WORDS
