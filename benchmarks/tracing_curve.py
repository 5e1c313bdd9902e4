"""What making an index of a view takes, and tracing texts by it, at several sizes of the view.

    python -m benchmarks.tracing_curve VIEW …

For each view, in processes of their own: the index is made (seconds of the processor, peak memory, bytes by those of
the text), then opened, and texts of 2,000 bytes are traced: half of them mixed words of many articles with a stretch of
one in them, half copied from one article (milliseconds of the processor and by the clock, peak memory).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import results
from benchmarks.tracing import made
from benchmarks.tracing_texts import Words, percentiles, plain_texts
from galactica.train.tracing.index import TraceIndex
from galactica.train.tracing.tracing import Tracer
from galactica.train.views.view import View

STRETCHES = (60, 100, 200, 400, 800)
"""Bytes of a stretch that is planted among mixed words."""


def asked(view: View, count: int) -> list[tuple[str, str]]:
    """(kind, text): half "mixed", half "copied"."""
    chosen, words = random.Random(11), Words(view)
    found = [("copied", text) for text in plain_texts(view, count // 2, 12)]
    for number, text in enumerate(plain_texts(view, count - count // 2, 13)):
        around, stretch = words.mixed(20_000 + number), text[: chosen.choice(STRETCHES)]
        half = len(around) // 2
        found.append(("mixed", f"{around[:half]} ¤{stretch}¤ {around[half + len(stretch) :]}"))
    return found


def traced(path: Path, index: Path, count: int) -> dict[str, Any]:
    """Trace texts of a view by its index, here."""
    opening, cpu = time.perf_counter(), time.process_time()
    tracer = Tracer(View.open(path), TraceIndex.open(index))
    told: dict[str, Any] = {
        "open_seconds": round(time.perf_counter() - opening, 2),
        "open_cpu_seconds": round(time.process_time() - cpu, 2),
    }
    texts = asked(tracer.view, count)
    tracer.trace(texts[0][1])
    for kind in ("mixed", "copied"):
        walls, cpus, spans = [], [], 0
        for text in (each for of, each in texts if of == kind):
            begun, cpu = time.perf_counter(), time.process_time()
            spans += len(tracer.trace(text).spans)
            walls.append((time.perf_counter() - begun) * 1000)
            cpus.append((time.process_time() - cpu) * 1000)
        told[kind] = {"cpu_ms": percentiles(cpus), "wall_ms": percentiles(walls), "spans": spans}
    return told


def in_a_child(path: Path, index: Path, count: int) -> dict[str, Any]:
    """The same in a process of its own, with its peak memory."""
    command = [sys.executable, "-m", "benchmarks.tracing_curve", "--child", str(path), str(index), str(count)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    told = process.stdout.read() if process.stdout else b""
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"texts could not be traced in {path.name}")
    return {**json.loads(told), "peak_mb": round(used.ru_maxrss / 1000, 1)}


def main() -> None:
    """Measure, print and keep."""
    if sys.argv[1:2] == ["--child"]:
        print(json.dumps(traced(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("views", type=Path, nargs="+", metavar="VIEW")
    parser.add_argument("--texts", type=int, default=400, help="texts that are traced in each view")
    given = results.arguments(parser).parse_args()
    figures: dict[str, object] = {}
    work = Path(tempfile.mkdtemp(prefix="tracing"))
    try:
        for path in given.views:
            index = work / f"{path.stem}.trace"
            making = made(path, index)
            with View.open(path) as view:
                languages = {name: size for name, _, size in view.counts.languages}
            figures[path.stem] = {
                "languages": languages,
                "index": making,
                "tracing": in_a_child(path, index, given.texts),
            }
            print(path.stem, json.dumps(figures[path.stem]), flush=True)
            shutil.rmtree(index)
        results.keep(__file__, given, figures)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
