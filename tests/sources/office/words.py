"""Word documents of 97 to 2003 as small as they can be, made of what a test wants in them ([MS-DOC])."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.sources.office.containers import compound_of

BOLD, ITALIC, STRUCK, HIDDEN = (struct.pack("<HB", number, 1) for number in (0x0835, 0x0836, 0x0837, 0x083C))
DELETED, INSERTED, MARK = (struct.pack("<HB", number, 1) for number in (0x0800, 0x0801, 0x0855))
SUP, SUB = struct.pack("<HB", 0x2A48, 1), struct.pack("<HB", 0x2A48, 2)
IN_TABLE, ENDS_ROW, HEAD = (struct.pack("<HB", number, 1) for number in (0x2416, 0x2417, 0x3404))
BEGIN, PARTED, END = "\x13", "\x14", "\x15"
_TEXT = 1024
"""Where the text begins in its stream."""

Run = tuple[str, bytes]


def symbol(font: int, code: int) -> Run:
    return "(", MARK + struct.pack("<HHH", 0x6A09, font, code)


def fonted(number: int) -> bytes:
    return struct.pack("<HH", 0x4A4F, number)


def listed(number: int, level: int = 0) -> bytes:
    return struct.pack("<HHHB", 0x460B, number, 0x260A, level)


def drawn_at(place: int, *, data: bool = False) -> bytes:
    return MARK + struct.pack("<Hi", 0x6A03, place) + (struct.pack("<HB", 0x0806, 1) if data else b"")


def link(address: str, shown: str) -> list[Run]:
    return [(BEGIN, MARK), (f' HYPERLINK "{address}" ', b""), (PARTED, MARK), (shown, b""), (END, MARK)]


@dataclass(frozen=True)
class Para:
    """A paragraph: its runs, what is said of it, the number of its style, the mark that ends it."""

    runs: Sequence[Run]
    about: bytes = b""
    style: int = 0
    end: str = "\r"
    end_about: bytes = b""


def para(
    *runs: str | Run | list[Run], about: bytes = b"", style: int = 0, end: str = "\r", end_about: bytes = b""
) -> Para:
    found: list[Run] = []
    for each in runs:
        found += [(each, b"")] if isinstance(each, str) else each if isinstance(each, list) else [each]
    return Para(found, about, style, end, end_about)


def row(*cells: str | Para, edges: Sequence[int] = (), merged: Sequence[int] = (), head: bool = False,
        deleted: bool = False) -> list[Para]:  # fmt: skip
    """A row of a table; `merged`: of each cell the bits that say how it is merged."""
    count = len(cells)
    edges = edges or [1000 * n for n in range(count + 1)]
    defined = struct.pack(f"<B{count + 1}h", count, *edges)
    for number in range(count):
        defined += struct.pack("<H18x", merged[number] if merged else 0)
    about = IN_TABLE + ENDS_ROW + struct.pack("<HH", 0xD608, len(defined) + 1) + defined + (HEAD if head else b"")
    found = [
        Para(each.runs, IN_TABLE + each.about, each.style, "\x07", each.end_about) if isinstance(each, Para)
        else para(each, about=IN_TABLE, end="\x07")
        for each in cells
    ]  # fmt: skip
    return [*found, para(about=about, end="\x07", end_about=DELETED if deleted else b"")]


@dataclass(frozen=True)
class Style:
    name: str
    own: int = 4094
    paragraph: bytes = b""
    letters: bytes = b""
    based: int = 4095
    of_letters: bool = False


@dataclass
class Text:
    """All letters, with the runs and paragraphs in them: (first, after the last, properties)."""

    letters: str = ""
    runs: list[tuple[int, int, bytes]] = field(default_factory=list)
    paragraphs: list[tuple[int, int, bytes]] = field(default_factory=list)

    def add(self, paragraphs: Iterable[Para]) -> int:
        """Add paragraphs; how many letters they have."""
        before = self.size
        for each in paragraphs:
            start = self.size
            for text, said in [*each.runs, (each.end, each.end_about or (MARK if each.end == "\x07" else b""))]:
                begin = self.size
                self.letters += text
                if self.size > begin:
                    self.runs.append((begin, self.size, said))
            self.paragraphs.append((start, self.size, struct.pack("<H", each.style) + each.about))
        return self.size - before

    @property
    def size(self) -> int:
        return len(self.letters.encode("utf-16-le")) // 2


def doc(
    body: Sequence[Para],
    *,
    notes: Sequence[tuple[str, Sequence[Para]]] = (),
    comments: Sequence[tuple[str, Sequence[Para]]] = (),
    heads: Sequence[Sequence[Para]] = (),
    boxes: Sequence[Sequence[Para]] = (),
    styles: Sequence[Style] = (),
    fonts: Sequence[str] = (),
    bookmarks: Sequence[tuple[str, int]] = (),
    lists: bytes = b"",
    overrides: bytes = b"",
    pieces: Sequence[tuple[int, int]] = (),
    backwards: bool = False,
    data: bytes = b"",
    drawings: bytes = b"",
    behind: bytes = b"",
    flags: int = 0,
    version: int = 0xC1,
    said: int = 0,
    streams: dict[str, bytes] | None = None,
) -> bytes:
    """A document.

    Args:
        notes: ("footnote" or "endnote", text) of each letter "\\x02" of the body, in order.
        comments: (author, text) of each letter "\\x05".
        heads: texts at the head and foot of pages.
        boxes: text of the box at each letter "\\x08", whose shapes have the numbers from 100 on.
        bookmarks: (name, letter).
        pieces: (how many letters, one or two bytes each) of the text as it is cut; one piece of two bytes where none is
            said.
        backwards: the pieces lie in the file from the last to the first.
        drawings: what the document says of shapes.
        behind: bytes behind the text.
        flags: of the file, besides.
        said: what holds for the letters of all pieces (`Prm`).
    """
    text = Text()
    counts = [text.add(body), 0, 0, 0, 0, 0, 0, 0]
    structures = {1: _styles(styles), 15: _fonts(fonts), 50: drawings, 73: lists, 74: overrides}
    marks = [at for at, each in enumerate(_units(text.letters)) if each == 2]
    for story, kind, number in ((1, "footnote", 2), (5, "endnote", 46)):
        chosen = [(at, paras) for at, (name, paras) in zip(marks, notes, strict=True) if name == kind]
        if story == 5:
            continue
        counts[story] = _notes(text, structures, chosen, number, b"\1\0", counts[0])
    if heads:
        places = [0] * 7
        for each in heads:
            counts[2] += text.add(each)
            places.append(counts[2])
        structures[11] = struct.pack(f"<{len(places) + 1}I", *places, counts[2] + 2)
    at_comments = [at for at, each in enumerate(_units(text.letters[: counts[0]])) if each == 5]
    authors = list(dict.fromkeys(name for name, _ in comments))
    structures[36] = b"".join(struct.pack("<H", len(name)) + name.encode("utf-16-le") for name in authors)
    chosen = [(at, paras) for at, (_, paras) in zip(at_comments, comments, strict=True)]
    said_of = [bytes(20) + struct.pack("<H8x", authors.index(name)) for name, _ in comments]
    counts[4] = _notes(text, structures, chosen, 4, b"".join(said_of), counts[0])
    chosen = [(at, paras) for at, (name, paras) in zip(marks, notes, strict=True) if name == "endnote"]
    counts[5] = _notes(text, structures, chosen, 46, b"\1\0", counts[0])
    anchors = [at for at, each in enumerate(_units(text.letters[: counts[0]])) if each == 8]
    if anchors:
        structures[40] = struct.pack(f"<{len(anchors) + 1}I", *anchors, counts[0])
        structures[40] += b"".join(struct.pack("<I22x", 100 + number) for number in range(len(anchors)))
    if boxes:
        places, about = [0], b""
        for number, each in enumerate(boxes):
            counts[6] += text.add(each)
            places.append(counts[6])
            about += bytes(14) + struct.pack("<II", 100 + number, 0)
        structures[56] = struct.pack(f"<{len(places) + 1}I", *places, counts[6] + 2) + about + bytes(22)
    if bookmarks:
        structures[21] = struct.pack("<HHH", 0xFFFF, len(bookmarks), 0)
        structures[21] += b"".join(struct.pack("<H", len(name)) + name.encode("utf-16-le") for name, _ in bookmarks)
        structures[22] = struct.pack(f"<{len(bookmarks) + 1}I", *(at for _, at in bookmarks), counts[0])
        structures[22] += bytes(4 * len(bookmarks))
    return _file(
        text, counts, structures, pieces or [(text.size, 2)], backwards, data, behind, flags, version, said, streams
    )


def _units(letters: str) -> tuple[int, ...]:
    raw = letters.encode("utf-16-le")
    return struct.unpack(f"<{len(raw) // 2}H", raw)


def _notes(
    text: Text, structures: dict[int, bytes], chosen: list[tuple[int, Sequence[Para]]], number: int, about: bytes,
    body: int,
) -> int:  # fmt: skip
    if not chosen:
        return 0
    count, places = 0, [0]
    for _, paras in chosen:
        count += text.add(paras)
        places.append(count)
    structures[number] = struct.pack(f"<{len(chosen) + 1}I", *(at for at, _ in chosen), body)
    structures[number] += about if number == 4 else about * len(chosen)
    structures[number + 1] = struct.pack(f"<{len(places) + 1}I", *places, count + 1)
    return count


def _styles(styles: Sequence[Style]) -> bytes:
    found = struct.pack("<HHH14x", 18, len(styles), 10)
    for each in styles:
        parts = [each.letters] if each.of_letters else [b"\0\0" + each.paragraph, each.letters]
        own = struct.pack("<HHHHH", each.own, (2 if each.of_letters else 1) | each.based << 4, len(parts), 0, 0)
        own += struct.pack("<H", len(each.name)) + each.name.encode("utf-16-le") + b"\0\0"
        for part in parts:
            own += struct.pack("<H", len(part)) + part + bytes(len(part) % 2)
        found += struct.pack("<H", len(own)) + own
    return found


def _fonts(names: Sequence[str]) -> bytes:
    found = struct.pack("<HH", len(names), 0)
    for name in names:
        own = bytes(39) + name.encode("utf-16-le") + b"\0\0"
        found += bytes((len(own),)) + own
    return found


def _file(
    text: Text, counts: list[int], structures: dict[int, bytes], pieces: Sequence[tuple[int, int]], backwards: bool,
    data: bytes, behind: bytes, flags: int, version: int, said: int, streams: dict[str, bytes] | None,
) -> bytes:  # fmt: skip
    units = text.letters.encode("utf-16-le")
    cut, at = [], 0
    for length, width in pieces:
        raw = units[2 * at : 2 * (at + length)]
        cut.append((at, at + length, width, raw if width == 2 else raw.decode("utf-16-le").encode("cp1252")))
        at += length
    places, content = {}, b""
    for begin, _, _, raw in reversed(cut) if backwards else cut:
        content += bytes(len(content) % 2)
        places[begin] = _TEXT + len(content)
        content += raw
    content += behind
    table = [(begin, end, places[begin], width) for begin, end, width, _ in cut]
    pages = (_TEXT + len(content) + 511) // 512
    main = content.ljust((pages * 512) - _TEXT, b"\0")
    for number, kind in ((12, text.runs), (13, text.paragraphs)):
        ranges = sorted(_placed(kind, table))
        made = _pages(ranges, long=number == 13)
        first = len(main) // 512 + _TEXT // 512
        begins = [part[0][0] for part, _ in made]
        structures[number] = struct.pack(f"<{len(made) + 1}I", *begins, ranges[-1][1])
        structures[number] += struct.pack(f"<{len(made)}I", *range(first, first + len(made)))
        main += b"".join(page for _, page in made)
    rows = b"".join(
        struct.pack("<HIH", 0, place * 2 | 0x40000000 if width == 1 else place, said) for _, _, place, width in table
    )
    numbers = struct.pack(f"<{len(table) + 1}I", *(begin for begin, _, _, _ in table), table[-1][1])
    structures[33] = b"\2" + struct.pack("<I", len(numbers + rows)) + numbers + rows
    other, where = b"", [(0, 0)] * 93
    for number, each in structures.items():
        if each:
            where[number] = (len(other), len(each))
            other += each
    head = struct.pack("<HHHHHH", 0xA5EC, version, 0, 0x409, 0, 0x0200 | flags) + bytes(20)
    head += struct.pack("<H28xH", 14, 22) + struct.pack("<3I8i", 0, 0, 0, *counts) + bytes(44)
    head += struct.pack("<H", 93) + b"".join(struct.pack("<II", *each) for each in where)
    held = {"WordDocument": head.ljust(_TEXT, b"\0") + main, "1Table": other, **({"Data": data} if data else {})}
    return compound_of({**held, **(streams or {})})


def _placed(
    ranges: list[tuple[int, int, bytes]], table: list[tuple[int, int, int, int]]
) -> list[tuple[int, int, bytes]]:
    """Ranges of letters as ranges of bytes, cut where pieces are."""
    found = []
    for first, last, about in ranges:
        for begin, end, place, width in table:
            start, stop = max(first, begin), min(last, end)
            if start < stop:
                found.append((place + (start - begin) * width, place + (stop - begin) * width, about))
    return found


def _pages(ranges: list[tuple[int, int, bytes]], *, long: bool) -> list[tuple[list[tuple[int, int, bytes]], bytes]]:
    """Ranges on pages of 512 bytes; of a range that does not begin where the one before ends there is one without
    properties between."""
    found: list[tuple[list[tuple[int, int, bytes]], bytes]] = []
    part: list[tuple[int, int, bytes]] = []
    for each in ranges:
        filled = [(part[-1][1], each[0], b"\0\0" if long else b"")] if part and part[-1][1] < each[0] else []
        page = _page([*part, *filled, each], long)
        if page is None:
            found.append((part, _page(part, long) or b""))
            part = [each]
        else:
            part += [*filled, each]
    return [*found, (part, _page(part, long) or b"")]


def _page(part: list[tuple[int, int, bytes]], long: bool) -> bytes | None:
    size = 13 if long else 1
    page = bytearray(512)
    page[511] = len(part)
    struct.pack_into(f"<{len(part) + 1}I", page, 0, *(begin for begin, _, _ in part), part[-1][1])
    low, high = 4 * (len(part) + 1) + size * len(part), 511
    for number, (_, _, about) in enumerate(part):
        if not about:
            continue
        if long:
            about += bytes(1 - len(about) % 2)
            about = bytes(((len(about) + 1) // 2,)) + about
        else:
            about = bytes((len(about),)) + about
        high = (high - len(about)) // 2 * 2
        if high < low:
            return None
        page[high : high + len(about)] = about
        page[4 * (len(part) + 1) + size * number] = high // 2
    return bytes(page) if high >= low else None
