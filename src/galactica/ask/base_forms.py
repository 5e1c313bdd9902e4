"""What an inflected name is called by itself: "Москве" is Москва or Москв, "Tokyo's" is Tokyo.

Which endings a name may have, and what stands in their place where it is only named, a language's file says under
`questions.endings`; what follows an apostrophe is an ending in any. Where the language of a question is not known for
sure, other scripts than Latin still tell whose endings they may be. All of these are guesses, for a library to choose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from galactica.ask.kinds import asked_languages
from galactica.ask.properties import property_words
from galactica.codes.letters import folded
from galactica.languages import by_language, primary, scripts_in, shared_script
from galactica.values.number_words import ordinals, roman

SHORTEST = 3
"""Letters of a name that stand before its ending, at least."""

SHORTEST_SYLLABLES = 2
"""The same where a letter is a syllable (Hangul)."""

MOST_FORMS = 12
MOST_OF_TWO = 5
"""Guesses for one name; for each word of one of two words."""

_APOSTROPHE = re.compile(r"['’][^\W\d_]{1,6}\Z")


def base_forms(name: str, language: str) -> tuple[str, ...]:
    """What a name that stands in a sentence may be called by itself, the longest ending first; without itself. Of one
    of two words, each of both.

    Args:
        language: of the sentence.

    Example:
        >>> base_forms("Tokyo’s", "en")
        ('Tokyo',)
    """
    found = dict.fromkeys([_APOSTROPHE.sub("", name)] if _APOSTROPHE.search(name, 2) else [])
    first, blank, second = name.partition(" ")
    if blank and " " not in second and second[:1].isupper():
        # Both names of a person, or both words of a place, have an ending: "Андрея Сахарова", "Новой Вары".
        firsts = (*base_forms(first, language)[:MOST_OF_TWO], first)
        lasts = (*base_forms(second, language)[:MOST_OF_TWO], second)
        found |= dict.fromkeys(f"{one} {other}" for one in firsts for other in lasts)
        found.pop(name, None)
        return tuple(found)
    lower, shortest = name.lower(), SHORTEST_SYLLABLES if "가" <= name[:1] <= "힣" else SHORTEST
    for ending, instead in _endings(_language(name, primary(language))):
        if len(name) - len(ending) >= shortest and lower.endswith(ending):
            found.setdefault(name[: len(name) - len(ending)] + instead)
    found.pop(name, None)
    return tuple(found)[:MOST_FORMS]


def singular_forms(name: str, language: str) -> tuple[str, ...]:
    """What several things are called where one is meant, as titles call them: "koalas" is Koala, "apes" Ape.

    Args:
        language: of the sentence; nothing comes of one whose file names no `questions.plurals`.

    Example:
        >>> singular_forms("foxes", "en")
        ('fox', 'foxe')
    """
    first, blank, last = name.rpartition(" ")
    found = [
        f"{first}{blank}{last[: len(last) - len(ending)]}{instead}"
        for ending, instead in _plurals(primary(language))
        if len(last) - len(ending) + len(instead) >= SHORTEST and last.lower().endswith(ending)
    ]
    return tuple(dict.fromkeys(each for each in found if each != name))[:MOST_FORMS]


def with_initials(name: str) -> tuple[str, ...]:
    """A name whose initials are typed in a hurry as titles have it: "c.s. lewis", "c s lewis" and "cs lewis" are C. S.
    Lewis; none for another name."""
    match = _INITIALS.fullmatch(name)
    if match is None:
        return ()
    letters = [letter for letter in match[1] if letter.isalpha()]
    return (" ".join(f"{letter.upper()}." for letter in letters) + f" {match[2]}",)


_INITIALS = re.compile(r"((?:[^\W\d_]\.? ?){1,3})(?<=[. ])([^\W\d_]{3,}(?: [^\W\d_]{3,})?)", re.IGNORECASE)
"""One to three letters, each with a stop, a blank or neither, before a last name."""


def with_roman_number(name: str, language: str) -> tuple[str, ...]:
    """A name with an ordinal in letters behind it as titles have it: "pope callixtus the second" is Pope Callixtus II;
    none for another name.

    Args:
        language: of the sentence; nothing comes of one whose file names no articles.
    """
    known = asked_languages().get(primary(language))
    words = _APOSTROPHE.sub("", name).split()
    if known is None or len(words) < 3 or folded(words[-2]) not in known.articles:
        return ()
    number = ordinals().get(folded(words[-1]), 0)
    return (f"{' '.join(words[:-2])} {roman(number).upper()}",) if number else ()


def as_titled(name: str, language: str) -> tuple[str, ...]:
    """What a name in lower case may be as the title of an article: of several things that of one, with its initials as
    titles have them; none for a name with capitals but what a number behind it is in titles, nor for a word by which
    things are asked for ("countries").

    Args:
        language: of the sentence.
    """
    numbered = with_roman_number(name, language)
    if numbered or name != name.lower():
        return numbered
    asking = words_that_ask(primary(language))
    forms = () if folded(name) in asking else singular_forms(name, language)
    return (*with_initials(name), *(form for form in forms if folded(form) not in asking))


def forms_of_name(name: str, language: str) -> Iterator[tuple[str, bool]]:
    """What a name that stands in a sentence may be called by itself, and whether it is so in titles for sure: first
    `base_forms`, then `as_titled`."""
    sure = _APOSTROPHE.search(name, 2) is not None  # "ada lovelace's"
    forms = base_forms(name, language)
    yield from ((form, sure) for form in forms)
    yield from ((titled, True) for form in forms if sure for titled in as_titled(form, language))
    yield from ((form, True) for form in as_titled(name, language))


@cache
def words_that_ask(language: str) -> frozenset[str]:
    """Words by which something is asked for, folded: "countries", "rivers", "height"."""
    known = asked_languages().get(language)
    return frozenset() if known is None else frozenset((*known.nouns, *known.common, *property_words(language)))


def _language(name: str, language: str) -> str:
    """The language whose endings a name may have: that of its sentence, or the first one in the name's own script."""
    scripts = scripts_in(name) - {"Latin"}
    able = [tag for tag in _with_endings() if (shared_script(tag) or tag) in scripts]
    return language if not able or language in able else able[0]


@cache
def _with_endings() -> tuple[str, ...]:
    return tuple(sorted(tag for tag, entry in by_language("questions").items() if "endings" in entry))


@cache
def _endings(language: str) -> tuple[tuple[str, str], ...]:
    """(ending, what a name has instead), the longest first."""
    return _pairs(language, "endings")


@cache
def _plurals(language: str) -> tuple[tuple[str, str], ...]:
    """The same of several things."""
    return _pairs(language, "plurals")


def _pairs(language: str, key: str) -> tuple[tuple[str, str], ...]:
    written = str(by_language("questions").get(language, {}).get(key, ""))
    several = [(each.partition(":")[0], each.partition(":")[2]) for each in written.split()]
    return tuple(sorted(several, key=lambda pair: -len(pair[0])))
