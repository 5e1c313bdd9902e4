"""Where things are: the page of an article or a work in a reading room, and an article's address for programs."""

from __future__ import annotations

from urllib.parse import quote

from galactica.model import Hit, Work

PATH_SAFE = "/:,()!*;@=+$~"
"""Characters that stay as they are in the path part of an address. Source: RFC 3986 §3.3, less the quotation marks."""

FRAGMENT_SAFE = "/:,()!*;@=$~"
"""Characters that stay as they are in the last part of an address, after "#" (RFC 3986 §3.5)."""

SHORT = 12
"""Digits of a root by which addresses name an edition: 48 bits."""


def address_of(root: str, identity: bytes) -> str:
    """The address of an article for programs: `galactica://EDITION/ID`."""
    return f"galactica://{root[:SHORT]}/{identity.hex()}"


def page_of_article(root: str, source: str, path: str) -> str:
    """Where the page of an article is."""
    return _page("a", root, source, path)


def page_of_hit(hit: Hit) -> str:
    """Where a result leads: to the place in the page of its article where it stands, where the article names that."""
    page = page_of_article(hit.edition, hit.source, hit.path)
    return f"{page}#{quote(hit.anchor, safe=FRAGMENT_SAFE)}" if hit.anchor else page


def page_of_media(root: str, source: str, path: str) -> str:
    """Where a media file is."""
    return _page("m", root, source, path)


def page_of_work(root: str, work: Work) -> str:
    """Where the page of a work is."""
    return _page("works", root, work.source, work.path)


def page_of_differences(root: str, source: str, path: str) -> str:
    """Where the page is that shows how sources differ on what an article is about."""
    return _page("differences", root, source, path)


def path_encoded(path: str) -> str:
    """A path for an address."""
    return quote(path, safe=PATH_SAFE, errors="replace")


def _page(kind: str, root: str, source: str, path: str) -> str:
    return f"/{kind}/{root[:SHORT]}/{path_encoded(source).replace('/', '%2F')}/{path_encoded(path)}"
