"""Texts cut into pieces of words, each with where it stands: what a network that reads every language is fed with.

A unigram language model over NFKC-normalised text with "▁" for spaces (Kudo 2018, arXiv:1804.10959; Kudo and Richardson
2018, SentencePiece), done by the package `tokenizers`, which keeps for every piece the code points it came from.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from galactica.errors import MissingError

BEGIN, PAD, PART, UNKNOWN = 0, 1, 2, 3
"""Ids of the pieces that are no text: before a window, behind a shorter one, behind each of its parts, and for letters
that no piece has (XLM-R's, Conneau et al. 2020, arXiv:1911.02116)."""

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
"""Their names, in the order of their ids."""

SPACE = "▁"
"""Stands for a space, and before the first word."""

LONGEST_TEXT = 100_000
"""Characters of a text that are looked at; a passage has about a thousand."""

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """A text in pieces.

    Attributes:
        ids: of the pieces.
        starts, ends: of each piece in code points of the text, half-open, rising.
    """

    ids: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of a passage together with its question, as the network reads it.

    `<s> question </s> </s> title </s> pieces </s>`, without a title `<s> question </s> </s> pieces </s>`.

    Attributes:
        ids: of all pieces.
        first: place among `ids` of the first piece of the passage.
        piece: number of that piece among the passage's own.
        count: how many of them are in the window.
    """

    ids: tuple[int, ...]
    first: int
    piece: int
    count: int


class Tokenizer:
    """Cuts texts by a vocabulary; thread-safe.

    Args:
        pieces: in the order of their ids, `SPECIAL` first.
        scores: of each, the logarithm of how often it is met; those of the special ones do not count.

    Raises:
        MissingError: the package tokenizers is not installed.
        ValueError: the vocabulary does not begin with the special pieces, or has other than one score a piece.
    """

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        try:
            from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
        except ImportError:
            raise MissingError("The package tokenizers is not installed.", "pip install 'galactica[ask]'") from None
        if tuple(pieces[: len(SPECIAL)]) != SPECIAL or len(pieces) != len(scores):
            raise ValueError("no vocabulary")
        self._tokenizer: Any = Tokenizer(
            models.Unigram([(piece, float(score)) for piece, score in zip(pieces, scores, strict=True)], UNKNOWN)
        )
        self._space = next((number for number, piece in enumerate(pieces) if piece == SPACE), -1)
        self._tokenizer.normalizer = normalizers.NFKC()
        self._tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always")

    def cut(self, texts: Sequence[str]) -> list[Tokens]:
        """The pieces of each text; lone surrogates and control characters are part of none."""
        safe = [_SURROGATE.sub("\ufffd", text[:LONGEST_TEXT]) for text in texts]
        found = self._tokenizer.encode_batch(safe, add_special_tokens=False) if safe else []
        return [self._cut(each.ids, each.offsets, text) for each, text in zip(found, safe, strict=True)]

    def _cut(self, ids: Sequence[int], offsets: Sequence[tuple[int, int]], text: str) -> Tokens:
        # The space before a text's first letter stands nowhere.
        starts = tuple(
            start if number == self._space else _behind_spaces(text, start, end)
            for number, (start, end) in zip(ids, offsets, strict=True)
        )
        ends = tuple(
            start if number == self._space else end
            for number, start, (_, end) in zip(ids, starts, offsets, strict=True)
        )
        if not text.isascii():
            ends = tuple(
                _with_marks(text, end) if end > start else end for start, end in zip(starts, ends, strict=True)
            )
        return Tokens(ids=tuple(ids), starts=starts, ends=ends)

    def windows(self, question: Tokens, title: Tokens, passage: Tokens, longest: int, most: int) -> Iterator[Window]:
        """The windows over a passage: as few as go, of even length, each overlapping the next by half where one is
        not enough.

        Args:
            longest: pieces of a window with all that stands before.
            most: windows; what lies behind them is not read.
        """
        return self.windows_behind(self.head(question, title), passage, longest, most)

    def windows_behind(
        self, head: tuple[int, ...], passage: Tokens, longest: int, most: int = sys.maxsize
    ) -> Iterator[Window]:
        """The same behind what stands before them (`head`)."""
        room = max(1, longest - len(head) - 1)
        begin, number = 0, 0
        while number < most and (begin < len(passage) or number == 0):
            end = min(len(passage), begin + room)
            if number and end == len(passage):
                begin = max(0, end - room)
            yield self.window(head, passage.ids[begin:end], begin)
            if end == len(passage):
                return
            begin += max(1, room // 2)
            number += 1

    @staticmethod
    def head(question: Tokens, title: Tokens) -> tuple[int, ...]:
        """What stands before the pieces of a passage."""
        start = (BEGIN, *question.ids, PART, PART)
        return (*start, *title.ids, PART) if len(title) else start

    @staticmethod
    def window(head: tuple[int, ...], ids: Sequence[int], piece: int) -> Window:
        """A window of these pieces of a passage, the first of which has the number `piece`."""
        return Window(ids=(*head, *ids, PART), first=len(head), piece=piece, count=len(ids))


def shortened(cut: Tokens, most: int) -> Tokens:
    """The first pieces of a text."""
    return cut if len(cut) <= most else Tokens(ids=cut.ids[:most], starts=cut.starts[:most], ends=cut.ends[:most])


def _behind_spaces(text: str, start: int, end: int) -> int:
    """Where a piece begins without the space before its word."""
    while start < end and text[start].isspace():
        start += 1
    return start


def _with_marks(text: str, end: int) -> int:
    """Where a piece ends with the accents that stand behind its last letter."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end
