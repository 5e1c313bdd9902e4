"""The code as its document defines it, with tables of logarithms, symbol by symbol: slow, and written without a look at
the program. Multiplication is that of polynomials, bit by bit."""

from __future__ import annotations


def times(a: int, b: int) -> int:
    total = 0
    for bit in range(8):
        if b >> bit & 1:
            total ^= a << bit
    for bit in range(14, 7, -1):
        if total >> bit & 1:
            total ^= 0x11D << (bit - 8)
    return total


def inverse(a: int) -> int:
    return next(b for b in range(1, 256) if times(a, b) == 1)


def factors(data: int, parity: int) -> list[list[int]]:
    """1 by (x + y), columns such that the first row is ones, rows such that the first column is."""
    plain = [[inverse((1 + i) ^ (1 + parity + j)) for j in range(data)] for i in range(parity)]
    columns = [[times(plain[i][j], inverse(plain[0][j])) for j in range(data)] for i in range(parity)]
    return [[times(each, inverse(row[0])) for each in row] for row in columns]


def symbols(block: bytes) -> list[int]:
    """Bit i of symbol s is bit s mod 8 of byte s div 8 of packet i."""
    width = len(block) // 8
    return [
        sum((block[packet * width + at // 8] >> at % 8 & 1) << packet for packet in range(8)) for at in range(8 * width)
    ]


def block_of(values: list[int]) -> bytes:
    width = len(values) // 8
    block = bytearray(len(values))
    for at, value in enumerate(values):
        for packet in range(8):
            block[packet * width + at // 8] |= (value >> packet & 1) << at % 8
    return bytes(block)


def parity_of(blocks: list[bytes], parity: int) -> list[bytes]:
    """The parity blocks of data blocks."""
    columns = [symbols(block) for block in blocks]
    made = []
    for row in factors(len(blocks), parity):
        total = [0] * len(columns[0])
        for factor, column in zip(row, columns, strict=True):
            total = [each ^ times(factor, symbol) for each, symbol in zip(total, column, strict=True)]
        made.append(block_of(total))
    return made
