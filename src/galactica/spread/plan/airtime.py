"""When a sender sends: seconds since it began, and seconds for which it has been on the air, each from the other.

A channel's windows without its silences, in order; beyond the last that was looked at there are more, and `Airtime`
looks further when it is asked to, up to `profile.LONGEST`.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterator

from galactica.errors import LimitError
from galactica.spread.plan.profile import LONGEST, LinkProfile, Stretch

MOST_CONTACTS = 1_000_000
"""Contacts that are looked at: one a minute for two years."""


class Airtime:
    """When a channel is open."""

    def __init__(self, channel: LinkProfile) -> None:
        self._contacts = _contacts(channel)
        self._begins: list[float] = []
        self._before: list[float] = [0.0]
        """Seconds on the air before each contact, and after the last."""
        self._seen = 0.0

    def aired(self, time: float) -> float:
        """Seconds on the air until `time`."""
        while self._seen < time and self._more():
            pass
        at = bisect.bisect_right(self._begins, time) - 1
        if at < 0:
            return 0.0
        return min(self._before[at] + time - self._begins[at], self._before[at + 1])

    def at(self, aired: float) -> float:
        """When so many seconds have been sent: the earliest such time.

        Raises:
            LimitError: not within `LONGEST`.
        """
        while self._before[-1] < aired:
            if not self._more():
                raise LimitError("This takes more than a hundred years.", "Give a faster link, or less to send.")
        if aired <= 0:
            return 0.0
        at = bisect.bisect_left(self._before, aired) - 1
        return self._begins[at] + aired - self._before[at]

    def next_open(self, time: float) -> float:
        """The first moment, from `time` on, at which the channel is open; infinity where it never is."""
        while self._seen <= time and self._more():
            pass
        at = bisect.bisect_right(self._begins, time) - 1
        if at >= 0 and time < self._begins[at] + self._before[at + 1] - self._before[at]:
            return time
        if at + 1 < len(self._begins):
            return self._begins[at + 1]
        return self._begins[-1] if self._more() else math.inf

    def _more(self) -> bool:
        contact = next(self._contacts, None)
        if contact is None:
            self._seen = math.inf
            return False
        self._begins.append(contact.begin)
        self._before.append(self._before[-1] + contact.end - contact.begin)
        self._seen = contact.end
        return True


def _contacts(channel: LinkProfile) -> Iterator[Stretch]:
    """Stretches that are open, in order."""
    silences = _joined(sorted(channel.silences))
    for number, window in enumerate(_windows(channel)):
        if number >= MOST_CONTACTS:
            return
        begin = window.begin
        for silence in silences:
            if silence.end <= begin:
                continue
            if silence.begin >= window.end:
                break
            if silence.begin > begin:
                yield Stretch(begin=begin, end=silence.begin)
            begin = silence.end
        if begin < window.end:
            yield Stretch(begin=begin, end=window.end)


def _windows(channel: LinkProfile) -> Iterator[Stretch]:
    windows = channel.windows
    if windows is None or windows.open == windows.every:
        begin = windows.first if windows else 0.0
        if begin < LONGEST:
            yield Stretch(begin=begin, end=LONGEST)
        return
    turn = 0
    while (begin := windows.first + turn * windows.every) + windows.open <= LONGEST:
        yield Stretch(begin=begin, end=begin + windows.open)
        turn += 1


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for each in stretches:
        if joined and each.begin <= joined[-1].end:
            joined[-1] = Stretch(begin=joined[-1].begin, end=max(joined[-1].end, each.end))
        else:
            joined.append(each)
    return joined
