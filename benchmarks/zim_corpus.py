"""Every real and every deliberately broken ZIM file: what the reader makes of it, and that it never falls over.

    python -m benchmarks.zim_corpus [--build] [--limit SECONDS] [--only TEXT]

Each file is read in a process of its own with a time limit. A line says how many documents, redirects, media files and
rejected entries came out, or the error the person would see. With `--build`, `galactica build` and `galactica verify`
run instead, and nothing may remain under the edition's name after an error. The exit status is 1 where any file ends in
a traceback, a crash, a hang, a wrong exit status or a left-over. Real data: GALACTICA_DATA (default ../shared/data).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import results
from galactica.errors import GalacticaError
from galactica.model import Rejected
from galactica.sources.contract import HEAD_BYTES, SourceOptions
from galactica.sources.zim import FORMAT

FOLDERS = ("zim-testing-suite", "zim-tools", "libkiwix", "kiwix-android", "kiwix-js-history", "kiwix-js")
INPUT_ERROR = 3
"""The documented exit status for a source that cannot be read at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one file ended: `problem` is "" where all is as it should be."""

    line: str
    problem: str


def data_folder() -> Path:
    return Path(os.environ.get("GALACTICA_DATA", "../shared/data"))


def run(command: list[str], limit: float) -> tuple[int | None, str, str]:
    """Run a command: (exit status, None where it took longer than `limit` seconds; output; errors)."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, errors="replace")
    except subprocess.TimeoutExpired:
        return None, "", ""
    return done.returncode, done.stdout, done.stderr


def faults(status: int | None, errors: str, allowed: tuple[int, ...]) -> str:
    if status is None:
        return "hang"
    if "Traceback" in errors:
        return "traceback"
    if status < 0:
        return f"crash (signal {-status})"
    return "" if status in allowed else f"exit status {status}"


def read_file(path: Path, limit: float) -> Outcome:
    """The reader alone, in a process of its own."""
    status, output, errors = run([sys.executable, "-m", "benchmarks.zim_corpus", "--one", str(path)], limit)
    problem = faults(status, errors, (0, INPUT_ERROR))
    return Outcome(line=output.strip() or errors.strip()[-200:], problem=problem)


def build_file(path: Path, limit: float) -> Outcome:
    """`galactica build`, then `galactica verify`; after an error no edition may lie under its name."""
    galactica = [sys.executable, "-m", "galactica"]
    folder = Path(tempfile.mkdtemp(prefix="corpus-"))
    out = folder / "x.edition"
    try:
        status, output, errors = run([*galactica, "build", str(out), str(path)], limit)
        problem = faults(status, errors, (0, INPUT_ERROR))
        if status != 0:
            if out.exists():
                problem = problem or "a partial edition remains"
            return Outcome(line=f"exit {status}: {' '.join(errors.split())[-160:]}", problem=problem)
        if not out.exists():
            return Outcome(line="exit 0", problem="no edition was made")
        checked, _, complaints = run([*galactica, "verify", str(out)], limit)
        problem = problem or faults(checked, complaints, (0,))
        return Outcome(line=f"built and verified: {' '.join(output.split())[:120]}", problem=problem)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def one(path: Path) -> int:
    """What `--one` does: read a file as the program would and print what came out of it."""
    with path.open("rb") as file:
        if FORMAT.recognise(path, file.read(HEAD_BYTES)) == 0:
            print("not a ZIM by its first bytes")
            return 0
    counts: Counter[str] = Counter()
    try:
        with FORMAT.open(path, SourceOptions()) as source:
            for item in source.read():
                counts[type(item).__name__] += 1
                if isinstance(item, Rejected):
                    counts[f"({item.reason})"] += 1
    except GalacticaError as error:
        print(f"{type(error).__name__}: {error.problem}")
        return error.exit_code
    print("  ".join(f"{name} {number}" for name, number in sorted(counts.items())))
    return 0


def sweep(files: list[Path], root: Path, attempt: Callable[[Path, float], Outcome], limit: float) -> list[str]:
    """Try every file; print a line for each; return what went wrong."""
    wrong = []
    for path in files:
        started = time.perf_counter()
        outcome = attempt(path, limit)
        name = str(path.relative_to(root))
        print(f"{name:<88} {time.perf_counter() - started:5.1f} s  {outcome.problem or 'ok':<6}  {outcome.line[:150]}")
        if outcome.problem:
            wrong.append(f"{name}: {outcome.problem}")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", action="store_true")
    parser.add_argument("--limit", type=float, default=60.0)
    parser.add_argument("--only", default="")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = results.arguments(parser).parse_args()
    if options.one:
        return one(options.one)
    root = data_folder() / "zim"
    if not root.is_dir():
        print(f"skipped: no real data in {root} (set GALACTICA_DATA)")
        return 0
    files = [path for folder in FOLDERS for path in sorted((root / folder).rglob("*.zim*")) if path.is_file()]
    files = [path for path in [*files, *sorted(root.glob("*.zim"))] if options.only in str(path)]
    wrong = sweep(files, root, build_file if options.build else read_file, options.limit)
    print(json.dumps({"files": len(files), "wrong": len(wrong)}))
    results.keep(__file__, options, {"files": len(files), "wrong": len(wrong)})
    for line in wrong:
        print(f"WRONG {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
