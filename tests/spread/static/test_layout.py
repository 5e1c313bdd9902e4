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
    assert MemoryFiles.of(again).files == MemoryFiles.of(laid_out).files


def test_the_manifest_names_every_file_and_the_root(waters: Path, laid_out: Path) -> None:
    manifest = Manifest.from_bytes((laid_out / "manifest.json").read_bytes())
    with Edition.open(waters) as edition:
        assert manifest.root == edition.root
        assert manifest.articles == len(edition)
    place = laid_out / manifest.root[:16]
    assert {each.name for each in laid_out.iterdir()} == {"manifest.json", "start", place.name}
    assert {each.name for each in place.iterdir()} == set(FILES)
    assert all((place / name).stat().st_size == manifest.file(name).size for name in FILES)


def test_few_sources_are_read_with_what_is_read_first(waters: Path, tmp_path: Path) -> None:
    files = MemoryFiles.of(lay_out(waters, tmp_path / "out", sources_at_once=1000))
    edition = opened(files)
    assert [source.key for source in edition.sources.values()] == ["waters"]
    assert "sources" not in {name for name, _, _ in files.asked}


def test_what_lies_there_already_is_not_made_again(waters: Path, tmp_path: Path) -> None:
    out = lay_out(waters, tmp_path / "out")
    with Edition.open(waters) as edition:
        assert not write_static(edition, out).new
        spoiled = out / edition.root[:16] / "terms"
        spoiled.write_bytes(b"x" * spoiled.stat().st_size)
        assert write_static(edition, out).new


def test_a_newer_edition_takes_the_place_and_the_one_before_stays_for_its_readers(waters: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    rows = [({"path": f"p{n}", "title": f"T{n}", "language": "en", "body": f"<p>{n}.</p>"},) for n in range(3)]
    editions = [build_edition(tmp_path, each, f"e{n}") for n, each in enumerate(rows)]
    roots = []
    for path in editions:
        lay_out(path, out)
        with Edition.open(path) as edition:
            roots.append(edition.root[:16])
    assert {each.name for each in out.iterdir()} == {"manifest.json", "start", roots[1], roots[2]}


@pytest.mark.parametrize("name", ["notes.txt", "data"])
def test_nothing_else_is_written_over(waters: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "out" / name).mkdir(parents=True)
    with Edition.open(waters) as edition, pytest.raises(UsageError, match="not empty"):
        write_static(edition, tmp_path / "out")
    (tmp_path / "file").write_text("x")
    with Edition.open(waters) as edition, pytest.raises(UsageError, match="no folder"):
        write_static(edition, tmp_path / "file")


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
    assert [each.name[16:] for each in out.iterdir()] == [".writing"]
    lay_out(waters, out)
    assert MemoryFiles.of(out).files == MemoryFiles.of(laid_out).files


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
