"""A group as a row of a Parquet table, and back. The columns are those of docs/formats/joined.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from galactica.joining.disagreements.group import ClaimGroup, ClaimSide, DatedClaim, GroupKind
from galactica.model.claim import Claim
from galactica.model.document import Qualifier

TEXT, TEXTS = pa.string(), pa.list_(pa.string())

LONGEST_KEPT = 2_000
"""Characters of a value that are kept; the whole of it stands where its span is."""

_TEXTS = ("source", "path", "subject", "property", "kind", "value", "unit", "time", "origin", "rule")
_NUMBERS = ("start", "end", "value_start", "value_end")

CLAIM = pa.struct(
    [pa.field(name, TEXT) for name in _TEXTS]
    + [pa.field(name, pa.int32()) for name in _NUMBERS]
    + [
        pa.field("bounds", TEXTS),
        pa.field("qualifiers", pa.list_(pa.struct([(name, TEXT) for name in ("property", "kind", "value", "unit")]))),
        pa.field("confidence", pa.float32()),
        pa.field("holds", TEXT),
        pa.field("basis", TEXT),
    ]
)

SIDE = pa.struct(
    [
        pa.field("value", TEXT),
        pa.field("unit", TEXT),
        pa.field("kind", TEXT),
        pa.field("reasons", TEXTS),
        pa.field("claims", pa.list_(CLAIM)),
    ]
)

GROUPS = pa.schema(
    [pa.field(name, TEXT, nullable=False) for name in ("topic", "subject", "property", "scope", "outcome")]
    + [
        pa.field("sides", pa.list_(SIDE), nullable=False),
        pa.field("beside", pa.list_(CLAIM)),
        pa.field("left_out", pa.int32(), nullable=False),
    ]
)

PLACES = pa.schema(
    [
        pa.field("source", TEXT, nullable=False),
        pa.field("path", TEXT, nullable=False),
        pa.field("topic", TEXT, nullable=False),
    ]
)


def group_row(group: ClaimGroup) -> dict[str, object]:
    """A group as a row."""
    return {
        "topic": group.topic,
        "subject": group.subject,
        "property": group.property,
        "scope": group.scope,
        "outcome": group.kind.value,
        "sides": [
            {
                "value": side.value[:LONGEST_KEPT],
                "unit": side.unit,
                "kind": side.kind,
                "reasons": list(side.reasons),
                "claims": [_claim_row(each) for each in side.claims],
            }
            for side in group.sides
        ],
        "beside": [_claim_row(each) for each in group.beside],
        "left_out": group.left_out,
    }


def group_of(row: Mapping[str, Any]) -> ClaimGroup:
    """The group of a row.

    Raises:
        ValueError: its outcome is none.
    """
    return ClaimGroup(
        topic=row["topic"],
        subject=row["subject"],
        property=row["property"],
        scope=row["scope"],
        kind=GroupKind(row["outcome"]),
        sides=tuple(
            ClaimSide(
                value=side["value"] or "",
                unit=side["unit"] or "",
                kind=side["kind"] or "",
                reasons=tuple(side["reasons"] or ()),
                claims=tuple(_claims(side["claims"])),
            )
            for side in row["sides"]
        ),
        beside=tuple(_claims(row["beside"])),
        left_out=row["left_out"],
    )


def _claim_row(dated: DatedClaim) -> dict[str, object]:
    claim = dated.claim
    row: dict[str, object] = {name: _text(getattr(claim, name)) for name in _TEXTS}
    row |= {name: getattr(claim, name) for name in _NUMBERS}
    row["bounds"] = [_text(each) for each in claim.bounds]
    row["qualifiers"] = [
        {"property": _text(q.property), "kind": _text(q.kind), "value": _text(q.value), "unit": _text(q.unit)}
        for q in claim.qualifiers
    ]
    return row | {"confidence": claim.confidence, "holds": dated.time, "basis": dated.basis}


def _text(text: str) -> str:
    """Text that UTF-8 can hold, at most `LONGEST_KEPT` characters of it."""
    return text[:LONGEST_KEPT].encode("utf-8", "replace").decode()


def _claims(rows: list[dict[str, Any]] | None) -> Iterator[DatedClaim]:
    for row in rows or ():
        fields: dict[str, Any] = {name: row[name] or "" for name in _TEXTS}
        fields |= {name: row[name] or 0 for name in _NUMBERS}
        claim = Claim(
            **fields,
            bounds=tuple(row["bounds"] or ()),
            qualifiers=tuple(
                Qualifier(**{name: each[name] or "" for name in ("property", "kind", "value", "unit")})
                for each in row["qualifiers"] or ()
            ),
            confidence=row["confidence"],
        )
        yield DatedClaim(claim=claim, time=row["holds"] or "", basis=row["basis"] or "")
