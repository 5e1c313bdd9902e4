"""Chapter: sheets that are lost, made good from the others of their group; worked example."""

from __future__ import annotations

from collections.abc import Iterator

from galactica.codes.cauchy.field import product
from galactica.codes.cauchy.matrix import parity_matrix, restoring_matrix
from galactica.engrave.primer.document import Piece, h1, h2, hexed, listing, p, ruled_table, steps

_ROWS = (b"first sheet!", b"second sheet", b"the third..", b"a fourth one")
_PARITY = 3
_LOST = (1, 3)
_USED = (0, 2)
"""Parity sheets that the example has; the other one is lost, too."""


def lost_chapter(number: int) -> Iterator[Piece]:
    """The rule of the factors, how equations are solved, a group of 4 + 3 sheets of which three are lost."""
    data, parity = len(_ROWS), _PARITY
    factors = parity_matrix(data, parity)
    yield h1(f"{number}. Sheets that are lost")
    yield p(
        """The sheets of a set are in groups. Sheet number s belongs to group s mod G, where G is how many groups
        there are; its place in the group is s div G. (The header says both.) A group has d data sheets, with places
        0 to d - 1, and behind them M parity sheets. If any d sheets of a group can be read, whichever they are, all
        its data sheets can be had. If all data sheets can be read, you need nothing of this chapter."""
    )
    yield p(
        """All sums and products here are those of bytes (chapter on calculating with bytes). Think of the payloads
        of the d data sheets as rows, one under another, with zeros behind the shorter ones, so that all are as long
        as the longest. A parity sheet's payload is as long as that. Byte n of parity sheet p (p = 0 for the first
        parity sheet of the group, whose place is d) is"""
    )
    yield listing("f(p, 0) * data[0][n]  +  f(p, 1) * data[1][n]  +  ...  +  f(p, d-1) * data[d-1][n]")
    yield p("where data[j][n] is byte n of the payload of the data sheet with place j, and the factors f are bytes:")
    yield listing(
        "x(p) = 1 + p            y(j) = 1 + M + j            (common sums: these are numbers below 256)",
        "q(p, j) = (1 ^ y(j)) / (x(p) ^ y(j))                (/ is the division of bytes)",
        "f(p, j) = q(p, j) / q(p, 0)",
    )
    yield p(
        """All f(0, j) and all f(p, 0) are 1: the first parity sheet is the XOR of all data sheets of its group. If
        only one data sheet is missing and this parity sheet is there, XOR all the others with it: the result is the
        missing payload."""
    )
    yield h2("How to make the missing data sheets")
    yield steps(
        """Say m data sheets of the group are missing. Take m of its parity sheets that could be read. (If there are
        fewer, those data sheets cannot be had. The others still can be read.)""",
        """For each of these parity sheets, p: begin with its payload; for every data sheet j that is there, add
        f(p, j) * its payload, byte by byte. What is left, row b, is the sum of f(p, j) * data[j] over the missing
        sheets only.""",
        """So you have m equations with m unknown rows; their factors are f(p, j), one line for each p, one column
        for each missing j. Solve them as one solves equations: for column 0, 1, ... m - 1: find a line, at or below
        the line with the same number as the column, whose factor in this column is not 0, and exchange it with that
        line. Divide this line (all its factors and every byte of its row b) by its factor in this column. Then from
        every other line take away (XOR) this line multiplied by the other line's factor in this column.""",
        """Now line number i has the factor 1 in column i and 0 else: its row b is the payload of the missing sheet
        number i. There may be zeros behind what it held; the blocks inside (next chapter) say where they end. Its
        own SHA-256 was in its header and is lost with it: the CRC-32 of the blocks, and the proofs, say that what
        you made is right.""",
    )
    yield h2("Example")
    yield p(
        f"""A group of d = {data} data sheets and M = {parity} parity sheets, whose payloads are as short as a few
        words. The factors:"""
    )
    yield ruled_table(
        ["", *(f"j={j}" for j in range(data))],
        [[f"p={at}", *(f"{each:02x}" for each in row)] for at, row in enumerate(factors)],
    )
    yield from _worked(factors)


def _combined(row: tuple[int, ...], rows: list[bytes]) -> bytes:
    total = bytearray(len(rows[0]))
    for factor, each in zip(row, rows, strict=True):
        for at, byte in enumerate(each):
            total[at] ^= product(factor, byte)
    return bytes(total)


def _worked(factors: tuple[tuple[int, ...], ...]) -> Iterator[Piece]:
    size = max(map(len, _ROWS))
    rows = [each.ljust(size, b"\0") for each in _ROWS]
    parity = [_combined(row, rows) for row in factors]
    yield listing(
        *(
            f'data sheet {j}:   {hexed(row)}   "{own.decode()}"'
            for j, (row, own) in enumerate(zip(rows, _ROWS, strict=True))
        ),
        *(f"parity sheet {at}: {hexed(row)}" for at, row in enumerate(parity)),
    )
    names = [f"parity sheet {at}" for at in range(_PARITY) if at not in _USED]
    yield p(
        f"""Say the data sheets {_LOST[0]} and {_LOST[1]} and {names[0]} are lost. Step 2, for p = {_USED[0]} and p
        = {_USED[1]}, gives these lines: the factors of the missing sheets {_LOST[0]} and {_LOST[1]}, and row b."""
    )
    there = [j for j in range(len(rows)) if j not in _LOST]
    lines = []
    for at in _USED:
        known = _combined(tuple(factors[at][j] for j in there), [rows[j] for j in there])
        left = bytes(one ^ other for one, other in zip(parity[at], known, strict=True))
        lines.append((tuple(factors[at][j] for j in _LOST), left))
    yield listing(
        *(f"p = {at}:   {hexed(bytes(own))}   {hexed(left)}" for at, (own, left) in zip(_USED, lines, strict=True))
    )
    have = [*there, *(len(rows) + at for at in _USED)]
    matrix = restoring_matrix(len(rows), _PARITY, have, list(_LOST))
    made = [_combined(row, [*(rows[j] for j in there), *(parity[at] for at in _USED)]) for row in matrix]
    if made != [rows[j] for j in _LOST]:
        raise ValueError("lost sheets made otherwise than they were")
    yield p("Step 3 makes the factors 01 00 and 00 01, and the rows b:")
    yield listing(*(f'data sheet {j}: {hexed(row)}   "{row.decode()}"' for j, row in zip(_LOST, made, strict=True)))
