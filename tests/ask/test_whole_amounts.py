"""An amount is told with what is counted and how often, in the languages whose files say how that is written."""

from __future__ import annotations

import pytest

from galactica.ask.forms import formed
from galactica.ask.question import read_question


def shown(question: str, text: str, marked: str, language: str) -> str | None:
    start = text.index(marked)
    found = formed(read_question(question, language), text, start, start + len(marked), language)
    return None if found is None else text[slice(*found)]


SCHOOL = "L'école compte 412 élèves et 14 enseignants."


@pytest.mark.parametrize(
    ("question", "text", "marked", "whole", "language"),
    [
        ("Combien d'élèves compte l'école ?", SCHOOL, "412 élèves et 14", "412 élèves", "fr"),
        ("Combien d'enseignants compte l'école ?", SCHOOL, "412 élèves et 14", "14 enseignants", "fr"),
        ("Combien de personnes compte l'école ?", SCHOOL, "412 élèves et 14", "412 élèves et 14 enseignants", "fr"),
        ("Combien d'enseignants compte l'école ?", SCHOOL, "élèves et 14 enseignants", "14 enseignants", "fr"),
        ("How many pupils are there?", "It has 412 pupils and 14 teachers.", "412 pupils and 14", "412 pupils", "en"),
        ("How many people?", "It has 12 pupils, 14 head teachers and a cook.", "12 pupils, 14", None, "en"),
        ("¿Cuántos alumnos hay?", "Hay 412 alumnos y 14 maestros.", "412 alumnos y 14", "412 alumnos", "es"),
        ("Quantos alunos há?", "Há 412 alunos e 14 professores.", "412 alunos e 14", "412 alunos", "pt"),
        ("Wie viele Schüler gibt es?", "Es gibt 412 Schüler und 14 Lehrer.", "412 Schüler und 14", "412 Schüler", "de"),
        ("Сколько учеников?", "Там 412 учеников и 14 учителей.", "412 учеников и 14", "412 учеников", "ru"),
        ("Ada berapa murid?", "Ada 412 murid dan 14 guru.", "412 murid dan 14", "412 murid", "id"),
        ("学校有多少名学生？", "学校有412名学生和14名教师。", "412名学生和14", "412名学生", "zh"),
        ("学校有多少人？", "学校有412名学生和14名教师。", "412名学生和14", "412名学生和14名教师", "zh"),
        ("كم عدد التلاميذ؟", "في المدرسة 412 تلميذا و14 معلما.", "412 تلميذا و14", None, "ar"),
    ],
)
def test_no_number_is_told_without_what_is_counted(
    question: str, text: str, marked: str, whole: str | None, language: str
) -> None:
    found = shown(question, text, marked, language)
    assert found is not None
    assert found != marked
    assert found[-1].isalpha()
    if whole is not None:
        assert found == whole


@pytest.mark.parametrize(
    ("question", "text", "marked", "whole", "language"),
    [
        (
            "Quelle est la dose ?",
            "La dose est de 500 mg toutes les 6 heures.",
            "500 mg",
            "500 mg toutes les 6 heures",
            "fr",
        ),
        ("Quelle est la dose ?", "La dose est de 1 g deux fois par jour.", "1 g", "1 g deux fois par jour", "fr"),
        ("What is the dose?", "The dose is 500 mg every 6 hours.", "500 mg", "500 mg every 6 hours", "en"),
        ("What is the dose?", "The dose is 500 mg twice a day.", "500 mg", "500 mg twice a day", "en"),
        ("¿Cuál es la dosis?", "La dosis es de 500 mg cada 6 horas.", "500 mg", "500 mg cada 6 horas", "es"),
        ("Qual é a dose?", "A dose é de 500 mg a cada 6 horas.", "500 mg", "500 mg a cada 6 horas", "pt"),
        ("Wie hoch ist die Dosis?", "Die Dosis ist 500 mg alle 6 Stunden.", "500 mg", "500 mg alle 6 Stunden", "de"),
        ("Какова доза?", "Доза: 500 мг каждые 6 часов.", "500 мг", "500 мг каждые 6 часов", "ru"),
        ("Berapa dosisnya?", "Dosisnya 500 mg setiap 6 jam.", "500 mg", "500 mg setiap 6 jam", "id"),
        (
            "Kipimo ni kiasi gani?",
            "Kipimo ni 500 mg kila baada ya saa 6.",
            "500 mg",
            "500 mg kila baada ya saa 6",
            "sw",
        ),
        ("खुराक कितनी है?", "खुराक 500 mg हर 6 घंटे में है।", "500 mg", "500 mg हर 6 घंटे में", "hi"),
        ("ما هي الجرعة؟", "الجرعة 500 mg كل 6 ساعات.", "500 mg", "500 mg كل 6 ساعات", "ar"),
        ("剂量是多少？", "剂量为500毫克，每6小时一次。", "500毫克", "500毫克，每6小时一次", "zh"),
        ("用量はいくらですか。", "用量は500mgを6時間ごとに飲みます。", "500mg", "500mgを6時間ごとに", "ja"),
    ],
)
def test_an_amount_keeps_what_says_how_often(question: str, text: str, marked: str, whole: str, language: str) -> None:
    assert shown(question, text, marked, language) == whole


@pytest.mark.parametrize(
    ("question", "text", "marked", "whole", "language"),
    [
        (
            "Combien de temps dure le voyage ?",
            "Il dure 5 heures et 30 minutes.",
            "5 heures",
            "5 heures et 30 minutes",
            "fr",
        ),
        ("Combien de temps ?", "Il dure 5 heures et 30 minutes.", "5 heures et 30", "5 heures et 30 minutes", "fr"),
        ("How long does it take?", "It takes 5 hours and 30 minutes.", "5 hours", "5 hours and 30 minutes", "en"),
        ("要多长时间？", "需要5小时30分钟。", "5小时", "5小时30分钟", "zh"),
        ("Combien d'élèves ?", "La classe a entre 12 et 14 élèves.", "12 et 14", "entre 12 et 14", "fr"),
    ],
)
def test_two_units_of_one_amount_are_told_together(
    question: str, text: str, marked: str, whole: str, language: str
) -> None:
    assert shown(question, text, marked, language) == whole


def test_what_was_not_cut_stays_as_it_was_marked() -> None:
    assert shown("How many pupils?", "It has 412 pupils and 14 teachers.", "412", "en") == "412"
    assert shown("When was it?", "It was on 3 May, 1911 for the workers.", "3 May, 1911", "en") == "3 May, 1911"
    assert shown("How many?", "There were 12, 30 of them old.", "12", "en") == "12"
