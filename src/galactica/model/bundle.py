"""How an edition lies in a bundle of the Open Knowledge Format: names of its files, and links between them.

A bundle is Markdown that anybody reads, and beside it `galactica.json` and a folder of tables (JSON lines) for what
front matter has no place for: the sources, which file is which article or media file, redirects, works, statements.
With them the bundle is built into the edition that it came of; without them it is a bundle like others.

Links in the files lead from file to file, from the bundle's root ("/Moon.md"); in bodies from path to path ("./Moon").
`outward` and `inward` are each other's inverse for what an export writes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from html import unescape
from urllib.parse import quote, unquote

MANIFEST = "galactica.json"
"""{"bundle": 1, "title": …, "sources": […]}: its presence makes a folder an exported edition."""

VERSION = 1

TABLES = "galactica"
"""The folder of the tables."""

ARTICLES, REDIRECTS, WORKS, STATEMENTS, MEDIA = (
    f"{TABLES}/{name}.jsonl" for name in ("articles", "redirects", "works", "statements", "media")
)

FILES = "files"
"""The folder of the media files."""

INDEX = "index.md"

LONGEST_NAME = 120
"""Bytes of one part of a file's name; file systems end at 255, and some programs earlier."""

_SAFE = "/:@!$()*+,;=~'"
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"\\|?*\u0080-\u009f\ud800-\udfff]')
_QUOTED = '"\\'
_UNPLAIN = re.compile('["\\\\\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]')
_RESERVED = re.compile(r"(?:index|log)\.md|(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LOCAL = re.compile(r' (href|src)="\./([^"#]*)(#[^"]*)?"')
_ADDRESS = re.compile(
    r'(\]\(<)([^<>#?\n"]{1,8192})|(\]\()([^\s<>()#?"]{1,8192})|(?<= )((?:href|src)=")([^<>#?\n"]{1,8192})'
)


class FileNames:
    """Gives files names that any file system takes and that no other file has."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def file(self, path: str, mark: str, *, ending: str = "") -> str:
        """A name for what lies at `path` in its source.

        Args:
            mark: hexadecimal digits of its own, for a name that another has, or that is none.
            ending: that the name must have.
        """
        name = path if path.endswith(ending) else path + ending
        parts = [_part(part) for part in name.split("/")]
        plain = "/".join(parts)
        if plain == name and self._take(plain):
            return plain
        base, dot, tail = parts[-1].rpartition(".")
        parts[-1] = f"{base}~{mark[:10]}{dot}{tail}" if base else f"{tail}~{mark[:10]}"
        marked = "/".join(parts)
        if not self._take(marked):
            marked = f"{mark}{ending}"
            self._take(marked)
        return marked

    def _take(self, name: str) -> bool:
        folded = unicodedata.normalize("NFC", name).casefold()
        steps = folded.split("/")
        above = {"/".join(steps[:number]) for number in range(1, len(steps))}
        first = steps[0].partition(".")[0]
        if folded in self._files or folded in self._folders or not self._files.isdisjoint(above):
            return False
        if first in (TABLES, FILES):
            return False
        self._files.add(folded)
        self._folders |= above
        return True


def _part(part: str) -> str:
    """One part of a path as a file's name."""
    safe = _UNSAFE.sub("_", part).rstrip(" .") or "_"
    safe = f"_{safe[1:]}" if safe.startswith(".") else safe
    raw = safe.encode()
    if len(raw) > LONGEST_NAME:
        base, dot, ending = safe.rpartition(".")
        ending = f"{dot}{ending}" if base and len(ending) < 10 else ""
        safe = raw[: LONGEST_NAME - 20].decode(errors="ignore") + ending
    return f"_{safe}" if _RESERVED.fullmatch(safe) else safe


def outward(body: str, file_of: Callable[[str], str], is_file: Callable[[str], bool]) -> str:
    """A canonical body whose links lead to files of the bundle.

    Args:
        file_of: the file of the article or media file at a path of the source; "" where there is none.
        is_file: whether a file of the bundle has this name.
    """

    def lead(match: re.Match[str]) -> str:
        path = unquote(unescape(match[2]))
        file = file_of(path)
        address = f"/{quote(file, safe=_SAFE)}" if file else f"{'/.' if is_file(path) else ''}/{match[2]}"
        return f' {match[1]}="{address}{match[3] or ""}"'

    return _LOCAL.sub(lead, body)


def inward(text: str, file: str, path_of: Mapping[str, str]) -> str:
    """The Markdown of a file whose links lead to paths of the source.

    Args:
        file: its name, for addresses that start from it.
        path_of: file → path, for all files of the source.
    """

    def lead(match: re.Match[str]) -> str:
        before, address = (each for each in match.groups() if each)
        path = path_of.get(_walked(file, unquote(address)))
        if path is None:
            return match[0]
        led = quote(path, safe=_SAFE)
        plain = before == "](" and ("(" in led or ")" in led)
        return f"](/{led.replace('(', '%28').replace(')', '%29')}" if plain else f"{before}/{led}"

    return _ADDRESS.sub(lead, text)


def _walked(file: str, address: str) -> str:
    """The file that an address in another file means; the address itself where it leaves the bundle."""
    if address.startswith("/"):
        return address[1:]
    place = file.split("/")[:-1]
    for step in address.split("/"):
        if step == "..":
            if not place:
                return address
            place.pop()
        elif step not in (".", ""):
            place.append(step)
    return "/".join(place)


def scalar(text: str) -> str:
    """A text as a scalar of YAML between double quotes, on one line, whatever is in it."""
    return f'"{_UNPLAIN.sub(_escaped, text)}"'


def _escaped(match: re.Match[str]) -> str:
    letter = match[0]
    return f"\\{letter}" if letter in _QUOTED else f"\\u{ord(letter):04x}"
