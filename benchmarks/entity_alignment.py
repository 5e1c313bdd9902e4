"""Articles of two languages matched by their names and links alone: DBP15K (zh, ja, fr with en), Hits@1, no labels.

    python -m benchmarks.entity_alignment [--only zh ja fr] [--rounds N] [--names FILE.npz]

The core of `joining.topics` (`aligning`): names as they are written and sound in Latin letters, names by the shipped
encoder, whether each is the other's nearest, and what matched neighbours say, weighed by EM anew in each round and
matched one to one. Vectors lose their language's mean first.

Numbers and order of the files are not used: entities are shuffled first. Candidates are all entities of the other side
while pairs are matched. Hits@1 is, as usual, among the right sides of the gold: the one that was matched, else the
likeliest that was not. Every second pair by the checksum of its name was looked at while this was built ("seen"), the
figure is of the others ("unseen"). `--names` has other vectors of names: `a` and `b`, in the order of `read`. Data:
GALACTICA_DATA (default ../shared/data).
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
from galactica.joining.topics.aligning import Alignment, Vectors, of_length_one
from galactica.joining.topics.romanising import romanised, sound_of

SKETCH = 256
"""Dimensions of the vectors of letters and sounds."""

_BRACKET = re.compile(r"[（(][^()（）]*[)）]")
Ints = NDArray[np.int64]


def main() -> None:
    """Measure."""
    parser = results.arguments(argparse.ArgumentParser(description=__doc__))
    parser.add_argument("--only", nargs="+", default=["zh", "ja", "fr"])
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--names", type=Path)
    given = parser.parse_args()
    figures = {}
    for language in given.only:
        path = real(f"dbp15k/{language}_en.tar.xz")
        figures[language] = measured(path, language, given.rounds, given.names)
    results.keep(__file__, given, figures)


def measured(path: Path, language: str, rounds: int, other_names: Path | None) -> dict[str, object]:
    """Hits@1 by names alone, and after each round."""
    start = time.process_time()
    names, links, gold = read(path)
    seen = np.array([crc32(names[0][row].encode()) % 2 == 0 for row in gold[:, 0]])
    told: dict[str, object] = {"pairs": len(gold), "entities": [len(each) for each in names]}
    alignment = Alignment(vectors_of(names, other_names), links)
    for number in range(rounds + 1):
        alignment.advance()
        hit = hits(alignment, gold)
        figure: dict[str, object] = {
            "unseen": round(float(hit[~seen].mean()), 4),
            "seen": round(float(hit[seen].mean()), 4),
            "matched": len(alignment.matched),
            "cpu_s": round(time.process_time() - start, 1),
        }
        told["names" if not number else f"round {number}"] = figure
        print(language, number, figure, flush=True)
    told["memory_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return told


def hits(alignment: Alignment, gold: Ints) -> NDArray[np.bool_]:
    """Whether the right one of all right sides of the gold is first for each left one."""
    left, right = alignment.sizes
    row, is_free = np.full(left, -1), np.zeros(right, bool)
    row[gold[:, 0]], is_free[gold[:, 1]] = np.arange(len(gold)), True
    first = np.full(len(gold), -1)
    for low, high in alignment.matched.tolist():
        if row[low] >= 0 and is_free[high]:
            first[row[low]], is_free[high] = high, False
    for at in np.argsort(-alignment.worth, kind="stable").tolist():
        low, high = divmod(int(alignment.pairs[at]), right)
        if row[low] >= 0 and first[row[low]] < 0 and is_free[high]:
            first[row[low]] = high
    return np.asarray(first == gold[:, 1])


def vectors_of(names: list[list[str]], other_names: Path | None) -> list[list[Vectors]]:
    """Of each kind of vector, those of both sides: letters and sounds; meaning, less the mean of the language."""
    letters = [name_vectors(each) for each in _counted(tuple(names))]
    if other_names is not None:
        loaded = np.load(other_names)
        meant = [loaded["a"].astype(np.float32), loaded["b"].astype(np.float32)]
    else:
        encoder = open_encoder()
        meant = [
            encoder.passages([_BRACKET.sub("", name).strip() or name for name in each]).astype(np.float32)
            for each in names
        ]
    return [letters, [of_length_one(each - each.mean(axis=0)) for each in meant]]


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
    return of_length_one(found)


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
