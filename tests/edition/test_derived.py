"""Folders that are derived when somebody asks for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.edition import Edition
from galactica.edition.derived import derived, derived_digest, derived_dir, derived_from, deriving
from galactica.errors import UsageError
from tests.worked import build_works


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    return Edition.open(build_works(tmp_path))


def made(edition: Edition, text: str = "rows", version: int = 1) -> None:
    with deriving(edition, "claims", version, {"reader": "a"}) as folder:
        (folder / "rows").write_text(text)


def stop(edition: Edition) -> None:
    """Make half of the folder."""
    stopped = deriving(edition, "claims", 1, {"reader": "b"})
    (stopped.__enter__() / "half").write_text("x")
    stopped.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)


def test_a_folder_is_there_when_it_is_whole(edition: Edition) -> None:
    assert derived(edition, "claims", 1) is None
    assert derived_digest(edition, "claims") == ""
    made(edition)
    folder = derived(edition, "claims", 1)
    assert folder is not None
    assert (folder / "rows").read_text() == "rows"
    assert len(derived_digest(edition, "claims")) == 64
    assert derived_from(folder) == {"reader": "a"}
    assert derived_from(folder / "nothing") == {}


def test_one_of_another_version_or_made_of_something_else_is_not_used(edition: Edition) -> None:
    made(edition)
    assert derived(edition, "claims", 2) is None
    assert derived(edition, "claims", 1, {"reader": "b"}) is None
    assert derived(edition, "claims", 1, {"reader": "a"}) is not None


def test_what_was_made_anew_takes_its_place(edition: Edition) -> None:
    made(edition)
    before = derived_digest(edition, "claims")
    made(edition, "other rows")
    assert (derived_dir(edition, "claims") / "rows").read_text() == "other rows"
    assert derived_digest(edition, "claims") != before


def test_a_stopped_job_goes_on_and_what_was_there_stays(edition: Edition) -> None:
    made(edition)
    stop(edition)
    assert derived(edition, "claims", 1, {"reader": "a"}) is not None
    with deriving(edition, "claims", 1, {"reader": "b"}) as folder:
        assert (folder / "half").read_text() == "x"
    stop(edition)
    with deriving(edition, "claims", 2, {"reader": "b"}) as folder:
        assert not (folder / "half").exists()


def test_another_edition_s_folder_is_not_used(edition: Edition, tmp_path: Path) -> None:
    made(edition)
    manifest = derived_dir(edition, "claims") / "manifest.json"
    manifest.write_text(manifest.read_text().replace(edition.root, "0" * 64))
    assert derived(edition, "claims", 1) is None


def test_two_processes_do_not_make_the_same(edition: Edition) -> None:
    with deriving(edition, "claims", 1), pytest.raises(UsageError), deriving(edition, "claims", 1):
        pass
