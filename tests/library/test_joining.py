"""The stages of joining: each made once, and again where what it was made of has changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from galactica import library
from galactica.edition import Edition
from galactica.edition.derived import derived_dir, deriving
from galactica.errors import StepMissingError
from galactica.library.joining_stages import disagreements_kept, topics_kept
from tests.worked import build_works

STAGES = ["claims", "duplicates", "quality", "topics", "disagreements", "properties"]


@pytest.fixture
def joined(tmp_path: Path) -> Path:
    path = build_works(tmp_path)
    assert list(library.join(path).stages.items()) == [(name, True) for name in STAGES]
    return path


def test_what_is_there_is_not_made_again(joined: Path) -> None:
    assert not any(library.join(joined).stages.values())


def test_what_is_lost_is_made_again_alone(joined: Path) -> None:
    shutil.rmtree(joined / "joined" / "quality")
    assert [name for name, made in library.join(joined).stages.items() if made] == ["quality"]


def test_topics_and_disagreements_of_other_claims_do_not_fit(joined: Path) -> None:
    with Edition.open(joined) as edition:
        assert topics_kept(edition) is not None
        assert disagreements_kept(edition) is not None
        before = derived_dir(edition, "claims")
        with deriving(edition, "claims", 99) as folder:
            shutil.copytree(before, folder / "other")
        assert topics_kept(edition) is None
        assert disagreements_kept(edition) is None


def test_a_stage_without_what_it_needs_says_what_to_do(tmp_path: Path) -> None:
    path = build_works(tmp_path)
    with pytest.raises(StepMissingError, match="no claims yet") as told:
        library.join(path, only="topics")
    assert "galactica join" in told.value.remedy
    assert told.value.exit_code == 5
    with pytest.raises(StepMissingError, match="no topics yet"):
        library.why_topic(path, "A", "B")
    with Edition.open(path) as edition, pytest.raises(StepMissingError, match="not been compared yet"):
        library.Differing(edition)
