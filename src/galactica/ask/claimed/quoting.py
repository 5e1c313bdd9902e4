"""Where a claim stands in an article, so that it can be quoted: its row, item or sentence, and its value in that.

A claim that was read out of an article has its span. A statement has none: what its source's article on its subject
prints of it is looked for, the line of its property and the value in it. What is not found there is not quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from galactica.ask.evidence import cite
from galactica.ask.holdings import ClaimedThings, Page
from galactica.codes.letters import folded
from galactica.joining.disagreements.group import DatedClaim
from galactica.languages import primary
from galactica.model import Citation, Position
from galactica.model.claim import LIMITS, Claim
from galactica.values.amounts import numbers

LONGEST_QUOTED = 1_500
"""Code points of a row that is quoted; of a longer one the part around its value."""

MOST_LOOKED_AT = 60
"""Claims of one value whose articles are opened."""

MOST_LINES = 60
"""Lines of one property that are looked at for a statement's value."""

IDENTIFIER = re.compile(r"(?:wikidata:)?[QPL]\d+\Z")
"""A value that says nothing to a person: nobody here knows what it is called."""

_UNIT = re.compile(r" ?[^\W\d][^\d;,()\n\t]{0,29}(?<! )")
_NUMBER = re.compile(r"-?\d(?:[\d., \u00a0\u202f]*\d)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedClaim:
    """A claim where it stands.

    Attributes:
        start, end: of the value, in code points of the page's text.
        first, last: of what says it.
    """

    dated: DatedClaim
    page: Page
    start: int
    end: int
    first: int
    last: int

    @property
    def value(self) -> str:
        """In the words of the article."""
        return self.page.text[self.start : self.end]

    @property
    def citation(self) -> Citation:
        """Its quotation, the value marked."""
        return cite(self.page, self.first, self.last, (self.start - self.first, self.end - self.first))


def quoted_claim(things: ClaimedThings, dated: DatedClaim) -> QuotedClaim | None:
    """A claim where it stands; None where its article is not there, or does not print it."""
    claim = dated.claim
    page = things.page(claim)
    if page is None:
        return None
    if claim.origin == "statement":
        found = _printed(things, page, claim)
        if found is None:
            return None
        start, end, first, last = found
    else:
        start, end, first, last = claim.value_start, claim.value_end, claim.start, claim.end
    if not 0 <= first <= start < end <= last <= len(page.text) or IDENTIFIER.match(page.text[start:end]):
        return None
    if last - first > LONGEST_QUOTED:
        first = max(first, start - LONGEST_QUOTED // 2)
        last = max(end, min(last, first + LONGEST_QUOTED))
    return QuotedClaim(dated=dated, page=page, start=start, end=end, first=first, last=last)


def quoted_claims(
    things: ClaimedThings, claims: Sequence[DatedClaim], most: int, language: str = ""
) -> list[QuotedClaim]:
    """Claims where they stand, one of each source, language and time, in their order; at most `most`.

    Args:
        language: primary tag of what comes first, before English and all others; "" for none. Claims of articles come
            before statements.
    """
    found: dict[tuple[str, str, str], QuotedClaim] = {}
    for each in sorted(claims[:MOST_LOOKED_AT], key=lambda each: each.claim.origin == "statement"):
        quoted = quoted_claim(things, each)
        if quoted is not None:
            found.setdefault((each.claim.source, primary(quoted.page.article.language), each.time), quoted)
    return sorted(found.values(), key=lambda each: far_from(language, each.page))[:most]


def far_from(language: str, page: Page) -> int:
    """How far an article is from who asks in a language: 0 in that one, 1 in English, which most read, 2 in another.

    Args:
        language: primary tag; "" for none: then all are as near.
    """
    return {"en": 1, language: 0}.get(primary(page.article.language), 2) if language else 0


def position(quoted: Sequence[QuotedClaim], *, of: str = "", value: str = "") -> Position:
    """A value with its quotations.

    Args:
        quoted: all that say it, the best first; not empty.
        value: "" for the words of the first.
    """
    dated = quoted[0].dated
    return Position(
        value=value or " ".join(quoted[0].value.split()),
        citations=tuple(each.citation for each in quoted),
        support=max(each.dated.claim.confidence for each in quoted),
        time=dated.time,
        basis=dated.basis,
        limits=claim_limits(dated.claim),
        of=of,
    )


def claim_limits(claim: Claim) -> tuple[str, ...]:
    """What makes it no plain claim."""
    return tuple(dict.fromkeys(each.property for each in claim.qualifiers if each.property in LIMITS))


def _printed(things: ClaimedThings, page: Page, claim: Claim) -> tuple[int, int, int, int] | None:
    """(start, end of the value, start, end of the line) of what an article prints of a statement."""
    called, value = things.printed(claim)
    parts = called.split(": ")
    for name in dict.fromkeys((called, parts[0], parts[-1])):  # "Population: total" may be printed as "Population"
        for label, first, start, last in _lines(page.text, name):
            span = _value_in(page.text[start:last], claim, value)
            if span is not None:
                return start + span[0], start + span[1], first if label else start, last
    return None


def _lines(text: str, called: str) -> Iterator[tuple[bool, int, int, int]]:
    """(whether the name stands in it, its start, that of the cell, its end) of the lines of a property; of one that is
    too long for a row, of the line below its heading."""
    match = re.search(rf"(?m)^{re.escape(called)}\t", text)
    if match is None:
        headed = re.search(rf"(?m)^{re.escape(called)}\n([^\n\t]+)$", text)
        if headed is not None:
            yield False, headed.start(1), headed.start(1), headed.end(1)
        return
    first, start = match.span()
    for number in range(MOST_LINES):
        last = text.find("\n", start)
        last = len(text) if last < 0 else last
        if number and "\t" in text[start:last]:
            return
        yield number == 0, first if number == 0 else start, start, last
        if last >= len(text):
            return
        first = start = last + 1


def _value_in(cell: str, claim: Claim, value: str) -> tuple[int, int] | None:
    """Where the value of a statement stands in a cell."""
    if claim.kind == "quantity":
        for match in _NUMBER.finditer(cell):
            if _says(match[0], claim.value):
                unit = _UNIT.match(cell, match.end()) if claim.unit else None
                return match.start(), unit.end() if unit else match.end()
        return None
    for wanted in (value, claim.value):
        at = folded(cell).find(folded(wanted)) if wanted else -1
        if at >= 0 and len(folded(cell)) == len(cell):
            return at, at + len(wanted)
    if claim.kind == "time":
        plain = re.split(r"\s?[(;]", cell, maxsplit=1)[0]
        return (0, len(plain)) if claim.value[:4] in plain else None
    return None


def _says(text: str, value: str) -> bool:
    """Whether a number in a text is a value."""
    try:
        wanted = float(value)
    except ValueError:
        return False
    return any(abs(number - wanted) <= 1e-9 * abs(wanted) for number in numbers(text))
