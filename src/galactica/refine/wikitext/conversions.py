"""{{convert}}: a value in one unit, and the same in another: "5 km" → "5 km (3.1 mi)".

Rule for digits (Template:Convert, "Rounding"): as many as the value given has, one more where the factor lies between
0.02 and 0.2, one less between 2 and 20, and so on; but at least two significant ones. The units and their
codes are `values.units`'; a value in one that is not known comes out as it was given, without a conversion.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import lru_cache

from galactica.values import numerals
from galactica.values.units import Unit, by_code, in_unit, known_units

_SCALED = re.compile(r"e(3|6|9|12|15)(?=[A-Za-z])")
"""Before a unit: so many zeros belong to the value ("e6acre")."""

_DEGREES = {
    "C": "degC", "F": "degF", "K": "kelvin", "°C": "degC", "°F": "degF", "R": "degR", "°R": "degR",
}  # fmt: skip
_CHANGES = {"C-change": "C", "F-change": "F", "K-change": "K", "C-diff": "C", "F-diff": "F"}
_PLURAL = re.compile(r"[a-z]{3}s\Z")

COMPOSITE = {
    "ftin": ("ft", "in"), "ydft": ("yd", "ft"), "ydftin": ("yd", "ft", "in"), "miyd": ("mi", "yd"), "mift": ("mi",
    "ft"),
    "mich": ("mi", "chain"), "stlb": ("st", "lb"), "stlboz": ("st", "lb", "oz"), "lboz": ("lb", "oz"),
    "Ltcwt": ("LT", "cwt"), "footin": ("ft", "in"), "ft in": ("ft", "in"), "LTcwtqtr": ("LT", "cwt", "qtr"),
    "LTlb": ("LT", "lb"), "STlb": ("ST", "lb"),
}  # fmt: skip
"""Outputs that are written in several units, the largest first."""


@lru_cache(maxsize=1024)
def unit_of(name: str) -> Unit | None:
    """The unit of a name, with the power of ten that may stand before it ("e6acre"); None where unknown."""
    unit = by_code().get(name)
    scaled = _SCALED.match(name) if unit is None else None
    base = by_code().get(name[scaled.end() :]) if scaled else None
    if scaled is None or base is None:
        return unit
    zeros = scaled[1]
    return base.larger(10.0 ** int(zeros), f"×10<sup>{zeros}</sup>\xa0{base.sign}", f"e{zeros}{base.to}")


def convertible(name: str) -> bool:
    """True for a unit that values can be converted from."""
    return unit_of(name) is not None or name in _DEGREES or name in _CHANGES


def sign_of(name: str, *, single: bool = False) -> str:
    """How a unit is written; a name that is not known is its own sign.

    Args:
        single: True for one of it: "1 acre", where others are "acres".
    """
    unit = unit_of(name)
    degrees = _degrees(name) if unit is None else None
    sign = unit.sign if unit is not None else degrees.sign if degrees is not None else name
    return sign[:-1] if single and unit is not None and _PLURAL.search(sign) else sign


def ratio(larger: str, smaller: str) -> float | None:
    """How many of the smaller unit the larger one is, where both are of a kind and it is more than one."""
    one, two = unit_of(larger), unit_of(smaller)
    if one is None or two is None or one.measures != two.measures or one.size <= two.size:
        return None
    return one.size / two.size


def usual(name: str) -> str:
    """The unit that values in `name` are converted to unless told; "" where unknown."""
    if name in _DEGREES or name in _CHANGES:
        return "F" if _DEGREES.get(name) == "degC" else "C"
    unit = unit_of(name)
    return unit.to if unit is not None else ""


def converted(
    text: str, name: str, wanted: str = "", digits: int | None = None, *, language: str = "en", finer: int = 0
) -> str:
    """`text` (a number in the unit `name`) in the unit `wanted`, or in the usual one: "3.1 mi"; "" where unknown.

    Args:
        digits: digits after the point, negative to round to tens and more; None for the default rule.
        language: whose style numbers are read and written in.
        finer: digits more than the default rule gives (the template's own for feet and inches).
    """
    value = numerals.read_value(text, language)
    if value is None:
        return ""
    if name in _DEGREES or name in _CHANGES:
        return _temperature(value, name, wanted, digits, text, language)
    result = size_in(value, name, wanted)
    if result is None:
        return ""
    if digits is None:
        digits = default_digits(text, value, result, finer)
    shown = rounded(result, digits, language)
    return f"{shown} {sign_of(wanted or usual(name), single=shown == '1')}"


def size_in(value: float, name: str, wanted: str) -> float | None:
    """A value in another unit, unrounded; None where the two do not measure the same."""
    unit = unit_of(name)
    other = unit_of(wanted or (unit.to if unit is not None else ""))
    return None if unit is None or other is None else in_unit(value, unit, other)


def in_several(value: float, name: str, wanted: str, language: str) -> str:
    """A value in a composite output: 1.88 m → "6 ft 2 in"; "" where unknown."""
    names = COMPOSITE[wanted]
    rest = size_in(value, name, names[-1])
    if rest is None:
        return ""
    whole, parts = math.floor(abs(rest) + 0.5), []
    for index, one in enumerate(names[:-1]):
        step = round(ratio(one, names[-1]) or 1.0)
        count, whole = divmod(whole, step)
        if count or (index == 0 and len(names) == 2):
            parts.append(f"{numerals.write_number(str(count), language)}\xa0{sign_of(one)}")
    parts.append(f"{whole}\xa0{sign_of(names[-1])}")
    return ("−" if rest < 0 else "") + " ".join(parts)


def _degrees(name: str) -> Unit | None:
    """The degrees of a code, also of one for a difference of temperatures."""
    name = _CHANGES.get(name, name)
    return known_units()[_DEGREES[name]] if name in _DEGREES else None


def _temperature(value: float, name: str, wanted: str, digits: int | None, text: str, language: str) -> str:
    unit = _degrees(name)
    if unit is None:
        return ""
    other = _degrees(wanted) or known_units()["degF" if unit.name in ("degC", "kelvin") else "degC"]
    if name in _CHANGES:
        unit, other = replace(unit, zero=0.0), replace(other, zero=0.0)
    result = in_unit(value, unit, other)
    if result is None:
        return ""
    if digits is None:
        digits = max(0, _fraction_digits(text))
    return f"{rounded(result, digits, language)} {other.sign}"


def _fraction_digits(text: str) -> int:
    match = re.search(r"\d[.,٫](\d{1,12})\s*\Z", text)
    return len(match[1]) if match and not re.search(r"\d,\d{3}\s*\Z", text) else 0


def default_digits(text: str, value: float, result: float, finer: int = 0) -> int:
    """Digits after the point that a conversion gets unless told."""
    power = re.search(r"(?:e|10(?:<sup>|\^))([-−+]?\d{1,2})", text, re.IGNORECASE)
    fraction = _fraction_digits(text[: power.start()].rstrip(" ×x") if power else text)
    if power:
        fraction -= int(power[1].replace("−", "-"))
    elif not fraction and not finer and "/" not in text:
        plain = re.sub(r"\D", "", text)
        fraction = len(plain.rstrip("0")) - len(plain) if plain.strip("0") else 0
    if "/" in text:
        fraction = max(fraction, 1)
    if not value or not result:
        return max(0, fraction)
    step = math.floor(math.log10(abs(result / value) / 0.2) + 1e-14)
    least = 1 - math.floor(math.log10(abs(result)) + 2e-14)
    return max(fraction - step + max(0, finer - 1), least)


def rounded(value: float, digits: int, language: str = "en") -> str:
    """A number with `digits` after the point, as the language writes it; a true minus sign."""
    digits = max(-15, min(15, digits))
    scaled = math.floor(abs(value) * 10.0**digits + 0.5) / 10.0**digits
    out = numerals.write_number(f"{scaled:.{max(0, digits)}f}", language)
    return "−" + out if value < 0 and scaled else out
