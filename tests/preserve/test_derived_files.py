"""Indexes and what is joined are put right from copies, and never called right where they are not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from galactica.edition import Edition, bag
from galactica.edition.derived import deriving
from galactica.edition.sealing import verified
from galactica.library import verify
from galactica.library.preserving import repair
from tests.preserve.made import copied, files_of, flip

MEANING = "index/meaning/codes.bin"
JOINED = "joined/claims/kept.bin"


@pytest.fixture
def whole(edition: Path, tmp_path: Path) -> Path:
    """A copy that also has a finished index of meaning, and something joined."""
    copy = copied(edition, tmp_path / "whole")
    with Edition.open(copy) as opened:
        (copy / MEANING).parent.mkdir()
        (copy / MEANING).write_bytes(b"m" * 5000)
        bag.write_index_manifest(copy / "index/meaning", opened.root, "galactica 1.0", but="")
        with deriving(opened, "claims", 1) as folder:
            (folder / "kept.bin").write_bytes(b"c" * 9000)
    assert verify(copy).ok
    return copy


@pytest.fixture
def hurt(whole: Path, tmp_path: Path) -> Path:
    """A copy of that to be damaged."""
    return copied(whole, tmp_path / "hurt")


@pytest.mark.parametrize(
    "where",
    [
        "index/ids",
        "index/manifest.json",
        MEANING,
        "index/meaning/manifest.json",
        JOINED,
        "joined/claims/made.json",
        "joined/claims/manifest.json",
    ],
)
def test_one_byte_of_any_file_is_lost_without_a_copy_and_put_right_with_one(
    whole: Path, hurt: Path, where: str
) -> None:
    flip(hurt / where, [40])
    alone = repair(hurt)
    assert where in [each.where for each in alone.lost]  # a digest that rotted lets its file look wrong, too
    done = repair(hurt, [whole])
    assert done.ok
    assert done.files == (str(hurt / where),)
    assert files_of(hurt, index=True) == files_of(whole, index=True)
    assert repair(hurt).ok


def test_a_folder_that_is_gone_comes_back_from_a_copy(whole: Path, hurt: Path) -> None:
    shutil.rmtree(hurt / "index")
    assert not repair(hurt).ok
    assert repair(hurt, [whole]).ok
    assert verify(hurt).ok


def test_a_copy_that_is_damaged_in_the_same_place_is_not_taken(whole: Path, hurt: Path) -> None:
    flip(hurt / JOINED, [7])
    flip(whole / JOINED, [8])
    before = files_of(hurt, index=True)
    assert [each.where for each in repair(hurt, [whole]).lost] == [JOINED]
    assert files_of(hurt, index=True) == before


def test_what_was_joined_of_another_edition_or_is_being_made_is_no_damage(hurt: Path) -> None:
    bag.write_index_manifest(hurt / "joined/claims", "ab" * 32, "galactica 1.0", but="")
    flip(hurt / JOINED, [7])
    shutil.copytree(hurt / "joined/claims", hurt / "joined/topics.making")
    assert repair(hurt).ok


def test_a_link_in_an_index_is_not_written_through(whole: Path, hurt: Path, tmp_path: Path) -> None:
    aside = tmp_path / "aside"
    (hurt / MEANING).rename(aside)
    aside.write_bytes(b"another's")
    (hurt / MEANING).symlink_to(aside)
    assert [each.where for each in repair(hurt, [whole]).lost] == [MEANING]
    assert aside.read_bytes() == b"another's"


def test_verifying_tells_what_is_joined_and_damaged_and_the_edition_counts_as_whole(
    whole: Path,
) -> None:
    flip(whole / JOINED, [7])
    found = verify(whole)
    assert [each.where for each in found.problems] == [JOINED]
    known = verified(whole, found.root)
    assert known is not None
    assert known.state == "whole"


def test_verifying_passes_over_what_was_joined_of_another_edition(whole: Path) -> None:
    bag.write_index_manifest(whole / "joined/claims", "ab" * 32, "galactica 1.0", but="")
    flip(whole / JOINED, [7])
    assert verify(whole).ok
