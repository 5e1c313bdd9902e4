"""A text → its longest verbatim spans in a view, and the documents where each stands.

Verbatim means byte for byte in UTF-8: nothing is made equal, neither case nor white space. Every span was seen: its
places are compared with the text of the edition itself, and an index that says what is not so is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galactica.errors import InputError, UsageError
from galactica.train.tracing.chance import chance_bytes
from galactica.train.tracing.characters import at_characters, code_points, in_article
from galactica.train.tracing.document_texts import DocumentTexts, Octets
from galactica.train.tracing.index import TraceIndex
from galactica.train.tracing.layout import unusable_index
from galactica.train.tracing.matching import DEEPEST, UNFOLLOWED, PieceMatches, match_pieces
from galactica.train.tracing.pieces import traced_pieces
from galactica.train.tracing.stretches import (
    DeepWindows,
    MatchedStretch,
    Needed,
    grown,
    not_held,
    short_ends,
    short_stretches,
    sure_stretches,
)
from galactica.train.tracing.told import TracedPlace, TracedSpan, TracedText
from galactica.train.tracing.worth import SureWindow, ends_worth_it, fewest_pieces, word_begins
from galactica.train.views.view import DocumentFacts, View

LARGEST_TEXT = 2**20
"""Bytes of a text that is traced: memory is some 40 bytes for each piece of it and part of the index."""

PLACES = 3
"""Places of each span that are read and told, unless asked otherwise."""

MOST_PLACES = 16
"""Places of each span that may be asked for."""

MOST_SPANS = 1000
"""Short spans that are read and told: at three places each, two or three seconds."""

_FOLLOWED = 4
"""Times that, of each run of sure windows, the first that nothing holds is followed; what is left is searched."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A span in bytes, how many places it has, and those that were seen."""

    start: int
    end: int
    count: int
    places: tuple[tuple[int, int], ...]


class Tracer:
    """A view and its index, open: `trace` may be called by several threads."""

    def __init__(self, view: View, index: TraceIndex) -> None:
        """Raises InputError where the index is of another view."""
        if index.manifest.view != view.hash or index.manifest.documents != len(view):
            raise InputError(
                f"{index.path} is an index of another view than {view.path}.",
                "Remove it; galactica trace makes it again.",
            )
        self.view = view
        self.index = index

    def trace(
        self, text: bytes | str, *, least: int | None = None, places: int = PLACES, most: int = MOST_SPANS
    ) -> TracedText:
        """Find the verbatim spans of a text.

        Args:
            text: of at most `LARGEST_TEXT` bytes; bytes that are not UTF-8 stand nowhere.
            least: bytes of the shortest span that is told; None: what is beyond chance (`chance.chance_bytes`).
            places: of each span, how many are read and told, 1 to `MOST_PLACES`.
            most: of the spans of less than some 130 bytes, how many are read and told, the longest; others only count.

        Raises:
            UsageError: the text is too long, or a number out of range.
            InputError: the index is damaged.
            EditionError: an edition is damaged.
        """
        told = text if isinstance(text, str) else text.decode("utf-8", "replace")
        raw = told.encode("utf-8", "replace")
        if len(raw) > LARGEST_TEXT:
            raise UsageError(
                f"The text has {len(raw):,} bytes; {LARGEST_TEXT:,} are traced at a time.", "Trace it in parts."
            )
        if not 1 <= places <= MOST_PLACES or most < 1 or (least is not None and least < 1):
            raise UsageError(
                f"Places are 1 to {MOST_PLACES}, and the least is 1 byte or more.", "Ask for other numbers."
            )
        work = _Work(self, np.frombuffer(raw, np.uint8), least, places, most)
        spans = work.spans()
        covered = np.zeros(len(raw) + 1, np.int32)
        for start, end in (*((span.start, span.end) for span in spans), *work.unread):
            covered[start] += 1
            covered[end] -= 1
        return TracedText(
            text=told,
            spans=work.told(spans),
            verbatim=int(np.count_nonzero(np.cumsum(covered)[:-1])),
            bytes=len(raw),
            least=work.least,
            untold=len(work.unread),
        )


class _Work:
    """The tracing of one text."""

    def __init__(self, tracer: Tracer, text: Octets, least: int | None, places: int, most: int) -> None:
        self._view, self._index = tracer.view, tracer.index
        self._text = text
        self._starts, self._pieces = traced_pieces(text)
        self._ends = np.append(self._starts[1:], len(text))
        self.least = least or chance_bytes(tracer.index.manifest, len(self._pieces))
        self._places = places
        self._most = most
        self.unread: list[tuple[int, int]] = []
        self._texts = DocumentTexts(tracer.view)

    def spans(self) -> list[_Found]:
        """The spans that are long enough, in the order of the text; none holds another."""
        if not len(self._pieces):
            return []
        words = self._index.words_of(self._pieces)
        sampled = ends_worth_it(
            self._index, self._pieces, words, fewest_pieces(self._starts, len(self._text), self.least)
        )
        found, followed = self._sure(sampled.sure)
        matches = match_pieces(self._index, self._pieces, words, sampled.worth, followed)
        found += self._deep(DeepWindows(self._index, matches, self._pieces))
        begins = word_begins(self._starts, len(self._text))
        ends = self._longest(matches, begins, short_ends(matches))
        needed = Needed(starts=self._starts, pieces=self._pieces, begins=begins, size=len(self._text), least=self.least)
        found += self._short(short_stretches(self._index, matches, ends, needed))
        good = [each for each in found if each.end - each.start >= self.least]
        return [good[number] for number in not_held([(each.start, each.end) for each in good])]

    def told(self, spans: Sequence[_Found]) -> tuple[TracedSpan, ...]:
        """Spans as a person is told them, with the facts of their places."""
        number = code_points(self._text)
        return tuple(
            TracedSpan(
                start=int(number[span.start]),
                end=int(number[span.end]),
                bytes=span.end - span.start,
                count=max(span.count, len(span.places)),
                places=tuple(self._place(document, at, span.end - span.start) for document, at in span.places),
            )
            for span in spans
        )

    def _sure(self, runs: Sequence[Sequence[SureWindow]]) -> tuple[list[_Found], npt.NDArray[np.int64]]:
        """Of runs of windows that stand in one place, the long stretches that hold them, and `PieceMatches.followed`.

        Whatever holds such a window stands in its document, so that from its end on no other end of that stretch needs
        a search.
        """
        followed = np.full(len(self._pieces), UNFOLLOWED)
        found: list[_Found] = []
        left = [list(reversed(run)) for run in runs]
        for _ in range(_FOLLOWED):
            for run in left:
                while run and followed[run[-1].end] != UNFOLLOWED:
                    run.pop()
            windows = [run.pop() for run in left if run]
            if not windows:
                break
            for stretch in sure_stretches(self._index, windows):
                seen = self._seen(stretch, stretch.documents, stretch.offsets)
                start, end, _, _ = seen[0]
                first, behind = (
                    int(np.searchsorted(self._starts, start)),
                    int(np.searchsorted(self._ends, end, "right")),
                )
                if behind - first >= DEEPEST:
                    followed[stretch.last - 1 : behind] = first
                    found += self._joined(stretch, seen)
        return found, followed

    def _longest(
        self, matches: PieceMatches, begins: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.int64]:
        """Ends of the longest stretches that, with what may be found of the pieces on both sides, are long enough.

        Of those that are too many to be read, what is long enough by itself is remembered as `unread`.
        """
        deepest = matches.deepest[ends]
        first = ends + 1 - deepest
        left = np.where(first > 0, begins[np.maximum(first - 1, 0)], 0)
        right = self._ends[np.minimum(ends + 1, len(self._ends) - 1)]
        ends, first = ends[right - left >= self.least], first[right - left >= self.least]
        sizes = self._ends[ends] - self._starts[first]
        order = np.lexsort((ends, -sizes))
        unread = order[self._most :]
        unread = unread[sizes[unread] >= self.least]
        self.unread = list(zip(self._starts[first[unread]].tolist(), self._ends[ends[unread]].tolist(), strict=True))
        return np.sort(ends[order[: self._most]])

    def _deep(self, windows: DeepWindows) -> list[_Found]:
        """Long stretches, each followed in its documents."""
        found: list[_Found] = []
        for window in windows:
            seen = self._seen(window, window.documents, window.offsets)
            found += self._joined(window, seen)
            leftmost = min(start for start, _, _, _ in seen)
            if leftmost <= 0:
                break
            windows.skip(int(np.searchsorted(self._starts, leftmost)))
        return found

    def _short(self, stretches: Sequence[MatchedStretch]) -> list[_Found]:
        """Short stretches: each is read where most is the same behind it, then in documents that have most others."""
        having: Counter[int] = Counter()
        for each in stretches:
            having.update(set(each.documents.tolist()))
        found: list[_Found] = []
        for each in stretches:
            held = np.array([having[document] for document in each.documents.tolist()])
            chosen = np.lexsort((-held, -each.after))[: self._places]
            seen = self._seen(each, each.documents[chosen], each.offsets[chosen])
            found += self._joined(each, seen)
        return found

    def _seen(
        self, stretch: MatchedStretch, documents: npt.NDArray[np.int64], offsets: npt.NDArray[np.int64]
    ) -> list[tuple[int, int, int, int]]:
        """(start, end of the text, document, byte of the document) of the places that are as the index says, grown."""
        span = int(self._starts[stretch.first]), int(self._ends[stretch.last - 1])
        self._texts.want(documents.tolist())
        seen = []
        for document, offset in zip(documents.tolist(), offsets.tolist(), strict=True):
            whole = grown(self._text, span, self._texts[document], offset)
            if whole is None:
                raise unusable_index(self._index.path, "what it finds does not stand in the documents")
            start, end = at_characters(self._text, *whole)
            seen.append((start, end, document, offset - (span[0] - start)))
        return seen

    def _joined(self, stretch: MatchedStretch, seen: Sequence[tuple[int, int, int, int]]) -> list[_Found]:
        """What was seen at places, equal spans together."""
        by_span: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for start, end, document, at in seen:
            by_span.setdefault((start, end), []).append((document, at))
        return [
            _Found(
                start,
                end,
                stretch.count if len(by_span) == 1 else len(places),
                tuple(dict.fromkeys(places))[: self._places],
            )
            for (start, end), places in by_span.items()
        ]

    def _place(self, document: int, at: int, size: int) -> TracedPlace:
        self._texts.want([document])
        text = self._texts[document].tobytes()
        before, inside = text[:at].decode("utf-8", "replace"), text[at : at + size].decode("utf-8", "replace")
        start, end = len(before), len(before) + len(inside)
        facts = self._view.about(document)
        return TracedPlace(
            document=document,
            start=start,
            end=end,
            passage=in_article(start, end, len(facts.title) + len("\n\n"), self._view.cuts(document)),
            path=self._path(facts),
            before=before[-CONTEXT:],
            after=text[at + size : at + size + 4 * CONTEXT].decode("utf-8", "replace")[:CONTEXT],
            facts=facts,
        )

    def _path(self, facts: DocumentFacts) -> str:
        edition = next(each for each in self._view.editions if each.root == facts.edition)
        return edition.head(facts.row).path


CONTEXT = 80
"""Code points of a document that are told on both sides of a span."""
