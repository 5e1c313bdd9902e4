"""What a build left out, summed up: what kind of thing, why, how many; and whether anything but by-catch was read.

Files of folders are summed by what they are called ("PDF document"), what other sources left out by its reason alone.
Counted once, when the edition is made, and kept in `edition.json`: the list itself can have millions of lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from galactica.edition.info import LeftOut
from galactica.model import Rejected
from galactica.sources.kinds import file_kind

MAX_LINES = 100
"""Lines of the sum; what is rarer is put together."""

_OF_NAMES = frozenset("bad-path broken-link hidden no-file outside too-deep too-many".split())
"""Reasons that lie in where a thing stands, whatever it is: most of them are no files at all."""


def sum_up(
    folders: Iterable[Rejected], others: Iterable[tuple[str, int, str]], kept: Iterable[tuple[str, str, str]]
) -> tuple[LeftOut, ...]:
    """The sum, most first.

    Args:
        folders: what was left out of folders.
        others: (reason, how often, an example) of what was left out of other sources.
        kept: (source, path, detail) of files that are kept because a page links to them, and that nothing was read of.
    """
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    for each in folders:
        named = each.stage == "read" and each.reason not in _OF_NAMES
        key = (file_kind(each.where, each.detail) if named else "", each.reason)
        counts[key] += 1
        examples.setdefault(key, each.where)
    for reason, count, example in others:
        counts["", reason] += count
        examples.setdefault(("", reason), example)
    for _, path, detail in kept:
        key = (file_kind(path, detail), "kept-unread")
        counts[key] += 1
        examples.setdefault(key, path)
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    lines = [
        LeftOut(kind=kind, reason=reason, count=count, example=examples[kind, reason][:300])
        for (kind, reason), count in ordered[:MAX_LINES]
    ]
    rest = sum(count for _, count in ordered[MAX_LINES:])
    return (*lines, *([LeftOut(kind="", reason="other", count=rest, example="")] if rest else []))
