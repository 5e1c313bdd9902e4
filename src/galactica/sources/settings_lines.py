"""Settings that are written in lines: INI, which has no standard, and the properties of Java.

INI is sections in brackets and lines "key = value" or "key: value". A line goes on with the next one where that is
indented further than its key, or where it ends in a backslash and what follows is no line of its own. Properties go
on behind an odd number of backslashes; what is written \\uXXXX or with a backslash is resolved, but a letter that
stands for nothing keeps its backslash (C:\\data).

Source: Python, `configparser`; Java SE, `java.util.Properties.load`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_SECTION = re.compile(r"\s*\[([^\]\n]{1,300})\]\s*(?:[;#].*)?$")
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))", re.DOTALL)
_STANDS_FOR = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}
_LONGEST_KEY = 300

Settings = dict[str, object]


@dataclass(slots=True)
class _Section:
    """Keys and the pieces of their values, in the order of the file."""

    pieces: dict[str, list[str]] = field(default_factory=dict)
    _said: set[str] = field(default_factory=set)  # keys with a value that is not empty

    def put(self, key: str, value: str) -> None:
        """A value; one that is not the first of its key stands behind a comma."""
        known = self.pieces.setdefault(key, [])
        known.append(f", {value}" if key in self._said else value)
        if value:
            self._said.add(key)

    def go_on(self, key: str, more: str) -> None:
        """A line that goes on with a value."""
        known = self.pieces[key]
        last = known[-1].removesuffix("\\").rstrip()
        known[-1] = last
        known.append(f" {more}" if last or len(known) > 1 else more)
        self._said.add(key)

    def values(self) -> Settings:
        """The values by their keys."""
        return {key: "".join(pieces).strip() for key, pieces in self.pieces.items()}


def ini_values(text: str) -> Settings | None:
    """Sections of keys and values, what stands before the first section on top; None for what is no INI."""
    top = section = _Section()
    sections: dict[str, _Section] = {}
    last, depth = "", 0
    kept = False
    for line in text.split("\n"):
        bare = line.strip()
        if not bare or bare[0] in "#;":
            continue
        indent = len(line) - len(line.lstrip())
        if last and indent > depth:
            section.go_on(last, bare)
        elif named := _SECTION.match(line):
            section, last = sections.setdefault(named[1].strip(), _Section()), ""
        elif setting := _setting(bare):
            last, depth, kept = setting[0], indent, True
            section.put(*setting)
        elif last and section.pieces[last][-1].endswith("\\"):
            section.go_on(last, bare)
        else:
            return None
    found = top.values()
    if not kept or any(name in found for name in sections):
        return None
    return {**found, **{name: each.values() for name, each in sections.items()}}


def properties_values(text: str) -> Settings | None:
    """Keys and values of a file of properties; None for what has no line with "=" or ":"."""
    found = _Section()
    marked = False
    for line in _whole_lines(text):
        if _SECTION.match(line):
            return ini_values(text)
        at = _end_of_key(line)
        rest = line[at:].lstrip(" \t\f")
        marked = marked or rest[:1] in ("=", ":")
        value = rest[1:].lstrip(" \t\f") if rest[:1] in ("=", ":") else rest
        found.put(_resolved(line[:at]), _resolved(value))
    return found.values() if marked else None


def comments_of_settings(text: str, marks: str) -> int:
    """How many lines begin with one of these marks."""
    return sum(line.lstrip()[:1] in marks for line in text.split("\n") if not line.isspace() and line)


def _setting(line: str) -> tuple[str, str] | None:
    """(key, value) of a line without white space around it; None where it is none, as an address is none."""
    ends = [at for mark in "=:" if (at := line.find(mark, 0, _LONGEST_KEY)) > 0]
    if not ends or line[0] in "=:[" or line.startswith("://", min(ends)):
        return None
    return line[: min(ends)].rstrip(), line[min(ends) + 1 :].lstrip()


def _whole_lines(text: str) -> list[str]:
    """The lines of properties that say something, those that go on put together."""
    out: list[str] = []
    pieces: list[str] = []
    for line in text.split("\n"):
        line = line.rstrip("\r").lstrip(" \t\f")
        if not pieces and (not line or line[0] in "#!"):
            continue
        if (len(line) - len(line.rstrip("\\"))) % 2:
            pieces.append(line[:-1])
            continue
        out.append("".join((*pieces, line)))
        pieces = []
    return [*out, "".join(pieces)] if pieces else out


def _end_of_key(line: str) -> int:
    at = 0
    while at < len(line) and line[at] not in "=: \t\f":
        at += 2 if line[at] == "\\" else 1
    return min(at, len(line))


def _resolved(written: str) -> str:
    if "\\" not in written:
        return written.rstrip()
    told = _ESCAPED.sub(_character, written).rstrip()
    return told.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _character(found: re.Match[str]) -> str:
    if found[1]:
        return chr(int(found[1], 16))
    return _STANDS_FOR.get(found[2]) or (found[0] if found[2].isalnum() else found[2])
