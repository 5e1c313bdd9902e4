"""What a stretch that stood in a slot says: a date as EDTF level 1, an amount as a decimal number with its unit.

A number is taken as it is written, digit for digit; one with a word for a large number ("1.7 million") has bounds as
wide as its last digit. What cannot be read for certain has no value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from galactica.claims.sentences.lexicon import Lexicon
from galactica.claims.sentences.slots import words_of_units
from galactica.codes.han import fold_han
from galactica.values.dates import Date, dates
from galactica.values.days import possible
from galactica.values.numerals import style_of

LAST_YEAR = 2100
"""A year after which nothing is taken for one: most are numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadValue:
    """A value in the form of `Claim`: kind, value, unit, bounds."""

    kind: str
    value: str
    unit: str = ""
    bounds: tuple[str, ...] = ()


def read_date(stretch: str, words: Lexicon) -> str:
    """A date in EDTF level 1; "" where it is no date, several, or one that cannot be."""
    about = words.patterns["about_date"].search(stretch)
    plain = stretch[: about.start()] + " " + stretch[about.end() :] if about else stretch
    plain = plain.strip()
    bare = _BARE.fullmatch(plain)
    if bare is not None:
        found = Date(year=int(bare[1] or bare[2]))
    else:
        each = dates(plain)
        if len(each) != 1:
            return ""
        found = each[0]
    text = date_text(found)
    return text + "~" if text and about and "X" not in text else text


_BARE = re.compile(r"(?:AD|A\.D\.|CE)?\s?(\d{1,4})\s?(?:AD|A\.D\.|CE|C\.E\.)|(?:AD |A\.D\. )?(\d{3,4})\s?年?")


def date_text(date: Date) -> str:
    """A date as EDTF level 1; "" for one without a year, or that cannot be.

    A year before Christ is one less than its number says (44 BC is -0043); a century is the hundred years that begin
    with its number less one (the 19th century: 18XX).
    """
    if not date.year or date.year > LAST_YEAR:
        return ""
    if date.span > 1:
        return (
            ""
            if date.year < 0
            else f"{date.year // date.span:0{3 if date.span == 10 else 2}}" + "X" * (1 if date.span == 10 else 2)
        )
    year = date.year if date.year > 0 else date.year + 1
    if date.year > 0 and not possible(date):
        return ""
    text = f"{'-' if year < 0 else ''}{abs(year):04}"
    if date.month:
        text += f"-{date.month:02}" + (f"-{date.day:02}" if date.day else "")
    return text


def read_amount(stretch: str, kind: str, words: Lexicon) -> ReadValue | None:
    """An amount; None where it is none.

    Args:
        kind: "number", or what its unit must measure.
    """
    text = fold_han(stretch).strip()
    unit = ""
    if kind != "number":
        table = words_of_units(kind, words.units)
        name = next((w for w in sorted(table, key=lambda w: (-len(w), w)) if text.endswith(w)), "")
        if not name:
            return None
        unit, text = table[name], text[: -len(name)].strip(" -\xa0\u202f")
    scale, total = Decimal(1), Decimal(0)
    bounds: tuple[str, ...] = ()
    rest = text
    last = Decimal(1)
    parts = 0
    while rest and parts < 3:
        match = _NUMBER.match(rest)
        if match is None:
            return None
        number = _plain(match[0], words.language)
        if number is None:
            return None
        rest = rest[match.end() :].strip()
        word = next((w for w in words.scales if rest.startswith(w)), "")
        scale = Decimal(words.scales[word]) if word else Decimal(1)
        rest = rest[len(word) :].strip()
        total += number * scale
        exponent = number.as_tuple().exponent
        last = scale.scaleb(exponent if isinstance(exponent, int) else 0)
        parts += 1
    if rest or not parts:
        return None
    if scale == 1 and parts == 1:
        return ReadValue(kind="quantity", value=f"{total:f}", unit=unit)
    if scale > 1:
        bounds = (written_plainly(total - last / 2), written_plainly(total + last / 2))
    return ReadValue(kind="quantity", value=written_plainly(total), unit=unit, bounds=bounds)


_NUMBER = re.compile(r"\d[\d.,'’٬٫ \xa0\u202f\u2009]*(?<![.,'’٬٫ \xa0\u202f\u2009])")


def _plain(text: str, language: str) -> Decimal | None:
    style = style_of(language)
    digits = "".join(str(int(c)) if c.isdecimal() else c for c in text)
    digits = re.sub(r"[ \xa0\u202f\u2009'’]", "", digits)
    for mark in {style.group.strip(), {",": ".", "٫": ","}.get(style.decimal, "")} - {""}:
        digits = digits.replace(mark, "")
    digits = digits.replace(style.decimal, ".")
    return Decimal(digits) if re.fullmatch(r"\d{1,20}(?:\.\d{1,12})?", digits) else None


def written_plainly(number: Decimal) -> str:
    """A decimal number as statements have it: no exponent, no needless zeros where it was multiplied."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
