"""Tables and lists as spans of the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from galactica.claims.layout import article_layout
from galactica.model.projection import outline, placed_tags, project
from tests.properties import examples

from .written import box, columns

TAGS = (
    "table /table tr /tr td /td th /th ul /ul li /li dl dt /dt dd /dd /dl sup /sup h2 /h2 caption /caption br p /p pre"
)
MORE = ('<th colspan="3">', '<td rowspan="2">', '<a href="./A">', "</a>", "text ", " more", "1", "&amp;")
PIECES = st.sampled_from([*(f"<{tag}>" for tag in TAGS.split()), *MORE])


@given(st.lists(PIECES, max_size=60))
@examples(60)
def test_whatever_the_tags_the_text_is_the_projection_and_spans_lie_in_it(pieces: list[str]) -> None:
    body = "".join(pieces)
    text, tags = placed_tags(body)
    assert text == project(body)
    assert all(0 <= at <= len(text) for _, at in tags)
    found = article_layout(body)
    cells = [cell for table in found.tables for row in table.rows for cell in row]
    cells += [item.cell for item in found.items]
    assert all(0 <= cell.start <= cell.end <= len(text) for cell in cells)


def test_headings_are_those_of_the_projection() -> None:
    body = "<h2>One</h2>\n<p>x</p>\n<h3>Two</h3>\n" + box(("Name", "y"))
    assert tuple(article_layout(body).headings) == outline(body).headings


def test_cells_links_and_what_stands_above_are_found() -> None:
    body = "<h2>Towns</h2>\n" + columns(("Town", "Area"), ("Ham", "1 km2"), caption="All of them")
    found = article_layout(body)
    (table,) = found.tables
    written = [[found.text[cell.start : cell.end] for cell in row] for row in table.rows]
    assert written == [["Town", "Area"], ["Ham", "1 km2"]]
    assert found.text[slice(*table.caption)] == "All of them"
    assert (found.text[slice(*table.heading)], table.depth) == ("Towns", 2)
    linked = article_layout('<table><tr><td><a href="./Ham">Ham</a>, <a href="#n">x</a></td></tr></table>')
    assert [(link.start, link.end, link.to) for link in linked.tables[0].rows[0][0].links] == [(0, 3, "./Ham")]
