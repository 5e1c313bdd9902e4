"""What is told of two texts that contradict each other: two stretches, their sentences, and what found them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two stretches that cannot both be right.

    Attributes:
        rule: which rule found it: "claim PROPERTY", "count", "measure", "rank", "event", "name", "age", "settlement",
            "title", "only", "denied", "read" (by a reader), "list" (both stretches are of the first text).
        one, other: (start, end) of the values in the two texts.
        one_sentence, other_sentence: (start, end) of the sentences they stand in.
        about: what both speak of, in English words; "" where the rule says it.
    """

    rule: str
    one: tuple[int, int]
    other: tuple[int, int]
    one_sentence: tuple[int, int]
    other_sentence: tuple[int, int]
    about: str = ""
