"""The mix of a view: which group each document is in, with which weight, and which are taken where tokens are bounded.

A group is a source, a language or a licence: `source:KEY`, `language:TAG`, `licence:NAME`, or the bare name where it
means one of them alone. A document is in the first group of the mix that it fits; one that fits none is left out.
Weights are shares of the tokens: a loader draws from the groups by them, and `max_tokens` is shared out by them.
Which documents are taken then is told by their leaf hashes, so that it is a fair sample, the same every time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from galactica.errors import UsageError
from galactica.languages.tags import within
from galactica.train.views.filtering import EditionHeads, Terms
from galactica.train.views.header import MAX_GROUPS

EVERYTHING = "all"
"""The only group of a view without a mix."""

MAX_WEIGHT = 1e9
_KINDS = ("source", "language", "licence")


def read_weight(text: str) -> tuple[str, float]:
    """NAME=WEIGHT as a person writes it.

    Raises:
        UsageError: it is none.
    """
    name, _, written = text.rpartition("=")
    try:
        weight = float(written)
    except ValueError:
        weight = math.nan
    if not name or not (0 < weight <= MAX_WEIGHT):
        raise UsageError(
            f"{text[:80]!r} is no part of a mix.", "Write NAME=WEIGHT, as in --mix enwiki=2 --mix language:zh=1."
        )
    return name, weight


def groups_of_mix(
    mix: Sequence[tuple[str, float]], heads: Sequence[EditionHeads]
) -> tuple[tuple[tuple[str, float], ...], list[npt.NDArray[np.int32]]]:
    """The groups of a mix and where each article belongs.

    Returns:
        (name, weight) of each group, weights summing to 1; and of each edition `int32 [articles]`, the number of the
        group, -1 where an article is in none.

    Raises:
        UsageError: a name that nothing has or that means two things, one named twice, or too many.
    """
    if not mix:
        return ((EVERYTHING, 1.0),), [np.zeros(len(each.of), np.int32) for each in heads]
    if len(mix) > MAX_GROUPS or len({name for name, _ in mix}) < len(mix):
        raise UsageError("The mix names a group twice, or too many.", f"Name each once, at most {MAX_GROUPS:,}.")
    every = [terms for each in heads for terms in each.terms]
    meant = [_meant(name, every) for name, _ in mix]
    total = math.fsum(weight for _, weight in mix)
    shares = tuple((name, weight / total) for name, weight in mix)
    numbers = [np.array([_group(terms, meant) for terms in each.terms] or [-1], np.int32)[each.of] for each in heads]
    return shares, numbers


def _meant(name: str, every: Sequence[Terms]) -> tuple[str, str]:
    """(kind, name) of what a group's name means."""
    kind, colon, rest = name.partition(":")
    if colon and kind in _KINDS:
        if not any(_fits(terms, kind, rest) for terms in every):
            raise UsageError(f"No article has the {kind} {rest[:80]!r}, which the mix names.", _known(every))
        return kind, rest
    kinds = [kind for kind in _KINDS if any(_fits(terms, kind, name) for terms in every)]
    if not kinds:
        raise UsageError(f"The mix names {name[:80]!r}, which no article has.", _known(every))
    if len(kinds) > 1:
        raise UsageError(
            f"{name[:80]!r} is a {' and a '.join(kinds)}.", f"Write {kinds[0]}:{name[:80]} or {kinds[1]}:{name[:80]}."
        )
    return kinds[0], name


def _known(every: Sequence[Terms]) -> str:
    names = {terms.source for terms in every} | {terms.language for terms in every}
    names |= {terms.licence for terms in every if terms.licence}
    return f"There are: {', '.join(sorted(names)[:12])}."


def _fits(terms: Terms, kind: str, name: str) -> bool:
    if kind == "source":
        return terms.source == name
    if kind == "language":
        return within(terms.language, name)
    return bool(terms.licence) and terms.licence.casefold() == name.casefold()


def _group(terms: Terms, meant: Sequence[tuple[str, str]]) -> int:
    return next((number for number, (kind, name) in enumerate(meant) if _fits(terms, kind, name)), -1)


def within_tokens(
    most: int,
    weights: Sequence[float],
    groups: npt.NDArray[np.uint16],
    tokens: npt.NDArray[np.uint32],
    leaves: npt.NDArray[np.uint64],
) -> npt.NDArray[np.bool_]:
    """Which documents are taken so that there are at most `most` tokens, shared out by the weights of their groups.

    Args:
        groups, tokens: of each document.
        leaves: the first 8 bytes of each leaf hash, as a number: documents are taken in this order until the next one
            would be too much.
    """
    taken = np.zeros(len(tokens), np.bool_)
    order = np.lexsort((np.arange(len(leaves)), leaves))
    for number, weight in enumerate(weights):
        mine = order[groups[order] == number]
        sums = np.cumsum(tokens[mine].astype(np.uint64))
        taken[mine[sums <= int(most * weight + 1e-9)]] = True
    return taken
