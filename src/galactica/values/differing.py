"""Can two answers, as they are written, both be right? By amounts, by dates and by names; every rule favours agreement.

A coarser value agrees with a finer one, a rounded one with an exact one, a part with the whole. What cannot be compared
does not differ.
"""

from __future__ import annotations

from collections.abc import Sequence

from galactica.values.amounts import Amount, amounts, same_amount
from galactica.values.dates import dates, same_date
from galactica.values.names import items, same_name


def dates_differ(one: str, other: str) -> bool:
    """Whether both texts name dates, and no date of one can be a date of the other."""
    left, right = dates(one), dates(other)
    return bool(left and right) and not any(same_date(a, b) for a in left for b in right)


def amounts_differ(one: str, other: str) -> bool:
    """Whether both texts name amounts that can be compared, and none of one can be one of the other."""
    left, right = amounts(one), amounts(other)
    verdicts = [same_amount(a, b) for a in left for b in right]
    if not verdicts or None in verdicts or any(verdicts):
        return False
    return not (_within(left, right) or _within(right, left))


def names_differ(one: str, other: str) -> bool:
    """Whether two names, or lists of names, cannot be of the same: neither is a part of the other."""
    if same_name(one, other):
        return False
    left, right = items(one) or [one], items(other) or [other]
    return not (_all_in(left, right) or _all_in(right, left))


def may_name(text: str) -> bool:
    """Whether a text may be a name: it has a capital letter, or is of a script without any."""
    return any(letter.isupper() or (letter.isalpha() and letter.lower() == letter.upper()) for letter in text)


def _within(one: Sequence[Amount], other: Sequence[Amount]) -> bool:
    """Whether "10 to 20" holds all that the other gives."""
    if len(one) != 2 or one[0].low > one[1].high or {a.unit for a in other} - {one[0].unit, one[1].unit, ""}:
        return False
    return all(one[0].low <= each.low and each.high <= one[1].high for each in other)


def _all_in(some: Sequence[str], others: Sequence[str]) -> bool:
    return all(any(same_name(each, known) for known in others) for each in some)
