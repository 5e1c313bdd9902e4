"""Which sentences of a passage are said in a talk, around an answer, and how they are cut into turns."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence

from galactica.codes.segment import sentences
from galactica.train.reading.lesson import Real
from galactica.train.reading.talking_words import TalkWords

AROUND, AROUND_RAW = 900, 400
"""Characters of other text than the answer's sentence that are said at most; in scripts without spaces."""

ANSWERING = 700
"""Characters of an answer's sentence, above which nobody would say it."""

CLAUSE = 14
"""Characters of a part of a sentence that becomes one of its own, where that ends with a comma of Han script."""

BRIEF = 10
"""Characters below which a sentence is said together with the next; four times as many in Thai, whose sentences end
nowhere."""

_HEAD = re.compile(r"[^\n]{0,80} \[SEP\] ")
"""A title that one set of questions has put before its passages."""

_NUMBER = re.compile(r"(?<!\d)(?:\d{1,3}|\b[IVXL]+)\.\Z")

Span = tuple[int, int]


def sentences_around(each: Real, words: TalkWords, short: bool, chance: random.Random) -> list[Span]:
    """The sentences around one of the answers, cut where no answer is; in order."""
    text = each.passage
    head = _HEAD.match(text)
    start = head.end() if head and all(a >= head.end() for a, _ in each.answers) else 0
    room = AROUND_RAW if words.raw else AROUND
    anchor = chance.choice(each.answers)
    begin, end = max(start, anchor[0] - 2 * room), min(len(text), anchor[1] + 2 * room)
    spans: list[Span] = []
    least = 4 * BRIEF if words.gaps else BRIEF
    for a, b in sentences(text, begin, end):
        for part in _parts(text, a, b, words, short):
            split = bool(spans) and any(x < part[0] and y > spans[-1][1] for x, y in each.answers)
            if split or (spans and _unfinished(text, spans[-1], least)):
                spans[-1] = (spans[-1][0], part[1])
            elif text[part[0] : part[1]].strip():
                spans.append((part[1] - len(text[part[0] : part[1]].lstrip()), part[1]))
    at = next((n for n, (a, b) in enumerate(spans) if a <= anchor[0] and anchor[1] <= b), None)
    if at is None or spans[at][1] - spans[at][0] > ANSWERING:
        return []
    first = last = at
    if short:
        count = chance.randint(1, 3)
        before = chance.randint(0, count - 1)
        first, last = max(0, at - before), min(len(spans) - 1, at + count - 1 - before)
    else:
        wide = room * chance.uniform(0.3, 1.0)
        before = int(wide * chance.random())
        while first > 0 and spans[at][0] - spans[first - 1][0] <= before:
            first -= 1
        while last < len(spans) - 1 and spans[last + 1][1] - spans[at][1] <= wide - before:
            last += 1
    return spans[first : last + 1]


def _unfinished(text: str, span: Span, least: int) -> bool:
    """Whether a sentence was taken to end too early: after "II." or "21."."""
    return span[1] - span[0] < least or _NUMBER.search(text, max(span[0], span[1] - 8), span[1]) is not None


def _parts(text: str, start: int, end: int, words: TalkWords, short: bool) -> Iterable[Span]:
    """A sentence, in a script with 、 and ， cut at its commas where turns are to be short."""
    if short and words.raw and end - start > 3 * CLAUSE:
        begin = start
        for match in re.finditer("[，；]", text[start:end]):
            stop = start + match.end()
            if stop - begin >= CLAUSE and end - stop >= CLAUSE:
                yield begin, stop
                begin = stop
        yield begin, end
    else:
        yield start, end


def in_turns(spans: Sequence[Span], most: int, chance: random.Random) -> list[list[Span]]:
    """The sentences in turns of one to `most`."""
    groups, at = [], 0
    while at < len(spans):
        count = chance.randint(1, most)
        groups.append(list(spans[at : at + count]))
        at += count
    return groups
