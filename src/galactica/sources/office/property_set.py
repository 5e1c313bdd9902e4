"""What a compound file says of itself: the streams of properties that Windows shows of old Office documents.

Standard: [MS-OLEPS] Object Linking and Embedding Property Set Data Structures; numbers of the properties: [MS-OSHARED]
§2.3.3.2.
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta

from galactica.sources.office import metadata, rtf_tokens
from galactica.sources.office.compound import CompoundFile
from galactica.sources.office.faults import PartError

SUMMARY = "\x05SummaryInformation"
MAX_SUMMARY = 2**20
"""Bytes of the properties; they may hold a small picture of the first page."""

MAX_PROPERTIES = 1_000
"""Properties of a set."""

_CODE_PAGE, _TITLE, _SUBJECT, _AUTHOR, _KEYWORDS, _COMMENTS, _CREATED, _SAVED = 1, 2, 3, 4, 5, 6, 12, 13
_TEXT, _WIDE, _TIME, _SHORT = 0x1E, 0x1F, 0x40, 0x02
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def of_compound(file: CompoundFile) -> metadata.Described:
    """What a file says of itself; nothing where it says nothing that can be read."""
    try:
        found = summary_properties(file.read(SUMMARY, MAX_SUMMARY))
    except PartError:
        return metadata.Described()
    return metadata.described(
        title=found.get(_TITLE, ""),
        creators=[found.get(_AUTHOR, "")],
        created=found.get(_CREATED, ""),
        modified=found.get(_SAVED, ""),
        keywords=[found.get(_KEYWORDS, "")],
        description=found.get(_COMMENTS, "") or found.get(_SUBJECT, ""),
    )


def summary_properties(raw: bytes) -> dict[int, str]:
    """The texts and times of the first set of a stream by their numbers, times as ISO 8601."""
    if len(raw) < 56:
        return {}
    begin = int.from_bytes(raw[44:48], "little")
    section = raw[begin:]
    if len(section) < 8:
        return {}
    count = min(int.from_bytes(section[4:8], "little"), MAX_PROPERTIES, (len(section) - 8) // 8)
    places = [struct.unpack_from("<II", section, 8 + 8 * each) for each in range(count)]
    page = next((_number(section, at) for kind, at in places if kind == _CODE_PAGE), 1252)
    found = {kind: _value(section, at, page) for kind, at in places if kind != _CODE_PAGE}
    return {kind: value for kind, value in found.items() if value}


def _number(section: bytes, at: int) -> int:
    return int.from_bytes(section[at + 4 : at + 6], "little") if _kind(section, at) == _SHORT else 1252


def _kind(section: bytes, at: int) -> int:
    return int.from_bytes(section[at : at + 4], "little")


def _value(section: bytes, at: int, page: int) -> str:
    kind, number = _kind(section, at), int.from_bytes(section[at + 4 : at + 8], "little")
    number = min(number, MAX_SUMMARY)
    if kind == _TEXT:
        raw = section[at + 8 : at + 8 + number]
        text = raw.decode("utf-16-le", "replace") if page == 1200 else rtf_tokens.decoded(raw, rtf_tokens.page(page))
        return text.partition("\0")[0].strip()
    if kind == _WIDE:
        return section[at + 8 : at + 8 + 2 * number].decode("utf-16-le", "replace").partition("\0")[0].strip()
    if kind == _TIME:
        return filetime(int.from_bytes(section[at + 4 : at + 12], "little"))
    return ""


def filetime(ticks: int) -> str:
    """A time of Windows as ISO 8601 in UTC; "" for one that makes no sense.

    Args:
        ticks: of 100 ns since 1601.
    """
    try:
        moment = _EPOCH + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return ""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if 1970 <= moment.year < 2200 else ""
