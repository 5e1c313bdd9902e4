"""Lists for browsing: letters, titles from A to Z, categories."""

from __future__ import annotations

from pathlib import Path

from galactica.edition import Edition
from galactica.edition.catalogue import Catalogue
from galactica.library import build


def test_categories_and_titles_are_found_from_any_start(tmp_path: Path) -> None:
    lines = [
        f'{{"title": "{title}", "text": "It is about {title}.", "category": "{category}"}}'
        for title, category in (("Beta", "Greek"), ("alpha", "Greek"), ("Äpfel", "Fruit"), ("波兰", "Places"))
    ]
    (tmp_path / "t.jsonl").write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "a.edition"
    build(out, [tmp_path / "t.jsonl"], workers=0)
    with Edition.open(out) as edition:
        lists = Catalogue(edition)
        assert lists.categories() == [("Fruit", 1), ("Greek", 2), ("Places", 1)]
        assert lists.categories(start="G", limit=1) == [("Greek", 2)]
        assert [head.title for head in lists.category("Greek", limit=9)] == ["alpha", "Beta"]
        assert lists.category("Nothing", limit=9) == []
        assert [head.title for head in lists.titles("b", 9)] == ["Beta", "波兰"]
        assert lists.letters() == (("latin", "A", 2), ("latin", "B", 1), ("pinyin", "B", 1))
        assert [head.title for head in lists.titles(skip=2, limit=1)] == ["Beta"]
