"""Dates and times as programs write them: ISO 8601 (RFC 3339), mail and HTTP (RFC 5322), one hand for all sources.

What cannot be is nothing. A time without a zone, or of one that is not known ("-0000"), is taken as UTC: never as that
of the machine that reads it, or two machines would make two editions of one source.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

LONGEST_MOMENT = 100
"""Characters of a date that are read."""

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:([T ])(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(?:Z|[+-]\d{2}:?\d{2})?)?")


def mail_moment(written: str) -> datetime | None:
    """The moment of a field of mail or HTTP, in the zone that it names; None where it is none."""
    try:
        found = parsedate_to_datetime(written[:LONGEST_MOMENT])
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found


def iso_moment(written: str) -> datetime | None:
    """A time of RFC 3339, in UTC; None where it is none (a day alone is no time)."""
    text = written.strip()
    if not len("2021-02-03") < len(text) <= LONGEST_MOMENT:
        return None
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def utc_stamp(moment: datetime) -> str:
    """A moment as articles have it: "2021-02-03T04:05:06Z"."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


def iso_day(written: str) -> str:
    """The day that begins an ISO date, or as much of it as is written and nothing else; "" where there is none such."""
    text = written.strip()
    found = _DAY.match(text)
    if not found or (found.end() < len(text) and not found[3]):
        return ""
    return found[0] if is_day(int(found[1]), int(found[2] or 1), int(found[3] or 1)) else ""


def iso_stamp(written: str) -> str:
    """A day, or a time with a "T", that begins a text, as it is written; "" where there is none, or it cannot be."""
    found = _MOMENT.match(written.strip())
    if found is None or not iso_day(found[1]):
        return ""
    if found[2] and iso_moment(found[0]) is None:
        return found[1]
    return found[0].replace(" ", "T")


def is_day(year: int, month: int, day: int) -> bool:
    """Whether there is such a day in the years 1 to 9999."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
