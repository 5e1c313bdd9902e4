"""When a head is believed: proposals of articles that were put aside, judged by a person against their sentences.

A judged proposal is a line of JSON: `root` of the edition, `id` of the article, `property`, `start` and `end` of the
value in the text, `right` (true or false). They are read again with whatever head is being settled. A property's
threshold, for scripts with spaces and without them apart, is the lowest logit from which `WANTED` of its judged
proposals are right; how often a claim so far above its threshold is right is one rising curve for all (isotonic
regression, pool adjacent violators).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from galactica.errors import InputError

WANTED = 0.95
"""Of what is claimed, how much is to be right."""

LEAST_JUDGED = 6
"""Proposals of a property that must have been judged at or above its threshold; else it is never claimed."""

LEAST_SHARE = 0.5
"""Of a property's judged proposals, how many must lie at or above its threshold: that the few at the very top of many
were right may be chance."""

NEVER = 1e6
"""A threshold that nothing reaches."""

MOST_LINES = 20_000
"""Of a file of judgements."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedProposal:
    """A proposal that was judged.

    Attributes:
        root: of its edition.
        article: its id, in hex.
        property: that was proposed.
        start, end: of the value, in code points of the article's text.
        right: whether the sentence says that value of that property of what the article is about.
    """

    root: str
    article: str
    property: str
    start: int
    end: int
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredProposal:
    """A judged proposal as a head sees it.

    Attributes:
        unspaced: whether its article is in a script without spaces.
        logit: of its property.
    """

    property: str
    unspaced: bool
    logit: float
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledHead:
    """Thresholds and confidence.

    Attributes:
        thresholds: `float32 [2, properties]`, of scripts with spaces, and without them.
        knots, sure: logits above a threshold, rising, and how often what lies there is right.
        judged, right: how many proposals were judged, and right.
        claimed, claimed_right: of these, at or above their thresholds.
    """

    thresholds: Floats
    knots: Floats
    sure: Floats
    judged: int
    right: int
    claimed: int
    claimed_right: int


def read_judged(path: Path) -> tuple[JudgedProposal, ...]:
    """The judgements of a file.

    Raises:
        InputError: it cannot be read, or is no such file.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
        if len(lines) > MOST_LINES:
            raise InputError(f"{path.name} has more than {MOST_LINES:,} lines.", "Name several files.")
        return tuple(_judged(json.loads(line)) for line in lines if line.strip())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{path.name} is no file of judged proposals ({error}).", "See train/tagger/settling.py."
        ) from None


def _judged(line: Mapping[str, object]) -> JudgedProposal:
    return JudgedProposal(
        root=str(line["root"]),
        article=str(line["id"]),
        property=str(line["property"]),
        start=int(str(line["start"])),
        end=int(str(line["end"])),
        right=line["right"] is True,
    )


def settled_head(scored: Sequence[ScoredProposal], names: Sequence[str]) -> SettledHead:
    """Thresholds and confidence by judged proposals; of a head that nobody judged: it claims nothing.

    Args:
        scored: what was judged.
        names: of the properties, in the head's order.
    """
    thresholds = np.array(
        [[_from_which(scored, name, unspaced) for name in names] for unspaced in (False, True)], np.float32
    )
    at = {name: number for number, name in enumerate(names)}
    over = np.array([each.logit - thresholds[int(each.unspaced), at[each.property]] for each in scored])
    rights = np.array([each.right for each in scored], np.float64)
    claimed = over >= 0
    knots, sure = _rising(over[claimed], rights[claimed])
    return SettledHead(
        thresholds=thresholds,
        knots=knots,
        sure=sure,
        judged=len(scored),
        right=int(rights.sum()),
        claimed=int(claimed.sum()),
        claimed_right=int(rights[claimed].sum()),
    )


def _from_which(scored: Sequence[ScoredProposal], name: str, unspaced: bool) -> float:
    """The lowest logit from which enough proposals of a property were judged, and `WANTED` of them right; a little
    below it, as another machine rounds in another way."""
    own = sorted(
        ((each.logit, each.right) for each in scored if each.property == name and each.unspaced == unspaced),
        key=lambda pair: (-pair[0], pair[1]),
    )
    found, right = NEVER, 0
    for number, (logit, is_right) in enumerate(own, 1):
        right += is_right
        if number >= max(LEAST_JUDGED, LEAST_SHARE * len(own)) and right >= WANTED * number:
            found = math.floor(logit * 1000) / 1000
    return found


def _rising(above: NDArray[np.float64], rights: NDArray[np.float64]) -> tuple[Floats, Floats]:
    """Knots of a rising curve through judged proposals: blocks of equal number, those that fall put together."""
    order = np.argsort(above)
    blocks = [[float(above[part].mean()), float(rights[part].sum()), float(len(part))] for part in _parts(order)]
    merged: list[list[float]] = []
    for block in blocks:
        merged.append(block)
        while len(merged) > 1 and merged[-2][1] / merged[-2][2] > merged[-1][1] / merged[-1][2]:
            one, other = merged[-2], merged.pop()
            total = one[2] + other[2]
            merged[-1] = [(one[0] * one[2] + other[0] * other[2]) / total, one[1] + other[1], total]
    knots = np.array([block[0] for block in merged] or [0.0], np.float32)
    sure = np.array([(block[1] + 1) / (block[2] + 2) for block in merged] or [0.5], np.float32)
    return knots, np.maximum.accumulate(sure)


def _parts(order: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    return [part for part in np.array_split(order, max(1, len(order) // 40)) if len(part)]
