"""Work on other machines gives what it gives here, whatever happens to machines and store on the way."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pytest

from galactica.cluster import store as store_module
from galactica.cluster import working
from galactica.cluster.contract import Blob, EngineGoneError, MachineLostError, MovedFile, Travels
from galactica.cluster.executor import TRIES, ClusterExecutor
from galactica.cluster.packing import unpack_value
from galactica.cluster.program import this_program
from galactica.cluster.store import Store
from galactica.cluster.working import carry_out
from galactica.errors import EditionError, LimitError, MissingError
from tests.cluster.fake import Doubling, FakeEngine, changing, doubled, raising

fsspec = pytest.importorskip("fsspec", reason="the package fsspec is not installed")

FOLDER = "galactica-" + "0" * 32


@dataclass
class Yard:
    """An executor over a fake engine, and folders to work in."""

    engine: FakeEngine
    store: Store
    executor: ClusterExecutor
    folder: Path

    def task(self, number: int = 21) -> Doubling:
        name = f"{number}.txt"
        (self.folder / "in" / name).write_text(str(number), encoding="ascii")
        return Doubling(name=name, source=self.folder / "in", target=self.folder / "out")

    def double(self, number: int = 21) -> object:
        return self.executor.submit(doubled, self.task(number)).result()

    def made(self, number: int = 21) -> str:
        return (self.folder / "out" / "deep" / f"{number}.txt").read_text(encoding="ascii")


@pytest.fixture
def yard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Yard]:
    monkeypatch.setattr(store_module, "PAUSES", (0.0,))
    for name in ("in", "out"):
        (tmp_path / name).mkdir()
    memory = fsspec.filesystem("memory").store
    memory.clear()
    store = Store("memory://shared", FOLDER)
    engine = FakeEngine()
    executor = ClusterExecutor(engine, store, FOLDER)
    yield Yard(engine, store, executor, tmp_path)
    executor.shutdown()
    memory.clear()


def test_a_task_is_done_elsewhere_and_its_files_come_back(yard: Yard) -> None:
    futures = [yard.executor.submit(doubled, yard.task(n)) for n in range(20)]
    assert [each.result() for each in futures] == [f"{n}.txt: {n}" for n in range(20)]
    assert [yard.made(n) for n in range(20)] == [str(2 * n) for n in range(20)]
    assert (yard.executor.done, yard.executor.again) == (20, 0)


def test_no_path_of_this_machine_and_nothing_of_its_environment_is_sent(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not for others")
    monkeypatch.setattr(Store, "remove", lambda *_: None)
    yard.double()
    order = yard.engine.orders[0]
    task = pa.Codec("zstd").decompress(yard.store.get(order.task), order.unpacked, asbytes=True)
    assert b"Doubling" in task
    for secret in (str(yard.folder), "not for others"):
        assert secret not in repr(order)
        assert secret.encode() not in task


def test_a_task_that_does_not_travel_is_done_here(yard: Yard) -> None:
    assert yard.executor.submit(os.getpid).result() == os.getpid()
    assert yard.engine.orders == []


def test_a_machine_that_is_lost_loses_nothing(yard: Yard) -> None:
    yard.engine.turns = [raising(MachineLostError("gone")), raising(MachineLostError("gone"))]
    assert yard.double() == "21.txt: 21"
    assert (yard.made(), yard.executor.again) == ("42", 2)


def test_machines_that_are_lost_one_after_the_other_are_a_limit(yard: Yard) -> None:
    yard.engine.turns = [raising(MachineLostError("gone"))] * TRIES
    with pytest.raises(LimitError, match="given to 4 machines"):
        yard.double()


def test_a_cluster_that_is_gone_is_said(yard: Yard) -> None:
    yard.engine.turns = [raising(EngineGoneError("connection refused"))]
    with pytest.raises(MissingError, match="cannot be reached any more: connection refused"):
        yard.double()


def test_another_program_is_refused_in_words(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    other = this_program().replace("galactica ", "galactica 9.", 1)
    monkeypatch.setattr(working, "this_program", lambda: other)
    with pytest.raises(MissingError) as refused:
        yard.double()
    assert "Machine a runs another program: galactica 9.0" in refused.value.problem
    assert "Python" not in refused.value.problem  # which is the same there


def test_an_order_of_a_later_program_is_refused_and_not_misread() -> None:
    reply = carry_out(b'{"program": "galactica 99", "store": 7, "new": []}', "a")
    assert b'"kind":"other program"' in reply


def test_bytes_with_another_hash_are_refused_and_another_machine_is_asked(yard: Yard) -> None:
    def lying(order: bytes, machine: str) -> bytes:
        reply = carry_out(order, machine)
        memory = fsspec.filesystem("memory")
        for name in memory.find(yard.store._folder):
            if memory.cat_file(name) == b"42":
                memory.pipe_file(name, b"43")
        return reply

    yard.engine.turns = [lying]
    assert yard.double() == "21.txt: 21"
    assert (yard.made(), yard.engine.asked) == ("42", ["a", "b"])


@pytest.mark.parametrize("path", ["/etc/x", "../x", "deep/../../x", "a\0b"])
def test_a_file_outside_of_its_folder_is_never_written(yard: Yard, path: str) -> None:
    blob = yard.store.put(b"bad")
    yard.engine.turns = [changing(files=(MovedFile(field="target", path=path, content=blob),))]
    assert yard.double() == "21.txt: 21"
    assert yard.engine.asked == ["a", "b"]
    assert sorted(each.name for each in yard.folder.rglob("*") if each.is_file()) == ["21.txt", "21.txt"]


def test_a_file_in_a_folder_that_is_not_written_into_is_refused(yard: Yard) -> None:
    blob = yard.store.put(b"bad")
    yard.engine.turns = [changing(files=(MovedFile(field="source", path="21.txt", content=blob),))]
    assert yard.double() == "21.txt: 21"
    assert (yard.folder / "in" / "21.txt").read_text(encoding="ascii") == "21"


@pytest.mark.parametrize("changes", [{"result": b"", "unpacked": 9}, {"result": b"no", "unpacked": 2**60}])
def test_a_result_that_cannot_be_read_is_asked_for_elsewhere(yard: Yard, changes: dict[str, object]) -> None:
    yard.engine.turns = [changing(**changes)]
    assert yard.double() == "21.txt: 21"


def test_a_reply_that_is_none_is_asked_for_elsewhere(yard: Yard) -> None:
    yard.engine.turns = [lambda order, machine: b"<html>", lambda order, machine: b'{"kind": "done"}']
    assert yard.double() == "21.txt: 21"


def test_what_the_store_lost_is_put_there_again(yard: Yard) -> None:
    def losing(order: bytes, machine: str) -> bytes:
        fsspec.filesystem("memory").store.clear()
        return carry_out(order, machine)

    yard.engine.turns = [losing]
    assert yard.double() == "21.txt: 21"
    assert yard.made() == "42"


def test_what_is_damaged_in_the_store_is_put_there_again(yard: Yard) -> None:
    def damaging(order: bytes, machine: str) -> bytes:
        memory = fsspec.filesystem("memory")
        for name in memory.find(yard.store._folder):
            memory.pipe_file(name, bytes(len(memory.cat_file(name))))
        return carry_out(order, machine)

    yard.engine.turns = [damaging]
    assert yard.double() == "21.txt: 21"
    assert yard.made() == "42"


def test_a_store_that_one_machine_cannot_use_is_no_matter(yard: Yard) -> None:
    yard.engine.turns = [lambda order, machine: b'{"kind": "store", "machine": "a", "said": "no keys"}']
    assert yard.double() == "21.txt: 21"


def test_a_store_that_no_machine_can_use_is_said(yard: Yard) -> None:
    yard.engine.turns = [lambda order, machine: b'{"kind": "store", "machine": "a", "said": "no keys"}'] * TRIES
    with pytest.raises(
        MissingError, match=r"No machine of the cluster can use the store memory://shared: a cannot.*no keys"
    ):
        yard.double()


def test_a_store_that_fails_here_is_said(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(yard.store._files, "pipe_file", full)
    with pytest.raises(MissingError, match=r"memory://shared does not take .*No space left"):
        yard.double()


def test_content_that_is_there_is_not_sent_again(yard: Yard) -> None:
    yard.double()
    sent = yard.store.sent
    (yard.folder / "in" / "copy.txt").write_text("21", encoding="ascii")
    task = Doubling(name="copy.txt", source=yard.folder / "in", target=yard.folder / "out")
    assert yard.executor.submit(doubled, task).result() == "copy.txt: 21"
    assert yard.store.sent - sent < sent  # the task, and not its file


def failing(task: Doubling) -> None:
    raise EditionError("It is damaged.", "Verify it.")


def breaking(task: Doubling) -> None:
    raise ZeroDivisionError("by nothing")


def large(task: Doubling) -> bytes:
    return os.urandom(300_000)


def test_an_error_of_ours_comes_back_as_itself(yard: Yard) -> None:
    with pytest.raises(EditionError) as found:
        yard.executor.submit(failing, yard.task()).result()
    assert (found.value.problem, found.value.remedy) == ("It is damaged.", "Verify it.")
    assert len(yard.engine.orders) == 1


def test_a_bug_comes_back_with_where_it_was(yard: Yard) -> None:
    with pytest.raises(RuntimeError, match=r"on machine a:(.|\n)*ZeroDivisionError: by nothing"):
        yard.executor.submit(breaking, yard.task()).result()


def test_a_large_result_goes_through_the_store(yard: Yard) -> None:
    assert len(yard.executor.submit(large, yard.task()).result()) == 300_000
    assert yard.store.fetched > 300_000
    assert yard.executor.submit(doubled, yard.task()).result() == "21.txt: 21"
    assert yard.store.fetched < 302_000


def test_scratch_folders_are_removed_also_those_of_workers_that_were_killed(
    yard: Yard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = tmp_path / "tmp" / "galactica-work-left"
    left.mkdir(parents=True)
    for name in ("lock", "more"):
        (left / name).touch()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    working._sweep.cache_clear()
    yard.double()
    assert list((tmp_path / "tmp").iterdir()) == []


@dataclass(frozen=True, kw_only=True)
class Odd:
    """A task that reads a file which is not there."""

    source: Path

    def travels(self) -> Travels:
        return Travels(reads=(("source", "none"),))


def test_a_file_that_is_not_there_is_an_error_before_anything_is_asked(yard: Yard) -> None:
    with pytest.raises(FileNotFoundError):
        yard.executor.submit(len, Odd(source=yard.folder)).result()
    assert yard.executor.submit(doubled, yard.task()).result() == "21.txt: 21"  # its place in the queue is free


def test_blobs_that_no_one_named_are_not_unpickled() -> None:
    with pytest.raises(ValueError, match="more than a task has"):
        unpack_value(b"", Blob(address="", size=2**50).size)
