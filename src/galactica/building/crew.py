"""Who does the work of a build: worker processes of this machine, or a cluster where somebody names one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from galactica.building.workers import pool
from galactica.cluster.crew import Crew
from galactica.cluster.opened import ClusterPlace, open_cluster


@contextmanager
def crew(workers: int, cluster: ClusterPlace | None, folder: Path, note: Callable[[str], None]) -> Iterator[Crew]:
    """So many worker processes, or a cluster.

    Args:
        workers: processes here; of a cluster that is started here, tasks at a time.
        folder: of the work; a cluster keeps there what its folder in the store is called.
        note: told at the end what a cluster did.

    Raises:
        LimitError: a worker died.
        MissingError: the cluster or its store cannot be reached.
    """
    if cluster is None:
        with pool(workers) as processes:
            yield Crew(executor=processes, hands=workers)
        return
    with open_cluster(cluster, folder, workers=workers, told=note) as executor:
        yield Crew(executor=executor, hands=executor.hands)
