"""The language of a file of questions, by its name or its words."""

import pytest

from galactica.errors import UsageError
from galactica.evaluate.questions_language import language_by_words, language_of, main_script

FRENCH = ["Qui a bâti ce pont ?", "Combien de ponts y a-t-il sur la Loire ?", "Loire"]


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        (FRENCH, "fr"),
        (["¿Quién construyó este puente?", "¿Cuántos ríos hay?"], "es"),
        (["Who built this bridge?", "capital of Norway", "Ulm"], "en"),
        (["Wer baute diese Brücke?", "Wie heißt der Fluss?"], "de"),
        (["Хто збудував цей міст?", "Скільки річок у Норвегії?"], "uk"),
        (["Осло", "Берген"], "ru"),
        (["誰がこの橋を架けましたか"], "ja"),
        (["谁建了这座桥？"], "zh"),
        (["Oslo", "Bergen", "Tromsø"], "und"),
        (["12", ""], "und"),
        ([], "und"),
    ],
)
def test_questions_are_in_the_language_of_most_of_them(texts, language):
    assert language_by_words(texts) == language


def test_the_option_and_the_name_of_the_file_come_first():
    assert language_of("set.de.json", FRENCH) == "de"
    assert language_of("set.de.json", FRENCH, "French") == "fr"
    assert language_of("set.xx.json", FRENCH) == "fr"
    with pytest.raises(UsageError, match="names no language"):
        language_of("set.json", FRENCH, "klingonese")


def test_a_script_stands_for_a_language():
    assert [main_script([text]) for text in ("abc", "где", "مدينة", "नदी", "川の", "12")] == [
        "Latin", "ru", "ar", "hi", "ja", "und",
    ]  # fmt: skip
