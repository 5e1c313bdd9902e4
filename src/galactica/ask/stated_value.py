"""A value as an article states it: which stretch of a cell it is, and where what says it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from galactica.ask.evidence import passage_at
from galactica.ask.holdings import Page
from galactica.ask.named import passage_of
from galactica.codes.letters import folded
from galactica.model import PassageHit, Position
from galactica.values.amounts import numbers
from galactica.values.dates import dates


@dataclass(frozen=True, slots=True, kw_only=True)
class OfClaims:
    """What claims say of a value besides.

    Attributes:
        side: whose it is: claims of one side can all be right, two sides cannot.
        confidence: how likely it is right, from how often claims of their kind were.
        time: when it holds, EDTF; "" where nobody says it.
        basis: "said" by a claim, "source": the date of its source; "".
        limits: why it is no plain claim ("reported", "planned", …); none of a plain one.
        series: what the same was at other times, the oldest first.
        others: what is said besides and does not count against it.
        notes: what the person should know.
    """

    side: str
    confidence: float
    time: str = ""
    basis: str = ""
    limits: tuple[str, ...] = ()
    series: tuple[Position, ...] = ()
    others: tuple[Position, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A value as an article states it.

    Attributes:
        hit: the passage in which it begins.
        start, end: of the value, in code points of the article's text.
        first, last: of what says it, the row or sentence.
        exact: how much it is called as was asked, the most for what the table of properties names first.
        form: what it is a value of (`AskedProperty.form`); "" where that is not known.
        thing: the name that was asked by, as names are compared; "" where the article was found by something else.
        rival: whether the article itself states another value, which cannot be right beside this one.
        claimed: what claims say of it besides; None of what was read when it was asked for.
    """

    hit: PassageHit
    start: int
    end: int
    first: int
    last: int
    exact: float
    form: str = ""
    thing: str = ""
    rival: bool = False
    claimed: OfClaims | None = None


def value_in(text: str, start: int, end: int, form: str) -> tuple[int, int] | None:
    """The value within a cell: all of it where it has the form, without remarks behind it; None where it has not."""
    while start < end and text[start].isspace():
        start += 1
    cell = text[start:end]
    if form in ("number", "quantity") and not numbers(cell):
        return None
    if form == "date" and not (dates(cell) or any(letter.isdigit() for letter in cell) or _ancient(cell)):
        return None
    if form == "person" and (any(map(str.isdigit, cell.partition("(")[0])) or not _named(cell)):
        return None  # since when stands in brackets
    if form in ("name", "list") and not any(letter.isalnum() for letter in cell):
        return None
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None


def _named(text: str) -> bool:
    """Whether a text may be a name: it begins with a capital, or is of a script without any."""
    first = next((letter for letter in text if letter.isalpha()), "")
    return bool(first) and (first.isupper() or first.lower() == first.upper())


def _ancient(cell: str) -> bool:
    return any(word in folded(cell) for word in ("ancient", "antiquity", "prehist", "古代", "史前"))


def made(page: Page, start: int, end: int, first: int, last: int, exact: float) -> Stated:
    """What an article states: its value at `start` to `end`, said by what stands at `first` to `last`."""
    number = passage_at(page, start)
    low, high = page.starts[number], page.ends[number]
    low, high = min(low, start, first), max(high, end, last)
    hit = replace(passage_of(page, number), start=low, end=high, text=page.text[low:high], score=1.0)
    return Stated(hit=hit, start=start, end=end, first=first, last=last, exact=exact)


def stated_within(one: Stated, longest: int) -> Stated:
    """A stated text up to the last comma or bracket within `longest` characters, where it is longer."""
    told = one.hit.text[one.start - one.hit.start : one.end - one.hit.start]
    breaks = [match.start() for match in _BREAK.finditer(told[:longest]) if match.start() >= longest // 4]
    return replace(one, end=one.start + breaks[-1]) if len(told) > longest and breaks else one


_BREAK = re.compile(r"\s*[,;(，；（]")
