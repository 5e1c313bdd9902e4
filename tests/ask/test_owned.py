"""A sentence of the article on the very thing that speaks of all that is asked makes an answer likelier."""

from __future__ import annotations

import pytest

from galactica.ask.evidence import cite
from galactica.ask.owned import gives_reason, speaks_of_all
from galactica.ask.question import read_question
from galactica.model import Citation

from .group.pretended import ROOT, Shelf, article


def quoted(title: str, text: str, answer: str) -> Citation:
    shelf = Shelf(article(title, text))
    found = shelf.titled(title)
    page = shelf.page(ROOT, found[1]) if found is not None else None
    assert page is not None
    start = page.text.index(answer)
    return cite(page, 0, len(page.text), (start, start + len(answer)))


@pytest.mark.parametrize(
    ("question", "title", "text", "answer"),
    [
        (
            "what are the three weapons of fencing",
            "Fencing",
            "There are three weapons: foil and sabre.",
            "foil and sabre",
        ),
        ("highest mountain of the alps", "Alps", "Mont Tarn is the highest mountain in the Alps.", "Mont Tarn"),
        ("when was the first tarbo cup", "Tarbo Cup", "It was held since the inaugural tournament in 1930.", "1930"),
        ("when were bicycles sold", "Bicycle (machine)", "Bicycles were first sold in 1870.", "1870"),
    ],
)
def test_all_that_is_asked_stands_beside_the_answer(question: str, title: str, text: str, answer: str) -> None:
    assert speaks_of_all(read_question(question, "en"), quoted(title, text, answer))


@pytest.mark.parametrize(
    ("question", "title", "text", "answer"),
    [
        ("highest mountain of the alps", "Mont Tarn", "Mont Tarn is the highest mountain in the Alps.", "Mont Tarn"),
        ("highest mountain of the alps", "Alps", "Mont Tarn is the longest mountain in the Alps.", "Mont Tarn"),
        ("highest mountain of the alps", "Alps", "Mont Tarn may be the highest mountain in the Alps.", "Mont Tarn"),
        ("highest mountain of the alps", "Alps", "Mont Tarn is not the highest mountain in the Alps.", "Mont Tarn"),
        ("highest mountain of the alps", "Alps", "The Alps have a highest mountain.", "highest mountain"),
        ("is the alps a mountain", "Alps", "The Alps have a mountain.", "Alps"),
    ],
)
def test_what_speaks_of_less_or_not_outright_does_not(question: str, title: str, text: str, answer: str) -> None:
    assert not speaks_of_all(read_question(question, "en"), quoted(title, text, answer))


def test_a_reason_has_a_word_that_gives_it() -> None:
    text = "Tarbos build dams because they fear wolves."
    assert gives_reason(quoted("Tarbo", text, text))
    assert speaks_of_all(read_question("why do tarbos build dams", "en"), quoted("Tarbo", text, text))
    assert not gives_reason(quoted("Tarbo", "Tarbos build dams and fear wolves.", "fear wolves"))


def test_what_another_sentence_of_the_quotation_says_does_not_count() -> None:
    text = "The tarbo was one of many inventions. It was patented by Ada Reed."
    assert not speaks_of_all(read_question("who invented tarbos", "en"), quoted("Tarbo", text, "Ada Reed"))
