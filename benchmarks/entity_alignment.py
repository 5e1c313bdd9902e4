"""Articles of two languages matched by their names and links alone: DBP15K (zh, ja, fr with en), Hits@1, no labels.

    python -m benchmarks.entity_alignment [--only zh ja fr] [--rounds N] [--names FILE.npz] [--shares]

What is measured is `joining.topics.aligning`: names as they sound in Latin letters, names by the shipped encoder and
the lower layers of the shipped reader (`encode.name_vectors`), what matched pairs teach of how names are translated and
spelt, how vectors are turned and which relations go together, and what matched neighbours say. No pair of the gold is
used but to measure, nor are numbers and order of the files: entities are shuffled first. The set at hand has six in ten
of the entities and none of the attributes.

Hits@1 is, as usual, among the right sides of the gold: pairs are taken one to one, from those of the largest share on
(`plain`: the likeliest of each left one, whoever else has it). `joined` are the pairs that are matched with a
probability of `--sure` at least; right or wrong are those that have a record of the gold. Every second pair by the
checksum of its name was looked at in earlier work ("seen"), the figure is of the others ("unseen"); the numbers of
`aligning` were chosen while pairs of zh were looked at, and none of ja and fr. `--names` has other vectors of names:
`a` and `b`, in the order of `read`, of length 1. `--shares` leaves out one ingredient after the other.

Data: GALACTICA_DATA (default ../shared/data).
"""

from __future__ import annotations

import argparse
import random
import resource
import tarfile
import time
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from benchmarks import results
from benchmarks.data import real
from galactica.encode import open_encoder
from galactica.encode.cross import SHIPPED_NETWORK, open_cross_encoder
from galactica.encode.name_vectors import name_vectors
from galactica.joining.topics.aligning import AlignedSide, Alignment, IngredientsUsed
from galactica.joining.topics.candidates import Candidates, one_to_one
from galactica.joining.topics.name_units import without_bracket

Ints = NDArray[np.int64]

LESS = {
    "names as they are": IngredientsUsed(
        links=False, sorts=False, translations=False, transliteration=False, turned=False
    ),
    "names, and what is learned of them": IngredientsUsed(links=False, sorts=False),
    "names as they are, and links": IngredientsUsed(
        sorts=False, translations=False, transliteration=False, turned=False
    ),
    "no sorts": IngredientsUsed(sorts=False),
    "no turned vectors": IngredientsUsed(turned=False),
    "no translations": IngredientsUsed(translations=False),
    "no transliteration": IngredientsUsed(transliteration=False),
}
"""What is listened to where ingredients are left out."""


def main() -> None:
    """Measure."""
    parser = results.arguments(argparse.ArgumentParser(description=__doc__))
    parser.add_argument("--only", nargs="+", default=["zh", "ja", "fr"])
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--names", type=Path)
    parser.add_argument("--sure", type=float, default=0.95)
    parser.add_argument("--shares", action="store_true")
    given = parser.parse_args()
    figures = {}
    for language in given.only:
        names, links, gold = read(real(f"dbp15k/{language}_en.tar.xz"))
        sides = sides_of(names, links, given.names)
        told: dict[str, object] = {"pairs": len(gold), "entities": [len(each) for each in names]}
        for called, used in (LESS if given.shares else {}).items():
            rounds = given.rounds if used.links or used.translations else 1
            told[called] = measured(f"{language}, {called}", (sides[0], sides[1]), used, gold, rounds, given.sure)
        told["all"] = measured(language, (sides[0], sides[1]), IngredientsUsed(), gold, given.rounds, given.sure)
        told["memory_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        figures[language] = told
    results.keep(__file__, given, figures)


def measured(
    called: str, sides: tuple[AlignedSide, AlignedSide], used: IngredientsUsed, gold: Ints, rounds: int, sure: float
) -> dict[str, object]:
    """Hits@1 after each round; of the last one, what would be joined."""
    start = time.process_time()
    seen = np.array([crc32(sides[0].names[row].encode()) % 2 == 0 for row in gold[:, 0]])
    alignment = Alignment(sides, used)
    told: dict[str, object] = {}
    for number in range(rounds):
        alignment.advance()
        hit, plain = hits(alignment, gold)
        figure = {
            "unseen": round(float(hit[~seen].mean()), 4),
            "seen": round(float(hit[seen].mean()), 4),
            "plain, unseen": round(float(plain[~seen].mean()), 4),
            **joined(alignment, gold, sure),
            "candidates": len(alignment.pairs),
            "cpu_s": round(time.process_time() - start, 1),
        }
        told[f"round {number}"] = figure
        print(called, number, figure, flush=True)
    return told


def hits(alignment: Alignment, gold: Ints) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether the right one of all right sides of the gold is first for each left one: one to one, and plainly."""
    left, right = alignment.sizes
    partner, is_right = np.full(left, -1), np.zeros(right, bool)
    partner[gold[:, 0]], is_right[gold[:, 1]] = gold[:, 1], True
    rows = Candidates(alignment.pairs, alignment.sizes)
    kept = (partner[rows.left] >= 0) & is_right[rows.right]
    pairs = Candidates(alignment.pairs[kept], alignment.sizes)
    chosen = one_to_one(pairs, alignment.shared[kept])
    order = np.lexsort((alignment.worth[kept], pairs.left))
    best = order[np.flatnonzero(np.append(pairs.left[order][1:] != pairs.left[order][:-1], True))]
    found = []
    for places in (chosen, best):
        first = np.full(left, -1)
        first[pairs.left[places]] = pairs.right[places]
        found.append(np.asarray(first[gold[:, 0]] == gold[:, 1]))
    return found[0], found[1]


def joined(alignment: Alignment, gold: Ints, sure: float) -> dict[str, object]:
    """What would be joined: how many pairs, and how right they are."""
    right_one = dict(gold.tolist())
    known = set(gold[:, 1].tolist())
    pairs = alignment.matched[alignment.sure >= sure].tolist()
    judged = [(low, high) for low, high in pairs if low in right_one or high in known]
    right = sum(right_one.get(low) == high for low, high in judged)
    return {
        "matched": len(alignment.matched),
        "joined": len(pairs),
        "precision": round(right / max(len(judged), 1), 4),
        "recall": round(right / len(gold), 4),
    }


def sides_of(names: list[list[str]], links: tuple[Ints, Ints], other_names: Path | None) -> list[AlignedSide]:
    """Both sides: vectors of names without brackets."""
    if other_names is not None:
        loaded = np.load(other_names)
        meant = [loaded[each].astype(np.float32) for each in "ab"]
    else:
        encoder = open_encoder()
        network = open_cross_encoder(SHIPPED_NETWORK, threads=1, remedy="Install Galactica again.")
        meant = [name_vectors([without_bracket(name) for name in each], encoder, network) for each in names]
    return [
        AlignedSide(names=own, vectors=vectors, links=rows)
        for own, vectors, rows in zip(names, meant, links, strict=True)
    ]


def _files(path: Path) -> dict[str, str]:
    with tarfile.open(path) as archive:
        return {
            Path(each.name).name: opened.read().decode()
            for each in archive
            if each.isfile() and (opened := archive.extractfile(each)) is not None
        }


def _entities(text: str, side: int) -> tuple[list[str], dict[str, int]]:
    """Names, shuffled, and the place of each number."""
    rows = [line.split("\t", 1) for line in text.splitlines() if line]
    random.Random(23 + side).shuffle(rows)
    names = [address.partition("/resource/")[2].replace("_", " ") for _, address in rows]
    return names, {number: place for place, (number, _) in enumerate(rows)}


def read(path: Path) -> tuple[list[list[str]], tuple[Ints, Ints], Ints]:
    """Names of both sides, shuffled; links of each as from, relation, to; the gold."""
    files = _files(path)
    names, places = zip(*(_entities(files[f"ent_ids_{side}"], side) for side in (1, 2)), strict=True)
    gold = [line.split() for line in files["ref_ent_ids"].splitlines()]
    links = (_links(files["triples_1"], places[0]), _links(files["triples_2"], places[1]))
    return list(names), links, np.array([(places[0][one], places[1][other]) for one, other in gold], np.int64)


def _links(text: str, places: dict[str, int]) -> Ints:
    rows = (line.split() for line in text.splitlines() if line)
    found = [(places[one], int(way), places[other]) for one, way, other in rows if one in places and other in places]
    return np.array(found, np.int64)


if __name__ == "__main__":
    main()
