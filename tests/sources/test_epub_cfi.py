"""Printed pages that are told by counting stand where they are counted to, or nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.model.projection import outline
from galactica.refine.article import Refined, refine
from galactica.sources.epub_cfi import cfi_place
from tests.sources.books import book, nav, page, parts

BODY = "<p>None.</p><div id='d'><p id='p'>One <b>two</b> three four.</p></div><p id='q'>Five.</p>"


def pages(tmp_path: Path, *places: str, body: str = BODY) -> tuple[list[tuple[str, str]], dict[str, int]]:
    """(label, text from there on) of the printed pages that are found, and what was counted."""
    listed = "".join(f'<li><a href="book.opf#epubcfi({place})">{n}</a></li>' for n, place in enumerate(places, 1))
    more = f'<nav epub:type="page-list"><ol>{listed}</ol></nav>'
    items = book(tmp_path, {"nav.xhtml": nav('<li><a href="a.xhtml">A</a></li>', more), "a.xhtml": page(body)})
    found = refine(parts(items)[0], language="en")
    assert isinstance(found, Refined)
    seen = outline(found.body)
    return [(anchor.partition(":")[2], seen.text[at:].split("\n")[0]) for at, anchor in seen.anchors], dict(
        found.dropped
    )


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("/6/2!/4/4[d]/2[p]/1:0", "One two three four."),
        ("/6/2[x]!/4/4/2/3:7", "four."),
        ("/6/2!/4/4/2/3:7[three%20,four]", "four."),
        ("/6/2!/4/6[q]", "Five."),
        ("/6/2!/4/4/2/2[]/1:1", "wo three four."),
    ],
)
def test_tags_and_characters_are_counted(place: str, text: str, tmp_path: Path) -> None:
    assert pages(tmp_path, place)[0] == [("1", text)]


@pytest.mark.parametrize(
    "place",
    [
        "/6/2!/4/4/2[other]/3:7",
        "/6/2!/4/4/2/3:7[three%20,six]",
        "/6/2!/4/4/2/3:700",
        "/6/2!/4/40",
        "/6/4!/4/2",
        "/6/1!/4/2",
        "/6!/4",
        "nonsense",
        "/6/2!/4/4/2/3:7,/1,/2",
    ],
)
def test_a_place_that_is_not_as_it_says_is_counted_and_names_no_page(place: str, tmp_path: Path) -> None:
    found, dropped = pages(tmp_path, place)
    assert found == []
    assert dropped.get("epub:page-not-found", 0) + dropped.get("epub:contents-lead-nowhere", 0) == 1


def test_several_places_in_one_text_come_in_order_also_in_a_long_one(tmp_path: Path) -> None:
    body = f"<p>{'word ' * 10_000}</p>"
    places = [f"/6/2!/4/2/1:{at}" for at in (40_000, 5, 8_190, 8_192)]
    found, _ = pages(tmp_path, *places, body=body)
    assert [label for label, _ in found] == ["2", "3", "4", "1"]
    assert [len(text) for _, text in found] == [49_994, 41_809, 41_807, 9_999]


def test_pages_that_are_not_well_formed_are_not_counted_through(tmp_path: Path) -> None:
    found, dropped = pages(tmp_path, "/6/2!/4/2", body="<p>x<br></p>")
    assert (found, dropped["epub:page-not-found"]) == ([], 1)


def test_what_is_no_place_is_none() -> None:
    assert cfi_place("epubcfi(/6/4[ct]!/4/2[d]/1:15[Bryan, and])") is not None
    assert cfi_place("epubcfi(/6/4)") is None
    assert cfi_place("x") is None
