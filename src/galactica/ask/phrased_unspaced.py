"""What a question in a script without spaces asks of a thing, by a clause of the article on it that says just that.

"万民宝塔有几层" is answered by "該塔為四方形七層…", "沙德里克是怎么死的" by "被…打死". A question is what it
calls its thing and one of the ways to ask that stand in `phrased_unspaced.toml`; a clause says it that begins with
the thing, a pronoun, or, near the beginning of the article, nothing but words that open it, and goes on in one of the
ways that go with the question. A clause that speaks of somebody else, or less than outright, says nothing. What is
found is called probable. Of languages that the file lacks nothing is told. Nothing that can be written raises.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from galactica.ask.asked import Asked
from galactica.ask.described import letters_alone
from galactica.ask.evidence import sentence_spans
from galactica.ask.holdings import Page
from galactica.ask.kinds import Kind
from galactica.ask.stated_value import OfClaims, Stated, made
from galactica.claims.sentences.lexicon import lexicon
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import facts, primary
from galactica.model import PassageHit

RIGHT = 31 / 36
"""How likely what is found so is what is asked for: of 34 sentences that nine of the ways found in 500 articles
drawn at random, none chosen for what is asked, 30 said it of the thing (2026-11-30; one of each is added)."""

LOOKED_AT = 30_000
"""Characters of an article in which it is looked for."""

BEGINNING = 1_200
"""Characters in which a clause without a subject is about the article's thing."""

OPENING = 300
"""The same of one in the middle of which something else may stand."""

LONGEST_QUESTION = 50
LONGEST = 300
"""Characters of a question, and of a sentence, that is read so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnspacedPhrasing:
    """What is asked for: how it is asked, as a pattern of all that stands behind the thing; how clauses say it."""

    asked: re.Pattern[str]
    said: tuple[str, ...]
    amount: str
    apart: re.Pattern[str]
    inside: bool
    people: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnspacedPhrasingWords:
    """The words of one language; what they are says `phrased_unspaced.toml`."""

    possessive: str
    subjects: str
    opening: str
    goes_on: str
    another: re.Pattern[str]
    ends: str
    of: dict[str, UnspacedPhrasing]


def phrased_unspaced(asked: Asked, hits: Sequence[PassageHit] = ()) -> list[Stated]:
    """What the article on a thing says of it, where a question asks for that in a way that is known.

    Args:
        hits: passages that were found for the question. Where one is of another source, nothing is told.
    """
    question = asked.question.plain
    words = unspaced_phrasing_words(primary(question.language))
    text = question.text.rstrip(" ?？。!！")
    if words is None or len(text) > LONGEST_QUESTION or not unspaced(text) or question.kind is Kind.YES_NO:
        return []
    plain = folded(fold_han(text))
    for end in range(2, len(text)):
        rest = plain[end:].strip(f" {words.possessive}") if plain[end] == " " else plain[end:]
        for name, way in words.of.items():
            match = way.asked.fullmatch(rest)
            if match is None:
                continue
            page = _page_of(asked, text[:end])
            if page is None or any(hit.source != page.article.source for hit in hits):
                return []
            found = _told(page, way, words, match.groupdict(""), text[:end])
            if found is not None and asked.allows(page.article):
                side = f"{page.article.id.hex()} {name}"
                return [replace(found, claimed=OfClaims(side=side, confidence=RIGHT))]
            return []
    return []


def _page_of(asked: Asked, called: str) -> Page | None:
    """The article on what a question calls its thing, in the question's language."""
    called = called.strip(" 《》「」“”‘’\"'")
    name = asked.called(called)
    place = asked.holdings.titled(name) if name else None
    if place is None:
        thing = asked.described(called)
        place = thing.place if thing is not None else None
    page = asked.holdings.page(*place) if place is not None else None
    return page if page is not None and primary(page.article.language) == primary(asked.question.language) else None


def _told(
    page: Page, way: UnspacedPhrasing, words: UnspacedPhrasingWords, asked: dict[str, str], called: str
) -> Stated | None:
    if not page.starts or (way.people and not _is_somebody(page)):
        return None
    names = {_bare(page.article.title), folded(fold_han(called))}
    names |= {re.split(r"[·・‧•]", name)[-1] for name in names}
    thing = "|".join(map(re.escape, sorted(filter(lambda name: len(name) > 1, names), key=len, reverse=True)))
    subject = rf"[《「“]?(?:{thing})[》」”]?(?:\([^()]*\)|（[^（）]*）)*|{words.subjects}"
    for pattern in way.said:
        for name, value in asked.items():
            pattern = pattern.replace(f"{{{name}}}", re.escape(value))
        for near, told in _ways(pattern.replace("#", way.amount), subject, way, words):
            for start, end in sentence_spans(page.text, 0, min(len(page.text), LOOKED_AT)):
                if end - start > LONGEST or (near and start > (OPENING if way.inside else BEGINNING)):
                    continue
                plain = folded(page.text[start:end])
                if way.apart.search(plain) or (near and start and not _begins_with(plain, subject, names, way, words)):
                    continue
                for match in told.finditer(plain):
                    name = next(each for each in match.groupdict() if each.startswith("said") and match[each])
                    clause = re.split(r"[，,；;。]", plain[: match.end(name)])[-1]
                    if not words.another.search(clause):
                        low, high = match.span(name)
                        high -= len(plain[low:high]) - len(plain[low:high].rstrip(f" {words.possessive}"))
                        return made(page, start + low, start + high, start, end, 0.5)
    return None


def _begins_with(
    plain: str, subject: str, names: set[str], way: UnspacedPhrasing, words: UnspacedPhrasingWords
) -> bool:
    """Whether a sentence begins with the thing, and not with a part of it: of that a clause without a subject is."""
    first = re.split(r"[，,；;。]", plain, maxsplit=1)[0]
    if way.people and first[:1].isdigit():
        return True
    if re.match(rf"(?:{subject})(?:{words.goes_on})", first):
        return True
    ends = [n for n in range(2, len(first)) if any(name.endswith(first[:n]) for name in names)]  # 黛蒂 of 颱風黛蒂
    return any(re.match(words.goes_on, first[n:]) for n in ends)


def _ways(
    pattern: str, subject: str, way: UnspacedPhrasing, words: UnspacedPhrasingWords
) -> Iterator[tuple[bool, re.Pattern[str]]]:
    """(whether only near the beginning of the article, what a clause is like that says it)."""
    inside = r"[^，,。；;]{0,30}?" if way.inside else ""
    told = rf"(?:{pattern}){words.ends}"
    begins = r"(?:^|[，,；;：:])\s*"
    yield False, re.compile(rf"{begins}(?:{subject})[^，,。；;]{{0,2}}?{words.opening}{inside}{told}")
    yield True, re.compile(rf"{begins}{words.opening}{inside}{told}")


def _is_somebody(page: Page) -> bool:
    """Whether the first sentence of an article says that its thing is a person, by a noun or dates of a life."""
    words = lexicon(primary(page.article.language))
    start, end = next(iter(sentence_spans(page.text[:BEGINNING])), (0, 0))
    parts = [letters_alone(part) for part in re.split(r"[，,。；;、）)]", page.text[start:end])]
    return words is not None and any(words.kinds.get(part[-n:]) == "person" for part in parts for n in range(1, 7))


def _bare(title: str) -> str:
    return folded(fold_han(re.sub(r"\s*[(（][^()（）]*[)）]\Z", "", title)))


@cache
def unspaced_phrasing_words(language: str) -> UnspacedPhrasingWords | None:
    """The words of a language; None where it has none."""
    entry: dict[str, Any] | None = _table().get(language)
    if entry is None:
        return None
    amounts = {unit: rf"(?:{entry['number']})(?:{names})" for unit, names in entry["units"].items()}
    return UnspacedPhrasingWords(
        possessive=facts(language).get("answers", {}).get("possessive", ""),
        subjects="|".join(entry["subjects"].split()),
        opening=entry["opening"],
        goes_on=entry["goes_on"],
        another=re.compile(entry["another"]),
        ends=entry["ends"],
        of={
            name: UnspacedPhrasing(
                asked=re.compile(each["asked"].replace("~", f"[{entry['counter']}]")),
                said=tuple(part.strip() for part in each["said"].split("|||")),
                amount=amounts[each["unit"]] if each.get("unit") else rf"(?:{entry['number']})",
                apart=re.compile(each.get("apart", "(?!)")),
                inside=bool(each.get("inside")),
                people=bool(each.get("people")),
            )
            for name, each in entry["of"].items()
        },
    )


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("phrased_unspaced.toml").read_text("utf-8"))
