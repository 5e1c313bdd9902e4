"""What is written: the same every time, whole or not at all, and what the reader needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.edition import Edition
from galactica.errors import UsageError
from galactica.spread.static import layout
from galactica.spread.static.layout import write_static
from galactica.spread.static.manifest import FILES, Manifest
from tests.spread.static.made import MemoryFiles, build_edition, lay_out, opened


def test_the_same_edition_gives_the_same_bytes(waters: Path, laid_out: Path, tmp_path: Path) -> None:
    again = lay_out(waters, tmp_path / "again")
    assert {each.name: each.read_bytes() for each in again.iterdir()} == MemoryFiles.of(laid_out).files


def test_the_manifest_names_every_file_and_the_root(waters: Path, laid_out: Path) -> None:
    manifest = Manifest.from_bytes((laid_out / "manifest.json").read_bytes())
    with Edition.open(waters) as edition:
        assert manifest.root == edition.root
        assert manifest.articles == len(edition)
    assert {each.name for each in laid_out.iterdir()} == {*FILES, "manifest.json"}
    assert all((laid_out / name).stat().st_size == manifest.file(name).size for name in FILES)


def test_nothing_is_written_over(laid_out: Path, waters: Path) -> None:
    with Edition.open(waters) as edition, pytest.raises(UsageError, match="exists already"):
        write_static(edition, laid_out)


def test_what_was_interrupted_has_no_name_and_is_made_again(
    waters: Path, laid_out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*args: object) -> None:
        raise KeyboardInterrupt

    out = tmp_path / "out"
    with monkeypatch.context() as patch, Edition.open(waters) as edition:
        patch.setattr(layout, "write_numbers", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_static(edition, out)
    assert not out.exists()
    lay_out(waters, out)
    assert MemoryFiles.of(out).files == MemoryFiles.of(laid_out).files
    assert not out.with_name("out.writing").exists()


@pytest.mark.parametrize("count", [1, 2, 255, 256, 257, 700])
def test_every_article_of_an_edition_of_any_size_is_proved(count: int, tmp_path: Path) -> None:
    rows = tuple(
        {"path": f"p{n}", "title": f"Thing {n}", "language": "en", "body": f"<p>Number {n} of things.</p>"}
        for n in range(count)
    )
    edition = opened(MemoryFiles.of(lay_out(build_edition(tmp_path, rows), tmp_path / "static")))
    titles = {each.article.title for each in edition.articles(range(count))}
    assert titles == {f"Thing {n}" for n in range(count)}


def test_articles_that_are_long_have_a_cell_each(tmp_path: Path) -> None:
    rows = tuple(
        {"path": f"p{n}", "title": f"Thing {n}", "language": "en", "body": f"<p>{'word ' * 2000}{n}</p>"}
        for n in range(5)
    )
    folder = lay_out(build_edition(tmp_path, rows), tmp_path / "static")
    edition = opened(MemoryFiles.of(folder))
    assert edition.manifest.cell_bits == 0
    assert len({place[0] for place in edition.places(range(5))}) == 5
    assert [each.number for each in edition.articles(range(5))] == list(range(5))
