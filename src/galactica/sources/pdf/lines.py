"""Lines of a column: words with one baseline, in logical order, raised and lowered ones marked.

Right-to-left lines: words are taken from the right; what is written from left to right in them keeps its order, and so
the other way round. This turns the visual order of Unicode's bidirectional algorithm (UAX #9) back for lines whose
levels are 0 to 2. Brackets that PDFium left as they look are turned so that they pair.
"""

from __future__ import annotations

from collections.abc import Sequence

from galactica.sources.pdf.page import PdfLine, PdfSpan
from galactica.sources.pdf.signs import side, unparted
from galactica.sources.pdf.words import GLUED, PdfWord

WIDE_GAP = 1.6
"""Of the size: a gap in a line that parts cells and not words."""

SMALL = 0.85
"""Of the size of its line: letters below are powers and indices where they stand higher or lower."""

MAX_BESIDE = 200
"""Words of a row that a small one may stand behind; a line has some twenty."""

_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_OPENING, _CLOSING = "([{", ")]}"


def lines_of(words: Sequence[PdfWord], column: int, tags: dict[int, tuple[str, int]] | None = None) -> list[PdfLine]:
    """The lines of one column from above.

    Args:
        tags: number of marked content → (what it is, number of its element).
    """
    return [_line(row, column, tags or {}) for row in _by_line(words)]


def _by_line(words: Sequence[PdfWord]) -> list[list[PdfWord]]:
    """Words that overlap in height by more than half of the lower one are of one line."""
    rows: list[tuple[float, float, float, list[PdfWord]]] = []  # top, bottom, size
    for word in sorted(words, key=lambda word: (-round(word.size), word.base)):
        height = word.bottom - word.top
        best, most = -1, 0.5
        for number, (top, bottom, size, _) in enumerate(rows):
            if word.size > 2.2 * size and size:
                continue
            shared = (min(bottom, word.bottom) - max(top, word.top)) / max(0.01, min(height, bottom - top))
            if shared > most:
                best, most = number, shared
        if best < 0 and (beside := _beside(word, rows)) >= 0:
            rows[beside][3].append(word)
        elif best < 0:
            rows.append((word.top, word.bottom, word.size, [word]))
        else:
            rows[best][3].append(word)
    rows.sort(key=lambda row: (row[1], row[3][0].left))
    return [row[3] for row in rows]


def _beside(word: PdfWord, rows: Sequence[tuple[float, float, float, list[PdfWord]]]) -> int:
    """The row of a word of larger letters that a small one stands right behind, raised or lowered so far that the two
    hardly overlap: an index would else go to the power in the line below, and both be lost to their own; -1 for none.
    """
    for number, (top, bottom, size, others) in enumerate(rows):
        if word.size >= SMALL * size or word.bottom < top - 0.3 * size or word.top > bottom + 0.3 * size:
            continue
        for other in others[:MAX_BESIDE]:
            near = -0.1 * size < word.left - other.right < 0.15 * size
            if near and abs(word.base - other.base) < 0.6 * other.size and word.size < SMALL * other.size:
                return number
    return -1


def _line(row: list[PdfWord], column: int, tags: dict[int, tuple[str, int]]) -> PdfLine:
    sizes: dict[float, int] = {}
    for word in row:
        sizes[round(word.size, 1)] = sizes.get(round(word.size, 1), 0) + len(word.text)
    size = max(sizes, key=lambda each: (sizes[each], each))
    main = [word for word in row if abs(word.size - size) < 0.15 * size] or row
    bases = sorted(word.base for word in main)
    base = bases[len(bases) // 2]
    row.sort(key=lambda word: (word.left, word.right))
    rtl = _from_right(row)
    mixed = any(side(char) == "R" for word in row for char in word.text)
    ordered = _logical(row, rtl) if mixed else row
    tag, element = _tag(row, tags)
    spans = _spans(ordered, size, base, rtl, mixed)
    return PdfLine(
        spans=spans,
        left=round(min(word.left for word in row), 1),
        top=round(base - 0.75 * size, 1),
        right=round(max(word.right for word in row), 1),
        bottom=round(base + 0.22 * size, 1),
        base=round(base, 1),
        size=size,
        bold=all(word.bold or not any(map(str.isalnum, word.text)) for word in row) and any(word.bold for word in row),
        column=column,
        turned=row[0].turn,
        tag=tag,
        element=element,
        rtl=rtl,
        split=ordered[-1].hyphen,
        gaps=_gaps(row),
    )


def _gaps(row: Sequence[PdfWord]) -> int:
    """How many gaps wider than between words a line has, its words from left to right."""
    end, count = row[0].right, 0
    for word in row[1:]:
        count += word.left - end > WIDE_GAP * word.size
        end = max(end, word.right)
    return count


def _tag(row: Sequence[PdfWord], tags: dict[int, tuple[str, int]]) -> tuple[str, int]:
    """What the file says that a line is: what it says of most of its letters."""
    found: dict[tuple[str, int], int] = {}
    for word in row:
        known = ("Artifact", -1) if word.artifact else tags.get(word.mark, ("", -1))
        found[known] = found.get(known, 0) + len(word.text)
    return max(found, key=lambda known: found[known])


def _from_right(row: Sequence[PdfWord]) -> bool:
    """Whether most letters of a line are written from right to left."""
    right = left = 0
    for word in row:
        for char in word.text:
            kind = side(char)
            right += kind == "R"
            left += kind == "L" and char.isalpha()
    return right > left


def _logical(row: list[PdfWord], rtl: bool) -> list[PdfWord]:
    """Words that stand from left to right as they are read."""
    base = "R" if rtl else "L"
    other = "L" if rtl else "R"
    kinds = [_direction(word) for word in row]
    if rtl:
        row, kinds = row[::-1], kinds[::-1]
    ordered: list[PdfWord] = []
    at = 0
    while at < len(row):
        if kinds[at] != other:
            ordered.append(row[at])
            at += 1
            continue
        end = last = at + 1
        while end < len(row) and kinds[end] != base:
            end += 1
            if kinds[end - 1] == other:
                last = end
        ordered.extend(row[at:last][::-1])
        at = last
    return ordered


def _direction(word: PdfWord) -> str:
    kinds = {side(char) for char in word.text}
    return "R" if "R" in kinds else "L" if "L" in kinds else "N"


def _spans(row: Sequence[PdfWord], size: float, base: float, rtl: bool, mixed: bool) -> tuple[PdfSpan, ...]:
    spans: list[PdfSpan] = []
    text, look = "", ("", "")
    before: PdfWord | None = None
    for word in row:
        now = (_mark(word, size, base), word.href)
        space = "" if before is None or _joined(before, word, mixed) else " "
        if now == look or not text:
            text += space + word.text
            look = now if before is None or not text.strip() else look
        else:
            spans.append(PdfSpan(text=text + space, mark=look[0], href=look[1]))
            text = word.text
        if now != look:
            look = now
        before = word
    spans.append(PdfSpan(text=text, mark=look[0], href=look[1]))
    if mixed:
        return _paired(spans, rtl)
    return tuple(spans)


def _joined(one: PdfWord, two: PdfWord, mixed: bool) -> bool:
    """Whether no space stands between two words of a line."""
    gap = max(two.left - one.right, one.left - two.right) if mixed else two.left - one.right
    size = max(one.size, two.size)
    if two.glued and not mixed and gap < 0.4 * size:
        return True
    if unparted(one.text[-1]) and unparted(two.text[0]):
        return gap < 0.2 * size
    if gap < -0.4 * size and not two.glued:  # printed over each other
        return False
    return gap < GLUED * size * (0.6 if not two.glued else 1.0) and (two.glued or mixed or gap < 0.05 * size)


def _mark(word: PdfWord, size: float, base: float) -> str:
    if word.size < SMALL * size and any(map(str.isalnum, word.text)):
        raised = base - word.base
        if raised > 0.17 * size:
            return "sup"
        if raised < -0.08 * size:
            return "sub"
    return "b" if word.bold else "i" if word.italic else ""


def _paired(spans: list[PdfSpan], rtl: bool) -> tuple[PdfSpan, ...]:
    """The spans of a line with right-to-left text, their brackets turned where none of them pairs as they stand."""
    text = "".join(span.text for span in spans)
    if rtl and _unpaired(text) > _unpaired(text.translate(_MIRRORED)):
        spans = [PdfSpan(text=span.text.translate(_MIRRORED), mark=span.mark, href=span.href) for span in spans]
    return tuple(spans)


def _unpaired(text: str) -> int:
    depth = wrong = 0
    for char in text:
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            if depth:
                depth -= 1
            else:
                wrong += 1
    return wrong + depth
