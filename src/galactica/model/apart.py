"""Telling things of one name apart, where a list shows them together."""

from __future__ import annotations

from collections.abc import Sequence


def apart(things: Sequence[tuple[str, Sequence[str]]]) -> list[tuple[str, ...]]:
    """What is to be shown beside each name so that no two lines of a list look the same.

    Args:
        things: (name, facts); every thing has as many facts, what says most to a person first.

    Returns:
        For each thing the facts in which things of its name differ, as many as are needed; nothing for a name that
        stands once, and nothing for things that differ in none.
    """
    named: dict[str, list[int]] = {}
    for number, (name, _) in enumerate(things):
        named.setdefault(name, []).append(number)
    found: list[tuple[str, ...]] = [()] * len(things)
    for numbers in named.values():
        for facts in zip(*(things[number][1] for number in numbers), strict=True):
            if len({found[number] for number in numbers}) == len(numbers):
                break
            if len(set(facts)) > 1:
                for number, fact in zip(numbers, facts, strict=True):
                    found[number] = (*found[number], fact)
    return found
