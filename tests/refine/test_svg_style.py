"""Values of style that may stand in a picture, and rules of its style sheets."""

from __future__ import annotations

import pytest

from galactica.refine.svg_style import declarations_of, rules_of, safe_value


@pytest.mark.parametrize(
    "value", ["red", "url(#a)", "url('#a') none", "rgb(1,2,3)", "matrix(1 0 0 1 0 0)", "M0,0 L1 1"]
)
def test_harmless_values(value: str) -> None:
    assert safe_value(value)


@pytest.mark.parametrize(
    "value",
    [
        "url(x)",
        "URL( 'x')",
        "url(#a)url(x)",
        "src(x)",
        "image-set('x')",
        "expression(x)",
        "java\\script",
        "a:b",
        "url(#a",
    ],
)
def test_values_that_load_something(value: str) -> None:
    assert not safe_value(value)


def test_properties_that_are_not_on_the_list_go_and_the_rest_is_written_in_one_form() -> None:
    assert (
        declarations_of(" Fill : red ; behavior: url(#x); stroke:  url(#a)  none;;") == "fill:red;stroke:url(#a) none"
    )


def test_a_rule_without_anything_of_the_list_goes_as_do_at_rules_with_their_blocks() -> None:
    sheet = '@import "x"; @media print { .a { fill: red } } .b { fill: blue } /* .c { fill: green } */ .d { x: y }'
    assert rules_of(sheet) == ".b{fill:blue}"


def test_a_comment_that_never_ends_takes_the_rest_with_it() -> None:
    assert rules_of(".a { fill: red } /* .b { fill: blue }") == ".a{fill:red}"
