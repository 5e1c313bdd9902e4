"""What the network says of a claim and its evidence: does it support the claim, and which words does it not?

The window is laid out as it was taught (`encode.claims`). A longer claim is judged in parts, each of which has to be
supported; longer evidence in windows that overlap, of which one is enough. A word is not supported where no window
supports it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from galactica.ask.contract import Asserted, AssertedWord, Given, Support
from galactica.codes.han import unspaced
from galactica.encode.claims import ClaimRoom, claim_heads
from galactica.encode.cross import CrossEncoder
from galactica.encode.pieces import Tokenizer, Tokens, Window

MOST_PARTS = 8
"""Parts of a claim that are judged: 640 pieces of a sentence, about 400 words. What lies behind them is not."""

MOST_WINDOWS = 32
"""Windows that are read for a claim, those of all its parts together: a second and a half of a core. What is left of
the evidence is not read."""

MOST_TITLE = 200
"""Characters of a title that are looked at."""


def judge_claim(
    network: CrossEncoder, room: ClaimRoom, longest: int, claim: Asserted, evidence: Sequence[Given]
) -> Support | None:
    """See `contract.Reader.judge`.

    Args:
        room: for what stands before the evidence.
        longest: pieces of a window.
    """
    pieces = network.tokenizer
    question, text = pieces.cut([claim.question, claim.text])
    shown = [each for each in evidence if each.text.strip()]
    words = _words(claim.text, text)
    if not words or not shown:
        return None
    titles = pieces.cut([each.title[:MOST_TITLE] for each in shown])
    texts = pieces.cut([each.text for each in shown])
    heads = [list(islice(claim_heads(question, text, title, room), MOST_PARTS)) for title in titles]
    most = max(1, MOST_WINDOWS // len(heads[0]))
    doubts = np.full(len(text), -math.inf, np.float32)
    weakest = math.inf
    for part in zip(*heads, strict=True):
        several = ((head.ids, cut) for head, cut in zip(part, texts, strict=True) if len(cut))
        read = network.read(list(islice(_windows(pieces, several, longest), most)))
        if not read:
            return None
        own = slice(1 + part[0].claimed - part[0].answered, 1 + part[0].claimed)
        doubts[part[0].first : part[0].first + part[0].answered] = np.min([each.unsupported[own] for each in read], 0)
        weakest = min(weakest, max(each.supported for each in read))
    return Support(likely=float(1 / (1 + np.exp(-np.float64(weakest)))), words=_doubted(words, doubts, text))


def _windows(pieces: Tokenizer, several: Iterator[tuple[tuple[int, ...], Tokens]], longest: int) -> Iterator[Window]:
    """The windows of all evidence, each behind its head."""
    for head, cut in several:
        yield from pieces.windows_behind(head, cut, longest)


def _words(text: str, cut: Tokens) -> list[tuple[int, int]]:
    """(first, last) piece of each word; of a script without spaces each piece is one."""
    found: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(zip(cut.starts, cut.ends, strict=True)):
        if not any(map(str.isalnum, text[start:end])):
            continue
        last = found[-1][1] if found else -1
        joined = last == number - 1 and last >= 0 and cut.ends[last] == start and text[start].isalnum()
        if joined and text[start - 1].isalnum() and not unspaced(text[start - 1 : start + 1]):
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return found


def _doubted(words: Sequence[tuple[int, int]], doubts: NDArray[np.float32], cut: Tokens) -> tuple[AssertedWord, ...]:
    """The words that were judged, each with the mean of its pieces."""
    return tuple(
        AssertedWord(start=cut.starts[first], end=cut.ends[last], doubt=float(doubts[first : last + 1].mean()))
        for first, last in words
        if np.isfinite(doubts[first : last + 1]).all()
    )
