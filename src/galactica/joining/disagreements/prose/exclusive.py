"""What is said to be in one place or of one kind only, and elsewhere to be in another or of several.

1. "Endemic to Wickland" against "it is found in Elmland": two countries, both sentences about the topic.
2. "A monotypic genus" against "it contains three species".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from galactica.joining.disagreements.prose.sentences import Sentence, english_lists, stem_of_word, words_listed

FIRST_WORDS = 40
"""Characters at the beginning of a sentence in which its subject stands."""

Exclusive = tuple[str, int, int]
"""The country or "one", and the stretch that says it (start, end)."""

_ONE_SPECIES = re.compile(r"\bmonotypic\b|\b(?:only|sole) species (?:in|of) (?:the|its) genus\b")
_SEVERAL_SPECIES = re.compile(
    r"\b(?:contains?|comprises?|includes?|has|consists of) (?:at least |about )?"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,4}|several|many) (?:[a-z]+ ){0,2}species\b"
    r"|\b(?:from|between) species to species\b"
)
_NOT_FROM = re.compile(r"\b(?:not|never|nor|absent|except|unlike|but not)\b[^.;]*")


def only_there(sentence: Sentence, topic: frozenset[str]) -> Iterator[Exclusive]:
    """The country in which a sentence says that its topic is found only; "one" where it says that it is one species."""
    if supposes(sentence) or not about_topic(sentence, topic):
        return
    for match in _only_in().finditer(sentence.text):
        rest = sentence.text[match.end() : match.end() + 5]
        if not re.match(r"\s?(?:and|or|,|/)", rest):
            yield match["country"], sentence.start + match.start(), sentence.start + match.end()
    if one := _ONE_SPECIES.search(sentence.text):
        yield "one", sentence.start + one.start(), sentence.start + one.end()


def there_too(sentence: Sentence, topic: frozenset[str], country: str) -> Iterator[Exclusive]:
    """Another country in which a sentence says that the topic is found; of "one" that there are several species."""
    if supposes(sentence) or not about_topic(sentence, topic):
        return
    if country == "one":
        if several := _SEVERAL_SPECIES.search(sentence.text):
            yield "several", sentence.start + several.start(), sentence.start + several.end()
        return
    plain = _NOT_FROM.sub(lambda match: " " * len(match[0]), sentence.text)
    words = {word.text.lower() for word in sentence.words}
    if not _found().search(plain) or words & words_listed("elsewhere"):
        return
    for match in _country().finditer(plain):
        if match[0] != country and not (match[0] in country or country in match[0]):
            yield match[0], sentence.start + match.start(), sentence.start + match.end()


def supposes(sentence: Sentence) -> bool:
    """Whether a sentence reports or supposes; that a beast is reported from a country is no report of what one says."""
    told = {word.text.lower() for word in sentence.words} & words_listed("hedges")
    return sentence.hedged and (told != {"reported"} or "reported that" in sentence.text)


def about_topic(sentence: Sentence, topic: frozenset[str]) -> bool:
    """Whether a sentence begins with its topic's name or a pronoun for it."""
    begin = re.findall(r"\w+", sentence.text[:FIRST_WORDS])
    if not begin:
        return False
    return begin[0] in ("It", "They") or bool(topic & {stem_of_word(word) for word in begin})


@cache
def _names() -> str:
    names: list[str] = english_lists()["countries"]
    return "|".join(sorted((re.escape(name) for name in names), key=len, reverse=True))


@cache
def _country() -> re.Pattern[str]:
    return re.compile(rf"(?<!New )\b(?:{_names()})\b(?! (?:Sea|Island|Islands|Ocean|Canal|River|Gulf)\b)")


@cache
def _only_in() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:endemic (?:to|in)|restricted to|confined to|(?:is|are|occurs?) (?:found )?only in|only found in|"
        rf"found exclusively in) (?:the )?(?P<country>{_names()})\b"
    )


@cache
def _found() -> re.Pattern[str]:
    verbs = "|".join(sorted(words_listed("found")))
    return re.compile(rf"\b(?:{verbs})\b")
