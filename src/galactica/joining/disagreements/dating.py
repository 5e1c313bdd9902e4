"""When a claim holds: as it says itself, by its qualifiers, else as the date of what it stands in."""

from __future__ import annotations

from collections.abc import Callable

from galactica.joining.disagreements.group import DatedClaim
from galactica.model.claim import Claim
from galactica.values.edtf import Span, read_edtf

TIMES = frozenset(("start", "end", "point_in_time", "as_of", "wikidata:P585", "wikidata:P580", "wikidata:P582"))
"""Properties of qualifiers that say when a claim holds; they narrow nothing else."""

DateOf = Callable[[Claim], str]
"""The date (EDTF) of what a claim stands in: of its article, else of its source; "" where it has none."""


def span_of(each: DatedClaim) -> Span | None:
    """The days in which a claim holds; None where it is not known."""
    return read_edtf(each.time) if each.time else None


def dated_claim(claim: Claim, date_of: DateOf) -> DatedClaim:
    """A claim with when it holds, and what says so."""
    date = date_of(claim)
    if claim.time:
        return DatedClaim(claim=claim, time=_closed(claim.time, date), basis="said")
    said = _said_by_qualifiers(claim, date)
    if said:
        return DatedClaim(claim=claim, time=said, basis="said")
    return DatedClaim(claim=claim, time=date, basis="source" if date else "")


def _said_by_qualifiers(claim: Claim, date: str) -> str:
    """When a claim holds by its qualifiers: a point of time, or from a start to an end."""
    told = {each.property: each.value for each in claim.qualifiers if each.kind == "time" and each.value}
    for name in ("as_of", "point_in_time", "wikidata:P585"):
        if name in told:
            return told[name]
    start = told.get("start") or told.get("wikidata:P580") or ""
    end = told.get("end") or told.get("wikidata:P582") or ""
    return _closed(f"{start or '..'}/{end or '..'}", date) if start or end else ""


def _closed(time: str, date: str) -> str:
    """What began and has no end told, until the date of what says so; where that is not known, when it began."""
    start, slash, end = time.partition("/")
    if not slash or end not in ("", "..") or start in ("", ".."):
        return time
    return f"{start}/{date}" if read_edtf(f"{start}/{date}") is not None and date else start


def order_in_time(each: DatedClaim) -> tuple[int, int, str, str, int, str]:
    """The place of a claim among others: in the order of time, those without a date last."""
    span = span_of(each)
    claim = each.claim
    return (span is None, span.first if span else 0, claim.source, claim.path, claim.start, claim.value)
