"""The same articles into an edition and into a ZIM with a full-text index, in one run on one machine.

    python -m benchmarks.against_zim [--articles N] [--cut CHARS] [--workers 2] [--rounds 1] [--keep FOLDER]
                                     [--search] [--web]

Compares: the whole build (parse, passages, tables, indexes, root; against libzim's Creator with its full-text index),
wall time and CPU seconds of all processes; bytes on disk; fetching distinct random articles (against libzim's first
touch).
Each figure is told twice: as `galactica build` ships, with the index of meaning, and with words alone (`--no-meaning`),
which is what the ZIM has. --search and --web run the benchmarks of search and of the web server on both editions and
the same ZIM. Rounds alternate; medians are printed.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import results
from benchmarks.data import wikipedia

FETCHES = 2000


VARIANTS = {"as it ships": (), "words alone": ("--no-meaning",)}
"""How an edition is built → what is added to the command."""


def timed(command: list[str]) -> tuple[float, float]:
    """Wall seconds of a command that must succeed, and CPU seconds of it and all its processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall = time.perf_counter() - begin
    _wait_for_orphans()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _adopt_orphans() -> None:
    """Become the parent of what a command leaves behind (Linux), so that its CPU seconds are counted here."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _wait_for_orphans() -> None:
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


PR_SET_CHILD_SUBREAPER = 36


def size(path: Path) -> int:
    """Bytes of a file or of all files in a folder."""
    return path.stat().st_size if path.is_file() else sum(f.stat().st_size for f in path.rglob("*") if f.is_file())


def quantiles(seconds: list[float]) -> dict[str, float]:
    """p50 and p99 in milliseconds."""
    ordered = sorted(seconds)
    return {"p50": 1000 * statistics.median(ordered), "p99": 1000 * ordered[int(len(ordered) * 0.99)]}


def fetch_ours(path: Path) -> dict[str, float]:
    """Distinct random articles out of the edition, each read once."""
    from galactica.edition import Edition

    with Edition.open(path) as edition:
        rows = random.Random(1).sample(range(len(edition)), min(FETCHES, len(edition)))
        taken = []
        for row in rows:
            begin = time.perf_counter()
            body = edition.article(row).body
            taken.append(time.perf_counter() - begin)
            assert body
    return quantiles(taken)


def fetch_zim(path: Path, paths: list[str]) -> dict[str, float]:
    """The same out of the ZIM, by path, at first touch."""
    from libzim.reader import Archive

    archive = Archive(path)
    taken = []
    for name in paths:
        begin = time.perf_counter()
        content = bytes(archive.get_entry_by_path(name).get_item().content)
        taken.append(time.perf_counter() - begin)
        assert content
    return quantiles(taken)


def sample_paths(path: Path) -> list[str]:
    """Paths of the articles that `fetch_ours` reads, in its order."""
    from galactica.edition import Edition

    with Edition.open(path) as edition:
        rows = random.Random(1).sample(range(len(edition)), min(FETCHES, len(edition)))
        return [edition.head(row).path for row in rows]


def edition_of(folder: Path, variant: str) -> Path:
    """Where the edition of a variant is built."""
    return folder / f"{variant.replace(' ', '-')}.edition"


def compare(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Build all, `--rounds` times in turn, and measure."""
    source, text = wikipedia(folder / "source", articles=options.articles, cut=options.cut)
    zim, workers = folder / "peer.zim", ("--workers", str(options.workers))
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in (*VARIANTS, "libzim")}
    for _ in range(options.rounds):
        for variant, added in VARIANTS.items():
            edition = edition_of(folder, variant)
            shutil.rmtree(edition, ignore_errors=True)
            build = [sys.executable, "-m", "galactica", "build", str(edition), str(source), *workers, "--quiet", *added]
            taken[variant].append(timed(build))
        zim.unlink(missing_ok=True)
        taken["libzim"].append(timed([sys.executable, "-m", "benchmarks.zim_peer", str(source), str(zim), *workers]))
    from galactica.library import info

    shipped = edition_of(folder, "as it ships")
    places = {**{name: edition_of(folder, name) for name in VARIANTS}, "libzim": zim}
    return {
        "articles": info(shipped).articles,
        "text_bytes": text,
        "build": {
            name: {
                "wall_s": statistics.median(wall for wall, _ in times),
                "cpu_s": statistics.median(cpu for _, cpu in times),
                "libzim_takes": statistics.median(
                    theirs / ours for (theirs, _), (ours, _) in zip(taken["libzim"], times, strict=True)
                ),
            }
            for name, times in taken.items()
        },
        "bytes": {name: size(place) for name, place in places.items()},
        "fetch_ms": {"as it ships": fetch_ours(shipped), "libzim": fetch_zim(zim, sample_paths(shipped))},
    }


def main() -> None:
    """Run, print a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=0, help="only the first so many")
    parser.add_argument("--cut", type=int, default=0, help="only the first so many characters of each")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="leave source, edition and ZIM in this folder")
    parser.add_argument("--search", action="store_true", help="also run benchmarks.search_quality on them")
    parser.add_argument("--web", action="store_true", help="also run benchmarks.web_against_kiwix on them")
    parser.add_argument("--json", action="store_true")
    options = results.arguments(parser).parse_args()
    _adopt_orphans()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="against-zim-"))
    try:
        found = compare(options, folder)
        results.keep(__file__, options, found)
        if options.json:
            print(json.dumps(found, indent=1))
        else:
            show(found)
        for wanted, module in ((options.search, "search_quality"), (options.web, "web_against_kiwix")):
            for variant in VARIANTS if wanted else ():
                print(f"\n{module}, edition {variant}", flush=True)
                both = ["--edition", str(edition_of(folder, variant)), "--zim", str(folder / "peer.zim")]
                # It says itself what it missed.
                subprocess.run([sys.executable, "-m", f"benchmarks.{module}", *both], check=False)
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)


def show(found: dict[str, Any]) -> None:
    """Print the table."""
    names = (*VARIANTS, "libzim")
    print(f"{found['articles']} articles, {found['text_bytes'] / 1e6:.1f} MB of text")
    print(f"{'':30}" + "".join(f"{name:>14}" for name in names))
    for key, label, digits in (
        ("wall_s", "build, s", 1),
        ("cpu_s", "  CPU seconds, all processes", 1),
        ("libzim_takes", "  libzim takes, times as long", 2),
    ):
        print(f"{label:30}" + "".join(f"{found['build'][name][key]:14.{digits}f}" for name in names))
    sizes = found["bytes"]
    print(f"{'size, MB':30}" + "".join(f"{sizes[name] / 1e6:14.2f}" for name in names))
    print(f"{'  of the ZIM':30}" + "".join(f"{sizes[name] / sizes['libzim']:14.3f}" for name in names))
    for key in ("p50", "p99"):
        ours, theirs = (found["fetch_ms"][name][key] for name in ("as it ships", "libzim"))
        print(f"{'fetch ' + key + ', ms':30}{ours:14.2f}{'':14}{theirs:14.2f}")


if __name__ == "__main__":
    main()
