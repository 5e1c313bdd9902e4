"""Words of another language than the library's."""

from __future__ import annotations

import pytest

from galactica.search.query import understand
from galactica.search.rank import weigh
from galactica.search.translating import MOST_TOKENS, in_own_words, translations
from tests.search.pretended import FILLER, article, indexed, searcher, titles

PAGES = [
    article("Gray wolf", "The wolf eats deer. A wolf lives in a pack.", aliases=["Wolf"]),
    article("Water", "Water is wet. " * 3),
    article("River", "A river is water that flows to the sea."),
    article("Civil war", "A civil war is a war within one country."),
    article("Pain", "Pain is felt. Bread is not."),
    article("Bread", "Bread is baked."),
    article("Sol", "A name."),
    *[article(f"Sun {n}", "The sun shines on the sea.") for n in range(16)],
    article("Sun", "The sun shines on the sea. The sun is a star."),
    article("Lobo Valley", "A valley where Lobo lives."),
    *FILLER,
]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return searcher(tmp_path_factory.mktemp("words") / "text", *PAGES)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return indexed(tmp_path_factory.mktemp("index") / "text", PAGES)[1]


def found(index, text, *others):
    question = understand(text)
    several = [index, *others]
    return [
        (each.run, each.language, each.said[0], each.alone)
        for each in translations(question, weigh(question.words, several), several)
    ]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("волк", "Gray wolf"),
        ("волки", "Gray wolf"),
        ("la loba", "Gray wolf"),
        ("Wasser", "Water"),
        ("das Wasser", "Water"),
        ("guerra civil", "Civil war"),
        ("la guerra civil", "Civil war"),
        ("الماء", "Water"),
        ("狼", "Gray wolf"),
        ("水", "Water"),
        ("mbwa mwitu", "Gray wolf"),
    ],
)
def test_a_noun_of_another_language_finds_the_article(library, query, first):
    assert titles(library.search(query).hits)[0] == first


def test_the_person_is_told_what_was_looked_for(library):
    assert "“волк” (Русский): “wolf” was looked for." in library.search("волк").notes
    assert library.search("волк").corrected == ""


def test_a_noun_of_the_librarys_own_language_is_none_of_anothers(index):
    assert found(index, "pain") == []


def test_a_title_is_what_it_says(library, index):
    assert found(index, "sol") == []
    assert titles(library.search("sol").hits)[0] == "Sol"


def test_of_a_title_in_another_script_the_noun_is_looked_for_besides(tmp_path):
    pages = [article("Wolf", "A wolf."), article("Volk (river)", "A river.", aliases=["Волк"]), *FILLER]
    one = indexed(tmp_path / "text", pages)[1]
    assert found(one, "волк") == [("волк", "ru", "wolf", False)]


def test_the_nouns_of_a_question_in_another_language_are_told(index):
    assert found(index, "что ест волк") == [("волк", "ru", "wolf", False)]
    assert found(index, "qué come el lobo en el río")[:2] == [
        ("lobo", "es", "wolf", False),
        ("río", "es", "river", False),
    ]


@pytest.mark.parametrize(
    "query",
    [
        "what does the wolf eat",
        "wolf",
        '"lobo"',
        "-lobo",
        "title:lobo",
        "",
        "1914",
        "lobo " * (MOST_TOKENS + 1),
        "xyzzy",
    ],
)
def test_other_queries_stay_as_they_are(index, query):
    assert found(index, query) == []


def test_a_word_that_the_library_has_as_often_stays(tmp_path):
    many = [article(f"Lobo {n}", "The lobo is here.") for n in range(12)]
    one = indexed(tmp_path / "text", [*many, article("Gray wolf", "The wolf."), *FILLER])[1]
    assert found(one, "lobo") == []


def test_a_library_in_the_language_keeps_its_words(tmp_path):
    own = indexed(tmp_path / "text", [article(f"Lobo {n}", "El lobo come.", language="es") for n in range(3)])[1]
    assert found(own, "lobo") == []


def test_in_own_words_leaves_out_small_words(index):
    question = understand("¿Qué come el lobo?")
    several = translations(question, weigh(question.words, [index]), [index])
    assert in_own_words(question.plain_text, several) == "come wolf"


def test_filters_stay(library):
    assert titles(library.search("волк lang:en").hits)[0] == "Gray wolf"
    assert titles(library.search("волк lang:de").hits) == []


SWAHILI = [article(f"Journey {n}", "Travel and a long journey.") for n in range(200)]
"""Enough articles that a word which ten others have is far from as frequent."""


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    pages = [
        article("Los Angeles", "Los Angeles is a city of angels and of cars."),
        article("Kent", "Kent is a county. A city lies in it."),
        article("Angel", "An angel is a messenger."),
        article("Sausage", "A sausage is food."),
        article("Asia", "Asia is a continent."),
        article("Science", "Science and the sciences."),
        *[article(f"Park {n}", "A safari to Kent in Los Angeles, with a sauce, for the sciences.") for n in range(12)],
        *SWAHILI,
        *FILLER,
    ]
    return indexed(tmp_path_factory.mktemp("english") / "text", pages)[1]


@pytest.mark.parametrize(
    "query",
    [
        "safari",  # a journey in Swahili
        "kent",  # a city in Turkish, and a title
        "los angeles",  # small words of Spanish, and a title
        "los angeles county",
        "sauce recipe",  # none of the French sausages
        "asia",  # written with a capital in the table
        "sciences",
        "safari park",
    ],
)
def test_what_the_library_has_often_or_as_a_title_is_its_own(english, query):
    assert found(english, query) == []


def test_small_words_of_a_language_say_that_a_word_is_none_of_the_librarys(english):
    assert found(english, "nani alisafiri kwa safari ya mbali")[:1] == [("safari", "sw", "travel", False)]


@pytest.mark.parametrize(
    ("query", "noun"),
    [
        ("l'acqua", "water"),
        ("dell'acqua", "water"),
        ("dell’acqua", "water"),
        ("مَاء", "water"),
        ("die Wölfe", "wolf"),
    ],
)
def test_vowels_that_are_left_out_or_marked_lose_no_noun(index, query, noun):
    assert [each[2] for each in found(index, query)] == [noun]


def test_a_syllable_behind_a_space_is_no_noun(index):
    assert [each[0] for each in found(index, "늑대는 무엇을 먹나요")] == ["늑대"]


def test_a_form_typed_alone_is_one_only_where_the_word_says_nothing_else(tmp_path):
    several = [article(f"Saga {n}", "Ragnar sails.") for n in range(3)]
    spider = article("Spider", "A spider has eight legs.")
    one = indexed(tmp_path / "text", [*several, spider, *FILLER])[1]
    assert found(one, "ragnar") == []
    other = indexed(tmp_path / "other", [spider, *FILLER])[1]
    assert found(other, "ragni") == [("ragni", "it", "spider", True)]


def test_the_usual_thing_of_a_noun_comes_before_others_and_a_word_before_a_phrase(tmp_path):
    pages = [
        article("Abscess", "An abscess is full of pus."),
        *[article(f"Kitchen {n}", "Let it boil.") for n in range(20)],
        article("Cotton", "Cotton is a fibre of a plant."),
        *FILLER,
    ]
    one = indexed(tmp_path / "text", pages)[1]
    assert found(one, "abcès") == [("abcès", "fr", "abscess", True)]
    assert found(one, "coton") == [("coton", "fr", "cotton", True)]


def test_a_noun_of_another_beginning_and_end_is_another(index):
    assert found(index, "alumbre") == []


def test_a_noun_of_the_language_of_the_pages_is_one_even_where_the_library_has_it_often(english):
    question = understand("safari")
    weights = weigh(question.words, [english])
    assert translations(question, weights, [english], "en") == ()
    told = translations(question, weights, [english], "sw")
    assert [(each.run, each.language, each.said[0]) for each in told] == [("safari", "sw", "travel")]


FORMS = [
    *[article(each, f"{each} is what this tells of.") for each in ("Horse", "House", "Cat", "Bear", "Island", "Bee")],
    *[article(f"Road {n}", "Nothing else.") for n in range(12)],
    *FILLER,
]


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    return indexed(tmp_path_factory.mktemp("forms") / "text", FORMS)[1]


@pytest.mark.parametrize(
    ("query", "noun"),
    [
        ("häuser", "house"),
        ("cavalos", "horse"),
        ("isole", "island"),
        ("άλογα", "horse"),
        ("το άλογο", "horse"),
        ("calul", "horse"),
        ("niedźwiedzie", "bear"),
        ("घोड़े", "horse"),
        ("اسب‌ها", "horse"),
        ("ঘোড়াগুলি", "horse"),
        ("pulau-pulau", "island"),
        ("seekor kuda", "horse"),
        ("قطط", "cat"),
        ("ねこ", "cat"),
        ("ぞう", None),
        ("猫是什么", "cat"),
        ("貓是什麼", "cat"),
        ("熊とは何ですか", "bear"),
        ("고양이들", "cat"),
    ],
)
def test_a_form_of_a_noun_is_read_as_the_noun_alone(forms, query, noun):
    assert [(each[2], each[3]) for each in found(forms, query)] == ([(noun, True)] if noun else [])


@pytest.mark.parametrize(
    ("query", "said"), [("лошадь horse", "horse"), ("猫 cat", "cat"), ("bear 곰", "bear"), ("abeille Bee", "bee")]
)
def test_one_noun_in_two_languages_is_that_noun(forms, query, said):
    assert [(each[2], each[3]) for each in found(forms, query)] == [(said, True)]


def test_two_nouns_in_two_languages_are_two(forms):
    assert all(not each[3] for each in found(forms, "лошадь cat"))


def test_kana_inside_of_other_words_are_no_noun(forms):
    assert found(forms, "ここはねこだらけ") == []


def test_each_language_of_a_library_has_its_word(tmp_path, forms):
    pages = [article(f"马 {n}", "马是动物。", language="zh") for n in range(4)]
    chinese = indexed(tmp_path / "text", pages)[1]
    question, several = understand("лошадь"), [forms, chinese]
    (told,) = translations(question, weigh(question.words, several), several)
    assert told.said[:2] == ("horse", "马")


def test_a_library_in_another_script_keeps_its_latin_titles(tmp_path):
    pages = [article("Lobo", "Lobo 是一首歌。", language="zh"), article("狼", "狼是动物。狼", language="zh")]
    chinese = indexed(tmp_path / "text", pages)[1]
    assert found(chinese, "lobo") == []
    assert [each[2] for each in found(chinese, "lobos")] == ["狼"]
