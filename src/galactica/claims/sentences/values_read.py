"""What a stretch that stood in a slot says: a date as EDTF level 1, an amount as a decimal number with its unit.

Read by the hand that reads cells (`claims.times`, `claims.amounts_read`), with the words of the sentence's language:
those of its rules for "about", for large numbers and for units. A slot is read whole or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from galactica.claims.amounts_read import AmountWords, amount_at, scale_finder
from galactica.claims.cell_words import as_read
from galactica.claims.sentences.lexicon import Lexicon
from galactica.claims.sentences.slots import words_of_units
from galactica.claims.times import date_said
from galactica.codes.han import fold_han
from galactica.values.eras import era_date
from galactica.values.written import fold_word

LONGEST_YEARS = 150
"""Years between the first and the last of a range in which something was built or founded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadValue:
    """A value in the form of `Claim`: kind, value, unit, bounds."""

    kind: str
    value: str
    unit: str = ""
    bounds: tuple[str, ...] = ()


def read_date(stretch: str, words: Lexicon) -> str:
    """A date in EDTF level 1; "" where it is no date, several, or one that cannot be."""
    reign = words.patterns["reign"].search(stretch)
    if reign is None and words.patterns["reckoned"].search(stretch):
        return era_date(stretch)
    years = words.patterns["years"].fullmatch(stretch)
    if years is not None:
        first, last = int(years["first"]), int(years["last"])
        return f"{first:04d}/{last:04d}" if first < last <= first + LONGEST_YEARS else ""
    stretch = reign["year"] if reign is not None else stretch
    about = words.patterns["about_date"].search(stretch)
    plain = stretch[: about.start()] + " " + stretch[about.end() :] if about else stretch
    return date_said(plain.strip(), about=about is not None, bare=True)


def read_amount(stretch: str, kind: str, words: Lexicon) -> ReadValue | None:
    """An amount; None where it is none.

    Args:
        kind: "number", or what its unit must measure.
    """
    text = fold_han(stretch).strip()
    plain = as_read(text)
    units = {} if kind == "number" else words_of_units(kind, words.units)

    def unit_at(at: int) -> tuple[str, int]:
        name = units.get(text[at:].strip(" -\xa0\u202f"), "")
        return name, len(text) if name else at

    read, _ = amount_at(plain, 0, _amount_words(words.language, tuple(words.scales.items())), unit_at)
    if read is None or plain[read.end :].strip() or bool(read.unit) != (kind != "number"):
        return None
    return ReadValue(kind="quantity", value=read.value, unit=read.unit, bounds=read.bounds)


@lru_cache(maxsize=64)
def _amount_words(language: str, scales: tuple[tuple[str, int], ...]) -> AmountWords:
    """What a language's sentences are read with."""
    sizes = {fold_word(word): size for word, size in scales}
    return AmountWords(language=language, scales=scale_finder(sizes), sizes=sizes, points=True)
