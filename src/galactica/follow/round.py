"""One round: every source is asked once; what that takes, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from galactica.follow.fetching import Fetcher
from galactica.follow.journal import Journal
from galactica.progress import Report
from galactica.sources.feed_items import FeedItem

AHEAD = 2 * 24 * 3600.0
"""Seconds that a date may lie in the future: what is beyond is no date of an item but a mistake, or a lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOptions:
    """What the person said.

    Attributes:
        pages: whether the pages are fetched that items of feeds lead to; None: as was said before.
        limit: pages of a source that are fetched, or events that are heard, in a round; the rest waits.
        wikis: databases of the wikis whose events are taken of a stream of several; empty: as was said before, else
            all.
        contact: an address of mail or a page, told to servers, of who asks; "": as was said before.
        listen: seconds that a stream is listened to in a round.
    """

    pages: bool | None = None
    limit: int = 1000
    wikis: frozenset[str] = frozenset()
    contact: str = ""
    listen: float = 30.0


@dataclass(slots=True, kw_only=True)
class Tally:
    """What came of asking one source.

    Attributes:
        new, changed, deleted, same: items.
        refused: what came and is no article, or cannot be read.
        waiting: what is still to be fetched in later rounds.
        problem: why it could not be asked, or not whole; "" where it could.
        remedy: what can be done about that.
        again: seconds since 1970 before which it is not asked again, 0.0 where it may be at once.
    """

    url: str
    key: str
    kind: str = ""
    title: str = ""
    new: int = 0
    changed: int = 0
    deleted: int = 0
    same: int = 0
    refused: int = 0
    waiting: int = 0
    problem: str = ""
    remedy: str = ""
    again: float = 0.0

    def count(self, outcome: str) -> bool:
        """Count what became of an item (as `KeptItems` says it); whether anything did."""
        if outcome == "fetched":  # the item was counted when it came
            return True
        if outcome in ("over", "gone"):
            self.refused += 1
            return False
        setattr(self, outcome, getattr(self, outcome) + 1)
        return outcome != "same"

    def trouble(self, problem: str, remedy: str = "") -> None:
        """Note the first thing that went wrong."""
        if not self.problem:
            self.problem, self.remedy = problem, remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What every kind of source works with."""

    journal: Journal
    fetcher: Fetcher
    options: RoundOptions
    clock: Callable[[], float]
    report: Report
    tallies: list[Tally] = field(default_factory=list)

    def today(self) -> str:
        """The day, for what does not say itself when it was taken back."""
        return datetime.fromtimestamp(self.clock(), UTC).strftime("%Y-%m-%d")

    def sober(self, item: FeedItem) -> FeedItem:
        """An item without dates that lie in the future; those are counted."""
        latest = datetime.fromtimestamp(self.clock() + AHEAD, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        wrong = (item.published > latest) + (item.modified > latest)
        if not wrong:
            return item
        return replace(
            item,
            published="" if item.published > latest else item.published,
            modified="" if item.modified > latest else item.modified,
            dropped=tuple(sorted((*item.dropped, ("feed:date-in-the-future", wrong)))),
        )
