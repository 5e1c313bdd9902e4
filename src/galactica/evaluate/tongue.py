"""In which language are these questions? By the option, the name of the file, or the script; only a guess.

The language decides how results are grouped and whether a title can be compared, never whether an answer is right.
A script names the language that public sets of questions have in it (Cyrillic: Russian, Arabic: Arabic). Latin letters
are English where half of the questions hold one of its commonest words, else "und".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from galactica.errors import UsageError
from galactica.languages import iso_639_3, tag_of_list

_SCRIPTS = {
    "Latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "zh": "\u3400-\u9fff\U00020000-\U0003ffff",
    "ja": "\u3040-\u30ff",
    "ko": "\u1100-\u11ff\uac00-\ud7af",
    "ru": "\u0400-\u052f",
    "el": "\u0370-\u03ff",
    "ar": "\u0600-\u06ff",
    "he": "\u0590-\u05ff",
    "hi": "\u0900-\u097f",
    "th": "\u0e00-\u0e7f",
}
_COUNTED = {name: re.compile(f"[{characters}]") for name, characters in _SCRIPTS.items()}
_JAPANESE = 0.1
"""Share of kana among Han and kana from which text is Japanese: it has about half, Chinese none."""

_ENGLISH = re.compile(r"\b(?:the|of|is|what|who|was|did|how|which|are|does)\b", re.IGNORECASE)
_LOOKED_AT = 1_000
"""Questions that are looked at."""


def language_of(name: str, texts: Iterable[str], said: str = "") -> str:
    """The language of the questions in the file called `name`; `said` (the option) is believed where given.

    Raises:
        UsageError: `said` is no tag.
    """
    if not said:
        return language_in_name(name) or language_by_script(texts)
    tag = tag_of_list(said)
    if tag in ("und", "mul") and tag != said:
        raise UsageError(f"{said[:40]} names no language.", "Write a tag of BCP 47, for instance en or zh-Hant.")
    return tag


def language_in_name(name: str) -> str:
    """The language that a file's name says between two dots ("xquad.zh.A.json"); "" where it says none."""
    for part in name.split(".")[1:-1]:
        if re.fullmatch("[a-z]{2}(?:-[A-Za-z]{2,4})?", part) and iso_639_3(part) != "und":
            return tag_of_list(part)
    return ""


def language_by_script(texts: Iterable[str]) -> str:
    """The language that most letters speak for; "und" where none does."""
    looked = [text for text, _ in zip(texts, range(_LOOKED_AT), strict=False)]
    script = script_of(looked)
    if script != "Latin":
        return script
    english = sum(_ENGLISH.search(text) is not None for text in looked)
    return "en" if 2 * english >= len(looked) else "und"


def script_of(texts: Iterable[str]) -> str:
    """ "Latin", or the language that stands for another script; "und" without letters."""
    letters = "".join(texts)[: 200 * _LOOKED_AT]
    counts = Counter({name: len(found) for name, one in _COUNTED.items() if (found := one.findall(letters))})
    if not counts:
        return "und"
    if counts["ja"] > _JAPANESE * (counts["ja"] + counts["zh"]):
        counts["ja"] += counts["zh"]
    return counts.most_common(1)[0][0]
