"""What an HTML page of a ZIM says about itself besides its text: title, origin, revision, licence, categories.

Only its first and last bytes are looked at, by patterns that take linear time: the pages are hostile and many. What is
written in the foot of a page follows mwoffliner's templates ("This article is issued from …", with `oldid=` and "Last
edited on"), checked against ZIMs of 2015, 2017, 2020 and 2022.
"""

from __future__ import annotations

import codecs
import html
import posixpath
import re
from dataclasses import dataclass
from urllib.parse import unquote

from galactica.values.moments import iso_stamp
from galactica.values.months import months_of

HEAD_CHARACTERS = 2**16
FOOT_CHARACTERS = 2**13
REFRESH_CHARACTERS = 2**12
"""A page longer than this is an article even where it asks to be replaced by another."""

_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,1000})</title", re.I)
_H1 = re.compile(r"<h1\b[^>]{0,500}>(.{0,2000}?)</h1", re.I | re.S)
_TAG = re.compile(r"<[^<>]{0,500}>")
_META = re.compile(r"<meta\b([^<>]{1,1000})>", re.I)
_LINK = re.compile(r"<link\b([^<>]{1,1000})>", re.I)
_HTML = re.compile(r"<html\b([^<>]{1,1000})>", re.I)
_ATTRIBUTE = re.compile(
    r"""([a-zA-Z:-]{1,30})\s{0,9}=\s{0,9}(?:"([^"]{0,1000})"|'([^']{0,1000})'|([^\s"'>]{1,1000}))"""
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9_:-]{1,40})""", re.I)
_REFRESH = re.compile(r"^\s{0,9}(\d{1,3})\s{0,9}[;,]\s{0,9}url\s{0,9}=\s{0,9}['\"]?([^'\"]{1,1000})", re.I)
_ISSUED = re.compile(r"""href=["']([^"']{1,1000}?[?&](?:amp;)?oldid=(\d{1,12}))["']""")
_EDITED = re.compile(r"last edited on (\d{4}-\d{2}-\d{2})", re.I)
_VERSION = re.compile(r"version of the \w{1,9}, (\w{3,9}) (\d{1,2}), (\d{4})")
_ABOUT = re.compile(r"/revision/(\d{1,12})$")
_COMMONS = re.compile(r"creativecommons\.org/(licenses/(by(?:-(?:nc|sa|nd)){0,2})/(\d\.\d)|publicdomain/zero/1\.0)")
_CATEGORY_LINK = re.compile(
    r"""<a\b[^<>]{0,500}?\btitle=["'][^"':]{1,60}:[^"']{1,300}["'][^<>]{0,500}>([^<]{1,300})</a""", re.I
)
_NOT_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What a page says about itself; "" and () where it says nothing.

    Attributes:
        title: its <title>.
        heading: its first <h1>.
        refresh: where it sends its reader at once (relative address), for pages that hold nothing else.
        language: of its <html> element, as written there.
        url, revision, modified, licence, categories: as in `model.Document`.
    """

    title: str
    heading: str
    refresh: str
    language: str
    url: str
    revision: str
    modified: str
    licence: str
    categories: tuple[str, ...]


def page_text(content: bytes, declared: str = "") -> tuple[str, int]:
    """Page bytes to text, by UTF-8, the declared charset, the page's own charset, in this order.

    Returns:
        (text, how many characters could not be read and stand as U+FFFD now).
    """
    own = _CHARSET.search(content[:2048])
    for name in ("utf-8-sig", declared, own[1].decode("ascii") if own else ""):
        try:
            if name and codecs.lookup(name).name not in _NOT_CHARSETS:
                return content.decode(name), 0
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    text = content.decode("utf-8", "replace")
    return text, text.count("�")


def page_facts(page: str) -> PageFacts:
    """Read the head and the foot of a page; never raises."""
    head, foot = page[:HEAD_CHARACTERS], page[-FOOT_CHARACTERS:]
    metas = [_attributes(tag) for tag in _META.findall(head)]
    links = [_attributes(tag) for tag in _LINK.findall(head)]
    root = _HTML.search(head[:4096])
    about = _attributes(root[1]) if root else {}
    issued = _ISSUED.search(foot)
    revision = _ABOUT.search(about.get("about", ""))
    canonical = next((link.get("href", "") for link in links if link.get("rel") == "canonical"), "")
    address = canonical or (html.unescape(issued[1]) if issued else "")
    address = re.sub(r"^.{0,200}(?=https?://)", "", address, count=1)  # some pages write the host twice
    address = re.sub(r"[?&]oldid=\d+", "", address)
    if "?title=" not in address:
        address = address.partition("?")[0]
    return PageFacts(
        title=_plain(_TITLE.search(head)),
        heading=_plain(_H1.search(head)),
        refresh=_refresh(metas) if len(page) <= REFRESH_CHARACTERS else "",
        language=about.get("lang", "") or about.get("xml:lang", ""),
        url=address if address.startswith(("http://", "https://")) else "",
        revision=revision[1] if revision else issued[2] if issued else "",
        modified=_modified(metas, foot),
        licence=_licence(foot),
        categories=_categories(page, links),
    )


def resolve_inside(base: str, address: str) -> str:
    """The path that a relative address on the page at `base` points to; "" where it leads out of the source."""
    address = address.partition("#")[0].partition("?")[0].strip()
    if not address or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/", address):
        return ""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(address)))
    return "" if path.startswith("..") or path == "." or "\0" in path else path


def spdx(written: str) -> str:
    """An SPDX identifier for the usual ways to write a Creative Commons licence, else the words as they are."""
    words = " ".join(written.split())[:300]
    if found := _COMMONS.search(words.lower()):
        return f"CC-{found[2].upper()}-{found[3]}" if found[2] else "CC0-1.0"
    if found := re.fullmatch(r"cc[ -](by(?:[ -](?:nc|sa|nd)){0,2})[ -]v?(\d)(\.\d)?", words, re.I):
        return f"CC-{found[1].upper().replace(' ', '-')}-{found[2]}{found[3] or '.0'}"
    return "CC0-1.0" if re.fullmatch(r"cc-?0(?:[ -]1\.0)?", words, re.I) else words


def _attributes(tag: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), html.unescape(double or single or bare))
    return found


def _plain(found: re.Match[str] | None) -> str:
    return " ".join(html.unescape(_TAG.sub("", found[1])).split()) if found else ""


def _refresh(metas: list[dict[str, str]]) -> str:
    for meta in metas:
        if meta.get("http-equiv", "").lower() == "refresh" and (found := _REFRESH.match(meta.get("content", ""))):
            return found[2].strip()
    return ""


def _modified(metas: list[dict[str, str]], foot: str) -> str:
    for meta in metas:
        if meta.get("property") == "dc:modified" and (stamp := iso_stamp(meta.get("content", ""))):
            return stamp
    if found := _EDITED.search(foot):
        return found[1]
    found = _VERSION.search(foot)
    if found and found[1] in (months := months_of("en")):
        return f"{found[3]}-{months.index(found[1]) + 1:02}-{int(found[2]):02}"
    return ""


def _licence(foot: str) -> str:
    """Only where the page says that it is its own: a link to a licence elsewhere in the text may be about anything."""
    start = foot.find("This article is issued from")
    return spdx(found[0]) if start >= 0 and (found := _COMMONS.search(foot, start)) else ""


def _categories(page: str, links: list[dict[str, str]]) -> tuple[str, ...]:
    names = set()
    for link in links:
        if link.get("rel") == "mw:PageProp/Category":
            names.add(unquote(link.get("href", "")).partition("#")[0].partition(":")[2])
    if "mw:PageProp/Category" in page and not names:  # Parsoid writes them where they stand in the text
        for link in map(_attributes, _LINK.findall(page[-HEAD_CHARACTERS:])):
            if link.get("rel") == "mw:PageProp/Category":
                names.add(unquote(link.get("href", "")).partition("#")[0].partition(":")[2])
    start = page.find('id="catlinks"')
    if start >= 0:
        names.update(html.unescape(name) for name in _CATEGORY_LINK.findall(page[start : start + 2**14]))
    return tuple(sorted({" ".join(name.replace("_", " ").split()) for name in names} - {"", "Categories"}))
