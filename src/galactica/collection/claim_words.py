"""A claim for a person: its property by its name, its number and unit as people write them, things by their titles."""

from __future__ import annotations

from galactica.claims.property_table import property_label
from galactica.collection.statements import StatementWords
from galactica.model import Qualifier
from galactica.model.claim import Claim
from galactica.values.numerals import write_number
from galactica.values.units import unit_sign


def claim_said(claim: Claim, words: StatementWords | None = None, language: str = "en") -> str:
    """What a claim says: "area = 643,801 km² (2010) [estimated]".

    Args:
        words: of the edition that the claim is of, for what identifiers are called; None: they stay as they are.
        language: of names and numbers, a tag.
    """
    named = _value(claim.source, "item", claim.subject, "", words, language) if claim.subject else ""
    value = _value(claim.source, claim.kind, claim.value, claim.unit, words, language)
    time = f" ({claim.time})" if claim.time else ""
    narrowed = "; ".join(_narrowed(claim.source, each, words, language) for each in claim.qualifiers)
    about = f"{named}: " if named else ""
    limits = f" [{narrowed}]" if narrowed else ""
    return f"{about}{property_label(claim.property, language)} = {value}{time}{limits}"


def value_said(claim: Claim, language: str = "en") -> str:
    """The value of a claim alone, with its time."""
    time = f" ({claim.time})" if claim.time else ""
    return _value(claim.source, claim.kind, claim.value, claim.unit, None, language) + time


def _narrowed(source: str, each: Qualifier, words: StatementWords | None, language: str) -> str:
    value = _value(source, each.kind, each.value, each.unit, words, language) if each.value else ""
    return f"{property_label(each.property, language)} {value}".strip()


def _value(source: str, kind: str, value: str, unit: str, words: StatementWords | None, language: str) -> str:
    if kind == "quantity":
        number = write_number(value, language)
        return f"{number} {unit_sign(unit, number, language)}" if unit else number
    return words.value(source, kind, value, "")[0] if words is not None and kind == "item" else value
