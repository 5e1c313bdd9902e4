"""A question about what another question asks for, asked in two steps: "Where was the author of Dracula born?".

The inner part ("the author of Dracula", "the country where Aarhus is") is made a question of its own and asked like any
other; its answer, where it is a name of something here, takes its place in the question, which is then asked. Both
answers are quoted, and the whole is as likely as both are right. What a question says beside the inner part has to ask
for something. How inner parts are said stands in `stepwise.toml`; in languages that it lacks no question is taken
apart. Nothing that can be typed raises.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from galactica.ask.asked import Asked
from galactica.ask.confidence import calibration
from galactica.ask.kinds import Kind
from galactica.ask.pieces import cut_pieces
from galactica.ask.properties import quiet_keys
from galactica.ask.reckoned import reckoned
from galactica.ask.sought import WORD
from galactica.ask.yes_no.by_question import by_question
from galactica.languages import primary
from galactica.model import Answer, Verdict
from galactica.model.said import said

LONGEST_QUESTION = 160
"""Characters of a question that is taken apart."""

LONGEST_NAME = 60
"""Characters of an answer that takes the place of an inner part."""

MOST_WAYS = 2
"""Ways to take one question apart that are tried: each asks once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenApart:
    """A question taken apart.

    Attributes:
        inner: the question that is asked first.
        before, behind: what stands around the place of its answer.
    """

    inner: str
    before: str
    behind: str

    def outer(self, answer: str) -> str:
        """The question with an answer in the place of its inner part."""
        return " ".join(f"{self.before} {answer}{self.behind}".split())


def by_other_questions(asked: Asked, ask: Callable[[Asked], Answer]) -> Answer | None:
    """The answer to a question that is answered by others: by yes or no, or in two steps; None where it is not."""
    return by_question(asked, ask, lambda: reckoned(asked)) or in_steps(asked, ask)


def in_steps(asked: Asked, ask: Callable[[Asked], Answer]) -> Answer | None:
    """The answer to a question of two steps; None for others, and where one of both is not found.

    Args:
        ask: asks a question as if it were the only one.
    """
    question = asked.question.plain
    if any(part.question.text != asked.question.text for part in asked.parts):
        return None  # it is put to an edition in another language
    if len(question.text) > LONGEST_QUESTION or question.kind in (Kind.YES_NO, Kind.REASON):
        return None
    several = list(two_questions(question.text, question.language))[:MOST_WAYS]
    if not several or reckoned(asked) is not None:
        return None  # claims tell it at once
    for steps in several:
        first = ask(asked.instead(steps.inner))
        name = _name(asked, first)
        if not name:
            continue
        second = ask(asked.instead(steps.outer(name)))
        likely = first.confidence * second.confidence
        verdict = calibration().verdict(likely)
        if second.verdict in (Verdict.NOT_FOUND, Verdict.DISPUTED) or verdict is Verdict.NOT_FOUND:
            continue
        note = said("asked-first", "First asked: “{question}” ({answer}).", question=steps.inner, answer=first.text)
        return replace(
            second,
            question=asked.question.text,
            verdict=verdict,
            confidence=likely,
            statements=(*first.statements, *second.statements),
            values=(),
            over=None,
            notes=(note, *second.notes),
            work=(*first.work, *second.work),
        )
    return None


def two_questions(question: str, language: str) -> Iterator[TakenApart]:
    """The ways to take a question apart, the innermost part first; mostly none."""
    starts = [match.start() for match in WORD.finditer(question)]
    for at in reversed(starts):
        for pattern, inner in _patterns().get(primary(language), ()):
            match = pattern.match(question, at)
            if match is None:
                continue
            before, behind = question[:at], question[match.end() :]
            if _asks(before, behind, language):
                yield TakenApart(inner=inner.format(**match.groupdict()), before=before, behind=behind)


def _asks(before: str, behind: str, language: str) -> bool:
    """Whether what stands around an inner part asks for something of it."""
    pieces, quiet = cut_pieces(f"{before} \n {behind}", language), quiet_keys(primary(language))
    rows = zip(pieces.keys, pieces.common, strict=True)
    return bool(before.strip()) and any(not common and key not in quiet for key, common in rows)


def _name(asked: Asked, found: Answer) -> str:
    """The name that an answer is, as the library has it; "" where it is none."""
    text = found.text.strip(" .")
    if found.verdict not in (Verdict.ANSWERED, Verdict.PROBABLY) or not text or len(text) > LONGEST_NAME:
        return ""
    if not any(letter.isupper() for letter in text):
        return ""
    return text if any(part.called(text) for part in asked.alone) else ""


@cache
def _patterns() -> dict[str, tuple[tuple[re.Pattern[str], str], ...]]:
    """Language → (how an inner part is said, the question that it is)."""
    table = tomllib.loads(files(__package__).joinpath("stepwise.toml").read_text("utf-8"))
    return {tag: tuple(_read(entry, each) for each in entry["parts"]) for tag, entry in table.items()}


def _read(entry: dict[str, str], part: dict[str, str]) -> tuple[re.Pattern[str], str]:
    said_so = part["said"]
    for name, words in entry.items():
        if isinstance(words, str):
            said_so = said_so.replace(f"%{name}%", "(?:" + "|".join(each.strip() for each in words.split("|")) + ")")
    return re.compile(said_so, re.IGNORECASE), part["asked"]
