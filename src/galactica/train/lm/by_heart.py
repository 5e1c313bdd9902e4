"""Whether a model says by heart what it learned: begun with some tokens of a document, does it go on word for word?

As Carlini et al. 2023 (arXiv:2202.07646) measure it: a prompt out of a document, the likeliest continuation, compared
with how the document goes on. Documents that were held back are asked the same; what is found there was not memorised.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from galactica.train.lm.plain import PlainDecoder

PROMPT, GOES_ON = 32, 32
"""Tokens that are given, and that are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHeart:
    """What a model said by heart.

    Attributes:
        prompts: that it was given.
        whole: continuations that are those of the document, to the last of `GOES_ON` tokens.
        tokens: of a continuation that are the document's before the first that is not, the mean.
        longest: of them.
    """

    prompts: int
    whole: int
    tokens: float
    longest: int


def stretches_of(documents: Sequence[NDArray[np.integer]], seed: int = 0) -> Iterator[tuple[list[int], list[int]]]:
    """(prompt, how it goes on) of each document that is long enough, from a place that its number and a seed give."""
    chance = np.random.Generator(np.random.PCG64(seed))
    for tokens in documents:
        share = chance.random()
        room = len(tokens) - PROMPT - GOES_ON
        if room >= 0:
            at = int(share * (room + 1))
            given = tokens[at : at + PROMPT + GOES_ON].tolist()
            yield given[:PROMPT], given[PROMPT:]


def said_by_heart(decoder: PlainDecoder, stretches: Sequence[tuple[list[int], list[int]]]) -> ByHeart:
    """How far a model goes on word for word.

    Args:
        decoder: begins anew with each prompt; its context takes prompt and continuation.
        stretches: (prompt, how it goes on).
    """
    found = []
    for prompt, goes_on in stretches:
        decoder.forget()
        logits = decoder.read(prompt, last=True)[0]
        same = 0
        while same < len(goes_on) and int(logits.argmax()) == goes_on[same]:
            same += 1
            if same < len(goes_on):
                logits = decoder.read([goes_on[same - 1]], last=True)[0]
        found.append(same)
    return ByHeart(
        prompts=len(found),
        whole=sum(same == len(goes_on) for same, (_, goes_on) in zip(found, stretches, strict=True)),
        tokens=sum(found) / len(found) if found else 0.0,
        longest=max(found, default=0),
    )
