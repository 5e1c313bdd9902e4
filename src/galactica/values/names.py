"""Whether two names can be of the same, and the members of a list.

A name is its words: "J. Smith" fits "John Smith", "UN" fits "United Nations", "Paris" fits "Paris, France".
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import by_language, facts
from galactica.values.written import LONGEST, any_of


def same_name(one: str, other: str) -> bool:
    """Whether two names can be of the same: parts, initials, or nearly the same letters."""
    left, right = _name(one), _name(other)
    if not left or not right:
        return True
    if set(left) <= set(right) or set(right) <= set(left):
        return True
    if unspaced("".join(left + right)):
        a, b = "".join(left), "".join(right)
        return a in b or b in a
    short, long = sorted((left, right), key=lambda words: (len(words), len("".join(words))))
    if len(short) == 1 and short[0] == "".join(word[0] for word in long):
        return True
    if short[-1] == long[-1] and _initials_fit(short[:-1], long[:-1]):
        return True
    return _alike(" ".join(left), " ".join(right)) and not _another_word(left, right)


def items(text: str) -> list[str]:
    """The members of a list: what stands between commas and "and" or "or", in whatever language."""
    return [part.strip() for part in _joints().split(text[:LONGEST]) if part and part.strip()]


@cache
def _joints() -> re.Pattern[str]:
    """What joins the members of a list: marks, words of all languages between spaces, and those in Han characters; in
    other scripts without spaces the same letters stand inside words ("กับ" in "ผู้กำกับ")."""
    words = {word for entry in by_language("answers").values() for word in entry.get("and", "").split(" | ")}
    words |= {word for entry in by_language("roles").values() for word in entry.get("or", "").split()}
    apart = any_of(word for word in words if word[:1].isalpha() and not unspaced(word))
    han = any_of(word for word in words if _HAN.fullmatch(word))
    return re.compile(rf"[,;、，；/]|\s(?:{apart})\s|(?:{han})")


_HAN = re.compile("[\u4e00-\u9fff]+")


@lru_cache(maxsize=4_096)
def _name(text: str) -> tuple[str, ...]:
    lower = folded(fold_han(text[:LONGEST]))
    words = re.findall(r"[^\W_]+", lower)
    kept = [word for word in words if word not in _quiet() and word not in _TITLES]
    return tuple(kept or words)


@cache
def _quiet() -> frozenset[str]:
    """English words that say nothing by themselves."""
    return frozenset(facts("en")["questions"]["common"].split())


_TITLES = frozenset("sir mr mrs ms dr prof st saint lord lady king queen president general city state".split())


def _initials_fit(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the first names of one are the other's, their initials or nearly, in order; either may leave some out."""
    at = 0
    for word in short:
        while at < len(long) and not (long[at][0] == word or word[0] == long[at] or _alike(long[at], word)):
            at += 1
        if at == len(long):
            return False
        at += 1
    return True


def words_in_common(one: str, other: str) -> float:
    """The share of the words of the shorter name that the longer has."""
    short, long = sorted((_name(one), _name(other)), key=len)
    return sum(word in long for word in short) / len(short) if short else 0.0


def _another_word(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether names of as many words have another word at one place: "Nawaf al-Ahmad", "Mishal al-Ahmad"."""
    from rapidfuzz.distance import OSA

    return len(one) == len(other) and any(
        OSA.distance(a, b) > max(len(a), len(b)) / 2 for a, b in zip(one, other, strict=True)
    )


def _alike(one: str, other: str) -> bool:
    """Whether two names differ by no more than spelling."""
    from rapidfuzz.distance import OSA

    most = max(len(one), len(other)) // 6
    return OSA.distance(one, other, score_cutoff=most) <= most if most else one == other
