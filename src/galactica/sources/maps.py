"""Maps of places and ways: GPX (.gpx), KML (.kml), KML in an archive (.kmz). Each place, way, track is an article.

A place has its coordinates (latitude, longitude), as a feature of GeoJSON has; of a way or an area its kind, how many
points it has and its bounds are told, the points themselves are counted. What a description says in HTML is read so.
What a file says of itself is an article where it says it in sentences, else of its only place (`maps_about`). Styles,
what only programs read and further files of an archive are counted. Standards: GPX 1.0 and 1.1; OGC KML 2.2 and 2.3.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from galactica.model import Rejected
from galactica.sources import encoding, json_fields, leaf
from galactica.sources.contract import MAX_DOCUMENT, Item, SourceOptions
from galactica.sources.html import declared
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.maps_about import gpx_about, parts_said, tag_said, with_about
from galactica.sources.records import FileRecord, field_names, record_documents
from galactica.sources.trees import TreeFile, rejected
from galactica.sources.xml_pages import xml_root
from galactica.sources.xml_tree import XmlNode, grown_tree

MAX_MAPS = 100
"""KML files of one archive."""

_NUMBER = re.compile(r"[+-]?\d{1,9}(?:\.\d{1,20})?\Z")
_SHAPES = ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track", "MultiTrack", "Model")
_WAYS = {"wpt": "", "rte": "rtept", "trk": "trkpt"}
_PLACES = ("Placemark", "GroundOverlay", "PhotoOverlay", "ScreenOverlay", "NetworkLink")
_CONTAINERS = ("Document", "Folder")
_SAID = "name description Snippet snippet ExtendedData desc cmt author".split()
_TOLD = frozenset((*_SAID, *_SHAPES, *_PLACES, *_CONTAINERS))
_SEVERAL = ("link", "Link", "Url", "TimeSpan", "TimeStamp")
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
        tree = grown_tree(text, every=True)
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
        yield from with_about(gpx_about(top), [_way(each) for each in top.children(*_WAYS)])
        return
    waiting: list[tuple[XmlNode, tuple[str, ...], tuple[str, ...]]] = [(top, (), ())]
    left: Counter[str] = Counter()  # of folders that say nothing else: told of with the next place
    while waiting:
        node, above, makers = waiting.pop()
        if node.name in (*_PLACES, *_CONTAINERS):
            own = _place(node, above, makers)
            if node.name in _PLACES or own.html or own.fields:
                yield replace(own, dropped=tuple(sorted((left + Counter(dict(own.dropped))).items())))
                left.clear()
            else:
                left.update(dict(own.dropped))
            above, makers = (*above[-20:], own.title) if own.title else above, own.creators
        if node.name not in _PLACES:
            waiting.extend((each, above, makers) for each in reversed(node.children()))


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
        times = [text for each in (*stops[:1], *stops[-1:]) if (text := tag_said(each, "time"))]
        if times:
            fields.append((names["time"], " – ".join(dict.fromkeys(times))))
        called = [(name, _spoken(each)) for each in stops if (name := tag_said(each, "name")) or _spoken(each)]
        if any(more for _, more in called):
            told = (": ".join(filter(None, (name, more.replace("\n", " ")))) for name, more in called)
            fields.append((names["stops"], "\n".join(told)))
        elif called:
            fields.append((names["stops"], ", ".join(name for name, _ in called)))
    fields.extend(_others(node, dropped))
    return FileRecord(
        title=tag_said(node, "name"), text=_spoken(node), fields=tuple(fields), dropped=tuple(sorted(dropped.items()))
    )


def _spoken(node: XmlNode) -> str:
    """What is said of a place or way of GPX in sentences."""
    return "\n\n".join(dict.fromkeys(text for name in ("desc", "cmt") if (text := tag_said(node, name))))


def _place(node: XmlNode, above: tuple[str, ...], makers: tuple[str, ...]) -> FileRecord:
    """A placemark of KML, or what a folder of them says of itself.

    Args:
        above: names of what it lies in.
        makers: who made that.
    """
    names = field_names("maps")
    fields: list[tuple[str, str]] = []
    dropped: Counter[str] = Counter()
    for shape in node.children(*_SHAPES):
        written = [each.text() for each in shape.walk("coordinates", "coord")]
        if shape.name in ("Track", "MultiTrack"):
            written = [each.replace(" ", ",") for each in written]
        points = [place.split(",") for each in written for place in each.split() if "," in place]
        plain = [(each[0], each[1]) for each in points]
        if shape.name == "Point" and len(plain) == 1:
            fields.append((names["coordinates"], f"{plain[0][1]}, {plain[0][0]}"))
            if height := [each for each in points[0][2:3] if each.strip("0.+-")]:
                fields.append((names["altitude"], height[0]))
        else:
            fields.append((names["geometry"], _shape(shape.name, plain, dropped)))
    for data in node.children("ExtendedData"):
        fields.extend(_data(data, dropped))
    fields.extend(_others(node, dropped))
    html, short = _html(node), tag_said(node, "Snippet") or tag_said(node, "snippet")
    if short and short not in XmlNode("", {}, [html]).text():
        html = f"<p>{escape(short, quote=False)}</p>{html}"
    return FileRecord(
        title=tag_said(node, "name"),
        html=html,
        fields=tuple(fields),
        categories=above[-1:],
        creators=tuple(tag_said(each, "name") or each.text() for each in node.children("author")) or makers,
        dropped=tuple(sorted(dropped.items())),
    )


def _data(node: XmlNode, dropped: Counter[str]) -> Iterator[tuple[str, str]]:
    """What a place says in fields of its own; those of another vocabulary by the names of their tags."""
    for each in node.children():
        if each.name == "SchemaData":
            yield from _data(each, dropped)
        elif each.name in ("Data", "SimpleData"):
            value = each.first("value")
            name = tag_said(each, "displayName") or each.attributes.get("name", "")
            yield name, (value if value is not None else each).text()
        elif each.children():
            dropped["map:for-programs"] += 1
        else:
            yield each.name, each.text()


def _others(node: XmlNode, dropped: Counter[str]) -> Iterator[tuple[str, str]]:
    """What else a place says, by the names of the tags; looks and what only programs read are counted."""
    names = field_names("maps")
    for each in node.children():
        if each.name in _TOLD:
            continue
        if each.name in _LOOKS or (each.children() and each.name not in _SEVERAL):
            dropped["map:for-programs"] += each.name not in ("trkseg", "rtept")
        elif text := parts_said(each, " – " if each.name == "TimeSpan" else " "):
            yield names.get(each.name, each.name), text


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


LEAF = Leaf(name="map", suffixes=(".gpx", ".kml", ".kmz"), recognise=recognise, read=read_map, whole=True)
FORMAT = file_format(LEAF)
