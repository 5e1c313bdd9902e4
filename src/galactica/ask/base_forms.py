"""What an inflected name is called by itself: "Москве" is Москва or Москв, "Tokyo's" is Tokyo.

Which endings a name may have, and what stands in their place where it is only named, a language's file says under
`questions.endings`; what follows an apostrophe is an ending in any. These are guesses, for a library to choose from.
"""

from __future__ import annotations

import re
from functools import cache

from galactica.languages import by_language, primary

SHORTEST = 3
"""Letters of a name that stand before its ending, at least."""

MOST_FORMS = 12
"""Guesses for one name."""

_APOSTROPHE = re.compile(r"['’][^\W\d_]{1,6}\Z")


def base_forms(name: str, language: str) -> tuple[str, ...]:
    """What a name that stands in a sentence may be called by itself, the longest ending first; without itself.

    Args:
        language: of the sentence.

    Example:
        >>> base_forms("Tokyo’s", "en")
        ('Tokyo',)
    """
    found = dict.fromkeys([_APOSTROPHE.sub("", name)] if _APOSTROPHE.search(name, 2) else [])
    lower = name.lower()
    for ending, instead in _endings(primary(language)):
        if len(name) - len(ending) >= SHORTEST and lower.endswith(ending):
            found.setdefault(name[: len(name) - len(ending)] + instead)
    found.pop(name, None)
    return tuple(found)[:MOST_FORMS]


@cache
def _endings(language: str) -> tuple[tuple[str, str], ...]:
    """(ending, what a name has instead), the longest first."""
    written = str(by_language("questions").get(language, {}).get("endings", ""))
    several = [(each.partition(":")[0], each.partition(":")[2]) for each in written.split()]
    return tuple(sorted(several, key=lambda pair: -len(pair[0])))
