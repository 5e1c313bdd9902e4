"""Dates: how many days lie between two, how old somebody was, which day of the week it was, what comes after so many.

Read are 1945-05-08, 8 May 1945, May 8, 1945, 1945年5月8日. All are of the Gregorian calendar, also those before it came
in (15 October 1582): for older dates, and for dates of the Julian calendar after it, the days of the week and the
counts differ from those of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from galactica.ask.asked import Asked
from galactica.ask.group.tools import Argument, Result, Tool
from galactica.errors import UsageError

MOST_DAYS = 4_000_000
MOST_READ = 5_000
"""Code points of a text in which dates are looked for."""

_MONTHS = "january february march april may june july august september october november december".split()
_NAMES = {name: number for number, name in enumerate(_MONTHS, 1)} | {
    name[:3]: number for number, name in enumerate(_MONTHS, 1)
} | {"sept": 9}  # fmt: skip
_MONTH = "|".join(sorted(_NAMES, key=len, reverse=True))
_DATE = re.compile(
    rf"(?<!\d)(?:(?P<y1>\d{{4}})-(?P<m1>\d\d)-(?P<d1>\d\d)"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m2>{_MONTH})\.?,? (?P<y2>\d{{3,4}})"
    rf"|(?P<m3>{_MONTH})\.? (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y3>\d{{3,4}})"
    r"|(?P<y4>\d{3,4})年(?P<m4>\d{1,2})月(?P<d4>\d{1,2})日)(?!\d)",
    re.IGNORECASE,
)


def dates_in(text: str) -> Iterator[tuple[date, int, int]]:
    """(date, start, end) of the days that a text names, in order; those that never were are left out."""
    for match in _DATE.finditer(text[:MOST_READ]):
        for number in "1234":
            if match["y" + number]:
                month = match["m" + number].lower()
                try:
                    found = date(int(match["y" + number]), _NAMES.get(month) or int(month), int(match["d" + number]))
                except ValueError:
                    break
                yield found, match.start(), match.end()
                break


def day(text: str) -> date:
    """The date that a text is.

    Raises:
        UsageError: it is none.
    """
    for found, start, end in dates_in(text):
        if not text[:start].strip() and not text[end:].strip():
            return found
    raise UsageError(f"{text[:40]!r} is no date.", "Write it as 1945-05-08 or 8 May 1945.")


def age(born: date, at: date) -> int:
    """Whole years from one day to another; somebody born on 29 February is a year older on 1 March.

    Raises:
        UsageError: the second comes before the first.
    """
    if at < born:
        raise UsageError("The second date comes before the first.", "Give them the other way round.")
    return at.year - born.year - ((at.month, at.day) < (born.month, born.day))


def _days_between(asked: Asked, *, first: str, second: str) -> Result:
    return Result(text=f"{(day(second) - day(first)).days} days")


def _age(asked: Asked, *, born: str, at: str) -> Result:
    return Result(text=f"{age(day(born), day(at))} years")


def _weekday(asked: Asked, *, date: str) -> Result:
    return Result(text="Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()[day(date).weekday()])


def _add_days(asked: Asked, *, date: str, days: int) -> Result:
    if abs(days) > MOST_DAYS:
        raise UsageError(f"At most {MOST_DAYS:,} days are added.", "Add fewer.")
    try:
        return Result(text=(day(date) + timedelta(days=days)).isoformat())
    except OverflowError:
        raise UsageError("That day is outside the years 1 to 9999.", "Add fewer days.") from None


_FIRST = Argument(name="date", about="A day: 1945-05-08 or 8 May 1945.")

TOOLS = (
    Tool(
        name="days_between",
        about="How many days lie from one day to another.",
        arguments=(Argument(name="first", about="A day."), Argument(name="second", about="Another.")),
        run=_days_between,
    ),
    Tool(
        name="age",
        about="How many whole years lie from one day to another.",
        arguments=(Argument(name="born", about="A day."), Argument(name="at", about="A later one.")),
        run=_age,
    ),
    Tool(name="weekday", about="Which day of the week a day is.", arguments=(_FIRST,), run=_weekday),
    Tool(
        name="add_days",
        about="The day so many days after another.",
        arguments=(_FIRST, Argument(name="days", about="How many; before it where negative.", kind=int)),
        run=_add_days,
    ),
)
