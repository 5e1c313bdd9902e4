"""Joining gives the same files whoever reads the articles: this process, several, or other machines."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from galactica import library
from galactica.building import gathering
from galactica.cluster import opened, working
from galactica.cluster.contract import Engine, MachineLostError
from galactica.cluster.program import this_program
from galactica.edition import Edition
from galactica.errors import MissingError, UsageError
from tests.building.conftest import extract, sentence, wiki
from tests.cluster.fake import FakeEngine, changing, raising

CLUSTER = "ray://nowhere:1"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of several shards and two sources, joined by this process."""
    folder = tmp_path_factory.mktemp("built")
    pages = [
        (f"N {n}", f"N {n} is a town of {n + 100:,} people. It was founded in {1800 + n}. {sentence(n)}")
        for n in range(40)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gathering, "BATCH_BYTES", 4_000)
        library.build(
            folder / "here.edition",
            [extract(folder / "x.txt", 40), wiki(folder / "w.xml", pages)],
            workers=0,
            meaning=False,
        )
    with Edition.open(folder / "here.edition") as edition:
        assert len(edition.shard_rows()) > 3
    shutil.copytree(folder / "here.edition", folder / "plain.edition")
    library.join(folder / "here.edition")
    return folder


@pytest.fixture
def fresh(built: Path, tmp_path: Path) -> Path:
    """The same edition, not joined."""
    return Path(shutil.copytree(built / "plain.edition", tmp_path / "there.edition"))


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    pytest.importorskip("fsspec", reason="the package fsspec is not installed")
    fake = FakeEngine()

    def no_ray(where: str, workers: int) -> Engine:
        return fake

    monkeypatch.setattr(opened, "_engine", no_ray)
    return fake


def files(edition: Path) -> dict[str, bytes]:
    """All that joining wrote."""
    folder = edition / "joined"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_several_processes_make_the_same(built: Path, fresh: Path) -> None:
    library.join(fresh, workers=2)
    assert files(fresh) == files(built / "here.edition")


def test_other_machines_make_the_same_whatever_befalls_them(
    built: Path, fresh: Path, tmp_path: Path, engine: FakeEngine
) -> None:
    engine.turns = [raising(MachineLostError("gone")), changing(result=b""), raising(MachineLostError("gone"))]
    notes: list[str] = []
    library.join(fresh, cluster=CLUSTER, store=(tmp_path / "store").as_uri(), note=notes.append)
    assert files(fresh) == files(built / "here.edition")
    assert not list((tmp_path / "store").rglob("*.parquet"))
    assert "tasks were done by" in notes[0]
    assert engine.closed


def test_what_is_there_asks_no_cluster(fresh: Path, tmp_path: Path, engine: FakeEngine) -> None:
    library.join(fresh)
    library.join(fresh, cluster=CLUSTER, store=(tmp_path / "store").as_uri())
    assert engine.orders == []


def test_machines_of_another_program_are_refused_and_the_job_goes_on_here(
    built: Path, fresh: Path, tmp_path: Path, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = this_program().replace("galactica ", "galactica 9.", 1)
    with monkeypatch.context() as patch:
        patch.setattr(working, "this_program", lambda: other)
        with pytest.raises(MissingError, match="runs another program"):
            library.join(fresh, cluster=CLUSTER, store=(tmp_path / "store").as_uri())
    notes: list[str] = []
    library.join(fresh, note=notes.append)
    assert files(fresh) == files(built / "here.edition")
    assert notes[0].startswith("What an earlier run of this work put into a store stays there")


def test_a_store_without_a_cluster_is_refused(fresh: Path) -> None:
    with pytest.raises(UsageError, match="none is named"):
        library.join(fresh, store="file:///x/y")
