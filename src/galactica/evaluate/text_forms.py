"""Questions in plain text: lines of tab-separated values, Cranfield's queries, TREC's topics.

* `question TAB answers`, answers parted by "|"; `id TAB question` where judgements are given (`topics=True`).
* `id TAB type TAB question TAB expression`: curated-trec.
* Cranfield: `.I number`, `.W`, text. A query's id is its ordinal place from 1, for so cranqrel counts; the numbers
  after `.I` have gaps and mean nothing there.
* TREC: `<top> <num> Number: 301 <title> words ... </top>`; the title is asked, or the description where it is empty.
"""

from __future__ import annotations

import re
from dataclasses import replace

from galactica.errors import InputError, UsageError
from galactica.evaluate.patterns import accepted
from galactica.evaluate.question import Question, QuestionCollector, QuestionFile
from galactica.evaluate.questions_language import language_of
from galactica.evaluate.reading import AGAIN

_CRANFIELD = re.compile(r"^\.I[ \t]+\d+[ \t\r]*$", re.MULTILINE)
_TOP = re.compile(r"<top>(.*?)</top>", re.DOTALL | re.IGNORECASE)
_FIELD = re.compile(r"<(num|title|desc)>\s*(?:Number:|Topic:|Description:)?([^<]*)", re.IGNORECASE)
_HEADINGS = frozenset("question questions answer answers query text id qid query-id type regex".split())


def read_text_form(text: str, name: str, language: str, *, topics: bool, regex: bool) -> QuestionFile:
    """The questions in a file of text.

    Args:
        text: what is written in it.
        name: its name.
        language: of the questions; "" to guess.
        topics: judgements come from elsewhere (qrels).
        regex: answers in the second of two columns are one regular expression.

    Raises:
        InputError: lines are not all of one of the forms.
        UsageError: the form has no answers, and no judgements are given.
    """
    gathering = QuestionCollector(name)
    if _CRANFIELD.match(text.lstrip()):
        form = "cranfield"
        _cranfield(text, gathering)
    elif text.lstrip()[:5].lower() == "<top>":
        form = "trec-topics"
        _trec(text, gathering)
    else:
        form = _table(text, gathering, topics, regex)
    if form in ("cranfield", "trec-topics") and not topics:
        raise UsageError(
            f"{name} holds queries without answers.", "Give the judgements that belong to them: --qrels FILE."
        )
    tag = language_of(name, (question.text for question in gathering.questions), language)
    return QuestionFile(
        name=name,
        format=form,
        language=tag,
        questions=tuple(replace(question, language=tag) for question in gathering.questions),
        left_out=tuple(gathering.left_out.items()),
    )


def _cranfield(text: str, gathering: QuestionCollector) -> None:
    for number, entry in enumerate(_CRANFIELD.split(text)[1:], start=1):
        mark, _, words = entry.lstrip().partition("\n")
        if mark.strip() != ".W":
            raise InputError(f"{gathering.name}: query {number} has no .W.", AGAIN)
        gathering.take(Question(id=str(number), text=" ".join(words.split())))


def _trec(text: str, gathering: QuestionCollector) -> None:
    entries = _TOP.findall(text)
    if len(entries) != text.lower().count("<top>"):
        raise InputError(f"{gathering.name}: a <top> has no </top>.", AGAIN)
    for number, entry in enumerate(entries, start=1):
        fields = {key.lower(): " ".join(value.split()) for key, value in _FIELD.findall(entry)}
        if not fields.get("num"):
            raise InputError(f"{gathering.name}: topic {number} has no <num>.", AGAIN)
        gathering.take(Question(id=fields["num"], text=fields.get("title") or fields.get("desc", "")))


def _table(text: str, gathering: QuestionCollector, topics: bool, regex: bool) -> str:
    """Take the lines of a table; its form."""
    rows = _rows(text, gathering.name)
    if topics:
        for row in rows:
            gathering.take(Question(id=row[0], text=row[-1] if len(row) == 2 else row[2]))
        return "topics-tsv"
    for row in rows:
        if len(row) == 4:
            _expressed(row[0], row[2], row[3], gathering)
        elif regex:
            _expressed("", row[0], row[1], gathering)
        else:
            _answered(row, gathering)
    return "curated-trec" if len(rows[0]) == 4 else "answers-tsv"


def _rows(text: str, name: str) -> list[list[str]]:
    """The cells of a table of two columns, or of four in the shape of curated-trec; without its headings."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    rows = [(number, [cell.strip() for cell in line.split("\t")]) for number, line in lines]
    if len(rows) > 1 and {cell.casefold() for cell in rows[0][1]} <= _HEADINGS:
        rows = rows[1:]
    first, cells = rows[0]
    width = len(cells)
    if width != 2 and not (width == 4 and cells[1].isalpha()):
        raise InputError(
            f"{name} holds no questions in a form known here; line {first} has {width} columns.",
            "Write question TAB answers (or id TAB question with --qrels); docs/evaluating.md lists all forms.",
        )
    for number, row in rows:
        if len(row) != width:
            raise InputError(
                f"{name}: line {number} has {len(row)} columns, those before it have {width}.",
                "Columns are parted by one tab each; mend the line.",
            )
    return [row for _, row in rows]


def _expressed(identity: str, text: str, written: str, gathering: QuestionCollector) -> None:
    """Take a question whose answer is an expression."""
    pattern = accepted(written)
    if pattern:
        gathering.take(Question(id=identity, text=text, pattern=pattern))
    else:
        gathering.leave("with an expression that is not read")


def _answered(row: list[str], gathering: QuestionCollector) -> None:
    answers = gathering.answers(row[1].split("|"))
    if answers:
        gathering.take(Question(id="", text=row[0], answers=answers))
    else:
        gathering.leave("without an answer")
