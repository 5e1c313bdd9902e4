"""Processes that make tokens ahead change nothing of what is given; killed at any moment, a run goes on exactly."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from galactica.train.loading import loader as loader_module
from galactica.train.loading import store as store_module
from galactica.train.loading.filling import needed_chunks, start_fillers, stop_fillers
from galactica.train.loading.loader import Loader
from galactica.train.loading.mixing import Mixture
from galactica.train.loading.packing import Packer
from galactica.train.loading.store import TokenStore
from galactica.train.loading.vocabulary import Vocabulary
from galactica.train.views.view import View
from tests.train.loading.conftest import FakeView, small_tokenizer
from tests.train.views.conftest import article, edition, view_of

RUN = """
import hashlib, json, sys
from galactica.train import Loader
from galactica.train.loading import loader as module
module.WORTH = 1
view, tokenizer, out, state, rank, world_size, workers = sys.argv[1:]
shared = dict(tokenizer=tokenizer, rank=int(rank), world_size=int(world_size), workers=int(workers))
if state == "-":
    loader = Loader(view, batch=4, seq_len=16, seed=5, **shared)
else:
    loader = Loader.resume(view, json.loads(open(state).read()), **shared)
with open(out, "a") as file:
    for batch in loader:
        digest = hashlib.sha256(batch.tokens.tobytes() + batch.documents.tobytes()).hexdigest()
        file.write(json.dumps({"sequence": batch.sequence, "digest": digest, "state": loader.state()}) + "\\n")
        file.flush()
"""
"""A run that writes after each batch what it got and where it stands, until it is killed."""


@pytest.fixture(autouse=True)
def _any_is_worth_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader_module, "WORTH", 1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A view of two hundred articles, and a tokenizer's file."""
    folder = tmp_path_factory.mktemp("filling")
    places = edition(folder, [article(number) for number in range(200)])
    view = view_of(folder / "made.view", places).path
    tokenizer = folder / "tokenizer.json"
    tokenizer.write_bytes(small_tokenizer())
    return view, tokenizer


def test_workers_make_everything_and_change_nothing(
    made: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view, tokenizer = made
    asked: dict[str, Any] = {"batch": 4, "seq_len": 32, "seed": 1, "epochs": 1, "tokenizer": tokenizer}
    alone = [batch.tokens.tobytes() for batch in Loader(view, **asked, kept=tmp_path / "a")]
    with Loader(view, **asked, kept=tmp_path / "b", workers=2) as loader:
        loader.start_workers()
        for process in loader._fillers:
            assert process.wait(60) == 0
        assert all(map(loader._store.is_made, range(loader._store.chunks)))
        assert [batch.tokens.tobytes() for batch in loader] == alone
        assert loader._store.made == 0
    with Loader(view, **asked, kept=tmp_path / "b", workers=2) as again:
        next(again)
        assert not again._fillers
    monkeypatch.setattr(loader_module, "WORTH", 2**25)
    with Loader(view, **asked, kept=tmp_path / "c", workers=2) as small:
        next(small)
        assert not small._fillers
    one, other = ({f.name: f.read_bytes() for f in sorted((tmp_path / n).rglob("*.*"))} for n in "ab")
    assert one == other


def test_workers_end_with_the_loader_and_with_its_process(made: tuple[Path, Path], tmp_path: Path) -> None:
    view, tokenizer = made
    loader = Loader(view, batch=4, seq_len=32, seed=1, tokenizer=tokenizer, kept=tmp_path, workers=2)
    assert not loader._fillers
    next(loader)
    started = list(loader._fillers)
    loader.close()
    assert [process.poll() for process in started] == [-signal.SIGKILL] * 2 or not started
    orphan = start_fillers(1, {"view": "nowhere"})
    orphan[0].wait(60)  # a task that makes no sense ends it too
    stop_fillers(orphan)


def test_what_is_needed_first_comes_first_and_everything_once(
    tmp_path: Path, view: FakeView, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "CHUNK", 3_000)
    store = TokenStore.open(tmp_path / "t", view, vocabulary)
    mixture = Mixture(view.groups, view.weights, ("s",))
    packer = Packer(mixture, store.find, 16)
    packer.sequences(10)
    chunks = list(needed_chunks(mixture, packer, store))
    assert sorted(chunks) == list(range(store.chunks))
    held = [document for document, left in zip(packer.documents, packer.lefts, strict=True) if left]
    assert chunks[0] in map(store.chunk_of, held)


@pytest.mark.parametrize("ends", [(3, 1), (10, 2), (25, 4)])
def test_a_run_that_was_killed_goes_on_exactly_with_other_ranks(
    made: tuple[Path, Path], tmp_path: Path, ends: tuple[int, int]
) -> None:
    """Real processes, ended by SIGKILL after so many batches, cold; gone on with by so many ranks."""
    view, tokenizer = made
    batches, world_size = ends
    with Loader(view, batch=4, seq_len=16, seed=5, tokenizer=tokenizer, kept=tmp_path / "quiet") as loader:
        expected = {}
        for _ in range(80):
            batch = next(loader)
            for row, documents in zip(batch.tokens, batch.documents, strict=True):
                expected[batch.sequence + len(expected) % 4] = row.tobytes() + documents.tobytes()
    first = killed_after(batches, tmp_path / "first", view, tokenizer, "-", 0, 1)
    state = tmp_path / "state.json"
    state.write_text(json.dumps(first[batches - 1]["state"]))
    parts = [
        killed_after(20, tmp_path / f"rank{rank}", view, tokenizer, str(state), rank, world_size)
        for rank in range(world_size)
    ]
    rows = 4 // world_size
    for part in (first[:batches], *(part[:20] for part in parts)):
        for line in part:
            several = [
                expected[line["sequence"] + at] for at in range(4 if part is not None and line in first else rows)
            ]
            width = 16 * 4
            joined = b"".join(each[:width] for each in several) + b"".join(each[width:] for each in several)
            assert hashlib.sha256(joined).hexdigest() == line["digest"]
    for at in range(20):
        assert [part[at]["sequence"] for part in parts] == [
            4 * (batches + at) + rank * rows for rank in range(world_size)
        ]
        assert len({json.dumps(part[at]["state"]) for part in parts}) == 1


def killed_after(
    batches: int, out: Path, view: Path, tokenizer: Path, state: str, rank: int, world_size: int
) -> list[dict[str, Any]]:
    """What a run wrote that was killed once it had written so many lines."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(view), str(tokenizer), str(out), state, str(rank), str(world_size), "1"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)},
    )
    with contextlib.suppress(FileNotFoundError):
        out.unlink()
    while process.poll() is None:
        if out.exists() and out.read_bytes().count(b"\n") >= batches:
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.01)
    assert process.wait() == -signal.SIGKILL
    whole = out.read_text().split("\n")[:-1]
    return [json.loads(line) for line in whole]


def test_a_view_on_disk_gives_the_texts_that_it_has(made: tuple[Path, Path], tmp_path: Path) -> None:
    path, tokenizer = made
    with (
        View.open(path) as view,
        Loader(view, batch=4, seq_len=64, seed=1, tokenizer=tokenizer, epochs=1, kept=tmp_path) as loader,
    ):
        found: dict[int, list[int]] = {}
        for batch in loader:
            for row, start, length, document in zip(
                batch.rows, batch.starts, batch.lengths, batch.stretch_documents.tolist(), strict=True
            ):
                found.setdefault(document, []).extend(batch.tokens[row, start : start + length].tolist())
        texts = [loader.vocabulary.decode(tokens[:-1]).encode() for _, tokens in sorted(found.items())]
        assert texts == view.read(range(len(view)))
        assert np.array_equal(view.sizes, [len(text) for text in texts])
