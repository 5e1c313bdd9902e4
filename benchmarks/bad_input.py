"""Bad input: archives, tables, books, films and broken dumps, each built in a process of its own.

    python -m benchmarks.bad_input [--only TEXT] [--limit SECONDS] [--jobs N] [--read] [--all]

Every file ends in one of two ways: an edition that `galactica verify` finds whole (exit status 0), or one error with a
problem and a remedy and exit status 3, 4, 5 or 6, and nothing under the edition's name. A traceback, a crash, a hang
or another status is a fault, and makes this program's own status 1. Parquet files are tried again with a column named
as the text: the first, or with `--read` each, so that every page is decoded. `--read` leaves out building and only
reads; `--all` prints every file and not only the faults. Real data: GALACTICA_DATA.

Source: 2026-11-23, two cores: `--read` 1,294 trials, 0 faults, slowest 3.3 s, 8 minutes; building
862 trials, 0 faults, 24 minutes on a busy machine.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from subprocess import TimeoutExpired, run

from benchmarks import results
from benchmarks.data import real

FOLDERS = (
    "archives-commons-compress",
    "parquet-testing",
    "html-scrapinghub",
    "epub-samples",
    "epub-epubcheck",
    "pdf-pypdf",
    "media-mdn",
    "media-speech",
    "media-whisper",
    "warc-warcio",
    "mwdump-truncated-7lang",
    "wikidata",
    "cranfield",
)
ALLOWED = (3, 4, 5, 6)
"""Exit statuses of an error that tells the person what to do (docs/cli.md)."""

GALACTICA = (sys.executable, "-m", "galactica")

READER = """
import sys
from galactica.errors import GalacticaError
from galactica.sources.contract import SourceOptions
from galactica.sources.formats import open_source
columns = tuple(tuple(c.split("=", 1)) for c in sys.argv[2:])
try:
    with open_source(sys.argv[1], SourceOptions(columns=columns)) as source:
        counts = {}
        for item in source.read():
            name = type(item).__name__
            counts[name] = counts.get(name, 0) + 1
        print(source.source.format, counts)
except GalacticaError as error:
    print(error.problem, error.remedy, sep="\\n", file=sys.stderr)
    sys.exit(error.exit_code)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A file, and the column that is named as its text ("" for none)."""

    path: Path
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a trial ended: `fault` is "" where all is as it should be; `kind` "edition" or "error 3" …"""

    trial: Trial
    kind: str
    line: str
    seconds: float
    fault: str = ""


def trials(only: str, *, every_column: bool) -> Iterator[Trial]:
    """Every file once, and Parquet files once more for each column, or for the first."""
    root = real("")
    for folder in FOLDERS:
        for path in sorted(path for path in real(folder).rglob("*") if path.is_file()):
            if only in path.relative_to(root).as_posix():
                yield Trial(path=path)
                yield from (Trial(path=path, column=name) for name in columns(path)[: None if every_column else 1])


def columns(path: Path) -> list[str]:
    """The columns of a Parquet file, asked for in a process of its own because the file may be hostile."""
    if path.suffix != ".parquet":
        return []
    program = "import sys, pyarrow.parquet as pq; print(*pq.read_schema(sys.argv[1]).names, sep='\\n')"
    done = run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, timeout=60)
    return [name for name in done.stdout.splitlines() if name] if done.returncode == 0 else []


def attempt(trial: Trial, limit: float, *, only_read: bool) -> Ending:
    """Build and verify, or read."""
    started = time.perf_counter()

    def ending(kind: str, line: str, fault: str = "") -> Ending:
        seconds = time.perf_counter() - started
        return Ending(trial=trial, kind=kind, line=" ".join(line.split())[:200], seconds=seconds, fault=fault)

    with tempfile.TemporaryDirectory(prefix="bad-input-") as folder:
        out = Path(folder) / "x.edition"
        column = f"text={trial.column}"
        if only_read:
            command = [sys.executable, "-c", READER, str(trial.path), *([column] if trial.column else [])]
        else:
            command = [*GALACTICA, "build", "--quiet", "--workers", "1", str(out), str(trial.path)]
            command += ["--column", column] if trial.column else []
        try:
            done = run(command, capture_output=True, text=True, timeout=limit, errors="replace")
            if done.returncode == 0 and not only_read:
                verify = [*GALACTICA, "verify", "--quiet", str(out)]
                checked = run(verify, capture_output=True, text=True, timeout=limit)
                if checked.returncode:
                    return ending("edition", checked.stdout + checked.stderr, f"verify ended with {checked.returncode}")
        except TimeoutExpired:
            return ending("hang", "", f"no end after {limit:.0f} s")
        if "Traceback" in done.stderr:
            return ending("traceback", done.stderr[-300:], "a traceback")
        if done.returncode == 0:
            return ending("edition", done.stdout)
        kind = f"error {done.returncode}"
        if done.returncode not in ALLOWED:
            return ending(kind, done.stderr[-300:], f"exit status {done.returncode}")
        if len([line for line in done.stderr.splitlines() if line.strip()]) < 2:
            return ending(kind, done.stderr, "an error without a remedy")
        return ending(kind, done.stderr, "a partial edition is left" if out.exists() else "")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="files whose path holds this")
    parser.add_argument("--limit", type=float, default=120.0, help="seconds for one file")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--read", action="store_true")
    parser.add_argument("--all", action="store_true")
    options = results.arguments(parser).parse_args()
    root = real("")
    found = list(trials(options.only, every_column=options.read))
    kinds: Counter[tuple[str, str]] = Counter()
    faults = 0
    slowest = 0.0
    with ThreadPoolExecutor(options.jobs) as pool:
        for ending in pool.map(lambda trial: attempt(trial, options.limit, only_read=options.read), found):
            name = ending.trial.path.relative_to(root)
            kinds[name.parts[0], ending.kind] += 1
            slowest = max(slowest, ending.seconds)
            faults += bool(ending.fault)
            if ending.fault or options.all:
                shown = f"{name} [{ending.trial.column}]" if ending.trial.column else str(name)
                print(f"{ending.fault or 'ok':<12} {ending.kind:<10} {ending.seconds:5.1f} s  {shown}: {ending.line}")
    for (folder, kind), count in sorted(kinds.items()):
        print(f"{folder:<28} {kind:<10} {count:5d}")
    print(f"{len(found)} trials, {faults} faults, slowest {slowest:.1f} s")
    figures = {f"{folder}, {kind}": count for (folder, kind), count in sorted(kinds.items())}
    results.keep(__file__, options, figures | {"trials": len(found), "faults": faults, "slowest, s": slowest})
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
