"""A join on a cluster that fails says in words why, with the exit code of its kind, and goes on later."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from galactica.cluster import executor as executor_module
from galactica.cluster import opened, working
from galactica.cluster import store as store_module
from galactica.cluster.contract import Engine, EngineGoneError
from galactica.cluster.program import this_program
from galactica.cluster.working import carry_out
from tests.cluster.fake import FakeEngine, raising
from tests.worked import build_works

from .conftest import call

LACKS, BOUND = 5, 6
"""Exit codes: something this machine lacks; a bound was reached."""

Harm = Callable[[pytest.MonkeyPatch, FakeEngine, Path], None]


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    pytest.importorskip("fsspec", reason="the package fsspec is not installed")
    fake = FakeEngine()

    def no_ray(where: str, workers: int) -> Engine:
        return fake

    monkeypatch.setattr(opened, "_engine", no_ray)
    monkeypatch.setattr(store_module, "PAUSES", (0.0,))
    return fake


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_works(tmp_path_factory.mktemp("plain"))


def no_space(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


def another_version(patch: pytest.MonkeyPatch, engine: FakeEngine, store: Path) -> None:
    other = this_program().replace("galactica ", "galactica 9.", 1)
    patch.setattr(working, "this_program", lambda: other)


def wrong_objects(patch: pytest.MonkeyPatch, engine: FakeEngine, store: Path) -> None:
    def turn(order: bytes, machine: str) -> bytes:
        reply = carry_out(order, machine)
        for path in store.rglob("*"):
            if path.is_file():
                path.write_bytes(bytes(path.stat().st_size))
        return reply

    engine.turns = [turn] * 9


def lost_objects(patch: pytest.MonkeyPatch, engine: FakeEngine, store: Path) -> None:
    def turn(order: bytes, machine: str) -> bytes:
        shutil.rmtree(store)
        return carry_out(order, machine)

    engine.turns = [turn] * 9


def full_machines(patch: pytest.MonkeyPatch, engine: FakeEngine, store: Path) -> None:
    patch.setattr("galactica.cluster.working.tempfile.mkdtemp", no_space)


def full_store(patch: pytest.MonkeyPatch, engine: FakeEngine, store: Path) -> None:
    patch.setattr(store_module.Store, "_write", no_space)


def full_here(patch: pytest.MonkeyPatch, engine: FakeEngine, store: Path) -> None:
    patch.setattr(executor_module.ClusterExecutor, "_place", no_space)


def refused(patch: pytest.MonkeyPatch, engine: FakeEngine, store: Path) -> None:
    engine.turns = [raising(EngineGoneError("connection refused"))] * 9


@pytest.mark.parametrize(
    ("harm", "code", "words"),
    [
        (another_version, LACKS, "Machine a runs another program: galactica 9."),
        (wrong_objects, LACKS, "is not in the store as it named it"),
        (lost_objects, LACKS, "does not find in the store what was put there"),
        (full_machines, BOUND, "A task was given to 4 machines, and none did it"),
        (full_store, LACKS, "No space left on device"),
        (full_here, LACKS, "disk"),
        (refused, LACKS, "The cluster cannot be reached any more: connection refused"),
    ],
)
def test_what_fails_is_said_and_the_same_edition_is_joined_later(
    harm: Harm, code: int, words: str, plain: Path, tmp_path: Path, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition, store = shutil.copytree(plain, tmp_path / "e.edition"), tmp_path / "store"
    options = ("--only", "quality", "-q", "--cluster", "ray://nowhere:1", "--store", store.as_uri())
    with monkeypatch.context() as patch:
        harm(patch, engine, store)
        said = call("join", str(edition), *options)
    assert said.code == code
    assert words in " ".join(said.err.split())
    assert "Traceback" not in said.err
    engine.turns = []
    assert call("join", str(edition), *options).out.startswith("quality: made")
    assert not [path for path in store.rglob("*") if path.is_file()]
