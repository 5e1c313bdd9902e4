"""How records of web archives begin: told at the place where one should, and found among other bytes.

Where a record should begin, a header is known by its first line, or by the fields that every header has. Among other
bytes only a whole first line with a field behind it counts: pages that speak of web archives hold less than that.
"""

from __future__ import annotations

import re

KNOWN_FIELDS = 3
"""Fields that every record has, of which so many show a header whose first line is damaged."""

MAX_FIRST = 100
"""Bytes of that line."""

MAX_KNOWN = 2048
"""Bytes of a header in which they stand."""

WARC_LINE = re.compile(rb"WARC/(\d\.\d{1,2})[ \t]{0,9}\r?\n(?=[A-Za-z][\w-]{0,60}[ \t]{0,9}:)")
_WARC_INSIDE = re.compile(rb"(?<=\n)WARC/\d\.\d{1,2}[ \t]{0,9}\r?\n(?=(?:WARC-|Content-|warc-|content-)[\w-]{1,60}:)")
_KNOWN = re.compile(rb"(?<=\n)(WARC-Type|WARC-Date|WARC-Record-ID|WARC-Target-URI|Content-Length)[ \t]{0,9}:", re.I)
ARC_LINE = re.compile(
    rb"(?:https?|ftp|dns|filedesc|file|gopher|news|metadata|urn|whois|rtsp|mms):[^\n]{1,16000}"
    rb" (?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]{2,40}|-) \d{12,20} [^\n]{0,2000}\r?\n"
)
ARC_LOOSE = re.compile(rb"[a-zA-Z][a-zA-Z0-9+.-]{1,20}:\S{1,8000}(?: \S{1,300}){3,9} \d{1,15}\r?\n")
"""The same with anything in the place of the machine's address and the date; only behind another record of an ARC."""

_ARC_INSIDE = re.compile(
    rb"(?<=\n)(?:https?|ftp|dns|filedesc)://?[^\n]{1,8000} \d{1,3}(?:\.\d{1,3}){3} \d{12,20}"
    rb" [^\n ]{1,200}[^\n]{0,500} [\w-]{1,15}\r?\n"
)
HEADER_END = re.compile(rb"\r?\n[ \t]*\r?\n")
"""The blank line behind a header."""


def next_header(window: bytes) -> int | None:
    """Where the first header begins in some bytes, behind a line's end."""
    found = _WARC_INSIDE.search(window) if b"\nWARC/" in window else None
    end = found.start() if found else len(window)
    arc = _ARC_INSIDE.search(window, 0, end) if window.find(b"://", 0, end) >= 0 else None
    return arc.start() if arc else found.start() if found else None


def begins_header(start: bytes) -> bool:
    """Whether the header of a WARC's record stands here, also one whose first line, or a name in it, is damaged."""
    if WARC_LINE.match(start):
        return True
    if start.find(b"\n", 0, MAX_FIRST) < 0:
        return False
    end = HEADER_END.search(start, 0, MAX_KNOWN)
    names = {name.lower() for name in _KNOWN.findall(start, 0, end.start() if end else MAX_KNOWN)}
    return len(names) >= KNOWN_FIELDS


def begins_record(head: bytes) -> bool:
    """Whether a file begins with a record of either form, after blank lines or none."""
    start = head.lstrip(b"\r\n \t\0")
    return WARC_LINE.match(start) is not None or (b":" in start[:20] and ARC_LINE.match(start) is not None)
