"""Articles of two sources in two languages matched by what they link to: topics that names alone could not join.

After names, texts and identifiers have joined what they can, the articles of each two sources that name each thing
once, in two languages, are matched round by round (`aligning`): what is joined already is known, and teaches which
links lead to the same things, how names are translated, and which sorts of articles are of one sort. Rules:

1. Only sources with links are matched, and only where `LEAST_KNOWN` of their articles are joined already: a source
   without links gives the same topics as if this were not.
2. What is joined already stays, and nothing else is joined with it: neither of a matched pair has a partner in the
   other's source. A list of namesakes is matched with nothing.
3. A pair must be as sure as any other (`JOINS`), and both must link to, or be linked from, `AGREE` things that are
   known already; and names and texts must say something for it, too (`NAMED`): links alone join nothing. What forbids
   any pair (`deciding.forbids`) forbids it, and where an article has another candidate by name, names decide (`LAST`).
   What is joined so is known in the next round; what is less sure teaches nothing.
4. Of larger sources those articles are matched that link to most known things, `MOST_RECORDS` of each: memory is 700
   MiB at the most (16 KiB for each of these, and 300 MiB for links), whatever the size of the edition.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from galactica.claims.property_table import known_properties
from galactica.joining.topics.aligning import AlignedSide, Alignment, IngredientsUsed
from galactica.joining.topics.claimed import items_claimed
from galactica.joining.topics.deciding import JOINS, forbids
from galactica.joining.topics.gathering import GatheredThings
from galactica.joining.topics.kept import FieldSaid, TopicPair
from galactica.joining.topics.learning import UNIT
from galactica.joining.topics.linked import NOWHERE, KnownLinks
from galactica.joining.topics.records import ThingFile
from galactica.joining.topics.thing import MOST_LINKED
from galactica.joining.topics.unit_rows import Ints
from galactica.languages import primary
from galactica.progress import Report

MOST_RECORDS = 12_000
"""Articles of a source that are matched with another's at the most."""

MOST_TWO = 28
"""Pairs of sources that are matched, those with most articles: all of eight languages."""

LEAST_KNOWN = 20
"""Pairs that must be joined before links are asked: fewer teach nothing."""

AGREE, OF_WHICH = 3, 2
"""Known things that both of a pair must be linked with, fewer may be chance; and one in so many of those that the one
is linked with which has fewer: an article on a country and one on its capital have some in common."""

NEIGHBOURS = 10.0
"""Bits that neighbours must say (`aligning.SAID`): few of what both link to may be what everything links to."""

NAMED = 2.0
"""Bits that names and texts must say beside: by links alone Cantonese was China, in a part of DBP15K."""

ASKED = IngredientsUsed(transliteration=False)
"""What is listened to: not yet how names are spelt, as it has not been measured how right what it joins is."""

SMALLEST = 1e-9
"""What is taken for no doubt: 30 bits."""

ROUNDS = 8
"""Of matching; it ends before, where a round finds nothing more."""

LAST = -(1 << 24)
"""What is added to the weight of a matched pair, in thousandths of a bit: it is joined after all that names join."""

NO_LANGUAGE = frozenset({"mul", "und", "zxx", ""})
"""Languages of sources whose names are in none."""

_LEVELS = {
    "sound": "how the titles sound, beside the next ones",
    "meaning": "how near the texts are in meaning, beside the next ones",
    "translated": "how the title is written in the other language, as joined articles teach it",
    "sort": "whether both are linked as things of one sort are",
    "neighbours": "what they link to, and what links to them",
    "needed": "before anything is compared",
}


def matched_pairs(
    found: GatheredThings,
    groups: NDArray[np.int64],
    clusters: Iterable[Sequence[int]],
    links: KnownLinks,
    report: Report,
) -> Iterator[TopicPair]:
    """The pairs that links and learned names join, of every two sources in two languages, each with what speaks for it.

    Args:
        groups: of each row, the number of the source that names each thing once; -1: of no such source.
        clusters: rows of each topic that was found before; gone through more than once.
        links: of the edition's articles.
    """
    for number, (one, other) in enumerate(_two_sources(found, groups)):
        report("match", number, None, "pairs of sources")
        known = _known(clusters, groups, one, other)
        if len(known) < LEAST_KNOWN:
            continue
        rows, known = _chosen(found, groups, links, (one, other), known)
        sides = [_side(found, links, each) for each in rows]
        if not all(len(each.links) for each in sides):
            continue
        yield from _matched(found, (sides[0], sides[1]), rows, known)


def _two_sources(found: GatheredThings, groups: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Every two sources, in two languages, those of most articles first."""
    numbers, firsts, sizes = np.unique(groups, return_index=True, return_counts=True)
    told = {
        number: (primary(found.things[row].language), size)
        for number, row, size in zip(numbers.tolist(), firsts.tolist(), sizes.tolist(), strict=True)
        if number >= 0
    }
    several = [
        (one, other)
        for one, other in combinations(sorted(told), 2)
        if told[one][0] != told[other][0] and not {told[one][0], told[other][0]} & NO_LANGUAGE
    ]
    return sorted(several, key=lambda two: -min(told[each][1] for each in two))[:MOST_TWO]


def _known(clusters: Iterable[Sequence[int]], groups: NDArray[np.int64], one: int, other: int) -> Ints:
    """Articles of two sources that are joined: int64 [n, 2], rows, by the first."""
    found = []
    for rows in clusters:
        ours = [row for row in rows if groups[row] == one]
        theirs = [row for row in rows if groups[row] == other]
        if ours and theirs:
            found.append((ours[0], theirs[0]))
    return np.array(sorted(found), np.int64).reshape(-1, 2)


def _chosen(
    found: GatheredThings, groups: NDArray[np.int64], links: KnownLinks, two: tuple[int, int], known: Ints
) -> tuple[tuple[Ints, Ints], Ints]:
    """The rows of two sources that are matched, ascending; of these, the pairs that are known, by place."""
    every = [np.flatnonzero(groups == each) for each in two]
    if max(map(len, every)) > MOST_RECORDS:
        is_known = np.zeros(len(groups), bool)
        is_known[known] = True
        counts = [_links_to_known(found, links, rows, is_known) for rows in every]
        both = sum(
            count[np.searchsorted(rows, known[:, at])]
            for at, (rows, count) in enumerate(zip(every, counts, strict=True))
        )
        known = known[np.sort(np.argsort(-np.asarray(both), kind="stable")[: MOST_RECORDS // 2])]
        for at in (0, 1):
            counts[at][np.searchsorted(every[at], known[:, at])] = MOST_LINKED + 1
            every[at] = every[at][np.sort(np.argsort(-counts[at], kind="stable")[:MOST_RECORDS])]
    return (every[0], every[1]), np.stack([np.searchsorted(every[at], known[:, at]) for at in (0, 1)], axis=1)


def _links_to_known(found: GatheredThings, links: KnownLinks, rows: Ints, is_known: NDArray[np.bool_]) -> Ints:
    """How many articles that are known each article links to."""
    several = (int(is_known[links.rows_of(found.things[row])].sum()) for row in rows.tolist())
    return np.fromiter(several, np.int64, len(rows))


def _side(found: GatheredThings, links: KnownLinks, rows: Ints) -> AlignedSide:
    """Articles as records: their titles, texts, links, and items that they claim."""
    place = {row: at for at, row in enumerate(rows.tolist())}
    properties = {each: 1 + at for at, each in enumerate(sorted(known_properties()))}
    names, bearing, between = [], {"": NOWHERE}, array("q")
    for row, at in place.items():
        thing = found.things[row]
        names.append(thing.title)
        bearing[thing.base] = NOWHERE if thing.base in bearing else at
    for row, at in place.items():
        thing = found.things[row]
        linked = {(0, place.get(other, NOWHERE)) for other in links.rows_of(thing)}
        claimed = {(properties.get(name, 0), bearing.get(value, NOWHERE)) for name, value in items_claimed(thing)}
        for way, other in sorted(linked | {each for each in claimed if each[0]}):
            if other not in (NOWHERE, at):
                between.extend((at, way, other))
    vectors = _of_length_one(found.vectors[rows].astype(np.float32))
    return AlignedSide(
        names=names,
        vectors=_of_length_one(vectors - vectors.mean(axis=0)) if len(vectors) else vectors,
        links=np.array(between, np.int64).reshape(-1, 3),
    )


def _of_length_one(values: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(values / np.maximum(np.linalg.norm(values, axis=1, keepdims=True), 1e-9), np.float32)


def _matched(
    found: GatheredThings, sides: tuple[AlignedSide, AlignedSide], rows: tuple[Ints, Ints], known: Ints
) -> Iterator[TopicPair]:
    alignment, linked = Alignment(sides, ASKED), [_linked(side) for side in sides]
    for _ in range(ROUNDS):
        alignment.know(known)
        alignment.advance()
        partner, joined, more = dict(known.tolist()), set(known[:, 1].tolist()), []
        for at, place, bits in _surest(alignment):
            one, other = alignment.matched[at].tolist()
            low, high = sorted((int(rows[0][one]), int(rows[1][other])))
            things = found.things[low], found.things[high]
            if not things[0].sort and not forbids(*things) and _agree(linked, partner, joined, one, other):
                more.append((one, other))
                yield TopicPair(low=low, high=high, verdict="near", bits=bits, said=_said(alignment, place, bits))
        if not more:
            return
        known = np.array(sorted([*map(tuple, known.tolist()), *more]), np.int64)


def _surest(alignment: Alignment) -> Iterator[tuple[int, int, int]]:
    """Matched pairs that are as sure as is asked, and of which neighbours and names say enough: their places among the
    matched and among the candidates, and how sure they are."""
    numbers = alignment.matched[:, 0] * alignment.sizes[1] + alignment.matched[:, 1]
    places = np.searchsorted(alignment.pairs, numbers)
    odds = alignment.sure / np.maximum(1 - alignment.sure, SMALLEST)
    bits = np.round(UNIT * np.log2(odds)).astype(np.int64)
    neighbours = alignment.said["neighbours"][places]
    named = np.sum([alignment.said[each][places] for each in ("sound", "meaning", "translated")], axis=0)
    enough = (bits >= JOINS) & (neighbours >= NEIGHBOURS) & (named >= NAMED)
    for at in range(len(alignment.known), len(places)):
        if enough[at]:
            yield at, int(places[at]), int(bits[at])


def _linked(side: AlignedSide) -> dict[int, set[int]]:
    """What each record links to, and what links to it."""
    found: dict[int, set[int]] = {}
    for one, _, other in side.links.tolist():
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def _agree(
    linked: Sequence[Mapping[int, set[int]]], partner: Mapping[int, int], joined: AbstractSet[int], one: int, other: int
) -> bool:
    """Whether enough of the known things that two records are linked with are the same.

    Args:
        partner: of each known record of the left, that of the right; joined: all of the latter.
    """
    ours = {partner[each] for each in linked[0].get(one, ()) if each in partner}
    theirs = linked[1].get(other, set())
    agree = len(ours & theirs)
    return agree >= AGREE and agree * OF_WHICH >= min(len(ours), len(theirs & joined))


def _said(alignment: Alignment, place: int, bits: int) -> tuple[FieldSaid, ...]:
    """What a pair's weight is the sum of; what is missing to that is what the next candidates take."""
    said = [
        FieldSaid(field=name, level=level, bits=round(UNIT * float(alignment.said[name][place])))
        for name, level in _LEVELS.items()
        if name in alignment.said
    ]
    rest = bits - sum(each.bits for each in said)
    return (*said, FieldSaid(field="next", level="how near other articles come", bits=rest))


def told_pairs(pairs: Iterable[TopicPair], links: KnownLinks, things: ThingFile) -> dict[tuple[int, int], TopicPair]:
    """Matched pairs by their rows, each with the things that both link to.

    Args:
        links: to the topics that were found with these pairs.
    """
    told = {}
    for pair in pairs:
        agreed = links.agreed(pair.low, pair.high)
        named = f": {agreed.in_words(things)}" if agreed.could else ""
        said = tuple(
            replace(each, level=each.level + named) if each.field == "neighbours" else each for each in pair.said
        )
        told[pair.low, pair.high] = replace(pair, said=said)
    return told
