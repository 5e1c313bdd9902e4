"""In which language is this question? By its small words; a guess that says when it does not know.

A script that one language alone is written in says it by itself. In Latin, Cyrillic, Arabic and Devanagari letters
every language of `tongues.toml` counts its small words that occur, each the more, the fewer languages share it, and
letters that few of them have. The best one is the guess where it is clearly best; two languages that are as good
(Danish or Norwegian) are settled by what the caller expects, else neither is said. Without any small word nothing is
known: a name, or a language that is not in the table.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from galactica.codes.letters import unaccented

UNKNOWN = "und"

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

SELDOM = 0.8
_SELDOM = frozenset("af lb az uz bho mai sa mk ky tg ht mg jv yo zu so ha br la eo sd ckb ug gl eu ga cy be".split())
LESS = 0.85
_LESS = frozenset("bg sr mr ne sk sl hr nb da ca".split())
"""What words count for languages in which far less is asked than in a near relative of theirs with the same words."""

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

_JAPANESE = 0.1
"""Share of kana among Han and kana from which a text is Japanese."""

_LETTERS = {
    "ß": "de",
    "ñ¿¡": "es",
    "șțţ": "ro",
    "ă": "ro vi",
    "ğ": "tr az",
    "ı": "tr az",
    "ə": "az",
    "ơưạảấầẩẫậắằẳẵặẹẻẽế": "vi",
    "ềểễệọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ": "vi",
    "đ": "vi hr",
    "łźż": "pl",
    "ąę": "pl lt",
    "ćń": "pl hr",
    "ő": "hu",
    "ű": "hu",
    "ãõ": "pt",
    "ç": "fr pt ca tr sq az",
    "œ": "fr",
    "ù": "fr it",
    "ê": "fr pt vi",
    "ò": "it ca ht",
    "ì": "it",
    "å": "sv da nb",
    "ø": "da nb",
    "æ": "da nb is",
    "ř": "cs",
    "ů": "cs",
    "ě": "cs",
    "ľĺŕ": "sk",
    "ķļņģ": "lv",
    "ėųį": "lt",
    "ðþ": "is",
    "õ": "et pt",
    "ħġż": "mt",
    "ŵŷ": "cy",
    "ĝĵŝŭĉĥ": "eo",
    "ẹọṣ": "yo",
    "ë": "sq nl lb",
    "їєґ": "uk",
    "і": "uk be kk",
    "ў": "be",
    "ыэ": "ru be kk ky mn",
    "ъ": "bg ru",
    "ђћљњџ": "sr",
    "ќѓѕ": "mk",
    "ј": "sr mk",
    "қғәұһ": "kk",
    "ңүө": "kk ky mn",
    "ӣӯҷҳ": "tg",
    "پچژگ": "fa ur ps ckb",
    "ٹڈڑںہھے": "ur",
    "ښږځڅ": "ps",
    "ێۆڕڵ": "ckb",
    "ةىإأ": "ar",
    "ڪڻ": "sd",
    "ۇۈۋې": "ug",
    "ळ": "mr",
}
"""Letters → the languages that write with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What each word and letter of one script counts for which languages."""

    words: dict[str, dict[str, float]]
    order: tuple[str, ...]


def spoken(text: str, expected: Collection[str] = ("en",)) -> str:
    """The tag of the language that a question or a short text is in; "" where nothing tells it (a name, a number);
    `UNKNOWN` where several are as likely and none of them is expected.

    Args:
        expected: languages that are likelier than others, for instance those of a library; primary tags.
    """
    text = text[:LONGEST]
    script = script_of(text)
    known = _tables().get(script)
    if known is None:
        return script
    scores = _scores(text, known)
    if not scores:
        return ""
    close = {tag: score + EXPECTED * (tag in expected) for tag, score in scores.items()}
    best, *others = sorted(close, key=lambda tag: (-close[tag], known.order.index(tag)))
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


def small_words(tag: str) -> frozenset[str]:
    """The small words of a language, without accents; none where the table has no such language."""
    return _small().get(tag, frozenset())


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
    return {
        tag: score * (SELDOM if tag in _SELDOM else LESS if tag in _LESS else 1.0)
        for tag, score in scores.items()
        if tag in known.order
    }


@cache
def _tables() -> dict[str, _Known]:
    table = tomllib.loads(files(__package__).joinpath("tongues.toml").read_text("utf-8"))
    return {script: _read(languages) for script, languages in table.items()}


def _read(languages: dict[str, str]) -> _Known:
    shared: dict[str, dict[str, float]] = {}
    for tag, words in languages.items():
        for word in dict.fromkeys(words.split()):
            shared.setdefault(word, {})[tag] = 1.0
    for word, tags in [*shared.items()]:
        plain = unaccented(word)
        if plain != word:
            for tag in tags:
                shared.setdefault(plain, {}).setdefault(tag, PLAIN)
    return _Known(
        words={word: {tag: count / len(tags) for tag, count in tags.items()} for word, tags in shared.items()},
        order=tuple(languages),
    )


@cache
def _small() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files(__package__).joinpath("tongues.toml").read_text("utf-8"))
    return {
        tag: frozenset(map(unaccented, words.split())) for script in table.values() for tag, words in script.items()
    }


@cache
def _writing() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for letters, tags in _LETTERS.items():
        for letter in letters:
            found[letter] = tuple(dict.fromkeys((*found.get(letter, ()), *tags.split())))
    return found


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(f"[{characters}]")) for name, characters in _SCRIPTS)
