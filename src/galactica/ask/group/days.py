"""Tools for days: how many lie between two, how old somebody was, which weekday one was, what comes after so many.

How a day is read, and of which calendar it is, says `values.days`.
"""

from __future__ import annotations

from datetime import date, timedelta

from galactica.ask.asked import Asked
from galactica.ask.group.tools import Argument, Result, Tool
from galactica.errors import UsageError
from galactica.values.days import WEEKDAYS, days_in, years_between

MOST_DAYS = 4_000_000
"""That are added to one: more lie between no two of the years 1 to 9999."""


def _named_day(text: str) -> date:
    """The date that a text is.

    Raises:
        UsageError: it is none.
    """
    for found, start, end in days_in(text):
        if not text[:start].strip() and not text[end:].strip():
            return found
    raise UsageError(f"{text[:40]!r} is no date.", "Write it as 1945-05-08 or 8 May 1945.")


def _years(born: date, at: date) -> int:
    """Whole years from one day to another; somebody born on 29 February is a year older on 1 March.

    Raises:
        UsageError: the second comes before the first.
    """
    if at < born:
        raise UsageError("The second date comes before the first.", "Give them the other way round.")
    return years_between(born, at)


def _days_between(asked: Asked, *, first: str, second: str) -> Result:
    return Result(text=f"{(_named_day(second) - _named_day(first)).days} days")


def _age(asked: Asked, *, born: str, at: str) -> Result:
    return Result(text=f"{_years(_named_day(born), _named_day(at))} years")


def _weekday(asked: Asked, *, date: str) -> Result:
    return Result(text=WEEKDAYS[_named_day(date).weekday()])


def _add_days(asked: Asked, *, date: str, days: int) -> Result:
    if abs(days) > MOST_DAYS:
        raise UsageError(f"At most {MOST_DAYS:,} days are added.", "Add fewer.")
    try:
        return Result(text=(_named_day(date) + timedelta(days=days)).isoformat())
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
