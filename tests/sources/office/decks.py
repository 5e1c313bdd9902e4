"""PowerPoint presentations of 97 to 2003 as small as they can be, made of what a test wants in them ([MS-PPT])."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from tests.sources.office.containers import compound_of

TITLE, BODY, NOTES, OTHER = 0, 1, 2, 4
BOLD = 1


def record(kind: int, content: bytes = b"", *, instance: int = 0, holds: bool = False) -> bytes:
    return struct.pack("<HHI", instance << 4 | (15 if holds else 0), kind, len(content)) + content


def held(kind: int, *records: bytes, instance: int = 0) -> bytes:
    return record(kind, b"".join(records), instance=instance, holds=True)


def string(text: str, instance: int = 0) -> bytes:
    return record(0x0FBA, text.encode("utf-16-le"), instance=instance)


def styled(*, levels: Sequence[tuple[int, int]] = (), letters: Sequence[tuple[int, int]] = ()) -> bytes:
    """(how many letters, level or bits of their look) of paragraphs and letters."""
    found = b"".join(struct.pack("<IHI", count, level, 0) for count, level in levels)
    return record(0x0FA1, found + b"".join(struct.pack("<IIH", count, 0x3, bits) for count, bits in letters))


def said(text: str, kind: int = OTHER, *more: bytes, wide: bool = True) -> bytes:
    """A text with what follows it; paragraphs are parted by "\\r"."""
    letters = record(0x0FA0, text.encode("utf-16-le")) if wide else record(0x0FA8, text.encode("latin-1"))
    return record(0x0F9F, struct.pack("<I", kind)) + letters + b"".join(more)


def linked(number: int, begin: int, end: int) -> bytes:
    atom = record(0x0FF3, struct.pack("<II8x", 0, number))
    return held(0x0FF2, atom) + record(0x0FDF, struct.pack("<ii", begin, end))


def box(*texts: bytes, holder: int = 0, picture: int = 0, place: tuple[int, int, int, int] | None = None,
        gone: bool = False, embedded: bool = False) -> bytes:  # fmt: skip
    """A shape; `holder`: the kind of placeholder that it is."""
    parts = [record(0xF00A, struct.pack("<II", 1, 8 if gone else 0))]
    if picture:
        parts.append(record(0xF00B, struct.pack("<HI", 0x4104, picture), instance=1))
    if place:
        parts.append(record(0xF00F, struct.pack("<iiii", *place)))
    client = [record(0x0BC3, struct.pack("<iBBH", 0, holder, 0, 0))] if holder else []
    client += [record(0x0BC1, struct.pack("<I", 1))] if embedded else []
    if client:
        parts.append(held(0xF011, *client))
    if texts:
        parts.append(record(0xF00D, b"".join(texts)))
    return held(0xF004, *parts)


def title(text: str) -> bytes:
    return box(said(text, TITLE), holder=13)


def body(text: str, *more: bytes) -> bytes:
    return box(said(text, BODY, *more), holder=14)


def table(*rows: Sequence[str]) -> bytes:
    cells = [
        box(said(text), place=(100 * column, 50 * row, 100 * column + 100, 50 * row + 50))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    head = held(0xF004, record(0xF122, struct.pack("<HI", 0x039F, 1), instance=1))
    return held(0xF003, head, *cells)


def remark(author: str, text: str) -> bytes:
    blob = record(0x138B, held(0x2EE0, string(author, 0), string(text, 1)))
    return held(0x1388, held(0x138A, string("___PPT10"), blob))


def deck(
    slides: Sequence[Sequence[bytes]],
    *,
    notes: Mapping[int, Sequence[bytes]] | None = None,
    outline: Mapping[int, bytes] | None = None,
    links: Mapping[int, str] | None = None,
    hidden: Sequence[int] = (),
    older: Sequence[bytes] = (),
    pictures: bytes = b"",
    places: Sequence[int] = (),
    locked: bool = False,
    order: Sequence[int] = (),
) -> bytes:
    """A presentation of the shapes on its slides.

    Args:
        notes: number of a slide → shapes on the page of its notes.
        outline: number of a slide → its texts in the outline.
        links: number → address.
        hidden: numbers of slides that are not shown.
        older: shapes that the first slide had when the presentation was saved before.
        places: where in the stream of pictures each one begins.
        order: the numbers of the slides in the order of showing.
    """
    notes, outline = notes or {}, outline or {}
    count = len(slides)
    parts: dict[int, bytes] = {}
    for number, found in enumerate(slides, 1):
        about = struct.pack("<12xIIHH", 0, 500 + number if number in notes else 0, 0, 0)
        shown = record(0x03F9, struct.pack("<iIBBHBxxx", 0, 0, 0, 0, 4 if number in hidden else 0, 0))
        shapes = held(0xF002, held(0xF003, *(each for each in found if each[2:4] != b"\x88\x13")))
        extra = [each for each in found if each[2:4] == b"\x88\x13"]
        parts[number + 1] = held(0x03EE, record(0x03EF, about), shown, held(0x040C, shapes), *extra)
    for number, found in notes.items():
        page = held(0x040C, held(0xF002, held(0xF003, *found)))
        parts[count + 1 + number] = held(0x03F0, record(0x03F1, bytes(8)), page)
    listed = b"".join(
        record(0x03F3, struct.pack("<IIiII", number + 1, 0, 0, 255 + number, 0)) + outline.get(number, b"")
        for number in order or range(1, count + 1)
    )
    noted = b"".join(
        record(0x03F3, struct.pack("<IIiII", count + 1 + number, 0, 0, 500 + number, 0)) for number in notes
    )
    known = held(0x0409, *(
        held(0x0FD7, record(0x0FD3, struct.pack("<I", number)), string(address, 1))
        for number, address in (links or {}).items()
    ))  # fmt: skip
    entries = [record(0xF007, bytes(28) + struct.pack("<II", place, 0), instance=6) for place in places]
    drawings = held(0x040B, held(0xF000, held(0xF001, *entries)))
    parts[1] = held(0x03E8, record(0x03E9, bytes(40)), known, drawings, record(0x0FF0, listed, holds=True),
                    record(0x0FF0, noted, instance=2, holds=True))  # fmt: skip
    stream, last = b"", 0
    if older:
        first = held(0x03EE, record(0x03EF, bytes(24)), held(0x040C, held(0xF002, held(0xF003, *older))))
        stream, last = _saved(b"", {1: parts[1], 2: first}, 0)
    stream, last = _saved(stream, parts, last)
    if locked:
        edit = record(0x0FF5, struct.pack("<IIIIIIII", 0, 0, 0, last, 1, 9, 0, 9))
        stream, last = stream + edit, len(stream)
    user = record(0x0FF6, struct.pack("<III8x", 20, 0xF3D1C4DF if locked else 0xE391C05F, last))
    return compound_of(
        {"PowerPoint Document": stream, "Current User": user, **({"Pictures": pictures} if pictures else {})}
    )


def _saved(stream: bytes, parts: Mapping[int, bytes], before: int) -> tuple[bytes, int]:
    """The stream after parts were saved, and where that is said."""
    table = b""
    for number, content in sorted(parts.items()):
        table += struct.pack("<II", number | 1 << 20, len(stream))
        stream += content
    at = len(stream)
    stream += record(0x1772, table)
    edit = record(0x0FF5, struct.pack("<IIIIIII", 0, 0, before, at, 1, len(parts) + 1, 0))
    return stream + edit, len(stream)
