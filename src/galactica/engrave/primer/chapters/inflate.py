"""Chapter: how a block is unpacked (raw DEFLATE, RFC 1951), with an example decoded bit by bit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from galactica.engrave.primer.document import COLUMNS, Piece, dashed, h1, h2, hexed, listing, p, ruled_table, steps
from galactica.engrave.primer.worked.inflating import (
    DISTANCES,
    FIXED_LENGTHS,
    LENGTHS,
    ORDER,
    InflateStep,
    codes_of,
    inflate_steps,
)
from galactica.engrave.stream.deflate import as_deflate

SHORT = b"no sheet, no ink, no sheet"
"""What the first example says."""

LONG = (
    b"a reader reads a red sheet; a sheet reads as a reader reads it; the rest is a dress rehearsal: "
    b"heat, tea, a seat, a tree"
)
"""What the second says: long enough that the compressor makes codes of its own."""


def packed_example(text: bytes, kind: int) -> bytes:
    """Raw DEFLATE of an example, as blocks are packed, the same on every machine.

    Raises:
        ValueError: it is not one block of that type.
    """
    raw = as_deflate(text)
    if raw[0] & 7 != 1 + 2 * kind:
        raise ValueError(f"the example is packed as {raw[0] & 7:03b}, not as one block of type {kind}")
    return raw


def inflate_chapter(number: int) -> Iterator[Piece]:
    """The whole method with its tables, and two examples."""
    yield h1(f"{number}. Unpacking a block")
    yield p(
        """A block was made shorter before it was printed: what comes again is not written again, and frequent
        letters have short codes. The method is called DEFLATE. This chapter is all that you need to undo it. You
        read bits, and write bytes into a list, the output, which begins empty."""
    )
    yield h2("Reading bits")
    yield p(
        """The bits are read from the bytes in order, and within each byte from bit 0 (which counts 1) to bit 7
        (which counts 128). So the first bit of the byte 0x4b (01001011) is 1, then 1, 0, 1, 0, 0, 1, 0."""
    )
    yield dashed(
        """A number of n bits: the bit that is read first counts 1, the next 2, then 4 and so on. The bits 1, 1, 0
        in the order of reading are the number 3.""",
        """A code: bits are read one by one until they are one of the codes of a list. No code of a list is the
        beginning of another one of the same list. We write a code with the bit that is read first at the left.""",
    )
    yield h2("The three types of blocks")
    yield p(
        """The stream is some DEFLATE blocks, one after another. (They have nothing to do with the blocks of the
        chapter before: here "block" means a DEFLATE block.) Each begins with one bit: 1 if it is the last one, else
        0. Then a number of 2 bits is its type: 0, 1 or 2."""
    )
    yield dashed(
        """Type 0, stored. Skip bits until the next whole byte. Then 2 bytes are a number, little-endian, the
        length; 2 bytes more are the same with all bits turned over; then so many bytes follow, which are added to
        the output as they are.""",
        "Type 1: the symbols follow, in the fixed codes below.",
        "Type 2: first come the lengths of the codes, then the symbols in these codes.",
    )
    yield p(
        """In types 1 and 2 there are two lists of codes: one for literals and lengths (symbols 0 to 285), one for
        distances (symbols 0 to 29). Repeat:"""
    )
    yield steps(
        "Read a code of the first list; it stands for a symbol.",
        "If the symbol is less than 256: it is a byte. Add it to the output.",
        "If the symbol is 256: the DEFLATE block ends here.",
        """If the symbol is 257 or more: look into the table of lengths. It says the least length, and how many
        extra bits follow: read them as a number, and add it. This is the length. Then read a code of the second
        list; look into the table of distances in the same way, read its extra bits, add them: this is the distance.
        Now copy so many bytes as the length says from the output to its end, one by one, beginning so many bytes
        before the end as the distance says. If the length is greater than the distance, bytes that were just copied
        are copied again; this is right.""",
    )
    yield listing(*_lengths(), caption="Lengths: symbol, least length, extra bits", together=True)
    yield listing(*_distances(), caption="Distances: symbol, least distance, extra bits", together=True)
    yield h2("Codes from lengths")
    yield p(
        """A list of codes is given by the length of each symbol's code alone; a length of 0 means that the symbol
        has no code. The codes follow from the lengths like this:"""
    )
    yield steps(
        "Set code = 0. For n = 1, 2, 3 ... up to the greatest length:",
        """go through all symbols in order, from 0. Each symbol whose length is n gets the number code as its code,
        written with n bits, the bit that counts most first (this bit is read first); then add 1 to code.""",
        "After all symbols of length n: code = code x 2. Go on with the next n.",
    )
    example = (3, 0, 2, 3, 1)
    codes = codes_of(example)
    yield ruled_table(
        ["symbol", "length", "code"],
        [[str(at), str(length), codes.get(at, "none")] for at, length in enumerate(example)],
        caption="Example",
    )
    yield p("The fixed codes of type 1 are made in this way from these lengths:")
    yield dashed(
        *_fixed(),
        "Symbols 286 and 287 have codes here, but do not occur.",
        "Distances: all 30 symbols have length 5, so that the code is the symbol itself, in 5 bits.",
    )
    yield h2("The lengths in a block of type 2")
    yield p(
        f"""Read three numbers: 5 bits, add 257: so many literal/length symbols have a length given, n1. 5 bits, add
        1: so many distance symbols, n2. 4 bits, add 4: so many code length symbols, n3. Then n3 numbers of 3 bits
        each: the lengths of the codes of a third list, in this order of its symbols: {", ".join(map(str, ORDER))}.
        Those that are not given have length 0. Make the codes of this third list. With it read n1 + n2 lengths, in
        one row: the first n1 are those of the literal/length symbols from 0, the others those of the distance
        symbols from 0; what is not given has length 0. Each symbol of the third list means:"""
    )
    yield dashed(
        "0 to 15: this is the length of the next symbol.",
        "16: read 2 bits as a number, add 3: so many times the length before this is repeated.",
        "17: read 3 bits as a number, add 3: so many times a length of 0.",
        "18: read 7 bits as a number, add 11: so many times a length of 0.",
    )
    yield h2("Example 1: type 1, bit by bit")
    raw = packed_example(SHORT, 1)
    yield listing(f"the packed bytes ({len(raw)}): {hexed(raw)}", *_traced(inflate_steps(raw)))
    yield p(f'The output is these {len(SHORT)} bytes: "{SHORT.decode()}".')
    yield h2("Example 2: type 2")
    raw = packed_example(LONG, 2)
    found = inflate_steps(raw)
    yield p(f"The packed bytes are {len(raw)}:")
    yield listing(*(hexed(raw[at : at + 32]) for at in range(0, len(raw), 32)))
    yield listing(*_traced(found))
    yield p(f'The output ({len(LONG)} bytes): "{LONG.decode()}"')


def _lengths() -> Iterator[str]:
    cells = [f"{257 + at}: {least:3d} {extra}" for at, (least, extra) in enumerate(LENGTHS)]
    return _columns(cells, 5)


def _distances() -> Iterator[str]:
    cells = [f"{at:2d}: {least:5d} {extra:2d}" for at, (least, extra) in enumerate(DISTANCES)]
    return _columns(cells, 5)


def _columns(cells: Sequence[str], count: int) -> Iterator[str]:
    high = -(-len(cells) // count)
    for row in range(high):
        yield "    ".join(cells[at] for at in range(row, len(cells), high))


def _fixed() -> Iterator[str]:
    codes = codes_of(FIXED_LENGTHS)
    for low, high in ((0, 143), (144, 255), (256, 279), (280, 287)):
        yield (
            f"Symbols {low} to {high}: length {FIXED_LENGTHS[low]}. So the codes of {low} and {high} are "
            f"{codes[low]} and {codes[high]}."
        )


def _traced(found: Sequence[InflateStep]) -> Iterator[str]:
    """A line for each step; several lines where the bits or the output are long."""
    yield f"{'bit':>4}  {'bits as they are read':<26}  meaning"
    for step in found:
        told = step.meaning
        if len(step.out) > 1:
            told += f': "{step.out.decode()}"'
        lines = _folded(told, COLUMNS - 34)
        yield f"{step.at:4d}  {step.bits:<26}  {lines[0]}"
        for line in lines[1:]:
            yield " " * 34 + line


def _folded(text: str, width: int) -> list[str]:
    lines = [text[:width]]
    for at in range(width, len(text), width):
        lines.append(text[at : at + width])
    return lines
