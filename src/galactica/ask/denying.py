"""Does a text deny something? By the words of its language for "not", "never", "without"."""

from __future__ import annotations

import re
from functools import cache

from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import facts, primary


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """What finds a denial in a language."""
    entry = facts(language).get("denying") or facts("en")["denying"]
    words = [folded(fold_han(word)) for word in entry["words"].split()]
    spaced = not unspaced("".join(words))
    body = "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)|n['’]t\b" if spaced else body)


def denies(text: str, language: str) -> bool:
    """Whether a text denies something."""
    return _pattern(primary(language)).search(folded(fold_han(text))) is not None
