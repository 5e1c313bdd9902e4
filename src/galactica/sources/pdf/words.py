"""Words of a page: runs of characters that stand together, in logical order, each with its box.

Rules, in PDFium's order of characters:
1. A space, a step aside, another baseline, size or look ends a word; what follows without a step is glued to it.
2. Han and kana are not parted by spaces that PDFium made of a step, only by those that the file has and by wide ones.
3. Right-to-left text: PDFium gives characters of a run in logical order; a glyph that stands for several letters comes
   reversed and is turned round, but for lam with alef. Where such text is on the page, letters, digits and signs are
   words of their own, because only their places say how they follow each other.
4. What is printed twice at nearly one place (to look bold) is read once; what lies off the page is not read. Both are
   counted.
5. Han or kana below each other, none beside, are vertical text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from galactica.sources.pdf.native_page import PdfLetter
from galactica.sources.pdf.signs import ACCENTS, side, sign, unparted
from galactica.sources.pdf.view import SKEW, Box, PageView, skewed, turned_box, turned_point

STEP = 0.3
"""Of the size: a gap within a line above which a word ends although the file has no space."""

GLUED = 0.14
"""Of the size: a gap below which the next piece belongs to the same word."""

_BOLD = re.compile(r"bold|black|heavy|demi|-bd\b|[a-z]bx\d|sfbx|medi$", re.I)
_ITALIC = re.compile(r"italic|oblique|-it\b|cmti|sfti|ital$", re.I)
_ALEFS = frozenset("اأإآ")


RULED = -2
"""Stands for a line drawn across text, in place of the number of a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfWord:
    """A piece of text that stands together.

    Attributes:
        turn: quarter turns of the frame that its box is in.
        base: the baseline there.
        glued: it follows the word before it without a space.
        mark: number of its marked content, -1 for none.
        hyphen: it ends in a hyphen that breaks a word.
        table: number of the table that it stands for, -1 for text, `RULED` for a line that is drawn.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    turn: int = 0
    bold: bool = False
    italic: bool = False
    glued: bool = False
    href: str = ""
    mark: int = -1
    artifact: bool = False
    hyphen: bool = False
    table: int = -1


@dataclass(slots=True)
class Glyph:
    """A character in the frame of its text. `spaced` is 1 for a space that PDFium made before it, 2 for the file's."""

    text: str
    left: float
    right: float
    base: float
    size: float
    turn: int
    spaced: int
    letter: PdfLetter


def glyphs_of(letters: Iterable[PdfLetter], view: PageView, dropped: Counter[str]) -> list[Glyph]:
    """The characters that are seen, in PDFium's order."""
    found: list[Glyph] = []
    spaced = 0
    seen: dict[tuple[str, int, int], float] = {}
    for letter in letters:
        code, thing = letter.code, letter.object
        if thing is None:
            spaced = max(spaced, 1)
            continue
        if code in (9, 10, 13, 32, 160) or 0x2000 <= code <= 0x200A or code == 0x3000:
            spaced = 2
            continue
        text = sign(code, thing.font)
        if not text:
            continue
        box = view.box(letter.left, letter.bottom, letter.right, letter.top)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if not (-2 < x < view.width + 2 and -2 < y < view.height + 2):
            dropped["pdf:off-page"] += 1
            continue
        turn = view.turn(thing.direction)
        point = view.point(letter.x, letter.y)
        if turn >= SKEW:
            size = max(thing.size, 1.0)
            left, right, base = skewed(*point, box, size, turn)
        else:
            left, _, right, _ = turned_box(box, turn)
            base = turned_point(*point, turn)[1]
            size = _size(thing.size, box, turn)
        place = (text, round(left), round(base))
        same = bool(found) and (found[-1].left, found[-1].right) == (left, right)  # a glyph of several letters
        if place in seen and abs(seen[place] - left) < 0.12 * size and not same and text not in ".-_":
            dropped["pdf:printed-twice"] += 1
            continue
        seen[place] = left
        found.append(Glyph(text, left, right, base, size, turn, spaced, letter))
        spaced = 0
    return _vertical(found, view)


def _size(size: float, box: Box, turn: int) -> float:
    """The size of a letter; of fonts that have none of their own (Type 3) the height of its box."""
    height = box[2] - box[0] if turn % 2 else box[3] - box[1]
    return size if size > 0.25 and (height <= 0 or 0.3 * height <= size <= 6 * height) else max(height, 1.0)


def _vertical(glyphs: list[Glyph], view: PageView) -> list[Glyph]:
    """The same, vertical text in a frame of its own (rule 5)."""
    down = [False] * len(glyphs)
    for at in range(1, len(glyphs)):
        one, two = glyphs[at - 1], glyphs[at]
        if one.turn or two.turn or not (unparted(one.text[0]) and unparted(two.text[0])):
            continue
        beside = at > 1 and glyphs[at - 2].turn == 0 and _beside(glyphs[at - 2], one) and not down[at - 2]
        after = at + 1 < len(glyphs) and glyphs[at + 1].turn == 0 and _beside(two, glyphs[at + 1])
        middles = abs(one.left + one.right - two.left - two.right) / 2
        if middles < 0.3 * two.size and 0.4 * two.size < two.base - one.base < 2 * two.size and not (beside or after):
            down[at - 1] = down[at] = True
    for glyph, vertical in zip(glyphs, down, strict=True):
        if vertical:
            letter = glyph.letter
            box = turned_box(view.box(letter.left, letter.bottom, letter.right, letter.top), 1)
            glyph.turn, glyph.left, glyph.right = 1, box[0], box[2]
            glyph.base = (box[1] + box[3]) / 2 + 0.35 * glyph.size
    return glyphs


def _beside(one: Glyph, two: Glyph) -> bool:
    return abs(one.base - two.base) < 0.2 * two.size and -0.2 * two.size < two.left - one.right < two.size


def pdf_words(glyphs: Sequence[Glyph], links: Sequence[tuple[Box, str]], view: PageView) -> list[PdfWord]:
    """The words of a page in PDFium's order.

    Args:
        links: (box as it is shown, address).
    """
    mixed = any(side(char) == "R" for glyph in glyphs for char in glyph.text)
    found: list[PdfWord] = []
    run: list[Glyph] = []
    glued = False
    for glyph in glyphs:
        if run and (step := _step(run, glyph, mixed)):
            found.append(_word(run, glued, links, view))
            run, glued = [], step == 1
        run.append(glyph)
    if run:
        found.append(_word(run, glued, links, view))
    return found


def _step(run: list[Glyph], glyph: Glyph, mixed: bool) -> int:
    """How a character follows a run: 0 within it, 1 glued to it, 2 apart."""
    last = run[-1]
    one, two = last.letter.object, glyph.letter.object
    if side(glyph.text[0]) == "M" or (last.left, last.right, last.base) == (glyph.left, glyph.right, glyph.base):
        return 0
    if last.turn != glyph.turn or abs(last.base - glyph.base) > 0.7 * max(last.size, glyph.size):
        return 2
    size = max(last.size, glyph.size)
    gap = glyph.left - last.right
    if mixed and (side(last.text[0]) == "R" or side(glyph.text[0]) == "R"):
        gap = max(gap, last.left - glyph.right)
    if unparted(last.text[-1]) or unparted(glyph.text[0]):
        if (glyph.spaced == 2 and gap > 0.2 * size) or abs(gap) > 0.8 * size:
            return 2
        if glyph.spaced == 1 and not (unparted(last.text[-1]) and unparted(glyph.text[0])) and gap > 0.4 * size:
            return 2
    elif glyph.spaced or not -0.5 * size < gap < STEP * size:
        return 2
    assert one is not None
    assert two is not None
    same = one is two or (
        one.mark == two.mark and one.font == two.font and abs(last.size - glyph.size) < 0.1 * size
    )  # fmt: skip
    if not same or abs(last.base - glyph.base) > 0.12 * size:
        return 1 if gap < 2 * GLUED * size else 2
    return 1 if mixed and _kind(last.text) != _kind(glyph.text) else 0


def _kind(text: str) -> str:
    return side(text[0])


def _word(run: list[Glyph], glued: bool, links: Sequence[tuple[Box, str]], view: PageView) -> PdfWord:
    first = run[0]
    thing = first.letter.object
    assert thing is not None
    text = _text(run)
    size = first.size
    left, right = min(glyph.left for glyph in run), max(glyph.right for glyph in run)
    name = thing.font
    href = ""
    if links:
        letter = run[len(run) // 2].letter
        box = view.box(letter.left, letter.bottom, letter.right, letter.top)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        href = next((to for at, to in links if at[0] - 1 <= x <= at[2] + 1 and at[1] - 1 <= y <= at[3] + 1), "")
    return PdfWord(
        text=text,
        left=left,
        top=first.base - 0.75 * size,
        right=right,
        bottom=first.base + 0.22 * size,
        base=first.base,
        size=size,
        turn=first.turn,
        bold=thing.bold or bool(_BOLD.search(name)),
        italic=thing.italic or bool(_ITALIC.search(name)),
        glued=glued,
        href=href,
        mark=thing.mark,
        artifact=thing.artifact,
        hyphen=run[-1].letter.hyphen or run[-1].letter.code == 0xAD,
    )


def _text(run: list[Glyph]) -> str:
    """The text of a run: glyphs of several letters the right way round, accents on their letters."""
    parts: list[str] = []
    at = 0
    while at < len(run):
        end = at + 1
        while end < len(run) and (run[end].left, run[end].right) == (run[at].left, run[at].right):
            end += 1
        several = "".join(glyph.text for glyph in run[at:end])
        if end - at > 1 and any(side(char) == "R" for char in several):
            kept = len(several) == 2 and several[0] == "ل" and several[1] in _ALEFS
            several = several if kept else several[::-1]
        parts.append(several.replace("\xad", "-") if end == len(run) else several.replace("\xad", ""))
        at = end
    text = "".join(parts).replace("\u0e4d\u0e32", "\u0e33").replace("\u0ecd\u0eb2", "\u0eb3")  # am, in two glyphs
    if any(glyph.text in ACCENTS for glyph in run) and len(run) > 1:
        return _accented(run)
    return text


def _accented(run: list[Glyph]) -> str:
    """The text of a run in which accents are printed over letters."""
    parts: list[str] = []
    waiting: Glyph | None = None
    for at, glyph in enumerate(run):
        if waiting is not None:
            middle = (waiting.left + waiting.right) / 2
            over = glyph.left - 0.1 * glyph.size < middle < glyph.right + 0.1 * glyph.size and glyph.text.isalpha()
            parts.append(glyph.text + ACCENTS[waiting.text] if over else waiting.text + glyph.text)
            waiting = None
            continue
        if glyph.text in ACCENTS:
            before = run[at - 1] if at else None
            middle = (glyph.left + glyph.right) / 2
            if before and before.text.isalpha() and before.left < middle < before.right - 0.05 * glyph.size:
                parts.append(ACCENTS[glyph.text])
            else:
                waiting = glyph
            continue
        parts.append(glyph.text)
    if waiting is not None:
        parts.append(waiting.text)
    return unicodedata.normalize("NFC", "".join(parts))
