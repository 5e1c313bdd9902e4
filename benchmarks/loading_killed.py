"""Runs of the loader ended by SIGKILL and gone on with by 1, 2 and 4 ranks: is what follows the same bit for bit?

    python -m benchmarks.loading_killed VIEW --tokenizer FILE --work FOLDER [--points 3] [--against FILE]

Each round begins without tokens. One process loads and writes after each batch what it got (a SHA-256 over tokens,
documents and positions of each row) and its state, until it is killed at a batch drawn for the round. Then as many
processes as there are ranks, each with another number of workers than the run before, go on from the last state that
was written, at once, and are killed too. What every row should be is known from one run that was never ended.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks import results
from galactica.train.loading.batch import Batch
from galactica.train.loading.loader import Loader

CODE = "from benchmarks.loading_killed import loads; loads()"
AFTER = 20
"""Batches that each rank is let load after it went on."""


def main() -> None:
    parser = results.arguments(argparse.ArgumentParser(description=__doc__))
    parser.add_argument("view", type=Path)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--points", type=int, default=3)
    parser.add_argument("--within", type=int, default=200, help="batches within which a run is ended")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--seq-len", type=int, default=512)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    shared = {"view": str(given.view), "tokenizer": str(given.tokenizer)}
    asked = {"batch": given.batch, "seq_len": given.seq_len, "seed": 3}
    right = expected(shared, asked, given.work / "right", given.within + AFTER)
    drawn = random.Random(1)
    figures: dict[str, object] = {}
    for world_size in (1, 2, 4):
        for point in range(given.points):
            batches = drawn.randint(1, given.within)
            kept = given.work / "kept"
            shutil.rmtree(kept, ignore_errors=True)
            shutil.rmtree(given.work / "runs", ignore_errors=True)
            (given.work / "runs").mkdir()
            common = {**shared, **asked, "kept": str(kept), "workers": point % 2}
            before = ended([{**common, "rank": 0, "world_size": 1}], batches, given.work / "runs")[0]
            state = before[-1]["state"]
            ranks = [
                {**common, "workers": (point + 1 + rank) % 2, "rank": rank, "world_size": world_size, "state": state}
                for rank in range(world_size)
            ]
            after = ended(ranks, AFTER, given.work / "runs")
            figures[f"{world_size} ranks, killed after {len(before)} batches"] = told(before, after, right, given.batch)
            print(list(figures.items())[-1], flush=True)
    results.keep(__file__, given, figures)


def told(before: list[Any], after: list[list[Any]], right: list[str], batch: int) -> dict[str, int]:
    """Rows before and after, and those that are not what they should be, or were given twice or not at all."""
    found: dict[int, str] = {}
    wrong = twice = 0
    for line in [*before, *(line for rank in after for line in rank)]:
        for at, digest in enumerate(line["rows"]):
            number = line["sequence"] + at
            twice += number in found
            found[number] = digest
            wrong += number >= len(right) or right[number] != digest
    until = batch * (len(before) + min(map(len, after)))
    missing = sum(number not in found for number in range(until))
    states = {json.dumps([line["state"] for line in rank[:AFTER]]) for rank in after}
    return {
        "rows before": len(before) * batch,
        "rows after": sum(len(line["rows"]) for rank in after for line in rank),
        "wrong": wrong,
        "twice": twice,
        "missing": missing,
        "states of ranks that differ": len(states) - 1,
    }


def rows(batch: Batch) -> list[str]:
    parts = zip(batch.tokens, batch.documents, batch.positions, strict=True)
    return [hashlib.sha256(b"".join(part.tobytes() for part in row)).hexdigest() for row in parts]


def expected(shared: dict[str, str], asked: dict[str, int], kept: Path, batches: int) -> list[str]:
    """What every row should be."""
    kept.mkdir(exist_ok=True)
    found: list[str] = []
    with Loader(shared["view"], tokenizer=shared["tokenizer"], kept=kept, **asked) as loader:  # type: ignore[arg-type]
        for _ in range(batches + 50):
            found += rows(next(loader))
    return found


def ended(tasks: list[dict[str, Any]], batches: int, folder: Path) -> list[list[Any]]:
    """What processes wrote that began together, each killed once it had written so many batches."""
    started = []
    for number, task in enumerate(tasks):
        out = folder / f"{len(list(folder.iterdir()))}-{number}.jsonl"
        out.touch()
        process = subprocess.Popen([sys.executable, "-c", CODE], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert process.stdin is not None
        process.stdin.write(json.dumps({**task, "out": str(out)}).encode())
        process.stdin.close()
        started.append((process, out))
    alive = list(started)
    while alive:
        for process, out in list(alive):
            if process.poll() is not None:
                raise SystemExit(f"a run ended by itself: {process.returncode}")
            if out.read_bytes().count(b"\n") >= batches:
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
                alive.remove((process, out))
        time.sleep(0.005)
    return [[json.loads(line) for line in out.read_text(encoding="utf-8").split("\n")[:-1]] for _, out in started]


def loads() -> None:
    """One process: loads, and writes each batch, until it is ended."""
    task = json.loads(sys.stdin.read())
    more = {name: task[name] for name in ("rank", "world_size", "workers", "tokenizer")}
    more["kept"] = Path(task["kept"])
    more["kept"].mkdir(parents=True, exist_ok=True)
    if "state" in task:
        loader = Loader.resume(task["view"], task["state"], **more)
    else:
        loader = Loader(task["view"], batch=task["batch"], seq_len=task["seq_len"], seed=task["seed"], **more)
    with Path(task["out"]).open("a", encoding="utf-8") as file:
        for batch in loader:
            file.write(json.dumps({"sequence": batch.sequence, "rows": rows(batch), "state": loader.state()}) + "\n")
            file.flush()


if __name__ == "__main__":
    main()
