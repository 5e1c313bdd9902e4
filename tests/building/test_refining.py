"""What a worker does with a batch."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.building import refining
from galactica.building.batches import Item, read_gathered
from galactica.model import Document, MediaFile, Redirect
from galactica.refine.article import refine as refined

PAGE = Document(source="s", path="A", title="A", markup="html", content="<p>Text.</p>")


def task(tmp_path: Path, *items: Item) -> refining.GatherTask:
    return refining.GatherTask(number=0, items=items, languages=(("s", "en"),), folder=tmp_path, parent=None)


def test_a_document_that_takes_too_long_is_rejected_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(document: Document, **_: object) -> object:
        if document.path == "Slow":
            while True:
                pass
        return refine(document, language="en")

    refine = refined
    monkeypatch.setattr(refining, "refine", slow)
    monkeypatch.setattr(refining, "MAX_SECONDS", 0.1)
    hostile = Document(source="s", path="Slow", title="Slow", markup="html", content="<p>x</p>")
    got = refining.gather(task(tmp_path, hostile, PAGE))
    assert [r.reason for r in got.rejected] == ["too-slow"]
    assert [path for *_, path, _ in got.articles] == ["A"]


@pytest.mark.parametrize(
    "item",
    [
        Document(source="s", path="A\ud800", title="A", markup="html", content="<p>x</p>"),
        Document(source="s", path="A", title="A\0B", markup="html", content="<p>x</p>"),
        Document(source="s", path="B", title="A", markup="html", content="<p>x</p>", language="\ud800"),
        Document(source="s", path="B", title="A", markup="html", content="<p>x</p>", licence="\ud800"),
        Redirect(source="s", path="A", title="B", target="C\udfff"),
        MediaFile(source="s", path="A\ud800.png", mime="image/png", content=b"x"),
    ],
)
def test_names_that_are_no_unicode_are_rejected(tmp_path: Path, item: Item) -> None:
    got = refining.gather(task(tmp_path, item, PAGE))
    assert [r.reason for r in got.rejected] == ["bad-encoding"]
    assert (len(got.articles), len(got.redirects), len(got.media)) == (1, 0, 0)


def test_lone_surrogates_in_a_text_become_replacement_characters(tmp_path: Path) -> None:
    for markup in ("html", "text", "markdown", "wikitext", "wikiextractor"):
        page = Document(source="s", path=markup, title="A", markup=markup, content="a \ud800 word and more")
        got = refining.gather(task(tmp_path, page))
        assert not got.rejected, (markup, got.rejected)
        body = read_gathered(tmp_path, 0)["body"][0].as_py()
        assert "\ufffd" in body or "a  word" in body or "a word" in body, markup
