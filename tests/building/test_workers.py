"""Worker processes end with the process they work for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from galactica.building import workers
from galactica.errors import LimitError

_KILLED = """
import os, signal
from galactica.building import workers
if __name__ == "__main__":
    with workers.pool(2) as pool:
        print(pool.submit(os.getpid).result(), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
def test_no_worker_outlives_a_build_that_was_killed(tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(_KILLED)
    # Workers write to the same pipe, so its end is read only when the last of them has gone.
    ended = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == -9
    assert int(ended.stdout)


def test_a_worker_that_dies_is_a_limit_that_was_reached() -> None:
    with pytest.raises(LimitError, match="worker process died"), workers.pool(1) as pool:
        pool.submit(os._exit, 1).result()


@pytest.mark.parametrize("how", ["file", "standard input"])
def test_a_script_that_asks_for_workers_is_not_run_again_by_them(tmp_path: Path, how: str) -> None:
    text = "import os\nfrom galactica.building import workers\nprint('once')\n"
    text += "with workers.pool(2) as pool:\n    print(len({pool.submit(os.getpid).result() for _ in range(9)}) > 0)\n"
    script = tmp_path / "unguarded.py"
    script.write_text(text)
    arguments = [sys.executable, str(script)] if how == "file" else [sys.executable, "-"]
    said = "" if how == "file" else text
    ended = subprocess.run(arguments, input=said, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout) == (0, "once\nTrue\n"), ended.stderr


STOPPED_WHILE_STARTING = """
import sys
from concurrent.futures import ProcessPoolExecutor
from galactica.building.workers import pool

def main():
    with pool(2) as workers:
        workers.submit(len, bytes(3_000_000))
        start = ProcessPoolExecutor._spawn_process

        def stopped(self):
            known = dict(self._processes)
            start(self)
            self._processes.clear()
            self._processes.update(known)  # started, and not yet known to the executor
            raise KeyboardInterrupt

        ProcessPoolExecutor._spawn_process = stopped
        for _ in range(8):
            workers.submit(len, bytes(3_000_000))

if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("stopped")
"""


def test_a_signal_while_a_worker_is_being_started_leaves_nothing_that_waits_for_it(tmp_path: Path) -> None:
    script = tmp_path / "stopped.py"
    script.write_text(STOPPED_WHILE_STARTING, encoding="utf-8")
    ended = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout) == (0, "stopped\n"), ended.stderr
