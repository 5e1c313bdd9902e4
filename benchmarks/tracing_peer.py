"""infini-gram over the same texts: its index in bytes and in tokens, and what its `attribute` takes (as OLMoTrace)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.tracing_texts import percentiles

MEMORY_GIB = 4
"""What it is told that it may use."""


def is_there() -> bool:
    """Whether it is installed."""
    return find_spec("infini_gram") is not None


def built_in_bytes(texts: Iterable[bytes], folder: Path) -> dict[str, float]:
    """Index texts byte by byte; returns sizes and what it took."""
    data = folder / "data"
    data.mkdir(parents=True)
    with (data / "texts.jsonl").open("w", encoding="utf-8") as file:
        for text in texts:
            file.write(json.dumps({"text": text.decode()}, ensure_ascii=False) + "\n")
    return _built(folder, data, "u8")


def built_in_tokens(texts: Iterable[bytes], encode: Callable[[str], list[int]], folder: Path) -> dict[str, float]:
    """Index texts in tokens of 16 bits, with a tokenizer trained on them: its own are not in the package."""
    save = folder / "index"
    save.mkdir(parents=True)
    offsets, done = [], 0
    with (save / "tokenized.0").open("wb") as file:
        for text in texts:
            content = b"\xff\xff" + np.array(encode(text.decode()), np.uint16).tobytes()
            file.write(content)
            offsets.append(done)
            done += len(content)
    (save / "offset.0").write_bytes(np.array(offsets, np.uint64).tobytes())
    return _built(folder, folder, "u16")


def _built(folder: Path, data: Path, kind: str) -> dict[str, float]:
    save = folder / "index"
    command = [
        *(sys.executable, "-m", "infini_gram.indexing", "--data_dir", str(data.resolve())),
        *("--save_dir", str(save.resolve()), "--token_dtype", kind, "--cpus", "1", "--mem", str(MEMORY_GIB)),
        *("--ulimit", "1024"),
    ]
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    told = process.stderr.read() if process.stderr else b""
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(told[-2000:].decode("utf-8", "replace"))
    return {
        "bytes": sum(each.stat().st_size for each in save.iterdir()),
        "table": (save / "table.0").stat().st_size,
        "seconds": round(time.perf_counter() - begun, 2),
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 2),
        "peak_mb": round(used.ru_maxrss / 1000, 1),
    }


def attributed(index: Path, kind: str, texts: Sequence[Sequence[int]], least: int) -> dict[str, object]:
    """What `attribute` takes for each text, in milliseconds, and how many spans it finds."""
    engine: Any = import_module("infini_gram.engine").InfiniGramEngine(
        index_dir=str(index), eos_token_id=0, vocab_size=255 if kind == "u8" else 65535, token_dtype=kind
    )
    walls, cpus, spans = [], [], 0
    for ids in texts:
        begun, cpu = time.perf_counter(), time.process_time()
        found = engine.attribute(input_ids=list(ids), delim_ids=[], min_len=least, max_cnt=10**9, enforce_bow=False)
        walls.append((time.perf_counter() - begun) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
        spans += len(found["spans"])
    return {"wall_ms": percentiles(walls), "cpu_ms": percentiles(cpus), "spans": spans}
