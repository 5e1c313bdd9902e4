"""Markdown to HTML: what CommonMark and tables say, and texts written to be slow."""

from __future__ import annotations

import sys

import pytest

from galactica.errors import MissingError
from galactica.refine import markdown
from galactica.refine.markdown import markdown_to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# Moon", "<h1>Moon</h1>\n"),
        ("*a* **b** ~~c~~", "<p><em>a</em> <strong>b</strong> <s>c</s></p>\n"),
        ("[sun](../sun.md#x)", '<p><a href="../sun.md#x">sun</a></p>\n'),
        ("H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>\n"),
        ("```py\n1 < 2\n```", '<pre><code class="language-py">1 &lt; 2\n</code></pre>\n'),
        ("2*3*4 and a*b*c", "<p>2*3*4 and a<em>b</em>c</p>\n"),
        ("5*x*6, *1*2", "<p>5<em>x</em>6, <em>1</em>2</p>\n"),
        ("www.example.org", "<p>www.example.org</p>\n"),
    ],
)
def test_common_markdown(text: str, html: str):
    assert markdown_to_html(text) == html


def test_tables():
    assert "<td>2</td>" in markdown_to_html("| a | b |\n|---|---|\n| 1 | 2 |\n")


def test_nesting_is_bounded():
    assert markdown_to_html(">" * 5000 + "x").count("<blockquote>") <= markdown.MAX_NESTING


def test_brackets_without_end_are_text():
    assert markdown_to_html("[" * (markdown.FREE_BRACKETS + 1)).count("[") == markdown.FREE_BRACKETS + 1


def test_a_text_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(markdown, "MAX_CHARS", 10)
    with pytest.raises(ValueError, match="more than 10"):
        markdown_to_html("x" * 11)


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch):
    markdown._parser.cache_clear()
    monkeypatch.setitem(sys.modules, "markdown_it", None)
    with pytest.raises(MissingError) as error:
        markdown_to_html("x")
    assert "galactica[build]" in error.value.remedy
    markdown._parser.cache_clear()
