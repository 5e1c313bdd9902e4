"""How hard a text is to read, in the languages for which somebody found out how to tell (`readability.toml`).

Flesch's reading ease and its children count words a sentence and syllables a word: 100 is easy, 0 hard, and texts go
beyond both. LIX (Björnsson) is words a sentence and the percentage of words of more than six letters: 20 is easy, 60
hard. Only paragraphs are looked at: lists and tables have no sentences. Elsewhere there is no figure, because
there is no formula; a figure that means nothing is worse than none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from galactica.codes.segment import sentences

WORDS, SENTENCES = 100, 3
"""Words and sentences from which a text is judged: Flesch's samples had a hundred words."""

LONG_WORD = 6
"""Letters above which LIX calls a word long."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingFormula:
    """What is known of a language.

    Attributes:
        flesch: base, weight of words a sentence, weight of syllables a word; () where there is no such formula.
        vowels: what each syllable has.
        silent: endings that sound like one and are none; None where there are no such.
        lix: whether LIX was tested for it.
        examples: words and their syllables.
    """

    flesch: tuple[float, ...]
    vowels: re.Pattern[str] | None
    silent: re.Pattern[str] | None
    lix: bool
    examples: dict[str, int]


@cache
def reading_formulas() -> dict[str, ReadingFormula]:
    """What is known of each language, by primary tag."""
    text = files("galactica.joining.quality").joinpath("readability.toml").read_text(encoding="utf-8")
    return {
        tag: ReadingFormula(
            flesch=tuple(of.get("flesch", ())),
            vowels=re.compile(of["vowels"]) if of.get("vowels") else None,
            silent=re.compile(of["silent"]) if of.get("silent") else None,
            lix=of["lix"],
            examples={word: int(count) for word, _, count in (each.partition(" ") for each in _listed(of))},
        )
        for tag, of in tomllib.loads(text).items()
    }


def _listed(of: dict[str, str]) -> list[str]:
    return of["examples"].split(" | ") if "examples" in of else []


class SentenceCounts:
    """How many sentences lines have; several rules ask for the same ones."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def of(self, line: str) -> int:
        """Of one line."""
        found = self._known.get(line)
        if found is None:
            found = self._known[line] = sum(1 for _ in sentences(line))
        return found


def readability_of(
    paragraphs: Sequence[str], language: str, within: SentenceCounts | None = None
) -> tuple[float | None, float | None]:
    """(reading ease, LIX) of a text in a language; None for what is not defined, or where there is too little text.

    Args:
        paragraphs: its paragraphs.
        language: primary tag.
        within: how many sentences lines have, as far as somebody asked before.
    """
    formula = reading_formulas().get(language)
    if formula is None:
        return None, None
    text = "\n".join(paragraphs)
    words = _WORD.findall(text)
    count = sum(map((within or SentenceCounts()).of, paragraphs))
    if len(words) < WORDS or count < SENTENCES:
        return None, None
    each_sentence = len(words) / count
    ease = None
    if formula.flesch:
        base, by_words, by_syllables = formula.flesch
        ease = base - by_words * each_sentence - by_syllables * syllables_of(text, formula) / len(words)
    long = sum(len(word) > LONG_WORD and _is_long(word) for word in words)
    return ease, each_sentence + 100 * long / len(words) if formula.lix else None


def _is_long(word: str) -> bool:
    return word.isalpha() or sum(map(len, _LETTERS.findall(word))) > LONG_WORD


def syllables_of(text: str, formula: ReadingFormula) -> int:
    """About how many syllables a text has."""
    text = text.casefold()
    found = sum(1 for _ in formula.vowels.finditer(text)) if formula.vowels else 0
    return found - (sum(1 for _ in formula.silent.finditer(text)) if formula.silent else 0)
