"""Editions of every version of the format ever written can be read, and have the root they had.

They are made once by tools/make_compat.py and never again; their indexes, which are derived, are left out.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from galactica.edition import Edition
from galactica.edition.compare import diff
from galactica.edition.parts import Parts
from galactica.edition.verify import verify_edition
from galactica.library import build, index, open_library
from galactica.model.projection import outline

HERE = Path(__file__).parent
ROOTS = {
    "edition-v1": "26155a9e1e96496da41e70b385efd05e29e794ff1b0b505177b566923bd11268",
    "edition-v2": "ff7bbe242ca825f7a2d8fa1d5f7a19728bee5c724ecc737dbaa059c19cf47621",
}


@pytest.mark.parametrize("name", ROOTS)
def test_an_edition_of_an_old_version_verifies(name: str) -> None:
    found = verify_edition(HERE / name)
    assert found.root == ROOTS[name]
    assert [p for p in found.problems if not p.where.startswith("index/")] == []


@pytest.mark.parametrize(("name", "number"), [("edition-v1", 0), ("edition-v2", 1)])
def test_ids_are_anchors_since_version_2(name: str, number: int) -> None:
    with Edition.open(HERE / name) as edition:
        assert len(edition.anchors(outline('<p id="page:4">x</p>'))) == number
        assert edition.belonging(0)[0] is None
        assert edition.headings(0) == ()


@pytest.mark.parametrize("name", ROOTS)
def test_an_edition_of_an_old_version_is_read_and_searched(name: str, tmp_path: Path) -> None:
    copy = tmp_path / f"{name}.edition"
    shutil.copytree(HERE / name, copy)
    index(copy, threads=1)
    with Edition.open(copy) as edition:
        titles = [a.title for _, a in edition.scan() if not a.work]
        assert titles == ["海湾", "The harbour", "A note"]
        assert 'href="./b/zh.html"' in edition.article(1).body
        found = edition.media.read("harbour", "boat.png")
        assert found is not None
        assert found[0].mime == "image/png"
    with open_library([copy]) as library:
        assert library.search("depth of the harbour").hits[0].title == "The harbour"
        assert library.search("港口").hits[0].title == "海湾"


def test_works_parts_statements_and_anchors_of_version_2_are_read(tmp_path: Path) -> None:
    copy = tmp_path / "v2.edition"
    shutil.copytree(HERE / "edition-v2", copy)
    index(copy, threads=1)
    with Edition.open(copy) as edition:
        (work,) = edition.works()
        assert (work.source, work.path, work.kind) == ("logs", "log", "collection")
        parts = [edition.article(row) for row in Parts(edition).of(work)]
        assert [(part.title, part.part, part.headings) for part in parts] == [
            ("Day 1", 1, ("The voyage",)),
            ("Day 2", 2, ("The voyage",)),
        ]
        assert parts[0].creators == ("Ada Lind",)
        assert parts[0].published == "1843-05"
        assert parts[0].identifiers == ("wikidata:Q1",)
        (statement,) = edition.statements()
        assert (statement.value, statement.unit, statement.bounds) == ("17.28", "m", ("17", "18"))
        assert statement.qualifiers[0].value == "1843"
        assert statement.references[0][0].value == "Ada Lind"
        assert '<h2 id="page:2">Boats</h2>' in edition.article(1).body


def test_an_edition_of_an_old_version_is_a_parent_of_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("Boats leave at six.")
    old = HERE / "edition-v1"
    info = build(tmp_path / "new.edition", [tmp_path / "texts"], parent=old, workers=0, meaning=False)
    assert (info.format_version, info.number, info.parent) == (2, 2, ROOTS["edition-v1"])
    again = diff(old, tmp_path / "new.edition")
    assert (len(again.added), len(again.removed), again.same) == (1, 3, 0)


def test_editions_of_both_versions_are_the_same_where_their_articles_are() -> None:
    found = diff(HERE / "edition-v1", HERE / "edition-v2")
    assert found.same == 2  # the third has an anchor in its body
    assert [change.title for change in found.changed] == ["The harbour"]
