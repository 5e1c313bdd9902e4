"""The calendar: which dates can be, how many years lie between two, and the days that a text names.

All are of the Gregorian calendar (ISO 8601, years 1 to 9999), also those before it came in (15 October 1582): for older
dates, and for dates of the Julian calendar after it, the days of the week and the counts differ from those of the time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as calendar_date

from galactica.values.dates import Date, date_stretches, dates

MOST_READ = 5_000
"""Code points of a text in which days are looked for."""

WEEKDAYS = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
"""The days of the week, from 0 as `date.weekday` counts."""


def day_of(date: Date) -> calendar_date | None:
    """The day that a date is; None where it says less than that, is before Christ, or never was."""
    try:
        return calendar_date(date.year, date.month, date.day)
    except ValueError:
        return None


def possible(date: Date) -> bool:
    """Whether there is such a date in the years 1 to 9999; its month and its day may be unknown."""
    if not 0 < date.year < 10_000 or not 0 <= date.month <= 12:
        return False
    return not date.day or (bool(date.month) and day_of(date) is not None)


def years_between(first: calendar_date, second: calendar_date) -> int:
    """Whole years from one day to another, an age; negative where the second comes first.

    Somebody born on 29 February is a year older on 1 March.
    """
    return second.year - first.year - ((second.month, second.day) < (first.month, first.day))


def days_in(text: str) -> Iterator[tuple[calendar_date, int, int]]:
    """(day, start, end) of the days of a year that a text names, in order; those that never were are left out."""
    text = text[:MOST_READ]
    for start, end in date_stretches(text):
        found = dates(text[start:end])
        day = day_of(found[0]) if len(found) == 1 else None
        if day is not None:
            yield day, start, end
