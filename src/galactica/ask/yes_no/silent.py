"""When does a sentence say nothing? Where it asks, reports, wishes, plans, sets a condition, or tells a tale.

Whoever looks for a sentence that says or denies something asks this first. The words stand in `silent.toml`, by
language, for scripts with and without spaces; those for reports, plans and attempts in English are those of
`worded.toml`. What denies is told by the words of `languages` (`denying`).
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from galactica.ask.wording_words import wording_words
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import facts

LONGEST = 500
"""Characters of a sentence; longer ones say too much at once."""

STEM = 4
"""Letters at the beginning of a word by which "films" is known from "film"."""

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）")
_QUOTES = "\"'“”‘’「」『』 \n"


def without_asides(text: str, blank: str = " ") -> str:
    """A sentence with blanks for what stands in brackets; with " " it stays as long."""
    return _BRACKETS.sub(lambda match: blank * len(match[0]), text)


def says_nothing(text: str, language: str, question: str) -> bool:
    """Whether a sentence says nothing outright, whatever stands in it.

    Args:
        language: primary tag of the sentence's.
        question: whose words for a tale do not make one: "is X in the film Y".
    """
    if len(text) > LONGEST or "\t" in text or text.rstrip(_QUOTES).endswith(("?", "？")):
        return True
    return tells_less(text, language, question)


def tells_less(text: str, language: str, question: str) -> bool:
    """The same of what may be no sentence: whether it tells less than a fact."""
    hedged, tales = _patterns(language)
    shown = without_asides(text).lstrip()
    plain, asked = folded(fold_han(shown)), folded(fold_han(question))
    named = len(plain) == len(shown)  # else no letter stands where it stood
    for match in hedged.finditer(plain):
        month = named and match.start() and shown[match.start()].isupper()  # "May 1850"
        if not month and not plain[match.end() :].lstrip()[:1].isdigit():  # "nearly 700 ships"
            return True
    return any(match["tale"][:STEM] not in asked for match in tales.finditer(plain))


@cache
def denying_pattern(language: str) -> str:
    """A pattern of what denies what stands behind it, in a script without spaces: 不, 没有, 并非."""
    own = tomllib.loads(files(__package__).joinpath("silent.toml").read_text("utf-8"))[language]
    words = facts(language)["denying"]["words"]
    return rf"(?:{any_word(own['before_denying'])})?(?:{any_word(words)})(?:{any_word(own['behind_denying'])})?"


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """(what makes a sentence less than a fact, where it tells of what is in a tale)."""
    entry, words = tomllib.loads(files(__package__).joinpath("silent.toml").read_text("utf-8")), wording_words(language)
    own = entry.get(language, {"hedged": "", "tales": "", "told_in": ""})
    hedged = {*own["hedged"].split(), *(words.reporting if words is not None else ())}
    tale, told_in = f"(?P<tale>{any_word(own['tales'])})", any_word(own["told_in"])
    if unspaced("".join(sorted(hedged))):
        return re.compile(any_word(" ".join(hedged))), re.compile(f"{tale}(?:{told_in})")
    inside = rf"(?<!\w)(?:{told_in})(?:\W+\w+){{0,5}}?\W+{tale}(?!\w)"
    return re.compile(rf"(?<!\w)(?:{any_word(' '.join(hedged))})(?!\w)"), re.compile(inside)


def any_word(words: str) -> str:
    """A pattern of any of some words, the longest first; of none where there are none."""
    every = sorted({folded(fold_han(word)) for word in words.split()}, key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, every)) or r"(?!)"
