"""What is known of a property when its claims are compared: has a thing one value of it at a time, does it change?

What neither the table of properties (`claims/properties.toml`) nor that of fields (`fields.toml`) holds may have
several values. A field counts only where numbers stand in it: what else stands there are notes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from galactica.claims.property_table import known_properties, property_of_wikidata
from galactica.joining.disagreements.group import Nature
from galactica.model.claim import Claim

NESTED = frozenset(("place_of_birth", "place_of_death", "located_in", "headquarters"))
"""Properties whose values lie in each other (Berlin in Germany): as long as nothing says which do, two are no
disagreement."""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def nature_of(name: str, claims: Iterable[Claim] = ()) -> Nature:
    """What is known of a property.

    Args:
        name: its id, or the source's own words.
        claims: what is said of it, of one thing.
    """
    found = known_properties().get(name) or property_of_wikidata(name.removeprefix("wikidata:"))
    if found is not None:
        return Nature() if found.id in NESTED else Nature(single=not found.many, changes=found.changes)
    if is_field_of_numbers(name) and all(claim.kind == "quantity" and claim.origin == "statement" for claim in claims):
        return Nature(single=True, changes=True)
    return Nature()


def is_field_of_numbers(name: str) -> bool:
    """Whether a field is one in which a country has one number at a time."""
    head, parted, _ = name.partition(": ")
    return (name in _changing() or (bool(parted) and head in _changing())) and not _YEAR.search(name)


@cache
def _changing() -> frozenset[str]:
    return frozenset(tomllib.loads(files(__package__).joinpath("fields.toml").read_text("utf-8"))["changes"])
