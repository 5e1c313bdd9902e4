"""Words of a window exchanged for words of another language that mean the same: what a network learns from that the
same is said in many languages (code-switching; Qin et al. 2020, arXiv:2006.06402).

Pieces that are whole words are exchanged for pieces that are whole words, one for one, so that what stands where stays
as it is, and with it where the answer begins and ends. Which mean the same, the vectors of the network say that
training begins from (see `translating`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from galactica.codes.han import unspaced
from galactica.encode.pieces import SPACE, SPECIAL
from galactica.train.reading.translating import (
    NAMED,
    NEAREST,
    SCRIPTS,
    Centre,
    entries_of,
    near_words,
    word_entries,
    words_met,
)

WORD = 0.5
"""Share of the words that are exchanged in a window in which any are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceDictionary:
    """Which pieces mean the same in other languages.

    Attributes:
        choices: `int32 [languages, pieces, NEAREST]`, ids of the pieces of each language that mean the same, again from
            the first where there are fewer, −1 where there are none.
        opens: `bool [pieces]`, whether a word begins with this piece, or ends before it.
    """

    choices: NDArray[np.int32]
    opens: NDArray[np.bool_]

    def exchanged(self, ids: NDArray[np.int64], share: float, seed: Sequence[int]) -> NDArray[np.int64]:
        """Windows with some words exchanged, `int64 [windows, length]`; the same for the same seed.

        Args:
            share: of the windows in which words are exchanged, 0 to 1.
        """
        chance = np.random.default_rng(list(seed))
        chosen = chance.random(len(ids)) < share
        language = chance.integers(0, len(self.choices), len(ids))
        after = np.concatenate([ids[:, 1:], np.zeros_like(ids[:, :1])], axis=1)
        able = chosen[:, None] & self.opens[ids] & self.opens[after] & (chance.random(ids.shape) < WORD)
        offered = self.choices[language[:, None], ids, chance.integers(0, NEAREST, ids.shape)]
        return np.where(able & (offered >= 0), offered, ids)


def piece_dictionary(pieces: Sequence[str], centre: Centre, texts: Iterable[str]) -> PieceDictionary:
    """The dictionary of a vocabulary.

    Args:
        texts: passages and questions, from which is learned what a word of English, Spanish or Turkish is.
    """
    entries = word_entries(pieces)
    listed = [entry for several in entries.values() for entry in several]
    scripts = [name for name, several in entries.items() for _ in several]
    place = {entry: at for at, entry in enumerate(listed)}
    written = _written(pieces, place)
    rows = centre(listed, scripts)
    met = words_met(texts)
    choices = np.full((len(SCRIPTS), len(pieces), NEAREST), -1, np.int32)
    sources = [(number, place[word]) for number, piece in enumerate(pieces) if (word := _word(piece)) in place]
    for language, target in enumerate(SCRIPTS):
        able = entries_of(target, listed, scripts, met)
        near = near_words(rows, rows[able])
        for number, at in sources:
            named = pieces[number].removeprefix(SPACE)[0].isupper()
            found = [
                written[able[other]]
                for other, cosine in near[at]
                if able[other] != at and able[other] in written and (cosine >= NAMED or not named)
            ]
            if found:
                choices[language, number] = [found[turn % len(found)] for turn in range(NEAREST)]
    return PieceDictionary(choices=choices, opens=np.array([_opens(piece) for piece in pieces]))


def _word(piece: str) -> str:
    return piece.removeprefix(SPACE).lower()


def _written(pieces: Sequence[str], place: dict[str, int]) -> dict[int, int]:
    """Place of an entry → the piece that it is written with, in small letters where there is one."""
    found: dict[int, int] = {}
    for number, piece in enumerate(pieces):
        at = place.get(_word(piece))
        if at is not None and (at not in found or piece.removeprefix(SPACE).islower()):
            found[at] = number
    return found


def _opens(piece: str) -> bool:
    """Whether a word begins with a piece, or none goes on with it."""
    return piece in SPECIAL or piece.startswith(SPACE) or not piece[:1].isalpha() or unspaced(piece[:1])
