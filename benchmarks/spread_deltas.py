"""How small is what changed? Deltas of records beside zstd --patch-from, xdelta3, bsdiff and whole changed articles.

    python -m benchmarks.spread_deltas EDITION [NEWER] [--snapshots factbook,tldr,18f-handbook] [--against FILE]

First an older and a newer edition of the articles of EDITION (`edited_editions`: 2 % edited, 0.1 % added and removed),
or two that are there, and what each program needs to lead from one to the other: of the records of all articles in the
order of their ids, unpacked, and of the tables as they lie (one file after the other). Every program runs in a process
of its own, whose processor time and largest memory the system tells (this one stays small, because Linux counts it with
them). bsdiff takes 17 bytes of memory for each of the older file, and is left out where that is more than
`--most-memory`.

Then editions of real dated snapshots, each built on the one before, the deltas between them and what comes of them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks import results
from benchmarks.data import real
from galactica.edition.info import read_statement

ARCHIVES = {"factbook": "factbook.tar.xz", "tldr": "tldr.tar.xz", "18f-handbook": "handbook.tar.xz"}

WHOLE = """
import sys, zstandard
from pathlib import Path
from galactica.edition import Edition
from galactica.edition.compare import diff
from galactica.edition.record import article_record
found = diff(sys.argv[1], sys.argv[2])
packer = zstandard.ZstdCompressor(level=19)
size = 0
with Edition.open(sys.argv[2]) as new:
    for each in (*found.added, *found.changed):
        size += 32 + len(packer.compress(article_record(new.article(new.row_of(each.id)), 2)))
Path(sys.argv[3]).write_bytes(bytes(size))
"""
"""Each changed article whole, packed by itself, and its hash: what addressing articles by their content sends."""


PAIR = """
import sys
from pathlib import Path
from benchmarks.edited_editions import make_pair
make_pair(*map(Path, sys.argv[1:4]), edited=float(sys.argv[4]), moved=float(sys.argv[5]))
"""

RECORDS = """
import sys
from pathlib import Path
from benchmarks.edited_editions import record_stream
from galactica.edition import Edition
with Edition.open(sys.argv[1]) as edition, Path(sys.argv[2]).open("wb") as out:
    out.writelines(record_stream(edition))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """A program that ran: bytes of what it wrote, seconds of processor time, megabytes of memory at its largest."""

    bytes: int
    seconds: float
    megabytes: float

    def told(self, beside: Run | None = None) -> str:
        """The figures in a line."""
        ratio = f", {self.bytes / beside.bytes:.2f} of ours" if beside is not None else ""
        return f"{self.bytes:>12,} B  {self.seconds:8.1f} s  {self.megabytes:7.0f} MB{ratio}"


def run(words: Sequence[str | Path], out: Path | None) -> Run:
    """Run a program alone and say what it took; exits where it fails."""
    process = subprocess.Popen([str(each) for each in words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(map(str, words[:3]))} failed: {said.decode(errors='replace')[-500:]}")
    size = out.stat().st_size if out is not None else 0
    return Run(size, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def peers(old: Path, new: Path, out: Path, given: argparse.Namespace) -> Iterator[tuple[str, list[str | Path]]]:
    """Name and command of every program that makes a patch of two files."""
    size = max(old.stat().st_size, new.stat().st_size)
    log = max(27, min(31, size.bit_length()))
    window = 1 << (size - 1).bit_length()
    yield "xdelta3", ["xdelta3", "-9", "-S", "lzma", "-B", str(min(window, 2**31 - 1)), "-f", "-e", "-s", old, new, out]
    yield (
        "zstd -19 --patch-from",
        ["zstd", "-q", "-f", "-19", f"--long={log}", f"--patch-from={old}", new, "-o", out],
    )
    if 17 * old.stat().st_size < given.most_memory * 1e9:
        yield "bsdiff", ["bsdiff", old, new, out]


def one_file(files: Sequence[Path], out: Path) -> None:
    """Files, one after the other, as one."""
    with out.open("wb") as target:
        for file in files:
            with file.open("rb") as source:
                shutil.copyfileobj(source, target)


def edited(given: argparse.Namespace, folder: Path) -> dict[str, object]:
    """The two editions, made of one where they are not there, and what leads from the older to the newer."""
    old, new = folder / "old.edition", folder / "new.edition"
    if given.newer is not None:
        old, new = given.edition, given.newer
    else:
        shares = [str(given.edited), str(given.moved)]
        run([sys.executable, "-c", PAIR, given.edition, old, new, *shares], None)
    delta = folder / "ours.delta"
    galactica: list[str | Path] = [sys.executable, "-m", "galactica"]
    ours = run([*galactica, "delta", old, new, "--out", delta, "--quiet"], delta)
    updated = folder / "updated.edition"
    shutil.copytree(old, updated)
    update = run([*galactica, "update", updated, "--from", delta, "--quiet", "--no-meaning"], None)
    if read_statement(updated).root != read_statement(new).root:
        sys.exit("What came of the delta has another root.")
    verified = run([*galactica, "verify", updated, "--quiet"], None)
    shutil.rmtree(updated)
    articles = sum(read_statement(new).shards)
    tables = _bytes(new / "data")
    print(f"{articles:,} articles, {tables:,} bytes of tables; {_bytes(new):,} with indexes")
    print(f"{'delta of records':>32}  {ours.told()}; applied in {update.seconds:.1f} s, {update.megabytes:.0f} MB")
    figures: dict[str, object] = {
        "articles": articles,
        "tables": tables,
        "ours": _plain(ours),
        "update": _plain(update),
        "verify": _plain(verified),
    }
    whole = folder / "whole"
    found = run([sys.executable, "-c", WHOLE, old, new, whole], whole)
    print(f"{'whole changed articles':>32}  {found.told(ours)}")
    figures["whole changed articles"] = _plain(found)
    best: Run | None = None
    for what in ("records", "tables"):
        files = {}
        for path in (old, new):
            files[path] = folder / f"{path.stem}.{what}"
            if what == "records":
                run([sys.executable, "-c", RECORDS, path, files[path]], None)
            else:
                one_file(sorted((path / "data").rglob("*.parquet")), files[path])
        for name, words in peers(files[old], files[new], folder / "patch", given):
            if str(words[0]) not in given.peers.split(",") or shutil.which(str(words[0])) is None:
                print(f"{name}: not asked for, or not installed")
                continue
            found = run(words, folder / "patch")
            print(f"{f'{name} ({what})':>32}  {found.told(ours)}", flush=True)
            figures[f"{name} ({what})"] = _plain(found)
            best = found if best is None or found.bytes < best.bytes else best
        for file in files.values():
            file.unlink()
    if best is not None:
        figures["bytes beside the best peer"] = ours.bytes / best.bytes
        figures["memory beside the best peer"] = ours.megabytes / best.megabytes
        print(
            f"beside the best: {ours.bytes / best.bytes:.2f} of its bytes, "
            f"{ours.megabytes / best.megabytes:.2f} of its memory; "
            f"whole tables: {tables / ours.bytes:,.0f} times as much"
        )
    return figures


def snapshots(name: str, folder: Path) -> Iterator[dict[str, object]]:
    """Editions of dated snapshots, each built on the one before, and the delta to each."""
    source = real(f"snapshots-{name}") / ARCHIVES[name]
    folder.mkdir()
    with tarfile.open(source) as archive:
        archive.extractall(folder / "sources", filter="data")
    before: Path | None = None
    for place in sorted((folder / "sources").iterdir()):
        path = folder / f"{place.name}.edition"
        words: list[str | Path] = [
            sys.executable,
            "-m",
            "galactica",
            "build",
            path,
            place,
            "--no-meaning",
            "--quiet",
            "--key",
            name,
        ]
        built = run([*words, "--parent", before] if before is not None else words, None)
        if before is not None:
            yield between(name, before, path, folder, built)
        before = path


def between(name: str, old: Path, new: Path, folder: Path, built: Run) -> dict[str, object]:
    """The delta between the editions of two dates."""
    delta, updated = folder / "delta", folder / "updated.edition"
    galactica: list[str | Path] = [sys.executable, "-m", "galactica"]
    made = run([*galactica, "delta", old, new, "--out", delta, "--quiet"], delta)
    shutil.copytree(old, updated)
    update = run([*galactica, "update", updated, "--from", delta, "--quiet"], None)
    equal = read_statement(updated).root == read_statement(new).root
    shutil.rmtree(updated)
    delta.unlink()
    days = (date.fromisoformat(new.stem) - date.fromisoformat(old.stem)).days
    months, size, tables = days / 30.44, _bytes(new), _bytes(new / "data")
    share = made.bytes / size
    print(
        f"{name:>12} {old.stem} to {new.stem}, {months:4.1f} months: {made.bytes:>9,} B, {100 * share:5.2f} % of the "
        f"edition ({100 * made.bytes / tables:.1f} % of its tables), {100 * share / months:.2f} % a month; "
        f"applied in {update.seconds:.1f} s, built in {built.seconds:.1f} s; root {'equal' if equal else 'UNLIKE'}",
        flush=True,
    )
    return {
        "snapshots": name,
        "from": old.stem,
        "to": new.stem,
        "months": round(months, 1),
        "delta": made.bytes,
        "edition": size,
        "tables": tables,
        "share": share,
        "share a month": share / months,
        "seconds of update": update.seconds,
        "seconds of build": built.seconds,
        "root equal": equal,
    }


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _plain(found: Run) -> Mapping[str, object]:
    return {"bytes": found.bytes, "seconds": round(found.seconds, 2), "megabytes": round(found.megabytes)}


def main() -> None:
    """Measure, print, keep."""
    parser = results.arguments(
        argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    )
    parser.add_argument("edition", type=Path, nargs="?", help="of real articles; none: snapshots alone")
    parser.add_argument("newer", type=Path, nargs="?", help="a newer one, to compare with; none: one is made")
    parser.add_argument("--edited", type=float, default=0.02, help="share of the articles that are edited")
    parser.add_argument("--moved", type=float, default=0.001, help="share that is added, and that is removed")
    parser.add_argument("--most-memory", type=float, default=8, help="GB that a peer may take")
    parser.add_argument("--peers", default="xdelta3,zstd,bsdiff", help="programs that are run beside")
    parser.add_argument("--snapshots", default="factbook,tldr,18f-handbook", help="which sets; empty: none")
    given = parser.parse_args()
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        if given.edition is not None:
            figures["edited"] = edited(given, Path(folder))
    real_ones: list[object] = []
    for name in filter(None, given.snapshots.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            real_ones += list(snapshots(name, Path(folder) / "set"))
    figures["snapshots"] = real_ones
    results.keep(__file__, given, figures)


if __name__ == "__main__":
    main()
