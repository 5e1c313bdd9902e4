"""Work for `two_nodes` that waits until it may: functions of a module, so that workers find them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from galactica.building.gathered import Gathered
from galactica.building.refining import GatherTask, gather
from galactica.claims.keeping import ClaimsWork, claims_of_shard

HOLD = "GALACTICA_TEST_HOLD"
"""Of the environment: a folder in which workers say that they have work, and are told to go on."""
LONGEST = 400
"""Seconds that anything here waits for."""


def gather_held(task: GatherTask) -> Gathered:
    """In a worker: a batch of a build, not before it may."""
    hold()
    return gather(task)


def claims_held(work: ClaimsWork) -> int:
    """In a worker: a shard of a join, not before it may."""
    hold()
    return claims_of_shard(work)


def hold() -> None:
    """Say that this node has work, and wait until it is told to go on."""
    import ray

    folder = Path(os.environ[HOLD])
    (folder / f"at-{ray.get_runtime_context().get_node_id()}").touch()
    wait_for(lambda: (folder / "go").exists())


def wait_for(there: Callable[[], bool]) -> None:
    """Until something is there."""
    end = time.monotonic() + LONGEST
    while not there():
        if time.monotonic() > end:
            raise SystemExit("waited in vain")
        time.sleep(0.05)
