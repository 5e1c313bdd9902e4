"""A real cluster of two nodes on this machine, one killed in the middle of a build: where Ray is installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from galactica.cluster.ray_engine import RayEngine
from galactica.errors import MissingError
from galactica.library.joining import STAGES


def test_without_ray_it_is_said_what_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingError) as missing:
        RayEngine("ray:local", 1)
    assert missing.value.remedy == "pip install 'galactica[cluster]'"


class RayByChance(ModuleType):
    """Ray, of which so many connections fail."""

    def __init__(self, failing: int, said: str) -> None:
        super().__init__("ray")
        self.asked, self._failing, self._said = 0, failing, said

    def init(self, **_: object) -> None:
        self.asked += 1
        if self.asked <= self._failing:
            raise ConnectionAbortedError(self._said)

    def is_initialized(self) -> bool:
        return False

    def shutdown(self) -> None:
        pass

    def cluster_resources(self) -> dict[str, float]:
        return {"CPU": 2.0}

    def remote(self, **_: object) -> object:
        return lambda function: function


@pytest.mark.parametrize(
    ("failing", "said", "asked"),
    [(2, "Initialization failure from server:", 3), (3, "Initialization failure from server:", 0), (1, "refused", 0)],
)
def test_a_connection_that_fails_by_chance_is_tried_again(
    failing: int, said: str, asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ray = RayByChance(failing, said)
    monkeypatch.setitem(sys.modules, "ray", ray)
    if asked:
        assert RayEngine("ray://host:1", 1).hands == 2
        assert ray.asked == asked
    else:
        with pytest.raises(MissingError, match="cannot be reached"):
            RayEngine("ray://host:1", 1)


def test_nothing_loads_ray_or_fsspec_where_no_cluster_is_named(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom galactica.library import build\n"
        "build(sys.argv[1], ['almanac:'], workers=0, meaning=False)\n"
        "print(sorted({'ray', 'fsspec', 's3fs'} & set(sys.modules)))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "x.edition")], capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() == "[]"


@pytest.mark.slow
def test_a_node_killed_at_work_loses_nothing(tmp_path: Path) -> None:
    for name in ("ray", "grpc", "fsspec"):
        pytest.importorskip(name, reason=f"the package {name} is not installed: pip install 'galactica[cluster]'")
    project = Path(__file__).parent.parent.parent
    path = os.pathsep.join((str(project / "src"), str(project)))
    # Names of sockets may not be long; folders that tasks work in are to be seen by this test alone.
    own = {"PYTHONPATH": path, "RAY_AUTH_MODE": "disabled", "RAY_TMPDIR": "/tmp", "TMPDIR": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-m", "tests.cluster.two_nodes", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
        env={**os.environ, **own},
        cwd=project,
    )
    if "both nodes stand" not in ended.stderr:
        pytest.skip(f"Ray could not start two nodes on this machine: {ended.stderr[-300:]}")
    assert ended.returncode == 0, ended.stderr[-4000:]
    found = json.loads(ended.stdout.splitlines()[-1])
    assert found["same"]
    assert found["same joined"]
    assert (found["articles"], found["stages"]) == (900, len(STAGES))
    assert not found["secret"]
    assert found["left"] == 0
    assert "cannot be reached" in found["gone"]
