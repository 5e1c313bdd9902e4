"""What a file of maps in GPX says of itself: who made it, when, what it is about, where; and where that is told.

It stands with the only place or way of the file, else in an article of its own, where there is more to say than when
it was made and within which bounds: then that is counted. Who made it is said of each place.

Standards: GPX 1.1 (`metadata`); GPX 1.0, which has the same on top.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from galactica.sources.records import FileRecord, field_names
from galactica.sources.xml_tree import XmlNode

_TOLD = frozenset(("name", "desc", "keywords", "metadata", "wpt", "rte", "trk"))
_SIDES = ("minlat", "minlon", "maxlat", "maxlon")
_PLAIN = ("time", "bounds")
"""What alone is no reason for an article."""


def gpx_about(top: XmlNode) -> FileRecord:
    """What a file says of itself.

    Args:
        top: its outermost tag.
    """
    names = field_names("maps")
    fields: list[tuple[str, str]] = []
    dropped: Counter[str] = Counter()
    makers: list[str] = []
    heads = [top, *top.children("metadata")]
    for each in (each for head in heads for each in head.children() if each.name not in _TOLD):
        if each.name == "author":
            makers.append(tag_said(each, "name") or ("" if each.children() else each.text()))
            fields.extend((names[more.name], _address(more)) for more in each.children("email", "link"))
        elif each.name == "email":
            fields.append((names["email"], _address(each)))
        elif each.name == "bounds":
            found = [each.attributes.get(side, "").strip() for side in _SIDES]
            if all(found):
                fields.append((names["bounds"], f"from {found[0]}, {found[1]} to {found[2]}, {found[3]}"))
        elif each.name == "copyright":
            fields.append(
                (names["copyright"], " ".join(filter(None, (each.attributes.get("author"), parts_said(each)))))
            )
        elif each.children() and each.name != "link":
            dropped["map:for-programs"] += 1
        elif text := parts_said(each):
            fields.append((names.get(each.name, each.name), text))
    keywords = (part.strip() for head in heads for each in head.children("keywords") for part in each.text().split(","))
    return FileRecord(
        title=next(filter(None, (tag_said(head, "name") for head in heads)), ""),
        text="\n\n".join(dict.fromkeys(filter(None, (tag_said(head, "desc") for head in heads)))),
        fields=tuple((name, value) for name, value in fields if value),
        categories=tuple(filter(None, keywords)),
        creators=tuple(filter(None, makers)),
        dropped=tuple(sorted(dropped.items())),
    )


def with_about(about: FileRecord, places: Sequence[FileRecord]) -> Iterator[FileRecord]:
    """The places of a file with what it says of itself.

    Args:
        about: that.
    """
    places = [replace(each, creators=about.creators) for each in places]
    plain = [field_names("maps")[name] for name in _PLAIN]
    more = [name for name, _ in about.fields if name not in plain]
    if not about.text and len(places) == 1:
        own = [(name, value) for name, value in about.fields if (name, value) not in places[0].fields]
        if about.title not in ("", places[0].title) and places[0].title:
            own.insert(0, (field_names("maps")["about"], about.title))
        yield replace(
            places[0],
            title=places[0].title or about.title,
            fields=(*places[0].fields, *own),
            categories=about.categories,
            dropped=(*places[0].dropped, *about.dropped),
        )
        return
    if about.text or more or about.categories or (about.title and about.fields) or not places:
        yield about
    elif places:
        lost = (("map:about", len(about.fields) + bool(about.title)), *about.dropped)
        places[0] = replace(places[0], dropped=(*places[0].dropped, *(each for each in lost if each[1])))
    yield from places


def parts_said(node: XmlNode, between: str = " ") -> str:
    """What a tag and those in it say, and where it leads."""
    inside = [each.text() for each in node.children()] if node.children() else [node.text()]
    return between.join(filter(None, (*inside, node.attributes.get("href", "").strip())))


def tag_said(node: XmlNode, name: str) -> str:
    """The text of the first tag of a name right inside of another; "" where there is none."""
    return next((each.text() for each in node.children(name)), "")


def _address(node: XmlNode) -> str:
    """Where a person can be reached."""
    if node.name == "email" and node.attributes.get("id"):
        return f"{node.attributes['id']}@{node.attributes.get('domain', '')}"
    return parts_said(node)
