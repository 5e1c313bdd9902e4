"""Is a property asked for plainly, of one thing? "What is not the capital of …" denies, "of A and B" asks twice.

Such a question has no value that one row states; what a property is called by may itself deny or join (别称, "distance
between the two and the sun"), and that is plain.
"""

from __future__ import annotations

import re
from functools import lru_cache

from galactica.ask.denying import denies
from galactica.ask.form_words import words_of
from galactica.ask.kinds import asked_languages
from galactica.ask.pieces import cut_pieces
from galactica.ask.properties import denying_words
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import facts, primary


def denied(rest: str, left: frozenset[str] | str, language: str) -> bool:
    """Whether a question denies what it asks by.

    Args:
        rest: the question without the name of the thing.
        left: what the property is asked by, as compared.
    """
    known = asked_languages().get(primary(language))
    if "denying" not in facts(primary(language)):
        return not denying_words(language).isdisjoint(re.findall(r"[^\W\d_]+", folded(rest)))
    if known is None:
        return False
    plain = fold_han(rest)
    for match in known.which.finditer(folded(plain)):  # what asks in one language denies in none ("ما")
        plain = plain[: match.start()] + " " * len(match[0]) + plain[match.end() :]
    return denies(plain, language) and not (isinstance(left, str) and denies(left, language))


def names_more(question: str, start: int, end: int, left: frozenset[str] | str, language: str) -> bool:
    """Whether "and" or "or" stands between the name `question[start:end]` and something that is not in `left`."""
    words = words_of(primary(language))
    plain = folded(fold_han(question))
    if words is not None and words.joining.between.search(plain):
        return False
    before, after = _joins(words.joining.joins if words is not None else ())
    match = after.match(plain, end)
    if match is not None and not _first_in(question[match.end() :], left, language):
        return True
    match = before.search(plain, 0, start)
    return match is not None and not _last_in(question[: match.start()], left, language)


def _first_in(text: str, left: frozenset[str] | str, language: str) -> bool:
    known = asked_languages().get(primary(language))
    plain = folded(fold_han(text)).strip()
    if known is not None and any(each.match(plain) for each in (known.which, *(each for _, each in known.asks))):
        return True  # 与多少个国家接壤: what is asked for, and no second thing
    if isinstance(left, str):
        return plain[:2] in left
    keys = _content(text, language)
    return not keys or keys[0] in left


def _last_in(text: str, left: frozenset[str] | str, language: str) -> bool:
    if isinstance(left, str):
        return fold_han(text).strip()[-2:] in left
    keys = _content(text, language)
    return not keys or keys[-1] in left


def _content(text: str, language: str) -> list[str]:
    pieces = cut_pieces(text, language)
    return [key for key, common in zip(pieces.keys, pieces.common, strict=True) if not common]


_OR = ("or", "oder", "ou", "или", "або", "veya", "hoặc", "eller", "或", "或者", "还是", "、", "&", "versus")
"""Words for "or", and signs, beside those for "and" of the languages' files."""


@lru_cache(maxsize=64)
def _joins(words: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What ends before a name, and what begins behind one."""
    every = sorted({*words, *map(folded, map(fold_han, _OR))}, key=lambda word: (-len(word), word))
    dense = "|".join(re.escape(word) for word in every if unspaced(word) or not word[:1].isalnum()) or "(?!)"
    spaced = "|".join(re.escape(word) for word in every if not unspaced(word) and word[:1].isalnum()) or "(?!)"
    article = r"(?:\s*[^\W\d_]{1,3}(?:\s+|['’]))?"
    return (
        re.compile(rf"(?:(?:{dense})\s*|(?<!\w)(?:{spaced})\s+){article}\Z"),
        re.compile(rf"\s*(?:{dense})|\s+(?:{spaced})(?!\w)"),
    )
