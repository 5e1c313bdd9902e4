"""What is looked for inside a stretch that stood in a slot: neighbours, trades, genres, places, children."""

from __future__ import annotations

from collections.abc import Iterator

from galactica.claims.sentences.subjects import Spoken

SOUGHT = {
    "neighbours": ("neighbour", "no_neighbour"),
    "trades": ("trade", "no_trade"),
    "genres": ("genre", "no_genre"),
    "steps": ("lies_in", "no_lies"),
    "brood": ("offspring", "no_offspring"),
}
"""Kind of slot → the patterns of what in it is a value, and of what looks so and is none."""


def sought_values(spoken: Spoken, wanted: str, other: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The values among what stands in a slot: of borders the names, directions aside (seas, rivers and hills are no
    neighbours); of an occupation what people do for a living; of a place what it lies in; of children their names."""
    patterns, sentence = spoken.words.patterns, spoken.sentence
    for match in patterns[wanted].finditer(sentence, start, end):
        inside = sentence.count("(", start, match.start()) > sentence.count(")", start, match.start())
        if not inside and patterns[other].search(match[0]) is None:
            yield match.span()
