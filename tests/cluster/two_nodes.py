"""A program, for `test_ray`: a cluster of two nodes here, one of which is killed in the middle of a build.

    python -m tests.cluster.two_nodes FOLDER

Prints one JSON object. It is a process of its own because Ray leaves threads, sockets and warnings behind.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from galactica.building import gathering
from galactica.cluster.opened import ClusterPlace, open_cluster
from galactica.library import build
from tests.building.conftest import extract, sentence, wiki
from tests.cluster.fake import Doubling, surroundings

SECRET = "GALACTICA_TEST_SECRET"


def started() -> tuple[Any, Any, str]:
    """A cluster, its second node, and where it is asked."""
    from ray.cluster_utils import Cluster

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    room: dict[str, Any] = {"num_cpus": 1, "object_store_memory": 80 * 2**20}
    head = {**room, "include_dashboard": False, "ray_client_server_port": port}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    return cluster, cluster.add_node(**room), f"ray://127.0.0.1:{port}"


def wait_for_both() -> None:
    """Until both nodes work on something: each has a folder for it."""
    for _ in range(1200):
        if len(list(Path(tempfile.gettempdir()).glob("galactica-work-*"))) > 1:
            return
        time.sleep(0.05)
    raise SystemExit("the second node was never at work")


def main(folder: Path) -> None:
    """Build here, build there, and say how it went."""
    gathering.BATCH_BYTES = 60_000
    sources = [
        extract(folder / "x.txt", 600),
        wiki(folder / "w.xml", [(f"N {n}", sentence(n) * 8) for n in range(300)] + [("One", "→N 1")]),
    ]
    here = build(folder / "here.edition", sources, workers=0, meaning=False)
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    cluster, second, address = started()
    os.environ[SECRET] = "not for others"
    store = (folder / "store").as_uri()
    notes: list[str] = []
    seen: list[int] = []

    def killing(stage: str, done: int, total: int | None, unit: str) -> None:
        seen.append(done)
        if len(seen) == 8:
            wait_for_both()
            cluster.remove_node(second, allow_graceful=False)

    there = build(
        folder / "there.edition",
        sources,
        cluster=address,
        store=store,
        meaning=False,
        report=killing,
        note=notes.append,
    )
    with open_cluster(ClusterPlace(engine=address, store=store), folder / "more", workers=1, told=notes.append) as crew:
        task = Doubling(name="x.txt", source=folder, target=folder / "more")
        environment = crew.submit(surroundings, task).result()
    left = sum(each.is_file() for each in (folder / "store").rglob("*"))
    cluster.shutdown()
    found = {
        "same": there.root == here.root,
        "articles": there.articles,
        "secret": SECRET in environment,
        "left": left,
        "notes": notes,
        "reports": len(seen),
    }
    print(json.dumps(found))  # noqa: T201 - a program


if __name__ == "__main__":
    main(Path(sys.argv[1]))
