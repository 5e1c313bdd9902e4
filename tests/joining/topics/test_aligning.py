"""Two sides are matched by names, by neighbours where names say nothing, and by what matched pairs teach of both."""

from __future__ import annotations

import random

import numpy as np

from galactica.joining.topics.aligning import AlignedSide, Alignment, IngredientsUsed

MANY = 240
SYLLABLES = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aiou"]
SIGNS = [chr(0x5E00 + 7 * at) for at in range(len(SYLLABLES))]
"""Another language's sign for each syllable, whose reading has nothing to do with it."""

NO_VECTORS = np.zeros((MANY, 0), np.float32)


def spelt(rng: random.Random) -> tuple[str, str]:
    """A name and the same in signs."""
    words = [[rng.randrange(len(SYLLABLES)) for _ in range(rng.choice((2, 3)))] for _ in range(2)]
    return (
        " ".join("".join(SYLLABLES[at] for at in word) for word in words),
        "·".join("".join(SIGNS[at] for at in word) for word in words),
    )


def linked(rng: random.Random, of: int) -> np.ndarray:
    rows = {(at, way, rng.randrange(of)) for at in range(of) for way in (0, 0, 1, 2) if at % 3 != way}
    return np.array(sorted(rows), np.int64)


def sides(told: int, seed: int = 3, of: int = MANY) -> tuple[AlignedSide, AlignedSide]:
    """Record n of one side is record n of the other; of the first `told` names are the same, the others in signs;
    the first `of` are linked with each other."""
    rng = random.Random(seed)
    names = [spelt(rng) for _ in range(MANY)]
    ours = [plain if at < told else signs for at, (plain, signs) in enumerate(names)]
    links = linked(rng, of)
    return (
        AlignedSide(names=ours, vectors=NO_VECTORS, links=links),
        AlignedSide(names=[plain for plain, _ in names], vectors=NO_VECTORS, links=links.copy()),
    )


def after(rounds: int, alignment: Alignment) -> Alignment:
    for _ in range(rounds):
        alignment.advance()
    return alignment


def right(alignment: Alignment, first: int = 0) -> int:
    return sum(low == high for low, high in alignment.matched.tolist() if low >= first)


def test_what_names_do_not_say_neighbours_do() -> None:
    alone = after(
        7, Alignment(sides(160), IngredientsUsed(links=False, translations=False, transliteration=False, sorts=False))
    )
    assert right(alone) > 120
    assert right(alone, 160) < 8
    alignment = after(7, Alignment(sides(160), IngredientsUsed(translations=False, transliteration=False)))
    assert right(alignment, 160) > 60
    assert right(alignment) > 0.95 * len(alignment.matched)


def test_matched_pairs_teach_how_names_are_written_in_signs() -> None:
    without = after(8, Alignment(sides(60, of=150), IngredientsUsed(translations=False, transliteration=False)))
    assert right(without, 150) < 8
    alignment = after(8, Alignment(sides(60, of=150)))
    assert right(alignment, 150) > 45
    assert right(alignment) > 0.95 * len(alignment.matched)


def test_of_two_of_one_name_the_one_is_matched_that_has_the_same_neighbours() -> None:
    one, other = sides(200)
    names = list(other.names)
    names[7] = names[5]
    ours = list(one.names)
    ours[5] = ours[7] = names[5]
    alignment = after(
        6,
        Alignment(
            (
                AlignedSide(names=ours, vectors=NO_VECTORS, links=one.links),
                AlignedSide(names=names, vectors=NO_VECTORS, links=other.links),
            )
        ),
    )
    assert {(5, 5), (7, 7)} <= set(map(tuple, alignment.matched.tolist()))


def test_a_name_alone_is_not_matched_with_one_whose_neighbours_are_others() -> None:
    one, other = sides(200)
    links = other.links.copy()
    mine = (links[:, 0] == 9) | (links[:, 2] == 9)
    away = np.array([(9, way, (90 + 3 * way) % MANY) for way in range(3) for _ in range(1)], np.int64)
    moved = AlignedSide(names=other.names, vectors=NO_VECTORS, links=np.concatenate([links[~mine], away]))
    kept, lost = after(5, Alignment((one, other))), after(5, Alignment((one, moved)))
    sure = [float(each.worth[np.searchsorted(each.pairs, 9 * MANY + 9)]) for each in (kept, lost)]
    assert sure[1] < sure[0] - 3


def test_the_same_sides_are_matched_alike() -> None:
    found = [after(3, Alignment(sides(120))) for _ in range(2)]
    one, other = [(each.pairs.tolist(), each.worth.tolist(), each.matched.tolist()) for each in found]
    assert one == other


def test_records_without_links_are_matched_by_their_names() -> None:
    none = np.zeros((0, 3), np.int64)
    bare = [AlignedSide(names=each.names, vectors=NO_VECTORS, links=none) for each in sides(160)]
    assert right(after(4, Alignment((bare[0], bare[1])))) > 120


def test_few_records_and_names_of_nothing_are_no_fault() -> None:
    none = np.zeros((0, 3), np.int64)
    one = AlignedSide(names=["", "?", "a"], vectors=np.eye(3, 4, dtype=np.float32), links=none)
    other = AlignedSide(names=["", "()"], vectors=np.zeros((2, 4), np.float32), links=none)
    assert len(after(3, Alignment((one, other))).matched) <= 2
    nobody = AlignedSide(names=[], vectors=np.zeros((0, 4), np.float32), links=none)
    assert len(after(2, Alignment((one, nobody))).matched) == 0
    assert len(after(2, Alignment((nobody, other))).matched) == 0
