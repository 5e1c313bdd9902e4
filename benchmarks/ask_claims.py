"""Where sources are known to differ, are all sides shown to whoever asks? And is the newest value of a series given?

    python -m benchmarks.ask_claims EDITION [--asked EDITION] [--questions 40] [--reader auto] [--show]

EDITION is joined. Of its compared claims, drawn with a fixed seed, "What is the PROPERTY of THING?" is asked of
`--asked` (the same, or a copy that was not joined: before and after): of claims that *differ*, whether every side is
among what is shown (answer, positions, values besides, of other times); of those that *differ in time*, whether the
newest is given, and the others are in sight; of those that *agree*, whether that value is given.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks import results
from benchmarks.rightness import names
from galactica.claims.property_table import known_properties
from galactica.edition import Edition
from galactica.joining.disagreements.dating import span_of
from galactica.joining.disagreements.group import ClaimGroup, ClaimSide, GroupKind
from galactica.joining.properties.kept import property_claims
from galactica.library import open_library
from galactica.model import Answer, Claim
from galactica.values.amounts import amounts

KINDS = (GroupKind.DIFFER, GroupKind.TIME, GroupKind.AGREE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edition", type=Path)
    parser.add_argument("--asked", type=Path, help="default: EDITION")
    parser.add_argument("--questions", type=int, default=40, help="of each kind")
    parser.add_argument("--reader", choices=("auto", "trained", "rules"), default="auto")
    parser.add_argument("--show", action="store_true", help="print what is not shown whole")
    given = results.arguments(parser).parse_args()
    drawn = made(given.edition, given.questions)
    counts: dict[str, Counter[str]] = {kind.value: Counter() for kind in KINDS}
    with open_library([given.asked or given.edition]) as library:
        for question, group in drawn:
            answer = library.ask(question, reader=given.reader, fast=True)
            told = counts[group.kind.value]
            told["asked"] += 1
            shown = seen(answer)
            sides = [any(says(text, side) for text in shown) for side in group.sides]
            newest = max(group.sides, key=last)
            told["all sides shown"] += all(sides)
            told["newest given"] += says(answer.text, newest)
            told["answered"] += bool(answer.text)
            told["none of the sides given"] += bool(answer.text) and not any(says(answer.text, s) for s in group.sides)
            if given.show and not all(sides):
                print(f"{group.kind:8} {question} → {answer.text[:60]} | {[side.value for side in group.sides]}")
    for kind, told in counts.items():
        print(f"{kind}: " + ", ".join(f"{n} {name}" for name, n in told.items()))
    results.keep(__file__, given, counts)


def made(path: Path, most: int) -> list[tuple[str, ClaimGroup]]:
    """Questions in English with the claims that they are about, `most` of each kind."""
    found: dict[GroupKind, list[tuple[str, ClaimGroup]]] = {kind: [] for kind in KINDS}
    with Edition.open(path) as edition:
        claims = property_claims(edition)
        if claims is None:
            raise SystemExit(f"{path} is not joined.")
        titles = {each.topic: each.members[0].title for each in claims.topics() if each.members}
        for name, each in known_properties().items():
            if each.many or each.kind not in ("quantity", "item", "time"):
                continue
            for group in claims.of(name):
                title = titles.get(group.topic, "")
                sources = {claim.claim.source for side in group.sides for claim in side.claims}
                if group.kind in found and title and not group.subject and not group.scope and len(sources) > 1:
                    found[group.kind].append((f"What is the {each.label('en')} of {title}?", group))
    chance = random.Random(7)
    return [one for kind in KINDS for one in chance.sample(found[kind], min(most, len(found[kind])))]


def seen(answer: Answer) -> Sequence[str]:
    """All values that a person is shown."""
    positions = (*answer.positions, *answer.series, *answer.others, *answer.values)
    return [answer.text, *(each.value for each in positions), *(each.quote for each in answer.near)]


def says(text: str, side: ClaimSide) -> bool:
    """Whether a text has the value of a side, as one of its claims gives it; an amount in other words, too."""
    return any(
        names(text, each.claim.value[:4] if each.claim.kind == "time" else each.claim.value)
        or _amount(text, each.claim)
        for each in side.claims
    )


def _amount(text: str, claim: Claim) -> bool:
    """Whether a text has an amount as another number of the same unit: "15.558 million sq km" has 15558000 km²."""
    if claim.kind != "quantity" or not claim.unit:
        return False
    told = [each for each in amounts(text) if each.unit == claim.unit]
    return any(each.low <= float(claim.value) <= each.high for each in told)


def last(side: ClaimSide) -> int:
    """The newest day that it is said of."""
    return max((span.last for each in side.claims if (span := span_of(each)) is not None), default=-1)


if __name__ == "__main__":
    main()
