"""How did somebody die? What the article on that person says of it in so many words.

Nothing of it stands in rows, and readers mark a sentence that speaks of the death and not of how it came. A sentence
tells it that begins with the person (by name, "he", "she", behind a time or place at the most) and goes on with what
tells an end and its cause; where it names years, one is that of the death, as the beginning of the article has it.
Nothing is told that is a report, a plan, or about somebody of the family. The words stand in `deaths.toml`; in
languages that it lacks nothing is told.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from galactica.ask.asked import Asked
from galactica.ask.claimed.articles import surname_of
from galactica.ask.denying import denies
from galactica.ask.evidence import sentence_spans
from galactica.ask.lives import brackets, days, told_life
from galactica.ask.stated_value import OfClaims, Stated, made
from galactica.codes.letters import folded
from galactica.languages import primary

RIGHT = 37 / 40
"""How often it was right, as claims count it (`claims.judged`): of 38 English articles on people, picked at random from
those that tell it, 37 told how their person died (2026-11-30)."""

LONGEST_TEXT = 120_000
"""Characters of an article that are looked through, about 20 ms."""

LONGEST_OPENING = 60
"""Characters of a time or a place before the person in a sentence."""

LONGEST_BETWEEN = 70
"""Characters of times and places between the verb and the cause."""

LONGEST_TOLD = 200
"""Characters of what tells it; a longer one is cut at a comma."""

LONGEST_OPENED = 10_000
"""Characters of an article by which it is told what it calls its person."""

SHORTEST_NAME = 3
"""Letters of a part of a name by which a sentence may begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathWords:
    """The words of one language."""

    asked: tuple[re.Pattern[str], ...]
    subject: tuple[str, ...]
    died: re.Pattern[str]
    hedged: frozenset[str]
    stops: re.Pattern[str]
    after: re.Pattern[str]
    owners: dict[str, tuple[str, ...]]


def death_told(asked: Asked) -> list[Stated]:
    """What an article says of how somebody died, where a question asks for that; mostly nothing."""
    question = asked.question.plain
    name = who_died(question.text, question.language)
    for place in _places(asked, name) if name else ():
        page = asked.holdings.page(*place)
        if page is None or not page.starts or not asked.allows(page.article):
            continue
        if primary(page.article.language) != primary(question.language) or not told_life(page.text):
            continue
        found = death_in(page.text[:LONGEST_TEXT], page.article.title, primary(page.article.language))
        if found is not None:
            start, end, first, last = found
            one = made(page, start, end, first, last, 0.5)
            return [replace(one, claimed=OfClaims(side=f"{page.article.id.hex()} death", confidence=RIGHT))]
    return []


def who_died(question: str, language: str) -> str:
    """Whose death a question asks the way of; "" for other questions."""
    words = death_words(primary(language))
    text = question.strip(" ?？!.")
    plain = folded(text)
    if words is None or len(plain) != len(text):
        return ""
    for pattern in words.asked:
        match = pattern.fullmatch(plain)
        if match is not None:
            start, end = match.span(1)
            return re.sub(r"['’]s?\Z", "", text[start:end]).strip()
    return ""


def _places(asked: Asked, name: str) -> tuple[tuple[str, bytes], ...]:
    """The articles that may be about whom a name names."""
    several = tuple(asked.holdings.namesakes(asked.called(name) or name)) or tuple(surname_of(asked.holdings, name))
    return several[:1] if len(several) == 1 or asked.called(name) else ()


def death_in(text: str, title: str, language: str) -> tuple[int, int, int, int] | None:
    """(start, end) of what tells how the person of an article died, (first, last) of its sentence; None for none."""
    words = death_words(language)
    year = _year_of_death(text)
    if words is None or not year:
        return None
    begins = _begins(_pronoun(text, words), re.sub(r"\s*\([^()]*\)\Z", "", title))
    for first, last in sentence_spans(text):
        told = text[first:last]
        plain = folded(told)
        if len(plain) != len(told):
            continue
        opened = begins.match(plain)
        match = words.died.match(plain, opened.end()) if opened else None
        if match is None or not set(re.findall(r"[^\W\d_]+", plain)).isdisjoint(words.hedged):
            continue
        years = re.findall(r"(?<!\d)1\d{3}(?!\d)|(?<!\d)20\d\d(?!\d)", plain)
        if years and year not in years:
            continue
        end = _end(plain, match, words)
        if (end > match.end() or not match["near"]) and not denies(told[:end], language):
            return first + match.start(), first + end, first, last
    return _told_after(text, words, _pronoun(text, words))


def _told_after(text: str, words: DeathWords, pronoun: str) -> tuple[int, int, int, int] | None:
    """The same where a sentence only begins with it: "After his death from poisoning"."""
    for first, last in sentence_spans(text):
        plain = folded(text[first:last])
        match = words.after.match(plain) if len(plain) == last - first else None
        if match is not None and match["whose"] in words.owners.get(pronoun, ()):
            return first + match.start("told"), first + match.end("told"), first, last
    return None


def _end(plain: str, match: re.Match[str], words: DeathWords) -> int:
    """Where what tells it ends in a sentence: with its clause, at a comma where that is long."""
    stop = words.stops.search(plain, match.end())
    end = stop.start() if stop else len(plain.rstrip())
    if end - match.start() > LONGEST_TOLD:
        commas = (each.start() for each in re.finditer(",", plain[: match.start() + LONGEST_TOLD]))
        end = max((at for at in commas if at >= match.end()), default=end)
    return max(end, match.end())


def _year_of_death(text: str) -> str:
    """The year in which somebody died, by the brackets at the beginning; "" where that is not told."""
    for _, parts in brackets(text):
        if len(parts) == 2 and days(parts[0]) and days(parts[1]):
            years = re.findall(r"(?<!\d)\d{3,4}(?!\d)", parts[1])
            return years[-1] if years else ""
    return ""


def _pronoun(text: str, words: DeathWords) -> str:
    """The word by which an article goes on about its person: that of `subject` which it says most often."""
    said = re.findall(r"[^\W\d_]+", folded(text[:LONGEST_OPENED]))
    return max(words.subject, key=said.count)


def _begins(pronoun: str, name: str) -> re.Pattern[str]:
    """How a sentence begins that is about somebody: behind a time or a place at the most."""
    parts = [folded(part) for part in name.split() if len(part) >= SHORTEST_NAME]
    names = {folded(name), *parts[-1:], *(parts[:1] if len(parts) == 1 else ())}
    who = "|".join(map(re.escape, sorted({*names, pronoun}, key=lambda each: (-len(each), each))))
    opening = rf"(?:[^,.;:()]{{2,{LONGEST_OPENING}}}, )?"
    behind = r", [^,.;]{1,40}, |\s*\([^()]*\)\s*| (?:later|then|eventually|finally|himself|herself) | "
    return re.compile(rf"\s*{opening}(?:{who})(?:{behind})")


@cache
def death_words(language: str) -> DeathWords | None:
    """The words of a language; None where it has none."""
    entry = _table().get(language)
    if entry is None:
        return None
    died, of, causes, ended = ("|".join(entry[name]) for name in ("died", "of", "causes", "ended"))
    within = rf"[^.;]{{0,{LONGEST_BETWEEN}}}?"
    near = rf"(?:{died})(?: {within}[,\d)])? (?P<near>{of}) (?!\d)"
    return DeathWords(
        asked=tuple(re.compile(re.escape(each).replace(re.escape("~"), "(.{2,60}?)")) for each in entry["asked"]),
        subject=tuple(entry["subject"].split()),
        died=re.compile(rf"(?:\w+ly )?(?:{near}|(?:{died})\b{within}\s(?P<cause>{causes})\b|(?P<ended>{ended})\b)"),
        hedged=frozenset(entry["hedged"].split()),
        stops=re.compile(entry["stops"]),
        after=re.compile(entry["after"]),
        owners={own: tuple(several.split()) for own, several in entry["owners"].items()},
    )


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("deaths.toml").read_text("utf-8"))
