"""{{convert}}: a value in one unit, and the same in another: "5 km" → "5 km (3.1 mi)".

Rule for digits (Module:Convert's default): as many as the value given has, by the size of the ratio, and at least
two significant ones. The units are data in `units.toml`; a value in one that is not listed comes out as it was
given, without a conversion.
"""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its sign, its kind, its size in the kind's first unit, and what it is converted to unless told."""

    sign: str
    kind: str
    size: float
    target: str


def _read() -> dict[str, Unit]:
    rows = tomllib.loads(files(__package__).joinpath("units.toml").read_text("utf-8"))
    return {name: Unit(sign, kind, float(size), target) for name, (sign, kind, size, target) in rows.items()}


UNITS = _read()
"""Name as written in the template → unit."""

_DEGREES = {"C": "°C", "F": "°F", "K": "K", "°C": "°C", "°F": "°F", "R": "°R"}
_NUMBER = re.compile(r"[-−+]?\d{1,15}(?:\.\d{1,12})?(?:e[-+]?\d{1,2})?\Z", re.IGNORECASE)


def number(text: str) -> float | None:
    """A value as people write it ("1,234.5", "−3"); None where it is none."""
    plain = text.strip().replace(",", "").replace("\xa0", "").replace("−", "-").replace("&minus;", "-")
    return float(plain) if _NUMBER.match(plain) else None


def sign_of(name: str) -> str:
    """How a unit is written; a name that is not known is its own sign."""
    unit = UNITS.get(name)
    return unit.sign if unit is not None else _DEGREES.get(name, name)


def converted(text: str, name: str, wanted: str = "", digits: int | None = None) -> str:
    """`text` (a number in the unit `name`) in the unit `wanted`, or in the usual one: "3.1 mi"; "" where unknown.

    Args:
        digits: digits after the point, negative to round to tens and more; None for the default rule.
    """
    value = number(text)
    if value is None:
        return ""
    if name in _DEGREES:
        return _temperature(value, _DEGREES[name], wanted, digits, text)
    unit = UNITS.get(name)
    target = UNITS.get(wanted or (unit.target if unit is not None else ""))
    if unit is None or target is None or unit.kind != target.kind or unit.kind == "none":
        return ""
    result = value * unit.size / target.size
    if digits is None:
        digits = _default_digits(text, value, result)
    return f"{written(result, digits)} {target.sign}"


def _temperature(value: float, sign: str, wanted: str, digits: int | None, text: str) -> str:
    kelvin = {"°C": value + 273.15, "K": value, "°F": (value + 459.67) / 1.8, "°R": value / 1.8}[sign]
    target = _DEGREES.get(wanted, "°F" if sign == "°C" else "°C")
    result = {"°C": kelvin - 273.15, "K": kelvin, "°F": kelvin * 1.8 - 459.67, "°R": kelvin * 1.8}[target]
    if digits is None:
        digits = max(0, len(text.partition(".")[2].strip()))
    return f"{written(result, digits)} {target}"


def _default_digits(text: str, value: float, result: float) -> int:
    plain = text.strip().replace(",", "")
    fraction = len(plain.partition(".")[2])
    if not fraction and "." not in plain:
        fraction = len(plain.rstrip("0")) - len(plain) if plain.strip("0-+−") else 0
    if not value or not result:
        return max(0, fraction)
    ratio = math.floor(math.log10(abs(result / value)) + 1e-14)
    least = 1 - math.floor(math.log10(abs(result)) + 2e-14)
    return max(fraction - ratio, least)


def written(value: float, digits: int) -> str:
    """A number with `digits` after the point and commas between thousands; a true minus sign."""
    digits = max(-15, min(15, digits))
    scaled = math.floor(abs(value) * 10.0**digits + 0.5) / 10.0**digits
    out = f"{scaled:,.{max(0, digits)}f}"
    return "−" + out if value < 0 and scaled else out
