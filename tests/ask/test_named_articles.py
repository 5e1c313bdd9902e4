"""Which articles a question names: by any name of theirs, in any script, with or without its ending there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from galactica.ask.asked import Asked
from galactica.ask.base_forms import MOST_FORMS, MOST_OF_TWO, base_forms
from galactica.ask.finding import named_pages, searched_for, worth_reading
from galactica.ask.named import called_besides
from galactica.ask.question import read_question
from galactica.ask.sought import question_language

from .group.pretended import Glancing, Pointing, Shelf, article

NAMES: tuple[str, ...] = (
    "瓦拉",
    "阿尔伯特·里德",
    "アルベルト・リード",
    "Вара",
    "Новая Вара",
    "Валлия",
    "Рид",
    "فارا",
    "وار",
    "वारा",
    "रोम",
)
NAMES += ("บางวารา", "바라", "Βάρα", "Λίνδος", "ვარა")
SHELF = Shelf(*(article(f"Article {name}", "It lies on a river.", aliases=(name,)) for name in NAMES))


def asked(question: str, shelf: Shelf = SHELF) -> Asked:
    language = question_language(question, shelf.languages)
    return Asked(question=read_question(question, language), holdings=shelf, reader=Pointing())


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("瓦拉有多少人口？", "瓦拉"),
        ("阿尔伯特·里德出生在哪里？", "阿尔伯特·里德"),
        ("アルベルト・リードはどこで生まれましたか？", "アルベルト・リード"),
        ("在那个时候的许多人都说自己是从很远的地方来到这里的吗，那么瓦拉有多少人口？", "瓦拉"),
        ("บางวาราอยู่ที่ไหน", "บางวารา"),
        ("바라의 인구는 얼마인가요?", "바라"),
        ("Сколько жителей в городе Вара?", "Вара"),
        ("Сколько людей живёт в Варе?", "Вара"),
        ("Какова история Новой Вары?", "Новая Вара"),
        ("Кто правил Валлией?", "Валлия"),
        ("Где родилась дочь Рида?", "Рид"),
        ("كم عدد سكان فارا؟", "فارا"),
        ("أين تقع وار؟", "وار"),
        ("वारा की जनसंख्या कितनी है?", "वारा"),
        ("रोम कहाँ है?", "रोम"),
        ("სად არის ვარა?", "ვარა"),
        ("Ποιος είναι ο πληθυσμός της Βάρας;", "Βάρα"),
        ("Πού βρίσκεται η ακρόπολη της Λίνδου;", "Λίνδος"),
    ],
)
def test_an_article_is_named_by_its_name_in_the_script_of_the_question(question: str, named: str) -> None:
    found = [page.article.title for page in named_pages(asked(question))]
    assert found == [f"Article {named}"]


def test_the_article_that_only_another_script_s_name_finds_is_read() -> None:
    shelf = Shelf(
        *(article(f"Note {n}", f"瓦 is written here {n} times.") for n in range(20)), article("Vara", "A town.")
    )
    named = Shelf(*(article(f"Note {n}", f"瓦 {n}.") for n in range(20)), article("Vara", "A town.", aliases=("瓦拉",)))
    question = "瓦拉有多少人口？"
    for library, expected in ((shelf, False), (named, True)):
        own = asked(question, library)
        for haste in (0.0, 1.0):
            own = replace(own, reader=Glancing({}), ranking=haste)
            hits = worth_reading(own, searched_for(own)).hits
            assert ("Vara" in [hit.title for hit in hits]) is expected


def test_of_two_articles_with_the_same_other_name_none_is_preferred() -> None:
    shelf = Shelf(
        article("Vara (river)", "It is a river.", aliases=("瓦拉",)),
        article("Vara (town)", "It is a town.", aliases=("瓦拉",)),
    )
    own = asked("瓦拉有多少人口？", shelf)
    assert [page.article.title for page in named_pages(own)] == ["Vara (river)", "Vara (town)"]
    what = replace(asked("瓦拉是什么？", shelf), reader=Glancing({}))
    assert {hit.title for hit in worth_reading(what, searched_for(what)).hits} == {"Vara (river)", "Vara (town)"}


def test_an_article_whose_title_it_is_goes_before_those_whose_other_name_it_is() -> None:
    shelf = Shelf(article("Vara", "It is a town."), article("Vara River", "It is a river.", aliases=("Vara",)))
    assert [page.article.title for page in named_pages(asked("Where does Vara lie?", shelf))] == ["Vara"]


def test_words_in_letters_of_their_own_are_names_in_a_question_without_spaces() -> None:
    shelf = Shelf(article("Aldovia Commonwealth", "It lies on the sea."))
    assert [page.article.title for page in named_pages(asked("Aldovia Commonwealth有多少人口？", shelf))] == [
        "Aldovia Commonwealth"
    ]


def test_what_stands_in_a_name_is_none_by_itself() -> None:
    shelf = Shelf(article("Vara", "A town.", aliases=("瓦拉",)), article("Ra", "A god.", aliases=("拉有",)))
    assert [page.article.title for page in named_pages(asked("瓦拉有多少人口？", shelf))] == ["Vara"]


@pytest.mark.parametrize(
    ("name", "language", "form"),
    [
        ("Tokyo's", "en", "Tokyo"),
        ("Tokyo’nun", "tr", "Tokyo"),
        ("Berlins", "de", "Berlin"),
        ("Москве", "ru", "Москва"),
        ("Лондоном", "ru", "Лондон"),
        ("Японии", "ru", "Япония"),
        ("Кремле", "ru", "Кремль"),
        ("Толстого", "ru", "Толстой"),
        ("Варшаві", "uk", "Варшава"),
        ("Αθήνας", "el", "Αθήνα"),
        ("Λονδίνου", "el", "Λονδίνο"),
        ("Нового Лондона", "ru", "Новый Лондон"),
        ("Андрея Сахарова", "ru", "Андрей Сахаров"),
        ("Анны Рид", "ru", "Анна Рид"),
        ("озера Вары", "ru", "озеро Вара"),
        ("Великого Нового Лондона", "ru", "Великого Нового Лондон"),
        ("Москве", "en", "Москва"),
        ("Москве", "und", "Москва"),
        ("Αθήνας", "und", "Αθήνα"),
    ],
)
def test_an_inflected_name_may_be_another_one_without_its_ending(name: str, language: str, form: str) -> None:
    found = base_forms(name, language)
    assert form in found
    assert name not in found
    assert len(found) <= max(MOST_FORMS, (MOST_OF_TWO + 1) ** 2)


def test_short_names_and_those_of_languages_without_endings_stay_as_they_are() -> None:
    assert base_forms("Ост", "ru") == ()
    assert base_forms("Vara", "en") == ()
    assert base_forms("O'", "en") == ()
    assert base_forms("", "ru") == ()
    assert base_forms("d'Arc", "fr") == ()


@pytest.mark.parametrize(
    ("name", "language", "without"),
    [
        ("عاصمة بولندا", "ar", False),
        ("ibukota Polandia", "id", False),
        ("kaisar Napoleon", "id", True),
        ("emperor elagabalus", "en", True),
        ("capital poland", "en", True),
    ],
)
def test_a_noun_before_a_name_is_what_belongs_to_it_in_some_languages(name, language, without):
    rest = name.partition(" ")[2]
    assert (rest in called_besides(name, language, ["en"])) is without
