"""What style sheets raise, lower, strike and hide, by the selectors that one tag alone can answer."""

from __future__ import annotations

import pytest

from galactica.codes import style_rules
from galactica.codes.style_rules import StyleBook


def book(sheet: str) -> StyleBook:
    made = StyleBook()
    made.add(sheet)
    return made


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        (".up { vertical-align: super }", "vertical-align:super"),
        ("span.up{VERTICAL-ALIGN:SUB;}", "vertical-align:sub"),
        ("#one { text-decoration: red line-through }", "text-decoration:line-through"),
        ("span { display: none }", "display:none"),
        (".up.old { visibility: hidden }", "visibility:hidden"),
        ("b, i, .up { display:none }", "display:none"),
        (".up { vertical-align: 0.4em; font-size: 60% }", "vertical-align:super"),
        (".up { vertical-align: -30%; font-size: smaller }", "vertical-align:sub"),
        ("/* .x { */ .up { display: none } /* } */", "display:none"),
        ("<!-- .up { display: none } -->", "display:none"),
        ('.q:before { content: "} .up { display: none" } .up { vertical-align: super }', "vertical-align:super"),
        ("@media screen and (min-width: 3px) { .up { display: none } }", "display:none"),
        ("@import url(x.css); .up { display: none", "display:none"),
        (".up { vertical-align: 2px }", ""),
        (".up { color: red }", ""),
        (".other { display: none }", ""),
        (".up.other { display: none }", ""),
        ("b.up { display: none }", ""),
        ("@media print { .up { display: none } }", ""),
        ("@font-face { src: url(none) }", ""),
        (".up { text-decoration: none; vertical-align: baseline }", ""),
    ],
)
def test_a_rule_holds_for_the_tags_that_it_means(sheet: str, told: str) -> None:
    assert book(sheet).style_of("span", "one", "up old") == told


def test_the_heavier_rule_wins_and_then_the_later_one_and_the_tag_s_own_style_over_all() -> None:
    sheet = ".up { display: none } span { display: block } .up { vertical-align: super } #one { vertical-align: sub }"
    assert book(sheet).style_of("span", "one", "up") == "display:none;vertical-align:sub"
    assert book(".up { display: none } .up { display: inline }").style_of("span", "", "up") == ""
    assert (
        book("span { display: none !important } .up { display: inline }").style_of("span", "", "up") == "display:none"
    )
    assert book(".up { display: none }").style_of("span", "", "up", "display:block") == ""


def test_what_is_not_understood_is_counted_where_it_would_act() -> None:
    made = book("p .up { display: none } a:hover { display: none } p > b { color: red } [x] { vertical-align: super }")
    assert (made.missed, bool(made)) == (3, False)


def test_bounds_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(style_rules, "MAX_RULES", 1)
    monkeypatch.setattr(style_rules, "MAX_SHEET", 45)
    made = book(".a { display: none } .b { display: none } .c { display: none }")
    assert made.style_of("p", "", "a") == "display:none"
    assert made.style_of("p", "", "b") == ""
    assert made.missed == 2


@pytest.mark.parametrize("piece", ["@media screen {", "{", "}", "/*", '"', "a{", ".a.a.a.a.a.a.a.a.a", "\\", "@x{}"])
def test_no_sheet_takes_long(piece: str) -> None:
    book(piece * 100_000 + ".a { display: none }")
