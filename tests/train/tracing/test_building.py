"""The index of a view is the same however it is made, and goes on from where it was killed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from galactica.edition import Edition
from galactica.errors import InputError, UsageError
from galactica.library import index_place, memorised, open_tracer, trace
from galactica.model.projection import project
from galactica.train.tracing import building
from galactica.train.tracing.building import build_trace_index, index_parts
from galactica.train.tracing.index import TraceIndex
from galactica.train.tracing.layout import FILES
from galactica.train.tracing.part import make_part
from galactica.train.views.view import View
from tests.train.tracing.made import some_text
from tests.train.views.conftest import article, edition, view_of


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("building")
    made = edition(folder, [article(number) for number in range(40)], licence="CC-BY-SA-4.0")
    view_of(folder / "mine.view", made)
    return folder / "mine.view"


def content_of(index: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in sorted(index.iterdir())}


def test_any_number_of_workers_makes_the_same_bytes_and_leaves_nothing_beside(view: Path, tmp_path: Path) -> None:
    with View.open(view) as opened:
        one = build_trace_index(opened, tmp_path / "one.trace", workers=0, part_bytes=2000)
        two = build_trace_index(opened, tmp_path / "two.trace", workers=2, part_bytes=2000)
    assert content_of(one) == content_of(two)
    assert len(TraceIndex.open(one).manifest.parts) > 2
    assert sorted(each.name for each in tmp_path.iterdir()) == ["one.trace", "two.trace"]


def test_the_manifest_names_the_view_and_the_digest_of_each_file(view: Path, tmp_path: Path) -> None:
    with View.open(view) as opened:
        found = TraceIndex.open(build_trace_index(opened, tmp_path / "one.trace", workers=0)).manifest
        assert found.view == opened.hash
        assert found.documents == len(opened)
        assert found.text_bytes == int(opened.sizes.sum())
    for name in FILES:
        assert hashlib.sha256((tmp_path / "one.trace" / name).read_bytes()).hexdigest() == found.files[name]


@pytest.mark.parametrize("stop", ["part", "join", "rename"])
def test_a_build_that_was_killed_goes_on(
    view: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: str
) -> None:
    out = tmp_path / "one.trace"
    made: list[int] = []
    true_part, true_join, true_rename = make_part, building._join, Path.rename

    def counting(texts: object) -> object:
        if stop == "part" and len(made) == 2:
            raise KeyboardInterrupt
        made.append(1)
        return true_part(texts)  # type: ignore[arg-type]

    def joining(*given: object) -> None:
        if stop == "join":
            raise KeyboardInterrupt
        true_join(*given)  # type: ignore[arg-type]

    def renaming(self: Path, other: Path) -> Path:
        if stop == "rename" and Path(other) == out:
            raise KeyboardInterrupt
        return true_rename(self, other)

    with View.open(view) as opened:
        whole = content_of(build_trace_index(opened, tmp_path / "whole.trace", workers=0, part_bytes=2000))
        with monkeypatch.context() as patch:
            patch.setattr(building, "make_part", counting)
            patch.setattr(building, "_join", joining)
            patch.setattr(Path, "rename", renaming)
            with pytest.raises(KeyboardInterrupt):
                build_trace_index(opened, out, workers=0, part_bytes=2000)
            assert not out.exists()
            before = len(made)
            stop = ""
            build_trace_index(opened, out, workers=0, part_bytes=2000)
    assert content_of(out) == whole
    assert len(made) == len(TraceIndex.open(out).manifest.parts)
    assert before in (2, len(made))


def test_parts_of_another_view_are_not_taken(view: Path, tmp_path: Path) -> None:
    work = tmp_path / "one.trace.making"
    (work / "part-00000").mkdir(parents=True)
    (work / "part-00000" / "counts.json").write_text("{}")
    (work / "purpose.json").write_text("{}")
    with View.open(view) as opened:
        assert (
            TraceIndex.open(build_trace_index(opened, tmp_path / "one.trace", workers=0)).manifest.view == opened.hash
        )


def test_an_index_is_not_put_over_anything(view: Path, tmp_path: Path) -> None:
    with View.open(view) as opened:
        (tmp_path / "one.trace").mkdir()
        with pytest.raises(UsageError, match="there already"):
            build_trace_index(opened, tmp_path / "one.trace")
        with pytest.raises(UsageError, match="does not end"):
            build_trace_index(opened, tmp_path / "one")


def test_parts_close_with_the_document_that_fills_them() -> None:
    assert index_parts(np.array([5, 5, 5, 30, 1, 1], np.uint32), 10) == [(0, 2), (2, 4), (4, 6)]
    assert index_parts(np.array([100], np.uint32), 10) == [(0, 1)]
    assert index_parts(np.array([], np.uint32), 10) == []
    assert index_parts(np.array([0, 0, 9, 0, 1], np.uint32), 10) == [(0, 5)]


def test_the_library_makes_an_index_once_and_traces_in_it(view: Path) -> None:
    text = "Somebody says: The lighthouse of Port 7 was lit in the year 1707 by 10 keepers. And more."
    spans = trace(text, view, least=20)
    longest = max(spans, key=lambda span: span.bytes)
    assert (
        text[longest.start : longest.end].strip() == "The lighthouse of Port 7 was lit in the year 1707 by 10 keepers."
    )
    facts = longest.places[0].facts
    assert (facts.title, facts.licence) == ("Article 7", "CC-BY-SA-4.0")
    assert longest.places[0].path == "article-7"
    place = index_place(view)
    assert place.name == "mine.trace"
    made = content_of(place)
    assert trace(text, view, least=20) == spans
    assert content_of(place) == made


def test_a_place_says_where_in_the_article_a_span_stands(view: Path) -> None:
    tracer = open_tracer(view)
    text = "The lighthouse of Port 31 was lit in the year 1731"
    place = max(tracer.trace(text, least=20).spans, key=lambda span: span.bytes).places[0]
    with Edition.open(tracer.view.editions[0].path) as opened:
        body = project(opened.article(place.facts.row).body)
    assert body[slice(*place.passage)].strip() == text
    in_title = tracer.trace("Article 31\n\nLighthouse", least=5).spans[0].places[0]
    assert in_title.passage[0] == 0


def test_what_was_cut_out_of_a_document_is_counted_where_a_span_stands_in_its_article(tmp_path: Path) -> None:
    rows = [article(number) for number in range(6)]
    rows[4]["body"] = f"{rows[4]['body']}<p>{some_text(5, 200)}</p><p>Port 4 is the last of them all.</p>"
    made = edition(tmp_path, rows)
    (tmp_path / "asked.txt").write_text(
        "Article 4 says that the lighthouse of Port 4 was lit in the year 1704 by 7 keepers.", encoding="utf-8"
    )
    view_of(tmp_path / "mine.view", made, exclude=(tmp_path / "asked.txt",), exclude_words=8)
    tracer = open_tracer(tmp_path / "mine.view")
    assert [number for number in range(len(tracer.view)) if tracer.view.cuts(number)] == [4]
    spans = tracer.trace("Port 4 is the last of them all.", least=8).spans
    place = max(spans, key=lambda span: span.bytes).places[0]
    assert place.facts.title == "Article 4"
    with Edition.open(made) as opened:
        body = project(opened.article(4).body)
    assert body[slice(*place.passage)] == "Port 4 is the last of them all."
    assert place.passage[0] > place.start


def test_an_index_of_another_view_is_told_and_left(view: Path, tmp_path: Path) -> None:
    other = edition(tmp_path, [article(number) for number in range(3)])
    view_of(tmp_path / "other.view", other)
    open_tracer(tmp_path / "other.view")
    with pytest.raises(InputError, match="another view"):
        open_tracer(view, index=tmp_path / "other.trace")


def test_the_index_of_an_earlier_view_of_the_same_name_is_made_anew(tmp_path: Path) -> None:
    made = edition(tmp_path, [article(number) for number in range(5)])
    view_of(tmp_path / "mine.view", made)
    old = open_tracer(tmp_path / "mine.view").view.hash
    (tmp_path / "mine.view").rename(tmp_path / "old.view")
    view_of(tmp_path / "mine.view", made, max_tokens=100)
    new = open_tracer(tmp_path / "mine.view")
    assert new.view.hash != old
    assert new.index.manifest.view == new.view.hash
    (tmp_path / "mine.trace" / "notes.txt").write_text("mine")
    (tmp_path / "mine.view").rename(tmp_path / "new.view")
    (tmp_path / "old.view").rename(tmp_path / "mine.view")
    with pytest.raises(InputError, match="another view"):  # something else lies there too
        open_tracer(tmp_path / "mine.view")


def test_what_is_memorised_is_added_up(view: Path) -> None:
    tracer = open_tracer(view)
    learned = tracer.view.read([12])[0].decode()
    found = memorised([learned, "Nothing of this is there at all, 全く。", learned[:60]], tracer, least=20)
    assert found.texts == 3
    shares = dict(found.shares)
    assert shares[0] >= shares[50] >= shares[100] >= shares[200]
    assert 0 < shares[100] < 1
    assert shares[1000] == 0
    assert dict(found.texts_with)[50] == 2
    assert found.longest[0].number == 0
    assert found.longest[0].words == learned
    assert found.longest[0].span.places[0].document == 12
    assert memorised([], tracer).shares[0] == (0, 0.0)
