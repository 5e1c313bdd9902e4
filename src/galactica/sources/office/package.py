"""The parts of an office file: XML, pictures and other files in a zip archive (`zipped`), and how one leads to another.

What is damaged is a `PartError` where that part is asked for, and the others are read; of a part that breaks off what
came before is read, and that is counted. Standards: ECMA-376-2 (OPC), OpenDocument 1.3 part 2.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from galactica.sources import packed
from galactica.sources.contract import MAX_DOCUMENT
from galactica.sources.office import xmltree
from galactica.sources.office.faults import PartError
from galactica.sources.zipped import Zipped

MAX_SHEET = 256 * 2**20
"""Bytes of the XML of one sheet, which is read row by row: a million rows of ten cells have about 300 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What a part of an OPC package says of another: `kind` is the last segment of its type; `outside` that `target` is
    an address and not a part."""

    kind: str
    target: str
    outside: bool


class OfficePackage:
    """An open office file.

    Args:
        archive: what it lies in.

    Attributes:
        dropped: what was put right to read its parts → how often.
    """

    def __init__(self, archive: Zipped) -> None:
        self._archive = archive
        self._damaged: set[str] = set()
        self.dropped: Counter[str] = Counter()
        for fault in archive.faults:
            self.dropped[f"office:{fault.reason}-part"] += 1

    def names(self) -> list[str]:
        """The names of all parts, sorted."""
        return sorted(self._archive.names)

    def find(self, name: str) -> str:
        """The name of a part as the archive has it; "" where it has none like it."""
        return self._archive.find(name) if name else ""

    def read(self, name: str, limit: int = MAX_DOCUMENT) -> bytes:
        """The bytes of a part, of one that is damaged as many as there are.

        Raises:
            PartError: it is not there, is encrypted, damaged from its beginning, or has more than `limit` bytes.
        """
        found = self.find(name)
        if not found:
            fault = self._archive.fault_of(name)
            if fault:
                raise PartError(fault.reason, f"{name}: {fault.detail}")
            raise PartError("truncated", f"{name} is missing")
        try:
            part = self._archive.read(found, limit)
        except packed.PackedError as error:
            raise PartError(error.reason, f"{name}: {error}") from error
        if part.fault and found not in self._damaged:
            self._damaged.add(found)
            self.dropped["office:damaged-part"] += 1
        return part.content

    def xml(self, name: str) -> Element:
        """The tree of a part.

        Raises:
            PartError: as `read`, or it is no XML that is read here.
        """
        raw = self.read(name)
        try:
            try:
                return xmltree.parse(raw)
            except xmltree.XmlError as error:
                if error.reason != "truncated":
                    raise
                mended = xmltree.closed(raw)
                root = xmltree.parse(mended)
                self.dropped["office:broken-xml"] += 1
                return root
        except xmltree.XmlError as error:
            raise PartError(error.reason, f"{name}: {error}") from error

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part says of others, by id; {} where it says nothing or that cannot be read. "" is the file itself."""
        folder, base = posixpath.split(name)
        path = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.find(path):
            return {}
        try:
            root = self.xml(path)
        except PartError:
            self.dropped["office:damaged-part"] += 1
            return {}
        found: dict[str, Relation] = {}
        for each in root.iter("rel:Relationship"):
            outside = each.get("TargetMode", "").lower() == "external"
            target = each.get("Target", "")
            found[each.get("Id", "")] = Relation(
                kind=each.get("Type", "").rpartition("/")[2],
                target=target if outside else resolved(folder, target),
                outside=outside,
            )
        return found


def resolved(folder: str, target: str) -> str:
    """The name of the part that a relative address leads to; "" where it leads outside."""
    path = unquote(target.partition("#")[0]).replace("\\", "/")
    joined = posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))
    return "" if joined.startswith("..") or joined == "." else joined
