"""Whether a longer name is another thing's: "Red Dawn Convertible" is no "Red Dawn", "Ada Eva Mill" may be Ada Mill;
and whether a name is but the first half of one."""

from __future__ import annotations

import re

from galactica.claims.sentences.lexicon import Lexicon

SAID_IN_FULL = 2
"""Times an article says a person's full name when it calls the person by a shorter one."""

MOST_NAMES = 8
"""Words of a person's full name in a sentence; a clause has more."""

_MARKS = " ,.'\"“”‘’«»《》「」『』*"
"""That no key of a name ends with (`topics.name_key`)."""

_MORE = re.compile(r"\s(?:[A-Z]\w|\d)")


def name_goes_on(phrase: str, behind: int) -> bool:
    """Whether a name at the head of a phrase is followed by another word of a name, or a number.

    Args:
        phrase: as it is written.
        behind: code points of its key behind the name; 0 where the name is all.
    """
    rest = phrase.rstrip(_MARKS)
    return behind > 0 and _MORE.match(rest, max(0, len(rest) - behind)) is not None


def fuller_name(phrase: str, key: str, names: frozenset[str], article: str) -> bool:
    """Whether a name is a person's own with more names between the first and the last, or the beginning of one of its
    names. One that the article says more than `SAID_IN_FULL` times is another's: "John Quincy Adams", of John Adams.

    Args:
        phrase: as it is written; key: as names are compared (`topics.name_key`).
        names: the person's.
        article: its whole text.
    """
    told = key.split()
    if not 2 <= len(told) <= MOST_NAMES or set(key) & set(",;:") or article.count(phrase) > SAID_IN_FULL:
        return False
    known = [parts for parts in map(str.split, names) if len(parts) > 1]
    return any(
        told == parts[: len(told)] or ((told[0], told[-1]) == (parts[0], parts[-1]) and len(told) > len(parts))
        for parts in known
    )


def surely_a_name(phrase: str, key: str, names: frozenset[str], article: str) -> bool:
    """Whether one word that begins a sentence is a name: the title has it, or it is written so inside a sentence.

    Args:
        phrase: as it is written; key: as names are compared.
        names: the article's; article: its whole text.
    """
    if " " in phrase or any(key in name.split() for name in names):
        return True
    return _stands_inside(phrase, article)


def is_a_noun(word: str, article: str) -> bool:
    """Whether an article writes a word small inside its sentences and never as a name: "Relations were established"."""
    return " " not in word and _stands_inside(word.lower(), article) and not _stands_inside(word, article)


def _stands_inside(word: str, article: str) -> bool:
    return re.search(rf"[a-z,] {re.escape(word)}(?![\w-])", article) is not None


_WITH_LAST_NAME = re.compile(r"(?: \([^()]{1,60}\))? (?:and|&) [A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)+")


def shares_a_last_name(name: str, behind: str, article: str) -> bool:
    """Whether a word may be a first name whose last name stands behind the next: "Carolyn and Eugene Shoemaker".

    Args:
        name: as it stands; behind: the text that follows it.
        article: the whole text, which may have it as a last name: "Eva Lang".
    """
    if " " in name or _WITH_LAST_NAME.match(behind) is None:
        return False
    return re.search(rf"[A-Z][\w.]* {re.escape(name)}(?!\w)", article) is None


NAMED_WITHIN = 400
"""Code points of a first sentence in which it says how else its thing is called."""


def called_as_well(first: str, person: bool, words: Lexicon) -> list[str]:
    """How a first sentence says, before its verb, that its thing is called as well: "Chad, officially the Republic of
    Chad, is". Of a person a name of two words or more.

    Args:
        first: the sentence; person: whether it is about one.
    """
    verb = words.patterns["defines"].search(first)
    found = words.patterns["called_as"].finditer(first, 0, min(NAMED_WITHIN, verb.start() + 1 if verb else 0))
    return [match["name"] for match in found if not person or " " in match["name"]]


SUFFIX_WITHIN = 300
"""Code points of an article in which it says whether its person is the younger or the elder of a name."""


def is_namesake(phrase: str, article: str, words: Lexicon) -> bool:
    """Whether a name ends with "Jr." or the like, and the article, which begins without, is on another of that name.

    Args:
        phrase: as it is written; article: its whole text.
    """
    own = words.patterns["suffix"].search(phrase)
    if own is None:
        return False
    verb = words.patterns["defines"].search(article, 0, SUFFIX_WITHIN)
    begins = article[: verb.start() if verb is not None else SUFFIX_WITHIN]
    return re.search(rf"(?<!\w){own['word']}(?!\w)", begins) is None
