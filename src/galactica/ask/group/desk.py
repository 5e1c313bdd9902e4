"""The desk that a study is done at: the question, what it asks for and names, the time, and what is brought to it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from galactica.ask.answering import READ, SEARCHED, Marked, quote, read_passages
from galactica.ask.asked import Asked
from galactica.ask.contract import AnswerSpan
from galactica.ask.finding import bears, named_pages, speaking_passages
from galactica.ask.holdings import Page, place_of
from galactica.ask.named import Named, partly_named, passage_of
from galactica.ask.once import Once
from galactica.ask.ranking import RANKED, RankedPassages
from galactica.ask.weighing import behind, discount
from galactica.model import Citation, PassageHit

LATER = 1.0
"""What a passage counts less that is among those found by words and meaning, but behind those that are read without a
group. Source: 200 training questions of SQuAD asked of their 678 paragraphs, read by rules: F1 36.9 at 0, 38.5 at 1,
38.3 at 2 and without them; 2026-11-26."""

UNFOUND = 2.0
"""The same for a passage that is not among them."""

MOST_FINDINGS = 16
"""Of one researcher: what is less likely than these would not be the answer, but could agree with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a researcher brings.

    Attributes:
        who: the researcher.
        marked: the stretch that answers; its value is comparable between researchers.
        citation: the sentence that it stands in.
        reason: why it was brought, in a sentence.
    """

    who: str
    marked: Marked
    citation: Citation
    reason: str


class Workspace:
    """See the module; thread-safe. The desk of a library of several editions has one of each as its `parts`.

    Args:
        asked: the question, with a reader and a library that are shared.
        until: the time (`time.monotonic`) at which researchers should have stopped.
    """

    def __init__(self, asked: Asked, until: float) -> None:
        self.asked = asked
        self.until = until
        self.parts = tuple(Workspace(own, until) for own in asked.parts) or (self,)
        self._once = Once()

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self.until

    @cached_property
    def names(self) -> tuple[Named, ...]:
        """The articles that the question names, the longest name first; where it names none by its whole title, the
        best of those that were found which have a name of the question in their title."""
        if self.parts != (self,):
            return tuple(name for part in self.parts for name in part.names)
        return self.asked.names or partly_named(self.asked.question.text, self.first())

    def first(self) -> Sequence[PassageHit]:
        """What is searched for without a group: by words and meaning together, of each edition by itself."""
        return [hit for part in self.parts for hit in part.searched.hits[:SEARCHED]]

    @property
    def searched(self) -> RankedPassages:
        """What is searched for in an edition without a group, ranked where the reader can; done once."""
        limit = RANKED if self.asked.ranks else SEARCHED
        return self._once.do("searched", lambda: speaking_passages(self.asked, self.asked.passages(limit=limit)))

    def passages(self, *, limit: int, by: str = "hybrid") -> Sequence[PassageHit]:
        """Passages that speak of what is asked, best first."""
        known = {place_of(hit) for hit in self.first()}
        hits = self.asked.passages(limit=limit, by=by)
        return [hit for hit in hits if place_of(hit) in known or bears(self.asked, hit)]

    def only(self, source: str) -> Asked:
        """The same question to one source."""
        return replace(self.asked, sources=(source,))

    @property
    def articles(self) -> Sequence[Page]:
        """The articles that the question names; looked up once."""
        return self._once.do("named", lambda: named_pages(self.asked))

    def read(self, hits: Sequence[PassageHit]) -> list[Marked]:
        """What may answer in some passages, best first, weighed by where the search by words and meaning has them."""
        if self.parts != (self,):
            own = ((part, [hit for hit in hits if hit.edition == part.asked.edition]) for part in self.parts)
            several = [each for part, mine in own if mine for each in part.read(mine)]
            return sorted(several, key=lambda each: -each.value)
        first = list(self.first())
        ranks = {place_of(hit): rank for rank, hit in enumerate(first)}
        top = max((hit.score for hit in first), default=0.0)
        last = min((hit.score for hit in first), default=0.0)
        placed = [
            replace(hit, score=first[ranks[place_of(hit)]].score if place_of(hit) in ranks else last) for hit in hits
        ]
        best = max((hit.score for hit in placed), default=0.0)
        found = []
        for each in read_passages(self.asked, placed, begun=self.searched.begun, named=self.articles):
            rank = ranks.get(place_of(each.hit))
            less = UNFOUND if rank is None else LATER if rank >= READ else 0.0
            # `read_passages` weighs against the best of those it is given: the rest of the way to the best of all.
            found.append(replace(each, value=each.value - less - discount(behind(top, best))))
        return sorted(found, key=lambda each: -each.value)

    def findings(
        self, who: str, marked: Sequence[Marked], reason: str = "", *, most: int = MOST_FINDINGS
    ) -> list[Finding]:
        """The best of what was marked, with their sentences."""
        found = []
        for each in marked[:most]:
            quoted = quote(self.asked, each)
            if quoted is not None:
                found.append(Finding(who=who, marked=each, citation=quoted[0], reason=reason))
        return found


def marked_at(page: Page, start: int, end: int, value: float, threshold: float) -> Marked:
    """A stretch that was marked by looking and not by a reader.

    Args:
        value: as in `answering.Marked`.
    """
    numbers = [n for n, (low, high) in enumerate(zip(page.starts, page.ends, strict=True)) if low <= start < high]
    hit = passage_of(page, numbers[0] if numbers else 0)
    span = AnswerSpan(
        passage=0,
        start=start - hit.start,
        end=end - hit.start,
        text=page.text[start:end],
        score=0.5,
        margin=value + threshold,
    )
    return Marked(hit=hit, span=span, value=value)
