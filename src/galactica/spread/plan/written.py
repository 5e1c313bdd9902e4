"""How a person writes the numbers of a link: 2M, 300MB, 5%, 20min, 8h/24h, 10d+14d."""

from __future__ import annotations

import re

from galactica.errors import UsageError
from galactica.spread.plan.profile import Stretch, Windows

_NUMBER = re.compile(r"\s*(\d{1,18}(?:\.\d{1,18})?)\s*([A-Za-z/%]{0,7})\s*")
_TIMES = {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86_400.0, "w": 604_800.0, "ms": 0.001}
_POWERS = {"": 1, "k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}
_RATES = re.compile(r"([kKMGT]?)(?:bit/s|bps|bit)?")
_SIZES = re.compile(r"([kKMGT]?)(i?)B?")


def read_duration(text: str) -> float:
    """Seconds: 90, 90s, 20min, 8h, 14d, 2w.

    Raises:
        UsageError: it is no time.
    """
    number, unit = _parts(text, "a time", "20min, 8h or 14d")
    if unit and unit not in _TIMES:
        raise UsageError(f"{text} is no time.", "Write 20min, 8h or 14d.")
    return number * _TIMES.get(unit, 1.0)


def read_rate(text: str) -> float:
    """Bits a second: 500k, 2M, 267Mbit/s.

    Raises:
        UsageError: it is no rate.
    """
    number, unit = _parts(text, "a rate", "500k, 2M or 267Mbit/s (bits a second)")
    found = _RATES.fullmatch(unit)
    if found is None:
        raise UsageError(f"{text} is no rate.", "Write 500k, 2M or 267Mbit/s (bits a second).")
    return number * _POWERS[found[1]]


def read_size(text: str) -> int:
    """Bytes: 300MB, 1GB, 256KiB.

    Raises:
        UsageError: it is no size.
    """
    number, unit = _parts(text, "a size", "300MB or 1GB")
    found = _SIZES.fullmatch(unit)
    if found is None:
        raise UsageError(f"{text} is no size.", "Write 300MB or 1GB.")
    power = _POWERS[found[1]]
    return round(number * (2 ** (10 * round(len(str(int(power))) / 3)) if found[2] else power))


def read_share(text: str) -> float:
    """A share: 5%, 0.05.

    Raises:
        UsageError: it is none.
    """
    number, unit = _parts(text, "a share", "5% or 0.05")
    if unit not in ("", "%"):
        raise UsageError(f"{text} is no share.", "Write 5% or 0.05.")
    return number / 100 if unit else number


def read_count(text: str) -> float:
    """A number of packets: 20.

    Raises:
        UsageError: it is none.
    """
    number, unit = _parts(text, "a number", "20")
    if unit:
        raise UsageError(f"{text} is no number.", "Write it without a unit: 20.")
    return number


def read_windows(text: str) -> Windows:
    """How long a link is open and how often, and from when on: 8h/24h, 10min/90min+5min.

    Raises:
        UsageError: it is none.
    """
    times, _, first = text.partition("+")
    opened, stroke, every = times.partition("/")
    if not stroke:
        raise UsageError(f"{text} is no window.", "Write how long it is open and how often: 8h/24h.")
    return Windows(open=read_duration(opened), every=read_duration(every), first=read_duration(first) if first else 0.0)


def read_stretch(text: str) -> Stretch:
    """When it begins, and how long it is: 10d+14d.

    Raises:
        UsageError: it is none.
    """
    begin, plus, length = text.partition("+")
    if not plus:
        raise UsageError(f"{text} does not say how long.", "Write when it begins and how long it is: 10d+14d.")
    start = read_duration(begin)
    return Stretch(begin=start, end=start + read_duration(length))


def _parts(text: str, what: str, like: str) -> tuple[float, str]:
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise UsageError(f"{text} is not {what}.", f"Write {like}.")
    return float(found[1]), found[2]
