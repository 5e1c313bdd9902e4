"""Does evidence support what is said, and which of its words does it not?

An answer to a question is as likely supported as the reader finds it again in the evidence: of all stretches that it
could mark for the question, and none, the share of those that are nearly the answer (`found_again`). One that does
not stand there, word for word, is not found again, whatever it means. Of claims made of questions in thirteen
languages that tells 95.6 of 100 pairs apart, the head that was taught claims 49 (336 claims, 2026-11-29).

So the head judges sentences alone (`judge_claim`), in a window laid out as it was taught (`encode.claims`). A longer
claim is judged in parts, each of which has to be supported; longer evidence in windows that overlap, of which one is
enough. A word is not supported where no window supports it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from galactica.ask.contract import Asserted, AssertedWord, Given, Support
from galactica.ask.weighing import logit
from galactica.codes.han import unspaced
from galactica.encode.claims import ClaimRoom, claim_heads
from galactica.encode.cross import CrossEncoder
from galactica.encode.pieces import Tokenizer, Tokens, Window

MOST_PARTS = 8
"""Parts of a claim that are judged: 640 pieces of a sentence, about 400 words. What lies behind them is not."""

MOST_WINDOWS = 32
"""Windows that are read for a claim, those of all its parts together: a second and a half of a core. What is left of
the evidence is not read."""

MOST_PLACES = 20
"""Places of an answer in its evidence that are looked at."""

NEARLY = 0.5
"""Share of the characters of a stretch and an answer that both have, from which the stretch is nearly the answer."""

LEAST = 1e-12
"""Nearer to 0 and 1 no likelihood counts, where it becomes a logit."""

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


def places_in(answer: str, text: str) -> list[tuple[int, int]]:
    """(start, end) of the first places where an answer stands in a text, whatever the case, at most `MOST_PLACES`."""
    wanted, plain = answer.strip(), text
    if len(wanted.lower()) == len(wanted) and len(text.lower()) == len(text):
        wanted, plain = wanted.lower(), text.lower()
    found: list[tuple[int, int]] = []
    start = plain.find(wanted) if wanted else -1
    while start >= 0 and len(found) < MOST_PLACES:
        found.append((start, start + len(wanted)))
        start = plain.find(wanted, start + len(wanted))
    return found


def found_again(
    answer: str,
    marked: Sequence[tuple[NDArray[np.float32], Window, int]],
    cuts: Sequence[Tokens],
    places: Sequence[Sequence[tuple[int, int]]],
) -> Support:
    """How surely an answer is found again in evidence.

    Args:
        marked: of each window of the evidence the margins of its stretches, as `float32 [first piece, last piece]` over
            none, and whose it is.
        cuts, places: of each evidence its pieces, and where the answer stands in it (`places_in`).
    """
    every, own = [0.0], [-math.inf]
    for margins, window, number in marked:
        able = np.isfinite(margins)
        every.append(_summed(margins[able]))
        cut, last = cuts[number], window.piece + window.count
        starts = np.array(cut.starts[window.piece : last])[:, None]
        ends = np.array(cut.ends[window.piece : last])[None, :]
        nearly = np.zeros_like(able)
        for start, end in places[number]:
            both = np.minimum(ends, end) - np.maximum(starts, start)
            nearly |= both > NEARLY * (np.maximum(ends, end) - np.minimum(starts, start))
        own.append(_summed(margins[able & nearly]))
    likely = min(1.0, math.exp(_summed(np.array(own)) - _summed(np.array(every))))
    start = len(answer) - len(answer.lstrip())
    word = AssertedWord(start=start, end=start + len(answer.strip()), doubt=-logit(likely, LEAST))
    return Support(likely=likely, words=(word,))


def _summed(logits: NDArray[np.floating[Any]]) -> float:
    """Logarithm of the sum of what logits are the logarithms of."""
    return float(np.logaddexp.reduce(logits.astype(np.float64))) if len(logits) else -math.inf


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
