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
    """Whether a text denies something; a word with an accent that the word that denies lacks is another ("né")."""
    plain, tag = fold_han(text), primary(language)
    accented = {
        word for word in _WORD.findall(plain.lower()) if folded(word) != word and folded(word) in _bare_words(tag)
    }
    plain = _WORD.sub(lambda match: " " if match[0].lower() in accented else match[0], plain)
    return _pattern(tag).search(folded(plain)) is not None


_WORD = re.compile(r"[^\W\d_]+")


@cache
def _bare_words(language: str) -> frozenset[str]:
    """Words that deny in a language and are written without accents."""
    entry = facts(language).get("denying") or facts("en")["denying"]
    return frozenset(word for word in entry["words"].split() if folded(word) == word.lower())
