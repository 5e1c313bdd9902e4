"""A second reader of sheets, written from the chapters alone, with plain lists: it knows nothing of the program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def product(a: int, b: int) -> int:
    """Chapter 4, "Product, by hand"."""
    result = 0
    while b:
        if b & 1:
            result ^= a
        a <<= 1
        if a >= 256:
            a ^= 0x11D
        b >>= 1
    return result


def quotient(a: int, b: int) -> int:
    """Chapter 4: the number whose product with b is a."""
    return next(c for c in range(256) if product(b, c) == a)


def mask(count: int) -> list[int]:
    """Chapter 3, "The mask"."""
    bits = [1] * 23
    while len(bits) < count:
        bits.append(bits[-23] ^ bits[-18])
    return bits[:count]


def unmasked(bits: Sequence[int]) -> bytes:
    """Chapter 3, "From bits to bytes"."""
    plain = [bit ^ turn for bit, turn in zip(bits, mask(len(bits)), strict=True)]
    return bytes(sum(plain[at + i] << 7 - i for i in range(8)) for at in range(0, len(plain) // 8 * 8, 8))


def free_cells(across: int, down: int) -> Iterator[tuple[int, int]]:
    """Chapter 3, "Free cells": (x, y) in order."""
    width, height = 64 * across + 8, 64 * down + 8
    for y in range(height):
        for x in range(width):
            finder = (x < 20 or x >= width - 20) and (y < 20 or y >= height - 20)
            mark = x % 64 < 8 and y % 64 < 8
            c, r = x // 64, y // 64
            tile = c < across and r < down and ((c % 6 == 0 and r % 6 == 0) or (c == across - 1 and r == down - 1))
            header = tile and 20 <= x % 64 <= 51 and 20 <= y % 64 <= 51
            if not (finder or mark or header):
                yield x, y


def check_sums(word: Sequence[int], check: int) -> list[int]:
    """Chapter 5, "Codewords"."""
    sums, x = [], 1
    for _ in range(check):
        total = 0
        for byte in word:
            total = product(total, x) ^ byte
        sums.append(total)
        x = product(x, 2)
    return sums


def crc32(raw: bytes) -> int:
    """Chapter 6, "The checksum CRC-32"."""
    c = 0xFFFFFFFF
    for byte in raw:
        c ^= byte
        for _ in range(8):
            c = (c >> 1) ^ 0xEDB88320 if c & 1 else c >> 1
    return c ^ 0xFFFFFFFF


def factor(p: int, j: int, parity: int) -> int:
    """Chapter 7: f(p, j)."""

    def q(column: int) -> int:
        y = 1 + parity + column
        return quotient(1 ^ y, (1 + p) ^ y)

    return quotient(q(j), q(0))


def sheet_bytes(cells: Sequence[Sequence[int]]) -> tuple[bytes, bytes]:
    """(header's codeword, bytes of the free cells) of a sheet without errors, whose header says C and R."""
    header = unmasked([cells[20 + y][20 + x] for y in range(32) for x in range(32)])
    return header, unmasked([cells[y][x] for x, y in free_cells(header[41], header[42])])


def payload_of(raw: bytes, header: bytes) -> bytes:
    """Chapter 5, "The codewords of a whole sheet", without mending."""
    words = len(raw) // 255
    check = header[43]
    found = bytearray()
    for p in range(words * (255 - check)):
        i, j = p % words, p // words
        found.append(raw[j * words + (i + j * j) % words])
    return bytes(found[: int.from_bytes(header[44:48], "big")])


def blocks_of(payload: bytes) -> Iterator[tuple[str, int, int, bytes, int]]:
    """Chapter 8: (kind, number, packing, bytes, CRC-32) of each block."""
    at = 0
    while at + 18 <= len(payload) and payload[at]:
        head = payload[at : at + 18]
        size = int.from_bytes(head[10:14], "big")
        yield (
            chr(head[0]),
            int.from_bytes(head[6:10], "big"),
            head[1],
            payload[at + 18 : at + 18 + size],
            int.from_bytes(head[14:18], "big"),
        )
        at += 18 + size


class _Bits:
    def __init__(self, raw: bytes) -> None:
        self.raw, self.at = raw, 0

    def bit(self) -> int:
        self.at += 1
        return self.raw[self.at - 1 >> 3] >> (self.at - 1 & 7) & 1

    def number(self, count: int) -> int:
        return sum(self.bit() << i for i in range(count))


def inflated(raw: bytes, lengths: Sequence[Sequence[int]], distances: Sequence[Sequence[int]]) -> bytes:
    """Chapter 9, with its tables as they are printed: rows of (symbol, least, extra bits)."""
    bits, out = _Bits(raw), bytearray()
    length_of = {symbol: (least, extra) for symbol, least, extra in lengths}
    distance_of = {symbol: (least, extra) for symbol, least, extra in distances}
    last = 0
    while not last:
        last, kind = bits.bit(), bits.number(2)
        if kind == 0:
            bits.at = (bits.at + 7) // 8 * 8
            size = bits.number(16)
            assert bits.number(16) == 0xFFFF - size
            out += bytes(bits.number(8) for _ in range(size))
            continue
        if kind == 1:
            first = _codes([8] * 144 + [9] * 112 + [7] * 24 + [8] * 8)
            second = _codes([5] * 30)
        else:
            first, second = _own_codes(bits)
        while (symbol := _read(bits, first)) != 256:
            if symbol < 256:
                out.append(symbol)
                continue
            least, extra = length_of[symbol]
            length = least + bits.number(extra)
            least, extra = distance_of[_read(bits, second)]
            distance = least + bits.number(extra)
            for _ in range(length):
                out.append(out[-distance])
    return bytes(out)


def _codes(lengths: Sequence[int]) -> dict[tuple[int, int], int]:
    code, codes = 0, {}
    for n in range(1, 16):
        for symbol, length in enumerate(lengths):
            if length == n:
                codes[n, code] = symbol
                code += 1
        code *= 2
    return codes


def _read(bits: _Bits, codes: dict[tuple[int, int], int]) -> int:
    code = count = 0
    while (count, code) not in codes:
        code, count = 2 * code + bits.bit(), count + 1
        assert count < 16
    return codes[count, code]


def _own_codes(bits: _Bits) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], int]]:
    n1, n2, n3 = 257 + bits.number(5), 1 + bits.number(5), 4 + bits.number(4)
    third = [0] * 19
    for symbol in (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)[:n3]:
        third[symbol] = bits.number(3)
    codes, lengths = _codes(third), []
    while len(lengths) < n1 + n2:
        symbol = _read(bits, codes)
        if symbol < 16:
            lengths.append(symbol)
        elif symbol == 16:
            lengths += [lengths[-1]] * (3 + bits.number(2))
        else:
            lengths += [0] * (3 + bits.number(3) if symbol == 17 else 11 + bits.number(7))
    return _codes(lengths[:n1]), _codes(lengths[n1:])


def record_of(raw: bytes) -> object:
    """Chapter 11: one item."""
    return _item(raw, 0)[0]


def _item(raw: bytes, at: int) -> tuple[object, int]:
    kind, s = raw[at] >> 5, raw[at] & 31
    at += 1
    n = s
    if s >= 24:
        size = {24: 1, 25: 2, 26: 4, 27: 8}[s]
        n, at = int.from_bytes(raw[at : at + size], "big"), at + size
    if kind == 0:
        return n, at
    if kind in (2, 3):
        part = raw[at : at + n]
        return (part.decode("utf-8") if kind == 3 else part), at + n
    items = []
    for _ in range(n if kind == 4 else 2 * n):
        item, at = _item(raw, at)
        items.append(item)
    return (items if kind == 4 else dict(zip(items[::2], items[1::2], strict=True))), at
