"""Chapter: the arithmetic of bytes, GF(256), with its tables."""

from __future__ import annotations

from collections.abc import Iterator

from galactica.codes.cauchy.field import POLYNOMIAL, product, reciprocal
from galactica.engrave.primer.document import Piece, dashed, h1, h2, listing, p, steps


def powers() -> tuple[list[int], list[int]]:
    """(E, L): E[i] is 2 to the power of i, for 0 to 254; L[E[i]] is i. L[0] is 0 and means nothing."""
    exponents, logarithms, element = [], [0] * 256, 1
    for power in range(255):
        exponents.append(element)
        logarithms[element] = power
        element = product(element, 2)
    return exponents, logarithms


def field_chapter(number: int) -> Iterator[Piece]:
    """Sum, product, quotient of bytes; tables of powers and logarithms; examples."""
    exponents, logarithms = powers()
    yield h1(f"{number}. Calculating with bytes")
    yield p(
        """To find and mend damaged bytes we need a kind of calculation in which two bytes always give a byte, and
        in which one can divide. This is it. It is called the field GF(256). Its numbers are 0 to 255. In this
        chapter and the next two, between bytes, +, - , * and / mean what is said here, and not what they mean for
        common numbers."""
    )
    yield h2("Sum")
    yield p("a + b is a ^ b (XOR). a - b is the same: a ^ b. So a + a is 0.")
    yield h2("Product, by hand")
    yield p(f"To make the product a * b, with the number 0x{POLYNOMIAL:03x} (in binary {POLYNOMIAL:b}):")
    yield steps(
        "Set result = 0.",
        "If bit 0 of b is 1: result = result ^ a.",
        f"a = a << 1. If a is now 256 or more: a = a ^ 0x{POLYNOMIAL:03x}.",
        "b = b >> 1. If b is not 0, go to step 2. Else result is the product.",
    )
    yield listing(*_by_hand(0x53, 0xCA), caption="Example: 53 * ca (hexadecimal)")
    yield h2("Product, by tables")
    yield p(
        """Quicker: every byte except 0 is 2 multiplied by itself some times. Table E says what 2 to the power of i
        is, for i from 0 to 254. Table L is the other way round: L[a] is the power that gives a. 2 to the power of 0
        is 1. With them:"""
    )
    yield dashed(
        "a * b is 0 if a or b is 0; else E[(L[a] + L[b]) mod 255]. (This + and mod are those of common numbers.)",
        "a / b is 0 if a is 0; else E[(L[a] + 255 - L[b]) mod 255], with common + and -. b must not be 0.",
        "1 / a is E[(255 - L[a]) mod 255].",
        "2 to the power of i, in this kind of calculation, is E[i mod 255], for any i of 0 or more.",
    )
    yield listing(
        *_examples(exponents, logarithms), caption="Examples (all numbers are hexadecimal, those in L and E too)"
    )
    yield listing(
        *_square(exponents),
        caption="Table E. Row: first sign of i; column: second sign of i (hexadecimal)",
        together=True,
    )
    yield listing(
        *_square(logarithms, empty=0), caption="Table L. Row: first sign of a; column: second sign of a", together=True
    )
    total_e, total_l = sum(exponents), sum(logarithms)
    yield p(
        f"""To check a copy of the tables: the sum (of common numbers) of all 255 numbers in E is {total_e}, of all
        in L {total_l}. Also E[L[a]] = a for every a from 1 to 255."""
    )


def _by_hand(a: int, b: int) -> Iterator[str]:
    right, result = product(a, b), 0
    yield f"{'a':>4} {'b':>10}  bit 0 of b   result"
    while b:
        if b & 1:
            result ^= a
        yield f"{a:4x} {b:10b}  {b & 1:10d}   {result:6x}"
        a, b = a << 1, b >> 1
        if a & 256:
            a ^= POLYNOMIAL
    if result != right:
        raise ValueError("multiplied otherwise than the program does")
    yield f"The product is {result:02x}."


def _examples(exponents: list[int], logarithms: list[int]) -> Iterator[str]:
    for a, b in ((0x02, 0x80), (0x53, 0xCA), (0x0F, 0x11), (0xFF, 0xFF)):
        power = (logarithms[a] + logarithms[b]) % 255
        yield (
            f"{a:02x} * {b:02x}: L[{a:02x}] = {logarithms[a]:02x}, L[{b:02x}] = {logarithms[b]:02x}, "
            f"together mod 255 = {power:02x}, E[{power:02x}] = {product(a, b):02x}"
        )
    for a in (0x02, 0x53):
        back = reciprocal(a)
        yield f"1 / {a:02x} = {back:02x}, because {a:02x} * {back:02x} = {product(a, back):02x}"


def _square(numbers: list[int], empty: int = -1) -> Iterator[str]:
    yield "      " + "  ".join(f"-{column:x}" for column in range(16))
    for row in range(16):
        cells = []
        for column in range(16):
            at = 16 * row + column
            cells.append("--" if at == empty or at >= len(numbers) else f"{numbers[at]:02x}")
        yield f"{row:x}-    " + "  ".join(cells)
