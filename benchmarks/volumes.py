"""Volumes lost: every choice of 3 of 13, choices of 10 of 50, one more; and how fast, beside par2 and zfec.

    python -m benchmarks.volumes --small SMALL.edition --edition E.edition [--against FILE]

For each choice the edition is recovered from what is left, and its files are compared byte for byte. With one volume
more lost, what is left is opened; its articles and the list of what is missing are compared with the whole. Coding is
compared in memory with zfec (C, tables), and from files to files with par2cmdline-turbo (C++, SIMD), one
thread each, at the same numbers of shards: seconds of the processor.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks import results
from galactica.codes.cauchy.matrix import parity_matrix, restoring_matrix
from galactica.codes.cauchy.mixing import Mixer
from galactica.edition import Edition
from galactica.edition.info import read_statement
from galactica.edition.verify import verify_edition
from galactica.library.preserving import protect, recover
from galactica.preserve import restore
from galactica.preserve.chosen import protected_files
from galactica.preserve.described import planned
from galactica.preserve.encoding import made_parity
from galactica.preserve.par2 import par2_program
from galactica.preserve.places import edition_place, parity_place
from galactica.preserve.written import ShardWriter
from galactica.progress import silent

BLOCK = 1 << 16


def main() -> None:
    parser = results.arguments(argparse.ArgumentParser(description=__doc__))
    parser.add_argument("--small", type=Path, required=True, help="every choice is tried with it")
    parser.add_argument("--edition", type=Path, required=True)
    parser.add_argument("--speed", type=Path, help="of files to parity; default: the edition")
    parser.add_argument("--random", type=int, default=25, help="choices of 10 of 50")
    parser.add_argument("--more", type=int, default=20, help="choices of 4 of 13")
    given = parser.parse_args()
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures |= every_choice(given.small, folder / "every")
        figures |= one_more(given.edition, folder / "more", given.more)
        figures |= some_choices(given.edition, folder / "some", given.random)
        figures |= {
            f"alone, {key}": value for key, value in alone(given.speed or given.edition, folder / "alone").items()
        }
        for data, parity in ((10, 3), (20, 4), (40, 10)):
            for key, value in in_memory(data, parity).items():
                figures[f"{data}+{parity}: {key}"] = value
        for data, parity in ((10, 3), (40, 10)):
            for key, value in from_files(given.speed or given.edition, folder / "files", data, parity).items():
                figures[f"{data}+{parity}: {key}"] = value
    for key, value in figures.items():
        print(f"{key}: {value}")
    results.keep(__file__, given, figures)


def sums(edition: Path) -> dict[str, str]:
    return {file.path: file.sha256 for file in protected_files(edition, index=False, report=silent)}


def every_choice(edition: Path, folder: Path) -> dict[str, object]:
    """All 286 choices of 3 of 13 volumes lost."""
    made = protect(edition, volumes=13, survive=3, out=[folder], day="2026-01-01")
    expected = sums(edition)
    same = tried = 0
    for lost in itertools.combinations(range(13), 3):
        out = folder / "out.edition"
        chosen = [each for number, each in enumerate(made.folders) if number not in lost]
        found = recover(chosen, out, index=False)
        same += found.whole and sums(out) == expected
        tried += 1
        shutil.rmtree(out)
    return {"10+3, every choice of 3 lost: the same": f"{same} of {tried}"}


def one_more(edition: Path, folder: Path, count: int) -> dict[str, object]:
    """4 of 13 lost: what is left opens, and what is missing is named rightly."""
    made = protect(edition, volumes=13, survive=3, out=[folder], day="2026-01-01")
    with Edition.open(edition) as whole:
        leaves = {article.id: hashlib.sha256(repr(article).encode()).digest() for _, article in whole.scan()}
        paths = {(article.source, article.path) for _, article in whole.scan(body=False)}
    right = wrong = lists = 0
    shares: list[float] = []
    choices = list(itertools.combinations(range(13), 4))
    for lost in random.Random(7).sample(choices, count):
        out = folder / "left.edition"
        found = recover([each for number, each in enumerate(made.folders) if number not in lost], out)
        with Edition.open(out) as left:
            here = {(article.source, article.path) for _, article in left.scan(body=False)}
            for _, article in left.scan():
                good = leaves[article.id] == hashlib.sha256(repr(article).encode()).digest()
                right, wrong = right + good, wrong + (not good)
        lists += {(each.source, each.path) for each in found.missing} == paths - here and verify_edition(out).ok
        shares.append(found.here / found.articles)
        shutil.rmtree(out)
    return {
        "10+3, 4 lost: opened, verified, and the list of what is missing right": f"{lists} of {count}",
        "10+3, 4 lost: articles given out, right": right,
        "10+3, 4 lost: articles given out, wrong": wrong,
        "10+3, 4 lost: share of articles left, least, mean": [round(min(shares), 3), round(sum(shares) / count, 3)],
    }


def some_choices(edition: Path, folder: Path, count: int) -> dict[str, object]:
    """Choices of 10 of 50 volumes lost, drawn at random."""
    made = protect(edition, volumes=50, survive=10, out=[folder], day="2026-01-01")
    root, expected, same = read_statement(edition).root, sums(edition), 0
    drawn = random.Random(11)
    for _ in range(count):
        out = folder / "out.edition"
        found = recover(drawn.sample(made.folders, 40), out, index=False)
        same += found.whole and found.root == root and sums(out) == expected
        shutil.rmtree(out)
    return {
        "40+10, choices of 10 lost: the same": f"{same} of {count}",
        "40+10: stored, of the edition": round(made.stored / made.bytes, 4),
    }


def alone(edition: Path, folder: Path) -> dict[str, object]:
    """restore.py by a bare Python that knows nothing of the project."""
    made = protect(edition, volumes=13, survive=3, out=[folder], day="2026-01-01")
    script = made.folders[12] / "restore.py"
    assert script.read_bytes() == Path(restore.__file__).read_bytes()
    figures: dict[str, object] = {"script, bytes": script.stat().st_size}
    for name, lost in (("3 volumes of data lost", (0, 4, 7)), ("volumes of parity lost", (10, 11, 12))):
        chosen = [str(each) for number, each in enumerate(made.folders) if number not in lost]
        out = folder / "out"
        begun, wall = children(), time.perf_counter()
        subprocess.run([sys.executable, "-I", str(script), *chosen, str(out)], check=True, capture_output=True)
        used, wall = children() - begun, time.perf_counter() - wall
        figures |= {
            f"{name}: the same": sums(out) == sums(edition),
            f"{name}: MB/s of processor, of time": [round(made.bytes / used / 1e6), round(made.bytes / wall / 1e6)],
        }
        shutil.rmtree(out)
    return figures


def children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def rate(size: int, work: Callable[[], object], times: int = 3) -> int:
    """MB a second of this process' processor time: the best of some."""
    best = float("inf")
    for _ in range(times):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return round(size / best / 1e6)


def in_memory(data: int, parity: int, size: int = 64 * 2**20) -> dict[str, object]:
    """Coding buffers: ours with the copies in and out of its blocks, zfec as it is."""
    import zfec

    length = size // data // (2 * BLOCK) * 2 * BLOCK
    shards = np.random.default_rng(3).integers(0, 256, (data, length), dtype=np.uint8)
    made = np.zeros((parity, length), dtype=np.uint8)
    lost = sorted(random.Random(5).sample(range(data), min(parity, data)))
    have = [each for each in range(data) if each not in lost] + [data + each for each in range(len(lost))]

    def mixed(matrix: Sequence[Sequence[int]], source: Sequence[np.ndarray], out: np.ndarray) -> None:
        mixer = Mixer(matrix, BLOCK, 2)
        for at in range(0, length, 2 * BLOCK):
            for row, shard in zip(mixer.inputs, source, strict=True):
                row[:] = shard[at : at + 2 * BLOCK]
            out[:, at : at + 2 * BLOCK] = mixer.mix()

    encode = rate(data * length, lambda: mixed(parity_matrix(data, parity), list(shards), made))
    every = [*shards, *made]
    back = np.zeros((len(lost), length), dtype=np.uint8)
    matrix = restoring_matrix(data, parity, have, lost)
    decode = rate(data * length, lambda: mixed(matrix, [every[each] for each in have], back))
    assert (back == shards[lost]).all()
    plain = [shard.tobytes() for shard in shards]
    encoder, decoder = zfec.Encoder(data, data + parity), zfec.Decoder(data, data + parity)
    numbers = list(range(data, data + parity))
    zfec_encode = rate(data * length, lambda: encoder.encode(plain, numbers))
    coded = [*plain, *encoder.encode(plain, numbers)]
    order = sorted(have, key=lambda each: each)
    zfec_decode = rate(data * length, lambda: decoder.decode([coded[each] for each in order], order))
    return {
        "encode, MB/s (ours, zfec, ratio)": [encode, zfec_encode, round(encode / zfec_encode, 2)],
        f"decode {len(lost)} lost, MB/s (ours, zfec, ratio)": [decode, zfec_decode, round(decode / zfec_decode, 2)],
    }


def from_files(edition: Path, folder: Path, data: int, parity: int) -> dict[str, object]:
    """Parity of files to files: ours with SHA-256 of all pieces, par2 with its MD5, at the same numbers of shards."""
    files = protected_files(edition, index=False, report=silent)
    plan = planned(kind="beside", root="0" * 64, title="", number=1, articles=0, data=data, parity=parity, files=files)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)

    def writers(at: int) -> dict[int, ShardWriter]:
        spare = parity_place(folder / "ours", plan)
        return {shard: ShardWriter(spare.stretches(shard), at) for shard in spare.shards}

    ours, theirs = [float("inf")] * 2, [float("inf")] * 2
    stream = b"".join((edition / file.path).read_bytes() for file in plan.files)
    (folder / "theirs").mkdir()
    for shard in range(data):
        part = stream[shard * plan.shard : (shard + 1) * plan.shard].ljust(plan.shard, b"\0")
        (folder / "theirs" / f"{shard:03d}").write_bytes(part)
    command = [par2_program(), "create", "-q", "-q", "-t1", "-T1", f"-s{plan.shard}", f"-c{parity}", "-n1", "set.par2"]
    names = [f"{shard:03d}" for shard in range(data)]
    for _ in range(3):  # the best of some, in turn
        shutil.rmtree(folder / "ours", ignore_errors=True)
        (folder / "ours").mkdir()
        begun, wall = time.process_time(), time.perf_counter()
        with edition_place(edition, plan) as source:
            made_parity(plan, source, writers, folder / "ours", silent)
        ours = [min(ours[0], time.process_time() - begun), min(ours[1], time.perf_counter() - wall)]
        for old in (folder / "theirs").glob("*.par2"):
            old.unlink()
        begun, wall = children(), time.perf_counter()
        subprocess.run([*command, *names], cwd=folder / "theirs", check=True, capture_output=True)
        theirs = [min(theirs[0], children() - begun), min(theirs[1], time.perf_counter() - wall)]
    size = plan.size / 1e6
    return {
        "files to parity, MB/s of processor (ours, par2, ratio)": [
            round(size / ours[0]),
            round(size / theirs[0]),
            round(theirs[0] / ours[0], 2),
        ],
        "files to parity, seconds (ours with fsync, par2)": [round(ours[1], 2), round(theirs[1], 2)],
    }


if __name__ == "__main__":
    main()
