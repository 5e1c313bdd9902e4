"""In which language are these questions? By the option, the name of the file, or their words and script; only a guess.

The language decides how results are grouped and whether a title can be compared, never whether an answer is right. Most
questions must be in it (`languages.guess`); where none is told so, a script names the language that public sets of
questions have in it (Cyrillic: Russian, Arabic: Arabic), and Latin letters none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from galactica.errors import UsageError
from galactica.languages import UNKNOWN, guess, iso_639_3, tag_of_list
from galactica.languages import script_of as most_written

_LOOKED_AT = 1_000
"""Questions that are looked at."""

_MOST_CHARACTERS = 200 * _LOOKED_AT
"""Characters whose script is looked at: as many as that many questions have."""

_PUBLIC = {"Cyrillic": "ru", "Arabic": "ar", "Devanagari": "hi"}
"""Scripts that languages share → the one that most public sets of questions are in."""


def language_of(name: str, texts: Iterable[str], said: str = "") -> str:
    """The language of the questions in the file called `name`; `said` (the option) is believed where given.

    Raises:
        UsageError: `said` is no tag.
    """
    if not said:
        return language_in_name(name) or language_by_words(texts)
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


def language_by_words(texts: Iterable[str]) -> str:
    """The language that most questions are told to be in, else the one that their script names, else "und"."""
    looked = [text for text, _ in zip(texts, range(_LOOKED_AT), strict=False)]
    told = Counter(found for text in looked if (found := guess(text)) and found != UNKNOWN)
    for tag, count in told.most_common(1):
        if 2 * count >= len(looked):
            return tag
    script = main_script(looked)
    return "und" if script == "Latin" else script


def main_script(texts: Iterable[str]) -> str:
    """ "Latin", or the language that stands for another script; "und" without letters."""
    script = most_written("".join(texts)[:_MOST_CHARACTERS]) or "und"
    return _PUBLIC.get(script, script)
