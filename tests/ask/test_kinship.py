"""Who is called a relative of another kind than the one that is asked for is no answer."""

from __future__ import annotations

import pytest

from galactica.ask.kinship import another_relative
from galactica.ask.question import read_question


@pytest.mark.parametrize(
    ("asked", "question", "text", "marked", "language", "refused"),
    [
        ("en", "Who is the wife of Tom Reed?", "Tom Reed and his daughter Ann run it.", "Ann", "en", True),
        ("en", "Who is the wife of Tom Reed?", "Tom Reed and his wife, Ann, run it.", "Ann", "en", False),
        ("en", "Who was Tom Reed married to?", "Tom Reed and his daughter Ann run it.", "Ann", "en", False),
        ("en", "Who is the spouse of Tom Reed?", "Tom Reed and his wife Ann run it.", "Ann", "en", False),
        ("en", "Who is the mother of Tom Reed?", "Tom Reed is the son of Ann Hale.", "Ann Hale", "en", False),
        ("en", "Who runs the mill?", "Tom Reed and his daughter Ann run it.", "Ann", "en", False),
        ("zh", "刘长顺的妻子叫什么", "刘长顺和他女儿刘小燕一起演。", "刘小燕", "zh", True),
        ("zh", "劉長順的女兒叫什麼", "刘长顺和他女儿刘小燕一起演。", "刘小燕", "zh", False),
        ("de", "Wie heißt die Frau von Tom Reed?", "Tom Reed und seine Tochter Ann leiten sie.", "Ann", "de", True),
        ("de", "Wer ist der Bruder von Tom Reed?", "Tom Reed and his sister Ann run it.", "Ann", "en", True),
        ("en", "Who is the granddaughter of Tom Reed?", "Tom Reed and his daughter Ann run it.", "Ann", "en", True),
    ],
)
def test_a_relative_of_another_kind_is_refused(
    asked: str, question: str, text: str, marked: str, language: str, refused: bool
) -> None:
    read = read_question(question, language=asked)
    assert another_relative(read, text, text.index(marked), language) is refused
