"""The claims of an edition in any order → those of one topic, subject and property together, sorted on disk."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path

from galactica.model.claim import Claim
from galactica.model.document import Qualifier

MOST_GATHERED = 4_000
"""Claims of one topic and property that are taken to be compared, in the order of their places; the rest is counted."""

BATCH = 5_000
"""Claims that are in memory on the way to the file."""

LONGEST_PART = 4_000
"""Characters of one text of a claim that travel; a longer value can be the same as another or not be compared."""

PlaceOf = Callable[[Claim], tuple[str, str]]
"""The topic that a claim is about, and of what of it, "" for the topic itself; topic "" where nobody knows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfOneProperty:
    """Claims of one topic, subject and property.

    Attributes:
        left_out: how many more there are.
    """

    topic: str
    subject: str
    property: str
    claims: tuple[Claim, ...]
    left_out: int = 0


def claims_by_topic(claims: Iterable[Claim], place_of: PlaceOf, file: Path) -> Iterator[OfOneProperty]:
    """Claims by topic, subject and property, in the order of these.

    Args:
        claims: in any order; those without a topic are passed over.
        file: a place for the sorting; what lies there is lost.

    Raises:
        OSError: the machine's refusals.
    """
    file.unlink(missing_ok=True)
    db = sqlite3.connect(file, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.execute("CREATE TABLE claims (topic TEXT, subject TEXT, property TEXT, claim TEXT)")
        rows = (_row(claim, place_of) for claim in claims)
        known = (row for row in rows if row[0])
        while batch := list(islice(known, BATCH)):
            db.execute("BEGIN")
            db.executemany("INSERT INTO claims VALUES (?, ?, ?, ?)", batch)
            db.execute("COMMIT")
        found = db.execute("SELECT * FROM claims ORDER BY topic, subject, property, claim")
        for (topic, subject, name), several in groupby(found, lambda row: (row[0], row[1], row[2])):
            kept = tuple(_claim(row[3]) for row in islice(several, MOST_GATHERED))
            left_out = sum(1 for _ in several)
            yield OfOneProperty(topic=topic, subject=subject, property=name, claims=kept, left_out=left_out)
    finally:
        db.close()
        file.unlink(missing_ok=True)


def _row(claim: Claim, place_of: PlaceOf) -> tuple[str, str, str, str]:
    topic, subject = place_of(claim)
    told = [
        _text(claim.source),
        _text(claim.path),
        claim.start,
        claim.end,
        claim.value_start,
        claim.value_end,
        *map(_text, (claim.kind, claim.value, claim.unit, claim.time, claim.origin, claim.rule, claim.subject)),
        claim.confidence,
        [_text(each) for each in claim.bounds],
        [[_text(q.property), _text(q.kind), _text(q.value), _text(q.unit)] for q in claim.qualifiers],
        _text(claim.property),
    ]
    return _text(topic), _text(subject), _text(claim.property), json.dumps(told, ensure_ascii=True)


def _claim(text: str) -> Claim:
    told = json.loads(text)
    return Claim(
        source=told[0],
        path=told[1],
        start=told[2],
        end=told[3],
        value_start=told[4],
        value_end=told[5],
        kind=told[6],
        value=told[7],
        unit=told[8],
        time=told[9],
        origin=told[10],
        rule=told[11],
        subject=told[12],
        confidence=told[13],
        bounds=tuple(told[14]),
        qualifiers=tuple(Qualifier(property=p, kind=k, value=v, unit=u) for p, k, v, u in told[15]),
        property=told[16],
    )


def _text(text: str) -> str:
    return text[:LONGEST_PART].encode("utf-8", "replace").decode()
