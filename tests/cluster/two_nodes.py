"""A program, for `test_ray`: a cluster of two nodes here, one of which is killed while it works, twice.

    python -m tests.cluster.two_nodes FOLDER

Prints one JSON object. It is a process of its own because Ray leaves threads, sockets and warnings behind. Nothing is
left to luck: a worker waits with its task until the other node has one, too, and the other node is gone.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

from galactica.building import gathering
from galactica.claims import keeping
from galactica.cluster.opened import ClusterPlace, open_cluster
from galactica.cluster.ray_engine import STARTED_HERE
from galactica.errors import MissingError
from galactica.library import build, join
from tests.building.conftest import extract, sentence, wiki
from tests.cluster.fake import Doubling, surroundings
from tests.cluster.held import HOLD, LONGEST, claims_held, gather_held, wait_for

SECRET = "GALACTICA_TEST_SECRET"

STANDS = "both nodes stand"
"""Told on the standard error output once Ray has started them: what fails before is a machine too busy for it."""


@contextmanager
def killed_at_work(node: Any, folder: Path) -> Iterator[None]:
    """While the block goes on: when both nodes have work, this one is killed, and the other goes on."""
    for each in folder.iterdir():
        each.unlink()

    def kill() -> None:
        wait_for(lambda: len(list(folder.glob("at-*"))) > 1)
        node.kill_all_processes(check_alive=False, allow_graceful=False, wait=True)
        (folder / "go").touch()

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    yield
    killer.join()


def free_ports(count: int) -> list[int]:
    """Ports of this machine that nobody listens at."""
    with ExitStack() as stack:
        several = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in several:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in several]


def node_of(room: dict[str, Any]) -> dict[str, Any]:
    """What a node is started with. Ray ends a node whose agent does not tell within fifteen seconds at which ports it
    listens, which a busy machine may need longer for; here they are chosen beforehand."""
    names = ("metrics_agent_port", "metrics_export_port", "dashboard_agent_listen_port", "runtime_env_agent_port")
    return {**room, **dict(zip(names, free_ports(len(names)), strict=True))}


@contextmanager
def agents_in_time() -> Iterator[None]:
    """While nodes start: one port that cannot be chosen beforehand is told in the agent's place, so that nothing waits
    for it."""
    from ray._private.node import Node

    raylet: Any = import_module("ray._raylet")
    start = Node.start_raylet

    def started(node: Any, *args: Any, **kwargs: Any) -> None:
        name = raylet.DASHBOARD_AGENT_LISTEN_PORT_NAME
        raylet.persist_port(node._session_dir, node._node_id, name, node._ray_params.dashboard_agent_listen_port)
        start(node, *args, **kwargs)

    with patch.object(Node, "start_raylet", started):
        yield


def cluster_of_one(room: dict[str, Any]) -> tuple[Any, str]:
    """A cluster, and where it is asked."""
    from ray.cluster_utils import Cluster

    (port,) = free_ports(1)
    head = {**node_of(room), "include_dashboard": False, "ray_client_server_port": port}
    return Cluster(initialize_head=True, head_node_args=head), f"ray://127.0.0.1:{port}"


def joined(edition: Path) -> dict[str, bytes]:
    """All that joining wrote."""
    folder = edition / "joined"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def main(folder: Path) -> None:
    """Build and join here, build and join there, and say how it went."""
    gathering.BATCH_BYTES = 60_000
    sources = [
        extract(folder / "x.txt", 600),
        wiki(folder / "w.xml", [(f"N {n}", sentence(n) * 8) for n in range(300)] + [("One", "→N 1")]),
    ]
    here = build(folder / "here.edition", sources, workers=0, meaning=False)
    join(folder / "here.edition")
    hold_at = folder / "hold"
    hold_at.mkdir()
    own = {
        "RAY_CLIENT_SERVER_CHECK_CHANNEL_TIMEOUT_S": str(LONGEST),
        "RAY_raylet_start_wait_time_s": str(LONGEST),
        **STARTED_HERE,
        HOLD: str(hold_at),
    }
    os.environ.update(own)
    room: dict[str, Any] = {"num_cpus": 1, "object_store_memory": 80 * 2**20}
    with agents_in_time():
        cluster, address = cluster_of_one(room)
        second = cluster.add_node(**node_of(room))
    sys.stderr.write(f"{STANDS}\n")
    sys.stderr.flush()
    os.environ[SECRET] = "not for others"
    store = (folder / "store").as_uri()
    notes: list[str] = []
    told: dict[str, Any] = {"cluster": address, "store": store, "note": notes.append}
    with killed_at_work(second, hold_at), patch.object(gathering, "gather", gather_held):
        there = build(folder / "there.edition", sources, meaning=False, **told)
    with agents_in_time():
        second = cluster.add_node(**node_of(room))
    with killed_at_work(second, hold_at), patch.object(keeping, "claims_of_shard", claims_held):
        made = join(folder / "there.edition", **told)
    with open_cluster(ClusterPlace(engine=address, store=store), folder / "more", workers=1, told=notes.append) as crew:
        task = Doubling(name="x.txt", source=folder, target=folder / "more")
        environment = crew.submit(surroundings, task).result()
    same = joined(folder / "there.edition") == joined(folder / "here.edition")
    left = sum(each.is_file() for each in (folder / "store").rglob("*"))
    cluster.shutdown()
    shutil.rmtree(folder / "there.edition" / "joined" / "quality")
    gone = refused(folder, address, store)
    found = {
        "same": there.root == here.root,
        "same joined": same,
        "stages": sum(made.stages.values()),
        "articles": there.articles,
        "secret": SECRET in environment,
        "left": left,
        "notes": notes,
        "gone": gone,
    }
    print(json.dumps(found))  # noqa: T201 - a program


def refused(folder: Path, address: str, store: str) -> str:
    """What is said where nobody listens any more."""
    try:
        join(folder / "there.edition", only="quality", cluster=address, store=store)
        return "there was nothing to do"
    except MissingError as error:
        return error.problem


if __name__ == "__main__":
    main(Path(sys.argv[1]))
