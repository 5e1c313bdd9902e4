"""Whether "they" are the article's person and whom that person married, and whom "with whom she" speaks of."""

from __future__ import annotations

from galactica.claims.sentences.cutting import without_opening
from galactica.claims.sentences.subjects import Spoken, meant_by_it, subject_named
from galactica.claims.sentences.topics import without_brackets

WEDDING_WITHIN = 2
"""Sentences before "they had two sons" in one of which a wedding, or whom somebody married, must be told."""


def of_a_couple(left: str, spoken: Spoken) -> str | None:
    """Whose children those of a couple are: "" where it is told right before that the article's person married.

    Args:
        left: the sentence before "they" or "with whom".
    """
    words = spoken.words
    if spoken.topic.kind != "person":
        return None
    rest = without_opening(without_brackets(left).strip(), words)
    if not rest:
        told = any(words.patterns["wedding"].search(each) for each in spoken.before[-WEDDING_WITHIN:])
        return "" if told and meant_by_it(spoken) else None
    verb = words.patterns["wedding"].search(rest)
    if verb is None or words.patterns["clause"].search(rest[: verb.start()]):
        return None
    head = words.patterns["wedding_ends"].sub("", rest[: verb.start()]).strip()
    return "" if subject_named(words.patterns["adverbs"].sub("", head).strip(), spoken) == "" else None
