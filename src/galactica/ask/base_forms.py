"""What an inflected name is called by itself: "Москве" is Москва or Москв, "Tokyo's" is Tokyo.

Which endings a name may have, and what stands in their place where it is only named, a language's file says under
`questions.endings`; what follows an apostrophe is an ending in any. Where the language of a question is not known for
sure, other scripts than Latin still tell whose endings they may be. All of these are guesses, for a library to choose.
"""

from __future__ import annotations

import re
from functools import cache

from galactica.languages import by_language, primary, scripts_in, shared_script

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
    written = str(by_language("questions").get(language, {}).get("endings", ""))
    several = [(each.partition(":")[0], each.partition(":")[2]) for each in written.split()]
    return tuple(sorted(several, key=lambda pair: -len(pair[0])))
