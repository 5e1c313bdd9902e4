"""A disk that fills up while an edition is exported: one error in words, and nothing that looks like a result."""

from __future__ import annotations

import errno
import io
from pathlib import Path

import pytest

from galactica import library
from galactica.errors import MissingError
from galactica.export import jsonl, ocfl, okf
from galactica.faults import not_written

FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("full")
    (folder / "notes").mkdir()
    (folder / "notes" / "rain.html").write_text("<title>Rain</title><p>Rain is water that falls.</p>")
    library.build(folder / "rain.edition", [folder / "notes"], workers=0, meaning=False)
    return folder / "rain.edition"


@pytest.mark.parametrize("form", ["jsonl", "jsonl.gz", "okf", "ocfl"])
def test_a_full_disk_is_said_in_words_and_leaves_nothing_half_written(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    def full(*given: object) -> None:
        for each in given:
            if isinstance(part := getattr(each, "_folder", None), Path):
                (part / "half").write_bytes(b"half of it")
            elif isinstance(each, io.BufferedIOBase):
                each.write(b"half of it")
        raise FULL

    monkeypatch.setattr(jsonl, "_flow", full)
    monkeypatch.setattr(okf._Bundle, "write", full)
    monkeypatch.setattr(ocfl._Object, "add", full)
    out = tmp_path / f"rain.{form}"
    with pytest.raises(MissingError) as told:
        library.export(edition, out, format=form.partition(".")[0])
    assert told.value.problem == f"{out} could not be written: the disk is full."
    assert told.value.exit_code == 5
    assert list(tmp_path.iterdir()) == []


def test_other_refusals_are_named_as_the_system_does() -> None:
    told = not_written(Path("out"), PermissionError(errno.EACCES, "Permission denied"))
    assert told.problem == "out could not be written: Permission denied."
    assert not_written(Path("out"), OSError("[errno 28] No space left")).problem.endswith("the disk is full.")
