"""Rot: bytes that flip, bursts, sectors, files cut off and lost, with 10 % of parity beside one copy.

    python -m benchmarks.rot --edition E.edition [--against FILE]

Each kind of damage is done to a copy and to its parity alike. Scrubbing must name every piece that is wrong, and no
other; repair must give every byte back where the damage is within the bound, and say what it could not where it is not;
articles that are recovered beyond the bound are compared with the whole. Each is tried with one seed; seconds are of
the processor. What was found is kept after each kind, so that a run that is stopped has told something.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks import results
from galactica.edition import Edition
from galactica.edition.verify import verify_edition
from galactica.errors import EditionError
from galactica.library.preserving import protect, recover, repair, scrub
from galactica.preserve.finding import known_sets

Damage = Callable[[Path, Path], None]


def main() -> None:
    parser = results.arguments(argparse.ArgumentParser(description=__doc__))
    parser.add_argument("--edition", type=Path, required=True)
    given = parser.parse_args()
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(given.edition, folder / "right.edition", ignore=shutil.ignore_patterns("index", "joined"))
        made = protect(folder / "right.edition", percent=10)
        figures["parity, of the edition"] = round(made.stored / made.bytes, 4)
        for kind, damage in kinds(made.bytes).items():
            for key, value in one(folder, damage).items():
                figures[f"{kind}: {key}"] = value
                print(f"{kind}: {key}: {value}", flush=True)
            results.keep(__file__, argparse.Namespace(**vars(given) | {"against": None}), figures)
    results.keep(__file__, given, figures)


def kinds(size: int) -> dict[str, Damage]:
    """What is done to the folder of the edition and to that of its parity."""
    return {
        "1e-6 of bytes": flipped(1e-6),
        "1e-5 of bytes": flipped(1e-5),
        "1e-4 of bytes": flipped(1e-4),
        "1e-3 of bytes": flipped(1e-3),
        "a burst of 9 %": burst(int(size * 0.09)),
        "1 % in sectors of 4 KiB, zeroed": sectors(size // 100 // 4096),
        "three files cut off in the middle": cut(3),
        "two files of articles lost": lost(2),
        "1e-5 of bytes, and a file lost": both(flipped(1e-5), lost(1)),
        "beyond: a burst of 15 %": burst(int(size * 0.15)),
        "beyond: six files of articles lost": lost(6),
        "beyond: 2e-2 of bytes": flipped(2e-2),
    }


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def flipped(share: float) -> Damage:
    def damage(edition: Path, parity: Path) -> None:
        drawn = np.random.default_rng(int(1 / share))
        for path in (*files(edition), *files(parity)):
            raw = np.frombuffer(path.read_bytes(), dtype=np.uint8).copy()
            places = np.flatnonzero(drawn.random(len(raw)) < share)
            raw[places] ^= drawn.integers(1, 256, len(places), dtype=np.uint8)
            path.write_bytes(raw.tobytes())

    return damage


def burst(length: int) -> Damage:
    """Over the files in their order, as a head that scratches a disk."""

    def damage(edition: Path, parity: Path) -> None:
        left, paths = length, [path for path in files(edition) if "articles" in path.parts]
        for path in paths[4:]:
            raw = bytearray(path.read_bytes())
            low = len(raw) // 3 if left == length else 0
            high = min(len(raw), low + left)
            raw[low:high] = random.Random(high).randbytes(high - low)
            path.write_bytes(raw)
            left -= high - low

    return damage


def sectors(count: int) -> Damage:
    def damage(edition: Path, parity: Path) -> None:
        drawn = random.Random(5)
        paths = [path for path in (*files(edition), *files(parity)) if path.stat().st_size >= 4096]
        weights = [path.stat().st_size for path in paths]
        for path in drawn.choices(paths, weights, k=count):
            with path.open("r+b") as file:
                file.seek(drawn.randrange(path.stat().st_size // 4096) * 4096)
                file.write(bytes(4096))

    return damage


def cut(count: int) -> Damage:
    def damage(edition: Path, parity: Path) -> None:
        for path in random.Random(6).sample([path for path in files(edition) if "articles" in path.parts], count):
            with path.open("r+b") as file:
                file.truncate(path.stat().st_size // 2)

    return damage


def lost(count: int) -> Damage:
    def damage(edition: Path, parity: Path) -> None:
        for path in random.Random(8).sample([path for path in files(edition) if "articles" in path.parts], count):
            path.unlink()

    return damage


def both(first: Damage, second: Damage) -> Damage:
    def damage(edition: Path, parity: Path) -> None:
        first(edition, parity)
        second(edition, parity)

    return damage


def one(folder: Path, damage: Damage) -> dict[str, object]:
    """What scrubbing, repair and recovering make of one kind of damage."""
    right, hurt = folder / "right.edition", folder / "hurt.edition"
    parity = folder / "hurt.edition.parity"
    for place in (hurt, parity, folder / "left.edition"):
        shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(right, hurt)
    shutil.copytree(folder / "right.edition.parity", parity)
    damage(hurt, parity)
    wrong = wrong_pieces(hurt, parity, folder)
    begun = time.process_time()
    found = scrub([hurt], state=folder / "state")
    scrubbing = time.process_time() - begun
    named = {(each.folder, each.shard, each.piece) for each in found.damage if each.shard >= 0}
    changed = {
        str(path)
        for one, other in ((right, hurt), (folder / "right.edition.parity", parity))
        for path in files(one)
        if content(other / path.relative_to(one)) != path.read_bytes()
    }
    begun = time.process_time()
    done = repair(hurt)
    figures: dict[str, object] = {
        "files damaged": len(changed),
        "pieces wrong": len(wrong),
        "pieces wrong that scrubbing named, others that it named": [len(wrong & named), len(named - wrong)],
        "scrub, CPU s": round(scrubbing, 1),
        "repair, CPU s": round(time.process_time() - begun, 1),
        "MB written": round(done.written / 1e6, 2),
        "repaired": done.ok,
    }
    same = all(content(hurt / path.relative_to(right)) == path.read_bytes() for path in files(right))
    figures["every byte as before"] = same
    if not same:
        figures |= beyond(right, hurt, folder)
    return figures


def content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def wrong_pieces(hurt: Path, parity: Path, folder: Path) -> set[tuple[str, int, int]]:
    """The pieces that are wrong, as the right files say it byte for byte, without a look at a hash."""
    (known,) = known_sets([folder / "right.edition"])
    described = known.described
    found = set()
    for place in known.places:
        twin = hurt if place.folder.name == "right.edition" else parity
        for shard in place.shards:
            for index in range(described.pieces):
                at, end = index * described.piece, index * described.piece + described.piece_bytes(index)
                for stretch in place.stretches(shard):
                    low, high = max(at, stretch.at), min(end, stretch.at + stretch.length)
                    if low < high:
                        begin, size = stretch.start + low - stretch.at, high - low
                        other = twin / stretch.path.relative_to(place.folder)
                        if part(stretch.path, begin, size) != part(other, begin, size):
                            found.add((str(twin), shard, index))
    known.close()
    return found


def part(path: Path, begin: int, size: int) -> bytes:
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        file.seek(begin)
        return file.read(size)


def beyond(right: Path, hurt: Path, folder: Path) -> dict[str, object]:
    """What can still be had, and whether any of it is wrong."""
    with Edition.open(right) as whole:
        leaves = {article.id: hashlib.sha256(repr(article).encode()).digest() for _, article in whole.scan()}
    try:
        found = recover([hurt], folder / "left.edition")
    except EditionError as error:
        return {"left": error.problem}
    with Edition.open(folder / "left.edition") as left:
        good = sum(leaves[a.id] == hashlib.sha256(repr(a).encode()).digest() for _, a in left.scan())
        return {
            "left: articles, of": [found.here, found.articles],
            "left: articles that are right": good,
            "left: is whole in itself": verify_edition(folder / "left.edition").ok and len(left) == found.here,
        }


if __name__ == "__main__":
    main()
