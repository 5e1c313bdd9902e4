"""A site's list of its pages: XML, an index of such lists, or a text with an address a line.

Read by expat, element by element; a list that declares entities is refused. What is behind a mistake is not read, and
that is told. Standard: sitemaps.org protocol 0.9 (at most 50,000 addresses and 50 MB a list).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

MAX_LIST = 50 * 2**20
"""Bytes of a list, unpacked: what the protocol allows."""

MAX_ADDRESSES = 50_000
"""Addresses of a list: what the protocol allows."""

_ROOTS = {"urlset": "url", "sitemapindex": "sitemap"}
_START = re.compile(
    rb"\s*(?:<\?[^>]{0,500}\?>\s*|<!--(?>.{0,4000}?-->)\s*)*<(?:[\w.-]{1,40}:)?(urlset|sitemapindex)\b", re.S
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageList:
    """A list: whether of further lists, (address, date as it is written) of each, and what is wrong with it."""

    index: bool
    pages: tuple[tuple[str, str], ...]
    fault: str = ""


def is_sitemap(raw: bytes) -> bool:
    """Whether these first bytes begin a list in XML."""
    return _START.match(raw[:16384].lstrip(b"\xef\xbb\xbf")) is not None


def read_sitemap(raw: bytes) -> PageList:
    """Read a list; what can be read of a broken one."""
    if not raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        lines = raw.decode("utf-8-sig", "replace").splitlines()
        found = [line.strip() for line in lines if re.match(r"https?://\S+\Z", line.strip())]
        fault = "" if len(found) == sum(1 for line in lines if line.strip()) else "lines that are no addresses"
        return _bounded(False, [(address, "") for address in found], fault)
    reading = _Reading()
    fault = ""
    try:
        reading.parser.Parse(raw, True)
    except expat.ExpatError as error:
        fault = f"no XML from line {error.lineno} on"
    except _Refused as error:
        fault = str(error)
    return _bounded(reading.root == "sitemapindex", reading.found, fault)


def _bounded(index: bool, found: list[tuple[str, str]], fault: str) -> PageList:
    if len(found) > MAX_ADDRESSES:
        fault = f"more than {MAX_ADDRESSES:,} addresses; the rest was left out"
    return PageList(index=index, pages=tuple(found[:MAX_ADDRESSES]), fault=fault)


class _Refused(Exception):  # noqa: N818 - ends the parser, and is never seen outside
    """A list that is not read on."""


class _Reading:
    """What a parser has found."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self.root = ""
        self.found: list[tuple[str, str]] = []
        self._path: list[str] = []
        self._said: dict[str, str] = {}

    def _start(self, name: str, _: Any) -> None:  # noqa: ANN401
        local = name.rpartition(":")[2]
        self.root = self.root or local
        if len(self._path) < 8:
            self._path.append(local)
        else:
            raise _Refused("elements that are nested too deeply")
        if len(self._path) == 2:
            self._said = {}

    def _end(self, _: str) -> None:
        if len(self._path) == 2 and self._path[1] == _ROOTS.get(self.root) and self._said.get("loc", "").strip():
            self.found.append((self._said["loc"].strip(), self._said.get("lastmod", "").strip()[:40]))
            if len(self.found) > MAX_ADDRESSES:
                raise _Refused("")
        self._path.pop()

    def _text(self, data: str) -> None:
        if len(self._path) == 3 and self._path[2] in ("loc", "lastmod"):
            said = self._said.get(self._path[2], "")
            if len(said) < 4000:
                self._said[self._path[2]] = said + data

    def _entity(self, *_: Any) -> None:  # noqa: ANN401
        raise _Refused("it declares entities of its own")
