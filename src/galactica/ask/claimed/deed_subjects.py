"""Of whom a sentence speaks first: of the thing itself, or of somebody else, whom a pronoun behind it then means."""

from __future__ import annotations

from collections.abc import Sequence

from galactica.ask.claimed.deeds import DeedWords
from galactica.ask.pieces import CAPITAL, cut_pieces
from galactica.ask.wording_words import WordingWords

LOOKED_AT = 500
"""Characters of a sentence that are looked at."""


def begins_with(text: str, language: str, names: Sequence[tuple[str, ...]], words: WordingWords) -> bool:
    """Whether a sentence begins with one of some names."""
    pieces = cut_pieces(text[:LOOKED_AT], language)
    first = 1 if pieces.words[:1] and pieces.words[0] in words.articles else 0
    return any(tuple(pieces.keys[first : first + len(name)]) == name for name in names)


def begins_with_another(text: str, language: str, words: WordingWords, own: DeedWords) -> bool:
    """Whether a sentence that does not begin with the thing begins with somebody else: with whose it is ("her mother"),
    or with a name, which is two words with capitals, or one before a verb."""
    pieces = cut_pieces(text[:LOOKED_AT], language)
    if len(pieces) < 2 or pieces.words[0] in words.subjects:
        return False
    if pieces.words[0] in own.whose:
        return True
    if pieces.common[0] or pieces.kinds[0] != CAPITAL or text[pieces.ends[0] : pieces.starts[1]].strip():
        return False
    behind = pieces.words[1]
    return pieces.kinds[1] == CAPITAL or behind in words.being | words.helping or behind.endswith("ed")
