"""Bodies and their Markdown."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from galactica.model.markdown import to_markdown


@pytest.mark.parametrize(
    ("body", "markdown"),
    [
        ("", ""),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<h2>Head</h2><p>Text</p>", "## Head\n\nText"),
        ("<p>a <em>b</em> <strong>c</strong> <code>d*e</code></p>", "a *b* **c** `d*e`"),
        ("<p>10<sup>6</sup> H<sub>2</sub>O</p>", "10<sup>6</sup> H<sub>2</sub>O"),
        ('<p><a href="./Rain_(weather)">rain</a></p>', "[rain](<./Rain_(weather)>)"),
        ('<p><a href="./A&amp;B">x</a></p>', "[x](./A&B)"),
        (
            '<figure><img src="./a.png" alt="A [b]"><figcaption>Cap</figcaption></figure>',
            "![A \\[b\\]](./a.png)\n\nCap",
        ),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><p>d</p>", "- a\n- b\n  - c\n\nd"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<pre><code>x &lt; 1\n  y*\n</code></pre>", "```\nx < 1\n  y*\n```"),
        ("<pre>```</pre>", "````\n```\n````"),
        ("<p>1 &lt; 2 &amp; a*b_c [d]</p>", "1 &lt; 2 & a\\*b\\_c \\[d\\]"),
        ("<p># no heading</p>", "\\# no heading"),
        ("<p>1. no list</p>", "1\\. no list"),
        (
            "<table><tr><th>a</th><th>b|c</th></tr><tr><td>1</td><td><em>2</em></td></tr></table>",
            "| a | b\\|c |\n| --- | --- |\n| 1 | *2* |",
        ),
        (
            '<table><tr><td colspan="2">a</td></tr></table>',
            '<table><tr><td colspan="2">a</td></tr></table>',
        ),
        ("<p>x <math><mi>y</mi></math></p>", "x <math><mi>y</mi></math>"),
        ("<p>a<br>b</p>", "a  \nb"),
        ("<hr>", "---"),
    ],
)
def test_a_body_becomes_this_markdown(body: str, markdown: str) -> None:
    assert to_markdown(body) == markdown


@pytest.mark.parametrize(
    "text",
    [
        "*not bold*",
        "_x_",
        "# no",
        "- no",
        "1. no",
        "> no",
        "`no`",
        "[a](b)",
        "<b>",
        "&amp;",
        "a\\b",
        "---",
        "| a | b |",
    ],
)
def test_plain_text_stays_plain_through_a_markdown_reader(text: str) -> None:
    body = "<p>" + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</p>"
    shown = MarkdownIt("commonmark").render(to_markdown(body)).strip()
    assert shown == body


def test_hostile_nesting_ends() -> None:
    assert to_markdown("<ul><li>" * 2000 + "x" + "</li></ul>" * 2000).strip().endswith("x")
    assert to_markdown("</li></ul></blockquote></a></code>x") is not None
    assert to_markdown("<table>" * 1000) is not None
