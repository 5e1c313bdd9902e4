"""Which words and pieces a student knows: the teacher's own pieces, folded, and the commonest words of its texts.

The teacher's pieces come from text in a hundred languages, so a student knows something of languages in which it is
taught nothing. Pieces that are one when they are folded ("▁River", "▁river") are one entry, shown to the teacher as the
commonest of them is written. A piece of punctuation is no entry.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from galactica.encode.pieces import SPACE, SPECIAL
from galactica.encode.subwords import INNER, LONGEST_ENTRY, Cutter, fold_words, without_spaces
from galactica.train.reading.vocabulary import pieces_kept
from galactica.train.student.plan import Entries, Taught

LANGUAGES = 20
"""Languages that the teacher's pieces are of, about: in its own language a piece is so many times as common as among
all."""

WORDS = 60
"""Of a stretch of text, about."""

FEWEST = 4
"""Times that a word is met to be an entry of its own, where it is none of the teacher's pieces."""

FEWEST_TEXTS = 200
"""Of a language, from which it tells how rare words are."""

LEAST_RARITY, MOST_RARITY = 0.15, 9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CutAll:
    """Texts as entries.

    Attributes:
        at: `int32 [entries of all texts]`, numbers of entries, each once a text.
        weights: `float32 [the same]`, the square root of how often each occurs there.
        borders: `int64 [texts + 1]`, where each text begins among these.
    """

    at: NDArray[np.int32]
    weights: NDArray[np.float32]
    borders: NDArray[np.int64]


def choose(
    pieces: Sequence[str],
    scores: Sequence[float],
    taught: Sequence[Taught],
    most: int,
    lists: Mapping[str, Mapping[str, float]] | None = None,
) -> Entries:
    """Choose entries.

    Args:
        pieces, scores: the teacher's vocabulary.
        most: entries; none of the teacher's single letters is left out for it.
        lists: language → words → their shares (`lists.word_lists`).
    """
    how_often, shown = _folded(pieces, scores, pieces_kept(pieces, scores, ()))
    for words in (_words(taught), *(lists or {}).values()):
        for word, share in words.items():
            shown.setdefault(word, word)
            how_often[word] = max(how_often.get(word, 0.0), share / LANGUAGES)
    names = sorted(how_often, key=lambda name: (len(name.removeprefix(INNER)) > 1, -how_often[name], name))[:most]
    cut = cut_all(names, [each.text for each in taught])
    counts = np.bincount(cut.at, minlength=len(names))
    order = np.argsort([-how_often[name] for name in names], kind="stable")
    rarity = _rarity(names, how_often, cut, taught)
    return Entries(
        names=tuple(names[number] for number in order),
        shown=tuple(shown[names[number]] for number in order),
        rarity=rarity[order],
        counts=counts[order],
    )


def cut_all(names: Sequence[str], texts: Iterable[str]) -> CutAll:
    """Cut texts into entries, as an encoder with these entries does; letters that are none are left out."""
    number = {name: at for at, name in enumerate(names)}
    cutter = Cutter(number)
    known: dict[str, list[int]] = {}
    at: list[NDArray[np.int32]] = []
    weights: list[NDArray[np.float32]] = []
    borders = [0]
    for text in texts:
        found: dict[int, float] = defaultdict(float)
        for word, count in Counter(cutter.units(text)).items():
            numbers = known.get(word)
            if numbers is None:
                numbers = known[word] = [number[piece] for piece in cutter.pieces(word) if piece in number]
            for each in numbers:
                found[each] += math.sqrt(count)
        at.append(np.fromiter(found, np.int32, len(found)))
        weights.append(np.fromiter(found.values(), np.float32, len(found)))
        borders.append(borders[-1] + len(found))
    return CutAll(
        at=np.concatenate([np.zeros(0, np.int32), *at]),
        weights=np.concatenate([np.zeros(0, np.float32), *weights]),
        borders=np.array(borders, np.int64),
    )


def _folded(
    pieces: Sequence[str], scores: Sequence[float], numbers: Iterable[int]
) -> tuple[dict[str, float], dict[str, str]]:
    """Entry → how often it is met among all pieces, 0 to 1; entry → as it is shown."""
    how_often: dict[str, float] = defaultdict(float)
    shown: dict[str, tuple[float, str]] = {}
    for at in numbers:
        letters = pieces[at].removeprefix(SPACE)
        if at < len(SPECIAL) or not letters or SPACE in letters:
            continue
        words = fold_words(letters)
        if len(words) != 1 or len(words[0]) > LONGEST_ENTRY or not letters[0].isalnum():
            continue
        inner = not pieces[at].startswith(SPACE) and not without_spaces(words[0])
        name = INNER + words[0] if inner else words[0]
        how_often[name] += math.exp(scores[at])
        shown[name] = max(shown.get(name, (-math.inf, "")), (scores[at], letters))
    return dict(how_often), {name: letters for name, (_, letters) in shown.items()}


def _words(taught: Sequence[Taught]) -> dict[str, float]:
    """The words of texts, with the share that each has in the language in which it is commonest."""
    by_language: dict[str, Counter[str]] = defaultdict(Counter)
    for each in taught:
        by_language[each.language].update(
            word for word in fold_words(each.text) if len(word) <= LONGEST_ENTRY and not without_spaces(word)
        )
    found: dict[str, float] = {}
    for counts in by_language.values():
        total = max(20_000, counts.total())
        for word, count in counts.items():
            if count >= FEWEST:
                found[word] = max(found.get(word, 0.0), count / total)
    return found


def _rarity(
    names: Sequence[str], how_often: Mapping[str, float], cut: CutAll, taught: Sequence[Taught]
) -> NDArray[np.float32]:
    """How much each entry says: in the language in which it is commonest, where that is known well enough; else by how
    common it is among all."""
    share = np.array([how_often[name] for name in names])
    rarity = -np.log(-np.expm1(-share * LANGUAGES * WORDS) + 1e-5)
    texts = Counter(each.language for each in taught)
    owner = np.repeat(np.arange(len(taught)), np.diff(cut.borders))
    places = {name: place for place, name in enumerate(texts)}
    language = np.array([places[each.language] for each in taught])
    for place, (_, count) in enumerate(texts.items()):
        if count >= FEWEST_TEXTS:
            having = np.bincount(cut.at[language[owner] == place], minlength=len(names))
            often = having >= 3
            rarity[often] = np.minimum(rarity[often], np.log((count + 1) / (having[often] + 0.5)))
    found: NDArray[np.float32] = np.clip(rarity, LEAST_RARITY, MOST_RARITY).astype(np.float32)
    return found


def bags_of(cut: CutAll, texts: Iterable[int]) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
    """(entries, weights, where each text begins) of some texts."""
    spans = [slice(cut.borders[number], cut.borders[number + 1]) for number in texts]
    ends = np.cumsum([0, *(span.stop - span.start for span in spans)])
    at = np.concatenate([np.zeros(0, np.int32), *(cut.at[span] for span in spans)]).astype(np.int64)
    return at, np.concatenate([np.zeros(0, np.float32), *(cut.weights[span] for span in spans)]), ends[:-1]
