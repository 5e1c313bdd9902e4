"""Dates and times as programs write them, read the same on every machine."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from galactica.values.moments import iso_day, iso_moment, iso_stamp, mail_moment, utc_stamp


@pytest.fixture
def far_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine in another zone."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system has no zone of its own for a process")
    monkeypatch.setenv("TZ", "Etc/GMT-9")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Wed, 03 Feb 2021 04:05:06 GMT", "2021-02-03T04:05:06Z"),
        ("Wed, 03 Feb 2021 04:05:06 +0200", "2021-02-03T02:05:06Z"),
        ("3 Feb 2021 04:05:06 -0000", "2021-02-03T04:05:06Z"),
        ("3 Feb 2021 04:05:06", "2021-02-03T04:05:06Z"),
        ("31 Feb 2021 04:05:06 GMT", ""),
        ("31 Dec 9999 23:00:00 -1400", ""),
        ("Wed", ""),
        ("", ""),
        ("9" * 10_000, ""),
    ],
)
@pytest.mark.usefixtures("far_zone")
def test_a_mails_moment_does_not_hang_on_the_zone_of_the_machine(written: str, moment: str) -> None:
    found = mail_moment(written)
    assert (utc_stamp(found) if found else "") == moment


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2021-02-03T04:05:06Z", "2021-02-03T04:05:06Z"),
        ("2021-02-03T04:05:06.789+02:00", "2021-02-03T02:05:06Z"),
        ("2021-02-03 04:05", "2021-02-03T04:05:00Z"),
        ("2021-02-03", ""),
        ("2021-02-30T04:05:06Z", ""),
        ("0001-01-01T00:00:00+14:00", ""),
        ("", ""),
    ],
)
@pytest.mark.usefixtures("far_zone")
def test_an_iso_time_is_of_utc_where_it_names_no_zone(written: str, moment: str) -> None:
    found = iso_moment(written)
    assert (utc_stamp(found) if found else "") == moment


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2021-02-03T04:05:06Z", "2021-02-03"),
        ("2021-02", "2021-02"),
        (" 2021 ", "2021"),
        ("2021-02-30", ""),
        ("2021-13", ""),
        ("0000", ""),
        ("2021 or so", ""),
        ("20210203", ""),
    ],
)
def test_as_much_of_a_day_is_taken_as_is_written(written: str, day: str) -> None:
    assert iso_day(written) == day


@pytest.mark.parametrize(
    ("written", "stamp"),
    [
        ("2021-02-03 04:05", "2021-02-03T04:05"),
        ("2021-02-03T04:05:06.123Z and more", "2021-02-03T04:05:06.123Z"),
        ("2021-02-03 at noon", "2021-02-03"),
        ("2021-02-03T25:61:00Z", "2021-02-03"),
        ("2021-02-30", ""),
        ("2021-02", ""),
    ],
)
def test_a_stamp_is_kept_as_it_is_written_where_it_can_be(written: str, stamp: str) -> None:
    assert iso_stamp(written) == stamp
