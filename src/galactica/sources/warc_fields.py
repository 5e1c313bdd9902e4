"""The headers of records: lines of names and values in a WARC, one line in an ARC; both as fields of a WARC.

Source: WARC 1.1 §4 and 5; the ARC format of the Internet Archive, version 1 (five words) and 2 (ten). A URL in an ARC
may hold blanks against the rules, so that a line is read from what cannot be mistaken: a machine's address and a date.
"""

from __future__ import annotations

import re

MAX_FIELDS = 500
"""Lines of a header; real ones have some ten."""

_ARC_PLACE = re.compile(r" (?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]{2,40}|-) (\d{12,20}) ")
_DAY = re.compile(r"\d{12,20}")


def warc_fields(header: bytes) -> tuple[dict[str, str], int]:
    """(fields, stated length; -1 for none) of a WARC's header."""
    fields: dict[str, str] = {}
    last = ""
    for line in header.split(b"\n")[1 : MAX_FIELDS + 1]:
        text = _text(line)
        if text[:1] in (" ", "\t") and last:  # folded
            fields[last] = f"{fields[last]} {text.strip()}"
            continue
        name, colon, value = text.partition(":")
        last = name.strip().lower() if colon else ""
        if last and last not in fields:
            fields[last] = value.strip()
        else:
            last = ""
    return fields, _number(fields.get("content-length", ""))


def arc_fields(line: bytes) -> tuple[dict[str, str], int]:
    """(fields as a WARC would have them, stated length; -1 for none) of an ARC's header; no fields where it is none."""
    text = _text(line)
    place = _ARC_PLACE.search(text)
    if place is None:  # damaged: the address is its first word, the length its last
        words = text.split(" ")
        uri, date, mime = words[0], next((word for word in words[1:] if _DAY.fullmatch(word)), ""), words[-2]
    else:
        uri, date, words = text[: place.start()], place[1][:14], text[place.end() :].split(" ")
        mime = words[0]
    kind = "warcinfo" if uri.startswith("filedesc:") else "response"
    fields = {"warc-type": kind, "warc-target-uri": uri, "warc-date": date, "content-type": mime}
    return fields, _number(words[-1] if len(words) > 1 else "")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else -1


def _text(line: bytes) -> str:
    line = line.strip(b"\r\n")
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")
