"""Yes or no in a script without spaces, by a sentence of the article on the thing that says, or denies, what is asked.

"熊猫有尾巴吗" is answered by "熊猫有短尾巴". The question is read as a thing that it names and what follows it; a
sentence says the same where a clause begins with the thing, or near the beginning of its article with a pronoun, and
goes on

1. with "is" and a noun that ends the clause as the question's does: what stands before a noun only describes it;
2. with "has" and what the question says it has;
3. with just the letters of the question.

It is denied where a word that denies stands before that, and nothing describes the noun: "不是最大的城市" may be a city
all the same. Whatever narrows or doubts it, asks it, or tells a tale, tells nothing. The words stand
in `deeds_unspaced.toml`; of languages that it lacks nothing is told. Nothing that can be written raises.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from galactica.ask.asked import Asked
from galactica.ask.claimed.telling import Reckoned
from galactica.ask.claimed.words import reckoning_words
from galactica.ask.evidence import cite, sentence_spans
from galactica.ask.holdings import ClaimedThings, Page
from galactica.ask.kinds import Kind
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import primary
from galactica.model import Position

RIGHT = 0.85
"""How likely such an answer is right: a guess, for there are too few questions to count."""

BEGINNING = 600
"""Characters of an article in which a pronoun at the beginning of a sentence is its thing."""

LONGEST_QUESTION = 40
"""Characters of a question that is read so."""

LONGEST_SENTENCE = 200
"""Characters of a sentence; longer ones say too much at once."""

FEW = 4
"""Letters that may describe what a thing has without a word that joins them to it."""

MOST_TEXT = 60_000
"""Characters of an article that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnspacedDeeds:
    """The words of one language; what they are says `deeds_unspaced.toml`."""

    asks: re.Pattern[str]
    whether: tuple[tuple[str, str], ...]
    being: str
    having: str
    pronouns: str
    between: str
    aside: str
    denying: str
    doubting: re.Pattern[str]
    narrowing: str
    other: str
    none: str
    no_having: str
    joined: str
    ends: str
    of: str


def affirmed_unspaced(asked: Asked, things: ClaimedThings) -> Reckoned | None:
    """Whether what a question asks about is so, by a sentence of the article on its thing; mostly not told."""
    question = asked.question.plain
    language = primary(question.language)
    words, answers = _words(language), reckoning_words(question.language)
    if words is None or answers is None or question.kind is not Kind.YES_NO or question.most is not None:
        return None
    text = _plain(question.text)
    if len(text) > LONGEST_QUESTION or not unspaced(text):
        return None
    text = words.asks.sub("", text)
    for whether, plain in words.whether:
        text = text.replace(whether, plain)
    for name in asked.names:
        called = _plain(name.stands)
        said = text[len(called) :] if text.startswith(called) else ""
        page = asked.holdings.page(*name.place) if len(said) > 1 else None
        if page is None or primary(page.article.language) != language:
            continue
        told = list(_telling(page, called, said, words))
        if not told or len({so for _, _, so in told}) > 1:
            return None  # what one sentence says and another one denies is not told
        start, end, so = told[0]
        quoted = cite(page, start, end)
        value = Position(
            value=" ".join(quoted.quote.split()), citations=(quoted,), support=RIGHT, of=page.article.title
        )
        return Reckoned(text=answers.yes if so else answers.no, values=(value,), confidence=RIGHT)
    return None


def _telling(page: Page, called: str, said: str, words: UnspacedDeeds) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether it is so) of the sentences that tell."""
    names = {called, _plain(re.sub(r"\s*[(（][^()（）]*[)）]\Z", "", page.article.title))}
    own = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    says, denies = _ways(said, words)
    for start, end in sentence_spans(page.text, 0, min(len(page.text), MOST_TEXT)):
        text = _BRACKETS.sub("", _plain(page.text[start:end]))
        asks = page.text[:end].rstrip(' \n”"').endswith(("?", "？")) or any(
            whether in text for whether, _ in words.whether
        )
        if asks or len(text) > LONGEST_SENTENCE or "\t" in text or words.doubting.search(text):
            continue
        thing = f"{own}|{words.pronouns}" if start < BEGINNING else own
        aside = rf"(?:[，,](?:{words.aside})[^，,。；;]{{1,30}}[，,])?"
        begins = rf"(?:^|[，,；;])(?:{thing}){aside}(?:{words.between}){{0,3}}"
        if re.search(begins + denies, text):
            yield start, end, False
        elif re.search(begins + says, text):
            yield start, end, True


def _ways(said: str, words: UnspacedDeeds) -> tuple[str, str]:
    """Patterns of what says it, and of what denies it, behind the thing."""
    within = rf"{_letter(words)}*?"
    verb = next((each for each in (words.being, words.having) if re.match(each, said)), "")
    if not verb:
        told = rf"{re.escape(said)}(?:{words.ends}|(?={words.of}))"
        return told, rf"(?:{words.denying}){told}"
    rest = re.sub(rf"^(?:{verb})", "", said)
    noun = rf"{words.other}{re.escape(rest)}{words.ends}"
    denied = rf"(?:{words.none})?{re.escape(rest)}{words.ends}"
    if verb == words.having:
        few = rf"(?:{_letter(words)}{{0,{FEW}}}|{within}{words.joined})"
        return rf"(?:{verb})(?!{words.no_having}){few}{noun}", rf"(?:{words.denying})(?:{verb})?{denied}"
    return rf"(?:{verb}){within}{noun}", rf"(?:{words.denying})(?:{verb}){denied}"


def _letter(words: UnspacedDeeds) -> str:
    """A letter of a clause with which nothing begins that makes a noun another."""
    return rf"(?:(?!{words.narrowing})[^，,。；;：:！!？?])"


def _plain(text: str) -> str:
    return folded(fold_han(text)).strip(" ?？。!！")


_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


@cache
def _words(language: str) -> UnspacedDeeds | None:
    entry = tomllib.loads(files(__package__).joinpath("deeds_unspaced.toml").read_text("utf-8")).get(language)
    if entry is None:
        return None
    return UnspacedDeeds(
        asks=re.compile(entry["asks"]),
        whether=tuple((each.split(":")[0], each.split(":")[1]) for each in entry["whether"].split()),
        being=_any(entry["being"]),
        having=_any(entry["having"]),
        pronouns=_any(entry["pronouns"]),
        between=_any(entry["between"]),
        aside=_any(entry["aside"]),
        denying=_any(entry["denying"]),
        doubting=re.compile(_any(entry["doubting"])),
        narrowing=_any(entry["narrowing"]),
        other="".join(rf"(?<!{word})(?<!{word}的)" for word in entry["other"].split()),
        none=entry["none"],
        no_having=entry["no_having"],
        joined=entry["joined"],
        ends=entry["ends"],
        of=entry["of"],
    )


def _any(words: str) -> str:
    return "|".join(re.escape(fold_han(word)) for word in sorted(words.split(), key=lambda word: (-len(word), word)))
