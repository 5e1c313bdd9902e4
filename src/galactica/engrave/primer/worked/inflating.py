"""DEFLATE decoded bit by bit, each step with its reason. Source: RFC 1951; compared with zlib."""

from __future__ import annotations

import zlib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

LENGTHS: tuple[tuple[int, int], ...] = (
    *((length, 0) for length in range(3, 11)),
    *((11 + 2 * at, 1) for at in range(4)),
    *((19 + 4 * at, 2) for at in range(4)),
    *((35 + 8 * at, 3) for at in range(4)),
    *((67 + 16 * at, 4) for at in range(4)),
    *((131 + 32 * at, 5) for at in range(4)),
    (258, 0),
)
"""(least length, extra bits) of the symbols 257 to 285."""

DISTANCES: tuple[tuple[int, int], ...] = (
    *((distance, 0) for distance in range(1, 5)),
    *((1 + (2 + at) * 2**extra, extra) for extra in range(1, 14) for at in range(2)),
)
"""(least distance, extra bits) of the symbols 0 to 29."""

ORDER = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)
"""In which order the lengths of the codes of code lengths stand."""

FIXED_LENGTHS = (8,) * 144 + (9,) * 112 + (7,) * 24 + (8,) * 8
"""Code lengths of the symbols 0 to 287 in a block of type 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InflateStep:
    """What one piece of the bits means.

    Attributes:
        at: number of its first bit.
        bits: as they are read, the first one first; empty for what is only said.
        meaning: in words.
        out: bytes that it gives.
    """

    at: int
    bits: str
    meaning: str
    out: bytes = b""


def codes_of(lengths: Sequence[int]) -> dict[int, str]:
    """The codes of symbols with these code lengths: as text of 0 and 1, in the order in which they are read."""
    codes: dict[int, str] = {}
    code = 0
    for length in range(1, max(lengths, default=0) + 1):
        for symbol, own in enumerate(lengths):
            if own == length:
                codes[symbol] = format(code, f"0{length}b")
                code += 1
        code <<= 1
    return codes


class _Bits:
    def __init__(self, raw: bytes) -> None:
        self.raw, self.at = raw, 0

    def take(self, count: int) -> str:
        bits = "".join(str(self.raw[at >> 3] >> (at & 7) & 1) for at in range(self.at, self.at + count))
        self.at += count
        return bits


def _number(bits: str) -> int:
    return int(bits[::-1], 2) if bits else 0


def inflate_steps(raw: bytes) -> tuple[InflateStep, ...]:
    """Every step of decoding a raw DEFLATE stream.

    Raises:
        ValueError: zlib reads it otherwise, or not at all.
    """
    found = tuple(_stream(_Bits(raw)))
    out = b"".join(step.out for step in found)
    try:
        right = zlib.decompressobj(-15).decompress(raw)
    except zlib.error as problem:
        raise ValueError(f"not DEFLATE: {problem}") from problem
    if out != right:
        raise ValueError("decoded otherwise than by zlib")
    return found


def _stream(bits: _Bits) -> Iterator[InflateStep]:
    written = bytearray()
    last = False
    while not last:
        at, flag = bits.at, bits.take(1)
        last = flag == "1"
        yield InflateStep(at=at, bits=flag, meaning="this is the last block" if last else "more blocks follow")
        at, kind = bits.at, bits.take(2)
        number = _number(kind)
        yield InflateStep(at=at, bits=kind, meaning=f"number {number}: block of type {number}")
        if number == 0:
            yield from _stored(bits, written)
            continue
        literals: Sequence[int] = FIXED_LENGTHS
        distances: Sequence[int] = (5,) * 30
        if number == 2:
            literals, distances = yield from _lengths(bits)
        yield from _symbols(bits, codes_of(literals), codes_of(distances), written)


def _stored(bits: _Bits, written: bytearray) -> Iterator[InflateStep]:
    bits.at = (bits.at + 7) & ~7
    at, field = bits.at, bits.take(32)
    size = _number(field[:16])
    yield InflateStep(at=at, bits=field, meaning=f"{size} bytes follow as they are (and the number turned over)")
    for _ in range(size):
        at, own = bits.at, bits.take(8)
        out = bytes([_number(own)])
        written += out
        yield InflateStep(at=at, bits=own, meaning=_letter(out), out=out)


def _lengths(bits: _Bits) -> Generator[InflateStep, None, tuple[Sequence[int], Sequence[int]]]:
    numbers = []
    for width, least, name in ((5, 257, "literal/length"), (5, 1, "distance"), (4, 4, "code length")):
        at, own = bits.at, bits.take(width)
        numbers.append(_number(own) + least)
        told = f"number {_number(own)}, plus {least}: {numbers[-1]} {name} codes have a length"
        yield InflateStep(at=at, bits=own, meaning=told)
    small = [0] * 19
    for symbol in ORDER[: numbers[2]]:
        at, own = bits.at, bits.take(3)
        small[symbol] = _number(own)
        yield InflateStep(at=at, bits=own, meaning=f"code length symbol {symbol}: length {small[symbol]}")
    codes = {code: symbol for symbol, code in codes_of(small).items()}
    told = ", ".join(f"{symbol}={code}" for code, symbol in sorted(codes.items(), key=lambda pair: pair[1]))
    yield InflateStep(at=bits.at, bits="", meaning=f"so the codes of code lengths are: {told}")
    lengths: list[int] = []
    while len(lengths) < numbers[0] + numbers[1]:
        at = bits.at
        symbol, own = _symbol(bits, codes)
        if symbol < 16:
            lengths.append(symbol)
            yield InflateStep(at=at, bits=own, meaning=f"symbol {len(lengths) - 1}: length {symbol}")
            continue
        width, least = {16: (2, 3), 17: (3, 3), 18: (7, 11)}[symbol]
        extra = bits.take(width)
        times = _number(extra) + least
        value = lengths[-1] if symbol == 16 else 0
        begin = len(lengths)
        lengths += [value] * times
        told = f"{symbol}, then {_number(extra)}+{least}={times} times: "
        told += f"symbols {begin} to {begin + times - 1}: length {value}"
        yield InflateStep(at=at, bits=f"{own} {extra}", meaning=told)
    return lengths[: numbers[0]], lengths[numbers[0] :]


def _symbol(bits: _Bits, codes: dict[str, int]) -> tuple[int, str]:
    own = ""
    while own not in codes:
        own += bits.take(1)
        if len(own) > 15:
            raise ValueError("no such code")
    return codes[own], own


def _symbols(
    bits: _Bits, literals: dict[int, str], distances: dict[int, str], written: bytearray
) -> Iterator[InflateStep]:
    first = {code: symbol for symbol, code in literals.items()}
    second = {code: symbol for symbol, code in distances.items()}
    while True:
        at = bits.at
        symbol, own = _symbol(bits, first)
        if symbol == 256:
            yield InflateStep(at=at, bits=own, meaning="256: the end of the block")
            return
        if symbol < 256:
            out = bytes([symbol])
            written += out
            yield InflateStep(at=at, bits=own, meaning=f"{symbol}: {_letter(out)}", out=out)
            continue
        least, width = LENGTHS[symbol - 257]
        extra = bits.take(width)
        length = least + _number(extra)
        code, far = _symbol(bits, second)
        base, wide = DISTANCES[code]
        more = bits.take(wide)
        distance = base + _number(more)
        if distance > len(written):
            raise ValueError("leads before the beginning")
        begin = len(written)
        for _ in range(length):
            written.append(written[-distance])
        out = bytes(written[begin:])
        told = f"{symbol}: length {least}+{_number(extra)}={length}; {code}: distance {base}+{_number(more)}={distance}"
        read = " ".join(part for part in (own, extra, far, more) if part)
        yield InflateStep(at=at, bits=read, meaning=told, out=out)


def _letter(out: bytes) -> str:
    letter = chr(out[0])
    return f'the letter "{letter}"' if 32 < out[0] < 127 else "a space" if letter == " " else f"the byte {out[0]:02x}"
