"""Yes or no, by what another question finds: "Did Lincoln invent the telephone?" asks who invented it.

Where there is one of something (a capital, the day and place of a birth, who wrote a book), the question for it is
asked like any other, and both are compared. It is so where what is asked about stands in the answer. It is not so only
where the two cannot both be right: another year; another town, where both are known here as towns; another name, where
both are known here and the article that answers speaks nowhere of the one that is asked about. What was found is
quoted. Else nothing is told. How such questions are put stands in `by_question.toml`. Nothing that can be typed raises.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from galactica.ask.asked import Asked
from galactica.ask.claimed.articles import surname_of
from galactica.ask.claimed.words import reckoning_words
from galactica.ask.confidence import calibration
from galactica.ask.evidence import first_sentences
from galactica.ask.holdings import Page
from galactica.ask.kinds import Kind
from galactica.codes.letters import folded
from galactica.languages import primary
from galactica.model import Answer, Verdict
from galactica.model.said import said
from galactica.values.dates import dates

LONGEST_QUESTION = 120
"""Characters of a question that is read so."""

SAME = 0.95
"""How often what is compared is taken to be what was asked: a guess, not measured."""

SHORTEST_NAME = 3
"""Letters of a word by which a name is known again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AsksWhether:
    """A way to ask for yes or no, and the question that is asked instead; see `by_question.toml`."""

    asked: re.Pattern[str]
    instead: str
    only: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhetherWords:
    """The words of one language; what they are says `by_question.toml`."""

    forms: tuple[AsksWhether, ...]
    past: dict[str, str]
    articles: frozenset[str]
    settlements: re.Pattern[str]


def by_question(asked: Asked, ask: Callable[[Asked], Answer], told: Callable[[], bool]) -> Answer | None:
    """Yes or no, by what another question finds; None for other questions, and where that does not tell.

    Args:
        ask: asks a question as if it were the only one.
        told: whether claims or a sentence tell it at once.
    """
    question = asked.question.plain
    words, answers = _words(primary(question.language)), reckoning_words(question.language)
    if words is None or answers is None or question.kind is not Kind.YES_NO or len(question.text) > LONGEST_QUESTION:
        return None
    if any(part.question.text != asked.question.text for part in asked.parts):
        return None  # it is put to an edition in another language
    text = question.text.strip(" ?!.")
    for form in words.forms:
        match = form.asked.fullmatch(text)
        if match is None:
            continue
        if told():
            return None
        verb = match.groupdict().get("verb", "")
        instead = form.instead.format(thing=match["thing"], verb=words.past.get(folded(verb), verb))
        found = ask(asked.instead(instead))
        if found.verdict not in (Verdict.ANSWERED, Verdict.PROBABLY):
            return None
        so = _is_so(asked, form.only, _bare(match["value"], words), found, words)
        likely = found.confidence * SAME
        verdict = calibration().verdict(likely)
        if so is None or verdict is Verdict.NOT_FOUND:
            return None
        note = said("asked-first", "First asked: “{question}” ({answer}).", question=instead, answer=found.text)
        return replace(
            found,
            question=asked.question.text,
            text=answers.yes if so else answers.no,
            verdict=verdict,
            confidence=likely,
            positions=(),
            notes=(note, *found.notes),
        )
    return None


def _bare(value: str, words: WhetherWords) -> str:
    first, _, rest = value.strip().partition(" ")
    return rest if rest and folded(first) in words.articles else value.strip()


def _is_so(asked: Asked, only: str, value: str, found: Answer, words: WhetherWords) -> bool | None:
    """Whether a value is what was found; None where it may be that or not."""
    if only == "year":
        years = {date.year for date in dates(found.text) if date.year}
        return None if len(years) != 1 or not value.isdigit() else int(value) in years
    quotes = " ".join(citation.quote for each in found.statements for citation in each.citations)
    keys = [word for word in re.findall(r"\w+", folded(value)) if len(word) >= SHORTEST_NAME]
    told = set(re.findall(r"\w+", folded(found.text)))
    if not keys:
        return None
    if set(keys) <= told or (only == "person" and keys[-1] in told):
        return True
    if only == "place":
        if set(keys) <= set(re.findall(r"\w+", folded(quotes))):
            return None  # part of what is told, and not marked
        return False if _both_towns(asked, value, found.text, words) else None
    known = asked.called(value) or any(surname_of(part.holdings, value) for part in asked.alone)
    other = asked.called(found.text)
    if not known or not other or asked.holdings.titled(other) == asked.holdings.titled(asked.called(value)):
        return None
    pages = [_page(asked, citation.edition, citation.id) for each in found.statements for citation in each.citations]
    spoken = any(page is None or keys[-1] in folded(page.text) for page in pages)
    return None if (spoken and only == "person") or keys[-1] in folded(quotes) else False


def _both_towns(asked: Asked, value: str, told: str, words: WhetherWords) -> bool:
    """Whether two places are towns by the first sentence of their articles, and not the same."""
    places = [asked.holdings.titled(name) for name in (value, re.split(r"[,(]", told)[0].strip())]
    pages = [_page(asked, *place) for place in places if place is not None]
    if len(pages) != 2 or pages[0] is None or pages[1] is None or pages[0].article.id == pages[1].article.id:
        return False
    firsts = [folded(page.text[slice(*first_sentences(page))]) for page in pages if page is not None]
    return all(words.settlements.search(first) for first in firsts)


def _page(asked: Asked, edition: str, identity: bytes) -> Page | None:
    return asked.holdings.page(edition, identity)


@cache
def _words(language: str) -> WhetherWords | None:
    entry = tomllib.loads(files(__package__).joinpath("by_question.toml").read_text("utf-8")).get(language)
    if entry is None:
        return None
    return WhetherWords(
        forms=tuple(
            AsksWhether(asked=re.compile(each["asked"], re.IGNORECASE), instead=each["instead"], only=each["only"])
            for each in entry["forms"]
        ),
        past=entry["past"],
        articles=frozenset(entry["articles"].split()),
        settlements=re.compile(rf"\b(?:is|was) (?:[^.;]{{0,80}} )?(?:{'|'.join(entry['settlements'].split())})\b"),
    )
