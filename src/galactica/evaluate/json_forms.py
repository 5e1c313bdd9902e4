"""Questions in JSON: SQuAD and its kin (XQuAD, CMRC 2018), and lists of questions with answers (WebQuestions).

Source: Rajpurkar et al. 2016, 2018 (SQuAD v1.1, v2.0); Artetxe et al. 2020 (XQuAD: `title` is the English one in every
language); Cui et al. 2019 (CMRC 2018); Berant et al. 2013 (WebQuestions, as `{"qText", "answers"}`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from galactica.errors import InputError
from galactica.evaluate.question import Question, QuestionCollector, QuestionFile
from galactica.evaluate.questions_language import language_of, main_script
from galactica.evaluate.reading import AGAIN, as_list, as_object, as_text

_TEXT = ("qText", "question", "query")
_ANSWERS = ("answers", "answer")
_ID = ("qId", "id", "qid")


def read_json_form(value: object, name: str, language: str) -> QuestionFile:
    """The questions in a parsed JSON file.

    Raises:
        InputError: it is neither of the two forms, or breaks its own.
    """
    if isinstance(value, dict) and "data" in value:
        return _squad(value, name, language)
    if isinstance(value, list):
        return _list(value, name, language)
    raise InputError(f"{name} is JSON, but no questions in the form of SQuAD or WebQuestions.", AGAIN)


def _squad(value: Mapping[str, object], name: str, language: str) -> QuestionFile:
    gathering, unanswerable = QuestionCollector(name), QuestionCollector(name)
    for place, asked, where in _asked(value, name):
        if asked.get("is_impossible") is True:
            gathering.leave("unanswerable")
            unanswerable.take(_put(place, asked, where))
            continue
        given = as_list(asked.get("answers", []), f"{where}.answers")
        answers = gathering.answers(_answer(each, where) for each in given)
        if not answers:
            gathering.leave("without an answer")
            continue
        gathering.take(replace(_put(place, asked, where), answers=answers))
    tag = language_of(name, (question.text for question in gathering.questions), language)
    foreign = _foreign(tag, name, gathering.questions)
    return QuestionFile(
        name=name,
        format="squad",
        language=tag,
        questions=tuple(replace(question, language=tag, foreign_title=foreign) for question in gathering.questions),
        left_out=tuple(gathering.left_out.items()),
        unanswerable=tuple(
            replace(question, language=tag, foreign_title=foreign) for question in unanswerable.questions
        ),
    )


def _put(place: Question, asked: Mapping[str, object], where: str) -> Question:
    """A question of a place, without its answers."""
    identity = as_text(asked.get("id", ""), f"{where}.id")
    return replace(place, id=identity, text=as_text(asked.get("question", ""), f"{where}.question"))


def _asked(value: Mapping[str, object], name: str) -> Iterator[tuple[Question, dict[str, object], str]]:
    """Of all in a SQuAD file: a question without words that says of what it is asked, the entry, where this stands."""
    for number, data in enumerate(as_list(value["data"], f"{name}: data")):
        where = f"{name}: data[{number}]"
        article = as_object(data, where)
        title = as_text(article.get("title", ""), f"{where}.title").replace("_", " ").strip()
        document = as_text(article.get("id", ""), f"{where}.id")
        for order, part in enumerate(as_list(article.get("paragraphs", []), f"{where}.paragraphs")):
            at = f"{where}.paragraphs[{order}]"
            paragraph = as_object(part, at)
            place = Question(
                id="",
                text="",
                title=title,
                document=document,
                paragraph=as_text(paragraph.get("id", ""), f"{at}.id"),
                context=as_text(paragraph.get("context", ""), f"{at}.context"),
            )
            for index, asked in enumerate(as_list(paragraph.get("qas", []), f"{at}.qas")):
                yield place, as_object(asked, f"{at}.qas[{index}]"), f"{at}.qas[{index}]"


def _answer(value: object, where: str) -> str:
    return as_text(as_object(value, f"{where}.answers").get("text", ""), f"{where}.answers.text")


def _foreign(tag: str, name: str, questions: list[Question]) -> bool:
    """Whether titles are in another language than the questions."""
    if name.casefold().startswith("xquad") and tag.partition("-")[0] != "en":
        return True
    titles = main_script(dict.fromkeys(question.title for question in questions))
    return titles == "Latin" and main_script(question.text for question in questions) not in ("Latin", "und")


def _list(value: list[object], name: str, language: str) -> QuestionFile:
    gathering = QuestionCollector(name)
    for number, each in enumerate(value):
        where = f"{name}: [{number}]"
        entry = as_object(each, where)
        given = _first(entry, _ANSWERS, where)
        written = as_list(given, f"{where}.answers") if not isinstance(given, str) else [given]
        answers = gathering.answers(as_text(answer, f"{where}.answers") for answer in written)
        if not answers:
            gathering.leave("without an answer")
            continue
        text = as_text(_first(entry, _TEXT, where), f"{where}.{_TEXT[0]}")
        identity = next((as_text(entry[key], f"{where}.{key}") for key in _ID if key in entry), "")
        gathering.take(Question(id=identity, text=text, answers=answers))
    tag = language_of(name, (question.text for question in gathering.questions), language)
    return QuestionFile(
        name=name,
        format="answers-json",
        language=tag,
        questions=tuple(replace(question, language=tag) for question in gathering.questions),
        left_out=tuple(gathering.left_out.items()),
    )


def _first(entry: Mapping[str, object], keys: tuple[str, ...], where: str) -> object:
    for key in keys:
        if key in entry:
            return entry[key]
    raise InputError(f"{where} has none of: {', '.join(keys)}.", AGAIN)
