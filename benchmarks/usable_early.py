"""When can a library be used that is still being built? Seconds to the first result by words, and by meaning.

    python -m benchmarks.usable_early [--articles N] [--plot FILE.png] [--json]

`galactica build` makes an edition of English Wikipedia (AA and AB, about 13,000 articles, 205 MB of text) in a process
of its own. This program looks ten times a second whether the edition is there, opens it once, as a reading room would
that was started beside the build, and asks it the same question by words and by meaning until something comes back: so
what it measures is what a reader waits, the time between two looks of an open library included. The table says for
each second how many of the passages could be found in each way. Both share the machine: the build is a little slower
for being watched.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import results
from benchmarks.data import wikipedia
from benchmarks.question_sets import use
from galactica.edition import Edition
from galactica.errors import GalacticaError
from galactica.library import Library, open_library
from galactica.search.meaning import meaning_info

QUESTION = "Which metal is liquid at room temperature?"
EVERY = 0.1
"""Seconds between two looks."""


@dataclass(slots=True, kw_only=True)
class Seen:
    """What was seen of a build; times in seconds since its start, 0 for what never came.

    Attributes:
        words, meaning: the first result.
        whole: every passage could be found in both ways.
        end: of the build's process.
        shares: (time, share of passages found by words, by meaning), one for each second.
    """

    words: float = 0.0
    meaning: float = 0.0
    whole: float = 0.0
    end: float = 0.0
    passages: int = 0
    shares: list[tuple[float, float, float]] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=0, help="take so many articles; 0 is all")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--encoder", default="", help="as for galactica build")
    parser.add_argument("--plot", type=Path, help="a picture of the table; needs matplotlib")
    parser.add_argument("--json", action="store_true")
    given = results.arguments(parser).parse_args()
    use(given.encoder or "static")
    with tempfile.TemporaryDirectory(prefix="usable-early-") as folder:
        source, size = wikipedia(Path(folder) / "text", articles=given.articles)
        out = Path(folder) / "wiki.edition"
        command = [sys.executable, "-m", "galactica", "build", str(out), str(source), "--quiet"]
        command += ["--workers", str(given.workers), *(["--encoder", given.encoder] if given.encoder else [])]
        seen = watched(command, out)
    print(f"{size / 1e6:.0f} MB of text, {seen.passages:,} passages, {given.workers} workers; seconds from the start")
    for name, value in (
        ("first result by words", seen.words),
        ("first result by meaning", seen.meaning),
        ("every passage by words and meaning", seen.whole),
        ("end of the build", seen.end),
    ):
        print(f"  {name:36} {f'{value:6.1f}' if value else ' never'}")
    print(f"\n{'second':>8}{'by words':>10}{'by meaning':>12}")
    for when, words, meant in seen.shares:
        print(f"{when:8.0f}{100 * words:9.0f} %{100 * meant:10.0f} %")
    figures = {name: getattr(seen, name) for name in Seen.__slots__}
    results.keep(__file__, given, figures)
    if given.json:
        print(json.dumps(figures, indent=1))
    if given.plot:
        plot(seen, given.plot)


def watched(command: list[str], out: Path) -> Seen:
    """Start a build and look at it until it ends."""
    seen, library = Seen(), None
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as build:
        while True:
            ended = build.poll() is not None
            now = time.perf_counter() - begun
            if library is None and out.exists():
                library = opened(out)
            look(seen, library, now)
            if ended:
                seen.end = seen.end or now
                if seen.words and (seen.whole or now > seen.end + 5):
                    break
                if build.returncode or now > seen.end + 5:
                    sys.exit(f"The build failed: {build.stderr.read() if build.stderr else ''}")
            time.sleep(EVERY)
    if library is not None:
        library.__exit__(None, None, None)
    return seen


def opened(out: Path) -> Library | None:
    """The library of an edition that may have come this moment."""
    try:
        return open_library([out])
    except GalacticaError:
        return None


def look(seen: Seen, library: Library | None, now: float) -> None:
    """Take down what can be found at this moment."""
    words = meant = 0.0
    if library is not None:
        edition = library.editions[0]
        seen.passages = edition.statement.count("passages")
        if not seen.words and library.passages(QUESTION, limit=1, by="words"):
            seen.words = now
        if not seen.meaning and _by_meaning(library):
            seen.meaning = now
        words, meant = 1.0, share(edition)
        seen.whole = seen.whole or (now if meant == 1.0 and seen.meaning else 0.0)
    if (len(seen.shares) <= now and not seen.whole) or seen.whole == now:
        seen.shares.append((now, words, meant))


def _by_meaning(library: Library) -> bool:
    try:
        return bool(library.passages(QUESTION, limit=1, by="meaning"))
    except GalacticaError:
        return False  # there is no index yet


def share(edition: Edition) -> float:
    """Share of the passages whose codes are there."""
    info = meaning_info(edition)
    return info.done / max(1, info.total) if info is not None else 0.0


def plot(seen: Seen, file: Path) -> None:
    """Draw the shares; says so where matplotlib is not there, which is no dependency."""
    try:
        from matplotlib import pyplot
    except ImportError:
        print("no picture: pip install matplotlib")
        return
    figure, axes = pyplot.subplots(figsize=(6, 3))
    seconds = [when for when, _, _ in seen.shares]
    axes.step(seconds, [100 * words for _, words, _ in seen.shares], where="post", label="by words")
    axes.step(seconds, [100 * meant for _, _, meant in seen.shares], where="post", label="by meaning")
    axes.axvline(seen.end, linestyle=":", color="grey", label="end of the build")
    axes.set(xlabel="seconds from the start of the build", ylabel="passages that can be found, %")
    axes.legend()
    figure.tight_layout()
    figure.savefig(file, dpi=150)


if __name__ == "__main__":
    main()
