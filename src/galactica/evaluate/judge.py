"""Is what was found right? Three rules, and the places at which right hits stand.

* `document`: the hit's path or title, with or without its ending (".txt"), is a document judged to be relevant.
  Passages of one document count once, at the first of them, so that places count documents.
* `article+answer`: the article has the title that the question names, compared by `codes.letters.title_key`, and an
  answer stands in the passage (`answer_match`).
* `answer`: an answer stands in the passage, whatever the article. More is right by luck: a year, a "yes".

Unless told otherwise, a question is judged by the strictest rule that it has the data for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from galactica.codes.letters import title_key
from galactica.errors import UsageError
from galactica.evaluate.answer_match import answer_form, comparable, stands
from galactica.evaluate.patterns import first_match
from galactica.evaluate.question import Question
from galactica.model import PassageHit

_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")
"""The ending of a file's name; that of "Mach 1.5" is none."""


class JudgingRule(StrEnum):
    """By what a hit is right."""

    ANSWER = "answer"
    ARTICLE = "article+answer"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What was right among the hits of one question.

    Attributes:
        right: (place from 1, gain), in order. Without judgements at most one, the first: how many more passages would
            be right nobody knows.
        ideal: gains of all that could be found, highest first; (1,) without judgements.
    """

    right: tuple[tuple[int, int], ...]
    ideal: tuple[int, ...]


def judging_rule(question: Question, asked: JudgingRule | None = None) -> JudgingRule:
    """The rule a question is judged by: `asked`, else the strictest that it has the data for.

    Raises:
        UsageError: it cannot be judged by the rule that was asked for.
    """
    fits = {
        JudgingRule.DOCUMENT: bool(question.relevant),
        JudgingRule.ARTICLE: bool(question.title and (question.answers or question.pattern)),
        JudgingRule.ANSWER: bool(question.answers or question.pattern),
    }
    if asked is not None:
        if not fits[asked]:
            needs = {
                JudgingRule.DOCUMENT: "judgements: give --qrels FILE",
                JudgingRule.ARTICLE: "answers and the title of the article, as SQuAD has",
                JudgingRule.ANSWER: "answers",
            }
            raise UsageError(
                f"Question {question.id} cannot be judged by the rule {asked.value}.", f"This needs {needs[asked]}."
            )
        return asked
    if fits[JudgingRule.DOCUMENT]:
        return JudgingRule.DOCUMENT
    return JudgingRule.ARTICLE if fits[JudgingRule.ARTICLE] and not question.foreign_title else JudgingRule.ANSWER


def judge(question: Question, rule: JudgingRule, hits: Sequence[PassageHit]) -> Judgement:
    """Which of `hits`, best first, are right."""
    if rule is JudgingRule.DOCUMENT:
        return _by_document(question, hits)
    places = enumerate(hits, start=1)
    if rule is JudgingRule.ARTICLE:
        key = title_key(question.title)
        candidates = [(place, hit) for place, hit in places if title_key(hit.title) == key]
    else:
        candidates = list(places)
    place = _first_answering(question, candidates)
    return Judgement(right=() if place is None else ((place, 1),), ideal=(1,))


def _first_answering(question: Question, candidates: Sequence[tuple[int, PassageHit]]) -> int | None:
    if question.pattern:
        found = first_match(question.pattern, [hit.text for _, hit in candidates])
        return None if found is None else candidates[found][0]
    forms = [form for form in map(answer_form, question.answers) if form]
    for place, hit in candidates:
        text = comparable(hit.text)
        if any(stands(form, text) for form in forms):
            return place
    return None


def _by_document(question: Question, hits: Iterable[PassageHit]) -> Judgement:
    gains = dict(question.relevant)
    aside = frozenset(question.set_aside)
    seen: set[object] = set()
    right: list[tuple[int, int]] = []
    for hit in hits:
        name = next((name for name in _names(hit) if name in gains or name in aside), None)
        document: object = name if name is not None else (hit.edition, hit.id)
        if document in seen or name in aside:
            continue
        seen.add(document)
        if name is not None:
            right.append((len(seen), gains[name]))
    return Judgement(right=tuple(right), ideal=tuple(sorted(gains.values(), reverse=True)))


def _names(hit: PassageHit) -> Iterator[str]:
    """What a file of judgements may call the document that a passage is of."""
    for whole in (hit.path, hit.path.rpartition("/")[2], hit.title):
        yield whole
        yield _ENDING.sub("", whole)
