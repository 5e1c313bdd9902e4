"""Links in virtual time: what is sent is lost, late, doubled, damaged and out of order, the same for the same seed.

Whoever takes part has no socket and no clock: a `Party` is asked for packets when its link is free, and given packets
when they arrive. Years pass in seconds. A contact plan is a list of contacts; several contacts of one pair are several
links, each with its own rate, light time and losses.

Losses follow Gilbert's chain packet by packet, as `spread.plan` reckons them.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Protocol

from galactica.errors import UsageError
from galactica.spread.plan import LinkProfile, Stretch
from galactica.spread.plan.airtime import Airtime
from galactica.spread.plan.profile import LONGEST
from galactica.spread.plan.written import read_duration, read_rate, read_share

MOST_CONTACTS = 10_000
"""Of a contact plan."""
HEADERS = 28
"""Bytes that UDP and IPv4 put before a packet."""
IDLE = 1.0
"""Seconds after which a party that had nothing to send is asked again, at the latest."""


class Party(Protocol):
    """Somebody at the end of links."""

    def receive(self, now: float, sender: str, raw: bytes) -> None:
        """Take in what arrived."""

    def send(self, now: float, receiver: str) -> bytes | None:
        """The next packet for somebody, whose link is free; None: nothing now."""

    def wakes(self, now: float) -> float:
        """When it may have something to send that had nothing, in seconds; infinity: only when something arrives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mischief:
    """What else befalls packets.

    Attributes:
        late: seconds that a packet is later by, at the most; evenly spread, so that packets overtake each other.
        doubled: share that arrives twice.
        damaged: share of bits that are wrong when it arrives.
    """

    late: float = 0.0
    doubled: float = 0.0
    damaged: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A line of a contact plan: who can send to whom, when, and how."""

    sender: str
    receiver: str
    link: LinkProfile


@dataclass(slots=True)
class LinkTally:
    """What became of the packets of a link.

    Attributes:
        sent, lost, arrived, damaged, doubled: packets.
        bytes: that were sent.
    """

    sent: int = 0
    lost: int = 0
    arrived: int = 0
    damaged: int = 0
    doubled: int = 0
    bytes: int = 0


class SimulatedLink:
    """One direction of a link.

    Args:
        link: what it is like.
        seed: with which chance falls.
        mischief: what else befalls packets.
    """

    def __init__(self, link: LinkProfile, seed: int | str, mischief: Mischief | None = None) -> None:
        self.link, self.tally = link, LinkTally()
        self._mischief = mischief or Mischief()
        self._random = Random(seed)  # noqa: S311 - chance that can be had again, not a secret
        self._air = Airtime(link)
        self._bad = self._random.random() < link.loss
        self._free = 0.0

    def free(self, now: float) -> float:
        """When it takes the next packet: now or later; infinity: never again."""
        return self._air.next_open(max(now, self._free))

    def send(self, now: float, raw: bytes) -> list[tuple[float, bytes]]:
        """Send a packet at a time at which it is free; (when, what) arrives of it."""
        link, random = self.link, self._random
        self._free = now + 8 * (len(raw) + HEADERS) / link.rate
        self.tally.sent += 1
        self.tally.bytes += len(raw)
        if self._strikes() or any(each.begin <= now < each.end for each in link.outages):
            self.tally.lost += 1
            return []
        arrivals = []
        for _ in range(1 + (random.random() < self._mischief.doubled)):
            late = random.random() * self._mischief.late
            arrivals.append((self._free + link.delay + late, self._damaged(raw)))
        self.tally.arrived += len(arrivals)
        self.tally.doubled += len(arrivals) - 1
        return arrivals

    def _strikes(self) -> bool:
        """Whether the next packet is lost."""
        link = self.link
        if not link.loss:
            return False
        lost = self._bad
        leaves = 1 / link.run if self._bad else link.loss / (link.run * (1 - link.loss))
        if self._random.random() < leaves:
            self._bad = not self._bad
        return lost

    def _damaged(self, raw: bytes) -> bytes:
        """A packet with each bit wrong by itself: from one wrong bit straight to the next."""
        share = self._mischief.damaged
        if not share or not raw:
            return raw
        found, at = bytearray(raw), -1
        while True:
            at += 1 + (int(math.log(1 - self._random.random()) / math.log1p(-share)) if share < 1 else 0)
            if at >= 8 * len(raw):
                break
            found[at // 8] ^= 1 << at % 8
        self.tally.damaged += found != raw
        return bytes(found)


class Simulation:
    """Parties, and links between them.

    Args:
        seed: with which chance falls, everywhere.

    Attributes:
        now: virtual seconds.
    """

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._parties: dict[str, Party] = {}
        self._links: list[tuple[str, str, SimulatedLink]] = []
        self._events: list[tuple[float, int, int, str, str, bytes]] = []
        self._order = itertools.count()
        self._asked: dict[int, float] = {}
        self.now = 0.0

    def party(self, name: str, party: Party) -> None:
        """Have somebody take part."""
        self._parties[name] = party

    def connect(self, sender: str, receiver: str, link: LinkProfile, mischief: Mischief | None = None) -> SimulatedLink:
        """A link from one party to another."""
        number = len(self._links)
        made = SimulatedLink(link, f"{self._seed}:{number}", mischief)
        self._links.append((sender, receiver, made))
        self._ask(number, 0.0)
        return made

    def plan(self, contacts: Sequence[Contact], mischief: Mischief | None = None) -> list[SimulatedLink]:
        """The links of a contact plan."""
        return [self.connect(each.sender, each.receiver, each.link, mischief) for each in contacts]

    def run(self, until: float) -> None:
        """Let time pass until then."""
        while self._events and self._events[0][0] <= until:
            self.now, _, number, sender, receiver, raw = heapq.heappop(self._events)
            if number < 0:
                self._parties[receiver].receive(self.now, sender, raw)
                self._wake(receiver)
            elif self._asked.get(number) == self.now:
                del self._asked[number]
                self._pull(number)
        self.now = max(self.now, until) if until < math.inf else self.now

    def _pull(self, number: int) -> None:
        sender, receiver, link = self._links[number]
        free = link.free(self.now)
        if free > self.now:
            self._ask(number, free)
            return
        raw = self._parties[sender].send(self.now, receiver)
        if raw is None:
            self._ask(number, max(self._parties[sender].wakes(self.now), self.now + IDLE))
            return
        for time, arrived in link.send(self.now, raw):
            heapq.heappush(self._events, (time, next(self._order), -1, sender, receiver, arrived))
        self._ask(number, link.free(self.now))

    def _ask(self, number: int, time: float) -> None:
        """Ask a link's sender at a time, and at no other."""
        self._asked.pop(number, None)
        if time < math.inf:
            self._asked[number] = time
            heapq.heappush(self._events, (time, next(self._order), number, "", "", b""))

    def _wake(self, name: str) -> None:
        """Ask a party at once that has taken something in: it may have something to say."""
        for number, (sender, _, link) in enumerate(self._links):
            if sender == name:
                free = link.free(self.now)
                if free < self._asked.get(number, math.inf):
                    self._ask(number, free)


def read_contacts(text: str) -> tuple[Contact, ...]:
    """A contact plan, a contact a line: FROM TO BEGIN LENGTH RATE LIGHT-TIME LOSS, as `earth mars 2h 8h 2M 20min 5%`.

    What comes behind a # is left out.

    Raises:
        UsageError: a line is none, or there are too many.
    """
    found: list[Contact] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        if len(words) != 7 or len(found) >= MOST_CONTACTS:
            raise UsageError(
                f"Line {number} is no contact, or there are more than {MOST_CONTACTS:,}.",
                "Write FROM TO BEGIN LENGTH RATE LIGHT-TIME LOSS: earth mars 2h 8h 2M 20min 5%.",
            )
        begin, rate = read_duration(words[2]), read_rate(words[4])
        link = LinkProfile(rate=rate, delay=read_duration(words[5]), loss=read_share(words[6]))
        open_for = Stretch(begin=begin, end=begin + read_duration(words[3]))
        found.append(Contact(sender=words[0], receiver=words[1], link=only_within(link, open_for)))
    return tuple(found)


def only_within(link: LinkProfile, contact: Stretch) -> LinkProfile:
    """A link that is open within a stretch of time alone."""
    silences = list(link.silences)
    if contact.begin > 0:
        silences.append(Stretch(begin=0, end=contact.begin))
    if contact.end < LONGEST:
        silences.append(Stretch(begin=contact.end, end=LONGEST))
    return replace(link, silences=tuple(silences))
