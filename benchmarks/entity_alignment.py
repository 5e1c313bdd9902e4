"""Articles of two languages matched by their names and links alone: DBP15K (zh, ja, fr with en), Hits@1, no labels.

    python -m benchmarks.entity_alignment [--only zh ja fr] [--rounds N]

Names are written in Latin letters and compared by their words, letters and sounds (`joining.topics.romanising`), and by
the shipped encoder; names that are each other's nearest by a margin are seeds; whoever's neighbours are seeds of one
another is near by structure; names and structure together give the next seeds. Numbers and order of the files are not
used: entities are shuffled first. Hits@1 as usual: the right one of all right sides is first. Every second pair by the
checksum of its name was looked at while this was built ("seen"), the figure is of the others ("unseen").
Data: GALACTICA_DATA (default ../shared/data).
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import tarfile
import time
from collections import Counter
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from benchmarks import results
from benchmarks.data import real
from galactica.encode import open_encoder
from galactica.joining.topics.romanising import romanised, sound_of

SKETCH, STRUCTURE = 768, 384
"""Dimensions of the vectors of names and of neighbours."""

_BRACKET = re.compile(r"[（(][^()（）]*[)）]")
Vectors = NDArray[np.float32]


def main() -> None:
    """Measure."""
    parser = results.arguments(argparse.ArgumentParser(description=__doc__))
    parser.add_argument("--only", nargs="+", default=["zh", "ja", "fr"])
    parser.add_argument("--rounds", type=int, default=6)
    given = parser.parse_args()
    figures = {}
    for language in given.only:
        path = real(f"dbp15k/{language}_en.tar.xz")
        if path is None:
            print(f"{language}: skipped, the data is not here")
            continue
        figures[language] = measured(path, language, given.rounds)
    results.keep(__file__, given, figures)


def measured(path: Path, language: str, rounds: int) -> dict[str, object]:
    """Hits@1 by names alone, and after each round."""
    start = time.process_time()
    files = _files(path)
    names, places = zip(*(_entities(files[f"ent_ids_{side}"], side) for side in (1, 2)), strict=True)
    links = [_links(files[f"triples_{side}"], places[side - 1]) for side in (1, 2)]
    gold = [tuple(line.split()) for line in files["ref_ent_ids"].splitlines()]
    left = np.array([places[0][one] for one, _ in gold])
    right = np.array([places[1][other] for _, other in gold])
    seen = np.array([crc32(names[0][row].encode()) % 2 == 0 for row in left])
    told: dict[str, object] = {"pairs": len(gold), "entities": [len(each) for each in names]}
    named = [name_vectors(each) for each in _counted(names)]
    encoder = open_encoder()
    meant = [encoder.passages(each).astype(np.float32) for each in names]
    vectors = [np.concatenate([n, 0.7 * m], axis=1) for n, m in zip(named, meant, strict=True)]
    for number in range(rounds + 1):
        scores = _balanced(vectors[0][left] @ vectors[1][right].T)
        hit = scores.argmax(axis=1) == np.arange(len(left))
        figure = {
            "unseen": round(float(hit[~seen].mean()), 4),
            "seen": round(float(hit[seen].mean()), 4),
            "cpu_s": round(time.process_time() - start, 1),
        }
        told["names" if not number else f"round {number}"] = figure
        print(language, number, figure, flush=True)
        if number < rounds:
            seeds = seeds_of(vectors, least=0.12 - 0.015 * number)
            near = structure(links, [len(each) for each in names], seeds)
            vectors = [
                np.concatenate([n, 0.7 * m, 1.4 * s], axis=1) for n, m, s in zip(named, meant, near, strict=True)
            ]
    told["memory_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return told


def seeds_of(vectors: list[Vectors], least: float) -> NDArray[np.int64]:
    """Pairs that are each other's nearest, by `least` at least before the next: int64 [n, 2]."""
    scores = _balanced(vectors[0] @ vectors[1].T)
    best, back = scores.argmax(axis=1), scores.argmax(axis=0)
    rows = np.arange(len(best))
    two = np.partition(scores, -2, axis=1)[:, -2:]
    kept = (back[best] == rows) & (two[:, 1] - two[:, 0] >= least)
    return np.stack([rows[kept], best[kept]], axis=1)


def structure(links: list[NDArray[np.int64]], sizes: list[int], seeds: NDArray[np.int64]) -> list[Vectors]:
    """Vectors of what each entity is linked with, in one space for both sides: seeds are the same vector in both."""
    drawn = np.random.default_rng(17).standard_normal((len(seeds), STRUCTURE)).astype(np.float32) / STRUCTURE**0.5
    found = []
    for side, (several, size) in enumerate(zip(links, sizes, strict=True)):
        start = np.zeros((size, STRUCTURE), np.float32)
        start[seeds[:, side]] = drawn
        both = np.concatenate([several, several[:, ::-1]])
        share = (1 / np.sqrt(np.bincount(both[:, 1], minlength=size) + 1)).astype(np.float32)[:, None]
        once = _spread(both, np.multiply(start, share), size)
        twice = _spread(both, np.multiply(_unit(once) + start, share), size)
        found.append(_unit(_unit(once) + 0.5 * _unit(twice) + start))
    return found


def _spread(both: NDArray[np.int64], values: Vectors, size: int) -> Vectors:
    """The sum of the values of each entity's neighbours."""
    order = np.argsort(both[:, 0], kind="stable")
    rows, others = both[order, 0], both[order, 1]
    starts = np.flatnonzero(np.r_[True, rows[1:] != rows[:-1]])
    found = np.zeros((size, values.shape[1]), np.float32)
    found[rows[starts]] = np.add.reduceat(values[others], starts, axis=0)
    return found


def _unit(values: Vectors) -> Vectors:
    lengths = np.linalg.norm(values, axis=1, keepdims=True)
    return np.asarray(values / np.maximum(lengths, 1e-9), np.float32)


def _balanced(scores: Vectors) -> Vectors:
    """Scores less how near each is to its nearest in general (CSLS, Conneau et al. 2018)."""
    ours = np.partition(scores, -8, axis=1)[:, -8:].mean(axis=1, keepdims=True)
    theirs = np.partition(scores, -8, axis=0)[-8:].mean(axis=0, keepdims=True)
    return np.asarray(scores - (ours + theirs) / 2, np.float32)


def name_features(name: str) -> Counter[str]:
    """What a name is compared by: words, letters, sounds, numbers."""
    base = _BRACKET.sub("", name).strip() or name
    found: Counter[str] = Counter()
    for word in romanised(base).split():
        found["w" + word] += 2
        marked = f"^{word}$"
        for at in range(len(marked) - 2):
            found["t" + marked[at : at + 3]] += 1
    sound = sound_of(base)
    if sound:
        marked = f"^{sound}$"
        found["s" + sound] += 2
        for size in (2, 3):
            for at in range(len(marked) - size + 1):
                found["g" + marked[at : at + size]] += 1
    for number in re.findall(r"\d+", name):
        found["n" + number] += 3
    return found


def _counted(names: tuple[list[str], ...]) -> list[list[dict[str, float]]]:
    several = [[name_features(name) for name in each] for each in names]
    counts = Counter(key for each in several for found in each for key in found)
    total = sum(map(len, several))
    return [[{k: v * np.log(total / counts[k]) for k, v in found.items()} for found in each] for each in several]


def name_vectors(several: list[dict[str, float]]) -> Vectors:
    """Features folded into few dimensions, each into four with a sign (sparse random projection)."""
    found = np.zeros((len(several), SKETCH), np.float32)
    places: dict[str, tuple[NDArray[np.int64], NDArray[np.float32]]] = {}
    for row, features in enumerate(several):
        for key, weight in features.items():
            if key not in places:
                rng = np.random.default_rng(crc32(key.encode()))
                places[key] = rng.integers(0, SKETCH, 4), rng.choice(np.array([-0.5, 0.5], np.float32), 4)
            at, signs = places[key]
            found[row, at] += signs * np.float32(weight)
    return _unit(found)


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


def _links(text: str, places: dict[str, int]) -> NDArray[np.int64]:
    rows = (line.split() for line in text.splitlines() if line)
    return np.array([(places[one], places[other]) for one, _, other in rows if one in places and other in places])


if __name__ == "__main__":
    main()
