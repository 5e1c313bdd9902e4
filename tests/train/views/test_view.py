"""A view names records and what their text must be; opening and reading find whatever is not so."""

from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from galactica.edition import Edition
from galactica.errors import EditionError, InputError
from galactica.model.projection import project
from galactica.train.views.view import View
from tests.train.views.conftest import article, edition, view_of


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, english: Path, mixed: Path) -> Path:
    out = tmp_path_factory.mktemp("views") / "both.view"
    view_of(out, english, mixed)
    return out


def test_the_text_of_a_document_is_title_blank_line_and_projection(both: Path, english: Path) -> None:
    with View.open(both) as view, Edition.open(english) as opened:
        found = opened.article(3)
        assert view.read([3]) == [f"{found.title}\n\n{project(found.body)}".encode()]


def test_reading_one_by_one_by_groups_and_in_order_give_the_same(both: Path) -> None:
    with View.open(both) as view:
        scanned = [text for _, text in view.scan()]
        assert [number for number, _ in view.scan()] == list(range(29))
        assert view.read(range(29)) == scanned
        assert [view.read([number])[0] for number in range(29)] == scanned
        assert view.read([28, 0, 28]) == [scanned[28], scanned[0], scanned[28]]
        assert list(view.scan(18, 22)) == [(number, scanned[number]) for number in range(18, 22)]
        assert view.sizes.tolist() == [len(text) for text in scanned]
        assert view.sizes.dtype == np.uint32
        assert view.groups.dtype == np.uint16
        assert view.counts.bytes == sum(map(len, scanned))
        assert (view.group_names, view.weights) == (("all",), (1.0,))


def test_a_document_tells_where_it_is_from(both: Path, mixed: Path) -> None:
    with View.open(both) as view, Edition.open(mixed) as opened:
        facts = view.about(21)
        found = opened.article(1)
        assert (facts.title, facts.id, facts.language, facts.source) == (
            found.title,
            found.id,
            found.language,
            found.source,
        )
        assert facts.edition == opened.root
        assert facts.row == 1
        assert {view.about(n).licence for n in range(20, 29)} == {"CC0-1.0", "CC-BY-SA-4.0"}


def test_a_number_that_no_document_has_is_refused(both: Path) -> None:
    with View.open(both) as view:
        for number in (-1, 29):
            with pytest.raises(IndexError):
                view.read([number])
            with pytest.raises(IndexError):
                view.about(number)


def test_a_view_can_be_handed_to_another_process(both: Path) -> None:
    with View.open(both) as view:
        again = pickle.loads(pickle.dumps(view))
        assert again.hash == view.hash
        assert again.read([7]) == view.read([7])


def test_a_view_that_was_moved_finds_its_editions_where_it_is_told(
    both: Path, english: Path, mixed: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "deeper" / "still" / "moved.view"
    shutil.copytree(both, moved)
    with pytest.raises(EditionError, match="is not found") as refused:
        View.open(moved)
    assert "-e" in refused.value.remedy
    with View.open(moved, [mixed, english]) as view, View.open(both) as there:
        assert view.hash == there.hash
        assert view.read([5, 25]) == there.read([5, 25])


def test_another_edition_in_the_place_of_the_right_one_is_told(english: Path, tmp_path: Path) -> None:
    copy = tmp_path / "e.edition"
    shutil.copytree(english, copy)
    view_of(tmp_path / "v.view", copy)
    shutil.rmtree(copy)
    edition(tmp_path / "other", [article(900)], name="other").rename(copy)
    with pytest.raises(EditionError, match="is another edition"):
        View.open(tmp_path / "v.view")


def rewritten(of: Path, to: Path, column: str, row: int, value: str) -> None:
    """An edition in which a word of one article was changed without anything else being told."""
    shutil.copytree(of, to)
    file = to / "data" / "articles" / "00000.parquet"
    table = pq.read_table(file)
    values = table[column].to_pylist()
    values[row] = value
    at = table.schema.get_field_index(column)
    pq.write_table(table.set_column(at, table.schema.field(at), pa.array(values)), file)


@pytest.mark.parametrize("several", [1, 10])
def test_a_record_that_was_changed_is_told_however_it_is_read(english: Path, tmp_path: Path, several: int) -> None:
    view_of(tmp_path / "v.view", english)
    rewritten(english, tmp_path / "bad.edition", "body", 4, "<p>Something else.</p>")
    with View.open(tmp_path / "v.view", [tmp_path / "bad.edition"]) as view:
        assert view.read([3])
        with pytest.raises(EditionError, match="is damaged"):
            view.read(range(4, 4 + several))
        with pytest.raises(EditionError, match="is damaged"):
            list(view.scan())


@pytest.mark.parametrize("name", ["view.json", "rows.parquet", "places.json"])
@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"version": 1}', b"\xff\xfe", b"PAR1", b"[" * 100_000])
def test_a_damaged_file_of_a_view_is_a_clear_error(both: Path, tmp_path: Path, name: str, content: bytes) -> None:
    copy = tmp_path / "c.view"
    shutil.copytree(both, copy)
    (copy / name).write_bytes(content)
    with pytest.raises(InputError, match=r"is damaged: its file|is not a view"):
        View.open(copy)


def test_any_changed_character_of_its_statement_is_found(
    both: Path, english: Path, mixed: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "c.view"
    shutil.copytree(both, copy)
    text = (copy / "view.json").read_text()
    for changed in (text.replace('"documents": 29', '"documents": 28'), text + " ", text.replace("\n", "\r\n")):
        (copy / "view.json").write_bytes(changed.encode())
        with pytest.raises(InputError):
            View.open(copy, [english, mixed])


@pytest.mark.parametrize("depth", [100, 300, 500, 900, 5_000])
def test_a_filter_of_any_depth_is_read_or_refused(
    both: Path, english: Path, mixed: Path, tmp_path: Path, depth: int
) -> None:
    copy = tmp_path / "c.view"
    shutil.copytree(both, copy)
    document = json.loads((copy / "view.json").read_text())
    text = json.dumps(document | {"filter": {"x": "DEEP"}}, indent=1, sort_keys=True)
    (copy / "view.json").write_text(text.replace('"DEEP"', "[" * depth + "]" * depth))
    with pytest.raises(InputError):
        View.open(copy, [english, mixed])


def test_rows_of_another_view_are_not_taken(both: Path, english: Path, mixed: Path, tmp_path: Path) -> None:
    view_of(tmp_path / "one.view", english)
    copy = tmp_path / "c.view"
    shutil.copytree(both, copy)
    shutil.copy(tmp_path / "one.view" / "rows.parquet", copy / "rows.parquet")
    with pytest.raises(InputError, match=r"rows\.parquet"):
        View.open(copy, [english, mixed])


def test_a_later_version_is_not_guessed_at(both: Path, tmp_path: Path) -> None:
    copy = tmp_path / "c.view"
    shutil.copytree(both, copy)
    document = json.loads((copy / "view.json").read_text())
    (copy / "view.json").write_text(json.dumps(document | {"version": 2}))
    with pytest.raises(InputError, match="version 2"):
        View.open(copy)


def test_what_is_no_view_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a view"):
        View.open(tmp_path / "none.view")
