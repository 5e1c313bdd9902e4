"""What a page's own style sheets do to its letters is seen when it is cleaned."""

from __future__ import annotations

import pytest

from galactica.model import Document, Rejected
from galactica.model.projection import project
from galactica.refine.article import refine
from galactica.refine.styled import with_styles


def text_of(style: str, body: str, more: str = "") -> tuple[str, dict[str, int]]:
    page = f"<html><head><style>{style}</style>{more}</head><body>{body}</body></html>"
    made = refine(Document(source="s", path="p.html", title="T", markup="html", content=page), language="en")
    assert not isinstance(made, Rejected)
    return project(made.body), dict(made.dropped)


def test_letters_that_a_class_raises_or_lowers_are_raised_and_lowered() -> None:
    style = ".up { vertical-align: super } i.down { vertical-align: sub }"
    text, _ = text_of(style, '<p>Load 10<span class="big up">6</span> N, H<i class=down>2</i>O</p>')
    assert text == "Load 10^6 N, H2O"


def test_what_a_class_strikes_or_hides_is_left_out_and_counted() -> None:
    style = ".old { text-decoration: line-through } #x { display: none }"
    text, dropped = text_of(style, '<p>Give <b class="old">50</b> 5 mg<span id="x">secret</span></p>')
    assert text == "Give 5 mg"
    assert dropped == {"struck": 1, "hidden": 1}


def test_what_a_script_may_show_again_is_not_hidden() -> None:
    style = ".tab { display: none } .old { text-decoration: line-through }"
    body = '<p class="tab">Second</p><p>Give <b class="old">50</b> 5</p>'
    assert text_of(style, body, "<script>x</script>")[0] == "Second\nGive 5"


def test_rules_that_are_not_understood_are_counted_and_change_nothing() -> None:
    text, dropped = text_of("p .up { display: none }", '<p>A<span class="up">6</span></p>')
    assert (text, dropped) == ("A6", {"style-rules": 1})


def test_a_style_for_print_or_of_another_kind_is_none() -> None:
    for attributes in (' media="print"', ' type="text/less"'):
        page = f"<style{attributes}>.a {{ display: none }}</style><p class='a'>x</p>"
        assert with_styles(page) == (page, 0)


def test_a_tag_s_own_style_is_kept_beside_and_a_closed_tag_stays_closed() -> None:
    page = "<style>.a { display: none }</style><p class=a style='color: red'>x</p><br class='a'/>"
    made, _ = with_styles(page)
    assert made.endswith('<p class=a style="color: red;display:none">x</p><br class=\'a\' style="display:none"/>')


@pytest.mark.parametrize("piece", ["<style>", "<p class='", '<p class="a" ', "<p ", "<style>.a{display:none}</style>"])
def test_no_page_takes_long(piece: str) -> None:
    with_styles("<style>.a{display:none}</style>" + piece * 30_000)
