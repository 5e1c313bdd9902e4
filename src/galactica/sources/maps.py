"""Maps of places and ways: GPX (.gpx), KML (.kml), KML in an archive (.kmz). Each place, way, track is an article.

A place has its coordinates (latitude, longitude), as a feature of GeoJSON has; of a way or an area its kind, how many
points it has and its bounds are told, the points themselves are counted. What a description says in HTML is read so.
Pictures laid over the map, styles and links to other maps are counted. Standards: GPX 1.0 and 1.1; OGC KML 2.2 and 2.3.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator

from galactica.model import Rejected
from galactica.sources import encoding, json_fields, leaf
from galactica.sources.contract import MAX_DOCUMENT, Item, SourceOptions
from galactica.sources.html import declared
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.records import FileRecord, field_names, record_documents
from galactica.sources.trees import TreeFile, rejected
from galactica.sources.xml_pages import xml_root
from galactica.sources.xml_tree import XmlNode, grown_tree

MAX_MAPS = 100
"""KML files of one archive."""

_NUMBER = re.compile(r"[+-]?\d{1,9}(?:\.\d{1,20})?\Z")
_SHAPES = ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track", "MultiTrack", "Model")
_WAYS = {"wpt": "", "rte": "rtept", "trk": "trkpt"}
_TOLD = frozenset(("name", "description", "Snippet", "snippet", "ExtendedData", *_SHAPES, "desc", "cmt"))
_LOOKS = frozenset(
    "Style StyleMap styleUrl LookAt Camera visibility open Region Metadata extensions trkseg rtept trkpt sym "
    "number".split()
)


def recognise(name: str, head: bytes) -> int:
    """95 for what begins as GPX or KML does, and for an archive named .kmz."""
    if head.startswith(b"PK\x03\x04"):
        return 95 if leaf.suffix_of(name) == ".kmz" else 0
    start = leaf.text_head(head)
    return 95 if start.startswith("<") and xml_root(start)[0] in ("gpx", "kml") else 0


def read_map(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield an article for each place, way and track."""
    raw = leaf.whole_file(entry, key)
    if isinstance(raw, Rejected):
        yield raw
        return
    left: list[Rejected] = []
    documents = list(_unpacked(raw, entry.path, key, left)) if raw.startswith(b"PK\x03\x04") else [raw]
    records: list[FileRecord] = []
    for document in documents:
        text = encoding.decode(document, declared(document))
        if text is None:
            left.append(rejected(key, entry.path, "bad-encoding", "no text in UTF-8, UTF-16 or a declared encoding"))
            continue
        tree = grown_tree(text)
        records.extend(_records(tree.root))
        if not tree.whole:
            left.append(rejected(key, entry.path, "too-large", "more tags than are kept apart"))
    yield from record_documents(records, entry.path, key)
    yield from left


def _unpacked(raw: bytes, path: str, key: str, left: list[Rejected]) -> Iterator[bytes]:
    """The maps in an archive, at most `MAX_DOCUMENT` bytes together."""
    room = MAX_DOCUMENT
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            inside = [each for each in archive.infolist() if not each.is_dir()]
            maps = [each for each in inside if each.filename.lower().endswith(".kml")]
            for each in maps[:MAX_MAPS]:
                with archive.open(each) as stream:
                    content = stream.read(room + 1)
                room -= len(content)
                if room < 0:
                    left.append(rejected(key, path, "too-large", f"more than {MAX_DOCUMENT:,} bytes of maps"))
                    return
                yield content
            others = len(inside) - len(maps[:MAX_MAPS])
            if others:
                left.append(rejected(key, path, "not-linked", f"{others} other files in the archive of the map"))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        left.append(rejected(key, path, "damaged", f"the archive of a map cannot be unpacked: {error}"[:300]))


def _records(root: XmlNode) -> Iterator[FileRecord]:
    top = next(iter(root.children()), root)
    if top.name == "gpx":
        about = next(iter(top.children("metadata")), top)
        name, said = _said(about, "name"), _said(about, "desc")
        if said:
            yield FileRecord(title=name, text=said)
        for each in top.children(*_WAYS):
            yield _way(each)
        return
    waiting: list[tuple[XmlNode, tuple[str, ...]]] = [(top, ())]
    while waiting:
        node, above = waiting.pop()
        if node.name in ("Placemark", "GroundOverlay", "PhotoOverlay", "ScreenOverlay"):
            yield _place(node, above)
            continue
        if node.name in ("Document", "Folder"):
            name = _said(node, "name")
            if (said := _html(node)) and name:
                yield FileRecord(title=name, html=said)
            above = (*above[-20:], name) if name else above
        waiting.extend((each, above) for each in reversed(node.children()))


def _way(node: XmlNode) -> FileRecord:
    """A place, route or track of GPX."""
    names = field_names("maps")
    fields: list[tuple[str, str]] = []
    dropped: Counter[str] = Counter()
    if node.name == "wpt":
        place = [node.attributes.get(name, "").strip() for name in ("lat", "lon")]
        if all(place):
            fields.append((names["coordinates"], ", ".join(place)))
    else:
        stops = list(node.walk(_WAYS[node.name]))
        points = [(each.attributes.get("lon", ""), each.attributes.get("lat", "")) for each in stops]
        fields.append((names["geometry"], _shape("Route" if node.name == "rte" else "Track", points, dropped)))
        times = [text for each in (*stops[:1], *stops[-1:]) if (text := _said(each, "time"))]
        if times:
            fields.append((names["time"], " – ".join(dict.fromkeys(times))))
        if called := [text for each in stops if (text := _said(each, "name"))]:
            fields.append((names["stops"], ", ".join(called)))
    fields.extend(_others(node, dropped))
    text = "\n\n".join(dict.fromkeys(said for name in ("desc", "cmt") if (said := _said(node, name))))
    return FileRecord(
        title=_said(node, "name"), text=text, fields=tuple(fields), dropped=tuple(sorted(dropped.items()))
    )


def _place(node: XmlNode, above: tuple[str, ...]) -> FileRecord:
    """A placemark of KML."""
    names = field_names("maps")
    fields: list[tuple[str, str]] = []
    dropped: Counter[str] = Counter()
    for shape in node.children(*_SHAPES):
        written = [each.text() for each in shape.walk("coordinates", "coord")]
        if shape.name in ("Track", "MultiTrack"):
            written = [each.replace(" ", ",") for each in written]
        points = [tuple(place.split(",")[:2]) for each in written for place in each.split() if "," in place]
        plain = [(each[0], each[1]) for each in points if len(each) == 2]
        if shape.name == "Point" and len(plain) == 1:
            fields.append((names["coordinates"], f"{plain[0][1]}, {plain[0][0]}"))
        else:
            fields.append((names["geometry"], _shape(shape.name, plain, dropped)))
    for data in node.walk("Data", "SimpleData"):
        value = data.first("value")
        fields.append((data.attributes.get("name", ""), (value if value is not None else data).text()))
    fields.extend(_others(node, dropped))
    said = _html(node)
    return FileRecord(
        title=_said(node, "name"),
        html=said,
        fields=tuple(fields),
        categories=above[-1:],
        dropped=tuple(sorted(dropped.items())),
    )


def _others(node: XmlNode, dropped: Counter[str]) -> Iterator[tuple[str, str]]:
    """What else a place says, by the names of the tags; looks and what only programs read are counted."""
    for each in node.children():
        if each.name in _TOLD:
            continue
        if each.name in _LOOKS or (each.children() and each.name not in ("link", "Link", "TimeSpan", "TimeStamp")):
            dropped["map:for-programs"] += each.name not in ("trkseg", "rtept")
            continue
        href = each.attributes.get("href", "")
        text = " ".join(part for part in (each.text(), href) if part)
        if text:
            yield each.name, text


def _shape(kind: str, points: list[tuple[str, str]], dropped: Counter[str]) -> str:
    """A way or area: its kind, how many points it has, its bounds."""
    dropped["map:points"] += len(points)
    numbers = [(float(x), float(y)) for x, y in points if _NUMBER.match(x) and _NUMBER.match(y)]
    return json_fields.shape_told(kind, numbers)


def _html(node: XmlNode) -> str:
    """What a description says: HTML or plain text."""
    said = next(iter(node.children("description")), None)
    if said is None:
        return ""
    text = "".join(each if isinstance(each, str) else each.text() for each in said.content).strip()
    return text if "<" in text else f"<p>{text}</p>" if text else ""


def _said(node: XmlNode, name: str) -> str:
    return next((each.text() for each in node.children(name)), "")


LEAF = Leaf(name="map", suffixes=(".gpx", ".kml", ".kmz"), recognise=recognise, read=read_map, whole=True)
FORMAT = file_format(LEAF)
