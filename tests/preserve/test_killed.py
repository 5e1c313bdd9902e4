"""Ended by SIGKILL in the middle of work: nothing that was there is lost, and the same work goes on."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from galactica.codes.child import child_environment
from galactica.library.preserving import protect, repair, scrub
from tests.preserve.made import copied, files_of, flip, volumes_of

PROGRAM = """
import os, signal, sys
from pathlib import Path
from galactica.library.preserving import protect, repair, scrub
left = int(sys.argv[1])
def report(stage, done, total, unit):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
edition, out = Path(sys.argv[3]), Path(sys.argv[4])
{
    "volumes": lambda: protect(edition, volumes=7, survive=2, out=[out], day="2026-01-02", report=report),
    "beside": lambda: protect(edition, percent=10, report=report),
    "repair": lambda: repair(edition, report=report),
    "scrub": lambda: scrub([edition], state=out, report=report),
}[sys.argv[2]]()
"""


def killed(after: int, work: str, edition: Path, out: Path) -> bool:
    """Whether work was killed when it told for the `after`th time how far it is; else it came to its end."""
    command = [sys.executable, "-c", PROGRAM, str(after), work, str(edition), str(out)]
    done = subprocess.run(command, env=child_environment(), capture_output=True, text=True, check=False)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode != 0


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a system without SIGKILL")
class TestKilled:
    @pytest.mark.parametrize("after", [3, 16])
    def test_volumes_are_the_same_as_those_of_one_run(
        self, edition: Path, volumes: tuple[Path, ...], tmp_path: Path, after: int
    ) -> None:
        before = files_of(edition, index=True)
        assert killed(after, "volumes", edition, tmp_path)
        assert not [path for path in tmp_path.iterdir() if not path.name.endswith(".protecting")]
        made = volumes_of(edition, tmp_path)
        assert [files_of(folder, index=True) for folder in made.folders] == [files_of(v, index=True) for v in volumes]
        assert files_of(edition, index=True) == before

    def test_parity_is_the_same_as_that_of_one_run(self, edition: Path, tmp_path: Path) -> None:
        one, two = copied(edition, tmp_path / "1"), copied(edition, tmp_path / "2")
        assert killed(16, "beside", one, tmp_path)
        protect(one, percent=10)
        protect(two, percent=10)
        assert files_of(tmp_path / "1/copy.edition.parity") == files_of(tmp_path / "2/copy.edition.parity")

    @pytest.mark.parametrize("after", [1])
    def test_repair_goes_on_and_each_byte_was_there_or_is_right(
        self, edition: Path, tmp_path: Path, after: int
    ) -> None:
        copy = copied(edition, tmp_path)
        protect(copy, percent=10)
        right = files_of(copy)
        flip(copy / "data/articles/00001.parquet", range(5, 800_000, 90_000))
        (copy / "data/sources/00000.parquet").unlink()
        hurt = files_of(copy)
        assert killed(after, "repair", copy, tmp_path)
        for name, raw in files_of(copy).items():
            was, should = hurt.get(name, b""), right[name]
            assert all(raw[at] in (was[at : at + 1] + should[at : at + 1]) for at in range(0, len(raw), 7))
        assert repair(copy).ok
        assert files_of(copy) == right

    def test_scrubbing_changes_nothing_and_finds_all_afterwards(self, edition: Path, tmp_path: Path) -> None:
        copy = copied(edition, tmp_path)
        flip(copy / "data/articles/00001.parquet", [5])
        before = files_of(copy, index=True)
        assert killed(6, "scrub", copy, tmp_path / "state")
        assert files_of(copy, index=True) == before
        assert len(scrub([copy], state=tmp_path / "state").damage) == 1
