"""Ray as an engine: an order is a Ray task of one CPU, given to the machines in turn.

Ray gives a task that a lost machine had to another by itself (`RETRIES`). Nothing of the environment goes along: no
`runtime_env`, no folder of code; each machine runs the program that is installed on it, as `program` compares. Ray's
own report of its use is switched off for what is started here.
"""

from __future__ import annotations

import importlib
import os
import re
import threading
from contextlib import suppress
from typing import Any

from galactica.cluster.contract import EngineGoneError, MachineLostError
from galactica.errors import MissingError, UsageError

RETRIES = 3
"""Times that Ray itself gives the task of a lost machine to another."""

POLL = 2.0
"""Seconds after which it is looked whether the work was given up, or all machines but avoided ones are gone."""

OBJECTS = 80 * 2**20
"""Bytes of Ray's own shared memory, of what is started here: content goes through the store."""

STARTED_HERE = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_worker_register_timeout_seconds": "300"}
"""Settings of Ray's own, of what is started here: nothing is reported, and a worker may take its time on a busy
machine."""

TRIES = 3
"""Times that a connection is tried that fails by chance."""

BY_CHANCE = ("timed out during startup", "Initialization failure from server")
"""What Ray says then."""

_FORMS = "ray:local (started here), ray:auto (the cluster this machine is part of), or ray://HOST:PORT"


def is_ray(where: str) -> bool:
    """Whether a `--cluster` names an engine of this kind."""
    return where.startswith("ray:")


def check_ray(where: str) -> None:
    """Raise UsageError where a cluster is named in no form that is known."""
    if where not in ("ray:local", "ray:auto") and not re.fullmatch(r"ray://[^/@\s]+:\d{1,5}/?", where):
        raise UsageError(f"--cluster {where} names no cluster.", f"Write {_FORMS}.")


class RayEngine:
    """A connection to a cluster of Ray, or one of one machine that is started here and ends with it.

    Args:
        where: as `check_ray` takes it.
        workers: tasks at a time of a cluster that is started here.

    Raises:
        MissingError: Ray is not installed, or the cluster cannot be reached or started.
    """

    def __init__(self, where: str, workers: int) -> None:
        if where == "ray:local":
            for name, value in STARTED_HERE.items():
                os.environ.setdefault(name, value)  # read when it is loaded
        self._ray = _imported()
        self._closed = threading.Event()
        self._own = not self._ray.is_initialized()
        if self._own:
            self._connect(where, workers)
        self.hands = int(self._ray.cluster_resources().get("CPU", 0))
        if not self.hands:
            self.close()
            raise MissingError(f"The cluster {where} has no machine that takes work.", "Start one: ray start.")
        options = {"num_cpus": 1, "max_retries": RETRIES, "scheduling_strategy": "SPREAD"}
        self._task = self._ray.remote(**options)(at_node)

    def _connect(self, where: str, workers: int) -> None:
        quiet: dict[str, Any] = {"log_to_driver": False, "configure_logging": False}
        try:
            if where == "ray:local":
                own = {"num_cpus": max(1, workers), "include_dashboard": False, "object_store_memory": OBJECTS}
                self._start({"address": "local", **own, **quiet})
            else:
                self._start({"address": "auto" if where == "ray:auto" else where.rstrip("/"), **quiet})
        except Exception as error:  # it raises what its parts raise
            said = (str(error).strip().splitlines() or [""])[0][:300]
            raise MissingError(
                f"The cluster {where} cannot be reached: {said or type(error).__name__}",
                "See that it runs (ray status) with the same versions of Ray and Python as here.",
            ) from error

    def _start(self, options: dict[str, Any]) -> None:
        """Connect; a few times where Ray failed by chance: a busy machine was too slow for the half minute that it
        waits for its parts, or what was to serve us on the other side died while it was forked."""
        for left in reversed(range(TRIES)):
            try:
                self._ray.init(**options)
                return
            except Exception as error:
                if not left or not any(each in str(error) for each in BY_CHANCE):
                    raise
                self._ray.shutdown()

    def run(self, order: bytes, avoid: frozenset[str]) -> bytes:
        """Have an order worked on; see `contract.Engine`."""
        away = self._away(avoid)
        handle = self._started(order, away)
        while True:
            try:
                return bytes(self._ray.get(handle, timeout=POLL))
            except self._ray.exceptions.GetTimeoutError:
                if self._closed.is_set():
                    self._give_up(handle)
                    raise EngineGoneError("the work was given up") from None
                if away and not self._away(avoid):  # only those are left that it must not go to
                    self._give_up(handle)
                    away = frozenset()
                    handle = self._started(order, away)
            except Exception as error:
                raise self._lost(error) from error

    def close(self) -> None:
        """Give up what is being worked on, and leave the cluster; one that was started here ends."""
        self._closed.set()
        if self._own and self._ray.is_initialized():
            with suppress(Exception):
                self._ray.shutdown()

    def _away(self, avoid: frozenset[str]) -> frozenset[str]:
        """Those machines, if there are others."""
        if not avoid:
            return avoid
        try:
            alive = {node["NodeID"] for node in self._ray.nodes() if node["Alive"] and node["Resources"].get("CPU")}
        except Exception as error:
            raise self._lost(error) from error
        return avoid if alive - avoid else frozenset()

    def _started(self, order: bytes, away: frozenset[str]) -> Any:  # noqa: ANN401 - of Ray
        try:
            if away:
                selector = {"ray.io/node-id": f"!in({','.join(sorted(away))})"}
                return self._task.options(label_selector=selector).remote(order)
            return self._task.remote(order)
        except Exception as error:
            raise self._lost(error) from error

    def _give_up(self, handle: Any) -> None:  # noqa: ANN401
        with suppress(Exception):
            self._ray.cancel(handle, force=True)

    def _lost(self, error: Exception) -> Exception:
        """What an error of Ray's means."""
        said = " ".join(str(error).split())
        if self._closed.is_set() or isinstance(error, ConnectionError | self._ray.exceptions.RaySystemError):
            return EngineGoneError(said[:300] or type(error).__name__)
        if "No module named" in said or "failed to import" in said:
            found = re.search(r"No module named '?([\w.]+)", said)
            return MissingError(
                f"A machine of the cluster does not have this program{f' ({found[1]})' if found else ''}.",
                "Install the same version of galactica[cluster] on every machine, where Ray's Python finds it.",
            )
        return MachineLostError(f"its machine was lost ({type(error).__name__})")


def at_node(order: bytes) -> bytes:
    """In a worker of Ray: do what the order asks for."""
    from galactica.cluster.working import carry_out

    return carry_out(order, _imported().get_runtime_context().get_node_id())


def _imported() -> Any:  # noqa: ANN401 - a module
    try:
        return importlib.import_module("ray")
    except ImportError as error:
        raise MissingError(
            "A cluster of Ray needs the package ray, which is not installed.", "pip install 'galactica[cluster]'"
        ) from error
