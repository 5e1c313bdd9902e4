"""A bundle of the Bundle Protocol, version 7 (RFC 9171): as much of it as carries a file from one end to the other.

Written are a primary block and a payload block, each with a CRC, in the one form that deterministic CBOR has (RFC 8949,
4.2.1; RFC 9171, 4.1, lets the array of blocks alone be of indefinite length). Read is what other programs write, with
further blocks between the two. Fragments are refused, and so is whatever a block asks to be refused for.

Whatever comes from a stranger is bounded: bytes, blocks, depth. A bundle vouches for nothing: what it carries does.
"""

from __future__ import annotations

from dataclasses import dataclass

from galactica.spread.late.crc import crc16, crc32c

VERSION = 7
MOST_BYTES = 80 << 20
"""Of a bundle: packs have some 256 KiB, the largest object of a release 72 MiB."""
MOST_BLOCKS, MOST_DEPTH, MOST_NODES = 64, 8, 4096
"""Blocks of a bundle; arrays in arrays, and items, of a block."""
LONGEST_NAME = 1024
"""Bytes of the name of an endpoint."""

PAYLOAD = 1
_FRAGMENT, _REFUSE = 0x01, 0x04
"""Of the bundle: it is a fragment. Of a block: without it, refuse the bundle (RFC 9171, 4.2.3 and 4.2.4)."""
_UNSIGNED, _BYTES, _TEXT, _ARRAY = 0, 2, 3, 4
_KNOWN = frozenset((6, 7, 10))
"""Extension blocks that may be passed over: previous node, age, hop count (RFC 9171, 4.4)."""

Item = int | bytes | str | list["Item"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A bundle.

    Attributes:
        destination, source, report_to: endpoints: "dtn:none", "dtn://mars/galactica", "ipn:2.1".
        created: milliseconds since 2000-01-01 00:00 UTC; 0: the sender has no clock.
        sequence: tells bundles of one time apart.
        lifetime: milliseconds for which it is of use.
        payload: what it carries.
        flags: as RFC 9171, 4.2.3.
    """

    destination: str
    source: str
    report_to: str = "dtn:none"
    created: int = 0
    sequence: int = 0
    lifetime: int = 366 * 86_400_000
    payload: bytes = b""
    flags: int = 0


def bundle_bytes(bundle: Bundle) -> bytes:
    """A bundle as it travels, its blocks with CRC-32C.

    Raises:
        ValueError: an endpoint has no such name, a number is beyond 64 bits, or the payload is too large.
    """
    primary: list[Item] = [
        VERSION,
        bundle.flags,
        2,
        _endpoint(bundle.destination),
        _endpoint(bundle.source),
        _endpoint(bundle.report_to),
        [bundle.created, bundle.sequence],
        bundle.lifetime,
    ]
    if len(bundle.payload) > MOST_BYTES - 4096:
        raise ValueError("the payload is too large")
    return b"\x9f" + _checked(primary) + _checked([PAYLOAD, 1, 0, 2, bundle.payload]) + b"\xff"


def read_bundle(raw: bytes) -> Bundle | None:
    """The bundle in these bytes; None where they are none, it is damaged, a fragment, or asks to be refused."""
    try:
        return _bundle(raw)
    except (ValueError, IndexError, TypeError):
        return None


def _bundle(raw: bytes) -> Bundle:
    if len(raw) > MOST_BYTES or raw[0] != 0x9F or raw[-1] != 0xFF:
        raise ValueError("it is no bundle")
    at = 1
    blocks: list[list[Item]] = []
    while at < len(raw) - 1:
        if len(blocks) >= MOST_BLOCKS:
            raise ValueError("it has too many blocks")
        reader = _Reader(raw, at)
        block = reader.item(0)
        if not isinstance(block, list):
            raise ValueError("a block is no array")
        _check(block, raw[at : reader.at], primary=not blocks)
        blocks.append(block)
        at = reader.at
    if at != len(raw) - 1 or len(blocks) < 2:
        raise ValueError("it has no payload")
    primary, payload = blocks[0], blocks[-1]
    _check_blocks(blocks[1:])
    version, flags, _, destination, source, report_to, created, lifetime = primary[:8]
    if version != VERSION or not isinstance(flags, int) or flags & _FRAGMENT:
        raise ValueError("it is of another version, or a fragment")
    if not isinstance(created, list) or len(created) != 2 or len(primary) != 8 + bool(primary[2]):
        raise ValueError("its primary block is none")
    time, sequence = created
    body = payload[4]
    if not isinstance(time, int) or not isinstance(sequence, int) or not isinstance(lifetime, int):
        raise ValueError("a number is none")
    return Bundle(
        destination=_name(destination),
        source=_name(source),
        report_to=_name(report_to),
        created=time,
        sequence=sequence,
        lifetime=lifetime,
        payload=body if isinstance(body, bytes) else b"",
        flags=flags,
    )


def _check_blocks(blocks: list[list[Item]]) -> None:
    """What stands behind the primary block: the payload last and once, numbers once."""
    kinds = [block[0] for block in blocks]
    numbers = [block[1] for block in blocks]
    twice = len(set(map(str, numbers))) != len(numbers)
    if kinds[-1] != PAYLOAD or kinds.count(PAYLOAD) != 1 or numbers[-1] != 1 or twice:
        raise ValueError("its payload is not last, or a number is used twice")
    for block in blocks:
        flags = block[2]
        if not isinstance(flags, int) or not isinstance(block[4], bytes) or len(block) != 5 + bool(block[3]):
            raise ValueError("a block is none")
        if flags & _REFUSE and block[0] != PAYLOAD and block[0] not in _KNOWN:
            raise ValueError("a block asks to refuse the bundle")


def _check(block: list[Item], raw: bytes, *, primary: bool) -> None:
    """See that a block's CRC fits: it is of the block with zeros in its place (RFC 9171, 4.2.1)."""
    kind = block[2 if primary else 3]
    if kind == 0:
        return
    size = {1: 2, 2: 4}.get(kind if isinstance(kind, int) else -1)
    stated = block[-1]
    if size is None or not isinstance(stated, bytes) or len(stated) != size:
        raise ValueError("its CRC is none")
    if _crc(raw[:-size] + bytes(size), size) != stated:
        raise ValueError("it is damaged")


def _checked(block: list[Item]) -> bytes:
    """A block with its CRC-32C behind it."""
    raw = _item([*block, bytes(4)])
    return raw[:-4] + _crc(raw, 4)


def _crc(raw: bytes, size: int) -> bytes:
    return (crc16(raw) if size == 2 else crc32c(raw)).to_bytes(size, "big")


def _endpoint(name: str) -> Item:
    scheme, _, rest = name.partition(":")
    if len(name.encode()) > LONGEST_NAME:
        raise ValueError("the name of an endpoint is too long")
    if scheme == "dtn" and (rest == "none" or rest.startswith("//")):
        return [1, 0 if rest == "none" else rest]
    node, _, service = rest.partition(".")
    if scheme != "ipn" or not (node.isascii() and node.isdigit() and service.isascii() and service.isdigit()):
        raise ValueError(f"{name} is no endpoint: dtn://NODE/SERVICE or ipn:NODE.SERVICE")
    return [2, [int(node), int(service)]]


def _name(endpoint: Item) -> str:
    match endpoint:
        case [1, 0]:
            return "dtn:none"
        case [1, str(name)] if len(name.encode()) <= LONGEST_NAME:
            return f"dtn:{name}"
        case [2, [int(node), int(service)]]:
            return f"ipn:{node}.{service}"
        case _:
            raise ValueError("an endpoint is none")


def _item(value: Item) -> bytes:
    """A value in deterministic CBOR."""
    if isinstance(value, int):
        return _head(_UNSIGNED, value)
    if isinstance(value, bytes):
        return _head(_BYTES, len(value)) + value
    if isinstance(value, str):
        return _head(_TEXT, len(value.encode())) + value.encode()
    return _head(_ARRAY, len(value)) + b"".join(map(_item, value))


def _head(kind: int, number: int) -> bytes:
    if not 0 <= number < 1 << 64:
        raise ValueError("a number is beyond 64 bits")
    if number < 24:
        return bytes([kind << 5 | number])
    power = next(power for power in range(4) if number < 1 << (8 << power))
    return bytes([kind << 5 | 24 + power]) + number.to_bytes(1 << power, "big")


class _Reader:
    """Reads one block: unsigned numbers, byte and text strings, arrays, each in its shortest form."""

    def __init__(self, raw: bytes, at: int) -> None:
        self.raw, self.at = raw, at
        self._left = MOST_NODES

    def item(self, depth: int) -> Item:
        """The next item."""
        self._left -= 1
        if self._left < 0 or depth > MOST_DEPTH:
            raise ValueError("a block has too many items, or they lie too deep")
        kind, number = self._head()
        if kind == _UNSIGNED:
            return number
        if kind in (_BYTES, _TEXT):
            value = self.raw[self.at : self.at + number]
            if len(value) != number:
                raise ValueError("it ends too early")
            self.at += number
            return value if kind == _BYTES else value.decode("utf-8")
        if kind != _ARRAY or number > self._left:
            raise ValueError("it has an item that bundles do not have")
        return [self.item(depth + 1) for _ in range(number)]

    def _head(self) -> tuple[int, int]:
        first = self.raw[self.at]
        kind, short = first >> 5, first & 31
        self.at += 1
        if short < 24:
            return kind, short
        if short > 27:
            raise ValueError("a length is not definite")
        size = 1 << short - 24
        number = int.from_bytes(self.raw[self.at : self.at + size], "big")
        self.at += size
        if number < (24 if size == 1 else 1 << 4 * size):
            raise ValueError("a number is not in its shortest form")
        return kind, number
