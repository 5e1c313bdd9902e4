"""What a question asks for is told from its words, in nineteen languages, and nothing that can be typed raises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.ask.kinds import Kind, asked_languages, common_words
from galactica.ask.sought import question_language, sought

CASES = [
    ("en", "Which river does Warsaw lie on?", Kind.PLACE, "river"),
    ("en", "In what year did the war begin?", Kind.DATE, "year"),
    ("en", "How many people live in Paris?", Kind.NUMBER, ""),
    ("en", "How far is the Moon?", Kind.MEASURE, ""),
    ("en", "What was the name of the ship that sank?", Kind.NAME, "ship"),
    ("en", "Why did Rome fall?", Kind.REASON, ""),
    ("en", "Is Pluto a planet?", Kind.YES_NO, ""),
    ("en", "who was mozarts wife", Kind.PERSON, ""),
    ("en", "who is ada lovelace's dad", Kind.PERSON, ""),
    ("en", "whats a netlist", Kind.DEFINITION, ""),
    ("en", "Who wrote Hamlet?", Kind.PERSON, ""),
    ("zh", "黑豹队的防守丢了多少分？", Kind.NUMBER, ""),
    ("zh", "谁发明了电话？", Kind.PERSON, ""),
    ("zh", "法国的首都是哪个城市？", Kind.PLACE, "城市"),
    ("zh", "战争是哪一年开始的？", Kind.DATE, ""),
    ("de", "Wann wurde Berlin gegründet?", Kind.DATE, ""),
    ("es", "¿Quién escribió Don Quijote?", Kind.PERSON, ""),
    ("ro", "Câți oameni locuiesc în București?", Kind.NUMBER, ""),
    ("ru", "В каком году родился Наполеон?", Kind.DATE, "году"),
    ("el", "Πότε γεννήθηκε ο Ναπολέων;", Kind.DATE, ""),
    ("tr", "Cumhuriyet ne zaman kuruldu?", Kind.DATE, ""),
    ("vi", "Tại sao bầu trời màu xanh?", Kind.REASON, ""),
    ("ar", "متى ولد نابليون؟", Kind.DATE, ""),
    ("hi", "नेपोलियन का जन्म कब हुआ?", Kind.DATE, ""),
    ("th", "ปารีสอยู่ประเทศใด", Kind.PLACE, "ประเทศ"),
    ("fr", "Qui a peint ce tableau ?", Kind.PERSON, ""),
    ("fr", "En quelle année est né Napoléon ?", Kind.DATE, ""),
    ("fr", "Combien d'habitants compte la France ?", Kind.NUMBER, ""),
    ("fr", "Est-ce que Pluton est une planète ?", Kind.YES_NO, ""),
    ("fr", "Dans quelle ville est mort Napoléon ?", Kind.PLACE, "ville"),
    ("pt", "Quem escreveu este livro?", Kind.PERSON, ""),
    ("pt", "Quantos habitantes tem a França?", Kind.NUMBER, ""),
    ("pt", "Por que o céu é azul?", Kind.REASON, ""),
    ("ja", "この本を書いたのは誰ですか", Kind.PERSON, ""),
    ("ja", "戦争はいつ始まりましたか", Kind.DATE, ""),
    ("ja", "パリはどの国にありますか", Kind.PLACE, ""),
    ("ja", "空はなぜ青いのか", Kind.REASON, ""),
    ("id", "Siapa yang menulis buku ini?", Kind.PERSON, ""),
    ("id", "Kapan perang itu dimulai?", Kind.DATE, ""),
    ("id", "Berapa tinggi gunung ini?", Kind.MEASURE, ""),
    ("sw", "Nani aliandika kitabu hiki?", Kind.PERSON, ""),
    ("sw", "Picasso alizaliwa wapi?", Kind.PLACE, ""),
    ("sw", "Napoleoni alizaliwa lini?", Kind.DATE, ""),
]


@pytest.mark.parametrize(("language", "question", "kind", "focus"), CASES)
def test_kind_and_noun_are_told_from_the_words(language: str, question: str, kind: Kind, focus: str) -> None:
    found = sought(question, language)
    assert found.kind is kind
    if focus:
        assert found.focus == focus


@pytest.mark.parametrize(("language", "question", "kind", "focus"), CASES)
def test_the_language_of_a_question_is_told_from_it(language: str, question: str, kind: Kind, focus: str) -> None:
    assert question_language(question, ("en",)) == language


@pytest.mark.parametrize(
    ("language", "question", "name"),
    [
        ("en", "What is photosynthesis?", "photosynthesis"),
        ("en", "Who was Ada Lovelace?", "Ada Lovelace"),
        ("zh", "什么是光合作用？", "光合作用"),
        ("zh", "光合作用是什么？", "光合作用"),
        ("de", "Was ist Photosynthese?", "Photosynthese"),
        ("es", "¿Qué es la fotosíntesis?", "fotosíntesis"),
        ("fr", "Qu'est-ce que la photosynthèse ?", "photosynthèse"),
        ("fr", "Qu’est-ce qu’une molécule ?", "molécule"),
        ("pt", "O que é a fotossíntese?", "fotossíntese"),
        ("ja", "光合成とは何ですか", "光合成"),
        ("id", "Apa itu fotosintesis?", "fotosintesis"),
        ("sw", "Dinosauri ni nini?", "Dinosauri"),
        ("en", "What is El Niño?", "El Niño"),
        ("en", "What is the Un Poco?", "Un Poco"),
        ("en", "who was osric the second", "osric II"),
    ],
)
def test_what_is_x_asks_for_a_definition_of_x(language: str, question: str, name: str) -> None:
    found = sought(question, language)
    assert (found.kind, found.name) == (Kind.DEFINITION, name)


def test_what_is_the_capital_of_x_asks_for_no_definition() -> None:
    assert sought("What is the capital of France?", "en").kind is Kind.PLACE


def test_of_an_unknown_language_nothing_is_told() -> None:
    assert sought("Quid est veritas?", "la").kind is Kind.OTHER


@given(st.text(max_size=200), st.text(max_size=6))
def test_nothing_that_can_be_typed_raises(question: str, language: str) -> None:
    sought(question, language)
    sought(question, question_language(question))


@pytest.mark.parametrize(
    "question",
    [
        "Kuka kirjoitti tämän kirjan?",
        "Qui va escriure aquest llibre?",
        "Hvem skrev denne bog?",
        "Ki írta ezt a könyvet?",
        "Хто напісаў гэтую кнігу?",
        "این کتاب را چه کسی نوشت؟",
        "מי כתב את הספר?",
        "இந்த நூலை யார் எழுதினார்?",
    ],
)
@pytest.mark.parametrize("library", [("en",), ("es", "de"), ("ro",), ("ru", "ar", "en")])
def test_a_question_in_a_language_without_rules_is_never_read_as_the_nearest_one(question, library):
    language = question_language(question, library)
    assert language not in asked_languages()
    assert sought(question, language).kind is Kind.OTHER


@pytest.mark.parametrize(
    ("question", "library", "language"),
    [
        ("population Nigeria", ("en", "zh"), "en"),
        ("Einwohner Nigeria", ("de", "en"), "de"),
        ("Chopin?", ("fi", "en"), "en"),
        ("Chopin?", ("fr", "en"), "fr"),
        ("Пушкин", ("ru", "en"), "ru"),
        ("", ("zh",), "en"),
        ("Hluboko zelený nezbadaný pramen?", ("en",), "und"),
    ],
)
def test_what_has_no_small_words_is_read_in_the_librarys_language(question, library, language):
    assert question_language(question, library) == language


def test_small_words_of_languages_without_rules_are_common_ones():
    assert "che" in common_words("it-CH")
    assert "the" not in common_words("it")
    assert "the" in common_words("und")
