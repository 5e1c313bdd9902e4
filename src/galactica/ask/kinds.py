"""What a question asks for: a person, a time, a number, what a thing is …; and the noun it asks by ("which river").

It is told from what the languages' files say under `questions`. Of a language that says nothing there nothing is told:
every question in it asks for `Kind.OTHER`. Nothing that can be typed raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import UNKNOWN, by_language, guess, primary, script_of, shared_script, small_words

MOST_NOUN = 3
"""Words after "which" among which the noun is looked for."""

LONGEST_NAME = 60
"""Characters of X in "What is X?"; a longer one is a question of its own."""

_MARKS = "\u0300-\u036f\u0900-\u0963\u0966-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*|['’.](?=[^\W_])[^\W_]+)*")
"""A word as it stands in a text, an abbreviation's inner points and an apostrophe's letters with it."""


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
class Sought:
    """What a question asks for.

    Attributes:
        kind: of thing.
        focus: the noun that it asks by, as it is written ("river"); "" where none stands there.
        name: X in "What is X?", as it is written; "" for other questions.
        tongue: the language that the question was read in.
    """

    kind: Kind
    focus: str = ""
    name: str = ""
    tongue: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
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


def sought(question: str, tongue: str) -> Sought:
    """What a question in a language asks for."""
    known = tongues().get(primary(tongue))
    if known is None:
        return Sought(kind=Kind.OTHER, tongue=tongue)
    text = fold_han(question).strip()
    lower = known.lower(text)
    name = _name(text, lower, known)
    if name:
        return Sought(kind=Kind.DEFINITION, name=name, tongue=known.tag)
    focus, of_noun = _noun(text, lower, known)
    kind = _asked(lower, known)
    if kind in (None, Kind.MANNER, Kind.LIST, Kind.PERSON) and of_noun is not None:
        kind = of_noun
    if kind is None and known.yes_no.search(lower):
        kind = Kind.YES_NO
    if kind is None:
        kind = Kind.NAME if known.which.search(lower) else Kind.OTHER
    return Sought(kind=kind, focus=focus, tongue=known.tag)


def tongue_of(question: str, languages: Sequence[str] = ()) -> str:
    """The language that a question is in, by its script and its small words (`languages.guess`); "und" where they speak
    for none clearly. What has no small words (a name, "population Nigeria") is read in the library's first language
    that is written in its script, else in English; a whole question without any, in none.

    Args:
        languages: tags of the library, the most frequent first.
    """
    own = list(map(primary, languages))
    found = guess(question, own or ("en",))
    if found:
        return found
    script = script_of(question)
    if script == "Latin" and question.rstrip().endswith("?") and len(WORD.findall(question)) > MOST_BARE:
        return UNKNOWN
    same = [tag for tag in (*own, *tongues()) if script and tag in tongues() and shared_script(tag) == script]
    return same[0] if same else "en" if not script else UNKNOWN


def common_words(tag: str) -> frozenset[str]:
    """Words of a language that say nothing by themselves, folded; those of English where nothing is known of it."""
    known = tongues()
    return known[primary(tag)].common if primary(tag) in known else small_words(primary(tag)) or known["en"].common


@cache
def tongues() -> dict[str, Tongue]:
    """Language → its words."""
    return {tag: _read(tag, entry) for tag, entry in by_language("questions").items()}


MOST_BARE = 3
"""Words that may stand in a question with a question mark but no small word, and be read in the library's language."""


def _asked(lower: str, known: Tongue) -> Kind | None:
    """The kind whose phrase is in the question; of several the one that begins first, of those the longest."""
    best: tuple[int, int, int] | None = None
    kind = None
    for place, (each, pattern) in enumerate(known.asks):
        match = pattern.search(lower)
        if match is not None:
            rank = (match.start(), -len(match[0]), place)
            if best is None or rank < best:
                best, kind = rank, each
    return kind


def _noun(text: str, lower: str, known: Tongue) -> tuple[str, Kind | None]:
    """The noun that goes with "which", and what kind of thing it stands for."""
    match = known.which.search(lower)
    if not known.spaced:
        return _unspaced_noun(text, lower, known, match)
    if match is None:
        return "", None
    if known.before:
        words = list(WORD.finditer(lower, 0, match.start()))[::-1]
    else:
        words = list(WORD.finditer(lower, match.end()))
        words = _without_copula(words, known)
    first = ""
    for word in words[:MOST_NOUN]:
        plain = word[0]
        if plain in known.common and plain not in known.nouns:
            break
        first = first or text[word.start() : word.end()]
        if plain in known.nouns:
            return text[word.start() : word.end()], known.nouns[plain]
    return first, None


def _without_copula(words: list[re.Match[str]], known: Tongue) -> list[re.Match[str]]:
    """Without "is the name of the" at the beginning."""
    at = 0
    while at < len(words) and at < 6 and (words[at][0] in known.common or words[at][0] in known.called):
        at += 1
    return words[at:]


def _unspaced_noun(text: str, lower: str, known: Tongue, match: re.Match[str] | None) -> tuple[str, Kind | None]:
    """The same where words are not separated: the longest known noun that stands next to "which", else what something
    owns that is asked for."""
    if match is not None:
        for noun in sorted(known.nouns, key=len, reverse=True):
            if known.before and lower.endswith(noun, 0, match.start()):
                return text[match.start() - len(noun) : match.start()], known.nouns[noun]
            if not known.before and lower.startswith(noun, match.end()):
                return text[match.end() : match.end() + len(noun)], known.nouns[noun]
    found = [match, *(pattern.search(lower) for _, pattern in known.asks)]
    asks = min((each.start() for each in found if each is not None), default=0)
    owned = _OWNED.search(lower, 0, asks)
    if owned is None:
        return "", None
    return text[slice(*owned.span(1))], known.nouns.get(owned[1])


_OWNED = re.compile(r"的([^\W\d_的]{1,6}?)(?:是|为|有|叫|叫做|在)*\Z")
"""What is asked of something in Chinese: 首都 of 波兰的首都是哪里."""


def _name(text: str, lower: str, known: Tongue) -> str:
    """X of "What is X?"; "" for any other question."""
    for pattern in known.what_is:
        match = pattern.fullmatch(lower)
        if match is None:
            continue
        start, end = match.span("name")
        name = text[start:end].strip(" ?？“”\"'「」《》.。")
        if not name or len(name) > LONGEST_NAME:
            continue
        words = WORD.findall(lower[start:end])
        while words and known.spaced and words[0] in known.articles:
            words, name = words[1:], name.partition(" ")[2]
        if known.spaced and (not words or len(words) > 4 or any(word in known.common for word in words)):
            continue
        if not known.spaced and any(word in lower[start:end] for word in ("的", "ของ", "哪", "谁")):
            continue
        return name
    return ""


def _read(tag: str, entry: dict[str, object]) -> Tongue:
    letters = str(entry.get("letters", ""))

    def words(name: str, letters: str = letters) -> list[str]:
        return _lower(str(entry.get(name, "")), letters).split()

    def phrases(name: str) -> list[str]:
        return _phrases(str(entry.get(name, "")), letters)

    spaced = not unspaced(str(entry["common"]))
    asks = entry.get("ask", {})
    nouns = entry.get("noun", {})
    assert isinstance(asks, dict)
    return Tongue(
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
        yes_no=_any(phrases("yes_no"), spaced, first=spaced and not entry.get("yes_no_anywhere")),
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


def _any(phrases: Iterable[str], spaced: bool, *, first: bool = False) -> re.Pattern[str]:
    """Any of some phrases, the longest of those that begin alike; `first`: only at the beginning."""
    ordered = sorted(map(re.escape, phrases), key=lambda phrase: (-len(phrase), phrase))
    if not ordered:
        return re.compile(r"(?!)")
    body = "|".join(phrase.replace(r"\ ", r"\s+") for phrase in ordered)
    if not spaced:
        return re.compile(body)
    begin = r"^[\W_]*" if first else ""
    return re.compile(rf"{begin}(?<![^\W_])(?:{body})(?![^\W_])")


def _what_is(phrase: str, spaced: bool) -> re.Pattern[str]:
    before, gap, behind = phrase.partition("~")
    space = r"\s+" if spaced else r"\s*"
    left = re.escape(before.strip()) + (space if before.strip() else "")
    right = (space if gap and behind.strip() else "") + re.escape(behind.strip())
    return re.compile(rf"[\W_]*{left}(?P<name>.+?){right}[\W_]*")
