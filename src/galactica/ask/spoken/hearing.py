"""What is said in talk, sentence by sentence, and what speaks for each that it tells what is asked.

A passage of a library is cut where it is full: a question may stand in one and its answer in the next, and what stands
beside an answer sways what is marked. So each exchange is read too, the turn that asks with those that tell; and of the
sentences that the surer of both readings likes best, each by itself behind what it answers. What the three say is
weighed elsewhere (`choosing`).

What is asked by whoever asks is nothing that is told. A sentence begins behind the name of its speaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from galactica.ask.contract import Given
from galactica.ask.evidence import sentence_spans
from galactica.ask.holdings import Page, place_of
from galactica.ask.ranking import Place
from galactica.ask.spoken.located import NOWHERE, Located, Locating
from galactica.codes.exchanges import Exchange, exchanges
from galactica.codes.turns import behind_speaker, is_asked, name_alone
from galactica.model import PassageHit

MOST_PAGES = 3
"""Talks of which exchanges are read for one question: those of the first passages."""

READ_ALONE = 8
"""Sentences that are read by themselves: those that hold an answer are among so many for 100 of 107 questions to five
texts in their language, and for 83 in another one (2026-11-30)."""

MOST_UNITS = 24
"""Exchanges that are read, of all talks together: an interview of an hour has some sixty."""

LONGEST_UNIT = 1_500
"""Characters of an exchange that are read at once; what is longer is read in parts, each behind what is asked."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangePart:
    """What of an exchange is read at once.

    Attributes:
        page: where it stands.
        asked: (start, end) of the turn that asks; None where none stands above.
        told: the same of what is said to it, a part of it where it is long.
        sentences: of both, those that tell something.
    """

    page: Page
    asked: Span | None
    told: tuple[Span, ...]
    sentences: tuple[Span, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """All that is read of it, in order."""
        return (self.asked, *self.told) if self.asked is not None else self.told

    @property
    def text(self) -> str:
        """What is read."""
        return "\n".join(self.page.text[start:end] for start, end in self.spans)

    def within(self, hit: PassageHit) -> list[Span]:
        """The sentences that a passage of the page holds."""
        return [(start, end) for start, end in self.sentences if hit.start <= start and end <= hit.end]

    def inner(self, place: int) -> int:
        """Where in `text` a place of the page stands."""
        before = 0
        for start, end in self.spans:
            if start <= place <= end:
                return before + place - start
            before += end - start + 1
        raise ValueError("it is none of the unit's places")

    def outer(self, place: int) -> int:
        """Where in the page a place of `text` stands."""
        for start, end in self.spans:
            if place <= end - start:
                return start + place
            place -= end - start + 1
        raise ValueError("it is none of the text's places")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardSentence:
    """A sentence of a talk, and what the readings say of it.

    Attributes:
        unit: the exchange that it is a part of.
        span: (start, end) in the page.
        mark: the surest stretch in it, of the surer reading.
        share: which part of that reading's sum lies on it.
        passage: how surely an answer lies in it where the library's passage is read, in logits; `NOWHERE` where none
            that was found holds it.
        exchange: the same where its exchange is read.
        alone: the same where it is read by itself, behind what it answers; `NOWHERE` where it was not.
        read: what is said of the whole exchange.
        hit: the passage; where none that was found holds it, the best one of its page.
    """

    unit: ExchangePart
    span: Span
    mark: Span
    share: float
    passage: float
    exchange: float
    read: Located = field(repr=False)
    hit: PassageHit = field(repr=False)
    alone: float = NOWHERE

    @property
    def text(self) -> str:
        """What is said."""
        return self.unit.page.text[slice(*self.span)]


def hear(
    question: str,
    reader: Locating,
    pages: Sequence[Page],
    hits: Sequence[PassageHit],
    begun: Mapping[Place, Given] = MappingProxyType({}),
) -> list[HeardSentence]:
    """The sentences of some talks that may tell what is asked, with what the reader says of each, the surest first.

    Args:
        pages: the talks.
        hits: passages that were found, best first.
        begun: what the reader has begun of them.
    """
    units = _nearest([unit for page in pages for unit in units_of(page)], hits)
    given = [Given(text=u.text, title=u.page.article.title, language=u.page.article.language) for u in units]
    places = [[(unit.inner(a), unit.inner(b)) for a, b in unit.sentences] for unit in units]
    read = reader.locate(question, given, places)
    own = [hit for hit in hits if any(_of(page, hit) for page in pages)]
    within = [
        [s for u in units if _of(u.page, h) for s in u.sentences if h.start <= s[0] and s[1] <= h.end] for h in own
    ]
    passages = [begun.get(place_of(hit)) or Given(text=hit.text, title=hit.title, language=hit.language) for hit in own]
    inner = [[(a - hit.start, b - hit.start) for a, b in some] for hit, some in zip(own, within, strict=True)]
    searched: dict[tuple[bytes, int], tuple[float, Span, float, PassageHit]] = {}
    for hit, some, found in zip(own, within, reader.locate(question, passages, inner), strict=True):
        for number, (start, _) in enumerate(some):
            low, high = found.marks[number]
            told = found.sums[number], (hit.start + low, hit.start + high), found.shares[number], hit
            if told[0] > searched.get((hit.id, start), (NOWHERE,))[0]:
                searched[hit.id, start] = told
    every = sorted(_together(units, read, searched, own), key=lambda each: -max(each.passage, each.exchange))
    return _read_alone(question, reader, every[:READ_ALONE])


def _read_alone(question: str, reader: Locating, heard: Sequence[HeardSentence]) -> list[HeardSentence]:
    """Sentences, each read by itself behind what it answers."""
    given, places = [], []
    for each in heard:
        page, turn = each.unit.page, each.unit.asked
        before = f"{page.text[slice(*turn)]}\n" if turn is not None and turn[1] <= each.span[0] else ""
        text = before + each.text
        given.append(Given(text=text, title=page.article.title, language=page.article.language))
        places.append([(len(before), len(text))])
    read = reader.locate(question, given, places)
    return [replace(each, alone=found.sums[0]) for each, found in zip(heard, read, strict=True)]


def _together(
    units: Sequence[ExchangePart],
    read: Sequence[Located],
    searched: Mapping[tuple[bytes, int], tuple[float, Span, float, PassageHit]],
    hits: Sequence[PassageHit],
) -> Iterator[HeardSentence]:
    """Each sentence with what both readings say of it."""
    for unit, found in zip(units, read, strict=True):
        for number, span in enumerate(unit.sentences):
            marks = unit.outer(found.marks[number][0]), unit.outer(found.marks[number][1])
            best = next((hit for hit in hits if _of(unit.page, hit)), None)
            plain = NOWHERE, marks, 0.0, best
            passage, mark, share, hit = searched.get((unit.page.article.id, span[0]), plain)
            if hit is None:
                continue
            surer = found.sums[number] > passage
            yield HeardSentence(
                unit=unit,
                span=span,
                mark=marks if surer else mark,
                share=found.shares[number] if surer else share,
                passage=passage,
                exchange=found.sums[number],
                read=found,
                hit=hit,
            )


def units_of(page: Page) -> list[ExchangePart]:
    """The exchanges of a page as they are read, in order; none where nobody talks."""
    return [unit for each in exchanges(page.text) for unit in _units(page, each)]


def _units(page: Page, exchange: Exchange) -> Iterator[ExchangePart]:
    """An exchange, in parts where it is long."""
    asked, left = exchange.asked, list(exchange.told)
    if asked is not None and asked[1] - asked[0] > LONGEST_UNIT // 2:
        left, asked = [asked, *left], None
    first = True
    while left or first:
        part = [left.pop(0)] if left else []
        while left and left[0][1] - part[0][0] <= LONGEST_UNIT:
            part.append(left.pop(0))
        told = (*([asked] if asked and first else []), *part)
        sentences = tuple(each for start, end in told for each in _sentences(page.text, start, end))
        if sentences:
            yield ExchangePart(page=page, asked=asked, told=tuple(part), sentences=sentences)
        first = False


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of a turn that tell something, without the name of its speaker."""
    for low, high in sentence_spans(text, start, end):
        first = behind_speaker(text, low, high)
        last = low + len(text[low:high].rstrip())
        alone = first == low and name_alone(text, low, last) is not None
        if first < last and not alone and not is_asked(text[first:last]):
            yield first, last


def _nearest(units: Sequence[ExchangePart], hits: Sequence[PassageHit]) -> list[ExchangePart]:
    """Those of many exchanges that passages that were found hold, the first found first, as many as are read; in their
    order."""
    if len(units) <= MOST_UNITS:
        return list(units)

    def order(number: int) -> int:
        unit = units[number]
        start, end = unit.spans[0][0], unit.spans[-1][1]
        found = (n for n, hit in enumerate(hits) if _of(unit.page, hit) and hit.start < end and start < hit.end)
        return next(found, len(hits))

    chosen = sorted(sorted(range(len(units)), key=order)[:MOST_UNITS])
    return [units[number] for number in chosen]


def _of(page: Page, hit: PassageHit) -> bool:
    return (hit.edition, hit.id) == (page.edition, page.article.id)
