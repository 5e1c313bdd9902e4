"""What a terminal says of an answer is said in the language of its question."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib.resources import files

import pytest

from galactica.cli.asking import show, step_teller
from galactica.cli.verdicts import VerdictWords, verdict_words
from galactica.languages import known_languages
from galactica.model import Answer, Step, Verdict
from galactica.model.said import said
from galactica.web.words import CATALOGUES, interface_in

from .test_ask import CITATION

TABLE = tomllib.loads(files("galactica.cli").joinpath("verdict_words.toml").read_text("utf-8"))


def answered(question: str, verdict: Verdict, text: str = "", notes: tuple[str, ...] = ()) -> Answer:
    return Answer(question=question, verdict=verdict, text=text, confidence=0.84, reader="trained", notes=notes)


@pytest.mark.parametrize(
    ("question", "probably", "chance", "nothing"),
    [
        ("Who built the bridge?", "Probably: 1823", "About 8 in 10", "Nothing here is likely enough"),
        ("这座桥是谁建的", "很可能是：1823", "十个里约有8个", "没有足够可靠的答案"),
        ("這座橋是誰建的", "很可能是：1823", "十个里约有8个", "没有足够可靠的答案"),
        ("Wer hat die Brücke gebaut?", "Wahrscheinlich: 1823", "Etwa 8 von 10", "Nichts hier ist"),
        ("Qui a construit le pont ?", "Probablement : 1823", "Environ 8", "Rien ici"),
        ("¿Quién construyó el puente?", "Probablemente: 1823", "Unas 8", "Nada de lo que hay aquí"),
        ("Quem construiu a ponte?", "Provavelmente: 1823", "Cerca de 8", "Nada aqui"),
        ("Кто построил мост?", "Вероятно: 1823", "Примерно 8", "Достаточно вероятного"),
        ("橋を建てたのは誰ですか", "おそらく：1823", "約8", "十分に確かな"),
        ("من بنى الجسر؟", "على الأرجح: 1823", "نحو 8", "لا شيء هنا"),
        ("पुल किसने बनाया?", "संभवतः: 1823", "लगभग 8", "यहाँ कुछ भी"),
        ("Siapa yang membangun jembatan ini?", "Kemungkinan besar: 1823", "Sekitar 8", "Tidak ada yang"),
        ("Köprüyü kim yaptı?", "Büyük olasılıkla: 1823", "yaklaşık 8", "Burada yanıt"),
        ("Nani alijenga daraja hili?", "Yaelekea: 1823", "Takriban 8", "Hakuna"),
        ("?", "Probably: 1823", "About 8 in 10", "Nothing here"),
    ],
)
def test_a_verdict_is_said_in_the_language_of_the_question(capsys, question, probably, chance, nothing) -> None:
    show(answered(question, Verdict.PROBABLY, "1823"))
    shown = capsys.readouterr().out
    assert probably in shown
    assert chance in shown
    show(answered(question, Verdict.NOT_FOUND))
    assert nothing in capsys.readouterr().out


def test_a_question_is_told_notes_in_its_language_where_the_room_speaks_it_and_else_in_english(capsys) -> None:
    note = said("asked-across", "It was asked as “{question}”.", question="who built it")
    show(answered("这座桥是谁建的", Verdict.ANSWERED, "Holt", (note,)))
    assert "因此改问：“who built it”。" in capsys.readouterr().err
    show(answered("Кто построил мост?", Verdict.ANSWERED, "Holt", (note,)))
    assert "вопрос задан так: «who built it»." in capsys.readouterr().err
    show(answered("Köprüyü kim yaptı?", Verdict.ANSWERED, "Holt", (note,)))
    assert "It was asked as “who built it”." in capsys.readouterr().err


def test_every_language_says_everything_once() -> None:
    assert set(TABLE) <= set(known_languages())
    for words in TABLE.values():
        assert words.keys() == TABLE["en"].keys()
        assert words["chance"].count("{n}") == 1
        assert all(text.strip() for text in words.values())


@pytest.mark.parametrize("language", [tag for tag in TABLE if tag != "en"])
def test_sentences_are_said_in_the_words_of_the_room_or_as_they_arose(language: str) -> None:
    told = VerdictWords(language=language, **TABLE[language])
    spoken = interface_in(language)
    made = said("read-nothing", "Read the best passages; none says it surely enough.")
    assert (told.note(made) == made) == (not spoken)
    assert told.note(made) == (CATALOGUES[spoken].said(made) if spoken else made)
    assert told.who("reader") == (CATALOGUES[spoken]("who_reader") if spoken else "reader")
    assert told.who("Somebody new") == "Somebody new"


def test_how_long_a_step_took_is_written_as_the_language_of_the_question_does(capsys) -> None:
    step_teller("¿Quién construyó el puente?")(Step(who="search", did="Si.", seconds=12.3456))
    assert "Búsqueda: Si. (12.346 ms)" in capsys.readouterr().err


@pytest.mark.parametrize("question", ["", "\x00", "{n}", "a" * 10_000])
def test_whatever_is_typed_is_answered_in_some_language(question: str) -> None:
    assert verdict_words(question).nothing


@pytest.mark.parametrize(("confidence", "told"), [(0.48, "About 5 in 10 such answers are right."), (0.1, "")])
def test_what_came_nearest_is_told_with_how_often_it_is_right(capsys, confidence, told) -> None:
    near = replace(CITATION, quote="It was built by Ida Holt.", mark=(16, 24))
    answer = Answer(
        question="Who built it?", verdict=Verdict.NOT_FOUND, text="", confidence=confidence, reader="", near=(near,)
    )
    show(answer)
    shown = capsys.readouterr().out
    assert "It was built by Ida Holt." in shown
    assert ("About" in shown) == bool(told)
    assert told in shown
