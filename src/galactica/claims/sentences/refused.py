"""What a rule found and is none after all: a part of a people, a later release, half a name, a clause for a name."""

from __future__ import annotations

from galactica.claims.sentences.longer import shares_a_last_name
from galactica.claims.sentences.subjects import Spoken

OF_PERSONS = frozenset(("discoverer", "parent", "founder", "author"))
"""Properties whose values are persons mostly."""

OF_PEOPLE = OF_PERSONS | frozenset(
    "architect director screenwriter producer composer performer cast_member father mother spouse child".split()
)
"""Properties whose values are persons, or bodies."""


def is_none(name: str, value: str, spoken: Spoken, start: int, end: int) -> bool:
    """Whether a value is none of a property.

    Args:
        name: of the property.
        start: of what the rule matched, in the sentence; end: of the value.
    """
    said = spoken.sentence[start:end]
    patterns, sentence = spoken.words.patterns, spoken.sentence
    if name == "population":  # "4,500 white and 1,500 black"
        return patterns["counts_others"].match(sentence, end) is not None
    if name == "published":  # another release was told before, or this is one in another form
        again = patterns["released_before"].search(sentence[:start]) or patterns["another_form"].search(said)
        return again is not None
    if name == "parent" and _of_another(said, spoken):
        return True
    if name in OF_PEOPLE and patterns["no_person"].search(value):
        return True
    return name in OF_PERSONS and shares_a_last_name(value, sentence[end:], spoken.article)


def _of_another(said: str, spoken: Spoken) -> bool:
    """Whether a son or daughter is spoken of, and the article is on a person of the other sex: "Olympias, the daughter
    of" in that on Alexander."""
    patterns, own = spoken.words.patterns, spoken.topic.pronouns
    he, she = patterns["he_is"].search(said), patterns["she_is"].search(said)
    return (own == {"He"} and she is not None and he is None) or (own == {"She"} and he is not None and she is None)
