"""Whether an edition still says what an older one said: each claim is kept, moved, changed or gone.

Articles are told by source and path, statements by their own names. Of one article: a claim of the same words at the
same place is *kept*, at another place *moved*; where the same thing has another value of the property now that was not
there before, it is *changed*; else *gone*.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from galactica.claims.kept import STATEMENT, KeptClaims, every_claim
from galactica.claims.stated import statement_claims
from galactica.edition import Edition
from galactica.model import article_id
from galactica.model.claim import Claim

KEPT, MOVED, CHANGED, GONE = "kept", "moved", "changed", "gone"
STATES = (KEPT, MOVED, CHANGED, GONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFate:
    """What became of a claim.

    Attributes:
        state: one of `STATES`.
        old: the claim of the older edition.
        new: that of the newer one that is the same, or takes its place; None where it is gone.
    """

    state: str
    old: Claim
    new: Claim | None = None


def claim_fates(old: Edition, old_folder: Path, new: Edition, new_folder: Path) -> Iterator[ClaimFate]:
    """What became of each claim of an older edition, in the order in which they stand there."""
    kept = KeptClaims(new_folder, new)
    for row, group in groupby(every_claim(old_folder), key=lambda found: (found[0], found[1].source, found[1].path)):
        claims = [claim for _, claim in group]
        if row[0] == STATEMENT:
            yield from _fates(claims, _stated_now(new, claims[0]))
            continue
        now = new.row_of(article_id(claims[0].source, claims[0].path))
        there = kept.of_row(now) if now is not None else []
        yield from _fates(claims, there)


def _stated_now(new: Edition, claim: Claim) -> list[Claim]:
    """What the statement of a claim says now; none where it is gone."""
    if not new.statement.count("statements"):
        return []
    found = (each for each in new.statements_about(claim.subject) if each.source == claim.source)
    return [made for each in found if each.path == claim.path for made in statement_claims(each, Counter())]


def _fates(old: Sequence[Claim], new: Sequence[Claim]) -> Iterator[ClaimFate]:
    """What became of the claims of one article, each new one taken once."""
    left = list(new)
    fates: dict[int, ClaimFate] = {}
    for state, key in ((KEPT, _whole_key), (MOVED, _said_key)):
        waiting: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
        for claim in reversed(left):
            waiting[key(claim)].append(claim)
        for number, claim in enumerate(old):
            if number not in fates and waiting[key(claim)]:
                taken = waiting[key(claim)].pop()
                fates[number] = ClaimFate(state=state, old=claim, new=taken)
        taken_ids = {id(fate.new) for fate in fates.values()}
        left = [claim for claim in left if id(claim) not in taken_ids]
    places: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in reversed(left):
        places[_thing_key(claim)].append(claim)
    for number, claim in enumerate(old):
        if number not in fates:
            there = places[_thing_key(claim)]
            fates[number] = (
                ClaimFate(state=CHANGED, old=claim, new=there.pop()) if there else ClaimFate(state=GONE, old=claim)
            )
    yield from (fates[number] for number in range(len(old)))


def _said_key(claim: Claim) -> tuple[object, ...]:
    """What makes two claims say the same."""
    return (
        claim.subject,
        claim.property,
        claim.kind,
        claim.value,
        claim.unit,
        claim.bounds,
        claim.time,
        claim.qualifiers,
    )


def _whole_key(claim: Claim) -> tuple[object, ...]:
    """What makes them the same at the same place."""
    return (*_said_key(claim), claim.start, claim.end, claim.value_start, claim.value_end)


def _thing_key(claim: Claim) -> tuple[object, ...]:
    """What makes a claim take the place of another: the same thing, property and place in the article's form."""
    return claim.subject, claim.property, claim.origin
