"""Claims of lists."""

from __future__ import annotations

import pytest

from .written import claims, left, said


def items(*lines: str) -> str:
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def test_an_item_says_a_value_under_a_name() -> None:
    found = claims(items("Capital: Ham", "Population: 12,000 (2011)", "Currency: Brook"))
    assert [(each.property, each.value, each.time, each.origin) for each in found] == [
        ("capital", "Ham", "", "list"),
        ("population", "12000", "2011", "list"),
        ("currency", "Brook", "", "list"),
    ]


def test_a_term_names_what_is_said_of_it() -> None:
    body = "<dl><dt>Capital</dt><dd>Ham</dd><dt>Area</dt><dd>12 km2</dd></dl>"
    assert said(body) == [("", "capital", "Ham"), ("", "area", "12 kilometre**2")]


def test_in_chinese() -> None:
    assert said(items("首都：布鲁克", "面积：9.6万平方公里"), language="zh") == [
        ("", "capital", "布鲁克"),
        ("", "area", "96000 kilometre**2"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        items("Capital: Ham", "Wick: a town", "Brook: a river", "Elm: a tree"),
        items("Capital: Ham", "Capital: Wick"),
        items("Length: 4 m", "Mass: 3 kg") + "\n" + items("Length: 5 m", "Mass: 6 kg"),
        f"<ul><li>Ham{items('Capital: Wick', 'Area: 12 km2')}</li></ul>",
        f"<h2>Towns</h2>\n<h3>Ham</h3>\n{items('Area: 12 km2', 'Population: 9')}",
    ],
)
def test_where_several_things_may_be_meant_nothing_is_claimed(body: str) -> None:
    assert said(body) == []
    assert left(body)
