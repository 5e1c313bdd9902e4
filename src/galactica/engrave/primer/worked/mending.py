"""A damaged codeword corrected step by step. Source: docs/formats/page.md, "Code"; Berlekamp and Massey's algorithm,
Forney's formula (R. E. Blahut, Algebraic Codes for Data Transmission, 2003, chapter 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from galactica.codes.cauchy.field import product, reciprocal


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatorStep:
    """What stands after step n of making the locator: the difference of this step, and all that is kept."""

    n: int
    difference: int
    locator: tuple[int, ...]
    length: int
    old: tuple[int, ...]
    last: int
    shift: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MendTrace:
    """All that is computed for one codeword.

    Attributes:
        sums: the check sums, one for each check byte.
        steps: of the locator.
        product: the polynomial that gives the values.
        found: (place, value to add) of each wrong byte, by place.
        word: the codeword, corrected.
    """

    sums: tuple[int, ...]
    steps: tuple[LocatorStep, ...]
    product: tuple[int, ...]
    found: tuple[tuple[int, int], ...]
    word: bytes


def power_of_two(exponent: int) -> int:
    """2 to the power of `exponent`, in the field."""
    element = 1
    for _ in range(exponent % 255):
        element = product(element, 2)
    return element


def polynomial_value(polynomial: Sequence[int], x: int) -> int:
    """The value of a polynomial, lowest coefficient first, at x."""
    total = 0
    for coefficient in reversed(polynomial):
        total = product(total, x) ^ coefficient
    return total


def check_sums(word: bytes, check: int) -> tuple[int, ...]:
    """The values of a codeword, highest coefficient first, at 2 to the powers 0 to check - 1."""
    return tuple(polynomial_value(tuple(reversed(word)), power_of_two(root)) for root in range(check))


def mend_trace(word: bytes, check: int) -> MendTrace:
    """Correct a codeword, with everything on the way.

    Raises:
        ValueError: too many bytes are wrong.
    """
    sums = check_sums(word, check)
    steps = _locator_steps(sums)
    last = steps[-1]
    locator = last.locator
    over = tuple(_convolved(locator, sums, at) for at in range(last.length))
    found = []
    for place in range(len(word)):
        x = reciprocal(power_of_two(len(word) - 1 - place))
        if polynomial_value(locator, x) == 0:
            slope = polynomial_value([each if not at % 2 else 0 for at, each in enumerate(locator[1:])], x)
            value = product(product(polynomial_value(over, x), reciprocal(slope)), reciprocal(x))
            found.append((place, value))
    mended = bytearray(word)
    for place, value in found:
        mended[place] ^= value
    if len(found) != last.length or any(check_sums(bytes(mended), check)):
        raise ValueError("too many bytes are wrong")
    return MendTrace(sums=sums, steps=steps, product=over, found=tuple(found), word=bytes(mended))


def _convolved(locator: Sequence[int], sums: Sequence[int], at: int) -> int:
    total = 0
    for back in range(min(at, len(locator) - 1) + 1):
        total ^= product(locator[back], sums[at - back])
    return total


def _locator_steps(sums: Sequence[int]) -> tuple[LocatorStep, ...]:
    locator, old, length, shift, last = [1], [1], 0, 1, 1
    steps = []
    for n in range(len(sums)):
        difference = sums[n]
        for at in range(1, min(length, len(locator) - 1) + 1):
            difference ^= product(locator[at], sums[n - at])
        if difference:
            before, factor = list(locator), product(difference, reciprocal(last))
            locator = [*locator, *[0] * (len(old) + shift - len(locator))]
            for at, each in enumerate(old):
                locator[at + shift] ^= product(factor, each)
            if 2 * length <= n:
                length, old, last, shift = n + 1 - length, before, difference, 1
            else:
                shift += 1
        else:
            shift += 1
        steps.append(
            LocatorStep(
                n=n,
                difference=difference,
                locator=tuple(locator),
                length=length,
                old=tuple(old),
                last=last,
                shift=shift,
            )
        )
    return tuple(steps)
