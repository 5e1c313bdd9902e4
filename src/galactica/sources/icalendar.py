"""Calendars (.ics): each event, task and entry of a diary is an article.

Days and times are told as they are written, with the zone that is named; how something comes again is told in words
(`record_fields.toml`) as far as they go, else as it stands. What a calendar says of itself is an article before them.
Alarms, what only programs read, zones and times when somebody is busy are counted. Standard: RFC 5545 (iCalendar),
RFC 7986; vCalendar 1.0 as far as its names are the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from galactica.model import Rejected
from galactica.sources import leaf
from galactica.sources.content_lines import Component, ContentLine, content_components
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.records import FileRecord, field_names, record_documents
from galactica.sources.trees import TreeFile
from galactica.values.moments import iso_stamp

_ENTRIES = ("VEVENT", "VTODO", "VJOURNAL")
_MOMENT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z?))?\Z")
_PERIOD = re.compile(r"P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?\Z")
_TOLD = frozenset(("SUMMARY", "DESCRIPTION", "CATEGORIES", "UID"))
_UNTOLD = frozenset(
    ("DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "CLASS", "TRANSP", "PRIORITY", "REQUEST-STATUS", "RELATED-TO")
)
_TIMES = frozenset(("DTSTART", "DTEND", "DUE", "COMPLETED", "RECURRENCE-ID", "EXDATE", "RDATE"))


def recognise(name: str, head: bytes) -> int:
    """95 for what begins as a calendar does."""
    start = leaf.text_head(head)
    return 95 if start[:15].upper() == "BEGIN:VCALENDAR" else 0


def read_calendar(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield an article for each entry."""
    text = leaf.decoded(entry, key)
    if isinstance(text, Rejected):
        yield text
        return
    root, lost = content_components(text)
    called = next((each.said("X-WR-CALNAME") or each.said("NAME") for each in root.parts), "")
    entries = [_record(each, called) for each in root.walk(*_ENTRIES)]
    about = (each.said("X-WR-CALDESC") or each.said("DESCRIPTION") for each in root.parts if each.name == "VCALENDAR")
    if said := "\n\n".join(filter(None, about)):
        entries.insert(0, FileRecord(title=called, text=said))
    left = (
        ("icalendar:line", lost),
        ("icalendar:zone", sum(1 for _ in root.walk("VTIMEZONE"))),
        ("icalendar:busy", sum(1 for _ in root.walk("VFREEBUSY"))),
    )
    if entries:
        entries[0] = replace(entries[0], dropped=(*entries[0].dropped, *(each for each in left if each[1])))
    yield from record_documents(entries, entry.path, key)


def _record(component: Component, calendar: str) -> FileRecord:
    names = field_names("icalendar")
    dropped: Counter[str] = Counter({"icalendar:alarm": sum(1 for _ in component.walk("VALARM"))})
    fields: list[tuple[str, str]] = []
    for line in component.lines:
        if line.name in _TOLD:
            continue
        if line.name in _UNTOLD or line.name.startswith("X-"):
            dropped["icalendar:for-programs"] += 1
        elif line.name == "ATTACH" and line.parameters.get("ENCODING"):
            dropped["icalendar:attachment"] += 1
        else:
            fields.append((names.get(line.name, line.name.replace("-", " ").capitalize()), _value(line)))
    if calendar:
        fields.append((names["VCALENDAR"], calendar))
    categories = [each for line in component.lines if line.name == "CATEGORIES" for each in line.texts(",")]
    return FileRecord(
        title=component.said("SUMMARY"),
        key=component.said("UID") if component.first("RECURRENCE-ID") is None else "",
        text="\n\n".join(line.text() for line in component.lines if line.name == "DESCRIPTION"),
        fields=tuple(fields),
        categories=tuple(categories),
        modified=iso_stamp(_moment(component.said("LAST-MODIFIED")).replace(" UTC", "Z").replace(" ", "T")),
        url=component.said("URL"),
        dropped=tuple(sorted(dropped.items())),
    )


def _value(line: ContentLine) -> str:
    """A value as a person reads it."""
    if line.name in _TIMES:
        zone = line.parameters.get("TZID", "")
        told = (_moment(each) for each in line.value.split(",")[:100])
        return ", ".join(f"{each} ({zone})" if zone and ":" in each else each for each in told)
    if line.name == "RRULE":
        return _recurrence(line.value)
    if line.name == "DURATION":
        return _period(line.value)
    if line.name in ("ORGANIZER", "ATTENDEE"):
        address = re.sub(r"(?i)^mailto:", "", line.text())
        name = line.parameters.get("CN", "")
        return f"{name} <{address}>" if name and address else name or address
    if line.name == "GEO":
        return line.value.replace(";", ", ")
    return line.text()


def _moment(written: str) -> str:
    """A day or time as it is written, in the form of ISO 8601 with a space: "2024-05-03 10:30 UTC"."""
    found = _MOMENT.match(written.strip())
    if found is None:
        return written.strip()
    day = f"{found[1]}-{found[2]}-{found[3]}"
    if not found[4]:
        return day
    seconds = f":{found[6]}" if found[6] not in (None, "00") else ""
    return f"{day} {found[4]}:{found[5]}{seconds}{' UTC' if found[7] else ''}"


def _period(written: str) -> str:
    """A length of time: "1 h 30 min"; as it stands where it is of another form."""
    found = _PERIOD.match(written.strip().lstrip("+"))
    if found is None or not any(found.groups()):
        return written.strip()
    units = field_names("periods")
    names = (units["weeks"], units["days"], units["hours"], units["minutes"], units["seconds"])
    return " ".join(f"{int(n)} {name}" for n, name in zip(found.groups(), names, strict=True) if n and int(n))


def _recurrence(written: str) -> str:
    """How something comes again, in words; as it stands where they do not say all of it."""
    words = field_names("recurrence")
    parts = dict(part.upper().partition("=")[::2] for part in written.strip().split(";") if "=" in part)
    often = parts.pop("FREQ", "")
    every = parts.pop("INTERVAL", "1")
    if often not in words:
        return written.strip()
    told = words[often] if every == "1" else words[f"{often}-N"].replace("N", every)
    days = [each.strip() for each in parts.pop("BYDAY", "").split(",") if each.strip()]
    if days and often in ("DAILY", "WEEKLY") and all(each in words for each in days):
        told += f", {words['ON']} {', '.join(words[each] for each in days)}"
    elif days:
        return written.strip()
    if count := parts.pop("COUNT", ""):
        told += f", {words['COUNT'].replace('N', count)}"
    if until := parts.pop("UNTIL", ""):
        told += f", {words['UNTIL']} {_moment(until)}"
    parts.pop("WKST", "")
    return written.strip() if parts else told


LEAF = Leaf(
    name="icalendar", suffixes=(".ics", ".ical", ".ifb", ".vcs"), recognise=recognise, read=read_calendar, whole=True
)
FORMAT = file_format(LEAF)
