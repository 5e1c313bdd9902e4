"""Chapter: how the squares of a sheet are found, read, and turned into bytes; with the practice sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from galactica.engrave.primer.document import (
    Box,
    Cells,
    FigureLabel,
    NewPage,
    Piece,
    PrimerFigure,
    Shape,
    Stroke,
    dashed,
    h1,
    h2,
    hexed,
    listing,
    p,
    steps,
)
from galactica.engrave.primer.facts import PrimerFacts
from galactica.engrave.primer.practice import GRID, PracticeSheet
from galactica.engrave.sheet.layout import finder_pattern, mark_pattern
from galactica.engrave.sheet.mask import FAR, NEAR, mask


def sheets_chapter(number: int, facts: PrimerFacts, practice: PracticeSheet) -> Iterator[Piece]:
    """Cells, marks, finders, headers, the order of the free cells, the mask, a whole sheet to practise on."""
    grid = facts.grid
    yield h1(f"{number}. Reading the squares of a sheet")
    yield p(
        f"""A sheet is a large rectangle of small squares, called cells, all of the same size. A black cell is the
        bit 1, a white cell the bit 0. On the sheets of this printing a cell is {facts.cell_px} printed dots wide.
        Make a picture of the sheet (with a camera or a scanner) in which a cell is three dots wide or more, so that
        you can say of each cell whether it is dark."""
    )
    yield p(
        f"""We call a place in the rectangle by two numbers, in cells: x to the right and y downward, from the upper
        left corner. The first cell of the first row is x = 0, y = 0. The rectangle is 64 C + 8 cells wide and 64 R
        + 8 cells high. C and R are whole numbers. In this printing C = {grid.across} and R = {grid.down}:
        {grid.width} cells wide and {grid.height} high. (If you count others, trust the sheet: its header says C and
        R.)"""
    )
    yield h2("The four corners: finders")
    yield p(
        """In each corner of the rectangle is a finder: 20 by 20 cells. From outside to inside: a white frame 1 cell
        wide, a black frame 3 cells wide, a white frame 2 cells wide, a black square of 8 by 8 cells. In the finder
        at the upper left, and only there, the middle of this square, 4 by 4 cells, is white. So you know which way
        up the sheet is: turn the picture until the finder with the white middle is at the upper left."""
    )
    yield _finders()
    yield p(
        """The finders stand in the corners of the rectangle: the upper left one covers x = 0 to 19 and y = 0 to 19.
        So the middle of it is at the point (10, 10); the others are at (W - 10, 10), (10, H - 10) and (W - 10, H -
        10), where W and H are the width and height of the rectangle in cells. (The cell x, y covers the points from
        x to x + 1 and from y to y + 1; its middle is the point (x + 0.5, y + 0.5).)"""
    )
    yield p(
        """With a machine: say of each dot of the picture whether it is dark (darker than the middle between paper
        and ink). Go along rows of dots, and look for places where dark and light follow each other as 3, 2, 8, 2, 3
        cells do: dark 3, light 2, dark 8, light 2, dark 3, whatever the size of a cell (through the white middle of
        one finder: 3, 2, 2, 4, 2, 2, 3). Where the same is found in the column of dots through that place, there is
        a finder: the middle of the 18 cells is its middle, and a cell is an eighteenth of their width. By chance
        this pattern also comes among the small cells, but a row or two meet it there, and many rows that follow
        each other meet a finder: keep the four that the most rows meet. Where grain or dust makes dots dark and
        light at random, first give each dot the mean of itself and its eight neighbours. Of the three without a
        white middle, the one farthest from the upper left finder is at the lower right. If one corner is torn off,
        take for its place that of the two corners beside it added, less that of the one across from it; if it was
        the one with the white middle, try all four ways to turn the picture. If nothing can be read whichever way
        it is turned, it may be mirrored: exchange left and right."""
    )
    yield h2("Marks")
    yield p(
        """At every point (64 c, 64 r), with c from 0 to C and r from 0 to R, begins a mark of 8 by 8 cells (it
        covers x = 64 c to 64 c + 7 and y = 64 r to 64 r + 7). In the four corners there is no mark, for the finders
        are there. A mark is a black square of 6 by 6 cells with a notch of 2 by 2 cells in its upper edge, in a
        white frame. All marks are equal. The middle of its black square is the point (64 c + 4, 64 r + 4)."""
    )
    yield _mark()
    yield p(
        """The marks show where the cells are although paper bends and stretches. First find the four finders. They
        tell you nearly where each mark is; look there for the middle of its black square. (With a machine: try the
        places around, a part of a cell apart, and take the one where the cells of the white frame are brightest
        against those of the black square. Go from mark to mark, beginning at a finder, so that each is looked for
        where its neighbours say.) If a mark cannot be found, take the place
        that its neighbours suggest. Then, inside each tile of 64 by 64 cells between four
        marks, the places of the cells follow by even division. With P, Q, S, T the places in the picture of the
        middles of the marks (c, r), (c + 1, r), (c, r + 1), (c + 1, r + 1), the point (x, y) of the tile is in the
        picture at"""
    )
    yield listing(
        "u = (x - 64 c - 4) / 64          v = (y - 64 r - 4) / 64",
        "place = (1-u)(1-v) P  +  u (1-v) Q  +  (1-u) v S  +  u v T",
    )
    yield p(
        """where u and v may be a little below 0 or above 1; the last 8 columns and rows of the rectangle belong to
        the tiles beside them. In the four corners use, in place of a mark's middle, the point 4 cells right and 4
        cells down from the corner (64 c, 64 r), as it follows from the finder (its middle is at 10 and 10 cells
        from the corner of the sheet)."""
    )
    yield h2("Headers")
    yield p(
        f"""Some tiles hold a header: 32 by 32 cells that cover x = 64 c + 20 to 64 c + 51 and y = 64 r + 20 to 64 r
        + 51. The tiles (c, r) with c from 0 to C - 1 and r from 0 to R - 1 that hold one are those in which c is 0,
        6, 12, 18 ... and r is also 0, 6, 12, 18 ...; and the last tile, c = C - 1 and r = R - 1. All headers of a
        sheet are equal: one that can be read is enough. In this printing there are {len(grid.header_tiles)} on each
        sheet. You need to know C and R nearly, to know how wide a cell is: the middles of the upper two finders are
        64 C - 12 cells apart, those of the left two 64 R - 12. With the width of a cell as you measured it at the
        finders, C and R come out nearly. Try the whole numbers around them, read the header with each as if it were
        right, with the places of its cells by even division between the four finders (the formula above, with the
        middles of the finders for P, Q, S, T, and u = (x - 10) / (W - 20), v = (y - 10) / (H - 20)), and keep those
        with which the header is right and says the same C and R. (How a header is checked: chapters 5 and 6.) Where
        paper bends, the header may lie some cells beside that place: try the places around it, half a cell apart,
        up to eight cells each way; or the other headers, of which those near a finder lie best."""
    )
    yield p(
        """If a camera saw the sheet aslant, so that the side farther away is shorter in the picture, even division
        between the finders is not good enough. Use this instead, for the header and for where to look for the
        marks; (Px, Py) is the place of P in the picture, and so on:"""
    )
    yield listing(
        "sx = Px - Qx + Tx - Sx     sy = Py - Qy + Ty - Sy",
        "z = (Qx - Tx)(Sy - Ty) - (Sx - Tx)(Qy - Ty)",
        "g = (sx (Sy - Ty) - (Sx - Tx) sy) / z           h = ((Qx - Tx) sy - sx (Qy - Ty)) / z",
        "place x = ((Qx - Px + g Qx) u + (Sx - Px + h Sx) v + Px) / (g u + h v + 1)",
        "place y = ((Qy - Py + g Qy) u + (Sy - Py + h Sy) v + Py) / (g u + h v + 1)",
    )
    yield p(
        """Dark or light: as half of all cells are black everywhere, the mean brightness of the cells of a tile is a
        good border between the two, even where the light is uneven. Read each cell at its middle."""
    )
    yield h2("Free cells")
    yield p(
        f"""All cells that are neither in a finder (20 by 20), nor in a mark (8 by 8, with its white frame), nor in
        a header are free cells: they carry the content. They are numbered from 0: the top row from left to right,
        then the next row, and so on, always leaving out the cells that are not free. In this printing a sheet has
        {grid.free_cells:,} free cells."""
    )
    yield h2("The mask")
    yield p(
        f"""So that there are no large black or white areas, the bits were changed before they were printed: each
        bit was XORed with a bit of the mask. To undo it, XOR again. The mask is a row of bits m[0], m[1], m[2] ...
        The first {FAR} are all 1. Each further one is m[n] = m[n - {FAR}] ^ m[n - {NEAR}]. The free cells use one
        mask from their first cell to their last: the bit of free cell number n is (1 if the cell is black, else 0)
        ^ m[n]. Each header begins the mask anew: its 1,024 cells are read row by row, and cell n of the header uses
        m[n]."""
    )
    bits = "".join(map(str, mask(128).tolist()))
    yield listing(
        f"m[0] to m[63]:    {' '.join(bits[at : at + 8] for at in range(0, 64, 8))}",
        f"m[64] to m[127]:  {' '.join(bits[at : at + 8] for at in range(64, 128, 8))}",
        f"m[10000] to m[10007]: {''.join(map(str, mask(10008)[10000:].tolist()))}",
    )
    yield h2("From bits to bytes")
    yield p(
        """After the mask is undone, each eight bits that follow each other are a byte; the first of them counts
        128, the last 1. Bits at the end that are fewer than eight are not used."""
    )
    yield from _tried(practice)


def _tried(practice: PracticeSheet) -> Iterator[Piece]:
    yield NewPage()
    yield h2("The practice sheet")
    yield _whole(practice.cells)
    yield p(
        f"""The sheet in this picture is a real one, the smallest possible: C = 2, R = 2, so it is {GRID.width} by
        {GRID.height} cells. It has {GRID.free_cells:,} free cells. It is a set of its own, so that you can try
        every step on it. Here are its rows, as hexadecimal numbers: each sign is four cells, from left to right."""
    )
    yield listing(*_rows(practice.cells), caption="All rows of the practice sheet. In front: y")
    free = practice.free
    yield p("Its free cells begin with these (black is 1), then follow the same with the mask undone, and as bytes:")
    plain = "".join(format(byte, "08b") for byte in practice.plain[:8])
    yield listing(
        f"cells   {' '.join(free[at : at + 8] for at in range(0, 64, 8))}",
        f"bits    {' '.join(plain[at : at + 8] for at in range(0, 64, 8))}",
        f"bytes   {'       '.join(f'{byte:02x}' for byte in practice.plain[:8])}",
    )
    yield p(
        f"""All free cells together give {len(practice.plain):,} bytes. The first 32: {hexed(practice.plain[:32])}.
        The last 32: {hexed(practice.plain[-32:])}. (What these bytes mean: chapter 5.)"""
    )
    header = _header_cells(practice.cells)
    raw = bytes(int(_unmasked(header)[at : at + 8], 2) for at in range(0, 1024, 8))
    yield p(
        f"""Its first header covers x = 20 to 51 and y = 20 to 51. The first row of it is {header[:32]}; with the
        mask undone {_unmasked(header)[:32]}. All of it gives 128 bytes:"""
    )
    yield listing(*(hexed(raw[at : at + 32]) for at in range(0, 128, 32)))
    yield dashed(
        f"Check: the practice sheet has {sum(row.count('1') for row in practice.cells):,} black cells in all.",
        f"Check: of its free cells {free.count('1'):,} are black.",
    )
    yield h2("In short")
    yield steps(
        "Find the four finders. Turn the picture so that the one with the white middle is at the upper left.",
        "Read a header. It tells C and R. (Chapters 5 and 6 say how it is checked and what it means.)",
        "Find the marks. Read the free cells, row by row.",
        "Undo the mask. Make bytes.",
    )


def _header_cells(cells: Sequence[str]) -> str:
    return "".join(row[20:52] for row in cells[20:52])


def _unmasked(bits: str) -> str:
    return "".join(str(int(bit) ^ turn) for bit, turn in zip(bits, mask(len(bits)).tolist(), strict=True))


def _rows(cells: Sequence[str]) -> Iterator[str]:
    for y in range(0, len(cells), 2):
        pair = [
            f"{y + at:3d} {int(cells[y + at], 2):0{len(cells[y + at]) // 4}x}" for at in (0, 1) if y + at < len(cells)
        ]
        yield "      ".join(pair)


def _strings(pattern: list[list[bool]]) -> tuple[str, ...]:
    return tuple("".join("1" if cell else "0" for cell in row) for row in pattern)


def _told(rows: Sequence[str]) -> tuple[str, ...]:
    return tuple("    " + " ".join("#" if cell == "1" else "." for cell in row) for row in rows)


def _finders() -> PrimerFigure:
    first = _strings(finder_pattern(upper_left=True).tolist())
    other = _strings(finder_pattern(upper_left=False).tolist())
    shapes: list[Shape] = [
        Cells(x=15.0, y=8.0, cell=2.6, rows=first, lines=True),
        Cells(x=105.0, y=8.0, cell=2.6, rows=other, lines=True),
        FigureLabel(x=41.0, y=3.0, text="upper left"),
        FigureLabel(x=131.0, y=3.0, text="the three others"),
    ]
    told = (
        "    At the upper left (# is black, . is white):",
        *_told(first),
        "    In the three other corners:",
        *_told(other),
    )
    return PrimerFigure(
        shapes=tuple(shapes), height=61.0, caption="The finders, with lines between the cells.", told=told
    )


def _mark() -> PrimerFigure:
    rows = _strings(mark_pattern().tolist())
    shapes: list[Shape] = [
        Cells(x=60.0, y=4.0, cell=5.0, rows=rows, lines=True),
        Stroke(x1=118.0, y1=24.0, x2=81.5, y2=24.0, arrow=True),
        FigureLabel(x=119.5, y=24.0, text="its middle: (64 c + 4, 64 r + 4)", anchor="left"),
        Stroke(x1=44.0, y1=4.0, x2=59.0, y2=4.0, arrow=True),
        FigureLabel(x=43.0, y=4.0, text="(64 c, 64 r)", anchor="right"),
    ]
    return PrimerFigure(shapes=tuple(shapes), height=46.0, caption="A mark.", told=_told(rows))


def _whole(cells: tuple[str, ...]) -> PrimerFigure:
    cell, left, top = 1.0, 24.0, 14.0
    size = len(cells) * cell
    shapes: list[Shape] = [Cells(x=left, y=top, cell=cell, rows=cells)]
    for at, name in ((0, "0"), (64, "64"), (128, "128"), (136, "136")):
        shapes.append(FigureLabel(x=left + at * cell, y=top - 4, text=name))
        shapes.append(Stroke(x1=left + at, y1=top - 2, x2=left + at, y2=top))
        shapes.append(FigureLabel(x=left - 4, y=top + at * cell, text=name, anchor="right"))
        shapes.append(Stroke(x1=left - 3, y1=top + at, x2=left - 1, y2=top + at))
    for y, lines in (
        (10.0, ("finder", "(white middle)")),
        (36.0, ("header: cells", "20 to 51 in", "both ways")),
        (68.0, ("mark at", "(128, 64)")),
        (100.0, ("header of the", "last tile")),
        (126.0, ("finder",)),
    ):
        for number, line in enumerate(lines):
            shapes.append(FigureLabel(x=left + size + 3, y=top + y + 4.2 * number, text=line, size=3.2, anchor="left"))
    for c, r in GRID.header_tiles:
        shapes.append(Box(x=left + 64 * c + 20 - 0.5, y=top + 64 * r + 20 - 0.5, width=33, height=33, thick=0.3))
    told = (
        "    The practice sheet, 136 by 136 cells, drawn 1 mm wide each. Finders in the four corners; marks",
        "    at (64,0) (0,64) (64,64) (128,64) (64,128); headers at (20,20) and (84,84), each 32 by 32 cells.",
        "    All other cells are free cells. The rows are printed below as numbers.",
    )
    shapes += [
        FigureLabel(x=left + size / 2, y=4.0, text="x", size=4.2),
        FigureLabel(x=4.0, y=top + size / 2, text="y", size=4.2),
    ]
    return PrimerFigure(
        shapes=tuple(shapes),
        height=top + size + 4,
        caption="A whole sheet: the practice sheet. The thin frames around the two headers are not on real sheets.",
        told=told,
    )
