"""A cluster by its name: an executor as long as the work goes on; what it put into the store is removed at the end."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from galactica.cluster.contract import Engine
from galactica.cluster.executor import ClusterExecutor, store_failed
from galactica.cluster.ray_engine import RayEngine, check_ray, is_ray
from galactica.cluster.store import Store, StoreError, check_folder, check_store
from galactica.errors import InputError, UsageError

IDENTITY = "cluster.id"
"""A file of a build's work folder: what its folder in the store is called. It stays as long as the build is unfinished,
so that the same command finds there what was put there."""

STORE = "store"
"""A folder of the work folder: the store, where a cluster is started here and nobody names one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterPlace:
    """Where work is done: the engine (`ray://HOST:PORT`, `ray:local`, `ray:auto`), and the address of the store that
    all its machines reach; "" for a folder beside the work, of a cluster that is started here.

    Raises:
        UsageError: the engine or the store is named in no form that is known, or the store is missing.
    """

    engine: str
    store: str = ""

    def check(self) -> None:
        """Look at it before anything is read; raises as above."""
        if not is_ray(self.engine):
            raise UsageError(
                f"--cluster {self.engine} names no engine that is known.",
                "Write ray://HOST:PORT, ray:auto or ray:local.",
            )
        check_ray(self.engine)
        if self.store:
            check_store(self.store)
        elif self.engine != "ray:local":
            raise UsageError(
                "A cluster needs a store that all its machines reach.",
                "Name it with --store: file:///FOLDER that all of them mount, or s3://BUCKET/FOLDER.",
            )


def cluster_place(engine: str, store: str) -> ClusterPlace | None:
    """The place that somebody names; None where nobody does.

    Raises:
        UsageError: it is named in no form that is known, or in half.
    """
    if not engine:
        if store:
            raise UsageError("--store is of a cluster, and none is named.", "Name it with --cluster, or leave it out.")
        return None
    place = ClusterPlace(engine=engine, store=store)
    place.check()
    return place


@contextmanager
def open_cluster(
    place: ClusterPlace, folder: Path, *, workers: int, told: Callable[[str], None]
) -> Iterator[ClusterExecutor]:
    """An executor of this cluster.

    What it put into the store is removed when the block ends well, and stays when it does not.

    Args:
        folder: of the work: holds `IDENTITY`, and the store where none is named.
        workers: tasks at a time of a cluster that is started here.
        told: told at the end what was done where.

    Raises:
        MissingError: engine or store cannot be reached.
    """
    name = _identity(folder)
    url = place.store or (folder / STORE).absolute().as_uri()
    try:
        store = Store(url, name)
        executor = ClusterExecutor(_engine(place.engine, workers), store, name)
    except StoreError as error:
        raise store_failed(url, str(error)) from error
    try:
        yield executor
        executor.shutdown(wait=True)
    except BaseException as error:
        executor.shutdown(wait=True, cancel_futures=True)
        if isinstance(error, InputError):  # nothing that could go on
            _clear(store, folder, told)
        raise
    told(_summary(executor, store))
    _clear(store, folder, told)


def left_in_store(folder: Path) -> str:
    """What a person should know where an earlier run of this work was on a cluster, and this one did not go there
    again; "" where there was none.

    Args:
        folder: of the work.
    """
    path = folder / IDENTITY
    if not path.exists():
        return ""
    named = path.read_text(encoding="ascii", errors="replace")[:80]
    return f"What an earlier run of this work put into a store stays there, in the folder {named}."


def _clear(store: Store, folder: Path, told: Callable[[str], None]) -> None:
    try:
        store.clear()
    except StoreError as error:
        told(f"What was put into {store.url}, in its folder {_identity(folder)}, could not be removed: {error}")
    (folder / IDENTITY).unlink(missing_ok=True)


def _engine(where: str, workers: int) -> Engine:
    return RayEngine(where, workers)


def _identity(folder: Path) -> str:
    """What this work's folder in the store is called: kept in the work folder, drawn where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / IDENTITY
    try:
        found = path.read_text(encoding="ascii")
        check_folder(found)
    except (OSError, ValueError):
        found = f"galactica-{secrets.token_hex(16)}"
        path.write_text(found, encoding="ascii")
    return found


def _summary(executor: ClusterExecutor, store: Store) -> str:
    """What a person should know at the end."""
    many, times = len(executor.machines), executor.again
    machines = "1 machine" if many == 1 else f"{many:,} machines"
    again = (
        ""
        if not times
        else " 1 task was given to another machine."
        if times == 1
        else f" {times:,} times a task was given to another machine."
    )
    megabytes = f"{store.sent / 1e6:,.0f} MB went into the store, {store.spared / 1e6:,.0f} MB were there"
    tasks = "1 task was" if executor.done == 1 else f"{executor.done:,} tasks were"
    return f"{tasks} done by {machines}; {megabytes}, {store.fetched / 1e6:,.0f} MB came back.{again}"
