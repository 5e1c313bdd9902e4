"""Dates and times of a spreadsheet: days counted from 1900 or 1904, shown by the code of their cell (§18.17.4,
§18.8.31).

Day 60 of the count from 1900 is a 29 February that never was: days before it are one later than the calendar says.
"""

from __future__ import annotations

import datetime
import re

LAST_DAY = 2_958_466
"""Days from 1900 on that can be shown: up to the end of the year 9999."""

_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_RUNS = re.compile(r"(y+|m+|d+|h+|s+|e+|b+|g+)", re.IGNORECASE)

Token = tuple[str, str]


def is_date(tokens: tuple[Token, ...]) -> bool:
    """Whether a section shows a date or a time."""
    kinds = [kind for kind, _ in tokens]
    if "elapsed" in kinds or "half" in kinds:
        return True
    dated = any(kind == "date" and text.strip("gGbBeE") for kind, text in tokens)
    return dated and "general" not in kinds


def moment(value: float, *, since_1904: bool = False) -> datetime.datetime | None:
    """The time that a number of days stands for, to the millisecond; None where it is none that Excel shows."""
    days = value + (1462 if since_1904 else 0)
    if not 0 <= days < LAST_DAY:
        return None
    base = datetime.datetime(1899, 12, 31) if days < 60 else datetime.datetime(1899, 12, 30)
    try:
        return base + datetime.timedelta(milliseconds=round(days * 86_400_000))
    except OverflowError:
        return None


def iso(value: float, *, since_1904: bool = False) -> str:
    """A number of days as ISO 8601: a date, a time of the day, or both; "" where it is none that Excel shows."""
    when = moment(value, since_1904=since_1904)
    if when is None:
        return ""
    when = _rounded(when, 0)
    if value < 1 and not since_1904:
        return when.strftime("%H:%M:%S")
    if when.hour == when.minute == when.second == 0:
        return f"{when.year:04}-{when.month:02}-{when.day:02}"
    return when.isoformat(timespec="seconds")


def as_date(value: float, tokens: tuple[Token, ...], *, since_1904: bool = False) -> str | None:
    """A number of days as a section shows it; None where it cannot."""
    if any(kind == "elapsed" for kind, _ in tokens):
        return _pieces(tokens, None, value)
    when = moment(value, since_1904=since_1904)
    if when is None:
        return None
    fraction = _fraction_digits(tokens)
    return _pieces(tokens, _rounded(when, fraction), value)


def _rounded(when: datetime.datetime, digits: int) -> datetime.datetime:
    step = 10 ** (6 - min(digits, 3))
    rest = when.microsecond % step
    shift = step - rest if rest * 2 >= step else -rest
    try:
        return when + datetime.timedelta(microseconds=shift)
    except OverflowError:
        return when - datetime.timedelta(microseconds=rest)


def _fraction_digits(tokens: tuple[Token, ...]) -> int:
    for place, token in enumerate(tokens):
        if token == ("sign", ".") and place and tokens[place - 1][1].lower().endswith(("s", "ss")):
            found = 0
            for kind, text in tokens[place + 1 :]:
                if kind != "digit" or text != "0":
                    break
                found += 1
            return found
    return 0


def _split(tokens: tuple[Token, ...]) -> list[Token]:
    """Tokens with each run of one letter by itself."""
    found: list[Token] = []
    for kind, text in tokens:
        if kind == "date":
            found.extend(("date", run.lower()) for run in _RUNS.findall(text))
        elif kind == "exponent":
            found.extend((("date", "e"), ("text", text[1:])))
        else:
            found.append((kind, text))
    return found


def _pieces(tokens: tuple[Token, ...], when: datetime.datetime | None, value: float) -> str:
    runs = _split(tokens)
    clock = [place for place, (kind, _) in enumerate(runs) if kind in ("date", "elapsed")]
    half = any(kind == "half" for kind, _ in runs)
    fraction = _fraction_digits(tokens)
    seconds = round(abs(value) * 86_400) if when is None else 0
    pieces: list[str] = ["-"] if when is None and value < 0 and seconds else []
    digits = 0
    for place, (kind, text) in enumerate(runs):
        match kind:
            case "text":
                pieces.append(text)
            case "half":
                hour = when.hour if when else seconds // 3600 % 24
                pieces.append(("AM" if hour < 12 else "PM") if len(text) > 3 else ("A" if hour < 12 else "P"))
            case "elapsed":
                total = seconds // {"h": 3600, "m": 60, "s": 1}[text[0]]
                pieces.append(f"{total:0{len(text)}d}")
            case "sign" if text == "." and fraction:
                milliseconds = when.microsecond // 1000 if when else round(abs(value) * 86_400_000) % 1000
                pieces.append("." + f"{milliseconds:03d}"[:fraction].ljust(fraction, "0"))
            case "sign" if text != "@":
                pieces.append(text)
            case "digit" if fraction and digits < fraction:
                digits += 1
            case "digit":
                pieces.append(text)
            case "date":
                before = next((runs[each][1][0] for each in reversed(clock) if each < place), "")
                after = next((runs[each][1][0] for each in clock if each > place), "")
                minutes = text[0] == "m" and (before == "h" or after == "s") and len(text) < 3
                pieces.append(_run("M" * len(text) if minutes else text, when, seconds, half))
            case _:
                pass
    return "".join(pieces).strip()


def _run(run: str, when: datetime.datetime | None, seconds: int, half: bool) -> str:
    """One run of a letter; "M" are minutes."""
    if when is None:
        amount = {"M": seconds // 60 % 60, "s": seconds % 60, "h": seconds // 3600 % 24}.get(run[0], 0)
        return f"{amount:0{min(len(run), 2)}d}"
    match run[0], len(run):
        case "y", 1 | 2:
            return f"{when.year % 100:02}"
        case "y" | "e", _:
            return f"{when.year:04}"
        case "b", size:
            return str(when.year + 543) if size > 2 else f"{(when.year + 543) % 100:02}"
        case "m", 3:
            return _MONTHS[when.month - 1][:3]
        case "m", 5:
            return _MONTHS[when.month - 1][:1]
        case "m", size if size >= 4:
            return _MONTHS[when.month - 1]
        case "m", size:
            return f"{when.month:0{size}d}"
        case "d", 3:
            return _DAYS[when.weekday()][:3]
        case "d", size if size >= 4:
            return _DAYS[when.weekday()]
        case "d", size:
            return f"{when.day:0{size}d}"
        case "h", size:
            hour = (when.hour % 12 or 12) if half else when.hour
            return f"{hour:0{min(size, 2)}d}"
        case "M", size:
            return f"{when.minute:0{min(size, 2)}d}"
        case "s", size:
            return f"{when.second:0{min(size, 2)}d}"
        case _:
            return ""
