"""What a rule found and is none after all: a part of a people, a later release, half a name, a clause for a name."""

from __future__ import annotations

import re

from galactica.claims.sentences.beginning import BEGINNING, does_not_fit
from galactica.claims.sentences.longer import is_a_noun, shares_a_last_name
from galactica.claims.sentences.subjects import Spoken

OF_PERSONS = frozenset(("discoverer", "parent", "founder", "author"))
"""Properties whose values are persons mostly."""

DEFINITION = "instance_of"
"""What may be said of a noun as well."""

OF_PEOPLE = OF_PERSONS | frozenset(
    "architect director screenwriter producer composer performer cast_member father mother spouse child".split()
)
"""Properties whose values are persons, or bodies."""


def is_none(name: str, value: str, subject: str, spoken: Spoken, start: int, end: int) -> bool:
    """Whether a value is none of a property.

    Args:
        name: of the property; subject: "" is what the article is about.
        start: of what the rule matched, in the sentence; end: of the value.
    """
    said = spoken.sentence[start:end]
    patterns, sentence = spoken.words.patterns, spoken.sentence
    if name == "population":  # "4,500 white and 1,500 black"
        return patterns["counts_others"].match(sentence, end) is not None
    if not subject and does_not_fit(name, value, spoken):
        return True
    if subject and name != DEFINITION and sentence.startswith(subject) and is_a_noun(subject, spoken.article):
        return True
    if name == "published":  # another release was told before, or this is one in another form
        again = patterns["released_before"].search(sentence[:start]) or patterns["another_form"].search(said)
        return again is not None or (not subject and _released_again(value, said, spoken))
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


_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


def _released_again(value: str, said: str, spoken: Spoken) -> bool:
    """Whether a release is a later one: after the year that the article begins with, or, where it is one elsewhere,
    after a year in which another one is told of in the paragraph."""
    patterns, year = spoken.words.patterns, _YEAR.match(value)
    if year is None:
        return False
    told = patterns["year_told"].search(spoken.article[:BEGINNING])
    own = next((each for each in told.groups() if each), "") if told is not None else ""
    if own and year[0] > own:
        return True
    if patterns["elsewhere"].search(said) is None:
        return False
    before = [sentence for sentence in spoken.before if patterns["released_before"].search(sentence)]
    return any(each < year[0] for sentence in before for each in _YEAR.findall(sentence))
