"""A report: what a receiver has, and what it wants first. One small datagram or file, which nobody waits for.

docs/formats/report.md is normative. Numbers are big-endian; v is a number in groups of seven bits, the low ones first,
each byte but the last with its high bit set (at most 5 bytes):

    0   1  B1
    1   6  release, as packets call it
    7   8  reporter: drawn by chance, once
    15  4  number of the report; each is higher than the one before
    19  3  block of the newest packet that came; FFFFFF: none has
    22  2  its point
    24     v: how many runs; for each v: its length. Runs of blocks from the first on: not done, done, not done, …
           For each block that is not done v: symbols that are held. What lies beyond the last run is not told of.
           v: how many wishes; for each 1 byte: its length, and its text in UTF-8
    -16 16 BLAKE2b of all before, with the key that both know, or none

What is cut off, too long, or written in another way than it would be here, is no report.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from galactica.spread.packets.packet import RELEASE_BYTES

REPORT = 0xB1
MOST_BYTES = 1200
"""Of a report: it fits in a datagram everywhere."""
MOST_BLOCKS = 1 << 16
"""Blocks that a report tells of: of more than a terabyte; a forged one is read in some ten milliseconds."""
MOST_WISHES, LONGEST_WISH = 16, 200
"""Wishes of a report; bytes of one."""
TAG = 16
NONE = 0xFFFFFF
"""In the place of a block: no packet has come."""

_HEAD = struct.Struct(f">B{RELEASE_BYTES}s8sI3sH")


@dataclass(frozen=True, slots=True, kw_only=True)
class LateReport:
    """What a receiver tells.

    Attributes:
        release: 6 bytes, as in packets.
        reporter: 8 bytes.
        number: rises from report to report.
        newest: (block, point) of the newest packet that came; None: none has.
        held: for each block from the first on, symbols that are held, or None where it is done. Blocks beyond the last
            are not told of.
        wishes: what is wanted first, in order: topics, titles.
    """

    release: bytes
    reporter: bytes
    number: int
    newest: tuple[int, int] | None
    held: tuple[int | None, ...]
    wishes: tuple[str, ...] = ()


def report_bytes(report: LateReport, *, key: bytes = b"") -> bytes:
    """A report as it travels, within `MOST_BYTES`: where it tells of too many blocks, of the first ones.

    Args:
        report: its wishes are within their bounds.
        key: 0 to 64 bytes.

    Raises:
        ValueError: a number or a wish is beyond its bounds.
    """
    if len(report.wishes) > MOST_WISHES or not all(0 < len(wish.encode()) <= LONGEST_WISH for wish in report.wishes):
        raise ValueError("too many wishes, or too long ones")
    block, point = report.newest or (NONE, 0)
    head = _HEAD.pack(REPORT, report.release, report.reporter, report.number, block.to_bytes(3, "big"), point)
    wishes = _number(len(report.wishes)) + b"".join(
        bytes([len(wish.encode())]) + wish.encode() for wish in report.wishes
    )
    room = MOST_BYTES - len(head) - len(wishes) - TAG
    told = _told(report.held)
    if len(told) > room:
        least, most = 0, len(report.held)
        while least < most - 1:
            middle = (least + most) // 2
            least, most = (middle, most) if len(_told(report.held[:middle])) <= room else (least, middle)
        told = _told(report.held[:least])
    return _tagged(head + told + wishes, key)


def read_report(raw: bytes, *, key: bytes = b"") -> LateReport | None:
    """The report in these bytes; None where they are none, or it was not made with the key."""
    if not _HEAD.size + TAG < len(raw) <= MOST_BYTES or raw[0] != REPORT:
        return None
    body = raw[:-TAG]
    if not hmac.compare_digest(_tagged(body, key), raw):
        return None
    _, release, reporter, number, block, point = _HEAD.unpack_from(raw)
    try:
        held, at = _read_held(body, _HEAD.size)
        wishes, at = _read_wishes(body, at)
        if at != len(body):
            return None
        newest = int.from_bytes(block, "big")
        found = LateReport(
            release=release,
            reporter=reporter,
            number=number,
            newest=None if newest == NONE else (newest, point),
            held=held,
            wishes=wishes,
        )
        return found if report_bytes(found, key=key) == raw else None  # one way of writing each report
    except (ValueError, IndexError):
        return None


def _tagged(body: bytes, key: bytes) -> bytes:
    return body + hashlib.blake2b(body, digest_size=TAG, key=key).digest()


def _told(held: Sequence[int | None]) -> bytes:
    runs: list[int] = []
    done = False
    for each in held:
        if not runs or (each is None) != done:
            done = each is None
            if not runs and done:
                runs.append(0)
            runs.append(0)
        runs[-1] += 1
    counts = b"".join(_number(each) for each in held if each is not None)
    return _number(len(runs)) + b"".join(map(_number, runs)) + counts


def _read_held(raw: bytes, at: int) -> tuple[tuple[int | None, ...], int]:
    count, at = _taken_number(raw, at)
    if count > MOST_BYTES:
        raise ValueError("too many runs")
    runs = []
    for _ in range(count):
        length, at = _taken_number(raw, at)
        runs.append(length)
    if sum(runs) > MOST_BLOCKS or sum(runs[::2]) > MOST_BYTES:
        raise ValueError("too many blocks")
    held: list[int | None] = []
    for number, length in enumerate(runs):
        for _ in range(0 if number % 2 else length):
            symbols, at = _taken_number(raw, at)
            held.append(symbols)
        if number % 2:
            held.extend([None] * length)
    return tuple(held), at


def _read_wishes(raw: bytes, at: int) -> tuple[tuple[str, ...], int]:
    count, at = _taken_number(raw, at)
    if count > MOST_WISHES:
        raise ValueError("too many wishes")
    wishes = []
    for _ in range(count):
        size = raw[at]
        text = raw[at + 1 : at + 1 + size]
        if len(text) != size:
            raise ValueError("it ends in a wish")
        wishes.append(text.decode("utf-8"))
        at += 1 + size
    return tuple(wishes), at


def _number(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])


def _taken_number(raw: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(5):
        part = raw[at + place]
        value |= (part & 127) << 7 * place
        if part < 128:
            return value, at + place + 1
    raise ValueError("a number is too long")
