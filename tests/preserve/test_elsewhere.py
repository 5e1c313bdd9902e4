"""Publications as a source: articles for what is damaged, leaf hashes for what is left."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from galactica import library
from galactica.edition import Edition
from galactica.edition.partial import has_whole_leaves, read_partial
from galactica.edition.proof import check_proof
from galactica.edition.proving import prove_article
from galactica.errors import EditionError
from galactica.library.preserving import recover, repair
from tests.preserve.made import build_edition, copied, files_of, flip

pytest.importorskip("zstandard")


@pytest.fixture(scope="module")
def published(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only read."""
    folder = tmp_path_factory.mktemp("published") / "publication"
    library.publish(edition, folder)
    return folder


@pytest.mark.parametrize(
    "hurt",
    [
        lambda copy: flip(copy / "data/articles/00000.parquet", [90_000]),
        lambda copy: (copy / "data/articles/00001.parquet").unlink(),
        lambda copy: [path.write_bytes(b"") for path in (copy / "data/articles").iterdir()],
    ],
    ids=["byte", "file", "all"],
)
def test_a_publication_mends_files_of_articles_that_nothing_else_guards(
    edition: Path, published: Path, tmp_path: Path, hurt: Callable[[Path], object]
) -> None:
    copy = copied(edition, tmp_path)
    before = files_of(copy)
    hurt(copy)
    done = repair(copy, [published])
    assert done.ok, done.lost
    assert done.articles > 0
    assert files_of(copy) == before
    assert library.verify(copy).ok
    assert repair(copy, [published]).written == 0


def test_an_edition_that_was_published_later_gives_the_articles_that_are_the_same(
    edition: Path, tmp_path: Path
) -> None:
    other = build_edition(tmp_path / "other", articles=300)
    library.publish(other, tmp_path / "publication")
    copy = copied(edition, tmp_path)
    before = files_of(copy)
    (copy / "data/articles/00001.parquet").unlink()
    assert repair(copy, [tmp_path / "publication"]).ok
    assert files_of(copy) == before


def test_packs_that_rotted_or_are_of_other_articles_give_nothing_and_that_is_said(
    edition: Path, published: Path, tmp_path: Path
) -> None:
    rotten = tmp_path / "publication"
    shutil.copytree(published, rotten)
    for path in (rotten / "objects").rglob("*"):
        if path.is_file():
            flip(path, [path.stat().st_size // 2])
    library.publish(build_edition(tmp_path / "other", words=1100), tmp_path / "others")
    copy = copied(edition, tmp_path)
    (copy / "data/articles/00001.parquet").unlink()
    before = files_of(copy)
    done = repair(copy, [rotten, tmp_path / "others"])
    assert [each.where for each in done.lost] == ["data/articles/00001.parquet"]
    assert files_of(copy) == before
    assert [path.name for path in tmp_path.iterdir() if "repairing" in path.name] == []


def test_what_too_few_volumes_have_left_is_proved_against_the_whole_with_the_leaf_hashes_of_a_publication(
    edition: Path, published: Path, volumes: tuple[Path, ...], tmp_path: Path
) -> None:
    out = tmp_path / "left.edition"
    found = recover([volumes[0], volumes[2], volumes[4], volumes[6], published], out)
    assert not found.whole
    whole = read_partial(out)
    assert whole is not None
    assert has_whole_leaves(out, whole)
    with Edition.open(out) as left:
        assert 0 < len(left) < whole.articles[1]
        for row in range(len(left)):
            assert check_proof(prove_article(left, row), found.root)


def test_without_leaf_hashes_or_with_false_ones_what_is_left_says_that_it_cannot_be_proved(
    edition: Path, published: Path, volumes: tuple[Path, ...], tmp_path: Path
) -> None:
    rotten = tmp_path / "publication"
    shutil.copytree(published, rotten)
    for path in (rotten / "objects").rglob("*"):
        if path.is_file():
            flip(path, [7])
    out = tmp_path / "left.edition"
    assert not recover([volumes[0], volumes[2], volumes[4], volumes[6], rotten], out).whole
    whole = read_partial(out)
    assert whole is not None
    assert not has_whole_leaves(out, whole)
    with Edition.open(out) as left, pytest.raises(EditionError, match="hashes that prove"):
        prove_article(left, 0)
