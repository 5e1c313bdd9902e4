"""Killed at random moments: protect, repair and scrub lose nothing that was there, and the same command goes on.

    python -m benchmarks.killed --edition SMALL.edition [--runs 40] [--against FILE]

Each is begun in a process of its own (a fork) and ended by SIGKILL at a moment drawn from the time that it takes. Then
every byte that was right before must be right still (of what is repaired, each byte is the damaged or the right one),
and the same command, run to its end, must do all.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import results
from galactica.library.preserving import protect, repair, scrub

Files = dict[str, bytes]


def main() -> None:
    parser = results.arguments(argparse.ArgumentParser(description=__doc__))
    parser.add_argument("--edition", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=40, help="of each of four")
    given = parser.parse_args()
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(given.edition, folder / "right.edition", ignore=shutil.ignore_patterns("index", "joined"))
        for kind, tried in (
            ("protect over volumes", volumes),
            ("protect beside", beside),
            ("repair", repaired),
            ("scrub", scrubbed),
        ):
            figures |= {f"{kind}: {key}": value for key, value in tried(folder, given.runs).items()}
            print(kind, figures, flush=True)
    results.keep(__file__, given, figures)


def read(folder: Path) -> Files:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


Work = Callable[[], object]


def begun(work: Work) -> int:
    """Start work in a fork; its number."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def killed(work: Work, moment: float) -> bool:
    """Start work and kill it after so many seconds; whether it was still at work."""
    child = begun(work)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def whole(work: Work) -> int:
    """Do work to its end; its exit code."""
    _, status = os.waitpid(begun(work), 0)
    return os.waitstatus_to_exitcode(status)


def rounds(runs: int, begin: Callable[[int], Work], check: Callable[[bool], bool]) -> dict[str, object]:
    """Kill work at `runs` moments; how often it was at work, and how often all was as it should be."""
    work = begin(0)
    started = time.perf_counter()
    whole(work)
    takes = time.perf_counter() - started
    check(True)
    drawn, at_work, good = random.Random(runs), 0, 0
    for number in range(1, runs + 1):
        work = begin(number)
        at_work += killed(work, takes * drawn.random())
        kept = check(False)
        good += kept and whole(work) == 0 and check(True)
    return {"runs": runs, "killed at work": at_work, "nothing lost, and done by the same command": good}


def same_each_time(edition: Path, out: Path) -> Callable[[bool], bool]:
    """A check that the edition stays as it is, and that what is made at `out` is the same whenever a run has ended."""
    right, expected = read(edition), Files()

    def check(ended: bool) -> bool:
        if ended:
            made = read(out)
            expected.update({} if expected else made)
            if made != expected:
                return False
        return read(edition) == right

    return check


def volumes(folder: Path, runs: int) -> dict[str, object]:
    out = folder / "volumes"

    def begin(number: int) -> Work:
        shutil.rmtree(out, ignore_errors=True)
        return lambda: protect(folder / "right.edition", volumes=7, survive=2, out=[out], day="2026-01-01")

    return rounds(runs, begin, same_each_time(folder / "right.edition", out))


def beside(folder: Path, runs: int) -> dict[str, object]:
    out = folder / "right.edition.parity"

    def begin(number: int) -> Work:
        shutil.rmtree(out, ignore_errors=True)
        shutil.rmtree(out.with_name(f"{out.name}.protecting"), ignore_errors=True)
        return lambda: protect(folder / "right.edition", percent=10)

    return rounds(runs, begin, same_each_time(folder / "right.edition", out))


def repaired(folder: Path, runs: int) -> dict[str, object]:
    if not (folder / "right.edition.parity").exists():
        protect(folder / "right.edition", percent=10)
    right, hurt, parity = folder / "right.edition", folder / "hurt.edition", folder / "hurt.edition.parity"
    before: Files = {}
    expected = {**read(right), **{f"p/{name}": raw for name, raw in read(folder / "right.edition.parity").items()}}

    def there() -> Files:
        return {**read(hurt), **{f"p/{name}": raw for name, raw in read(parity).items()}}

    def begin(number: int) -> Work:
        nonlocal before
        for place in (hurt, parity):
            shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(right, hurt)
        shutil.copytree(folder / "right.edition.parity", parity)
        drawn = random.Random(number)
        for path in sorted((*hurt.rglob("*"), *parity.rglob("*"))):
            if path.is_file() and path.stat().st_size:
                raw = bytearray(path.read_bytes())
                for low in range(0, len(raw), 20_000):
                    raw[low + drawn.randrange(min(20_000, len(raw) - low))] ^= 1
                path.write_bytes(raw[: len(raw) - (4000 if path.name == "00000.parquet" and len(raw) > 50_000 else 0)])
        before = there()
        return lambda: repair(hurt)

    def check(ended: bool) -> bool:
        now = {name: raw for name, raw in there().items() if not name.endswith(".part")}
        if ended:
            return now == expected
        for name, raw in now.items():
            was, should = before.get(name, b""), expected[name]
            for at in range(0, len(raw), 4096):
                part, old, new = raw[at : at + 4096], was[at : at + 4096], should[at : at + 4096]
                mixed = part not in (old, new)
                if mixed and not all(part[i : i + 1] in (old[i : i + 1], new[i : i + 1]) for i in range(len(part))):
                    return False
        return set(now) >= set(before)

    return rounds(runs, begin, check)


def scrubbed(folder: Path, runs: int) -> dict[str, object]:
    hurt, parity = folder / "hurt.edition", folder / "hurt.edition.parity"
    before = read(hurt), read(parity)

    def begin(number: int) -> Work:
        return lambda: scrub([hurt], state=folder / "state")

    return rounds(runs, begin, lambda ended: (read(hurt), read(parity)) == before)


if __name__ == "__main__":
    main()
