"""Each source is heard, and speaks once: of its answers that stand the check, by the likeliest."""

from __future__ import annotations

from collections.abc import Sequence

from galactica.ask.alike import put_together
from galactica.ask.answering import answer
from galactica.ask.asked import Asked
from galactica.ask.contract import AnswerSpan, Given
from galactica.ask.finding import searched_for, worth_reading
from galactica.ask.marking import read_passages
from galactica.ask.proving import MOST_CHECKED, TRIED, prove_answers
from galactica.ask.question import read_question
from galactica.model import Answer, Article

from .group.pretended import Glancing, Pointing, Shelf, article

QUESTION = "Who built the Green Bridge?"
BUILT = "The Green Bridge was built by {}."


class Forgetful(Pointing):
    """Read alone, a sentence with some name says nothing to it; weighed as the trained reader is."""

    name = "trained"

    def read(self, question: str, passages: Sequence[Given], *, most: int = 3) -> list[AnswerSpan]:
        found = super().read(question, passages, most=most)
        return [span for span in found if span.text != "Otto Reed" or "\n" in passages[span.passage].text]


def asked(reader: Pointing, *articles: Article, question: str = QUESTION) -> Asked:
    return Asked(question=read_question(question, "en"), holdings=Shelf(*articles), reader=reader)


def proved(own: Asked) -> list[str]:
    groups = put_together(read_passages(own, worth_reading(own, searched_for(own)).hits))
    return [each.text for each in prove_answers(own, groups)[0]]


def sources(found: Answer) -> dict[str, list[str]]:
    return {each.value: sorted({cited.source for cited in each.citations}) for each in found.positions}


def test_what_a_source_says_is_its_likeliest_answer_not_the_one_that_was_marked_best() -> None:
    text = "\n".join(f"The Green Bridge of Aldova, built well, is by {name}." for name in ("Otto Reed", "Maria Holt"))
    reader = Forgetful(Otto_Reed=8.2, Maria_Holt=8.0)
    own = asked(reader, article("Green Bridge", text))
    assert proved(own) == ["Otto Reed", "Maria Holt"]
    assert answer(own).text == "Maria Holt"
    assert answer(asked(Pointing(Otto_Reed=8.2, Maria_Holt=8.0), article("Green Bridge", text))).text == "Otto Reed"


def test_no_more_than_a_few_answers_of_one_source_are_tried_and_none_that_is_far_behind() -> None:
    names = [f"Maria {letter}olt" for letter in "ABCDEFGH"]
    near = {name.replace(" ", "_"): 9.0 - number / 10 for number, name in enumerate(names)}
    several = [article(f"Part {name}", BUILT.format(name)) for name in names]
    assert proved(asked(Pointing(**near), *several)) == names[:TRIED]
    far = {name.replace(" ", "_"): 9.0 - 4 * number for number, name in enumerate(names[:2])}
    assert proved(asked(Pointing(**far), *several)) == names[:1]


def test_the_first_answer_of_every_source_is_tried_before_the_second_of_any() -> None:
    loud = [article(f"Loud {n}", BUILT.format(f"Maria Holt{'abc'[n]}"), source="loud") for n in range(3)]
    quiet = [article(f"Quiet {n}", BUILT.format(f"Otto Reed{'abcde'[n]}"), source=f"quiet{n}") for n in range(5)]
    words = {f"Maria_Holt{letter}": 9.0 for letter in "abc"} | {f"Otto_Reed{letter}": 1.0 for letter in "abcde"}
    said = proved(asked(Pointing(**words), *loud, *quiet))
    assert len(said) == 3 + 5 <= MOST_CHECKED
    assert [name[:4] for name in said] == ["Mari"] * 3 + ["Otto"] * 5


def test_a_source_is_quoted_for_its_likeliest_answer_alone() -> None:
    text = f"{BUILT.format('Maria Holt')}\nSome think the Green Bridge was built by Otto Reed."
    atlas = article("Atlas", text, source="atlas")
    wiki = article("Wiki", BUILT.format("Otto Reed"), source="wiki")
    found = answer(asked(Pointing(Maria_Holt=5.0, Otto_Reed=4.0), atlas, wiki))
    assert sources(found) == {"Maria Holt": ["atlas"], "Otto Reed": ["wiki"]}


def test_a_source_of_which_no_passage_speaks_in_the_words_of_the_question_is_heard_where_the_reader_likes_it() -> None:
    wiki = article("Green Bridge", BUILT.format("Maria Holt"), source="wiki")
    tale = article("Tales", "It was Otto Reed who made the arch over the Vara.", source="tales")
    words = {"Maria Holt": 5.0, "Otto Reed": 0.5}
    heard = answer(asked(Glancing(words, Maria_Holt=5.0, Otto_Reed=4.0), wiki, tale))
    assert (heard.text, [each.value for each in heard.others]) == ("Maria Holt", ["Otto Reed"])
    again = article("Tales", "It was Otto Reed who made the arch over the Vara.", source="wiki")
    assert not answer(asked(Glancing(words, Maria_Holt=5.0, Otto_Reed=4.0), wiki, again)).others
    assert not answer(asked(Glancing(words | {"Otto Reed": -0.5}, Maria_Holt=5.0, Otto_Reed=4.0), wiki, tale)).others
