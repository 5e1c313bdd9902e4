"""What a build costs as it grows: time, CPU, memory, and bytes moved per byte of input, here and on a cluster.

    python -m benchmarks.build_scale [--documents 10000 100000 1000000] [--on here ray:local] [--meaning]

The documents are real (English and Chinese Wikipedia in plain text, shuffled by a fixed seed); beyond some 30,000
they are repeated under new ids and titles, which is honest for time and bytes and not for what finds equal texts: each
size says how often. All processes of a build are looked at four times a second (/proc/PID/stat and io), memory once a
second: the largest sum of proportional set sizes. What a process did after the last look at it is not counted. Bytes
moved are those of read() and write(), pipes and sockets included, files mapped into memory not; "disk" is what the
kernel fetched or is to write there. By role: the driver (reads sources, ledger, index), workers, Ray's own processes.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from benchmarks import results
from benchmarks.data import DOC, real, wikipedia
from benchmarks.memory_curve import HEAD, descendants, resident
from galactica.edition import Edition

LOOK = 0.25
"""Seconds between two looks at all processes."""

FILE = 8 * 2**20
"""Bytes of a file of documents."""

TICKS = 100
"""Of the clock in /proc/PID/stat, in a second (proc_pid_stat(5), sysconf(_SC_CLK_TCK) on Linux)."""

READ, WRITTEN, DISK_READ, DISK_WRITTEN = "rchar", "wchar", "read_bytes", "write_bytes"


@dataclass(slots=True)
class Used:
    """What the processes of one role used: seconds of CPU, and bytes by what /proc/PID/io calls them."""

    cpu: float = 0
    moved: dict[str, int] = field(default_factory=lambda: defaultdict(int))


@dataclass(slots=True)
class Cost:
    """What a build cost."""

    seconds: float
    peak: int
    roles: dict[str, Used]


def chinese() -> Iterator[str]:
    """Documents of the Chinese Wikipedia that have a text: many are redirects without one."""
    with tarfile.open(real("zhwiki-wikiextractor/AA.tar.xz")) as archive:
        for member in sorted((m for m in archive if m.isfile()), key=lambda m: m.name):
            file = archive.extractfile(member)
            if file is not None:
                yield from (doc for doc in DOC.findall(file.read().decode()) if doc.count("\n") > 4)


def documents(folder: Path) -> list[str]:
    """Every real document, shuffled."""
    source, _ = wikipedia(folder)
    found = [doc for each in sorted(source.rglob("wiki_*")) for doc in DOC.findall(each.read_text(encoding="utf-8"))]
    shutil.rmtree(folder)
    # Numbers of pages of two wikis meet; those of the second begin where those of the first have ended.
    found += [HEAD.sub(r'<doc id="9\1" url="\g<2>9\3" title="\4">', doc, count=1) for doc in chinese()]
    random.Random(14).shuffle(found)
    return found


def write(found: list[str], count: int, folder: Path) -> int:
    """Write so many documents into a folder; returns how many bytes they are."""
    folder.mkdir(parents=True)
    held: list[str] = []
    size = total = files = 0
    for number, doc in zip(range(count), cycle(found), strict=False):
        if turn := number // len(found):
            mark = rf'<doc id="{turn}0000000\1" url="\g<2>{turn}0000000\3" title="\4 ({turn})">'
            doc = HEAD.sub(mark, doc, count=1)
        held.append(doc)
        size += len(doc)
        if size >= FILE or number + 1 == count:
            total += (folder / f"wiki_{files:05d}").write_bytes("".join(held).encode())
            files, size, held = files + 1, 0, []
    return total


def role(pid: int, driver: int) -> str:
    """Which part of a build a process plays; "" where it is gone."""
    if pid == driver:
        return "driver"
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
    except OSError:
        return ""
    if b"ray::" in command:
        return "ray: workers"
    return "ray: its own" if b"ray" in command else "workers"


def look(pid: int) -> tuple[float, dict[str, int]] | None:
    """Seconds of CPU and bytes moved of a process so far; None where it is gone."""
    try:
        after = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        io = re.findall(r"(\w+): (\d+)", Path(f"/proc/{pid}/io").read_text())
    except OSError:
        return None
    return (int(after[11]) + int(after[12])) / TICKS, {name: int(value) for name, value in io}


def watched(command: list[str]) -> Cost:
    """Run a build that must succeed, and say what it cost."""
    begin, most, looks = time.perf_counter(), 0, 0
    seen: dict[int, tuple[str, float, dict[str, int]]] = {}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            pids = descendants(process.pid)
            for pid in pids:
                if (found := look(pid)) and (plays := role(pid, process.pid)):
                    seen[pid] = (plays, *found)
            if looks % 4 == 0:
                most = max(most, sum(resident(pid) for pid in pids))
            looks += 1
            time.sleep(LOOK)
    if process.returncode:
        raise SystemExit(f"failed: {command}")
    roles: dict[str, Used] = defaultdict(Used)
    for plays, cpu, io in seen.values():
        roles[plays].cpu += cpu
        for name, value in io.items():
            roles[plays].moved[name] += value
    return Cost(seconds=time.perf_counter() - begin, peak=most, roles=dict(roles))


def figures(cost: Cost, size: int, count: int, out: Path) -> dict[str, object]:
    """What is kept of a build."""
    made = sum(f.stat().st_size for f in out.rglob("*") if f.is_file())
    everyone = list(cost.roles.values())

    def per_byte(*names: str) -> float:
        return sum(used.moved[name] for used in everyone for name in names) / size

    with Edition.open(out) as edition:
        root, articles = edition.root, len(edition)
    return {
        "s": cost.seconds,
        "documents/s": count / cost.seconds,
        "MB of input/s": size / 1e6 / cost.seconds,
        "CPU s": sum(used.cpu for used in everyone),
        "peak, MB": cost.peak / 1e6,
        "input, MB": size / 1e6,
        "edition, MB": made / 1e6,
        "articles": articles,
        "bytes read per byte of input": per_byte(READ),
        "bytes written per byte of input": per_byte(WRITTEN),
        "of disk read per byte of input": per_byte(DISK_READ),
        "of disk written per byte of input": per_byte(DISK_WRITTEN),
        "roles": {
            plays: {
                "CPU s": used.cpu,
                "read per byte": used.moved[READ] / size,
                "written per byte": used.moved[WRITTEN] / size,
            }
            for plays, used in sorted(cost.roles.items())
        },
        "root": root,
    }


def main() -> None:
    """Print the curve; exit 1 where two ways to build gave two roots."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--on", nargs="+", default=["here"], help="here, or what --cluster takes")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--meaning", action="store_true", help="make the index of meaning too")
    parser.add_argument("--into", type=Path, help="a folder to work in; what is made there is removed")
    options = results.arguments(parser).parse_args()
    found: dict[str, object] = {}
    differ = False
    with tempfile.TemporaryDirectory(prefix="build-scale-", dir=options.into) as name:
        folder = Path(name)
        docs = documents(folder / "real")
        for count in options.documents:
            size = write(docs, count, folder / f"{count}")
            roots = set()
            for on in options.on:
                out = folder / f"{count}.edition"
                command = [sys.executable, "-m", "galactica", "build", str(out), str(folder / f"{count}"), "--quiet"]
                command += ["--workers", str(options.workers), *([] if options.meaning else ["--no-meaning"])]
                cost = watched([*command, *([] if on == "here" else ["--cluster", on])])
                kept = figures(cost, size, count, out)
                roots.add(kept["root"])
                found[f"{count:,} documents, {on}"] = {"repeated": count / len(docs), **kept}
                shutil.rmtree(out)
                print(f"{count:,} documents, {on}:")
                for key, value in kept.items():
                    print(f"  {key}: {value:,.2f}" if isinstance(value, float) else f"  {key}: {value}", flush=True)
            differ |= len(roots) > 1
            shutil.rmtree(folder / f"{count}")
    results.keep(__file__, options, found)
    sys.exit(differ)


if __name__ == "__main__":
    main()
