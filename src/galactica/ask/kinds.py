"""What kinds of things are asked for, and by which words each language asks for them.

The words stand in the languages' files under `questions`; a language that says nothing there is not asked in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.codes.on_demand import OnDemand
from galactica.languages import by_language, primary, small_words


class Kind(StrEnum):
    """What kind of thing is asked for."""

    PERSON = "person"
    PLACE = "place"
    DATE = "date"
    NUMBER = "number"
    MEASURE = "measure"
    DEFINITION = "definition"
    REASON = "reason"
    MANNER = "manner"
    YES_NO = "yes_no"
    LIST = "list"
    NAME = "name"
    OTHER = "other"


ORDER = (Kind.MEASURE, Kind.NUMBER, Kind.DATE, Kind.REASON, Kind.PLACE, Kind.PERSON, Kind.LIST, Kind.MANNER)
"""Kinds that have phrases, in the order in which they are tried; of a longer phrase and a shorter the longer counts."""

NOUNS = (Kind.DATE, Kind.MEASURE, Kind.NUMBER, Kind.PERSON, Kind.PLACE)
"""Kinds that have nouns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLanguage:
    """What a language's file says under `questions` (`languages/data/README.md`), its words as `lower` makes them;
    `common` and `asking` folded too.

    Attributes:
        letters: what is no accented letter but one of its own, kept apart ("vilket år" and "vilket är" in Swedish).
    """

    tag: str
    letters: str
    spaced: bool
    common: frozenset[str]
    articles: frozenset[str]
    called: frozenset[str]
    which: re.Pattern[str]
    before: bool
    asks: tuple[tuple[Kind, re.Pattern[str]], ...]
    nouns: dict[str, Kind]
    yes_no: re.Pattern[str]
    what_is: tuple[re.Pattern[str], ...]
    copula: re.Pattern[str]
    asking: frozenset[str]

    def lower(self, text: str) -> str:
        """A text as its words are looked for in it: folded but for the letters that are kept, exactly as long."""
        return _lower(text, self.letters)


def common_words(tag: str) -> frozenset[str]:
    """Words of a language that say nothing by themselves, folded; those of English where nothing is known of it."""
    known = asked_languages()
    return known[primary(tag)].common if primary(tag) in known else small_words(primary(tag)) or known["en"].common


@cache
def common_unspaced() -> frozenset[str]:
    """The common words in scripts without spaces, of all languages that have any."""
    tags = [tag for tag, entry in by_language("questions").items() if unspaced(str(entry["common"]))]
    return frozenset(word for tag in tags for word in asked_languages()[tag].common if unspaced(word))


@cache
def asked_languages() -> Mapping[str, AskedLanguage]:
    """Language → its words, read when the language is first looked up."""
    entries = by_language("questions")
    return OnDemand(entries, lambda tag: _read(tag, entries[tag]))


def _read(tag: str, entry: dict[str, object]) -> AskedLanguage:
    letters = str(entry.get("letters", ""))

    def words(name: str, letters: str = letters) -> list[str]:
        return _lower(str(entry.get(name, "")), letters).split()

    def phrases(name: str) -> list[str]:
        return _phrases(str(entry.get(name, "")), letters)

    spaced = not unspaced(str(entry["common"]))
    asks = entry.get("ask", {})
    nouns = entry.get("noun", {})
    assert isinstance(asks, dict)
    return AskedLanguage(
        tag=tag,
        letters=letters,
        spaced=spaced,
        common=frozenset([*words("common"), *words("common", "")]),
        articles=frozenset(words("articles")),
        called=frozenset(words("called")),
        which=_any(phrases("which"), spaced),
        before=entry.get("side") == "before",
        asks=tuple((kind, _any(_phrases(asks.get(kind, ""), letters), spaced)) for kind in ORDER),
        nouns={
            word: kind
            for kind in NOUNS
            for word in _lower(nouns.get(kind, "") if isinstance(nouns, dict) else "", letters).split()
        },
        yes_no=_any(
            phrases("yes_no"),
            spaced,
            first=spaced and not entry.get("yes_no_anywhere") and not entry.get("yes_no_last"),
            last=bool(entry.get("yes_no_last")),
        ),
        what_is=tuple(_what_is(phrase, spaced) for phrase in phrases("what_is")),
        copula=_any(phrases("copula"), spaced),
        asking=frozenset(word for kind in ORDER for phrase in _phrases(asks.get(kind, "")) for word in phrase.split()),
    )


def _phrases(text: str, letters: str = "") -> list[str]:
    return [" ".join(_lower(phrase, letters).split()) for phrase in text.split("|") if phrase.strip()]


def _lower(text: str, letters: str) -> str:
    simple = fold_han(text)
    plain = folded(simple)
    if not letters:
        return plain
    return "".join(own if own in letters else other for own, other in zip(map(str.lower, simple), plain, strict=True))


def _any(phrases: Iterable[str], spaced: bool, *, first: bool = False, last: bool = False) -> re.Pattern[str]:
    """Any of some phrases, the longest of those that begin alike; `first`: only at the beginning; `last`: only at the
    end, with a word behind it at most."""
    ordered = sorted(map(re.escape, phrases), key=lambda phrase: (-len(phrase), phrase))
    if not ordered:
        return re.compile(r"(?!)")
    body = "|".join(phrase.replace(r"\ ", r"\s+") for phrase in ordered)
    if not spaced:
        return re.compile(body)
    begin = r"^[\W_]*" if first else ""
    end = r"(?:[\W_]+[^\W_]+)?[\W_]*$" if last else ""
    return re.compile(rf"{begin}(?<![^\W_])(?:{body})(?![^\W_]){end}")


def _what_is(phrase: str, spaced: bool) -> re.Pattern[str]:
    before, gap, behind = phrase.partition("~")
    space = r"\s+" if spaced else r"\s*"
    left = re.escape(before.strip()) + (space if before.strip() else "")
    right = (space if gap and behind.strip() else "") + re.escape(behind.strip())
    return re.compile(rf"[\W_]*{left}(?P<name>.+?){right}[\W_]*")
