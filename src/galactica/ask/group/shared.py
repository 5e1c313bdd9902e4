"""What the researchers of one study share, so that nothing is looked for or read twice.

Both stand in the place of what they wrap and are thread-safe. Several may want one thing at once: the first does it,
the others wait. A passage is read alone or among others with the same outcome (`contract.Reader`, rule 2), so that
who came first changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from galactica.ask.contract import AnswerSpan, Asserted, Given, Reader, Support
from galactica.ask.holdings import ClaimedThings, Holdings, Page, Sounding
from galactica.ask.once import PATIENCE, Once
from galactica.model import PassageHit

SPANS = 3
"""Stretches of a passage that are kept, the most that anybody asks for."""


class SharedReader:
    """A reader that reads each passage once for a question; see `contract.Reader`."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._once = Once()

    @property
    def name(self) -> str:
        """The reader's own."""
        return self._reader.name

    @property
    def threshold(self) -> float:
        """The reader's own."""
        return self._reader.threshold

    @property
    def ranks(self) -> bool:
        """As the reader says."""
        return self._reader.ranks

    def rank(
        self, question: str, passages: Sequence[Given], *, seconds: float, through: Collection[int] = ()
    ) -> list[Given]:
        """As the reader does; each desk asks once."""
        return self._reader.rank(question, passages, seconds=seconds, through=through)

    def judge(self, claim: Asserted, evidence: Sequence[Given]) -> Support | None:
        """As the reader does; only the chair asks."""
        return self._reader.judge(claim, evidence)

    def read(self, question: str, passages: Sequence[Given], *, most: int = 3) -> list[AnswerSpan]:
        """As the reader does; more than `SPANS` of a passage are not given."""
        futures, mine = self._once.take([(question, given) for given in passages])
        try:
            spans: dict[int, list[AnswerSpan]] = {place: [] for place in mine}
            if mine:
                for span in self._reader.read(question, [passages[place] for place in mine], most=SPANS):
                    spans[mine[span.passage]].append(span)
        except BaseException as error:
            for place in mine:
                futures[place].set_exception(error)
            raise
        for place, found in spans.items():
            futures[place].set_result(found)
        kept = [
            replace(span, passage=number)
            for number, future in enumerate(futures)
            for span in future.result(timeout=PATIENCE)[:most]
        ]
        return sorted(kept, key=lambda span: (-span.score, span.passage, span.start, span.end))


class SharedHoldings:
    """A library in which each search is made once; see `holdings.Holdings`."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._once = Once()

    @property
    def languages(self) -> tuple[str, ...]:
        """The library's own."""
        return self._holdings.languages

    def passages(
        self, query: str, *, limit: int, by: str = "hybrid", language: str = "", source: str = ""
    ) -> Sequence[PassageHit]:
        """As the library finds them."""
        name = (query, limit, by, language, source)
        return self._once.do(
            name, lambda: self._holdings.passages(query, limit=limit, by=by, language=language, source=source)
        )

    def page(self, edition: str, identity: bytes) -> Page | None:
        """As the library has it."""
        return self._holdings.page(edition, identity)

    def titled(self, title: str) -> tuple[str, bytes] | None:
        """As the library has it."""
        return self._holdings.titled(title)

    def namesakes(self, title: str) -> Sequence[tuple[str, bytes]]:
        """As the library has them."""
        return self._holdings.namesakes(title)

    def surnamed(self, name: str) -> Sequence[tuple[str, bytes]]:
        """As the library has them."""
        return self._holdings.surnamed(name)

    def sounding(self, name: str, language: str) -> Sequence[Sounding]:
        """As the library hears it."""
        return self._once.do(("sounding", name, language), lambda: self._holdings.sounding(name, language))

    def linked(self, page: Page) -> Sequence[tuple[str, bytes]]:
        """As the library has it."""
        return self._holdings.linked(page)

    @property
    def claimed(self) -> ClaimedThings | None:
        """What is claimed of the things in it."""
        return self._holdings.claimed

    def rows(self, query: str) -> tuple[tuple[str, ...], Sequence[tuple[object, ...]]]:
        """As the library answers."""
        return self._once.do(("rows", query), lambda: self._holdings.rows(query))
