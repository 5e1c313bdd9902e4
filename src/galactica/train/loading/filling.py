"""Tokens made ahead of need, in processes of their own that nobody has to wait for.

Each goes through the view in its order, from a place of its own, because row groups are then unpacked once; the loader
makes what it needs before they get there. The store sees to it that no two make the same. They change nothing of what
is given, only when it is there. They end when all is made, when their parent closes their input, or
when it is gone; what goes wrong with them is said by the loader when it needs the same chunk itself.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from galactica.codes.child import child_command, child_environment
from galactica.errors import GalacticaError, MissingError
from galactica.train.loading.mixing import Mixture
from galactica.train.loading.packing import LANES, Packer
from galactica.train.loading.store import TokenStore
from galactica.train.loading.vocabulary import Vocabulary


def start_fillers(workers: int, task: Mapping[str, Any]) -> list[subprocess.Popen[bytes]]:
    """Start processes that make tokens.

    Args:
        task: paths of the view and its editions, the tokenizer's file, the hashes of both, the folder of the store.
    """
    started: list[subprocess.Popen[bytes]] = []
    for number in range(workers):
        try:
            process = subprocess.Popen(
                child_command("galactica.train.loading.filling"),
                env=child_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            assert process.stdin is not None
            process.stdin.write(json.dumps({**task, "number": number, "workers": workers}).encode() + b"\n")
            process.stdin.flush()
        except OSError as error:
            stop_fillers(started)
            raise MissingError(
                f"A process that makes tokens cannot be started: {error.strerror}.", "Use fewer workers, or none."
            ) from error
        started.append(process)
    return started


def stop_fillers(started: list[subprocess.Popen[bytes]]) -> None:
    """End processes that were started; waits for them, some milliseconds."""
    for process in started:
        process.kill()
    for process in started:
        with contextlib.suppress(OSError):
            if process.stdin is not None:
                process.stdin.close()
        process.wait()
    started.clear()


def needed_chunks(mixture: Mixture, packer: Packer, store: TokenStore) -> Iterator[int]:
    """Every chunk once, those first that the stream will need first."""
    seen = bytearray(store.chunks)
    for document in _documents(mixture, packer, store):
        chunk = store.chunk_of(document)
        if not seen[chunk]:
            seen[chunk] = 1
            yield chunk


def _documents(mixture: Mixture, packer: Packer, store: TokenStore) -> Iterator[int]:
    for lane in (*range(packer.turn, LANES), *range(packer.turn)):
        if packer.lefts[lane]:
            yield packer.documents[lane]
    yield from mixture.upcoming()
    yield from store.firsts


def make_ahead(task: Mapping[str, Any]) -> None:
    """Make all tokens that nobody else makes, in the order of the view, from the worker's own place on."""
    from galactica.train.views.view import View

    view = View.open(task["view"], [Path(each) for each in task["editions"]])
    vocabulary = Vocabulary.of(task["tokenizer"].encode())
    if (view.hash, vocabulary.hash) != (task["hash"], task["vocabulary"]):
        return  # somebody put another view there: its tokens must not replace those that are being read
    with contextlib.closing(
        TokenStore.open(Path(task["folder"]), view, vocabulary, skip_damaged=task["skip_damaged"])
    ) as store:
        begin = store.chunks * task["number"] // task["workers"]
        for chunk in (*range(begin, store.chunks), *range(begin)):
            if not store.is_made(chunk):
                store.make(chunk, beside=store.block(chunk))


def _end_with(parent: int) -> None:
    """End this process when its parent closes its input or is gone."""
    while os.read(parent, 1):
        pass
    os._exit(0)


def run_filler() -> None:
    """What a process that was started does: the task comes as a line of JSON."""
    parts: list[bytes] = []
    while not parts or not parts[-1].endswith(b"\n"):
        parts.append(os.read(0, 1 << 16))
        if not parts[-1]:
            return
    line = b"".join(parts)
    threading.Thread(target=_end_with, args=(0,), daemon=True).start()
    with contextlib.suppress(GalacticaError, OSError, ValueError, KeyError):
        make_ahead(json.loads(line))


if __name__ == "__main__":
    run_filler()
