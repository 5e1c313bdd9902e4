"""What can be quoted: stretches of an article, its sentences, and what stands around them.

Rule: a quotation is always `page.text[start:end]`, nothing changed. Whoever quotes goes through `cite`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from galactica.ask.holdings import Page
from galactica.codes import segment
from galactica.codes.turns import question_above
from galactica.model import Citation, date_of, licence_of

LONGEST_SENTENCE = 600
"""Code points of a sentence; what runs longer (a table, a list without stops) is cut around what is quoted."""

ENOUGH_PHRASES = 160
"""Code points that a quotation in Thai or Lao has at least, where its line goes on: what stands between two spaces
there is a phrase, and seldom says by itself what it is about."""

OPENING = 3
"""Passages in which the first sentence of an article is looked for: a table may stand before it."""

_STOPS = tuple(".!?…。！？｡।॥۔؟։።။")
_PHRASES = re.compile("[\u0e00-\u0eff]")
"""Letters of scripts whose sentences have no stops: they are cut at their spaces."""

_CLOSING = "\"'”’»)]」』）"
"""What a sentence ends with, and what may stand behind it; Thai and Lao have no stops."""


def cite(page: Page, start: int, end: int, mark: tuple[int, int] = (0, 0)) -> Citation:
    """Quote `page.text[start:end]`.

    Args:
        page: where it stands.
        start, end: in code points of `page.text`; taken into its bounds, so that every citation resolves.
        mark: (start, end) within the quotation of what answers; (0, 0) where nothing stands out.
    """
    start = max(0, min(start, len(page.text)))
    end = max(start, min(end, len(page.text)))
    quote = page.text[start:end]
    first, last = mark
    if not 0 <= first < last <= len(quote):
        first, last = 0, 0
    article, source = page.article, page.source
    return Citation(
        edition=page.edition,
        id=article.id,
        title=article.title,
        language=article.language,
        source=article.source,
        source_title=source.title or source.key,
        path=article.path,
        url=article.url,
        licence=licence_of(article.licence, page.work, source),
        date=date_of(article.modified, article.published, page.work, source),
        passage=passage_at(page, start),
        start=start,
        end=end,
        quote=quote,
        mark=(first, last),
        work=page.work.title if page.work is not None else "",
        place=page.anchors.at(start),
    )


def asked_above(page: Page, start: int) -> str:
    """What somebody asks that `page.text[start]` answers, where people talk (`turns`): a quotation out of an answer
    says little without it. "" in another text."""
    span = question_above(page.text, start)
    return "" if span is None else page.text[slice(*span)]


def resolves(citation: Citation, page: Page | None) -> bool:
    """Whether a quotation stands where it says, character for character, in that article of that edition."""
    return (
        page is not None
        and page.edition == citation.edition
        and page.article.id == citation.id
        and 0 <= citation.start <= citation.end <= len(page.text)
        and page.text[citation.start : citation.end] == citation.quote
    )


def passage_at(page: Page, position: int) -> int:
    """Number of the passage that a position of the text is in; of one between two, the one before; at least 0."""
    return max(0, bisect_right(page.starts, position) - 1)


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the sentences of `text[start:end]`, in order; none goes over the end of a line.

    See `codes.segment.sentences` for where one ends. A cell of a table is a sentence of its own.
    """
    stop = len(text) if end is None else end
    begin = start
    while begin < stop:
        cut = text.find("\n", begin, stop)
        cut = stop if cut < 0 else cut
        if begin < cut:
            yield from segment.sentences(text, begin, cut)
        begin = cut + 1


def first_sentences(page: Page) -> tuple[int, int]:
    """Where an article begins to speak: (start, end) of its first sentence and, in the same line, the one behind it.

    What is no sentence (rows of a table, a line of keywords) is passed over in its first passages.
    """
    last = page.ends[min(len(page.ends), OPENING) - 1] if page.ends else len(page.text)
    spans = list(sentence_spans(page.text, page.starts[0] if page.starts else 0, last))
    whole = [number for number, (start, end) in enumerate(spans) if _is_sentence(page.text[start:end])]
    if not spans:
        return 0, 0
    at = whole[0] if whole else 0
    start, end = spans[at]
    for begin, finish in spans[at + 1 : at + 2]:
        if "\n" not in page.text[end:begin] and finish - start <= LONGEST_SENTENCE:
            end = finish
    return start, min(end, start + LONGEST_SENTENCE)


def _is_sentence(text: str) -> bool:
    return "\t" not in text and text.rstrip(_CLOSING)[-1:] in _STOPS


def around(page: Page, start: int, end: int) -> tuple[int, int]:
    """The sentence that holds `page.text[start:end]`, or the sentences, where it goes over a border.

    Returns:
        (start, end), at most `LONGEST_SENTENCE` long where what is quoted is not longer itself.
    """
    number = passage_at(page, start)
    low, high = (page.starts[number], page.ends[number]) if page.starts else (0, len(page.text))
    low, high = min(low, start), max(high, end)
    first, last = start, end
    spans = list(sentence_spans(page.text, low, high))
    for begin, finish in spans:
        if begin <= start < finish:
            first = begin
        if begin < end <= finish:
            last = finish
        if begin >= end:
            break
    if last - first < ENOUGH_PHRASES and _PHRASES.search(page.text, first, last):
        first, last = _with_phrases(page.text, spans, first, last)
    return _shortened(page.text, first, last, start, end)


def _with_phrases(text: str, spans: Sequence[tuple[int, int]], first: int, last: int) -> tuple[int, int]:
    """A phrase with those beside it in its line, one before and one behind in turn, until it is long enough."""
    before = [begin for begin, finish in spans if finish <= first and "\n" not in text[begin:first]]
    behind = [finish for begin, finish in reversed(spans) if begin >= last and "\n" not in text[last:finish]]
    while last - first < ENOUGH_PHRASES and (before or behind):
        if before:
            first = before.pop()
        if behind and last - first < ENOUGH_PHRASES:
            last = behind.pop()
    return first, last


def _shortened(text: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """A sentence that is too long, cut at white space on both sides of what is quoted."""
    room = max(0, LONGEST_SENTENCE - (end - start)) // 2
    if last - first <= LONGEST_SENTENCE:
        return first, last
    if start - first > room:
        space = max(text.find(gap, start - room, start) for gap in (" ", "\t", "，", "、"))
        first = space + 1 if space >= 0 else start - room
    if last - end > room:
        space = max(text.rfind(gap, end, end + room) for gap in (" ", "\t", "，", "、"))
        last = space if space > end else end + room
    return first, last
