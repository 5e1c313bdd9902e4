"""What is damaged is put right from whatever is right elsewhere, and nothing that is right is touched."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from galactica import library
from galactica.errors import EditionError, UsageError
from galactica.library.preserving import protect, repair, scrub
from tests.preserve.made import build_edition, copied, files_of, flip, volumes_of

ARTICLES = "data/articles/00001.parquet"


@pytest.fixture
def guarded(edition: Path, tmp_path: Path) -> Path:
    """A copy with 10 % of parity beside it."""
    copy = copied(edition, tmp_path)
    protect(copy, percent=10)
    return copy


def parity(copy: Path) -> Path:
    return copy.with_name(f"{copy.name}.parity")


def rotten(folder: Path, share: float, seed: int = 1) -> int:
    """Change a share of all bytes of a folder but its indexes, wherever they are; how many."""
    drawn, changed = random.Random(seed), 0
    for name, raw in files_of(folder).items():
        count = round(len(raw) * share + drawn.random() - 0.5)
        if count > 0:
            hurt = bytearray(raw)
            for place in drawn.sample(range(len(raw)), count):
                hurt[place] ^= drawn.randrange(1, 256)
            (folder / name).write_bytes(hurt)
            changed += count
    return changed


@pytest.mark.parametrize(
    "hurt",
    [
        lambda copy: flip(copy / ARTICLES, [70_000]),
        lambda copy: (copy / ARTICLES).write_bytes((copy / ARTICLES).read_bytes()[:-50_000]),
        lambda copy: (copy / ARTICLES).write_bytes((copy / ARTICLES).read_bytes() + b"more"),
        lambda copy: (copy / "data/signals/00000.parquet").unlink(),
        lambda copy: (copy / "data/edition.json").write_bytes(b""),
        lambda copy: (copy / "manifest-sha256.txt").unlink(),
        lambda copy: shutil.rmtree(copy / "data/sources"),
        lambda copy: (parity(copy) / "parity-003.bin").unlink(),
        lambda copy: flip(parity(copy) / "set.json", [200]),
        lambda copy: [(parity(copy) / f"pieces.bin{end}").unlink() for end in ("", ".2", ".3", ".4")],
        lambda copy: flip(parity(copy) / "articles.tsv.gz", [200]),
        lambda copy: flip(parity(copy) / "SHA256SUMS", [3]),
        lambda copy: [p.unlink() for p in parity(copy).iterdir() if p.suffix in (".txt", ".py", ".gz")],
    ],
    ids=[
        "byte",
        "cut",
        "longer",
        "lost",
        "emptied",
        "manifest",
        "folder",
        "parity",
        "set",
        "tables",
        "list",
        "sums",
        "words",
    ],
)
def test_what_is_damaged_is_found_and_put_right(guarded: Path, hurt: Callable[[Path], object]) -> None:
    before = files_of(guarded), files_of(parity(guarded))
    hurt(guarded)
    assert not scrub([guarded]).ok
    assert repair(guarded).ok
    assert (files_of(guarded), files_of(parity(guarded))) == before
    assert scrub([guarded]).ok
    assert repair(guarded).written == 0


@pytest.mark.parametrize("share", [1e-5, 1e-4, 1e-3])
def test_bytes_that_rot_everywhere_are_put_right_with_a_tenth_of_parity(guarded: Path, share: float) -> None:
    before = files_of(guarded)
    assert rotten(guarded, share) > 5
    rotten(parity(guarded), share, seed=2)
    assert not scrub([guarded]).ok
    assert repair(guarded).ok
    assert files_of(guarded) == before
    assert scrub([guarded]).ok
    assert library.verify(guarded).ok


def test_a_tenth_of_it_in_one_stretch_is_put_right(guarded: Path) -> None:
    before = files_of(guarded)
    size = sum(map(len, before.values()))
    hurt = bytearray(before[ARTICLES])
    hurt[1000 : 1000 + size // 11] = bytes(size // 11)
    (guarded / ARTICLES).write_bytes(hurt)
    assert repair(guarded).ok
    assert files_of(guarded) == before


def test_more_than_there_is_parity_for_is_said_and_the_rest_is_put_right(guarded: Path) -> None:
    before = files_of(guarded)
    (guarded / ARTICLES).unlink()
    flip(guarded / "data/articles/00002.parquet", [20_000])
    done = repair(guarded)
    assert not done.ok
    assert {each.where for each in done.lost} >= {ARTICLES}
    assert sum(each.length for each in done.lost if each.where == ARTICLES) <= len(before[ARTICLES])
    for name, raw in files_of(guarded).items():
        if name not in {each.where for each in done.lost}:
            assert raw == before[name]


def test_rot_far_beyond_the_bound_ends_with_what_is_still_wrong_whatever_it_made_of_names(guarded: Path) -> None:
    for folder in (guarded, parity(guarded)):
        rotten(folder, 0.2)
    manifest = guarded / "manifest-sha256.txt"
    manifest.write_bytes(b"0" * 64 + b"  data/articles/0\x000.parquet\n" + manifest.read_bytes())
    done = repair(guarded)
    assert "manifest-sha256.txt" in {each.where for each in done.lost}
    assert not any("\0" in each.where for each in done.lost)


@pytest.mark.parametrize("hurt", [lambda path: path.write_bytes(b"\xff rot"), lambda path: path.unlink()])
def test_nothing_is_called_right_where_no_manifest_is_left_to_say_so(
    edition: Path, tmp_path: Path, hurt: Callable[[Path], object]
) -> None:
    copy = copied(edition, tmp_path)
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        hurt(copy / name)
    for path in (copy / "data/articles").iterdir():
        path.write_bytes(b"")
    assert [each.where for each in repair(copy).lost] == ["manifest-sha256.txt"]
    done = repair(copy, [edition])
    assert done.ok
    assert files_of(copy) == files_of(edition)


def test_what_could_be_put_right_is_kept_where_edition_json_could_not(guarded: Path, edition: Path) -> None:
    shutil.rmtree(parity(guarded))
    (guarded / "data/edition.json").write_bytes(b"\xff\xfe")
    flip(guarded / ARTICLES, [70_000])
    copy = guarded.with_name("without.edition")
    shutil.copytree(edition, copy)
    (copy / "data/edition.json").unlink()
    done = repair(guarded, [copy])
    assert [each.where for each in done.lost] == ["data/edition.json"]
    assert (guarded / ARTICLES).read_bytes() == (edition / ARTICLES).read_bytes()


def test_only_sectors_that_are_wrong_are_written(guarded: Path) -> None:
    flip(guarded / ARTICLES, [70_000, 70_001])
    stamp = (guarded / "data/articles/00000.parquet").stat().st_mtime_ns
    done = repair(guarded)
    assert (done.pieces, done.files) == (1, (str(guarded / ARTICLES),))
    assert done.written <= 2 * 4096
    assert (guarded / "data/articles/00000.parquet").stat().st_mtime_ns == stamp


def test_an_edition_that_came_to_stand_there_later_is_not_repaired_into_the_old_one(
    guarded: Path, tmp_path: Path
) -> None:
    other = build_edition(tmp_path / "other", articles=30)
    shutil.rmtree(guarded)
    shutil.copytree(other, guarded)
    before = files_of(guarded)
    with pytest.raises(UsageError, match="came to stand there later"):
        repair(guarded)
    assert files_of(guarded) == before
    assert scrub([guarded]).ok


def test_a_root_that_rotted_in_edition_json_is_not_taken_for_another_edition(guarded: Path) -> None:
    before = files_of(guarded), files_of(parity(guarded))
    file = guarded / "data/edition.json"
    text = file.read_text()
    root = library.info(guarded).root
    file.write_text(text.replace(root, root.translate(str.maketrans("0123456789abcdef", "1032547698badcfe"))))
    sums = parity(guarded) / "SHA256SUMS"
    sums.write_bytes(sums.read_bytes().replace(b"\n", b"\x0b", 1))
    assert repair(guarded).ok
    assert (files_of(guarded), files_of(parity(guarded))) == before


def test_a_copy_is_enough_without_any_parity(edition: Path, tmp_path: Path) -> None:
    copy = copied(edition, tmp_path)
    before = files_of(copy)
    flip(copy / ARTICLES, [5, 600_000])
    flip(copy / "manifest-sha256.txt", [70])
    (copy / "data/edition.json").unlink()
    done = repair(copy, [edition])
    assert done.ok
    assert files_of(copy) == before
    assert done.written < 40_000


def test_damage_to_both_of_two_copies_in_other_files_is_put_right_in_each(edition: Path, tmp_path: Path) -> None:
    one, two = copied(edition, tmp_path / "1"), copied(edition, tmp_path / "2")
    flip(one / ARTICLES, [5])
    flip(two / "data/articles/00000.parquet", [5])
    assert repair(one, [two]).ok
    assert repair(two, [one]).ok
    assert files_of(one) == files_of(two) == files_of(edition)


def test_two_damaged_copies_and_parity_give_what_none_of_them_can(guarded: Path, edition: Path, tmp_path: Path) -> None:
    before = files_of(guarded)
    other = copied(edition, tmp_path / "2")
    raw = bytearray(before[ARTICLES])
    (guarded / ARTICLES).write_bytes(raw[:100_000] + bytes(400_000) + raw[500_000:])
    (other / ARTICLES).write_bytes(raw[:450_000] + bytes(len(raw) - 450_000))
    assert repair(guarded, [other]).ok
    assert files_of(guarded) == before


def test_a_volume_is_put_right_from_the_others_and_all_of_them_from_the_edition(
    edition: Path, volumes: tuple[Path, ...], tmp_path: Path
) -> None:
    copies = []
    for volume in volumes:
        shutil.copytree(volume, tmp_path / volume.name)
        copies.append(tmp_path / volume.name)
    before = [files_of(copy, index=True) for copy in copies]
    shutil.rmtree(copies[1] / "files")
    (copies[1] / "volume.json").write_text("?")
    (copies[1] / "articles.tsv.gz").write_bytes(b"")
    (copies[6] / "parity.bin").write_bytes(b"short")
    (copies[6] / "pieces.bin").unlink()
    assert repair(copies[1], [*copies[0:1], *copies[2:6]]).ok
    assert repair(copies[6], [edition, copies[0]]).ok
    assert [files_of(copy, index=True) for copy in copies] == before


def test_what_nothing_speaks_for_is_said(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="no folder"):
        repair(tmp_path / "nowhere")
    (tmp_path / "mine").mkdir()
    with pytest.raises(EditionError, match="Nothing says"):
        repair(tmp_path / "mine")


def test_a_link_in_the_place_of_a_file_is_not_written_through(guarded: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"mine")
    (guarded / "data/edition.json").unlink()
    (guarded / "data/edition.json").symlink_to(tmp_path / "precious")
    with pytest.raises(Exception, match="cannot be repaired"):
        repair(guarded)
    assert (tmp_path / "precious").read_bytes() == b"mine"


def test_articles_of_another_edition_mend_a_file(edition: Path, tmp_path: Path) -> None:
    other = build_edition(tmp_path / "other", articles=300)
    copy = copied(edition, tmp_path)
    before = files_of(copy)
    flip(copy / "data/articles/00000.parquet", [90_000])
    done = repair(copy, [other])
    assert done.ok, done.lost
    assert 0 < done.articles <= 77
    assert files_of(copy) == before
    assert library.verify(copy).ok


def test_articles_that_are_other_ones_by_now_are_not_taken(edition: Path, tmp_path: Path) -> None:
    other = build_edition(tmp_path / "other", words=1100)
    copy = copied(edition, tmp_path)
    flip(copy / "data/articles/00000.parquet", [90_000])
    before = files_of(copy)
    done = repair(copy, [other])
    assert not done.ok
    assert files_of(copy) == before
    assert [path.name for path in tmp_path.iterdir() if "repairing" in path.name] == []


def test_volumes_mend_an_edition(edition: Path, tmp_path: Path) -> None:
    made = volumes_of(edition, tmp_path / "v")
    copy = copied(edition, tmp_path)
    (copy / ARTICLES).unlink()
    assert repair(copy, made.folders[2:]).ok
    assert files_of(copy) == files_of(edition)


def test_what_a_repair_that_was_killed_left_half_written_is_not_listed_as_part_of_the_parity(guarded: Path) -> None:
    before = files_of(parity(guarded))
    (parity(guarded) / "README.txt.1.part").write_bytes(b"half")
    flip(parity(guarded) / "SHA256SUMS", [3])
    assert repair(guarded).ok
    assert {**files_of(parity(guarded)), "README.txt.1.part": b"half"} == {**before, "README.txt.1.part": b"half"}
