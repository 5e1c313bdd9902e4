"""What two articles have in common, field by field: the comparisons, their levels, and the weights that learning
begins at.

Pairs of one language, of two languages in one script, and of two scripts are weighed apart (`regime_of`): an equal
title says another thing in each, and so does the distance of two vectors.

The shipped weights (`BEGUN`) are what was learned on public editions; `python -m benchmarks.topics` shows how.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Levenshtein

from galactica.joining.topics.claimed import claims_level
from galactica.joining.topics.learning import UNKNOWN, Pattern, Weights
from galactica.joining.topics.romanising import romanised, sound_of
from galactica.joining.topics.thing import Thing
from galactica.languages import primary, scripts_in

SAME_LANGUAGE, SAME_SCRIPT, OTHER_SCRIPT = range(3)


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """A field: its name, its levels from the nearest to the farthest, and who says at which one a pair ends."""

    name: str
    levels: tuple[str, ...]
    judge: Callable[[Thing, Thing], int]


def regime_of(one: Thing, other: Thing) -> int:
    """Which weights a pair is weighed by."""
    if primary(one.language) == primary(other.language):
        return SAME_LANGUAGE
    ours, theirs = scripts_in(one.base), scripts_in(other.base)
    return SAME_SCRIPT if ours & theirs or not ours or not theirs else OTHER_SCRIPT


def pattern_of(one: Thing, other: Thing) -> Pattern:
    """The levels at which a pair ends, one of each of `COMPARISONS`."""
    return tuple(each.judge(one, other) for each in COMPARISONS)


def _name(one: Thing, other: Thing) -> int:
    if not one.base or not other.base:
        return UNKNOWN
    if one.base == other.base:
        return 0
    ours, theirs = set(one.names), set(other.names)
    if one.base in theirs or other.base in ours:
        return 1
    if ours & theirs:
        return 2
    left, right = one.latin or romanised(one.base), other.latin or romanised(other.base)
    if not left or not right:
        return UNKNOWN
    if min(len(left), len(right)) > 3 and (
        left == right
        or sorted(left.split()) == sorted(right.split())
        or (_nearly(left, right) and _word_by_word(left.split(), right.split()))
    ):
        return 3
    sounds = one.sound or sound_of(one.base), other.sound or sound_of(other.base)
    if min(map(len, sounds)) >= 3 and sounds[0] == sounds[1]:
        return 4
    shared = set(left.split()) & set(right.split())
    if any(len(word) > 3 for word in shared) or (min(map(len, sounds)) >= 4 and _nearly(*sounds)):
        return 5
    return 6


def _nearly(one: str, other: str) -> bool:
    longest = max(len(one), len(other))
    return Levenshtein.distance(one, other, score_cutoff=longest // 5) <= longest // 5


def _word_by_word(one: list[str], other: list[str]) -> bool:
    """Whether of as many words each is nearly the same: "image ls" is not "image pull", however long the rest."""
    if len(one) != len(other):
        return True
    return all(Levenshtein.distance(a, b) <= max(len(a), len(b)) // 2 for a, b in zip(one, other, strict=True))


def _bracket(one: Thing, other: Thing) -> int:
    if not one.bracket and not other.bracket:
        return UNKNOWN
    if one.bracket == other.bracket:
        return 0
    if primary(one.language) != primary(other.language):
        return UNKNOWN if one.bracket and other.bracket else 1
    return 2 if one.bracket and other.bracket else 1


_SHARED = (0.5, 0.3, 0.18, 0.1, 0.04)


def _marks(one: Thing, other: Thing) -> int:
    if len(one.marks) < 3 or len(other.marks) < 3:
        return UNKNOWN
    both = set(one.marks).intersection(other.marks)
    if not both:  # most pairs
        return len(_SHARED)
    shared = sum(rare for mark, rare in zip(other.marks, other.rarity, strict=True) if mark in both)
    share = shared / max(min(sum(one.rarity), sum(other.rarity)), 1)
    return next((level for level, least in enumerate(_SHARED) if share >= least), len(_SHARED))


_NEAR = (0.75, 0.6, 0.45, 0.3, 0.15)


def _text(one: Thing, other: Thing) -> int:
    if not one.vector or len(one.vector) != len(other.vector):
        return UNKNOWN
    near = cosine(one.vector, other.vector)
    return next((level for level, least in enumerate(_NEAR) if near >= least), len(_NEAR))


def cosine(one: bytes, other: bytes) -> float:
    """Of two vectors of signed bytes; computed in whole numbers, so that it is the same on every machine."""
    left, right = np.frombuffer(one, np.int8).astype(np.int32), np.frombuffer(other, np.int8).astype(np.int32)
    length = int(left @ left) * int(right @ right)
    return int(left @ right) / math.sqrt(length) if length else 0.0


def _identifiers(one: Thing, other: Thing) -> int:
    if set(one.identifiers) & set(other.identifiers):
        return 0
    if set(one.pages) & set(other.pages):
        return 0
    return 1 if schemes_apart(one, other) else UNKNOWN


def schemes_apart(one: Thing, other: Thing) -> str:
    """A scheme by which both are identified, and by none of its values as the same; "" where there is none."""
    ours = {each.partition(":")[0] for each in one.identifiers}
    theirs = {each.partition(":")[0] for each in other.identifiers}
    both = sorted(ours & theirs)
    return both[0] if both and not set(one.identifiers) & set(other.identifiers) else ""


def _lived(one: Thing, other: Thing) -> int:
    if not any(one.lived) or not any(other.lived):
        return UNKNOWN
    apart = [abs(a - b) for a, b in zip(one.lived, other.lived, strict=True) if a and b]
    if not apart:
        return UNKNOWN
    return 0 if not any(apart) else 1 if max(apart) <= 1 else 2


COMPARISONS = (
    FieldComparison(
        "name",
        (
            "same title",
            "title is a name of the other",
            "a name in common",
            "nearly the same title",
            "titles that sound the same",
            "titles with a word in common",
            "other titles",
        ),
        _name,
    ),
    FieldComparison("bracket", ("same bracket", "one has a bracket", "other brackets"), _bracket),
    FieldComparison(
        "words",
        (
            "half of the rare words",
            "a third of the rare words",
            "a fifth of the rare words",
            "a tenth of the rare words",
            "few rare words",
            "no rare words",
        ),
        _marks,
    ),
    FieldComparison(
        "text",
        (
            "very near in meaning",
            "near in meaning",
            "rather near in meaning",
            "somewhat near in meaning",
            "far in meaning",
            "very far in meaning",
        ),
        _text,
    ),
    FieldComparison("identifiers", ("an identifier in common", "other identifiers"), _identifiers),
    FieldComparison("lived", ("same years of life", "years of life one apart", "other years of life"), _lived),
    FieldComparison(
        "claims",
        ("several claims agree", "a claim agrees", "no claim agrees, or those of one value differ"),
        claims_level,
    ),
)

_REST = ((0.98, 0.02), (0.93, 0.05, 0.02), (0.6, 0.3, 0.1))
_REST_BY_CHANCE = ((0.0001, 0.9999), (0.004, 0.008, 0.988), (0.02, 0.18, 0.8))
_WORDS_BY_CHANCE = (0.0001, 0.0002, 0.0007, 0.003, 0.02, 0.976)
_TEXT_BY_CHANCE = (0.0002, 0.0006, 0.002, 0.012, 0.1, 0.8852)

BEGUN = (
    Weights(
        share=0.05,
        same=(
            (0.80, 0.08, 0.02, 0.03, 0.01, 0.03, 0.03),
            (0.60, 0.38, 0.02),
            (0.15, 0.20, 0.25, 0.20, 0.15, 0.05),
            (0.20, 0.20, 0.25, 0.20, 0.10, 0.05),
            *_REST,
        ),
        other=(
            (0.0002, 0.0003, 0.0002, 0.0003, 0.001, 0.03, 0.968),
            (0.05, 0.55, 0.40),
            _WORDS_BY_CHANCE,
            _TEXT_BY_CHANCE,
            *_REST_BY_CHANCE,
        ),
    ),
    Weights(
        share=0.05,
        same=(
            (0.50, 0.15, 0.05, 0.10, 0.05, 0.08, 0.07),
            (0.30, 0.699, 0.001),
            (0.10, 0.20, 0.25, 0.20, 0.17, 0.08),
            (0.10, 0.20, 0.30, 0.22, 0.13, 0.05),
            *_REST,
        ),
        other=(
            (0.0001, 0.0002, 0.0002, 0.0003, 0.001, 0.03, 0.9682),
            (0.20, 0.799, 0.001),
            _WORDS_BY_CHANCE,
            _TEXT_BY_CHANCE,
            *_REST_BY_CHANCE,
        ),
    ),
    Weights(
        share=0.02,
        same=(
            (0.02, 0.40, 0.10, 0.08, 0.10, 0.05, 0.25),
            (0.05, 0.949, 0.001),
            (0.06, 0.14, 0.22, 0.23, 0.20, 0.15),
            (0.06, 0.18, 0.30, 0.26, 0.14, 0.06),
            *_REST,
        ),
        other=(
            (0.0001, 0.0002, 0.0002, 0.0003, 0.002, 0.005, 0.9922),
            (0.05, 0.949, 0.001),
            (0.0001, 0.0002, 0.0005, 0.002, 0.01, 0.9872),
            (0.0002, 0.0006, 0.003, 0.02, 0.15, 0.8262),
            *_REST_BY_CHANCE,
        ),
    ),
)
"""By regime."""
