"""One program, one set-up, one epoch, in a process of its own: `benchmarks.loading` starts it and reads what it prints.

What is timed begins behind the imports of everybody's packages, and before anything is opened.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.loading_peers import batches, prepare

PACKAGES = {
    "datasets map": ("datasets",),
    "datasets streaming": ("datasets",),
    "mosaicml streaming": ("streaming",),
    "litdata": ("litdata", "litdata.streaming.item_loader"),
    "ours": ("galactica.train.loading.loader", "galactica.train.views.view", "pyarrow.dataset"),
}


def run(task: dict[str, Any]) -> None:
    """Prepare, or load an epoch; prints a line of JSON."""
    if task["name"] == "mosaicml streaming":  # it loads torchvision, which goes with the PyTorch beside it
        sys.path[:0] = task["packages"]
        importlib.import_module("torchvision")
        del sys.path[: len(task["packages"])]
    sys.path.extend(task["packages"])
    for name in (*PACKAGES.get(task["name"], ()), "tokenizers"):
        importlib.import_module(name)
    found = {"prepare": prepared, "load": loaded}[task["what"]](task)
    print("FOUND " + json.dumps(found), flush=True)


def prepared(task: dict[str, Any]) -> dict[str, object]:
    """Lay out what a program reads; the view is read outside of what is timed."""
    sequences = np.memmap(task["sequences"], np.uint16, "r").reshape(-1, task["seq_len"])
    texts: list[str] = []
    if task["setup"] == "text":
        from galactica.train.views.view import View

        with View.open(task["view"]) as view:
            texts = [text.decode() for _, text in view.scan()]
    wall, cpu = time.perf_counter(), used()
    prepare(task["name"], task["setup"], texts, sequences, Path(task["folder"]))
    size = sum(file.stat().st_blocks * 512 for file in Path(task["folder"]).rglob("*") if file.is_file())
    return {"seconds": time.perf_counter() - wall, "cpu seconds": used() - cpu, "bytes": size}


def loaded(task: dict[str, Any]) -> dict[str, object]:
    """Load one epoch."""
    wall, cpu = time.perf_counter(), used()
    first = until = tokens = count = 0.0
    histogram = np.zeros(task["vocabulary"], np.int64)
    for batch in opened(task):
        if not count:
            first, until = time.perf_counter() - wall, used() - cpu
        assert batch.dtype == np.int32
        count += 1
        tokens += batch.size
        if task["check"]:
            histogram += np.bincount(batch.ravel(), minlength=len(histogram))
        if task["most"] and tokens >= task["most"]:
            break
    seconds = time.perf_counter() - wall
    found: dict[str, object] = {
        "batches": count,
        "tokens": tokens,
        "seconds": seconds,
        "cpu seconds": used() - cpu,
        "first batch": first,
        "cpu seconds to the first": until,
    }
    if task["check"]:
        np.save(task["check"], histogram)
    return found


def opened(task: dict[str, Any]) -> Iterator[npt.NDArray[np.int32]]:
    """The batches of a program."""
    shape = {"batch": task["batch"], "seq_len": task["seq_len"], "seed": task["seed"]}
    if task["name"] != "ours":
        yield from batches(
            task["name"],
            task["setup"],
            Path(task["folder"]),
            tokenizer=task["tokenizer"],
            end=task["end"],
            samples=task["samples"],
            **shape,
        )
        return
    from galactica.train.loading.loader import Loader

    with Loader(
        task["view"], tokenizer=task["tokenizer"], epochs=1, workers=task["workers"], kept=Path(task["kept"]), **shape
    ) as loader:
        for batch in loader:
            yield batch.tokens


def used() -> float:
    """Seconds of processor of this process and those it has waited for."""
    return sum(
        each.ru_utime + each.ru_stime
        for each in (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )
