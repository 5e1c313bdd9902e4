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
