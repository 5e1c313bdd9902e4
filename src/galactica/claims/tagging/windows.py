"""An article laid out for the network: its paragraphs that hold candidates, each behind the article's title and the
beginning of its first sentence, which says what kind of thing it is.

`<s> title </s> </s> what it is </s> pieces of the paragraph </s>`. A paragraph longer than a window is cut between
sentences; a sentence longer than a window is passed over.
"""

from __future__ import annotations

import bisect
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from galactica.claims.sentences.cutting import sentences_in
from galactica.claims.sentences.lexicon import Lexicon
from galactica.claims.sentences.reading import LONGEST, first_sentence_of, sentence_lines
from galactica.claims.sentences.reading import PRONOUNS_WITHIN as WITHIN
from galactica.claims.sentences.subjects import Spoken
from galactica.claims.sentences.topics import Topic, topic_of
from galactica.claims.tagging.candidates import ValueCandidate, candidates_of
from galactica.codes.han import fold_han
from galactica.encode.pieces import Tokenizer, Tokens, Window, shortened

TITLE, DEFINED = 16, 28
"""Pieces of the title, and of the first sentence, that stand before a paragraph."""

ROOM = 200
"""Pieces of a paragraph in one window: with what stands before it, as many as the network learned to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCandidate:
    """A candidate in its window.

    Attributes:
        candidate: with its place in the sentence.
        spoken: the sentence in its place.
        start, end: of the sentence, in code points of the text.
        first, last: places of its first and last piece in the window.
        leading: whether it is of the article's first sentence.
    """

    candidate: ValueCandidate
    spoken: Spoken
    start: int
    end: int
    first: int
    last: int
    leading: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedWindow:
    """A window and the candidates in it.

    Attributes:
        title: places of the first piece of the title, and behind its last one.
    """

    window: Window
    title: tuple[int, int]
    placed: tuple[PlacedCandidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidArticle:
    """An article as it is laid out.

    Attributes:
        text: its projection, in a script without spaces folded.
        topic: what it is about.
        lines: (start, end) of its paragraphs.
        at: the number of that with its first sentence; -1 where none speaks of the title.
        first: that sentence.
    """

    text: str
    title: str
    words: Lexicon
    topic: Topic
    lines: tuple[tuple[int, int], ...]
    at: int
    first: str


def laid_article(
    text: str,
    title: str,
    words: Lexicon,
    *,
    aliases: Sequence[str] = (),
    headings: Sequence[tuple[int, int]] = (),
    passed_over: Sequence[tuple[int, int]] = (),
) -> LaidArticle:
    """An article's paragraphs and what it is about; arguments as of `sentence_claims`."""
    seen = text if words.spaced else fold_han(text)
    lines = tuple(sentence_lines(seen, headings, passed_over, words))
    at, first = first_sentence_of(seen, lines, title, aliases, words)
    topic = topic_of(first, seen[:WITHIN], title, aliases, words)
    return LaidArticle(text=seen, title=title, words=words, topic=topic, lines=lines, at=at, first=first)


def windows_of(laid: LaidArticle, pieces: Tokenizer, only: Collection[int] | None = None) -> Iterator[TaggedWindow]:
    """The windows of an article in the order of its text.

    Args:
        only: numbers of the paragraphs that are read; None: all.
    """
    title = shortened(pieces.cut([laid.title])[0], TITLE)
    head = Tokenizer.head(title, shortened(pieces.cut([laid.first])[0], DEFINED))
    for number, (start, end) in enumerate(laid.lines):
        if only is not None and number not in only:
            continue
        spans = [(a, b) for a, b in sentences_in(laid.text, start, end, laid.words)]
        found = [
            (index, each)
            for index, (a, b) in enumerate(spans)
            if b - a <= LONGEST and laid.text[b - 1] not in "?？؟"
            for each in candidates_of(laid.text[a:b], laid.topic, laid.words)
        ]
        if not found:
            continue
        cut = pieces.cut([laid.text[start:end]])[0]
        for low, high in _groups(cut, spans, start):
            inside = [(index, each) for index, each in found if low <= index < high]
            if inside:
                yield _window(laid, number, spans, (low, high), inside, cut, head, len(title))


def _groups(cut: Tokens, spans: Sequence[tuple[int, int]], start: int) -> Iterator[tuple[int, int]]:
    """(first, behind the last) of the sentences that stand in a window together."""
    first = 0
    for index in range(len(spans)):
        if _pieces(cut, spans[first][0] - start, spans[index][1] - start) > ROOM and index > first:
            yield first, index
            first = index
    yield first, len(spans)


def _pieces(cut: Tokens, start: int, end: int) -> int:
    return bisect.bisect_left(cut.starts, end) - bisect.bisect_right(cut.ends, start)


def _window(
    laid: LaidArticle,
    number: int,
    spans: Sequence[tuple[int, int]],
    group: tuple[int, int],
    inside: Sequence[tuple[int, ValueCandidate]],
    cut: Tokens,
    head: tuple[int, ...],
    title: int,
) -> TaggedWindow:
    line = laid.lines[number][0]
    begin = bisect.bisect_right(cut.ends, spans[group[0]][0] - line)
    stop = min(bisect.bisect_left(cut.starts, spans[group[1] - 1][1] - line), begin + ROOM)
    window = Tokenizer.window(head, cut.ids[begin:stop], begin)
    placed = []
    for index, each in inside:
        a, b = spans[index]
        first = bisect.bisect_right(cut.ends, a - line + each.start)
        last = bisect.bisect_left(cut.starts, a - line + each.end) - 1
        if not begin <= first <= last < stop:
            continue
        before = tuple(laid.text[c:d] for c, d in spans[:index])
        spoken = Spoken(
            sentence=laid.text[a:b], before=before, topic=laid.topic, words=laid.words, leading=number == laid.at
        )
        offset = len(head) - begin
        placed.append(
            PlacedCandidate(
                candidate=each,
                spoken=spoken,
                start=a,
                end=b,
                first=first + offset,
                last=last + offset,
                leading=number == laid.at and index == 0,
            )
        )
    return TaggedWindow(window=window, title=(1, 1 + title), placed=tuple(placed))
