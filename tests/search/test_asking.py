import pytest

from galactica.search.asking import asking, languages, pieces_left
from galactica.search.query import split_words, understand
from tests.search.pretended import article, searcher, titles

XQUAD = "ar de el en es hi ro ru th tr vi zh".split()


def found(query):
    return asking(understand(query))


@pytest.mark.parametrize("language", [*XQUAD, "fr", "ja"])
def test_the_words_that_ask_are_known_in_every_language(language):
    known = languages()[language]
    if known.inside:
        assert all(asking(understand(f"{word}北京大学")) for word in known.inside)
        assert 10 <= len(known.inside) <= 35
    else:
        assert all(found(word) for word in known.sure)
        assert len(known.sure | known.beside) >= 10


@pytest.mark.parametrize("language", XQUAD)
def test_every_word_of_the_table_is_one_word_to_the_index(language):
    known = languages()[language]
    assert all(len(split_words(word)) == 1 for word in known.sure | known.beside)


@pytest.mark.parametrize(
    ("query", "content"),
    [
        ("When was Chopin born?", {"chopin", "born"}),
        ("¿Cuándo nació Chopin?", {"nació", "chopin"}),
        ("Wann wurde die Brücke gebaut?", {"brücke", "gebaut"}),
        ("Γιατί ο ουρανός είναι μπλε;", {"ο", "ουρανοσ", "μπλε"}),
        ("Кто открыл радий?", {"открыл", "радий"}),
        ("Polonya'nın başkenti neresi?", {"polonya", "nın", "başkenti"}),
        ("ما هي عاصمة بولندا؟", {"عاصمه", "بولندا"}),
        ("Thủ đô của Ba Lan là gì?", {"thủ", "đô", "ba", "lan"}),
        ("पोलैंड की राजधानी क्या है?", {"पोलैंड", "की", "राजधानी"}),
        ("Care este capitala Poloniei?", {"capitala", "poloniei"}),
        ("波兰的首都是什么？", {"波兰", "首都"}),
        ("誰がラジウムを発見しましたか", {"がラ", "ラジ", "ジウ", "ウム", "発见"}),
    ],
)
def test_what_asks_is_told_from_what_is_asked_for(query, content):
    question = understand(query)
    assert {word.text for word in question.words} - asking(question) >= content
    assert asking(question)


@pytest.mark.parametrize("query", ["cine mexicano", "health care", "Kim Jong-il", "AI winter", "Lake Como", "comment"])
def test_a_word_that_asks_elsewhere_is_a_word_here(query):
    assert found(query) == frozenset()


def test_a_word_without_its_accent_asks_beside_another():
    assert found("cand") == frozenset()
    assert found("cand este") == {"cand", "este"}


@pytest.mark.parametrize("query", ['"who is who" oxygen', "-who oxygen", "title:who oxygen"])
def test_what_is_quoted_excluded_or_a_title_does_not_ask(query):
    assert "who" not in found(query)


def test_what_is_left_of_a_text_without_spaces():
    assert pieces_left("波蘭的首都是什麼？") == ["波兰", "首都", "?"]
    assert pieces_left("氧是什么") == ["氧"]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("cuándo nació chopin", "Chopin"),
        ("γιατί chopin", "Chopin"),
        ("चोपिन का जन्म कब हुआ", "Chopin"),
    ],
)
def test_rare_words_that_ask_do_not_drown_the_content(tmp_path, query, title):
    pages = [
        article("Chopin", "Chopin nació en Polonia. चोपिन का जन्म पोलैंड में.", language="es"),
        *[article(f"Chopin {n}", "Chopin nació. Chopin. चोपिन का जन्म", language="es") for n in range(8)],
        article(
            "Preguntas", "¿Cuándo? γιατί कब हुआ. Una palabra que pregunta, y nada de lo que se pregunta.", language="es"
        ),
        *[article(f"Otra {n}", "Esto no tiene que ver con nada.", language="es") for n in range(20)],
    ]
    hits = titles(searcher(tmp_path / "text", *pages).search(query).hits)
    assert title in hits[0]


def test_a_name_of_one_character_beside_what_asks_is_looked_for(tmp_path):
    pages = [
        article("氧", "氧气是一种气体。", language="zh"),
        *[article(f"问题{n}", "这是什么？不知道是什么。", language="zh") for n in range(9)],
    ]
    assert titles(searcher(tmp_path / "text", *pages).search("氧是什么").hits)[0] == "氧"
