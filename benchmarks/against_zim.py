"""The same articles into an edition and into a ZIM with a full-text index, in one run on one machine.

    python -m benchmarks.against_zim [--articles N] [--cut CHARS] [--workers 2] [--rounds 1] [--keep FOLDER]
                                     [--search] [--web]

Compares: wall time of the whole build (parse, passages, tables, index of words, root; against libzim's Creator with
index), bytes on disk, fetching distinct random articles (against libzim's first touch). --search and --web run the
benchmarks of search and of the web server on the same edition and the same ZIM. Rounds alternate between the two;
medians are printed.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.data import wikipedia

FETCHES = 2000


def timed(command: list[str]) -> float:
    """Wall seconds of a command that must succeed."""
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begin


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


def compare(options: argparse.Namespace, folder: Path) -> dict[str, object]:
    """Build both, `--rounds` times in turn, and measure."""
    source, text = wikipedia(folder / "source", articles=options.articles, cut=options.cut)
    edition, zim = folder / "ours.edition", folder / "peer.zim"
    workers = str(options.workers)
    ours, theirs = [], []
    for _ in range(options.rounds):
        shutil.rmtree(edition, ignore_errors=True)
        zim.unlink(missing_ok=True)
        build = [sys.executable, "-m", "galactica", "build", str(edition), str(source), "--workers", workers]
        build += ["--quiet", "--no-meaning"]
        ours.append(timed(build))
        theirs.append(timed([sys.executable, "-m", "benchmarks.zim_peer", str(source), str(zim), "--workers", workers]))
    from galactica.library import info

    return {
        "articles": info(edition).articles,
        "text_bytes": text,
        "build_seconds": {"ours": statistics.median(ours), "zim": statistics.median(theirs)},
        "faster": statistics.median(t / o for t, o in zip(theirs, ours, strict=True)),
        "bytes": {"ours": size(edition), "zim": size(zim), "index_of_ours": size(edition / "index")},
        "bytes_ratio": size(edition) / size(zim),
        "fetch_ms": {"ours": fetch_ours(edition), "zim": fetch_zim(zim, sample_paths(edition))},
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
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="against-zim-"))
    try:
        found = compare(options, folder)
        if options.json:
            print(json.dumps(found, indent=1))
        else:
            show(found)
        for wanted, module in ((options.search, "search_quality"), (options.web, "web_against_kiwix")):
            if wanted:
                both = ["--edition", str(folder / "ours.edition"), "--zim", str(folder / "peer.zim")]
                subprocess.run(
                    [sys.executable, "-m", f"benchmarks.{module}", *both], check=False
                )  # it says itself what it missed
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)


def show(found: dict[str, object]) -> None:
    """Print the table."""
    seconds, sizes, fetch = found["build_seconds"], found["bytes"], found["fetch_ms"]
    print(f"{found['articles']} articles, {found['text_bytes'] / 1e6:.1f} MB of text")
    print(f"{'':24}{'ours':>12}{'libzim':>12}   ratio")
    print(f"{'build, s':24}{seconds['ours']:12.1f}{seconds['zim']:12.1f}   {found['faster']:.2f} times faster")
    print(f"{'size, MB':24}{sizes['ours'] / 1e6:12.2f}{sizes['zim'] / 1e6:12.2f}   {found['bytes_ratio']:.3f} of it")
    print(f"{'  of it index, MB':24}{sizes['index_of_ours'] / 1e6:12.2f}")
    for name in ("p50", "p99"):
        print(f"{'fetch ' + name + ', ms':24}{fetch['ours'][name]:12.2f}{fetch['zim'][name]:12.2f}")


if __name__ == "__main__":
    main()
