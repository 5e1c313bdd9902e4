"""Questions that people asked of passages, where they ask for one of our properties: who marked the answer said that
the passage gives it. Which questions those are stands in `asked.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from galactica.codes.han import fold_han, unspaced
from galactica.evaluate.forms import read_questions
from galactica.evaluate.question import Question

LONGEST_NAME = 80
"""Characters of what a question is about."""

_ABOUT_NOTHING = re.compile(
    r"(?:he|she|it|they|this|that|these|those|him|her|them|there|someone|of|and|some|most|all)\b"
    r"|(?:the |an? )?(?:first|last|second|next|oldest|newest|average|[a-z]+est|most|main|only)\b"
    r"|.*\b(?:who|which|that|found|and|or|in|until|before|after|since)\b|.*[,:]|.*(?:的|最|第一)"
)
"""What no name of a thing is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPassage:
    """A passage of which a property was asked.

    Attributes:
        text: of the passage.
        about: what is asked about, as the question has it.
        title: of the article.
        property: id.
        start, end: of the answer.
    """

    text: str
    about: str
    title: str
    property: str
    start: int
    end: int


def asked_property(question: str) -> tuple[str, str] | None:
    """(property, what it is asked of) of a question; None where it asks for none of ours."""
    folded = fold_han(" ".join(question.lower().split())).rstrip(" ?？。.")
    for name, pattern in _patterns("zh" if unspaced(folded) else "en"):
        match = pattern.fullmatch(folded)
        if match is not None:
            start = match.start("X")
            about = " ".join(question.split())[start : match.end("X")] if not unspaced(folded) else match["X"]
            return (name, about) if not _ABOUT_NOTHING.match(about.lower()) else None
    return None


def asked_passages(paths: Sequence[Path]) -> Iterator[AskedPassage]:
    """The passages of files of questions of which one of our properties was asked, in their order."""
    for path in paths:
        for each in read_questions(path).questions:
            told = asked_property(each.text)
            found = _answer(each) if told is not None else None
            if told is not None and found is not None:
                text, start, end = found
                yield AskedPassage(text=text, about=told[1], title=each.title, property=told[0], start=start, end=end)


def _answer(each: Question) -> tuple[str, int, int] | None:
    """(passage, start, end) of a question's answer: where it stands first."""
    answer = each.answers[0] if each.answers else ""
    start = each.context.find(answer) if answer else -1
    return (each.context, start, start + len(answer)) if start >= 0 else None


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = tomllib.loads(files(__package__).joinpath("asked.toml").read_text("utf-8"))[language]
    some = f"(?P<X>.{{1,{LONGEST_NAME}}}?)"
    return tuple(
        (name, re.compile(source.replace("{X}", some)))
        for name, sources in table.items()
        if name != "examples"
        for source in sources
    )
