"""Volumes and parity: what stands in them, that they are the same each time, and that nothing is written over."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
from pathlib import Path

import pytest

from galactica.errors import EditionError, UsageError
from galactica.library.preserving import protect
from galactica.preserve.described import parse_set
from tests.codes.cauchy import plain
from tests.preserve.made import copied, files_of, flip, volumes_of


def test_each_volume_says_what_it_is_and_lists_the_sha256_of_all_that_lies_there(volumes: tuple[Path, ...]) -> None:
    for number, volume in enumerate(volumes):
        readme = (volume / "README.txt").read_text()
        assert "ANY 5 OF THE 7 VOLUMES ARE ENOUGH" in " ".join(readme.split())
        assert "python3 -I restore.py" in readme
        assert json.loads((volume / "volume.json").read_text())["shard"] == number
        listed = dict(line.split("  ", 1)[::-1] for line in (volume / "SHA256SUMS").read_text().splitlines())
        there = {p.relative_to(volume).as_posix() for p in volume.rglob("*") if p.is_file()} - {"SHA256SUMS"}
        assert set(listed) == there
        assert all(hashlib.sha256((volume / name).read_bytes()).hexdigest() == listed[name] for name in there)


def test_what_is_the_same_in_all_volumes_is_and_names_the_set(volumes: tuple[Path, ...]) -> None:
    for name in ("set.json", "pieces.bin", "articles.tsv.gz", "footers.json.gz", "FORMAT.txt", "restore.py"):
        assert len({(volume / name).read_bytes() for volume in volumes}) == 1
    name = hashlib.sha256((volumes[0] / "set.json").read_bytes()).hexdigest()
    assert all(json.loads((volume / "volume.json").read_text())["set"] == name for volume in volumes)
    assert all(name in (volume / "README.txt").read_text() for volume in volumes)


def test_data_volumes_hold_files_as_they_are_which_together_are_the_edition(
    edition: Path, volumes: tuple[Path, ...]
) -> None:
    described = parse_set((volumes[0] / "set.json").read_bytes())
    whole: dict[str, bytes] = {}
    for volume in volumes[:5]:
        for path in sorted((volume / "files").rglob("*")):
            if path.is_file():
                name = path.relative_to(volume / "files").as_posix().partition(".cut-")[0]
                whole[name] = whole.get(name, b"") + path.read_bytes()
    expected = files_of(edition)
    assert {name: raw for name, raw in expected.items() if raw} == whole
    assert [file.path for file in described.files] == sorted(expected)


def test_parity_is_what_the_definition_of_the_code_gives(edition: Path, tmp_path: Path) -> None:
    made = protect(edition, volumes=5, survive=2, out=[tmp_path], day="2026-01-02")
    described = parse_set((made.folders[0] / "set.json").read_bytes())
    stream = b"".join(files_of(edition)[file.path] for file in described.files)
    shards = [stream[at * described.shard :][: described.shard].ljust(described.shard, b"\0") for at in range(3)]
    first = [shard[: min(described.piece, 65536)] for shard in shards]
    small = first
    width = len(small[0]) // 8
    chosen = [b"".join(piece[p * width : p * width + 4] for p in range(8)) for piece in small]  # columns 0 to 31
    for number, expected in enumerate(plain.parity_of(chosen, 2)):
        parity = (made.folders[3 + number] / "parity.bin").read_bytes()
        assert len(parity) == described.shard
        assert b"".join(parity[p * width : p * width + 4] for p in range(8)) == expected
    assert (made.folders[3] / "parity.bin").read_bytes()[:4096] == bytes(
        a ^ b ^ c for a, b, c in zip(*(shard[:4096] for shard in shards), strict=True)
    )


def test_the_table_has_the_sha256_of_each_piece(edition: Path, volumes: tuple[Path, ...]) -> None:
    described = parse_set((volumes[0] / "set.json").read_bytes())
    table = (volumes[0] / "pieces.bin").read_bytes()
    parity = (volumes[6] / "parity.bin").read_bytes()
    for index in range(described.pieces):
        at = (6 * described.pieces + index) * 32
        piece = parity[index * described.piece : (index + 1) * described.piece]
        assert hashlib.sha256(piece).digest() == table[at : at + 32]


def test_the_same_edition_gives_the_same_volumes(edition: Path, volumes: tuple[Path, ...], tmp_path: Path) -> None:
    again = volumes_of(edition, tmp_path)
    for one, other in zip(volumes, again.folders, strict=True):
        assert files_of(one, index=True) == files_of(other, index=True)


def test_what_is_stored_is_at_the_bound_of_any_code_and_little_besides(
    edition: Path, volumes: tuple[Path, ...]
) -> None:
    described = parse_set((volumes[0] / "set.json").read_bytes())
    size = sum(map(len, files_of(edition).values()))
    assert described.size == size
    assert described.shard < size / 5 + 64
    shards = sum(
        path.stat().st_size
        for volume in volumes
        for path in volume.rglob("*")
        if path.is_file() and (path.name == "parity.bin" or "files" in path.relative_to(volume).parts)
    )
    assert shards == size + 2 * described.shard


def test_made_again_nothing_is_done_and_another_thing_in_its_place_is_never_replaced(
    edition: Path, tmp_path: Path
) -> None:
    first = volumes_of(edition, tmp_path)
    before = {folder: files_of(folder, index=True) for folder in first.folders}
    assert volumes_of(edition, tmp_path).again
    assert {folder: files_of(folder, index=True) for folder in first.folders} == before
    with pytest.raises(UsageError, match="is there already"):
        protect(edition, volumes=7, survive=3, out=[tmp_path])
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "mine").touch()
    with pytest.raises(UsageError, match="is there already"):
        protect(edition, percent=10, out=[tmp_path / "x"])
    assert (tmp_path / "x" / "mine").exists()


def test_an_edition_that_is_damaged_is_not_protected(edition: Path, tmp_path: Path) -> None:
    copy = copied(edition, tmp_path)
    flip(copy / "data/articles/00000.parquet", [5000])
    with pytest.raises(EditionError, match="not what the manifest says"):
        volumes_of(copy, tmp_path)
    (copy / "data/articles/00000.parquet").unlink()
    with pytest.raises(EditionError, match="is missing"):
        protect(copy, percent=10)
    assert [path.name for path in tmp_path.iterdir()] == ["copy.edition"]


def test_a_link_is_not_followed(edition: Path, tmp_path: Path) -> None:
    copy = copied(edition, tmp_path)
    (copy / "data" / "extra").symlink_to("/etc/hostname")
    with pytest.raises(EditionError, match="is a link"):
        protect(copy, percent=10)


@pytest.mark.parametrize(
    ("volumes", "survive", "percent", "places"),
    [
        *((0, 0, 0, 0), (5, 2, 10, 1), (5, 0, 0, 1), (5, 5, 0, 1)),
        *((5, 2, 0, 3), (256, 2, 0, 1), (0, 0, 26, 1), (0, 0, 10, 2)),
    ],
)
def test_what_makes_no_sense_is_said(
    edition: Path, tmp_path: Path, volumes: int, survive: int, percent: int, places: int
) -> None:
    out = [tmp_path / str(number) for number in range(places)]
    with pytest.raises(UsageError):
        protect(edition, volumes=volumes, survive=survive, percent=percent, out=out)


def test_parity_stands_beside_the_edition_which_stays_a_valid_bag(edition: Path, tmp_path: Path) -> None:
    import bagit

    copy = copied(edition, tmp_path)
    before = files_of(copy, index=True)
    made = protect(copy, percent=10)
    assert made.folders == (tmp_path / "copy.edition.parity",)
    assert (made.data, made.parity) == (200, 20)
    assert files_of(copy, index=True) == before
    assert bagit.Bag(str(copy)).is_valid()
    copies = {(made.folders[0] / f"set.json{end}").read_bytes() for end in ("", ".2", ".3", ".4", ".5")}
    assert len(copies) == 1


def test_parity_may_stand_in_the_edition_outside_of_the_payload(edition: Path, tmp_path: Path) -> None:
    import bagit

    copy = copied(edition, tmp_path)
    made = protect(copy, percent=5, out=[copy / "parity"])
    assert bagit.Bag(str(copy)).is_valid()
    assert protect(copy, percent=5, out=[copy / "parity"]).again
    assert made.folders == (copy / "parity",)


def test_indexes_are_protected_where_it_is_asked_for(edition: Path, tmp_path: Path) -> None:
    made = protect(edition, volumes=3, survive=1, out=[tmp_path], index=True)
    described = parse_set((made.folders[0] / "set.json").read_bytes())
    assert any(file.path.startswith("index/") for file in described.files)


def test_the_list_of_articles_names_each_in_a_line_that_tabs_divide(edition: Path, volumes: tuple[Path, ...]) -> None:
    lines = gzip.decompress((volumes[3] / "articles.tsv.gz").read_bytes()).decode().splitlines()
    assert len(lines) == 240
    assert lines[0].split("\t") == ["0", "en", "tarns", "a/0", "Tarn 0 of\\\\n 0"]


def test_sha256sum_finds_every_volume_sound(volumes: tuple[Path, ...]) -> None:
    for volume in volumes:
        done = subprocess.run(
            ["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=volume, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stdout
