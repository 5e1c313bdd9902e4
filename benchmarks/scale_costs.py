"""What a command costs: time, CPU and bytes moved by role, memory of all its processes.

All processes are looked at four times a second (/proc/PID/stat and io), memory once a second: the largest sum of
proportional set sizes. What a process did after the last look at it is not counted. Bytes moved are those of read()
and write(), pipes and sockets included, files mapped into memory not; "disk" is what the kernel fetched or is to write
there. By role: the driver (the command itself), workers, Ray's own processes.
"""

from __future__ import annotations

import re
import subprocess
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.memory_curve import descendants, resident

LOOK = 0.25
"""Seconds between two looks at all processes."""

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
