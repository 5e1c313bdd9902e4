"""What a candidate is taught as, of each property: by distant supervision (Mintz and others 2009), cleaned.

* `SAID`: a rule reads it there, as that property of what the article is about.
* `STANDS`: a fact of the article has that value, and no other of its facts does; the words around it may speak of
  something else, so that this is learned only where the head believes it after a first round.
* `NOT`: the thing has one value of that property, which is known, and this is another; or a rule reads it there as
  something else, or of somebody else.
* `UNTOLD`: nothing is known; most are none, so that it is learned as a weak no.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from galactica.claims.property_table import Property, known_properties
from galactica.claims.tagging.candidates import properties_of, value_key
from galactica.claims.tagging.windows import PlacedCandidate
from galactica.model.claim import Claim
from galactica.train.tagger.facts import KnownOf

SAID, STANDS, UNTOLD, NOT = 1, 2, 0, -1

TOGETHER = frozenset(
    (
        frozenset(("located_in", "country")),
        frozenset(("area", "land_area")),
        frozenset(("height", "elevation")),
        frozenset(("height", "length")),
        frozenset(("founded", "opened")),
        frozenset(("founder", "author")),
        frozenset(("composer", "author")),
        frozenset(("composer", "performer")),
        frozenset(("director", "screenwriter")),
        frozenset(("director", "producer")),
        frozenset(("nationality", "country_of_origin")),
        frozenset(("part_of", "located_in")),
        frozenset(("headquarters", "located_in")),
        frozenset(("place_of_birth", "place_of_death")),
        frozenset(("parent", "father")),
        frozenset(("parent", "mother")),
        frozenset(("developer", "publisher")),
        frozenset(("founded", "published")),
    )
)
"""Properties that one value may be of at once: of these one says nothing of the other."""


def labels_of(placed: PlacedCandidate, names: Sequence[str], said: Sequence[Claim], known: KnownOf) -> NDArray[np.int8]:
    """`int8 [properties]`: what a candidate is taught as.

    Args:
        names: of the properties, in the head's order.
        said: what rules read in its sentence.
        known: facts of what the article is about.
    """
    found = np.zeros(len(names), np.int8)
    at = {name: number for number, name in enumerate(names)}
    candidate = placed.candidate
    start, end = placed.start + candidate.start, placed.start + candidate.end
    here = [claim for claim in said if claim.value_start < end and start < claim.value_end]
    own = {claim.property for claim in here if not claim.subject and _same_place(claim, start, end)}
    others = {claim.property for claim in here}
    value = value_key(candidate.reading)
    roles: defaultdict[bool, list[str]] = defaultdict(list)
    for each in properties_of(candidate.kind):
        if each.id in at:
            roles[value in known.get(each.id, ())].append(each.id)
    table = known_properties()
    for name in roles[False]:
        if _one_value(table[name]) and known.get(name) and not _near(value[0], known[name]):
            found[at[name]] = NOT
    if len(roles[True]) == 1 and not others:
        found[at[roles[True][0]]] = STANDS
    for name in own | others:
        for each in properties_of(candidate.kind):
            if each.id in at and each.id != name and frozenset((each.id, name)) not in TOGETHER:
                found[at[each.id]] = NOT
    for name in others:
        if name in at:
            found[at[name]] = SAID if name in own else NOT
    return found


def _same_place(claim: Claim, start: int, end: int) -> bool:
    """Whether a rule reads the candidate itself: a name may go on behind a comma."""
    return claim.value_start == start and (claim.value_end == end or (claim.kind == "item" and claim.value_end > end))


def _one_value(each: Property) -> bool:
    return not each.many and not each.changes


def _near(value: str, known: frozenset[tuple[str, str]]) -> bool:
    """Whether a value may be another wording of a known one: a year of a date, a part of a name."""
    return any(value.startswith(other[:4]) or other in value or value in other for other, _ in known)
