"""Places of cells: degrees, minutes and seconds, or decimal degrees, as a geo URI (RFC 5870) without its scheme."""

from __future__ import annotations

import re

from galactica.claims.cell_words import as_read

LONGEST_PLACE = 200
"""Characters of a cell that is read as a place."""

METRES_A_DEGREE = 111_195
"""Of latitude, on a sphere of the mean radius of the Earth (6,371 km)."""

_ANGLE = (
    r"(\d{{1,3}}(?:\.\d{{1,8}})?)\s?°\s?"
    r"(?:(\d{{1,2}}(?:\.\d{{1,6}})?)\s?[′'’]\s?)?(?:(\d{{1,2}}(?:\.\d{{1,6}})?)\s?(?:″|\"|”|''|′′)\s?)?([{0}])"
)
_SIGNED = re.compile(rf"{_ANGLE.format('ns')}[\s,;/]{{0,3}}{_ANGLE.format('ewo')}(?!\w)")
_HAN = re.compile(
    r"(北|南)[纬緯]\s?(\d{1,2})[度°](?:(\d{1,2})[分′'])?(?:(\d{1,2})[秒″\"])?[\s,、]{0,2}(东|西)[经経]\s?(\d{1,3})[度°](?:(\d{1,2})[分′'])?(?:(\d{1,2})[秒″\"])?"
)
_SPACED = re.compile(r"\s*(\d{1,2}) (\d{2}) ([ns]),? (\d{1,3}) (\d{2}) ([ew])\s*")
_DECIMAL = re.compile(r"\s*(-?\d{1,2}\.\d{2,8})\s?[,;]\s?(-?\d{1,3}\.\d{2,8})\s*")


def place_at(text: str) -> tuple[str, int, int] | None:
    """(place, start, end) of the one place that a text names; None where it names none, or one that cannot be."""
    plain = as_read(text[:LONGEST_PLACE]).replace("º", "°").replace("˚", "°")
    if match := _SIGNED.search(plain):
        north, south_letter = _degrees(match[1], match[2], match[3]), match[4]
        east, east_letter = _degrees(match[5], match[6], match[7]), match[8]
        exact = min(_exactness(match[1], match[2], match[3]), _exactness(match[5], match[6], match[7]))
        return _made(
            north * (-1 if south_letter == "s" else 1), east * (-1 if east_letter in "wo" else 1), exact, match
        )
    if match := _SPACED.fullmatch(plain):
        north, east = _degrees(match[1], match[2], None), _degrees(match[4], match[5], None)
        exact = _exactness(match[1], match[2], None)
        return _made(north * (-1 if match[3] == "s" else 1), east * (-1 if match[6] == "w" else 1), exact, match)
    if match := _HAN.search(plain):
        north, east = _degrees(match[2], match[3], match[4]), _degrees(match[6], match[7], match[8])
        exact = _exactness(match[2], match[3], match[4])
        return _made(north * (-1 if match[1] == "南" else 1), east * (-1 if match[5] == "西" else 1), exact, match)
    if match := _DECIMAL.fullmatch(plain):
        exact = min(_exactness(match[1], None, None), _exactness(match[2], None, None))
        return _made(float(match[1]), float(match[2]), exact, match)
    return None


def _degrees(degrees: str, minutes: str | None, seconds: str | None) -> float:
    return float(degrees) + float(minutes or 0) / 60 + float(seconds or 0) / 3600


def _exactness(degrees: str, minutes: str | None, seconds: str | None) -> float:
    """How many degrees the last digit that is written makes."""
    for part, size in ((seconds, 3600.0), (minutes, 60.0), (degrees, 1.0)):
        if part:
            return 10.0 ** -len(part.partition(".")[2]) / size
    return 1.0


def _made(north: float, east: float, exact: float, match: re.Match[str]) -> tuple[str, int, int] | None:
    if abs(north) > 90 or abs(east) > 180:
        return None
    metres = max(1, round(exact * METRES_A_DEGREE))
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return f"{_short(north)},{_short(east)};u={metres}", start, match.start() + len(match[0].rstrip())


def _short(degrees: float) -> str:
    shown = f"{degrees:.5f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown
