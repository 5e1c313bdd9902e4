"""docs/interfaces.md says what the doors do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from galactica.mcp.serving import DEFAULT_PORT, PATH
from galactica.mcp.tools import TOOLS
from galactica.web import asking, counter

PAGE = (Path(__file__).parents[2] / "docs" / "interfaces.md").read_text(encoding="utf-8")


def test_every_tool_is_there_with_each_of_its_arguments():
    rows = dict(re.findall(r"^\| `(\w+)` \| (`\w+`[^|]*) \|", PAGE.partition("## MCP")[2], re.MULTILINE))
    assert list(rows) == list(TOOLS)
    for name, takes in rows.items():
        assert re.findall(r"`(\w+)`", takes) == list(TOOLS[name].takes["properties"])


@pytest.mark.parametrize(
    "words",
    [
        f"at most {asking.MAX_QUESTION:,} characters",
        f"at most {asking.MAX_SOURCES} keys",
        f"at most {asking.MAX_BODY // 1024} KiB and {asking.BODY_SECONDS:.0f} seconds",
        f"a silence of {asking.ALIVE_SECONDS:.0f} seconds",
        f"After {counter.SECONDS:.0f} seconds",
        f"http://127.0.0.1:{DEFAULT_PORT}{PATH}",
        asking.PATH,
    ],
)
def test_bounds_and_addresses_are_those_of_the_program(words):
    assert words in PAGE


def test_places_and_words_for_them_fit():
    assert (counter.AT_ONCE, counter.WAITING) == (2, 6)
    assert "Two questions are worked on at a time and six wait" in PAGE
