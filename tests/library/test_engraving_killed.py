"""Ended by SIGKILL while pages are made or scans are read: nothing is half there, and the same command goes on."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("PIL", reason="pages are drawn with Pillow (the extra engrave)")
pytest.importorskip("zopfli", reason="pages are packed with zopfli (the extra engrave)")

from galactica.codes.child import child_environment
from galactica.engrave.stream.engraving import Engraving
from galactica.library.engraving import EngraveOptions, engrave
from galactica.library.scans import recover_scans
from tests.engrave.stream.made import build, engraved, records_in
from tests.library.test_scans import scanner, scans_of

PROGRAM = """
import os, signal, sys
from pathlib import Path
from galactica.library.engraving import EngraveOptions, engrave
from galactica.library.scans import recover_scans
from tests.library.test_scans import scanner
wanted, left = sys.argv[1], int(sys.argv[2])
def report(stage, done, total, unit):
    global left
    left -= stage == wanted
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
place, out = Path(sys.argv[4]), Path(sys.argv[5])
if sys.argv[3] == "engrave":
    options = EngraveOptions(pages="film", dpi=1200, primer=False, masters=out.with_name("m"))
    engrave(place, out, options=options, report=report)
else:
    recover_scans(place, out, scanner=scanner, report=report)
"""


def killed(stage: str, after: int, work: str, place: Path, out: Path) -> bool:
    command = [sys.executable, "-c", PROGRAM, stage, str(after), work, str(place), str(out)]
    root = str(Path(__file__).parent.parent.parent)
    done = subprocess.run(
        command,
        env=child_environment() | {"PYTHONPATH": f"{root}/src:{root}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode != 0


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("killed"))


@pytest.fixture(scope="module")
def engraving(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> Engraving:
    return engraved(edition, tmp_path_factory.mktemp("set") / "set")


pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a system without SIGKILL")


@pytest.mark.parametrize(("stage", "after"), [("fill", 1), ("draw", 2)])
def test_pages_are_there_whole_or_not_at_all(edition: Path, stage: str, after: int, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    assert killed(stage, after, "engrave", edition, out)
    assert not out.exists()
    assert not (tmp_path / "m").exists()
    options = EngraveOptions(pages="film", dpi=1200, primer=False, masters=tmp_path / "m")
    engrave(edition, out, options=options)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m", "out.pdf"]
    engrave(edition, tmp_path / "other.pdf", options=EngraveOptions(pages="film", dpi=1200, primer=False))
    assert out.read_bytes() == (tmp_path / "other.pdf").read_bytes()


@pytest.mark.parametrize(("stage", "after"), [("scans", 4), ("mend", 1), ("records", 3), ("write", 1)])
def test_an_edition_out_of_scans_is_there_whole_or_not_at_all(
    edition: Path, engraving: Engraving, stage: str, after: int, tmp_path: Path
) -> None:
    scans = scans_of(engraving, range(1, engraving.plan.sheets), tmp_path / "scans")
    out = tmp_path / "out.edition"
    assert killed(stage, after, "recover", scans, out)
    assert not out.exists()
    assert recover_scans(scans, out, scanner=scanner).whole
    assert records_in(out) == records_in(edition)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.edition", "scans"]
