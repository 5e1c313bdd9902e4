"""What a terminal is told that other sources state about an article's subject."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from galactica.cli.terminal import one_line

if TYPE_CHECKING:
    from galactica.collection.statements import StatedElsewhere

LONGEST = 300
"""Characters of a value that are shown."""


def stated_lines(stated: StatedElsewhere) -> Iterator[str]:
    """A line for each source, then one for each statement: "date of birth: 11 March 1952"."""
    source = ""
    for each in stated.told:
        if each.source != source:
            source = each.source
            yield f"Stated by {one_line(source)}:"
        marks = [f"{name}: {value}" for name, value in each.qualifiers]
        marks += [each.rank] if each.rank == "deprecated" else []
        more = f" ({'; '.join(marks)})" if marks else ""
        yield f"  {one_line(f'{each.property}: {each.value}{more}')[:LONGEST]}"
    if stated.more:
        yield f"  and {stated.more:,} more: galactica sql 'from statements'"
