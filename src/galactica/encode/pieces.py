"""Texts cut into word pieces, each with where it stands: what a network that reads English is fed with.

WordPiece over lower-cased letters without accents (Wu et al. 2016, arXiv:1609.08144; Devlin et al. 2019), done by the
package `tokenizers`, which keeps for every piece the code points it came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from galactica.errors import MissingError

PAD, UNKNOWN, BEGIN, PART, MASK = "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"
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

    `[CLS] question [SEP] title [SEP] pieces [SEP]`, without a title `[CLS] question [SEP] pieces [SEP]`.

    Attributes:
        ids: of all pieces.
        kinds: 0 up to the end of the question, then 1.
        first: place among `ids` of the first piece of the passage.
        piece: number of that piece among the passage's own.
        count: how many of them are in the window.
    """

    ids: tuple[int, ...]
    kinds: tuple[int, ...]
    first: int
    piece: int
    count: int


class Tokenizer:
    """Cuts texts by a vocabulary; thread-safe.

    Args:
        vocabulary: the pieces in the order of their ids; "##" before those that go on a word.

    Raises:
        MissingError: the package tokenizers is not installed.
        ValueError: the vocabulary lacks one of the five special pieces.
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        try:
            from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
        except ImportError:
            raise MissingError("The package tokenizers is not installed.", "pip install 'galactica[ask]'") from None
        ids = {piece: number for number, piece in enumerate(vocabulary)}
        lacking = [name for name in (PAD, UNKNOWN, BEGIN, PART, MASK) if name not in ids]
        if lacking:
            raise ValueError(f"the vocabulary lacks {lacking[0]}")
        self.pad, self.begin, self.part, self.mask = (ids[name] for name in (PAD, BEGIN, PART, MASK))
        self._tokenizer: Any = Tokenizer(models.WordPiece(ids, unk_token=UNKNOWN, max_input_chars_per_word=100))
        self._tokenizer.normalizer = normalizers.BertNormalizer()
        self._tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()

    def cut(self, texts: Sequence[str]) -> list[Tokens]:
        """The pieces of each text; lone surrogates and control characters are part of none."""
        safe = [_SURROGATE.sub("\ufffd", text[:LONGEST_TEXT]) for text in texts]
        found = self._tokenizer.encode_batch(safe, add_special_tokens=False) if safe else []
        return [_cut(each.ids, each.offsets, text) for each, text in zip(found, safe, strict=True)]

    def windows(self, question: Tokens, title: Tokens, passage: Tokens, longest: int, most: int) -> Iterator[Window]:
        """The windows over a passage: as few as go, of even length, each overlapping the next by half where one is
        not enough.

        Args:
            longest: pieces of a window with all that stands before.
            most: windows; what lies behind them is not read.
        """
        head = self.head(question, title)
        room = max(1, longest - len(head) - 1)
        begin, number = 0, 0
        while number < most and (begin < len(passage) or number == 0):
            end = min(len(passage), begin + room)
            if number and end == len(passage):
                begin = max(0, end - room)
            yield self.window(head, len(question), passage.ids[begin:end], begin)
            if end == len(passage):
                return
            begin += max(1, room // 2)
            number += 1

    def head(self, question: Tokens, title: Tokens) -> tuple[int, ...]:
        """What stands before the pieces of a passage."""
        start = (self.begin, *question.ids, self.part)
        return (*start, *title.ids, self.part) if len(title) else start

    def window(self, head: tuple[int, ...], asked: int, ids: Sequence[int], piece: int) -> Window:
        """A window of these pieces of a passage, the first of which has the number `piece`; `asked` of the question."""
        whole = (*head, *ids, self.part)
        kinds = (0,) * (asked + 2) + (1,) * (len(whole) - asked - 2)
        return Window(ids=whole, kinds=kinds, first=len(head), piece=piece, count=len(ids))


def shortened(cut: Tokens, most: int) -> Tokens:
    """The first pieces of a text."""
    return cut if len(cut) <= most else Tokens(ids=cut.ids[:most], starts=cut.starts[:most], ends=cut.ends[:most])


def _cut(ids: Sequence[int], offsets: Sequence[tuple[int, int]], text: str) -> Tokens:
    ends = tuple(end for _, end in offsets)
    if not text.isascii():
        ends = tuple(_with_marks(text, end) for end in ends)
    return Tokens(ids=tuple(ids), starts=tuple(start for start, _ in offsets), ends=ends)


def _with_marks(text: str, end: int) -> int:
    """Where a piece ends with the accents that stand behind its last letter."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end
