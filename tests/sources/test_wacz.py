"""WACZ: several archives in one zip are one source, and what lies besides them is told."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from galactica.errors import InputError
from galactica.model import Attachment, Document, MediaFile, Rejected, SourceStatement
from galactica.sources.contract import SourceOptions
from galactica.sources.formats import open_source
from galactica.sources.wacz import WaczSource
from tests.sources.promised import check
from tests.sources.samples import zip_of
from tests.sources.warcs import HOST, PNG, packed, page, response

ABOUT = {"title": "A site", "created": "2024-05-06T07:08:09Z", "wacz_version": "1.1.1"}
FILES = {
    "datapackage.json": json.dumps(ABOUT).encode(),
    "pages/pages.jsonl": b'{"format": "json-pages-1.0", "id": "pages", "title": "All"}\n{"url": "http://example.com/"}\n',
    "indexes/index.cdx.gz": b"x",
    "archive/b.warc.gz": packed(response(f"{HOST}/a.png", PNG, kind="image/png")),
    "archive/a.warc.gz": packed(response(f"{HOST}/", page("Moon", "<p>Round.</p><img src='/a.png'>"))),
}


def written(tmp_path: Path, files: dict[str, bytes]) -> Path:
    path = tmp_path / "site.wacz"
    path.write_bytes(zip_of(files))
    return path


def test_its_archives_are_one_source_with_its_title_and_day(tmp_path: Path):
    with WaczSource(written(tmp_path, FILES), SourceOptions(scratch=tmp_path / "work")) as source:
        about = source.source
        items = list(source.read())
        found = list(source.fetch(lambda path: True, lambda prefix: True, 1000))
    check(items)
    assert (about.key, about.title, about.date, about.format) == ("site", "A site", "2024-05-06", "wacz")
    (document,) = (item for item in items if isinstance(item, Document))
    assert 'src="/example.com/a.png"' in document.content
    assert [item.path for item in items if isinstance(item, Attachment)] == ["example.com/a.png"]
    assert [item.content for item in found if isinstance(item, MediaFile)] == [PNG]
    assert Counter(item.reason for item in items if isinstance(item, Rejected)) == {"archive-record": 3}
    assert sum(isinstance(item, SourceStatement) for item in items) == 1
    assert not list((tmp_path / "work").iterdir())


def test_one_without_an_archive_is_an_error_that_helps(tmp_path: Path):
    with pytest.raises(InputError):
        open_source(written(tmp_path, {"pages/pages.jsonl": b"{}"}))


def test_a_damaged_archive_in_it_costs_itself_alone(tmp_path: Path):
    raw = bytearray(zip_of(FILES))
    place = raw.find(FILES["archive/b.warc.gz"][:12])
    raw[place if place >= 0 else raw.find(b"archive/b.warc.gz") + 30] ^= 0xFF
    path = tmp_path / "site.wacz"
    path.write_bytes(raw)
    with open_source(path) as source:
        items = list(source.read())
    assert [item.path for item in items if isinstance(item, Document)] == ["example.com/"]
    assert any(item.where == "archive/b.warc.gz" for item in items if isinstance(item, Rejected))


def test_in_a_folder_it_is_a_source_of_its_own(tmp_path: Path):
    (tmp_path / "shelf").mkdir()
    written(tmp_path / "shelf", FILES)
    with open_source(tmp_path / "shelf") as source:
        items = list(source.read())
    assert [(item.source, item.path) for item in items if isinstance(item, Document)] == [("site", "example.com/")]
