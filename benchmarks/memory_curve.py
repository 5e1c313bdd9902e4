"""Does memory grow with the input? Builds of 50, 200 and 800 MB of text, the peak of all their processes together.

    python -m benchmarks.memory_curve [--sizes 50 200 800] [--workers 2]

The real text is 205 MB; beyond that it is repeated under new ids and titles, and each size says how often. The peak is
the largest sum of proportional set sizes (PSS, /proc/PID/smaps_rollup) of the build's processes, looked at ten times a
second; files mapped from disk are counted where they are resident.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import results
from benchmarks.data import DOC, wikipedia

HEAD = re.compile(r'<doc id="(\d+)" url="([^"]*?)(\d+)" title="([^"]*)">')


def repeated(source: Path, into: Path, megabytes: int) -> tuple[int, float]:
    """Fill a folder with that much text out of the real articles; returns bytes and how often each was used."""
    into.mkdir(parents=True)
    files = sorted(f for f in source.rglob("*") if f.is_file())
    size = used = 0
    while size < megabytes * 1_000_000:
        file = files[used % len(files)]
        turn = used // len(files)
        text = file.read_text(encoding="utf-8")
        if turn:
            mark = rf'<doc id="{turn}0000000\1" url="\g<2>{turn}0000000\3" title="\4 ({turn})">'
            text = "".join(HEAD.sub(mark, doc, count=1) for doc in DOC.findall(text))
        size += (into / f"wiki_{used:05d}").write_bytes(text.encode())
        used += 1
    return size, used / len(files)


def descendants(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return found


def resident(pid: int) -> int:
    """Proportional set size of a process, bytes; 0 where it is gone."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        return 0
    return 0


def peak(command: list[str]) -> tuple[float, int]:
    """(seconds, largest sum of PSS) of a command that must succeed."""
    begin, most = time.perf_counter(), 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, sum(resident(pid) for pid in descendants(process.pid)))
            time.sleep(0.1)
    if process.returncode:
        raise SystemExit(f"failed: {command}")
    return time.perf_counter() - begin, most


def main() -> None:
    """Print the curve; exit 1 where the largest needs more than 1.5 times the memory of the middle one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 200, 800], help="megabytes of text")
    parser.add_argument("--workers", type=int, default=2)
    options = results.arguments(parser).parse_args()
    peaks = []
    figures: dict[str, dict[str, float]] = {}
    print(f"{'text, MB':>10}{'repeated':>10}{'seconds':>10}{'peak, MB':>10}{'edition, MB':>12}")
    with tempfile.TemporaryDirectory(prefix="memory-curve-") as folder:
        source, _ = wikipedia(Path(folder) / "real")
        for megabytes in options.sizes:
            size, times = repeated(source, Path(folder) / f"{megabytes}", megabytes)
            out = Path(folder) / f"{megabytes}.edition"
            command = [sys.executable, "-m", "galactica", "build", str(out), str(Path(folder) / f"{megabytes}")]
            seconds, most = peak([*command, "--workers", str(options.workers), "--quiet"])
            made = sum(f.stat().st_size for f in out.rglob("*") if f.is_file())
            peaks.append(most)
            figures[f"{megabytes} MB"] = {"s": seconds, "peak, MB": most / 1e6, "edition, MB": made / 1e6}
            print(f"{size / 1e6:10.0f}{times:10.2f}{seconds:10.1f}{most / 1e6:10.0f}{made / 1e6:12.1f}", flush=True)
    results.keep(__file__, options, figures)
    sys.exit(len(peaks) > 2 and peaks[-1] > 1.5 * peaks[-2])


if __name__ == "__main__":
    main()
