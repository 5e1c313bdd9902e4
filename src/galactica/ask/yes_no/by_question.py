"""Yes or no, by what another question finds: "Did Lincoln invent the telephone?" asks who invented it.

Where there is one of something (a capital, the day and place of a birth, who wrote a book), the question for it is
asked like any other, and both are compared. It is so where what is asked about stands in the answer. It is not so only
where the two cannot both be right: another year; another town, where both are known here as towns; for a town another
country; another name, where both are known here and the article that answers speaks nowhere of the one that is asked
about. What was found is quoted. Else nothing is told, nor where all quotations tell less than a fact. Where claims or a
sentence tell it too, both have to agree. How such questions are put stands in `by_question.toml`. Nothing that can be
typed raises.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
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
from galactica.ask.yes_no.silent import tells_less
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import primary
from galactica.model import Answer, Verdict
from galactica.model.said import said
from galactica.values.dates import dates

LONGEST_QUESTION = 120
"""Characters of a question that is read so."""

SAME = 12 / 13
"""How often what is compared is what was asked: of 11 answers to questions that were looked at 11 were right
(2026-11-30; one of each is added)."""

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
    countries: re.Pattern[str]


def by_question(asked: Asked, ask: Callable[[Asked], Answer], told: Callable[[], Answer | None]) -> Answer | None:
    """Yes or no, by what another question finds; None for other questions, and where that does not tell.

    Args:
        ask: asks a question as if it were the only one.
        told: what claims or a sentence tell at once.
    """
    question = asked.question.plain
    words, answers = _words(primary(question.language)), reckoning_words(question.language)
    if words is None or answers is None or question.kind is not Kind.YES_NO or len(question.text) > LONGEST_QUESTION:
        return None
    if any(part.question.text != asked.question.text for part in asked.parts):
        return None  # it is put to an edition in another language
    text = question.text.strip(" ?!.？！。")
    matches = ((form, form.asked.fullmatch(text)) for form in words.forms)
    form, match = next(((form, match) for form, match in matches if match is not None), (None, None))
    if form is None or match is None:
        return None
    at_once = told()
    verb = match.groupdict().get("verb", "")
    instead = form.instead.format(**match.groupdict() | {"verb": words.past.get(folded(verb), verb)})
    found = ask(asked.instead(instead))
    thing, value = match.groupdict().get("thing", ""), _bare(match["value"], words)
    so = _is_so(asked, form.only, thing, value, found, words) if _says(found, asked) else None
    likely = found.confidence * SAME
    if so is None or calibration().verdict(likely) is Verdict.NOT_FOUND:
        return None
    note = said("asked-first", "First asked: “{question}” ({answer}).", question=instead, answer=found.text)
    answer = replace(
        found,
        question=asked.question.text,
        text=answers.yes if so else answers.no,
        verdict=calibration().verdict(likely),
        confidence=likely,
        positions=(),
        notes=(note, *found.notes),
    )
    return answer if at_once is None else _both(at_once, answer)


def _says(found: Answer, asked: Asked) -> bool:
    """Whether an answer was found, and nothing in the clause before it makes it less than a fact."""
    quoted = [cited for each in found.statements for cited in each.citations]
    ends = [cited.mark[0] if cited.mark[1] else max(cited.quote.find(found.text), 0) for cited in quoted]
    clauses = [_CLAUSE.split(cited.quote[:end])[-1] for cited, end in zip(quoted, ends, strict=True)]
    before = [(clause, primary(cited.language)) for clause, cited in zip(clauses, quoted, strict=True)]
    outright = all(not tells_less(clause, language, asked.question.text) for clause, language in before)
    return found.verdict in (Verdict.ANSWERED, Verdict.PROBABLY) and outright


_CLAUSE = re.compile(r"[,;:.]\s")


def _both(one: Answer, other: Answer) -> Answer:
    """What two ways say: likelier where they agree by two quotations, and nothing where they do not agree."""
    quotes = [{cited.quote for each in way.statements for cited in each.citations} for way in (one, other)]
    if one.text != other.text:
        near = tuple(cited for way in (one, other) for each in way.statements for cited in each.citations[:1])
        unlikely = min(1 - one.confidence, 1 - other.confidence)
        return replace(
            one, verdict=Verdict.NOT_FOUND, text="", confidence=unlikely, statements=(), values=(), near=near, over=None
        )
    if quotes[0] & quotes[1]:
        return one
    likely = 1 - (1 - one.confidence) * (1 - other.confidence)
    statements = (*one.statements, *other.statements)
    verdict = calibration().verdict(likely)
    return replace(one, verdict=verdict, confidence=likely, statements=statements, notes=(*one.notes, *other.notes))


def _bare(value: str, words: WhetherWords) -> str:
    first, _, rest = value.strip().partition(" ")
    return rest if rest and folded(first) in words.articles else value.strip()


def _is_so(asked: Asked, only: str, thing: str, value: str, found: Answer, words: WhetherWords) -> bool | None:
    """Whether a value is what was found; None where it may be that or not."""
    if only == "year":
        years = {date.year for date in dates(found.text) if date.year}
        return None if len(years) != 1 or not value.isdigit() else int(value) in years
    if unspaced(value):
        return _is_part(value, found.text) or None
    quotes = " ".join(citation.quote for each in found.statements for citation in each.citations)
    keys = [word for word in re.findall(r"\w+", folded(value)) if len(word) >= SHORTEST_NAME]
    told = set(re.findall(r"\w+", folded(found.text)))
    if not keys:
        return None
    if set(keys) <= told or (only == "person" and keys[-1] in told):
        return True
    if only == "several":
        return None
    if only == "place":
        if set(keys) <= set(re.findall(r"\w+", folded(quotes))):
            return None  # part of what is told, and not marked
        towns = _are(asked, (value, re.split(r"[,(]", found.text)[0].strip()), words.settlements)
        return False if towns or _elsewhere(asked, thing, value, found.text, words) else None
    known = asked.called(value) or any(surname_of(part.holdings, value) for part in asked.alone)
    other = asked.called(found.text)
    if not known or not other or asked.holdings.titled(other) == asked.holdings.titled(asked.called(value)):
        return None
    pages = [_page(asked, citation.edition, citation.id) for each in found.statements for citation in each.citations]
    spoken = any(page is None or keys[-1] in folded(page.text) for page in pages)
    return None if (spoken and only == "person") or keys[-1] in folded(quotes) else False


def _is_part(value: str, told: str) -> bool:
    """Whether a value in a script without spaces is one of what is told, or what a longer name of it ends with: never
    within or at the beginning of a name, 李明 is not 李明珠."""
    plain = folded(fold_han(value))
    names = [part for part in re.split(r"[、，,和与及（）()\s]", folded(fold_han(told))) if part]
    parts = [*names, *(part for name in names for part in re.split("[·・]", name))]
    longer = len(plain) >= SHORTEST_NAME
    return any(part == plain or (longer and part.endswith(plain)) for part in parts)


def _are(asked: Asked, names: Sequence[str], kind: re.Pattern[str]) -> bool:
    """Whether things, all different, are of a kind by the first sentences of their articles."""
    places = [asked.holdings.titled(name) for name in names]
    pages = [_page(asked, *place) for place in places if place is not None]
    firsts = {page.article.id: folded(page.text[slice(*first_sentences(page))]) for page in pages if page is not None}
    return len(firsts) == len(names) and all(kind.search(first) for first in firsts.values())


def _elsewhere(asked: Asked, thing: str, value: str, told: str, words: WhetherWords) -> bool:
    """Whether a town lies in another country."""
    country = re.split(r"[,(]", told)[-1].strip()
    return _are(asked, (thing,), words.settlements) and _are(asked, (value, country), words.countries)


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
        settlements=_is_a(entry["settlements"]),
        countries=_is_a(entry["countries"]),
    )


def _is_a(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:is|was) (?:[^.;]{{0,80}} )?(?:{'|'.join(words.split())})\b")
