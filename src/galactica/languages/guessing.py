"""In which language is this question? By its small words; a guess, and "unknown" where they do not tell.

A script that one language alone is written in says it by itself. In Latin, Cyrillic, Arabic and Devanagari letters
every language whose file has a head `guess` counts its small words that occur, each the more, the fewer languages share
it, and letters that few of them have, all times how often something is asked in it beside its relatives (`prior`). The
best one is the guess where it is clearly best; two languages that are as good (Danish or Norwegian) are settled by what
the caller expects, else neither is said. Without any small word nothing is known: a name, or a language that has no
such head.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from galactica.codes.letters import unaccented
from galactica.languages.tables import FIRST, by_language, facts

UNKNOWN = "und"
"""Several languages are as likely."""

NOTHING = ""
"""Nothing tells the language."""

LONGEST = 2_000
"""Characters that are looked at."""

LETTER = 0.5
"""What a letter that few languages have counts, beside a word that no other language has."""

PLAIN = 0.5
"""What a word counts that is written without its accents."""

CLEARLY = 0.05
"""By how much the best must be ahead of the next."""

EXPECTED = 0.2
"""What it counts that a language is expected, beside a word that no other language has."""

NAMED = 0.3
"""What a word counts that is written with a capital inside a sentence: it may be part of a name ("Doctor Who")."""

_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f\u0900-\u0dff\u200c]+[^\W\d_]*)*")

_SCRIPTS = (
    ("Latin", "A-Za-z\u00aa-\u024f\u1e00-\u1eff"),
    ("Cyrillic", "\u0400-\u052f"),
    ("Arabic", "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"),
    ("Devanagari", "\u0900-\u097f"),
    ("ja", "\u3041-\u30ff"),
    ("zh", "\u3400-\u9fff\U00020000-\U0003ffff"),
    ("ko", "\u1100-\u11ff\uac00-\ud7af"),
    ("el", "\u0370-\u03ff\u1f00-\u1fff"),
    ("he", "\u0590-\u05ff"),
    ("th", "\u0e00-\u0e7f"),
    ("lo", "\u0e80-\u0eff"),
    ("hy", "\u0530-\u058f"),
    ("ka", "\u10a0-\u10ff\u1c90-\u1cbf"),
    ("am", "\u1200-\u139f"),
    ("bn", "\u0980-\u09ff"),
    ("pa", "\u0a00-\u0a7f"),
    ("gu", "\u0a80-\u0aff"),
    ("or", "\u0b00-\u0b7f"),
    ("ta", "\u0b80-\u0bff"),
    ("te", "\u0c00-\u0c7f"),
    ("kn", "\u0c80-\u0cff"),
    ("ml", "\u0d00-\u0d7f"),
    ("si", "\u0d80-\u0dff"),
    ("my", "\u1000-\u109f"),
    ("km", "\u1780-\u17ff"),
    ("bo", "\u0f00-\u0fff"),
)
"""Scripts, and those that stand for one language, with their character class."""

_SHARED = {"Latn": "Latin", "Cyrl": "Cyrillic", "Arab": "Arabic", "Deva": "Devanagari"}
"""Scripts that languages share, by their code of ISO 15924."""

_LATIN = frozenset(("Latin",))

_JAPANESE = 0.1
"""Share of kana among Han and kana from which a text is Japanese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What each word of one script counts for which languages, and the priors of these."""

    words: dict[str, dict[str, float]]
    priors: dict[str, float]


def guess(text: str, expected: Sequence[str] = (FIRST,)) -> str:
    """The language that a question or a short text is in; `NOTHING` where nothing tells it (a name, a number);
    `UNKNOWN` where several are as likely and none of them is expected.

    Args:
        expected: languages that are likelier than others, for instance those of a library; primary tags, the likeliest
            first.
    """
    text = text[:LONGEST]
    script = script_of(text)
    known = _tables().get(script)
    if known is None:
        return script
    scores = _scores(text, known)
    if not scores:
        return NOTHING
    close = {tag: score + EXPECTED * (tag in expected) for tag, score in scores.items()}
    place = {tag: at for at, tag in enumerate(dict.fromkeys(expected))}
    best, *others = sorted(close, key=lambda tag: (-close[tag], place.get(tag, len(place)), tag))
    as_good = [tag for tag in others if close[tag] > close[best] - CLEARLY]
    return UNKNOWN if as_good and best not in expected else best


def script_of(text: str) -> str:
    """The script that most letters are of: the language for which it stands, or "Latin", "Cyrillic", "Arabic",
    "Devanagari"; "" for others, or without letters."""
    counts = {name: len(found) for name, script in _patterns() if (found := script.findall(text))}
    kana, han = counts.get("ja", 0), counts.get("zh", 0)
    if kana > _JAPANESE * (kana + han):
        counts["ja"] = kana + counts.pop("zh", 0)
    if any(name in counts for name in ("ja", "zh", "ko", "th", "lo", "km", "my")):
        for name in ("Latin", "Cyrillic"):
            counts[name] = counts.get(name, 0) // 4  # a word of one of these is as long as three of their letters
    return max(counts, key=lambda name: counts[name], default="")


def scripts_in(text: str) -> frozenset[str]:
    """The scripts of the letters of a text, as `script_of` calls them, others by the first word of their letters' names
    in Unicode; Han and kana are two."""
    if text.isascii():
        return _LATIN if any(map(str.isalpha, text)) else frozenset()
    return frozenset(map(_script_of_letter, set(text))) - {""}


@lru_cache(maxsize=16_384)
def _script_of_letter(character: str) -> str:
    if unicodedata.category(character) not in ("Lu", "Ll", "Lt", "Lo"):
        return ""  # marks and signs that modify letters stand in words of many scripts
    named = unicodedata.name(character, "").partition(" ")[0].title()
    return next((name for name, script in _patterns() if script.match(character)), named)


def shared_script(tag: str) -> str:
    """The script of a language as `script_of` calls those that languages share; "" for other scripts."""
    return _SHARED.get(facts(tag).get("script", ""), "")


@cache
def small_words(tag: str) -> frozenset[str]:
    """The small words of a language, without accents; none where the table has no such language."""
    return frozenset(map(unaccented, facts(tag).get("guess", {}).get("words", "").split()))


def _scores(text: str, known: _Known) -> dict[str, float]:
    scores: dict[str, float] = {}
    lower = text.lower().replace("i\u0307", "i")
    mixed = text not in (lower, text.upper())
    words: dict[str, float] = {}
    for place, word in enumerate(_WORD.findall(text)):
        small = word.lower().replace("i\u0307", "i")
        words.setdefault(small, NAMED if mixed and place and small != word else 1.0)
    for word, share in words.items():
        for tag, counts in known.words.get(word, {}).items():
            scores[tag] = scores.get(tag, 0.0) + share * counts
    for letter in set(lower):
        tags = _writing().get(letter, ())
        for tag in tags:
            scores[tag] = scores.get(tag, 0.0) + LETTER / len(tags)
    return {tag: score * known.priors[tag] for tag, score in scores.items() if tag in known.priors}


@cache
def _tables() -> dict[str, _Known]:
    """Script that languages share → what is known of those of them that have a head `guess`."""
    by_script: dict[str, dict[str, dict[str, Any]]] = {}
    for tag, entry in by_language("guess").items():
        by_script.setdefault(_SHARED[facts(tag)["script"]], {})[tag] = entry
    return {script: _read(entries) for script, entries in by_script.items()}


def _read(entries: dict[str, dict[str, Any]]) -> _Known:
    shared: dict[str, dict[str, float]] = {}
    for tag, entry in entries.items():
        for word in dict.fromkeys(entry["words"].split()):
            shared.setdefault(word, {})[tag] = 1.0
    for word, tags in [*shared.items()]:
        plain = unaccented(word)
        if plain != word:
            for tag in tags:
                shared.setdefault(plain, {}).setdefault(tag, PLAIN)
    return _Known(
        words={word: {tag: count / len(tags) for tag, count in tags.items()} for word, tags in shared.items()},
        priors={tag: float(entry.get("prior", 1.0)) for tag, entry in entries.items()},
    )


@cache
def _writing() -> dict[str, tuple[str, ...]]:
    """Letter that few languages have → those that write with it."""
    found: dict[str, tuple[str, ...]] = {}
    for tag, entry in by_language("guess").items():
        for letter in dict.fromkeys(entry.get("letters", "")):
            found[letter] = (*found.get(letter, ()), tag)
    return found


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(f"[{characters}]")) for name, characters in _SCRIPTS)
