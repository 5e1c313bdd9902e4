"""Is somebody called a relative of another kind than the one that is asked for? "His daughter Ann" is nobody's wife.

A reader asked for a wife marks whoever is named near her husband. Refused is only a stretch that a word for a relative
stands right before, where the question asks for other ones: "the son of Ann" names Ann, and may well tell who his
mother is.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from galactica.ask.question import ReadQuestion
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import primary

BEFORE = 24
"""Characters before a stretch in which the word for a relative stands."""


def another_relative(question: ReadQuestion, text: str, start: int, language: str) -> bool:
    """Whether what begins at `text[start]` is called a relative, and none of those that the question asks for.

    Args:
        language: of the text.
    """
    wanted = _relations(folded(fold_han(question.text)), primary(question.language))
    if not wanted:
        return False
    before = folded(fold_han(text[max(0, start - BEFORE) : start])).rstrip(" ,，:：")
    pattern, relations = _words(primary(language))
    called = [match for match in pattern.finditer(before) if match.end() == len(before)]
    return bool(called) and not any(wanted & relations[match[0]] for match in called)


def _relations(text: str, language: str) -> frozenset[str]:
    """What relations a text has words for."""
    pattern, relations = _words(language)
    return frozenset[str]().union(*(relations[match[0]] for match in pattern.finditer(text)))


@cache
def _words(language: str) -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    """Any word for a relative, and the relations of each."""
    relations: dict[str, frozenset[str]] = {}
    for relation, words in _table().get(language, {}).items():
        for word in words.split():
            key = folded(fold_han(word))
            relations[key] = relations.get(key, frozenset()) | {relation}
    longest = sorted(relations, key=lambda word: (-len(word), word))
    each = (re.escape(word) if unspaced(word) else rf"\b{re.escape(word)}\b" for word in longest)
    return re.compile("|".join(each) or r"(?!)"), relations


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("galactica.ask").joinpath("kinship.toml").read_text(encoding="utf-8"))
