"""Claims for tests, made in a few words."""

from __future__ import annotations

from collections.abc import Iterable

from galactica.joining.disagreements.comparing import compare_claims
from galactica.joining.disagreements.group import ClaimGroup, Nature
from galactica.model.claim import Claim
from galactica.model.document import Qualifier

ONE = Nature(single=True)
CHANGING = Nature(single=True, changes=True)
MANY = Nature()


def claim(value: str, source: str = "a", kind: str = "quantity", *, said: str = "", **more: object) -> Claim:
    """A claim of an infobox.

    Args:
        said: a limit ("reported", "planned" …).
    """
    limits = (Qualifier(property=said, kind="text"),) if said else ()
    fields: dict[str, object] = {"path": "It", "property": "p", "origin": "infobox", "qualifiers": limits, **more}
    return Claim(source=source, kind=kind, value=value, **fields)  # type: ignore[arg-type] # fields are named by tests


def only(claims: Iterable[Claim], nature: Nature = ONE, **more: object) -> ClaimGroup:
    """What the claims are to each other, where they are one group."""
    found = compare_claims(claims, nature, **more)  # type: ignore[arg-type]
    assert len(found) == 1, found
    return found[0]


def values(group: ClaimGroup) -> list[str]:
    """The values of its sides, in order."""
    return [side.value for side in group.sides]
