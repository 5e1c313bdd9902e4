"""An article that was just read is not unpacked again; what is kept is bounded."""

from __future__ import annotations

import pytest

from galactica import library
from galactica.codes.cache import Cache
from galactica.edition import Edition
from galactica.edition import read as reading


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reading")
    source = folder / "pages"
    source.mkdir()
    for number in range(30):
        (source / f"{number}.txt").write_text(f"Harbour {number}\n\n" + f"ship{number} " * 500, encoding="utf-8")
    library.build(folder / "many.edition", [source], workers=0)
    return folder / "many.edition"


def test_an_article_is_unpacked_and_compared_once_for_its_words_and_its_pictures(many, monkeypatch):
    compared = []
    check = Edition._check
    monkeypatch.setattr(Edition, "_check", lambda self, *given: (compared.append(given[1].title), check(self, *given)))
    with Edition.open(many) as edition:
        assert edition.body(3) == edition.article(3).body
        assert edition.body(4) != edition.body(3)
    assert len(compared) == 2


def test_kept_articles_are_bounded(many, monkeypatch):
    with Edition.open(many) as edition:
        edition._articles = Cache(10_000)
        for row in range(len(edition)):
            edition.article(row)
        assert 0 < edition._articles._weight <= 10_000
    assert reading._KEPT_ARTICLES <= 4_000_000
