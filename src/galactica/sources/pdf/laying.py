"""One page from what PDFium tells of it to lines in reading order: the part of the work that is done in the child."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from galactica.sources.pdf.columns import in_order
from galactica.sources.pdf.garbled import GARBLED, without_letters
from galactica.sources.pdf.lines import lines_of
from galactica.sources.pdf.native_page import Element, NativePage
from galactica.sources.pdf.page import PdfCell, PdfLine, PdfPage, PdfTable
from galactica.sources.pdf.rulings import Grid, grids
from galactica.sources.pdf.tags import marks_of, tables_of
from galactica.sources.pdf.tex import with_signs_of_tex
from galactica.sources.pdf.view import Box, PageView
from galactica.sources.pdf.words import RULED, PdfWord, glyphs_of, pdf_words

MAX_TABLES = 60
"""Tables of a page."""

ACROSS = 0.12
"""Of the page's width: a line that parts what stands above it from what stands below."""

MAX_RULED = 100
"""Such lines of a page."""

_Cells = list[list[tuple[PdfCell, list[PdfWord]]]]


def laid_out(page: NativePage) -> PdfPage:
    """A page as values."""
    view = PageView(page.bounds, page.rotation)
    dropped: Counter[str] = Counter()
    glyphs = with_signs_of_tex(glyphs_of(page.letters(), view, dropped))
    if page.beyond:
        dropped["pdf:beyond-bound"] += page.beyond
    unknown = without_letters(glyphs)
    garbled = unknown > GARBLED * len(glyphs)
    if unknown and not garbled:
        dropped["pdf:no-letter"] += unknown
    links = [(view.box(*box), to) for box, to in page.links()]
    drawn, pictures, marks = page.lines_and_pictures()
    filled, notes = page.fields_and_notes()
    words = [*([] if garbled else pdf_words(glyphs, links, view)), *_filled(filled, view)]
    if notes:
        dropped["pdf:note"] += notes
    roots = page.structure()
    tags = marks_of(roots)
    lines: list[PdfLine] = []
    tables: list[PdfTable] = []
    order: list[tuple[str, int]] = []
    column = 0
    straight = [(*view.point(a, b), *view.point(c, d)) for a, b, c, d in drawn]
    for turn in sorted({word.turn for word in words}, key=lambda turn: (-_letters(words, turn), turn)):
        of_turn = [word for word in words if word.turn == turn]
        made = _tables(of_turn, roots, straight if turn == 0 else [], tags)
        rules = _rules(straight, view) if turn == 0 else []
        for part in in_order([*_with_tables(of_turn, made), *rules]):
            holders = sorted((word for word in part if word.table >= 0), key=lambda word: word.top)
            plain = lines_of([word for word in part if word.table == -1], column, tags)
            for holder in holders:
                before = [line for line in plain if line.base <= holder.top + 1]
                plain = [line for line in plain if line.base > holder.top + 1]
                order.extend(("l", len(lines) + number) for number in range(len(before)))
                lines.extend(before)
                order.append(("t", len(tables)))
                tables.append(_table(made[holder.table][0], holder, column, tags))
            order.extend(("l", len(lines) + number) for number in range(len(plain)))
            lines.extend(plain)
            column += 1
    return PdfPage(
        width=round(view.width, 1),
        height=round(view.height, 1),
        lines=tuple(lines),
        tables=tuple(tables),
        order=tuple(order),
        letters=len(glyphs),
        unknown=unknown,
        garbled=garbled,
        pictures=pictures,
        marks=marks,
        dropped=tuple(sorted(dropped.items())),
    )


def _rules(straight: Sequence[tuple[float, float, float, float]], view: PageView) -> list[PdfWord]:
    """The lines that are drawn across text, longest first: they part what stands above and below them."""
    lying = {(round(min(a, c)), round(b), round(max(a, c))) for a, b, c, d in straight if abs(b - d) < 1}
    long = sorted((rule for rule in lying if rule[2] - rule[0] > ACROSS * view.width), key=lambda r: (r[0] - r[2], r))
    return [
        PdfWord(text="", left=left, top=y - 0.5, right=right, bottom=y + 0.5, base=y, size=1.0, table=RULED)
        for left, y, right in long[:MAX_RULED]
    ]


def _letters(words: Iterable[PdfWord], turn: int) -> int:
    return sum(len(word.text) for word in words if word.turn == turn)


def _filled(filled: Iterable[tuple[tuple[float, float, float, float], str]], view: PageView) -> list[PdfWord]:
    """What is filled in or written on a page, as words in its box."""
    found: list[PdfWord] = []
    for bounds, text in filled:
        left, top, _, bottom = view.box(*bounds)
        for number, line in enumerate(text.splitlines()[:200]):
            at, size = left, min(10.0, max(4.0, bottom - top))
            base = top + 0.8 * size + number * 1.2 * size
            for word in line.split()[:400]:
                wide = 0.5 * size * len(word)
                found.append(
                    PdfWord(text=word, left=at, top=base - 0.75 * size, right=at + wide, bottom=base + 0.22 * size,
                         base=base, size=size)
                )  # fmt: skip
                at += wide + 0.3 * size
    return found


def _tables(
    words: Sequence[PdfWord],
    roots: Sequence[Element],
    straight: Sequence[tuple[float, float, float, float]],
    tags: dict[int, tuple[str, int]],
) -> list[tuple[_Cells, Box]]:
    """Cells with their words, and the box, of each table: tagged ones, then ruled ones that are none of those."""
    found: list[tuple[_Cells, Box]] = []
    taken: set[int] = set()
    by_mark: dict[int, list[PdfWord]] = {}
    for word in words:
        by_mark.setdefault(word.mark, []).append(word)
    for table in tables_of(roots):
        rows: _Cells = [
            [
                (PdfCell(heading=heading), [word for mark in marks for word in by_mark.get(mark, ())])
                for heading, marks in row
            ]
            for row in table.rows
        ]
        inside = [word for row in rows for _, held in row for word in held]
        if len(found) < MAX_TABLES and _is_table(rows):
            found.append((rows, _around(inside)))
            taken.update(map(id, inside))
    for grid in grids(straight):
        left, top, right, bottom = grid.box
        inside = [
            word for word in words
            if left < (word.left + word.right) / 2 < right and top < (word.top + word.bottom) / 2 < bottom
        ]  # fmt: skip
        if len(found) >= MAX_TABLES or any(id(word) in taken for word in inside):
            continue
        rows = _gridded(grid, inside)
        if _is_table(rows) and not _is_frame(rows, inside):
            found.append((rows, grid.box))
            taken.update(map(id, inside))
    return found


def _is_table(rows: _Cells) -> bool:
    """Whether there are words in at least three cells, in two rows and two columns."""
    filled = [(r, c) for r, row in enumerate(rows) for c, (_, held) in enumerate(row) if held]
    return len(filled) > 2 and len({r for r, _ in filled}) > 1 and len({c for _, c in filled}) > 1


def _is_frame(rows: _Cells, inside: Sequence[PdfWord]) -> bool:
    """Whether one cell holds nearly everything: a box around a page, a drawing."""
    most = max(sum(len(word.text) for word in held) for row in rows for _, held in row)
    return most > 0.8 * sum(len(word.text) for word in inside) or most > 3_000


def _gridded(grid: Grid, inside: Sequence[PdfWord]) -> _Cells:
    held: list[list[PdfWord]] = [[] for _ in grid.cells]
    for word in inside:
        number = grid.cell_at((word.left + word.right) / 2, (word.top + word.bottom) / 2)
        if number >= 0:
            held[number].append(word)
    rows: _Cells = [[] for _ in range(len(grid.ys) - 1)]
    for (row, _, down, across), words in zip(grid.cells, held, strict=True):
        rows[row].append((PdfCell(across=across, down=down), words))
    return rows


def _around(words: Sequence[PdfWord]) -> Box:
    return (
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
    )


def _with_tables(words: Sequence[PdfWord], made: Sequence[tuple[_Cells, Box]]) -> list[PdfWord]:
    """The words that are in no table, and a word that stands for each."""
    inside = {id(word) for rows, _ in made for row in rows for _, held in row for word in held}
    found = [word for word in words if id(word) not in inside]
    for number, (_, (left, top, right, bottom)) in enumerate(made):
        found.append(
            PdfWord(text="x", left=left, top=top, right=right, bottom=bottom, base=bottom, size=10.0, table=number)
        )  # fmt: skip
    return found


def _table(rows: _Cells, holder: PdfWord, column: int, tags: dict[int, tuple[str, int]]) -> PdfTable:
    made = tuple(
        tuple(
            PdfCell(
                lines=tuple(lines_of(held, column, tags)) if held else (),
                across=cell.across,
                down=cell.down,
                heading=cell.heading,
            )
            for cell, held in row
        )
        for row in rows
    )
    return PdfTable(
        rows=made, left=holder.left, top=holder.top, right=holder.right, bottom=holder.bottom, column=column
    )  # fmt: skip
