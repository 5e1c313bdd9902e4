"""A claim: what a place in an article, or a statement of a source, says of something."""

from __future__ import annotations

from dataclasses import dataclass

from galactica.model.document import Qualifier

ORIGINS = ("statement", "infobox", "table", "list", "sentence", "tagger")
"""Where a claim can be read from: a source's own statement; a row of two cells beside an article; a row of a table with
a header; an item of a list; a sentence, by a rule; a sentence, by the learned tagger."""

REPORTED, NEGATED, PLANNED, ESTIMATED, DISPUTED = "reported", "negated", "planned", "estimated", "disputed"
FORMER = "former"
"""Properties of qualifiers that make a claim no plain one: somebody said it (the value is who, where that is named),
it is denied, it is to come, it is about so much, it is said to be in dispute; it is over, nobody says since when."""

LIMITS = (REPORTED, NEGATED, PLANNED, ESTIMATED, DISPUTED, FORMER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One value of one property of one thing, and where that is said.

    The forms of values, units and dates are those of docs/formats/edition.md, "Statements".

    Attributes:
        source: key of the source that says it.
        path: of the article that says it; of a statement, its own name in its source.
        subject: what it is about: "" for what the article is about; else a name as it is written, or an identifier.
        property: id in `claims/properties.toml`; for what that table does not hold, the source's own words.
        kind: "text", "item", "quantity", "time", "place" or "url".
        value: normalised, in the form of its kind; of an item a name as it is written, or an identifier.
        unit: of a quantity, an id of `values/units.toml`; "" where it is a mere number.
        bounds: the least and the greatest quantity that is meant; () where it is not said.
        time: EDTF level 1, when it holds ("as of"); "" where it is not said.
        qualifiers: what narrows it; those in `LIMITS` make it no plain claim.
        start, end: code points of the projection of the article's body, half-open: the whole row, item or sentence
            that says it; (0, 0) of a statement.
        value_start, value_end: of these, the stretch that the value was read from; (0, 0) of a statement.
        origin: one of `ORIGINS`.
        rule: which rule or column found it, for whoever puts it right.
        confidence: 0 to 1, how often claims of this origin and rule were right where they were judged.
    """

    source: str
    path: str
    property: str
    kind: str
    value: str
    origin: str
    subject: str = ""
    unit: str = ""
    bounds: tuple[str, ...] = ()
    time: str = ""
    qualifiers: tuple[Qualifier, ...] = ()
    start: int = 0
    end: int = 0
    value_start: int = 0
    value_end: int = 0
    rule: str = ""
    confidence: float = 1.0


def said_outright(claim: Claim) -> bool:
    """Whether it is said outright: by the article itself, not denied, not to come, not over, not estimated."""
    return not any(each.property in LIMITS for each in claim.qualifiers)
