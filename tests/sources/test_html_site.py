"""Which HTML files are articles of a site, by what they say of themselves; documentation and wikis are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.model import Document
from galactica.sources.contract import SourceOptions
from galactica.sources.formats import open_source
from galactica.sources.html_site import is_article_of_site


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:type" content="article">',
        "<meta content='article' property='og:type' />",
        '<meta property="article:published_time" content="2019-12-05">',
        '<script type="application/ld+json">{"@type": "NewsArticle"}</script>',
        '<script type="application/ld+json">{"@type":["BlogPosting"]}</script>',
        '<div itemscope itemtype="http://schema.org/Article">',
    ],
)
def test_a_page_that_calls_itself_an_article_is_one_of_a_site(head: str) -> None:
    assert is_article_of_site(f"<html><head>{head}</head></html>")


@pytest.mark.parametrize(
    "head",
    [
        "<title>Notes</title>",
        '<meta property="og:type" content="website">',
        '<meta name="generator" content="MediaWiki 1.39"><script>{"@type":"Article"}</script>',
        '<meta property="og:type" content="article"><meta name="generator" content="Docutils 0.19">',
        '<script>{"@type":"Article"}</script><div id="mw-content-text">',
    ],
)
def test_documentation_wikis_and_bare_pages_are_none(head: str) -> None:
    assert not is_article_of_site(f"<html><head>{head}</head></html>")


def test_such_a_file_is_marked_as_of_the_web_unless_pages_are_wanted_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text('<html><head><title>T</title><meta property="og:type" content="article"></head><p>x</p></html>')
    for whole, markup in ((False, "webpage"), (True, "html")):
        with open_source(file, SourceOptions(whole_pages=whole)) as source:
            found = [item for item in source.read() if isinstance(item, Document)]
        assert [one.markup for one in found] == [markup]
