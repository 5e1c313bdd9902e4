"""kill -9 at random points of publish, fetch and the other verbs by which editions travel: always the old or the new.

    python -m benchmarks.spread_killed [--kills 200] [--articles 40] [--seed 1] [--verb NAME …] [--against FILE]

Each verb runs in a process of its own, which is killed after a random time that is spread over all it takes; then what
is there must be whole, and be what was there before or what comes of it. Half of the time it is begun and killed again.
At last it runs to its end, and must give the new one. Editions are small, so that all of a run is near some write.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks import results
from benchmarks.killed_verbs import KilledVerb, Made, make, named
from benchmarks.results import arguments


def child(verb: KilledVerb, made: Made, folder: Path) -> int:
    """Begin a verb in a process of its own, which leads a group; returns its id."""
    sys.stdout.flush()
    process = os.fork()
    if process:
        return process
    os.setsid()
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    try:
        verb.run(made, folder)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        os._exit(1)
    os._exit(0)


def finished(process: int, seconds: float | None) -> int | None:
    """Exit status of a process that ended within so many seconds (None: whenever it does); None where it was killed."""
    end = None if seconds is None else time.monotonic() + seconds
    while True:
        ended, status = os.waitpid(process, os.WNOHANG if end is not None else 0)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if end is not None and time.monotonic() >= end:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            return None
        time.sleep(0.0005)


def killed(verb: KilledVerb, made: Made, base: Path, kills: int, chance: random.Random) -> dict[str, object]:
    """Kill a verb so many times; AssertionError where something is neither old nor new, or going on does not finish."""
    begun = time.monotonic()
    folder = base / "whole"
    folder.mkdir()
    verb.prepare(made, folder)
    took = -time.monotonic()
    assert finished(child(verb, made, folder), None) == 0
    took += time.monotonic()
    assert verb.state(made, folder) == "new"
    shutil.rmtree(folder)
    states: Counter[str] = Counter()
    done = runs = ended = 0
    while done < kills:
        folder = base / f"run{runs}"
        folder.mkdir()
        verb.prepare(made, folder)
        again = True
        while again:
            status = finished(child(verb, made, folder), chance.uniform(0, 1.1 * took))
            if status is None:
                done += 1
            else:
                assert status == 0, f"{verb.name} ends with {status} after {states}"
                ended += 1
            states[verb.state(made, folder)] += 1
            again = chance.random() < 0.5 and status is None
        assert finished(child(verb, made, folder), None) == 0, f"{verb.name} cannot go on in {folder}"
        assert verb.state(made, folder) == "new"
        shutil.rmtree(folder)
        runs += 1
    print(f"{verb.name}: {done} kills in {runs} runs, {ended} ended before; found {dict(states)}")
    return {
        "kills": done,
        "runs": runs,
        "ended before": ended,
        "found old": states["old"],
        "found new": states["new"],
        "seconds of one run": round(took, 3),
        "seconds in all": round(time.monotonic() - begun, 1),
    }


def main() -> None:
    """Kill every verb, and keep how often what was found."""
    parser = arguments(argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter))
    parser.add_argument("--kills", type=int, default=200, help="of each verb")
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verb", action="append", default=[], help="this one alone; repeatable")
    given = parser.parse_args()
    chance = random.Random(given.seed)
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="killed-") as place:
        made = make(Path(place) / "made", given.articles)
        for verb in named(given.verb):
            base = Path(place) / verb.name.replace(" ", "-")
            base.mkdir()
            figures[verb.name] = killed(verb, made, base, given.kills, chance)
    results.keep(__file__, given, figures)


if __name__ == "__main__":
    main()
