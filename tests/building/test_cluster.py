"""A build whose work is done on other machines gives the same edition, and leaves nothing in the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from galactica.building import gathering
from galactica.cluster import opened
from galactica.cluster.contract import MachineLostError
from galactica.cluster.store import Store
from galactica.cluster.working import carry_out
from galactica.edition import EditionInfo
from galactica.errors import InputError, MissingError, UsageError
from galactica.library import index
from tests.building.conftest import extract, sentence, wiki
from tests.cluster.fake import FakeEngine, raising

fsspec = pytest.importorskip("fsspec", reason="the package fsspec is not installed")

Made = Callable[..., tuple[Path, EditionInfo]]
ON = {"cluster": "ray:auto", "store": "memory://shared/here"}


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngine]:
    """The engine that every cluster is, small batches, and a store in memory."""
    engine = FakeEngine()
    monkeypatch.setattr(opened, "_engine", lambda where, workers: engine)
    monkeypatch.setattr(gathering, "BATCH_BYTES", 40_000)
    fsspec.filesystem("memory").store.clear()
    yield engine
    fsspec.filesystem("memory").store.clear()


def stored() -> list[str]:
    return list(fsspec.filesystem("memory").store)


def linked(tmp_path: Path) -> Path:
    pages = [(f"Number {n}", sentence(n) * 8) for n in range(1, 120)]
    return wiki(tmp_path / "wiki.xml", [*pages, ("One", "→Number 1"), ("Nought", "→Number 0")])


@pytest.mark.parametrize("source", [lambda folder: extract(folder / "x.txt", 200), linked], ids=["drafts", "redirects"])
def test_the_edition_is_the_same_as_one_that_was_built_here(
    made: Made, engine: FakeEngine, tmp_path: Path, source: Callable[[Path], Path]
) -> None:
    path = source(tmp_path)
    notes: list[str] = []
    _, here = made("here", path, meaning=False)
    _, there = made("there", path, meaning=False, **ON, note=notes.append)
    assert (there.root, there.rejected, there.aliases) == (here.root, here.rejected, here.aliases)
    assert len(engine.orders) > 5
    assert engine.closed
    assert stored() == []
    assert notes[-1].startswith(f"{len(engine.orders)} tasks were done by 1 machine; ")


def test_a_folder_with_pictures_and_links_is_the_same(made: Made, engine: FakeEngine, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    for n in range(40):
        text = f"<html><title>Page {n}</title><body><h1>Page {n}</h1><p>{sentence(n) * 9}</p><img src='{n}.gif'></body>"
        (folder / f"{n}.html").write_text(text, encoding="utf-8")
        (folder / f"{n}.gif").write_bytes(b"GIF89a" + bytes([n]) * 900)
    _, here = made("here", folder, meaning=False)
    _, there = made("there", folder, meaning=False, **ON)
    assert there.root == here.root
    assert there.media == 40


def test_machines_that_are_lost_change_nothing(made: Made, engine: FakeEngine, tmp_path: Path) -> None:
    path = extract(tmp_path / "x.txt", 200)
    _, here = made("here", path, meaning=False)
    lost = raising(MachineLostError("gone"))
    engine.turns = [carry_out, lost, carry_out, lost, lost, carry_out, carry_out, lost]
    _, there = made("there", path, meaning=False, **ON)
    assert there.root == here.root


def test_what_was_stopped_is_kept_in_the_store_and_used_again(
    made: Made, engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = linked(tmp_path)
    _, here = made("here", path, meaning=False)

    def stopping(order: bytes, machine: str) -> bytes:
        raise KeyboardInterrupt

    engine.turns = [carry_out, carry_out, carry_out, stopping]
    with pytest.raises(KeyboardInterrupt):
        made("there", path, meaning=False, **ON)
    kept = set(stored())
    assert kept
    stopped = [each.task for each in engine.orders]
    stores: list[Store] = []
    monkeypatch.setattr(opened, "Store", lambda *given: stores.append(Store(*given)) or stores[-1])
    _, there = made("there", path, meaning=False, **ON)
    assert there.root == here.root
    assert {each.folder for each in engine.orders} == {engine.orders[0].folder}
    assert any(each.task in stopped for each in engine.orders[len(stopped) :])
    assert stores[0].spared > 0
    assert stored() == []


def test_nothing_is_left_where_there_was_nothing_to_build(made: Made, engine: FakeEngine, tmp_path: Path) -> None:
    path = wiki(tmp_path / "wiki.xml", [("One", "→Two"), ("Two", "→One")])
    with pytest.raises(InputError):
        made("there", path, meaning=False, **ON)
    assert stored() == []
    assert not (tmp_path / "there.edition.building").exists()


def test_other_files_in_the_store_stay(made: Made, engine: FakeEngine, tmp_path: Path) -> None:
    fsspec.filesystem("memory").pipe_file("/shared/here/mine", b"x")
    made("there", extract(tmp_path / "x.txt", 30), meaning=False, **ON)
    assert stored() == ["/shared/here/mine"]


def test_a_parent_is_named_and_its_work_is_done_again(made: Made, engine: FakeEngine, tmp_path: Path) -> None:
    path = extract(tmp_path / "x.txt", 120)
    old, _ = made("old", path, meaning=False)
    newer = extract(tmp_path / "y.txt", 120, changed=frozenset((3,)))
    _, here = made("here", newer, meaning=False, parent=old)
    _, there = made("there", newer, meaning=False, parent=old, **ON)
    assert there.root == here.root


def test_what_an_earlier_run_put_into_a_store_is_told_by_one_that_works_here(
    made: Made, engine: FakeEngine, tmp_path: Path
) -> None:
    path = extract(tmp_path / "x.txt", 120)
    engine.turns = [raising(MissingError("Stopped.", "Go on."))]
    with pytest.raises(MissingError):
        made("there", path, meaning=False, **ON)
    notes: list[str] = []
    made("there", path, meaning=False, note=notes.append)
    assert notes == [
        f"What an earlier run of this work put into a store stays there, in the folder {engine.orders[0].folder}."
    ]


def test_an_index_of_meaning_is_the_same(made: Made, engine: FakeEngine, tmp_path: Path) -> None:
    path = extract(tmp_path / "x.txt", 150)
    here, _ = made("here", path)
    there, _ = made("there", path, meaning=False)
    assert engine.orders == []
    index(there, threads=2, words=False, cluster=ON["cluster"], store=ON["store"])
    assert len(engine.orders) > 3
    codes = [sorted((each / "index" / "meaning").rglob("*.*")) for each in (here, there)]
    assert [each.read_bytes() for each in codes[0]] == [each.read_bytes() for each in codes[1]]
    assert stored() == []
    assert sorted(each.name for each in tmp_path.glob("there*")) == ["there.edition"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"cluster": "ray:auto"}, "needs a store"),
        ({"cluster": "ray://host:1"}, "needs a store"),
        ({"cluster": "spark://host:1", "store": "file:///x"}, "no engine that is known"),
        ({"cluster": "ray://host", "store": "file:///x"}, "names no cluster"),
        ({"cluster": "ray:auto", "store": "/mnt/x"}, "not the address of a folder"),
        ({"cluster": "ray:auto", "store": "s3://key:secret@host/x"}, "holds a name or password"),
        ({"store": "file:///x"}, "is of a cluster"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_made(
    made: Made, tmp_path: Path, options: dict[str, str], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        made("there", extract(tmp_path / "x.txt", 3), **options)
    assert list(tmp_path.glob("there*")) == []
