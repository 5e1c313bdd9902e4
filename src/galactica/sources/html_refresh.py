"""Pages that only send their reader on: `<meta http-equiv="refresh" content="0; url=New.html">`.

Site builders and unpackers of ZIM files write redirects so. A page is one where it sends its reader within `MAX_DELAY`
seconds to another page of the same source and says next to nothing itself. One that leads elsewhere, to itself, or has
something to tell is an article. Standard: HTML 4.2.5.3, "Refresh state".
"""

from __future__ import annotations

import posixpath
import re
from html import unescape
from urllib.parse import unquote, urlsplit

from galactica.sources.paths import clean_path, stem

MAX_DELAY = 10
"""Seconds; slide shows and pages that renew themselves wait longer."""

MAX_PAGE = 20_000
"""Characters of a page that may be one: those that unpackers write have a few hundred."""

MAX_WORDS = 60
"""Words that such a page says; "This page has moved to New.html" in a few languages."""

_COMMENT = re.compile(r"<!--(?>.*?-->)", re.DOTALL)
_META = re.compile(r"<meta\b([^<>]{1,4000})>", re.IGNORECASE)
_BASE = re.compile(r"<base\b([^<>]{1,4000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]{1,40})\s{0,9}=\s{0,9}(?:"([^"]{0,4000})"|'([^']{0,4000})'|([^\s"'<>]{1,4000}))""")
_CONTENT = re.compile(
    r"""\s*+(\d{1,5})(?:\.\d*+)?\s*+[;,\s]\s*+(?:url\s*+=\s*+)?(?:"([^"]+)|'([^']+)|([^"'\s].*))""", re.I | re.DOTALL
)
_SILENT = re.compile(r"<(head|script|style|title)\b[^<>]*>(?>(?:(?!</\1).)*)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_NO_NAME = re.compile(r"redirect|moved|weiterleitung|https?:|30[12]\b|\S+\.x?html?$|click here", re.IGNORECASE)
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def target_of(page: str, path: str) -> str:
    """The path in the same source that the page at `path` sends its reader to; "" where it is no such page."""
    base, address = sent_to(page)
    return _inside(path, base, address) if address else ""


def sent_to(page: str) -> tuple[str, str]:
    """(what the page's `<base>` gives, the address that it sends its reader to); ("", "") where it is no such page."""
    if len(page) > MAX_PAGE or "refresh" not in page.lower():
        return "", ""
    page = _COMMENT.sub("", page)
    address = next((found for told in _META.findall(page) if (found := _refresh(told))), "")
    if not address or _words(page) > MAX_WORDS:
        return "", ""
    base = next((href for told in _BASE.findall(page) if (href := _attributes(told).get("href", ""))), "")
    return base, address


def page_name(title: str, path: str) -> str:
    """What the page is called as another name: its title, or its file's name where that only says that it moved."""
    return title if title and not _NO_NAME.search(title) else stem(path)


def _refresh(told: str) -> str:
    attributes = _attributes(told)
    if attributes.get("http-equiv", "").strip().lower() != "refresh":
        return ""
    found = _CONTENT.match(attributes.get("content", ""))
    if found is None or int(found[1]) > MAX_DELAY:
        return ""
    return (found[2] or found[3] or found[4]).strip()


def _attributes(told: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(told):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


def _words(page: str) -> int:
    text = unescape(_TAG.sub(" ", _SILENT.sub(" ", page)))
    return len(text.split()) + len(_CJK.findall(text)) // 2


def _inside(path: str, base: str, address: str) -> str:
    """The path that an address means; "" where it leads out of the source or to the page itself."""
    try:
        if any(part.scheme or part.netloc for part in (urlsplit(base), urlsplit(address))):
            return ""
    except ValueError:  # an address that makes no sense
        return ""
    start = posixpath.dirname(path)
    if base:
        start = posixpath.dirname(posixpath.join(start, unquote(base.partition("#")[0].partition("?")[0])))
    aim = unquote(address.partition("#")[0].partition("?")[0])
    if not aim:
        return ""
    joined = posixpath.normpath(aim.lstrip("/") if aim.startswith("/") else posixpath.join(start, aim))
    if aim.endswith("/") or joined == ".":
        joined = "index.html" if joined in (".", "/") else f"{joined}/index.html"
    target = clean_path(joined) if not joined.startswith(("..", "/")) else None
    return target if target is not None and target != path else ""
