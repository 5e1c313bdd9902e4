"""HTML pages: which encoding, title, language and address a page has; its markup is cleaned elsewhere.

Encoding as browsers find it (HTML Standard §13.2.3, without guessing by country): byte order mark, `<meta charset>`
in the first bytes, UTF-8, windows-1252. The title is the page's only `<h1>` where that is part of the `<title>` (sites
append their own name there), else the `<title>`, else the first `<h1>`, else the file's name. Links in the page stay
as they are: they are relative to the page's path. A page that says nothing but where its reader is sent at once, in the
same source (`<meta http-equiv="refresh">`), is another name of the page there. One that says where it was saved from
(`saved_page`) is a page of the web; pictures that lie in a page are taken out of it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from galactica.languages import tag
from galactica.model import Document, Redirect, Rejected
from galactica.sources import html_refresh, leaf, saved_page
from galactica.sources.captured import captured_at
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.html_site import is_article_of_site
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.paths import stem
from galactica.sources.trees import TreeFile, rejected

META_BYTES = 4096
"""Where a declaration of the encoding is looked for; the standard asks for 1024, real pages are later."""

HEAD_CHARS = 100_000
"""How much of a page is searched for its title."""

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-zA-Z0-9_.-]{2,40})")
_START = re.compile(
    # Atomic: a comment ends at its first "-->", so that many of them cannot be parted in many ways.
    r"(?>(?:<\?xml[^>]{0,500}>\s*+|<!--(?>.{0,4000}?-->)\s*+)*)(<!doctype\s+html\b|<html\b)",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(
    r"<(?:head|title|meta|body|main|article|section|div|p|h[1-6]|table|ul|ol|dl|blockquote|figure|center)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<title[^<>]{0,500}>([^<]{0,4000})</title", re.IGNORECASE)
_H1 = re.compile(r"<h1\b[^<>]{0,2000}>(.{0,1000}?)</h1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,4000}>")
_BREAK = re.compile(r"<(?:br|/?p|/?div)\b[^<>]{0,400}>", re.IGNORECASE)
_LANG = re.compile(r"<html\b[^<>]{0,2000}?\s(?:xml:)?lang\s*=\s*[\"']?([A-Za-z0-9_-]{2,40})", re.IGNORECASE)
_CANONICAL = re.compile(r"<link\b[^<>]{0,500}?\brel\s*=\s*[\"']?canonical\b[^<>]{0,4000}>", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=\s*[\"'](https?://[^\"'\s<>]{3,2000})[\"']", re.IGNORECASE)


def recognise(name: str, head: bytes) -> int:
    """92 for what starts as a page does, 60 for a fragment, 35 for tags in a file called .html."""
    if not head:
        return 0
    start = leaf.text_head(head) or head.decode("latin-1").lstrip()
    named = leaf.suffix_of(name) in LEAF.suffixes
    if _START.match(start):
        return 92
    if _FRAGMENT.match(start):
        return 60
    return 35 if named and "<" in start else 0


def declared(raw: bytes) -> str:
    """The encoding that a page names, "" for none."""
    found = _CHARSET.search(raw, 0, META_BYTES) or _XML_ENCODING.match(raw[:400])
    label = found[1].decode("ascii").lower() if found else ""
    return "utf-8" if label.startswith("utf-16") else label  # a page that could be read so far is not UTF-16


def read_html(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the page."""
    page = leaf.decoded(entry, key, declared)
    if isinstance(page, Rejected):
        yield page
        return
    start = page[:HEAD_CHARS]
    frame = saved_page.frame_of(entry)
    if frame:
        yield rejected(key, entry.path, "not-an-article", f"a frame of the saved page {frame}")
        return
    target = html_refresh.target_of(page, entry.path)
    if target:
        name = html_refresh.page_name(page_title(start), entry.path)
        yield Redirect(source=key, path=entry.path, title=name, target=target)
        return
    canonical = _CANONICAL.search(start)
    url = _HREF.search(canonical[0]) if canonical else None
    origin = saved_page.origin_of(page)
    when = saved_page.saved_at(page) if origin else ""
    inside = saved_page.PicturesInside(key, entry.path, page)
    of_web = (bool(origin) or is_article_of_site(page)) and not options.whole_pages
    yield Document(
        source=key,
        path=entry.path,
        title="" if of_web and page_title(start) else page_title(start) or stem(entry.path),
        markup="webpage" if of_web else "html",
        content=inside.placed(page),
        language=page_language(start),
        url=origin or (html.unescape(url[1]) if url else ""),
        revision=when,
    )
    yield from inside.files()
    if when:
        yield captured_at(key, entry.path, when)


def page_language(page: str) -> str:
    """The language that a page says it is in, "" where it does not."""
    found = _LANG.search(page[:HEAD_CHARS])
    return tag(found[1]) if found else ""


def page_title(page: str) -> str:
    """The title of a page by the module's rule, "" where it has none."""
    named = _TITLE.search(page)
    title = _plain(named[1]) if named else ""
    headings = [text for match in _H1.finditer(page) if (text := _plain(match[1]))]
    if len(headings) == 1 and headings[0] in title:
        return headings[0]
    return title or (headings[0] if headings else "")


def _plain(markup: str) -> str:
    return leaf.title_line(html.unescape(_TAG.sub("", _BREAK.sub(" ", markup))))


LEAF = Leaf(name="html", suffixes=(".html", ".htm", ".xhtml"), recognise=recognise, read=read_html, whole=True)
FORMAT = file_format(LEAF)
