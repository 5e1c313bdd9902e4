"""Tokens for training out of a view, beside the loaders that people use: tokens a second, first batch, memory.

    python -m benchmarks.loading VIEW... --tokenizer FILE --work FOLDER [--packages FOLDER] [--rounds 2]

Everybody gets the same documents, the same tokenizer, the same batch, and gives `int32 [batch, seq_len]` until an
epoch is over (peers that cut text: `--most` tokens, where that is asked for), in a process of its own; rounds take
turns, and the best of each counts. Told are the time to the first batch, and tokens a second twice: of the whole epoch,
from before anything is opened, and behind the first batch. The whole is what is compared: what a program does before
its first batch (Parquet fills its buffer, everybody cuts 500 texts) is work for later ones too. Two set-ups:

* text in: peers have the text in their own format and cut it with `tokenizers` on all cores. Ours begins with the view
  and nothing else, and leaves the tokens behind for the next epoch, which is shown too ("later epochs").
* tokens beforehand: everybody has them. What making them took is told: ours by workers, peers' by `tokenizers` on
  all cores, and the writing of each format.

Memory is the most that lay in the process and its children at one look of ten a second: all of it, and without what is
mapped from files. The packages of peers may lie in a folder of their own (`--packages`).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import results
from benchmarks.loading_peers import SHUFFLED, TEXT_PEERS, TOKEN_PEERS, Packing
from galactica.train.loading.opening import open_store
from galactica.train.loading.vocabulary import Vocabulary
from galactica.train.views.view import View

CODE = "import json, sys; from benchmarks.loading_run import run; run(json.loads(sys.stdin.read()))"
LATER = "ours, later epochs"
FIRSTS = ("first batch", "cpu seconds to the first")

Figures = dict[str, Any]


def main() -> None:
    parser = results.arguments(argparse.ArgumentParser(description=__doc__))
    parser.add_argument("views", nargs="+", type=Path)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--packages", nargs="*", default=[], help="folders of packages, where peers lie elsewhere")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--seq-len", type=int, default=1024)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--most", type=int, default=0, help="tokens of a peer that cuts text; 0: all")
    parser.add_argument("--only", nargs="*", default=list(SHUFFLED))
    parser.add_argument("--check", action="store_true", help="compare what is given, token by token; slower")
    given = parser.parse_args()
    figures: Figures = {"shuffled": SHUFFLED}
    for view in given.views:
        megabytes = f"{measured_size(view) / 1e6:.0f} MB"
        figures[megabytes] = of_view(view, given)
        show(megabytes, figures[megabytes])
    results.keep(__file__, given, figures)


def measured_size(path: Path) -> int:
    """Bytes of text in a view."""
    with View.open(path) as view:
        return view.counts.bytes


def of_view(path: Path, given: argparse.Namespace) -> Figures:
    """All figures of one view."""
    work = given.work / path.stem
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    vocabulary = Vocabulary.open(given.tokenizer)
    task = {
        "view": str(path),
        "tokenizer": str(given.tokenizer),
        "vocabulary": vocabulary.size,
        "end": vocabulary.end,
        "batch": given.batch,
        "seq_len": given.seq_len,
        "seed": 1,
        "workers": given.workers,
        "packages": given.packages,
        "check": "",
        "most": 0,
        "sequences": str(work / "sequences.bin"),
    }
    making = made_beforehand(path, vocabulary, work, given)
    task["samples"] = making.pop("sequences")
    found: Figures = {"making": making}
    for setup, peers in (("text", TEXT_PEERS), ("tokens", TOKEN_PEERS)):
        found[setup] = of_setup(setup, [name for name in peers if name in given.only], work, task, given)
    return found


def of_setup(setup: str, peers: Sequence[str], work: Path, task: Figures, given: argparse.Namespace) -> Figures:
    """Everybody in one set-up, in turns."""
    found: Figures = {}
    for name in peers:
        folder = work / f"{setup}-{name.replace(' ', '-')}"
        own = {**task, "name": name, "setup": setup, "folder": str(folder)}
        with contextlib.suppress(subprocess.CalledProcessError):
            found[name] = {"laid out": child({**own, "what": "prepare"})[0]}
    for _ in range(given.rounds):
        for name in [*found, *(("ours",) if "ours" in given.only and "ours" not in found else ())]:
            if name != LATER:
                _round(name, setup, work, task, given, found)
    return found


def _round(name: str, setup: str, work: Path, task: Figures, given: argparse.Namespace, found: Figures) -> None:
    folder = work / f"{setup}-{name.replace(' ', '-')}"
    kept = work / "kept"
    own = {**task, "what": "load", "name": name, "setup": setup, "folder": str(folder), "kept": str(kept)}
    if setup == "text" and not given.check:
        own["most"] = given.most
    if given.check:
        own["check"] = str(work / f"{setup}-{name.replace(' ', '-')}.npy")
    if name == "ours":
        own["most"] = 0
        own["workers"] = given.workers if setup == "text" else 0
        if setup == "text":
            shutil.rmtree(kept, ignore_errors=True)
    loaded, memory = child(own)
    _better(found, name, {**loaded, **memory})
    if name == "ours" and setup == "text":
        again, memory = child({**own, "workers": 0})
        _better(found, LATER, {**again, **memory})


def _better(found: Figures, name: str, figures: Figures) -> None:
    """Keep the round with less processor time, for other programs run beside; of the first batch the quicker."""
    told = dict(figures)
    behind = told["tokens"] * (1 - 1 / told["batches"])
    told["tokens a second"] = told["tokens"] / told["seconds"]
    told["tokens a processor second"] = told["tokens"] / told["cpu seconds"]
    told["behind the first: tokens a second"] = behind / (told["seconds"] - told["first batch"])
    told["behind the first: tokens a processor second"] = behind / (
        told["cpu seconds"] - told["cpu seconds to the first"]
    )
    before = found.setdefault(name, {})
    if "cpu seconds" in before:
        firsts = [min(told[each], before[each]) for each in FIRSTS]
        told = min(told, before, key=lambda each: each["cpu seconds"])
        told = {**told, **dict(zip(FIRSTS, firsts, strict=True))}
    found[name] = {**before, **told}


def child(task: Figures) -> tuple[Figures, Figures]:
    """What a process found, and the most memory that it had with its children, in MB."""
    process = subprocess.Popen(
        [sys.executable, "-c", CODE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if os.environ.get("QUIET", "1") == "1" else None,
        text=True,
        env={**os.environ, "HF_DATASETS_OFFLINE": "1", "HF_HUB_OFFLINE": "1"},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(task))
    process.stdin.close()
    most = {"memory": 0.0, "memory of its own": 0.0}
    while process.poll() is None:
        now = dict(
            zip(most, map(sum, zip(*(memory_of(each) for each in family(process.pid)), strict=True)), strict=True)
        )
        most = {name: max(value, now.get(name, 0.0)) for name, value in most.items()}
        time.sleep(0.1)
    lines = [line for line in process.stdout if line.startswith("FOUND ")]
    if not lines:
        print(f"{task['name']} ({task['setup']}, {task['what']}) ended with {process.returncode}", flush=True)
        raise subprocess.CalledProcessError(process.returncode, task["name"])
    return json.loads(lines[-1].removeprefix("FOUND ")), most


def family(number: int) -> Iterator[int]:
    """A process and those that it started, by number."""
    yield number
    try:
        children = Path(f"/proc/{number}/task/{number}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for each in children:
        yield from family(int(each))


def memory_of(number: int) -> tuple[float, float]:
    """Megabytes that lie in memory, and of those what no file is mapped for."""
    try:
        lines = Path(f"/proc/{number}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0, 0.0
    parted = (line.partition(":") for line in lines)
    sizes = {key: float(value.split()[0]) / 1e3 for key, _, value in parted if key in ("VmRSS", "RssAnon", "RssShmem")}
    return sizes.get("VmRSS", 0.0), sizes.get("RssAnon", 0.0) + sizes.get("RssShmem", 0.0)


def made_beforehand(path: Path, vocabulary: Vocabulary, work: Path, given: argparse.Namespace) -> Figures:
    """Tokens made by ours and by `tokenizers`, timed; leaves the sequences in order of documents for peers."""
    with View.open(path) as view:
        store = open_store(view, vocabulary, work / "kept", skip_damaged=False)
        cpu = time.process_time()
        for chunk in range(store.chunks):
            store.make(chunk, beside=store.block(chunk))
        ours = time.process_time() - cpu
        with (work / "sequences.bin").open("wb") as file:
            for document in range(len(view)):
                start, count = store.find(document)
                file.write(store.tokens[start : start + count].astype(np.uint16).tobytes())
        store.close()
        size = (work / "sequences.bin").stat().st_size // (2 * given.seq_len)
        os.truncate(work / "sequences.bin", size * 2 * given.seq_len)
        packing = Packing(str(given.tokenizer), given.batch, given.seq_len, vocabulary.end)
        texts = [text.decode() for _, text in view.scan(0, len(view) // 8)]
        cpu = time.process_time()
        counted = sum(len(ids) for at in range(0, len(texts), 500) for ids in packing.ids(texts[at : at + 500]))
        peers = time.process_time() - cpu
    return {
        "sequences": size,
        "ours, with reading the view: tokens a processor second": size * given.seq_len / ours,
        "tokenizers: tokens a processor second": counted / peers,
    }


def show(title: str, found: Figures) -> None:
    """Print the tables of one view."""
    making = found["making"]
    print(
        f"\n{title}. Tokens made in a processor second:"
        f" ours {making['ours, with reading the view: tokens a processor second'] / 1e6:.2f} M,"
        f" tokenizers {making['tokenizers: tokens a processor second'] / 1e6:.2f} M"
    )
    for setup in ("text", "tokens"):
        rows = {name: each for name, each in found[setup].items() if "seconds" in each}
        peers = [each for name, each in rows.items() if not name.startswith("ours") and name != "memmap"]
        print(f"\n  {setup:22}  M tokens/s  per cpu s  behind  cpu s   first s  cpu s     MB  own MB  laid out s")
        for name, each in rows.items():
            laid = each.get("laid out", {}).get("seconds")
            print(
                f"  {name:22}  {each['tokens a second'] / 1e6:10.2f}  {each['tokens a processor second'] / 1e6:9.2f}"
                f"  {each['behind the first: tokens a processor second'] / 1e6:6.1f}  {each['cpu seconds']:5.1f}"
                f"  {each['first batch']:8.3f}  {each['cpu seconds to the first']:5.2f}  {each['memory']:5.0f}"
                f"  {each['memory of its own']:6.0f}  {f'{laid:.1f}' if laid is not None else '':>10}"
            )
        for measure in ("tokens a second", "tokens a processor second", "behind the first: tokens a processor second"):
            best = max((each[measure] for each in peers), default=0.0)
            for name in ("ours", LATER):
                if name in rows and best:
                    found[setup][f"{name}: {measure} by the best peer's"] = rows[name][measure] / best
                    print(f"  {name}: {rows[name][measure] / best:.1f} times the best peer in {measure}", flush=True)


if __name__ == "__main__":
    main()
