"""Cutting an article into passages: stretches of 60 to 200 words that can be quoted on their own.

Borders fall between lines (paragraphs, list items, table rows) and, inside a line that is too long, between
sentences; a heading goes with what follows it, and so does a line that is a question, and in a text in which people
talk the turns of whoever asks, with a question mark or without, and a name that stands on a line of its own (`turns`).
The result is derived data: a better cutter may replace it without changing any edition's root.

How long a word is depends on the script. Where words are separated by spaces, a word is a run without a space. Han
and kana are counted two characters to the word, Thai, Lao, Khmer and Burmese five (mean word lengths in running
text), because counting them by a dictionary would make the build need one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from galactica.codes.turns import asking_lines

FEWEST = 60
"""Words below which a passage takes in the next line, if the two fit together."""

ENOUGH = 130
"""Words above which a passage does not grow further: the middle of the range, so that most are between the bounds."""

MOST = 200
"""Words a passage never exceeds, but for a single unbroken stretch that has no border at all."""

QUESTION = 40
"""Words up to which a line that ends with a question mark is a question that the next line answers; a longer one is a
paragraph that happens to end so."""

_ASKS, _CLOSED = ("?", "？", "؟"), " \t\"'”’»)）」』"
"""How such a line ends, and what may stand behind."""

_LONG_WORD = 10
"""Characters a word on the average: a line with longer ones is looked at for scripts without spaces. Running text in
English has 6, in German and Finnish 8; a line of Han has no spaces at all."""

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SOUTHEAST = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")

_SENTENCE_END = re.compile(
    r"""(?:(?<![.!?…])[.!?…]++["'”’»)\]]*+(?=\s)|[。！？｡]+[」』”’）]*|[।॥۔؟։።၊။]+)\s*""",
)
_LAST_WORD = re.compile(r"[\w.]+$")
_SENTENCE_END_OR_GAP = re.compile(_SENTENCE_END.pattern + r"|(?<=[\u0e00-\u0eff]) +")
"""One expression and not two: looking for the one that comes first must not read on to a far other one."""

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st sr jr vs etc al fig no vol pp ca cf ed eds rev gen col lt sgt capt gov sen rep hon inc ltd "
    "co corp dept est approx jan feb mar apr jun jul aug sep sept oct nov dec mt ft c b d r z.b bzw usw nr bd p".split()
)


def count_words(text: str) -> int:
    """How many words a stretch of text counts as; at least 1 for any text that is not empty.

    Args:
        text: any script; may mix scripts.
    """
    if not text:
        return 0
    count = text.count(" ") + text.count("\n") + text.count("\t") + 1
    if text.isascii() or not _UNSPACED.search(text):
        return count
    return count + len(_HAN.findall(text)) // 2 + len(_SOUTHEAST.findall(text)) // 5


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the sentences of `text[start:end]`, in order, without the white space between them.

    A full stop ends a sentence where white space and anything but a lower-case letter follow, and what stands before
    it is no initial or common abbreviation. Han, Devanagari, Arabic, Armenian, Ethiopic and Burmese stops end one
    always; Thai and Lao, which have none, break at their spaces.
    """
    stop = len(text) if end is None else end
    begin = start
    for cut, after in _borders(text, start, stop):
        if cut > begin:
            yield begin, cut
        begin = after
    if begin < stop:
        yield begin, stop


def _borders(text: str, start: int, stop: int, gaps: bool | None = None) -> Iterator[tuple[int, int]]:
    """(end of a sentence, start of the next) pairs inside text[start:stop], found as they are asked for.

    Args:
        gaps: whether spaces may end sentences, as in Thai and Lao; None: looked for.
    """
    if gaps is None:
        gaps = not text.isascii() and _SOUTHEAST.search(text, start, stop) is not None
    if gaps:
        for match in _SENTENCE_END_OR_GAP.finditer(text, start, stop):
            yield match.start() + len(match.group().rstrip()), match.end()
        return
    for match in _SENTENCE_END.finditer(text, start, stop):
        after = match.end()
        if after >= stop:
            return
        if text[match.start()] == ".":
            if text[after].islower():
                continue
            before = _LAST_WORD.search(text, max(start, match.start() - 12), match.start())
            if before is not None:
                word = before.group()
                if (len(word) == 1 and word.isalpha()) or "." in word or word.lower() in _ABBREVIATIONS:
                    continue
        yield match.start() + len(match.group().rstrip()), after


def passages(text: str, headings: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Cut projected text into passages.

    Args:
        text: a projection; lines are its blocks.
        headings: spans of its headings, in order.

    Returns:
        (start, end) spans in code points, in order, not overlapping, white space at neither end. Together they hold
        every character but the line breaks and spaces between them. Each counts `FEWEST` to `MOST` words, but the
        last of an article (which joins its neighbour where both fit in `MOST`), one between two that would not fit,
        and a stretch longer than `MOST` without any border.
    """
    heads = {start for start, _ in headings}
    asks = asking_lines(text)
    out: list[tuple[int, int]] = []
    sizes: list[int] = []
    begin, finish, size = -1, -1, 0
    pending = -1  # start of headings that wait for the text they belong to
    pending_words = 0
    for start, end, count, is_heading in _units(text, heads, asks):
        if is_heading:
            if pending < 0:
                pending, pending_words = start, 0
            pending_words += count
            if pending_words <= FEWEST:  # an outline of nothing but headings is cut like text
                continue
            start, count, pending = pending, pending_words, -1
        elif pending >= 0:
            start, count, pending = pending, count + pending_words, -1
            if size >= FEWEST:
                out.append((begin, finish))
                sizes.append(size)
                begin, size = -1, 0
        if begin >= 0 and (size + count > MOST or (size >= FEWEST and size + count > ENOUGH)):
            out.append((begin, finish))
            sizes.append(size)
            begin, size = -1, 0
        if begin < 0:
            begin = start
        finish, size = end, size + count
    if pending >= 0:
        if begin >= 0 and size + pending_words <= MOST:
            size += pending_words
        else:
            if begin >= 0:
                out.append((begin, finish))
                sizes.append(size)
            begin, size = pending, pending_words
        finish = len(text.rstrip())
    if begin >= 0:
        if out and size < FEWEST and sizes[-1] + size <= MOST:
            begin = out.pop()[0]
        out.append((begin, finish))
    return [_trimmed(text, *span) if text[span[0]].isspace() or text[span[1] - 1].isspace() else span for span in out]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends; only lines inside <pre> have any."""
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())


def _units(text: str, heads: Collection[int], asks: Collection[int]) -> Iterator[tuple[int, int, int, bool]]:
    """(start, end, words, goes with what follows) of the stretches that passages are made of: lines, or parts of long
    lines."""
    plain = "\t" not in text
    position = 0
    for line in text.split("\n"):
        start, end = position, position + len(line)
        position = end + 1
        if not line or line.isspace():
            continue
        count = line.count(" ") + 1
        if not plain or count * _LONG_WORD < len(line):  # so few spaces: perhaps a script that has none
            count = count_words(line)
        asking = count <= QUESTION and line.rstrip(_CLOSED).endswith(_ASKS)
        if (start in heads and count <= MOST) or (start in asks and count <= FEWEST) or asking:
            yield start, end, count, True
        elif count <= MOST:
            yield start, end, count, False
        else:
            yield from _parts(text, start, end, count)


def _parts(text: str, start: int, end: int, total: int) -> Iterator[tuple[int, int, int, bool]]:
    """A line of `total` words in parts of about the same length, cut between sentences; a part that comes out too long
    because a sentence is, is cut at white space.

    Only the border next to where each part should end is looked for: finding every sentence takes five times as long.
    """
    shares = max(2, -(-total // ENOUGH))
    gaps = not text.isascii() and _SOUTHEAST.search(text, start, end) is not None
    while end - start > 0:
        goal = start + max(1, (end - start) // shares)
        border = None
        if shares > 1:
            border = next(
                (b for b in _borders(text, max(start, goal - (goal - start) // 4), end, gaps) if b[0] > start), None
            )
        last, following = border or (end, end)
        count = count_words(text[start:last])
        if count <= MOST:
            yield start, last, count, False
        else:
            yield from _pieces(text, start, last)
        start, shares = following, shares - 1


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int, int, bool]]:
    """Cut text[start:end] at white space (else anywhere) into pieces of about `ENOUGH` words."""
    total = count_words(text[start:end])
    step = max(1, (end - start) * ENOUGH // total)
    while start < end:
        cut = min(end, start + step)
        if cut < end:
            space = text.rfind(" ", start + step // 2, cut)
            cut = space if space > 0 else cut
        piece = text[start:cut].rstrip()
        if piece:
            yield start, start + len(piece), count_words(piece), False
        start = cut
        while start < end and text[start] == " ":
            start += 1
