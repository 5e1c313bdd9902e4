"""Target of the fuzzer: any bytes as Markdown, read, converted and cleaned."""

from __future__ import annotations

from contextlib import suppress

from fuzz import reading
from galactica.refine import clean, markdown
from galactica.sources import markdown as source

SEEDS = (
    b"---\ntitle: T\ntags: [a, b]\n---\n# T\n\nSome *words* and `code`.\n\n| a | b |\n|---|---|\n| c | d |\n",
    b'* a\n  * b\n    1. c\n\n> q\n>> r\n\n[x](y "z") ![p](q.png) <http://a.example>\n\n[r]: s\n',
    b"```\ncode\n```\n\n<div>html</div>\n\n~~no~~ **yes** __x__\n",
)
PIECES = ("[", "]", "(", ")", "*", "**", "_", "`", "``", "```\n", "> ", "- ", "1. ", "# ", "\n", "\n\n", "    ", "|", "|-|-|\n",
          "![", "](", "<", ">", "<a>", "<!--", "-->", "&", "~~", "\\", "[a]: b\n", "[a]", "---\n", "a: b\n", "x", " ", "\t", "<?",
          "<![CDATA[", "{", "*a_ ", "a**b", "[^1]", "http://a.")  # fmt: skip


def one(data: bytes) -> None:
    """Read `data` as a Markdown file, then convert and clean it."""
    reading.read(source.LEAF, data, "t.md")
    with suppress(ValueError):  # refused, in words
        clean.clean(markdown.markdown_to_html(data.decode("utf-8", "replace")), base="a/b")
