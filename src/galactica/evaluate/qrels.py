"""Judgements: which documents are relevant to which query, and how much.

* TREC: `query 0 document grade` on each line. The grade is the gain; 0 and less is not relevant, as in trec_eval.
* BEIR: a heading `query-id corpus-id score`, then lines of three; the score is the gain.
* Cranfield: `query document code` without a heading. Cleverdon's codes run the other way, 1 "a complete answer" to 4
  "of minimum interest" and 5 "of no interest" (cranqrel.readme), so the gain is 5 less the code. The readme does not
  define the code −1. It stands once for every query, at a paper that asks the very thing ("the basic mechanism of the
  transonic aileron buzz" ↔ "a theory of transonic aileron buzz"): the paper that the query was made from, it seems, not
  one that was judged on the scale. Such a document is *set aside*: taken out of the ranking, neither right nor wrong.
  Others count it as relevant (files with two columns) or as not (trec_eval, to which less than 0 is 0); to do so, give
  the judgements in TREC's form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from galactica.errors import InputError
from galactica.evaluate.question import Question, QuestionFile

_CODES = {1: 4, 2: 3, 3: 2, 4: 1, 5: 0}
"""Cleverdon's code → gain."""

_SOURCE = -1
"""Cranfield's code of the paper that a query comes from."""

_MAX_GRADE = 1_000
"""Larger grades are no grades."""

_KINDS = "Write: query 0 document grade (TREC), or query document code (Cranfield); docs/evaluating.md."


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The judgements on one query: (document, gain) with gain 1 or more; and documents set aside."""

    relevant: tuple[tuple[str, int], ...]
    set_aside: tuple[str, ...] = ()


def read_qrels(text: str, name: str) -> Mapping[str, Judged]:
    """Query id → judgements. A document judged twice has the higher gain.

    Raises:
        InputError: a line is not of the form of the first, or its grade is none.
    """
    lines = [(number, line.split()) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    headed = not _is_number(lines[0][1][-1])
    width = len(lines[0][1])
    if width not in (3, 4) or (headed and len(lines) == 1):
        raise InputError(f"{name} holds no judgements: its first line has {width} columns.", _KINDS)
    gains: dict[str, dict[str, int]] = {}
    aside: dict[str, list[str]] = {}
    for number, cells in lines[1:] if headed else lines:
        if len(cells) != width or not _is_number(cells[-1]) or abs(int(cells[-1])) > _MAX_GRADE:
            raise InputError(f"{name}: line {number} is no judgement in the form of the first line.", _KINDS)
        query, document, grade = cells[0], cells[-2], int(cells[-1])
        known = gains.setdefault(query, {})
        if width == 3 and not headed:
            if grade == _SOURCE:
                aside.setdefault(query, []).append(document)
                continue
            if grade not in _CODES:
                raise InputError(f"{name}: line {number} has the code {grade}; Cranfield's are 1 to 5 and -1.", _KINDS)
            grade = _CODES[grade]
        known[document] = max(grade, known.get(document, 0))
    return {query: _judged(known, aside.get(query, [])) for query, known in gains.items()}


def _judged(gains: Mapping[str, int], aside: list[str]) -> Judged:
    relevant = tuple((document, gain) for document, gain in gains.items() if gain > 0)
    named = {document for document, _ in relevant}
    return Judged(relevant=relevant, set_aside=tuple(dict.fromkeys(one for one in aside if one not in named)))


def _is_number(cell: str) -> bool:
    return cell.removeprefix("-").isdecimal() and len(cell) <= 6


def with_judgements(file: QuestionFile, qrels: Mapping[str, Judged]) -> QuestionFile:
    """The same questions with the judgements on them; those without a relevant document are left out and counted."""
    found: list[Question] = []
    for question in file.questions:
        judged = qrels.get(question.id)
        if judged is not None and judged.relevant:
            found.append(replace(question, relevant=judged.relevant, set_aside=judged.set_aside))
    missing = len(file.questions) - len(found)
    left_out = (*file.left_out, ("without a relevant document", missing)) if missing else file.left_out
    return replace(file, questions=tuple(found), left_out=left_out)
