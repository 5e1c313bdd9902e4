"""Lines of names and values in components, as calendars and cards are written (`content_components`).

A line may be folded (the next one begins with a space or tab), in old cards also by quoted-printable; what is written
with a backslash is resolved where the value is a text, in old cards and calendars semicolons alone. A line that is none
is counted.

Standards: RFC 5545 §3.1 (iCalendar), RFC 6350 §3.2 (vCard 4), RFC 2425; vCard 2.1 and vCalendar 1.0 (versit, 1996).
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from galactica.sources.encoding import codec_of

MAX_INSIDE = 20
"""Components that are open at once: an alarm in an event in a calendar is three."""

_NAME = re.compile(r"(?:[A-Za-z0-9_-]{1,80}\.)?([A-Za-z0-9-]{1,80})((?>(?:;(?>(?:[^\":;]++|\"[^\"]*\")*))*)):")
_PARAMETER = re.compile(r";([A-Za-z0-9-]{1,80})(?:=((?>(?:[^\":;]++|\"[^\"]*\")*)))?")
_PIECE = re.compile(r"\\.|[^\\;,]+|[;,\\]", re.DOTALL)
_BARE_PIECE = re.compile(r"\\;|[^\\;,]+|[;,\\]")
_BARE = ("2.1", "1.0")
"""Versions of cards and calendars in which only a semicolon is written with a backslash: C:\\new has no line feed."""

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_QUOTED = "QUOTED-PRINTABLE"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentLine:
    """A property: its name in capitals, its parameters by names in capitals, its value as it is written.

    Attributes:
        bare: whether a backslash stands for itself but before a semicolon.
    """

    name: str
    parameters: Mapping[str, str]
    value: str
    bare: bool = False

    def text(self) -> str:
        """The value as text."""
        return self._resolved(self.value)

    def texts(self, mark: str) -> list[str]:
        """The texts that a mark (";" or ",") parts in the value; a backslash before it makes it a part of them."""
        pieces = (_BARE_PIECE if self.bare else _PIECE).findall(self.value) if mark in self.value else [self.value]
        parts: list[list[str]] = [[]]
        for piece in pieces:
            if piece == mark:
                parts.append([])
            else:
                parts[-1].append(piece)
        return [self._resolved("".join(part)) for part in parts]

    def _resolved(self, written: str) -> str:
        if self.bare:
            return written.replace("\\;", ";").strip()
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], written).strip()


@dataclass(slots=True)
class Component:
    """A thing with properties: an event, a card; what lies in it are its parts."""

    name: str
    lines: list[ContentLine] = field(default_factory=list)
    parts: list[Component] = field(default_factory=list)

    def first(self, name: str) -> ContentLine | None:
        """The first property of a name."""
        return next((line for line in self.lines if line.name == name), None)

    def said(self, name: str) -> str:
        """The text of the first property of a name; "" where it has none."""
        found = self.first(name)
        return found.text() if found else ""

    def walk(self, *names: str) -> Iterator[Component]:
        """All components inside of these names."""
        for part in self.parts:
            if part.name in names:
                yield part
            yield from part.walk(*names)


def content_components(text: str) -> tuple[Component, int]:
    """(a component without a name that holds those of a file, how many lines were none)."""
    root = Component("")
    open_ = [root]
    lost = 0
    for line in _unfolded(text):
        found = _NAME.match(line)
        if found is None:
            lost += bool(line.strip())
            continue
        name, value = found[1].upper(), line[found.end() :]
        if name == "BEGIN":
            made = Component(value.strip().upper()[:80])
            open_[-1].parts.append(made)
            if len(open_) < MAX_INSIDE:
                open_.append(made)
        elif name == "END":
            names = [each.name for each in open_]
            if value.strip().upper() in names[1:]:
                del open_[len(names) - 1 - names[::-1].index(value.strip().upper()) :]
        else:
            open_[-1].lines.append(_line(name, found[2], value))
    for each in root.parts:
        if each.said("VERSION") in _BARE:
            _make_bare(each)
    return root, lost


def _make_bare(component: Component) -> None:
    component.lines = [replace(line, bare=True) for line in component.lines]
    for part in component.parts:
        _make_bare(part)


def _line(name: str, written: str, value: str) -> ContentLine:
    parameters: dict[str, str] = {}
    for found in _PARAMETER.finditer(written):
        key, told = found[1].upper(), found[2]
        if told is None:  # of vCard 2.1: a bare TYPE or ENCODING
            key, told = ("ENCODING", key) if key in (_QUOTED, "BASE64") else ("TYPE", found[1])
        told = told.strip('"')
        parameters[key] = f"{parameters[key]},{told}" if key in parameters else told
    if parameters.get("ENCODING", "").upper() == _QUOTED:
        raw = quopri.decodestring(value.encode("utf-8", "replace"))
        value = raw.decode(codec_of(parameters.get("CHARSET", "")) or "utf-8", "replace")
    return ContentLine(name=name, parameters=parameters, value=value)


def _unfolded(text: str) -> Iterator[str]:
    """Lines of a file, what was folded put together."""
    pieces: list[str] = []
    soft = False  # whether a line of quoted-printable goes on
    for line in text.split("\n"):
        line = line.rstrip("\r")
        if soft or (line[:1] in (" ", "\t") and pieces):
            pieces.append(line if soft else line[1:])
        else:
            if pieces:
                yield "".join(pieces)
            pieces = [line]
        soft = line.endswith("=") and (soft or _QUOTED in pieces[0].partition(":")[0].upper())
        if soft:
            pieces[-1] = pieces[-1][:-1]
    if pieces:
        yield "".join(pieces)
