"""A text cut into the pieces that are compared and marked: words, or characters where a script has no spaces.

Han and kana are cut into characters, Thai, Lao, Khmer and Burmese into letters with their signs; a run of Latin
letters or digits among them is one piece. Two texts share a piece of such a script where they share two (three) letters
in a row, else where they share a word's stem.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from galactica.ask.kinds import common_unspaced, common_words
from galactica.codes.han import PAIRS, TRIPLES, fold_han, unspaced
from galactica.codes.letters import folded, prepare
from galactica.errors import GalacticaError
from galactica.languages import by_language, primary
from galactica.search.analysis import analyser, analyser_for
from galactica.search.features import WordVectors

MOST_PIECES = 400
"""Of one sentence, and of a question; what follows is not looked at."""

LONGEST = 60
"""Characters of one piece."""

_MARKS = "\u0300-\u036f\u0900-\u0963\u0966-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd"
_PIECE = re.compile(
    rf"\d+(?:[.,:/]\d+)*|[{PAIRS}]|[{TRIPLES}][{_MARKS}]*|"
    rf"(?:(?![{PAIRS}{TRIPLES}])[^\W\d_])(?:(?![{PAIRS}{TRIPLES}])(?:[^\W_]|[{_MARKS}])|['’.](?=[^\W\d_])(?![{PAIRS}{TRIPLES}]))*"
)

NUMBER, CAPITAL, PLAIN = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The pieces of a stretch of text, in order.

    Attributes:
        starts, ends: of each, in code points of the text.
        keys: what each is compared by: a stem, or letters.
        common: whether it says nothing by itself.
        kinds: NUMBER, CAPITAL or PLAIN, by how it is written.
        spaced: whether pieces are words.
        words: each as vectors of words know it: folded, in unspaced scripts its letters with the next one.
        roles: numbers of `role_names`, 0 for none.
    """

    starts: list[int]
    ends: list[int]
    keys: list[str]
    common: list[bool]
    kinds: list[int]
    spaced: bool
    words: list[str]
    roles: list[int]

    def __len__(self) -> int:
        return len(self.keys)


def cut_pieces(text: str, language: str, start: int = 0, end: int | None = None) -> Pieces:
    """The pieces of `text[start:end]`, at most `MOST_PIECES`."""
    stop = len(text) if end is None else end
    found = [match.span() for match, _ in zip(_PIECE.finditer(text, start, stop), range(MOST_PIECES), strict=False)]
    starts, ends = [a for a, _ in found], [b for _, b in found]
    words = [text[a:b][:LONGEST] for a, b in found]
    whole = text[start:stop]
    if unspaced(whole):
        lower = [folded(fold_han(word)) for word in words]
        common = _common_runs(text, starts, ends, language)
        keys = plain = _grams(lower, starts, ends, common)
        spaced = False
    else:
        name = analyser_for(language, whole)
        quiet = common_words(language)
        lower = [folded(word) for word in words]
        common = [word in quiet for word in lower]
        keys = [stem_of(word, name) for word in words]
        plain = lower
        spaced = True
    roles = [_roles().get(word, 0) for word in lower]
    return Pieces(
        starts=starts,
        ends=ends,
        keys=keys,
        common=common,
        kinds=list(map(_kind, words)),
        spaced=spaced,
        words=plain,
        roles=roles,
    )


_ROLES = tuple(
    "by in on at to from for with of and or the a is have as because that than about called after not own he many "
    "would".split()
)
"""What small words say of their neighbours ("by", "von" and "由" stand before who did it), alike in all languages. A
word is in one role, the first that has it; the weights of the rules know them by their numbers."""


@cache
def role_names() -> tuple[str, ...]:
    """What small words may say of their neighbours, by number; the first is "" for nothing."""
    return ("", *_ROLES)


@cache
def _roles() -> dict[str, int]:
    found: dict[str, int] = {}
    for number, role in enumerate(_ROLES, 1):
        for entry in by_language("roles").values():
            for word in entry.get(role, "").split():
                found.setdefault(folded(fold_han(word)), number)
    return found


@lru_cache(maxsize=200_000)
def stem_of(word: str, name: str) -> str:
    """What a word is compared by, as the analyser of that name has it."""
    terms = analyser(name).terms(prepare(word.replace("’", "'").removesuffix("'s").replace("'", "")))
    return "".join(terms) or folded(word)


def _kind(word: str) -> int:
    if word[0].isdigit():
        return NUMBER
    return CAPITAL if word[0].isupper() else PLAIN


def _grams(lower: Sequence[str], starts: Sequence[int], ends: Sequence[int], common: Sequence[bool]) -> list[str]:
    """Of a letter of an unspaced script: with the one after it, where that follows at once and both say something; else
    itself."""
    keys: list[str] = []
    for at, word in enumerate(lower):
        after = at + 1
        beside = after < len(lower) and ends[at] == starts[after] and common[at] == common[after]
        joined = beside and unspaced(word) and unspaced(lower[after])
        keys.append(word + lower[after] if joined else word)
    return keys


def counting_pieces(pieces: Pieces) -> list[bool]:
    """Which pieces of a question count: those that say something; of a run of letters not the last by itself."""
    out = []
    for at, common in enumerate(pieces.common):
        alone = at == 0 or pieces.common[at - 1] or pieces.ends[at - 1] != pieces.starts[at]
        letter = not pieces.spaced and unspaced(pieces.keys[at]) and len(pieces.keys[at]) == 1
        out.append(not common and (alone or not letter))
    return out


def _common_runs(text: str, starts: Sequence[int], ends: Sequence[int], language: str) -> list[bool]:
    """Which pieces lie in a common word of an unspaced language; words of two letters and more, or Han particles."""
    if not starts:
        return []
    pattern = _common_pattern(primary(language))
    low, high = starts[0], ends[-1]
    quiet = np.zeros(high - low + 1, np.int32)
    for match in pattern.finditer(fold_han(text[low:high])):
        quiet[match.start()] += 1
        quiet[match.end()] -= 1
    covered = np.cumsum(quiet) > 0
    return [bool(covered[a - low]) for a in starts]


@cache
def _common_pattern(language: str) -> re.Pattern[str]:
    words = {word for word in common_words(language) if unspaced(word)} or common_unspaced()
    return re.compile("|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word))))


@cache
def vectors() -> WordVectors | None:
    """Vectors of words, whose lengths say how much each counts; None where the encoder is not there."""
    from galactica.encode import open_encoder
    from galactica.encode.static import StaticEncoder

    try:
        encoder = open_encoder("static")
    except GalacticaError:
        return None
    return encoder if isinstance(encoder, StaticEncoder) else None


SAYS, STEEPER = 2.4, 1.5
"""From the length of a word's vector to what it says. Lengths of the student are evener than those of the encoder that
the rules and bounds of asking were fitted with ("penicillin" 0.70, "discovered" 0.52; there 1.60 and 0.69): so drawn
out they are 1.41 and 0.90, those of "the" and "year" 0.05 and 0.28 (2026-11-29)."""


RARE = 0.7
"""What a name says at least: many are also a piece of common words in some language ("Elm")."""


def named_weight(word: str, kind: int) -> float:
    """`weight` of a word of this kind (`Pieces.kinds`)."""
    return max(RARE, weight(word)) if kind == CAPITAL else max(0.05, weight(word))


@lru_cache(maxsize=50_000)
def weight(word: str) -> float:
    """How much a word says, about 0.1 for "the", 1.4 for a rare name; by its length where no encoder is there."""
    known = vectors()
    if known is None:
        return min(1.2, 0.15 * len(word))
    plain = folded(fold_han(word))
    length: NDArray[np.float32] = np.linalg.norm(known.vectors([plain]), axis=1) * known.weights([plain])
    return float(SAYS * float(length[0]) ** STEEPER)
