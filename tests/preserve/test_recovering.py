"""Back from volumes: from any that are enough, by the program and by the script alone; and what is left of too few."""

from __future__ import annotations

import ast
import itertools
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from galactica import library
from galactica.edition import Edition
from galactica.errors import EditionError, UsageError
from galactica.library.preserving import protect, recover
from galactica.preserve import restore
from galactica.preserve.described import parse_set
from galactica.preserve.recovering import MISSING
from tests.preserve.made import ARTICLES, build_edition, copied, files_of, flip, volumes_of


def alone(*words: Path | str) -> subprocess.CompletedProcess[str]:
    """restore.py as a stranger runs it: isolated, with nothing of the project."""
    script = Path(restore.__file__)
    return subprocess.run(
        [sys.executable, "-I", str(script), *map(str, words)], capture_output=True, text=True, check=False
    )


def damaged(volume: Path, folder: Path, places: list[int]) -> Path:
    """A copy of a volume with wrong bytes in its shard."""
    copy = folder / volume.name
    shutil.copytree(volume, copy)
    files = [p for p in sorted(copy.rglob("*")) if p.name == "parity.bin" or ("files" in p.parts and p.is_file())]
    flip(max(files, key=lambda p: p.stat().st_size), places)
    return copy


def test_every_choice_of_enough_volumes_restores_the_edition(
    edition: Path, volumes: tuple[Path, ...], tmp_path: Path
) -> None:
    expected = files_of(edition)
    for number, chosen in enumerate(itertools.combinations(volumes, 5)):
        out = tmp_path / f"{number}.edition"
        found = recover(list(chosen), out, index=False)
        assert found.whole
        assert files_of(out) == expected
        shutil.rmtree(out)


def test_what_is_restored_is_a_valid_bag_with_the_same_root_that_is_searched(
    edition: Path, volumes: tuple[Path, ...], tmp_path: Path
) -> None:
    import bagit

    out = tmp_path / "out.edition"
    assert recover([volumes[1], *volumes[3:]], out).whole
    assert bagit.Bag(str(out)).is_valid()
    assert library.verify(out).ok
    with library.open_library([out]) as opened:
        assert opened.search("Tarn 17").hits
    assert [path.name for path in tmp_path.iterdir()] == ["out.edition"]


@pytest.mark.parametrize("lost", [(0, 1), (2, 6), (5, 6), (0, 5)])
def test_the_script_alone_restores_it(
    edition: Path, volumes: tuple[Path, ...], tmp_path: Path, lost: tuple[int, int]
) -> None:
    chosen = [volume for number, volume in enumerate(volumes) if number not in lost]
    done = alone(*chosen, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert files_of(tmp_path / "out") == files_of(edition)
    assert "all right" in done.stdout


def test_the_script_restores_from_volumes_that_are_all_damaged_in_other_places(
    edition: Path, volumes: tuple[Path, ...], tmp_path: Path
) -> None:
    described = parse_set((volumes[0] / "set.json").read_bytes())
    hurt = [damaged(v, tmp_path, [at * described.piece + 99]) for at, v in enumerate(volumes)]
    done = alone(*hurt, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert files_of(tmp_path / "out") == files_of(edition)


def test_the_script_says_which_files_too_few_volumes_cannot_give(volumes: tuple[Path, ...], tmp_path: Path) -> None:
    done = alone(*volumes[1:5], tmp_path / "out")
    assert done.returncode == 1
    assert "not whole: bag-info.txt" in done.stderr
    assert "5 are needed" in done.stderr
    assert not (tmp_path / "out").exists()


def test_the_script_refuses_what_is_no_volume_volumes_of_two_sets_and_a_place_that_is_taken(
    edition: Path, volumes: tuple[Path, ...], tmp_path: Path
) -> None:
    other = volumes_of(edition, tmp_path, volumes=4, survive=1).folders
    assert "another set" in alone(volumes[0], other[1], tmp_path / "out").stderr
    assert "None of these folders" in alone(tmp_path, tmp_path / "out").stderr
    assert alone(volumes[0], tmp_path).returncode == 2
    assert alone("--help").returncode == 2


def test_the_script_writes_nothing_outside_of_its_folder(volumes: tuple[Path, ...], tmp_path: Path) -> None:
    evil = tmp_path / "evil"
    shutil.copytree(volumes[0], evil)
    found = json.loads((evil / "set.json").read_bytes())
    found["files"][0][0] = "../../stolen"
    (evil / "set.json").write_text(json.dumps(found, sort_keys=True, indent=1) + "\n")
    assert "outside" in alone(evil, *volumes[1:], tmp_path / "in" / "out").stderr or not (tmp_path / "stolen").exists()
    with pytest.raises(EditionError):
        recover([evil], tmp_path / "out.edition")
    assert not (tmp_path / "stolen").exists()


def test_the_script_needs_the_standard_library_alone() -> None:
    tree = ast.parse(Path(restore.__file__).read_text(encoding="utf-8"), feature_version=(3, 8))
    modules = {
        (node.module or "").partition(".")[0] if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert modules <= set(sys.stdlib_module_names)


def test_with_one_volume_too_few_the_rest_opens_and_what_is_missing_is_named(
    edition: Path, volumes: tuple[Path, ...], tmp_path: Path
) -> None:
    import bagit

    out = tmp_path / "left.edition"
    found = recover([volumes[0], volumes[2], volumes[4], volumes[6]], out)
    assert not found.whole
    assert (found.volumes, found.needed) == (4, 5)
    assert 0 < found.here < ARTICLES
    assert found.here + len(found.missing) == found.articles == ARTICLES
    assert bagit.Bag(str(out)).is_valid()
    assert library.verify(out).ok
    with Edition.open(edition) as whole, Edition.open(out) as left:
        here = {article.path: article.body for _, article in left.scan()}
        there = {article.path: article for _, article in whole.scan()}
        assert all(there[path].body == body for path, body in here.items())
        assert {each.path for each in found.missing} == set(there) - set(here)
        assert all(there[each.path].title == each.title for each in found.missing)
    assert json.loads((out / "partial.json").read_text())["root"] == found.root
    assert len((out / MISSING).read_text().splitlines()) == len(found.missing)
    with library.open_library([out]) as opened:
        assert opened.search(f"Tarn {sorted(here)[0].partition('/')[2]}").hits


def test_volumes_that_rot_below_the_bound_still_give_single_articles(
    edition: Path, volumes: tuple[Path, ...], tmp_path: Path
) -> None:
    hurt = damaged(volumes[0], tmp_path, [100_000])  # in one page of bodies of the first file
    found = recover([hurt, *volumes[1:4]], tmp_path / "left.edition")
    assert not found.whole
    assert 0 < found.here < 77
    with Edition.open(edition) as whole, Edition.open(tmp_path / "left.edition") as left:
        there = {article.path: article for _, article in whole.scan()}
        assert all(there[article.path] == article for _, article in left.scan())
        assert len(left) == found.here


def test_nothing_is_left_of_one_volume_of_parity(volumes: tuple[Path, ...], tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="No article"):
        recover([volumes[6]], tmp_path / "out.edition")
    assert not (tmp_path / "out.edition").exists()


def test_volumes_of_two_editions_are_told_apart(volumes: tuple[Path, ...], tmp_path: Path) -> None:
    other = build_edition(tmp_path / "other", articles=20)
    mixed = volumes_of(other, tmp_path).folders
    with pytest.raises(UsageError, match="several sets"):
        recover([volumes[0], mixed[1], *volumes[2:6]], tmp_path / "out.edition")


def test_a_volume_that_forgot_its_number_is_known_by_its_pieces(
    edition: Path, volumes: tuple[Path, ...], tmp_path: Path
) -> None:
    hurt = []
    for volume in volumes[2:]:
        copy = tmp_path / volume.name
        shutil.copytree(volume, copy)
        (copy / "volume.json").write_text("{")
        hurt.append(copy)
    (hurt[0] / "set.json").write_text("nothing")
    (hurt[1] / "pieces.bin").unlink()
    assert recover(hurt, tmp_path / "out.edition", index=False).whole
    assert files_of(tmp_path / "out.edition") == files_of(edition)


def test_a_damaged_copy_and_its_parity_are_volumes_too(edition: Path, tmp_path: Path) -> None:
    copy = copied(edition, tmp_path)
    protect(copy, percent=10)
    flip(copy / "data/articles/00000.parquet", [9, 99_999])
    (copy / "data/edition.json").unlink()
    (copy / "data/sources/00000.parquet").unlink()
    assert recover([copy], tmp_path / "out.edition", index=False).whole
    assert files_of(tmp_path / "out.edition") == files_of(edition)
    done = alone(tmp_path / "copy.edition.parity", copy, tmp_path / "out2")
    assert done.returncode == 0, done.stderr


def test_nothing_is_made_where_something_stands(volumes: tuple[Path, ...], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is there already"):
        recover(list(volumes), tmp_path)
    with pytest.raises(EditionError, match="no folder"):
        recover([tmp_path / "nowhere"], tmp_path / "out")
