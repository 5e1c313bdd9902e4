"""Each kind of question has a form that its answer must have; what can be widened to it is, the rest is no answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.ask.forms import formed
from galactica.ask.question import read_question


def shown(question: str, text: str, marked: str, language: str = "en") -> str | None:
    start = text.index(marked)
    found = formed(read_question(question, language), text, start, start + len(marked), language)
    return None if found is None else text[slice(*found)]


FERRY = "The ferry was built by Ola Berg, Tuva Lind, and Per Moe on 3 May 1911, for the fishermen."


@pytest.mark.parametrize("marked", ["Ola Berg", "Tuva Lind", "Per Moe", "Ola Berg, Tuva Lind"])
def test_who_over_a_list_gives_the_whole_list(marked: str) -> None:
    assert shown("Who built the ferry?", FERRY, marked) == "Ola Berg, Tuva Lind, and Per Moe"


@pytest.mark.parametrize(
    ("question", "text", "marked", "whole", "language"),
    [
        ("Who won?", "It was won by Kai Holm and Jan de Wit.", "Jan de Wit", "Kai Holm and Jan de Wit", "en"),
        ("Wer baute es?", "Es wurde von Ulla Kern und Max Roth gebaut.", "Ulla Kern", "Ulla Kern und Max Roth", "de"),
        ("¿Quién lo fundó?", "Lo fundaron Ana Gil y Leo Paz en Lima.", "Leo Paz", "Ana Gil y Leo Paz", "es"),
        ("Cine a scris?", "A fost scris de Ion Pop și Ana Radu.", "Ion Pop", "Ion Pop și Ana Radu", "ro"),
        ("Кто построил?", "Мост построили Иван Котов и Пётр Лось.", "Пётр Лось", "Иван Котов и Пётр Лось", "ru"),
        ("Kim yazdı?", "Kitabı Ali Kaya ve Can Su yazdı.", "Ali Kaya", "Ali Kaya ve Can Su", "tr"),
        (
            "Ποιος το έγραψε;",
            "Το έγραψαν ο Νίκος Ρόδης και Άννα Λύρα.",
            "Νίκος Ρόδης",
            "Νίκος Ρόδης και Άννα Λύρα",
            "el",
        ),
        ("谁写了这本书？", "这本书由王小川、李南和赵一北共同撰写。", "王小川", "王小川、李南和赵一北", "zh"),
        ("谁写了这本书？", "这本书由王小川、李南和赵一北共同撰写。", "赵一北", "王小川、李南和赵一北", "zh"),
    ],
)
def test_lists_are_widened_in_the_languages_that_are_read(
    question: str, text: str, marked: str, whole: str, language: str
) -> None:
    assert shown(question, text, marked, language) == whole


def test_what_only_stands_behind_a_comma_is_no_list() -> None:
    assert shown("Who led it?", "It was led by Ann Lee, Duchess of Holm, in Oslo, Norway.", "Ann Lee") == "Ann Lee"
    assert shown("Who sang with Bo Ek?", "It was sung by Bo Ek and Mia Ro.", "Mia Ro") == "Mia Ro"
    assert shown("Who won?", "It was a match between Kai Holm and Bo Ek.", "Bo Ek") == "Bo Ek"


@pytest.mark.parametrize(
    ("question", "text", "marked", "language"),
    [
        ("What is the boiling point of zorium?", "Zorium has a high boiling point.", "high", "en"),
        ("boiling point of zorium?", "Zorium has a high boiling point.", "high", "en"),
        ("How many arms does it have?", "It has long arms.", "long arms", "en"),
        ("How tall is the tower?", "The tower is very tall.", "very tall", "en"),
        ("它卖了多少美元？", "它就卖给了美元商人。", "就", "zh"),
        ("锌的沸点是多少？", "锌的沸点很低。", "很低", "zh"),
        ("Wie hoch ist der Turm?", "Der Turm ist sehr hoch.", "sehr hoch", "de"),
        ("¿Cuántos brazos tiene?", "Tiene brazos largos.", "brazos largos", "es"),
        ("Câte brațe are?", "Are brațe lungi.", "brațe lungi", "ro"),
        ("Сколько у него рук?", "У него длинные руки.", "длинные руки", "ru"),
        ("Πόσα χέρια έχει;", "Έχει μακριά χέρια.", "μακριά χέρια", "el"),
        ("Kaç kolu var?", "Uzun kolları var.", "Uzun kolları", "tr"),
        ("Nó có bao nhiêu chân?", "Nó có chân dài.", "chân dài", "vi"),
        ("كم عدد أذرعه؟", "له أذرع طويلة.", "أذرع طويلة", "ar"),
        ("उसके कितने हाथ हैं?", "उसके लंबे हाथ हैं।", "लंबे हाथ", "hi"),
        ("มันมีกี่แขน", "มันมีแขนยาว", "แขนยาว", "th"),
    ],
)
def test_a_quantity_has_a_number(question: str, text: str, marked: str, language: str) -> None:
    assert shown(question, text, marked, language) is None


@pytest.mark.parametrize(
    ("question", "text", "marked", "language"),
    [
        ("How many arms does it have?", "It has twelve arms.", "twelve", "en"),
        ("它有几条腿？", "它有八条腿。", "八", "zh"),
        ("Wie viele Arme hat es?", "Es hat sieben Arme.", "sieben", "de"),
        ("¿Cuántos brazos tiene?", "Tiene cinco brazos.", "cinco", "es"),
        ("Сколько у него рук?", "У него пять рук.", "пять", "ru"),
        ("Kaç kolu var?", "Beş kolu var.", "Beş", "tr"),
        ("كم عدد أذرعه؟", "له خمسة أذرع.", "خمسة", "ar"),
        ("How much of it is salt?", "Half of it is salt.", "Half", "en"),
    ],
)
def test_a_word_for_a_number_is_a_number(question: str, text: str, marked: str, language: str) -> None:
    assert shown(question, text, marked, language) == marked


@pytest.mark.parametrize(
    ("question", "text", "marked", "whole"),
    [
        ("How tall is it?", "It is 1,203.5 metres high.", "1,203", "1,203.5 metres"),
        ("How far is it?", "It lies 12 km away.", "12", "12 km"),
        ("How many arms does it have?", "It has nine arms.", "arms", "nine arms"),
        ("What percentage is salt?", "About 45% of it is salt.", "45", "45%"),
        ("What is the melting point of zorium?", "It melts at 812.4 °C under pressure.", "812.4", "812.4 °C"),
        ("How long did it last?", "It lasted a week.", "a week", "a week"),
        ("How often does it meet?", "It meets every four years.", "every four years", "every four years"),
    ],
)
def test_a_number_is_given_with_what_belongs_to_it(question: str, text: str, marked: str, whole: str) -> None:
    assert shown(question, text, marked) == whole


@pytest.mark.parametrize(
    ("question", "text", "marked", "whole", "language"),
    [
        ("When was the ferry built?", FERRY, "1911", "3 May 1911", "en"),
        ("When did he leave?", "He left after the flood.", "flood", "after the flood", "en"),
        ("When did he leave?", "He left the house.", "house", None, "en"),
        ("In which year was it signed?", "It was signed on July 4, 1811.", "July 4", "July 4, 1811", "en"),
        ("In which year was it signed?", "It was signed on July 4.", "July 4", None, "en"),
        ("他是什么时候离开的？", "他离开了家。", "家", None, "zh"),
        ("他是哪个朝代的人？", "他1982年10月首播。", "1982年10月首播", None, "zh"),
        ("他是哪个朝代的人？", "他是唐代的人。", "唐代", "唐代", "zh"),
        ("Wann ging er?", "Er verließ das Haus.", "Haus", None, "de"),
        ("¿Cuándo salió?", "Salió de la casa.", "casa", None, "es"),
        ("Когда он ушёл?", "Он ушёл из дома.", "дома", None, "ru"),
    ],
)
def test_when_is_answered_by_a_time(question: str, text: str, marked: str, whole: str | None, language: str) -> None:
    assert shown(question, text, marked, language) == whole


def test_of_a_date_and_much_else_the_date_is_the_answer() -> None:
    assert shown("When was the ferry built?", FERRY, "Tuva Lind, and Per Moe on 3 May 1911") == "3 May 1911"


@pytest.mark.parametrize(
    ("question", "text", "marked", "whole", "language"),
    [
        ("Why is she famous?", "Her view of machines was discussed by many.", "view of machines", None, "en"),
        ("Why did it fall?", "It fell because of a storm.", "storm", "It fell because of a storm.", "en"),
        ("为什么它倒了？", "它倒了，因为有风暴。", "风暴", "它倒了，因为有风暴。", "zh"),
        ("为什么她有名？", "她的看法很多人讨论。", "看法", None, "zh"),
        ("Warum fiel es?", "Es fiel wegen eines Sturms.", "Sturms", "Es fiel wegen eines Sturms.", "de"),
        ("¿Por qué cayó?", "Cayó porque hubo viento.", "viento", "Cayó porque hubo viento.", "es"),
        ("Почему он упал?", "Он упал из-за бури.", "бури", "Он упал из-за бури.", "ru"),
        ("Neden düştü?", "Fırtına nedeniyle düştü.", "Fırtına", "Fırtına nedeniyle düştü.", "tr"),
        ("What caused the fall?", "The fall was caused by rust.", "rust", "rust", "en"),
    ],
)
def test_why_is_answered_by_a_sentence_with_a_reason(
    question: str, text: str, marked: str, whole: str | None, language: str
) -> None:
    assert shown(question, text, marked, language) == whole


def test_how_is_answered_by_a_way_or_a_clause() -> None:
    assert shown("How did he die?", "He died by drowning in the lake.", "drowning") == "by drowning"
    assert shown("How did he die?", "In 1912, he drowned in the lake.", "drowned") == "he drowned in the lake"


def test_where_is_answered_by_a_place() -> None:
    assert shown("Where was it found?", "It was found in Oslo.", "Oslo") == "Oslo"
    assert shown("Where was it found?", "It was found in the kitchen.", "kitchen") == "kitchen"
    assert shown("Where was it found?", "The kitchen pleased them.", "kitchen") is None
    assert shown("Where was it found?", "It was found in 1912.", "1912") is None


def test_yes_or_no_is_never_a_bare_noun() -> None:
    assert shown("Is the ferry old?", "The ferry is an old boat.", "boat") == "The ferry is an old boat."
    assert shown("渡轮很旧吗？", "渡轮是旧船。", "旧船", "zh") == "渡轮是旧船。"


def test_a_language_that_is_not_known_asks_nothing() -> None:
    assert shown("Quam altus est?", "Valde altus est.", "altus", "la") == "altus"


@given(
    question=st.sampled_from(
        ["Who?", "When was it?", "How many?", "Why?", "How did it?", "谁？", "多少？", "What are the?"]
    ),
    text=st.text(st.sampled_from("aA bB1,.;和、年 and'(\n多"), min_size=1, max_size=60),
    data=st.data(),
)
def test_what_is_widened_holds_what_was_marked(question: str, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = formed(read_question(question, "en"), text, start, end, "en")
    assert found is None or (0 <= found[0] < found[1] <= len(text))
    if found is not None and question != "When was it?":
        assert found[0] <= start
        assert end <= found[1]


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("which countries were in the union", "list"),
        ("what materials is it made of", "list"),
        ("what country is it in", ""),
        ("which class is it", ""),
        ("what does it eat", ""),
        ("which years were wet", "year"),
    ],
)
def test_a_noun_for_several_things_asks_for_a_list(question: str, form: str) -> None:
    assert read_question(question, "en").form == form


def test_one_of_several_things_that_are_asked_for_is_given_with_the_others() -> None:
    asked = read_question("which countries were in the union", "en")
    text = "In it were Vara, Oldham and Ulmen."
    start = text.index("Oldham")
    found = formed(asked, text, start, start + len("Oldham"), "en")
    assert found is not None
    assert text[slice(*found)] == "Vara, Oldham and Ulmen"
    assert shown("what countries does Aldova border", "Aldova borders Vara, Oldham and Ulmen.", "Ulmen") == (
        "Vara, Oldham and Ulmen"
    )
