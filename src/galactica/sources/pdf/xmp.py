"""A file's XMP packet: found among its bytes, because PDFium does not hand it out, and read as XML.

The packet of the file itself is told from those of its pictures by what it says of program and date, which the
information dictionary says too; where no packet does, a lone one is taken. Only packets that lie unpacked or deflated
in an object of type Metadata are seen.
Standard: ISO 16684-1 (XMP), ISO 32000-1, 14.3.2.
"""

from __future__ import annotations

import contextlib
import mmap
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

MAX_PACKET = 2**20
"""Bytes of a packet; with thumbnails they have some 100 kB."""

MAX_PACKETS = 200
"""Packets of a file that are looked at: one a picture."""

_OBJECT = re.compile(rb"/Type\s{0,8}/Metadata\b|/Subtype\s{0,8}/XML\b")
_SAID = re.compile(r"\d{8}")


def packet_in(path: Path, producer: str, created: str) -> str:
    """The packet of a file, "" for none.

    Args:
        producer, created: of the information dictionary.
    """
    with contextlib.suppress(OSError, ValueError), path.open("rb") as file:
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            found = list(dict.fromkeys(_packets(data)))
        said = [packet for packet in found if _same(packet, producer, created)]
        if said or len(found) == 1:
            return (said or found)[-1]
    return ""


def _packets(data: mmap.mmap) -> Iterator[str]:
    end = 0
    for _ in range(MAX_PACKETS):
        match = _OBJECT.search(data, end)
        if match is None:
            return
        end = match.end()
        start = data.find(b"stream", end, end + 1_000)
        if start < 0:
            continue
        head = data[max(0, match.start() - 500) : start]
        head = head[head.rfind(b" obj") + 1 :]
        start += 6 + (2 if data[start + 6 : start + 8] == b"\r\n" else 1)
        stop = data.find(b"endstream", start, start + MAX_PACKET)
        raw = data[start : stop if stop > 0 else start]
        end = max(end, stop)
        if b"FlateDecode" in head:
            try:
                raw = zlib.decompressobj().decompress(raw, MAX_PACKET)
            except zlib.error:
                continue
        if b"xmpmeta" in raw[:4_000] or b"RDF" in raw[:4_000]:
            yield _decoded(raw.strip())


def _decoded(raw: bytes) -> str:
    for mark, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be")):
        if raw.startswith(mark):
            return raw.decode(name, "replace")
    return raw.decode("utf-8", "replace")


def _same(packet: str, producer: str, created: str) -> bool:
    if len(producer) > 3 and producer in packet:
        return True
    day = _SAID.search(created)
    return bool(day) and f"{day[0][:4]}-{day[0][4:6]}-{day[0][6:]}" in packet if day else False


Values = dict[str, tuple[str, ...]]
"""Qualified name ("{http://purl.org/dc/elements/1.1/}title") → its values."""

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def values_of(packet: str) -> Values:
    """What a packet says; {} where it cannot be read. Of alternatives by language the default comes first."""
    start, end = packet.find("<rdf:RDF"), packet.rfind("</rdf:RDF>")
    text = packet[start : end + 10] if 0 <= start < end else ""
    if not text or "<!DOCTYPE" in text or "<!ENTITY" in text:
        return {}
    wrapper = packet[:start].rpartition("<x:xmpmeta")[2]
    with contextlib.suppress(ElementTree.ParseError, ValueError, RecursionError):
        root = ElementTree.fromstring(_declared(text, wrapper))  # noqa: S314 - no document type, no entities
        return _described(root)
    return {}


def _declared(text: str, wrapper: str) -> str:
    """The RDF with the namespaces that the element around it declares."""
    outer = re.findall(r'xmlns:([\w.-]{1,60})="([^"<>&]{1,300})"', wrapper[:2_000])
    own = text[: text.find(">")]
    extra = "".join(f' xmlns:{name}="{to}"' for name, to in outer if f"xmlns:{name}=" not in own)
    return text[:8] + extra + text[8:]


def _described(root: ElementTree.Element) -> Values:
    found: dict[str, tuple[str, ...]] = {}
    for about in root.findall(f"{_RDF}Description"):
        for name, value in about.attrib.items():
            found.setdefault(name, (value.strip(),))
        for each in about:
            items = sorted(each.iter(f"{_RDF}li"), key=lambda item: item.get(_XML_LANG, "x-default") != "x-default")
            values = [" ".join("".join(item.itertext()).split()) for item in items]
            resource = each.get(f"{_RDF}resource", "")
            if not items:
                values = [resource or " ".join("".join(each.itertext()).split())]
            if kept := tuple(value[:2_000] for value in values[:200] if value):
                found.setdefault(each.tag, kept)
    return found
