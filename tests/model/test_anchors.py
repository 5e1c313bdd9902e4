"""Where in its source a stretch of an article stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.model.anchors import NO_ANCHORS, Anchors, anchor_id, told
from galactica.model.body import ANCHOR_KINDS, is_anchor
from galactica.model.projection import outline, project

BOOK = (
    '<p><span id="page:xii"></span>Before the war. <span id="page:xiii"></span>After it.</p>\n'
    '<h2 id="page:1">First</h2>\n<p>Once.</p>\n<p id="page:2">Twice.</p>'
)


def places(body: str, *words: str) -> list[str]:
    found = outline(body)
    anchors = Anchors(found.anchors)
    return [told(anchors.at(found.text.index(word))) for word in words]


def test_the_last_page_at_or_before_a_word_is_its_page() -> None:
    assert places(BOOK, "Before", "war", "After", "First", "Once", "Twice") == [
        "page xii", "page xii", "page xiii", "page 1", "page 1", "page 2"
    ]  # fmt: skip


def test_what_stands_before_the_first_anchor_has_no_place() -> None:
    assert places('<p>Cover</p>\n<p id="page:1">Text</p>', "Cover", "Text") == ["", "page 1"]
    assert NO_ANCHORS.at(0) == ()
    assert NO_ANCHORS.lead(0) == ""


def test_a_sheet_ends_the_row_before_it() -> None:
    body = (
        '<h2 id="sheet:Costs">Costs</h2>\n<table>\n<tr id="row:1"><td>rent</td></tr>\n'
        '<tr id="row:2"><td>heat</td></tr>\n</table>\n<h2 id="sheet:My%20sums">Sums</h2>\n<p>All:</p>\n'
        '<table>\n<tr id="row:1"><td>total</td></tr>\n</table>'
    )
    assert places(body, "Costs", "rent", "heat", "Sums", "All", "total") == [
        "sheet Costs", "sheet Costs, row 1", "sheet Costs, row 2",
        "sheet My sums", "sheet My sums", "sheet My sums, row 1",
    ]  # fmt: skip
    both = '<p><span id="row:9"></span><span id="sheet:B"></span>x</p>'
    assert places(both, "x") == ["sheet B"]
    assert places('<p><span id="sheet:B"></span><span id="row:9"></span>x</p>', "x") == ["sheet B, row 9"]


@pytest.mark.parametrize(
    ("identifier", "words"),
    [
        ("time:725.5", "00:12:05"),
        ("time:0", "00:00:00"),
        ("time:360000", "100:00:00"),
        ("time:59.999", "00:00:59"),
        ("slide:3", "slide 3"),
        ("line:120", "line 120"),
        ("page:a%20b%25", "page a b%"),
        ("page:%ff", "page %ff"),
        ("page:&amp;c", "page &c"),
    ],
)
def test_each_kind_is_said_in_its_own_way(identifier: str, words: str) -> None:
    assert places(f'<p id="{identifier}">x</p>', "x") == [words]


def test_ids_of_no_known_kind_say_no_place() -> None:
    wrong = "verse:4 page page: xpage:4 note:page:4 row:0 row:x row:-1 row:1.5 line:٣ slide:iii time:soon time:1.2345"
    for identifier in wrong.split():
        assert outline(f'<p id="{identifier}">x</p>').anchors == ()
    assert outline('<p title="an id=" id="page:4" lang="de">x</p>').anchors == ((0, "page:4"),)


def test_a_further_recording_ends_the_time_before_it() -> None:
    body = (
        '<audio src="./a"></audio>\n<p id="time:9">one</p>\n<video src="./b"></video>\n<p>two</p>\n'
        '<p id="time:4">three</p>\n<audio id="time:7" src="./c"></audio>\n<p>four</p>'
    )
    assert places(body, "one", "two", "three", "four") == ["00:00:09", "", "00:00:04", "00:00:07"]
    assert outline('<audio src="./a"></audio>\n<p>one</p>').anchors == ()


def test_anchors_inside_what_is_left_out_and_after_all_text_count() -> None:
    body = '<p>a<sup role="doc-noteref" id="page:3"><a id="page:4">1</a></sup> b</p>\n<p id="page:5"></p>'
    assert outline(body).anchors == ((2, "page:3"), (2, "page:4"), (3, "page:5"))


def test_a_link_leads_to_the_first_of_its_id() -> None:
    body = '<p id="sheet:A">a</p>\n<p id="row:1">b</p>\n<p id="sheet:B">c</p>\n<p id="row:1">d</p>\n<p id="row:2">e</p>'
    found = outline(body)
    anchors = Anchors(found.anchors)
    leads = [anchors.lead(found.text.index(letter)) for letter in "abcde"]
    assert leads == ["sheet:A", "row:1", "sheet:B", "sheet:B", "row:2"]


@given(st.sampled_from(("page", "sheet")), st.text(min_size=1).filter(lambda value: value.isprintable()))
def test_an_id_gives_back_the_value_that_it_was_made_of(kind: str, value: str) -> None:
    identifier = anchor_id(kind, value)
    assert is_anchor(identifier)
    assert Anchors([(0, identifier)]).at(0) == ((kind, value),)


_INLINE = st.sampled_from(
    ["a", " ", "b c ", " d", "1", "&amp;", "<br>", "<sup>2</sup>", "<b>e</b>", "<b> f </b>", "⚓",
     "<math><mi>x</mi></math>", '<sup role="doc-noteref">1</sup>']
)  # fmt: skip
_BLOCK = st.tuples(
    st.sampled_from(["<p>{}</p>", "<h2>{}</h2>", "<ul>\n<li>{}</li>\n</ul>", "<pre>{}</pre>",
                     "<table>\n<tr><td>{}</td><td>x</td></tr>\n</table>"]),
    st.lists(_INLINE, max_size=5).map("".join),
).map(lambda pair: pair[0].format(pair[1]))  # fmt: skip


@given(st.lists(_BLOCK, max_size=5).map("\n".join))
def test_an_anchor_stands_at_the_text_that_comes_after_it_and_changes_none(body: str) -> None:
    """The same body with a character for each anchor shows where it stands, however the text is made."""
    number = iter(range(1, 1000))
    anchored = ""
    for piece in body.split("⚓"):
        anchored += piece + f'<span id="row:{next(number)}"></span>'
    plain = body.replace("⚓", "")
    found = outline(anchored)
    assert found.text == project(plain)
    assert [identifier for _, identifier in found.anchors] == [f"row:{n + 1}" for n in range(body.count("⚓") + 1)]
    signs = [len(_solid(part)) for part in _solid(project(body)).split("⚓")]
    for place, (position, _) in enumerate(found.anchors):
        assert len(_solid(found.text[:position])) == sum(signs[: place + 1])
    assert found.anchors[-1][0] == len(found.text)


def _solid(text: str) -> str:
    """Without white space, and without the sign that is put before an exponent."""
    return "".join(text.split()).replace("^", "")


@given(st.lists(st.tuples(st.sampled_from(ANCHOR_KINDS), st.integers(0, 3), st.integers(0, 9)), max_size=12))
def test_what_is_in_force_is_the_last_of_each_kind_whatever_the_order(found: list[tuple[str, int, int]]) -> None:
    ordered = sorted(((step, f"{kind}:{value}") for kind, value, step in found), key=lambda pair: pair[0])
    anchors = Anchors(ordered)
    for position in range(11):
        force: dict[str, str] = {}
        for step, identifier in ordered:
            kind, _, value = identifier.partition(":")
            if step <= position:
                force[kind] = value
                if kind == "sheet":
                    force.pop("row", None)
        assert dict(anchors.at(position)) == force
