"""A web archive becomes part of an edition: its pictures where pages show them, its redirects, its sites."""

from __future__ import annotations

import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from galactica.edition import Edition
from galactica.edition.verify import verify_edition
from galactica.library import build
from tests.sources.warcs import PNG, packed, page, response

HOST = "http://example.com"
PROSE = "<p>Rivers run to the sea, and the sea is never full; that is what this page is about, said at length.</p>"
RECORDS = (
    response(f"{HOST}/", page("Rivers", f"{PROSE}<p><img src='/a.png'> and <a href='/sea'>the sea</a></p>")),
    response(f"{HOST}/sea", "", status="301 Moved", Location="/seas"),
    response(f"{HOST}/seas", page("Seas", f"{PROSE}<p><a href='/b.bin'>a file</a></p>")),
    response(f"{HOST}/a.png", PNG, kind="image/png"),
    response(f"{HOST}/b.bin", b"\x00\x01bytes", kind="application/octet-stream"),
    response(f"{HOST}/c.png", PNG + b"c", kind="image/png"),
)


def written(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "rivers.warc.gz"
    path.write_bytes(packed(*RECORDS))
    return path


def archive(folder: Path) -> Path:
    """The same in a tar."""
    path = written(folder)
    tar = folder / "all.tar"
    with tarfile.open(tar, "w") as out:
        out.add(path, "old/rivers.warc.gz")
    path.unlink()
    return tar


@pytest.mark.parametrize("make", [written, lambda folder: written(folder).parent, archive])
def test_files_are_kept_where_pages_show_them_or_link_to_them(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    out = tmp_path / "out.edition"
    build(out, [make(tmp_path / "shelf")], meaning=False)
    with Edition.open(out) as edition:
        kept = {path for item, _ in edition.media.items() for source, path in item.names if source == "rivers"}
        left = {each.where: each.reason for each in edition.rejected()}
        articles = {article.path: article for _, article in edition.scan()}
        works = [(work.path, work.kind) for work in edition.works()]
    assert kept == {"example.com/a.png", "example.com/b.bin"}
    assert left == {"example.com/c.png": "not-linked"}
    assert [alias.path for alias in articles["example.com/seas"].aliases if alias.path] == ["example.com/sea"]
    assert "./example.com/a.png" in articles["example.com/"].body
    assert works == [("example.com", "site")]
    assert verify_edition(out).ok


def test_archives_of_one_crawl_that_lie_side_by_side_are_one_source(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    for number, record in enumerate(RECORDS):
        (shelf / f"crawl-{number:05}.warc.gz").write_bytes(packed(record))
    (shelf / "other.warc").write_bytes(response("http://other.org/", page("Other", PROSE)))
    out = tmp_path / "out.edition"
    build(out, [shelf], meaning=False)
    with Edition.open(out) as edition:
        kept = {(source, path) for item, _ in edition.media.items() for source, path in item.names}
        articles = {(article.source, article.path): article for _, article in edition.scan()}
        left = {each.where: each.reason for each in edition.rejected()}
    assert set(articles) == {("crawl", "example.com/"), ("crawl", "example.com/seas"), ("other", "other.org/")}
    assert kept == {("crawl", "example.com/a.png"), ("crawl", "example.com/b.bin")}
    assert "./example.com/sea" in articles["crawl", "example.com/"].body
    assert left == {"example.com/c.png": "not-linked"}


def test_a_damaged_first_archive_of_a_crawl_hides_none_of_the_others(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "crawl-00000.warc.gz").write_bytes(b"\x89PNG\r\n\x1a\n")
    (shelf / "crawl-00001.warc").write_bytes(b"\n\n")
    (shelf / "crawl-00002.warc").write_bytes(RECORDS[0])
    (shelf / "crawl-00003.warc").write_bytes(RECORDS[2])
    out = tmp_path / "out.edition"
    build(out, [shelf], meaning=False)
    with Edition.open(out) as edition:
        assert {article.path for _, article in edition.scan()} == {"example.com/", "example.com/seas"}
        left = {each.where for each in edition.rejected()}
    assert left == {"crawl-00000.warc.gz: record 1", "crawl-00001.warc: record 1"}


def test_an_archive_that_is_named_itself_stands_alone(tmp_path: Path) -> None:
    for number, record in enumerate(RECORDS[:2]):
        (tmp_path / f"crawl-{number:05}.warc").write_bytes(record)
    out = tmp_path / "out.edition"
    build(out, [tmp_path / "crawl-00000.warc"], meaning=False)
    with Edition.open(out) as edition:
        assert [article.source for _, article in edition.scan()] == ["crawl-00000"]
