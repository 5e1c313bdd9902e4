"""What sources say differently of countries, towns and persons, to be judged by eye; how many of each kind.

    galactica build E factbook snapshots/2021-02-15 … wikidata articles --no-meaning && galactica join E
    python -m benchmarks.real_disagreements -e E [--show 50] [--kind differ] [--property population] [--seed 1]

Shows groups of one kind, drawn at random, with the words of every side, its source and its date. The figures are
counts, and whether series stand in order: of the groups that differ in time, how many have sides in the order of when
they begin. Whether a disagreement is one can be told by reading alone.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import results
from galactica import library
from galactica.edition import Edition
from galactica.values.edtf import read_edtf

if TYPE_CHECKING:
    from galactica.library import ShownGroup

WORDS = 300
"""Characters of a quotation that are shown."""

CLAIMS = 3
"""Claims of a side that are shown."""

KINDS = ("differ", "undated", "time", "several", "rounding", "agree")


def main() -> None:
    """Count, show and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-e", "--edition", type=Path, required=True)
    parser.add_argument("--show", type=int, default=0, help="groups that are shown with the words of each side")
    parser.add_argument("--kind", choices=KINDS, default="differ")
    parser.add_argument("--property", default="", help="only of this one")
    parser.add_argument("--seed", type=int, default=1)
    given = results.arguments(parser).parse_args()
    with Edition.open(given.edition) as edition:
        differing = library.Differing(edition)
        counts = Counter(found.kind.value for found in differing.kinds(name=given.property))
        wanted = list(differing.all_groups(name=given.property, kinds=(given.kind,)))
        series = list(differing.all_groups(name=given.property, kinds=("time",)))
    named = Counter(group.property for group in wanted)
    shown = random.Random(given.seed).sample(wanted, min(given.show, len(wanted)))
    for number, group in enumerate(shown, 1):
        print(f"\n{number}. {_told(group)}")
    figures: dict[str, object] = {
        **{name: counts[name] for name in KINDS},
        **{f"{given.kind}: {name}": count for name, count in named.most_common(20)},
        "series": len(series),
        "series in order": sum(map(in_order, series)),
    }
    print()
    for name, value in figures.items():
        print(f"{name:40} {value}")
    results.keep(__file__, given, figures)


def in_order(group: ShownGroup) -> bool:
    """Whether the sides of a series begin one after the other; those without a date stand last."""
    return _rises(min(_begins(each.time) for each in side.claims) for side in group.sides)


def _begins(time: str) -> float:
    span = read_edtf(time) if time else None
    return span.first if span is not None else float("inf")


def _rises(values: Iterable[float]) -> bool:
    told = list(values)
    return told == sorted(told)


def _told(group: ShownGroup) -> str:
    lines = [" · ".join(filter(None, (group.title or group.topic, group.subject, group.called, group.scope)))]
    for side in group.sides:
        lines.append(f"   {side.value}")
        lines += [
            f"      {each.key} ({each.time or 'no date'}{', its source' if each.basis == 'source' else ''}): "
            f"“{each.quote[:WORDS]}”"
            for each in side.claims[:CLAIMS]
        ]
        rest = len(side.claims) - CLAIMS + side.more
        lines += [f"      and {rest} more"] if rest > 0 else []
    return "\n".join(lines)


if __name__ == "__main__":
    main()
