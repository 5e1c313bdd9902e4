"""How likely an answer is depends on nothing that stands beside it: an edition that holds nothing about the question
changes neither the answer nor its confidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.ask.answering import answer
from galactica.ask.asked import Asked
from galactica.ask.question import read_question
from galactica.library import Library, open_library
from galactica.model import Answer

from .group.pretended import Pointing, Shelf, article

MOST = 0.02
"""What the confidence may change by."""

QUESTIONS = (
    "Who discovered veltrium?",
    "When was the Green Bridge built?",
    "How many people live in Aldova?",
    "Which river does Aldova lie on?",
    "Who painted the Green Bridge?",  # nothing answers it
    "绿桥是谁建的？",
)
BASE = {
    "Veltrium": "Veltrium is a metal. It was discovered in 1911 by Hanna Ostrova, who heated the ore of Aldova.",
    "Green Bridge": "The Green Bridge was built in 1823 by Maria Holt. It crosses the Vara in Aldova.",
    "Aldova": "Aldova is a town that lies on the river Vara. About 4,500 people live there.",
    "绿桥": "绿桥是一座桥，由霍尔特建于1823年，横跨瓦拉河。",
}
UNRELATED = {
    "clouds": {
        f"Cloud {n}": f"In {1800 + n} a kind of cloud was discovered by Karl Reed the {n}th." for n in range(30)
    },
    "people": {
        f"Ada Thorn {n}": f"Ada Thorn built {n + 3} barns in {1700 + n}. Some {n + 40} people live in each."
        for n in range(30)
    },
    "rivers": {
        f"River {n}": f"Which village lies on river {n}? Nobody knows who painted it in {1600 + n}." for n in range(30)
    },
    "deutsch": {f"Wolke {n}": f"Die Wolke {n} wurde 19{n + 10} von Otto Krug entdeckt und gemalt." for n in range(20)},
    "中文": {f"第{n}座山": f"第{n}座山由张三于{1500 + n}年发现，住着{n + 5}人。" for n in range(20)},
}


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    from galactica.library import build

    folder = tmp_path_factory.mktemp("shelf")
    made = {}
    for name, texts in {"base": BASE, **UNRELATED}.items():
        place = folder / name
        place.mkdir()
        for number, (title, text) in enumerate(texts.items()):
            language = (
                "zh" if any("\u4e00" <= sign <= "\u9fff" for sign in title) else "de" if name == "deutsch" else "en"
            )
            page = f'<!DOCTYPE html><html lang="{language}"><title>{title}</title><h1>{title}</h1><p>{text}</p></html>'
            (place / f"{number}.html").write_text(page, encoding="utf-8")
        made[name] = folder / f"{name}.edition"
        build(made[name], [place], workers=0)
    return made


@pytest.fixture(scope="module")
def opened(editions: dict[str, Path]) -> Iterator[Callable[..., Library]]:
    """Gives the library of some editions, opened once."""
    with ExitStack() as stack:

        @cache
        def some(*names: str) -> Library:
            return stack.enter_context(open_library([editions[name] for name in names]))

        yield some


def told(found: Answer) -> tuple[str, str]:
    return found.verdict.value, found.text


def same(found: Answer, alone: Answer) -> None:
    assert told(found) == told(alone)
    assert found.confidence == pytest.approx(alone.confidence, abs=MOST)


@pytest.mark.usefixtures("quick_sandboxes")
@pytest.mark.parametrize("group", [False, True])
@pytest.mark.parametrize("question", QUESTIONS)
def test_editions_that_hold_nothing_about_a_question_change_nothing(
    opened: Callable[..., Library], question: str, group: bool
) -> None:
    def asked(*names: str) -> Answer:
        return opened(*names).ask(question, reader="rules", group=group)

    alone = asked("base")
    for name in () if group else UNRELATED:  # one by one is dear for a group, which asks as each of its members does
        same(asked("base", name), alone)
    same(asked(*UNRELATED, "base"), alone)
    same(asked("base", *UNRELATED), alone)


def test_the_order_of_editions_changes_nothing(editions: dict[str, Path]) -> None:
    found = []
    for names in permutations(("base", "clouds", "中文")):
        with open_library([editions[name] for name in names]) as library:
            found.append(library.ask("When was the Green Bridge built?", reader="rules"))
    assert len({(told(each), each.confidence) for each in found}) == 1


def test_each_edition_is_searched_as_if_no_other_were_open(editions: dict[str, Path]) -> None:
    def hits(library: Library, part: int) -> list[tuple[bytes, float]]:
        return [(hit.id, hit.score) for hit in library.holdings_alone[part].passages("river Vara", limit=5)]

    with open_library([editions["base"]]) as alone, open_library([editions["rivers"], editions["base"]]) as both:
        assert hits(both, 1) == hits(alone, 0)
        assert both.holdings_alone[1].titled("River 3") is None
        assert both.holdings_alone[0].titled("Aldova") is None
        assert both.holdings_alone[1].page(*both.holdings.titled("River 3")) is None  # type: ignore[misc]


WORDS = st.lists(
    st.sampled_from("who built painted in 1901 of the Reed tower cloud some lake Otto metal is was".split())
)


@given(texts=st.lists(WORDS.map(" ".join), min_size=1, max_size=12), margin=st.floats(-2, 6))
def test_whatever_unrelated_articles_say_the_answer_and_its_confidence_stay(texts: list[str], margin: float) -> None:
    base = Shelf(*(article(title, text) for title, text in BASE.items() if title.isascii()))
    other = Shelf(*(article(f"Other {n}", text or "Nothing.") for n, text in enumerate(texts)))
    whole = Asked(
        question=read_question("Who built the Green Bridge of Aldova?", "en"),
        holdings=base,
        reader=Pointing(Maria_Holt=margin, Reed=7.0, Otto=6.0, tower=5.0),
    )
    alone = answer(whole)
    for shelves in ((base, other), (other, base)):
        same(answer(replace(whole, parts=tuple(replace(whole, holdings=shelf) for shelf in shelves))), alone)
