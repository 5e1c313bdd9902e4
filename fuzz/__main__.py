"""Runs a target: its seeds, its pieces repeated, then mutations; ends with 1 where an input breaks a promise.

Every input must come through without an exception, in `MAX_CPU` seconds of CPU time, and without the process growing
beyond `MAX_MEMORY`. One that does not is written into the corpus folder as `TARGET.crash-…`.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import importlib.util
import itertools
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

from fuzz import TARGETS

MAX_CPU = 1.0
"""Seconds of CPU time for an input of up to `LARGEST` bytes; a target that reads each several times says so
(`READINGS`)."""

LARGEST = 200_000
"""Bytes of the largest input that is made of pieces."""

MUTATED = 4096
"""Bytes of the largest input that mutations make: coverage is found in small ones."""

MAX_MEMORY = 500 * 2**20
"""Bytes that the process may grow by."""

One = Callable[[bytes], None]


def main() -> int:
    """Run what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("target", choices=(*TARGETS, "all"))
    parser.add_argument("--seconds", type=float, default=60, help="for each target, all stages together")
    parser.add_argument("--corpus", type=Path, default=Path(tempfile.gettempdir()) / "galactica-fuzz")
    parser.add_argument("--stage", choices=("all", "pieces", "coverage", "random"), default="all")
    told = parser.parse_args()
    if told.target == "all" or told.stage == "all":
        names = TARGETS if told.target == "all" else (told.target,)
        return max(_stages(name, told.seconds, told.corpus) for name in names)
    (told.corpus / told.target).mkdir(parents=True, exist_ok=True)
    stage = {"pieces": _pieces, "coverage": _coverage, "random": _random}[told.stage]
    return stage(told.target, told.seconds, told.corpus)


def _stages(name: str, seconds: float, corpus: Path) -> int:
    """A process for each stage: one that crashes or is instrumented must not touch the others."""
    shares = {"pieces": 0.3, "coverage" if importlib.util.find_spec("atheris") else "random": 0.7}
    code = 0
    for stage, share in shares.items():
        arguments = [name, "--seconds", str(seconds * share), "--corpus", str(corpus), "--stage", stage]
        code = max(code, abs(subprocess.run([sys.executable, "-m", "fuzz", *arguments], check=False).returncode))
    return code


def measured(target: ModuleType, name: str, corpus: Path) -> One:
    """A target's `one` with bounds on time and memory; what breaks it is kept."""
    base = [0]
    one: One = target.one
    most = MAX_CPU * getattr(target, "READINGS", 1)

    def run(data: bytes) -> None:
        before = time.process_time()
        try:
            one(data)
            spent = time.process_time() - before
            assert spent <= most, f"{spent:.2f} s of CPU time for {len(data)} bytes"
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            base[0] = base[0] or grown
            assert grown - base[0] <= MAX_MEMORY, f"{(grown - base[0]) >> 20} MB more for {len(data)} bytes"
        except Exception:
            file = corpus / f"{name}.crash-{hashlib.sha256(data).hexdigest()[:12]}"
            file.write_bytes(data)
            print(f"{name}: broken by {file}", file=sys.stderr)
            raise

    return run


def inputs(target: ModuleType, size: int = LARGEST) -> Iterator[bytes]:
    """A target's seeds, then its pieces repeated: each alone, two in turn, many of one before many of another."""
    yield b""
    yield from target.SEEDS
    pieces = [p.encode() if isinstance(p, str) else p for p in target.PIECES]
    frame = getattr(target, "FRAME", b"%b")
    for piece in pieces:
        yield frame.replace(b"%b", piece * (size // len(piece)))
    for first, second in itertools.product(pieces, pieces):
        if first != second:
            yield frame.replace(b"%b", (first + second) * (size // len(first + second)))
            yield frame.replace(b"%b", first * (size // 2 // len(first)) + second * (size // 2 // len(second)))


def _pieces(name: str, seconds: float, corpus: Path) -> int:
    target = importlib.import_module(f"fuzz.{name}")
    run = measured(target, name, corpus)
    end, count, broken = time.monotonic() + seconds, 0, 0
    for data in inputs(target):
        if time.monotonic() > end:
            break
        count += 1
        try:
            run(data)
        except Exception:
            broken += 1
            traceback.print_exc(limit=-3)
    print(f"{name}: {count} inputs of seeds and pieces, {broken} broken")
    return 1 if broken else 0


def _coverage(name: str, seconds: float, corpus: Path) -> int:
    import atheris

    with atheris.instrument_imports(include=["galactica"], enable_loader_override=False):
        target = importlib.import_module(f"fuzz.{name}")
    folder = corpus / name
    for number, seed in enumerate(target.SEEDS):
        (folder / f"seed-{number}").write_bytes(seed[:MUTATED])
    words = folder.with_suffix(".words")
    pieces = [p.encode() if isinstance(p, str) else p for p in target.PIECES]
    words.write_text("".join('"' + "".join(f"\\x{b:02x}" for b in p) + '"\n' for p in pieces if len(p) < 64))
    options = [f"-max_total_time={int(seconds)}", f"-max_len={MUTATED}", f"-dict={words}", "-timeout=30"]
    options += ["-rss_limit_mb=2048", "-print_final_stats=1", f"-artifact_prefix={folder}.", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *options, str(folder)], measured(target, name, corpus))
    atheris.Fuzz()
    return 0


def _random(name: str, seconds: float, corpus: Path) -> int:
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    target = importlib.import_module(f"fuzz.{name}")
    run = measured(target, name, corpus)
    pieces = [p.encode() if isinstance(p, str) else p for p in target.PIECES]
    made = st.lists(st.sampled_from(pieces) | st.binary(max_size=8), max_size=200).map(b"".join)
    seeds = st.sampled_from([*target.SEEDS, b""])
    cut = st.tuples(seeds, st.integers(0, MUTATED), st.integers(0, 40), made).map(
        lambda t: t[0][: t[1]] + t[3] + t[0][t[1] + t[2] :]
    )
    end, count = time.monotonic() + seconds, 0

    class _OverError(BaseException):
        """The time is over."""

    @settings(max_examples=10**9, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.binary(max_size=MUTATED) | made | cut)
    def tried(data: bytes) -> None:
        nonlocal count
        if time.monotonic() > end:
            raise _OverError
        count += 1
        run(data)

    try:
        tried()
    except _OverError:
        print(f"{name}: {count} inputs made by hypothesis, none broken")
        return 0
    except Exception:
        traceback.print_exc(limit=-3)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
