"""What hosts ask of robots, as RFC 9309 says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.follow.robots import EVERYTHING, NOTHING, matches, read_robots

FILE = """
# a comment
User-agent: *
Disallow: /

User-agent: other
User-agent: Galactica
Disallow: /private/
Allow: /private/open$
Disallow: /*.pdf$
Disallow: /caf%C3%A9
Disallow:
Crawl-delay: 7
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private/a", False),
        ("/private/open", True),
        ("/private/open/more", False),
        ("/a/b.pdf", False),
        ("/a/b.pdf?x", True),
        ("/caf%c3%a9/x", False),
    ],
)
def test_the_longest_rule_of_ones_own_group_decides(path: str, allowed: bool) -> None:
    rules = read_robots(FILE, "galactica/1.0 (x)")
    assert rules.allows(f"https://example.org{path}") is allowed
    assert rules.delay == 7


def test_others_have_the_rules_for_all() -> None:
    assert not read_robots(FILE, "someone").allows("https://example.org/x")
    assert read_robots("", "someone").allows("https://example.org/x")
    assert EVERYTHING.allows("https://e/x")
    assert not NOTHING.allows("https://e/x")


def test_of_two_rules_of_one_length_the_one_that_allows_holds() -> None:
    assert read_robots("user-agent: *\nallow: /a\ndisallow: /a", "x").allows("https://e/a")


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("/a*b", "/axxb", True),
        ("/a*b*c$", "/a1b2c", True),
        ("/a*b*c$", "/a1b2cd", False),
        ("/*a*a$", "/a", False),
        ("*", "/x", True),
        ("$", "/x", False),
        ("/$", "/", True),
    ],
)
def test_stars_and_the_end_are_understood(pattern: str, path: str, fits: bool) -> None:
    assert matches(pattern, path) is fits


def test_many_stars_cost_no_time() -> None:
    assert not matches("/" + "*a" * 900 + "$", "/" + "a" * 1800 + "b")


@given(st.text(max_size=300))
def test_any_text_gives_rules(text: str) -> None:
    read_robots(f"user-agent: *\n{text}", "x").allows("https://example.org/a?b")
