"""Chapter: numbers, from strokes to bytes, and the few operations that everything else is made of."""

from __future__ import annotations

from collections.abc import Iterator

from galactica.engrave.primer.document import (
    Box,
    Cells,
    Dot,
    FigureLabel,
    Piece,
    PrimerFigure,
    Shape,
    dashed,
    h1,
    h2,
    listing,
    p,
    ruled_table,
)

_WEIGHTS = (128, 64, 32, 16, 8, 4, 2, 1)


def numbers_chapter(number: int) -> Iterator[Piece]:
    """Unary, decimal, binary, hexadecimal, bytes, several bytes, XOR, remainders, letters as numbers."""
    yield h1(f"{number}. Numbers")
    yield p(
        """Everything on the sheets is numbers. This chapter shows how we write numbers, from the beginning. If you
        know decimal, binary and hexadecimal numbers, look at the last part only: which bit and which byte comes
        first."""
    )
    yield h2("Counting, and decimal numbers")
    yield p("We have ten signs for numbers. Each stands for as many dots as are drawn beside it.")
    yield _dots()
    yield p(
        """Larger numbers are written with several signs. The last one counts ones, the one before it tens, the one
        before that hundreds: each place counts ten times as much as the place after it."""
    )
    yield listing(
        "  34 =           3 x 10 + 4 x 1",
        " 208 = 2 x 100 + 0 x 10 + 8 x 1",
        "1971 = 1 x 1000 + 9 x 100 + 7 x 10 + 1 x 1",
    )
    yield h2("Bits, and binary numbers")
    yield p(
        """A bit is the smallest piece of information: it is 0 or 1. On a sheet a bit is a small square, a cell:
        black is 1, white is 0. In a binary number each place counts two times as much as the place after it: 1, 2,
        4, 8, 16 and so on, from the right. Only the places with a 1 are added."""
    )
    yield ruled_table(
        ["number", "dots", "binary", "hexadecimal"],
        [[str(n), "o" * n, format(n, "04b"), format(n, "x")] for n in range(16)],
    )
    yield h2("Hexadecimal numbers")
    yield p(
        """Four bits together have sixteen values. We write them with one sign: 0 to 9, and then a, b, c, d, e, f
        for 10, 11, 12, 13, 14, 15 (the table above). In a hexadecimal number each place counts sixteen times as
        much as the place after it. In this text hexadecimal numbers are written with two signs for each byte, or
        with 0x in front."""
    )
    yield listing(*(f"0x{n:x} = {_places(n)} = {n}" for n in (0x1F, 0x80, 0xFF, 0x11D)))
    yield h2("Bytes")
    yield p(
        f"""Eight bits together are a byte. A byte is a number from 0 to 255, written with two hexadecimal signs.
        When we draw or write the bits of a byte, the bit that counts most (128) stands first, at the left, and the
        bit that counts least (1) last. We number the bits of a byte by what they count: bit 7 counts 128, bit 0
        counts 1. The picture shows the byte 0x{0xA6:02x}."""
    )
    yield _byte(0xA6)
    yield h2("Numbers of several bytes")
    yield p(
        """A number too large for one byte is kept in several bytes. There are two ways, and both are used here; it
        is always said which. Big-endian: the byte that counts most comes first. Little-endian: the byte that counts
        least comes first."""
    )
    value = 1_000_000
    yield listing(
        f"the number {value:,} is 0x{value:08x}",
        f"as 4 bytes, big-endian:     {value.to_bytes(4, 'big').hex(' ')}",
        f"as 4 bytes, little-endian:  {value.to_bytes(4, 'little').hex(' ')}",
    )
    yield h2("Four operations")
    yield dashed(
        """XOR, written ^. Of two bits: 0 if they are equal, 1 if they are different. Of two bytes: bit by bit. If
        you XOR with the same number twice, you are back where you began.""",
        """AND, written &. Of two bits: 1 if both are 1, else 0. OR, written |: 0 if both are 0, else 1. Of numbers:
        bit by bit.""",
        """Remainder, written mod. a mod b is what is left of a when b is taken away from it as often as possible:
        17 mod 5 = 2. Division without the remainder is written a div b: 17 div 5 = 3.""",
        """Shifts, written << and >>. a << n is a times 2 times 2 ... n times. a >> n is a div 2 div 2 ... n times.""",
    )
    a, b = 0xA6, 0x3C
    yield listing(
        f"        {a:08b} = {a:02x}            {a:08b} = {a:02x}            {a:08b} = {a:02x}",
        f"    ^   {b:08b} = {b:02x}        &   {b:08b} = {b:02x}        |   {b:08b} = {b:02x}",
        f"        {a ^ b:08b} = {a ^ b:02x}            {a & b:08b} = {a & b:02x}            {a | b:08b} = {a | b:02x}",
    )
    yield p(
        """Things are counted from 0 in this text, unless it says otherwise: the first byte of some bytes is byte 0,
        the first row is row 0. "Bytes 4 to 7" are four bytes: 4, 5, 6 and 7."""
    )


def _places(number: int) -> str:
    digits = format(number, "x")
    return " + ".join(f"{int(digit, 16)} x {16 ** (len(digits) - 1 - at)}" for at, digit in enumerate(digits))


def _dots() -> PrimerFigure:
    shapes: list[Shape] = []
    for number in range(10):
        x = 9.0 + number * 17.5
        shapes.append(FigureLabel(x=x, y=5.0, text=str(number), size=8.0))
        for at in range(number):
            shapes.append(Dot(x=x - 3 + 3 * (at % 3), y=13.0 + 3 * (at // 3), radius=1.0))
    told = tuple(f"    {number}  {'o' * number}" for number in range(10))
    return PrimerFigure(shapes=tuple(shapes), height=22.0, caption="The ten signs.", told=told)


def _byte(value: int) -> PrimerFigure:
    bits = format(value, "08b")
    shapes: list[Shape] = [Cells(x=20.0, y=8.0, cell=12.0, rows=(bits,), lines=True)]
    for at, bit in enumerate(bits):
        shapes.append(FigureLabel(x=26.0 + 12 * at, y=3.5, text=str(_WEIGHTS[at]), size=4.0))
        shapes.append(FigureLabel(x=26.0 + 12 * at, y=24.0, text=bit, size=4.5, mono=True))
        shapes.append(FigureLabel(x=26.0 + 12 * at, y=30.0, text=f"bit {7 - at}", size=3.4))
    shapes.append(Box(x=20.0, y=8.0, width=96.0, height=12.0, thick=0.4))
    total = " + ".join(str(weight) for weight, bit in zip(_WEIGHTS, bits, strict=True) if bit == "1")
    shapes.append(FigureLabel(x=122.0, y=14.0, text=f"= {total}", size=4.0, anchor="left"))
    told = (
        "    counts     128  64  32  16   8   4   2   1",
        "    the bit      " + "   ".join(bits),
        "    number       " + "   ".join(str(7 - at) for at in range(8)),
        f"    = {total} = {value} = 0x{value:02x}",
    )
    return PrimerFigure(shapes=tuple(shapes), height=33.0, caption=f"{total} = {value} = 0x{value:02x}.", told=told)
