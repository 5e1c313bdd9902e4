"""What is read speaks of what is asked, the best first, and the article that a question names is always among it."""

from __future__ import annotations

import pytest

from galactica.ask.answering import answer, prove_answers, put_together, reader_marks
from galactica.ask.asked import Asked
from galactica.ask.bearing import speaks_of
from galactica.ask.finding import READ, searched_for, worth_reading
from galactica.ask.question import read_question
from galactica.model import Verdict

from .group.pretended import Glancing, Pointing, Shelf, article


def titles(question: str, shelf: Shelf) -> list[str]:
    asked = Asked(question=read_question(question, "en"), holdings=shelf, reader=Pointing())
    return [hit.title for hit in worth_reading(asked, searched_for(asked)).hits]


def test_a_passage_that_only_says_the_verb_of_a_question_is_not_read() -> None:
    shelf = Shelf(
        article("Penicillin", "Penicillin was discovered by Ada Holm."),
        *(article(f"Moon {n}", f"This moon was discovered by Karl Reed in 19{n + 10}.") for n in range(9)),
    )
    assert titles("Who discovered penicillin?", shelf) == ["Penicillin"]


@pytest.mark.parametrize(
    ("question", "text", "title", "language", "speaks"),
    [
        ("Who invented the telephone?", "The telephone was invented by Holm.", "Talk", "en", True),
        ("Who invented the telephone?", "The battery was invented by Holm.", "Talk", "en", False),
        ("Where was Ada Holm born?", "She was born in Ulm.", "Ada Holm", "en", True),
        ("Where was Ada Holm born?", "She was born in Ulm.", "Otto Reed", "en", False),
        ("Who built the Green Bridge?", "Die Green Bridge baute Holm.", "Brücke", "de", True),
        ("Who built the Green Bridge?", "Otto Reed kam 1823 nach Ulm.", "Reed", "de", False),
        ("What is it?", "Anything at all.", "Any", "en", True),
    ],
)
def test_a_passage_speaks_of_a_question_where_what_it_is_about_stands_there(
    question: str, text: str, title: str, language: str, speaks: bool
) -> None:
    assert speaks_of(read_question(question, "en"), text, (title,), language) is speaks


def test_other_names_of_an_article_in_another_language_are_its_own() -> None:
    assert speaks_of(read_question("绿桥在哪里？", "zh"), "It crosses the Vara.", ("Green Bridge", "绿桥"), "en")
    assert not speaks_of(read_question("绿桥在哪里？", "zh"), "It crosses the Vara.", ("Green Bridge",), "en")


def test_the_article_that_a_question_names_is_read_however_search_likes_it() -> None:
    crowd = [
        article(f"Festival {n}", "The capital festival of Aldovia has songs of the capital of Aldovia in Vara.")
        for n in range(24)
    ]
    named = article("Aldovia", "Aldovia lies on the sea.\nIts capital is Ulmen.")
    shelf = Shelf(*crowd, named)
    found = titles("Which festival song names the capital of Aldovia?", shelf)
    assert "Aldovia" in found
    assert len(found) <= READ


def test_what_came_nearest_is_shown_where_nothing_speaks_of_what_is_asked() -> None:
    shelf = Shelf(article("Moon", "This moon was discovered by Karl Reed."))
    found = answer(
        Asked(
            question=read_question("Who discovered penicillin?", "en"), holdings=shelf, reader=Pointing(Karl_Reed=5.0)
        )
    )
    assert found.verdict is Verdict.NOT_FOUND
    assert found.near[0].quote == "This moon was discovered by Karl Reed."


def ranked(question: str, shelf: Shelf, reader: Glancing, *, language: str = "en", ranking: float = 1.0) -> list[str]:
    asked = Asked(question=read_question(question, language), holdings=shelf, reader=reader, ranking=ranking)
    return [hit.title for hit in worth_reading(asked, searched_for(asked)).hits]


BRIDGES = [
    article(f"Record {n}", f"The old bridge of Oldham was built in those days, says record {n}.") for n in range(20)
]
MORE = [article(f"Book {n}", f"In those days the old bridge of Oldham was built, says book {n}.") for n in range(9)]
BUILDER = article("Notes", "Anna Reed built the bridge of Oldham.")


def test_what_a_reader_finds_worth_reading_is_read_though_search_has_it_last() -> None:
    shelf = Shelf(*BRIDGES, BUILDER)
    question = "Who built the old bridge of Oldham in those days?"
    assert "Notes" not in titles(question, shelf)
    found = ranked(question, shelf, Glancing({"Anna Reed": 4.0}))
    assert found[0] == "Notes"
    assert len(found) == READ


def test_the_beginning_of_the_article_that_a_question_names_is_ranked_though_search_does_not_find_it() -> None:
    filling = "Much is told of that river and of its mouth in the hills. " * 30
    song = "The old bridge of Oldham was built in those days, says the song of Oldham about who built the old bridge."
    town = article("Oldham", f"Oldham is a town of Anna Reed.\n{filling}\n{song}")
    reader = Glancing({"Anna Reed": 4.0, "song": 1.0})
    found = ranked("Who built the old bridge of Oldham in those days?", Shelf(*BRIDGES, *MORE, town), reader)
    assert found.count("Oldham") == 2
    assert any(given.text.startswith("Oldham is a town") for given in reader.ranked)
    other = article("Oldham (song)", f"Oldham is a town of Anna Reed.\n{filling}\n{song}")
    reader = Glancing({"Anna Reed": 4.0, "song": 1.0})
    ranked("Who built the old bridge of Vara in those days?", Shelf(*BRIDGES, *MORE, other), reader)
    assert not any(given.text.startswith("Oldham is a town") for given in reader.ranked)


def test_in_haste_search_alone_says_what_is_read() -> None:
    shelf = Shelf(*BRIDGES, BUILDER)
    reader = Glancing({"Anna Reed": 4.0})
    question = "Who built the old bridge of Oldham in those days?"
    assert ranked(question, shelf, reader, ranking=0.0) == titles(question, shelf)
    assert reader.ranked == []


def test_an_answer_goes_on_reading_where_ranking_ended() -> None:
    shelf = Shelf(*BRIDGES, BUILDER)
    reader = Glancing({"Anna Reed": 4.0}, Anna_Reed=3.0)
    found = answer(
        Asked(
            question=read_question("Who built the old bridge of Oldham in those days?", "en"),
            holdings=shelf,
            reader=reader,
        )
    )
    assert found.text == "Anna Reed"
    assert len(reader.gone_on) == READ
    assert BUILDER.body.removeprefix("<p>").removesuffix("</p>") in reader.gone_on


def test_a_passage_in_another_language_is_read_where_the_reader_finds_it_worth_it() -> None:
    shelf = Shelf(*(article(f"绿桥{n}", f"建于182{n}年 whole", language="zh") for n in range(3)))
    question = "Who bridged the Rhine?"
    assert titles(question, shelf) == []  # no word is shared
    assert ranked(question, shelf, Glancing({"1822": 1.0})) == ["绿桥2"]
    assert ranked(question, shelf, Glancing({"1821": -1.0, "1822": 1.0})) == ["绿桥2", "绿桥1"]


def test_a_passage_in_other_words_is_read_and_can_prove_where_the_reader_says_that_it_speaks_of_what_is_asked() -> None:
    shelf = Shelf(article("Notes", "In 1822 a mason from Vara spanned the stream, Anna Reed."))
    question = "Who built the old bridge of Oldham?"
    assert titles(question, shelf) == []
    assert ranked(question, shelf, Glancing({"Anna": -4.0})) == []
    sure = Glancing({"Anna": 2.0}, Anna_Reed=9.0)
    assert ranked(question, shelf, sure) == ["Notes"]
    asked = Asked(question=read_question(question, "en"), holdings=shelf, reader=sure)
    worth = worth_reading(asked, searched_for(asked))
    (proved,), refused = prove_answers(asked, put_together(reader_marks(asked, worth.hits, worth.begun)))
    assert (proved.text, refused) == ("Anna Reed", [])


def test_a_passage_in_another_language_that_there_was_no_time_for_is_judged_by_its_words() -> None:
    shelf = Shelf(article("绿桥", "建于1822年 whole", language="zh"), article("桥", "Rhine 建于1823年", language="zh"))
    assert ranked("Who bridged the Rhine?", shelf, Glancing({"1822": 1.0}, reach=0)) == ["桥"]


def test_of_an_article_in_another_language_that_a_question_names_something_is_read() -> None:
    shelf = Shelf(
        article("Green Bridge", "It crosses the Vara.\nIt has two arches.", aliases=["绿桥"]),
        *(article(f"桥{n}", "桥在河上。", language="zh") for n in range(30)),
    )
    assert "Green Bridge" in ranked("绿桥在哪里？", shelf, Glancing({"桥在河上": 5.0}), language="zh")


def test_both_articles_that_a_question_names_are_read() -> None:
    crowd = [article(f"Song {n}", "Ulmen and Aldovia and Ulmen sing of the song of Aldovia.") for n in range(24)]
    shelf = Shelf(*crowd, article("Aldovia", "Aldovia lies behind Ulmen."), article("Ulmen", "Ulmen is in Aldovia."))
    question = "Which song do Ulmen and Aldovia sing?"
    for found in (titles(question, shelf), ranked(question, shelf, Glancing({"sing": 3.0}))):
        assert {"Aldovia", "Ulmen"} <= set(found)
        assert len(found) == READ


def test_how_the_article_begins_that_is_asked_about_is_shown_where_nothing_is_sure() -> None:
    shelf = Shelf(
        article(
            "Aldovia", "Aldovia is a country. It lies on the sea. Its kings are many.\nThe salt of Aldovia is grey."
        ),
        article("Salt", "Grey salt is sold in Aldovia."),
    )
    asked = Asked(
        question=read_question("Who sells the salt of Aldovia?", "en"), holdings=shelf, reader=Pointing(Grey=-5.0)
    )
    found = answer(asked)
    assert found.verdict is Verdict.NOT_FOUND
    assert found.near[0].quote == "Grey salt is sold in Aldovia."
    assert found.near[-1].quote == "Aldovia is a country. It lies on the sea."
    assert found.near[-1].mark == (0, 0)


def test_how_it_begins_is_not_shown_twice() -> None:
    shelf = Shelf(article("Aldovia", "Aldovia is a country."))
    asked = Asked(
        question=read_question("Who sells the salt of Aldovia?", "en"), holdings=shelf, reader=Pointing(country=-5.0)
    )
    assert [each.quote for each in answer(asked).near] == ["Aldovia is a country."]


def test_what_a_column_is_called_is_no_answer() -> None:
    rows = "".join(f"<tr><td>{name}</td><td>{size}</td></tr>" for name, size in (("Aldo", "87"), ("Bela", "41")))
    plants = article("Plants", body=f"<table><tr><th>Pupil</th><th>Height</th></tr>{rows}</table>")
    question = read_question("What did the inspector write down of the plants?", "en")
    asked = Asked(question=question, holdings=Shelf(plants), reader=Pointing(Height=2.0, Aldo=1.0))
    worth = worth_reading(asked, searched_for(asked))
    marked = reader_marks(asked, worth.hits, worth.begun)
    assert {each.span.text: each.value >= 0 for each in marked} == {"Height": False, "Aldo": True}
