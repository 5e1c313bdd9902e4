"""Where a link leads: addresses of a page, resolved as a browser does and rewritten from the source's root.

Rules (WHATWG URL Standard 4.4 for relative addresses, RFC 3986 for percent-encoding):
1. "#x" stays a fragment; http, https and mailto stay; "//host/x" becomes https; every other scheme is refused.
2. The rest is a path in the same source: dot segments are resolved against the page's own place, the query is
   dropped, percent-encoding is decoded once. What climbs above the root, or hides a dot segment or NUL behind
   percent-encoding, is refused.
3. It is written back as "./PATH#fragment", every byte outside `SAFE` percent-encoded in upper case.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote, unquote_to_bytes, urljoin

from galactica.model.body import URL_SCHEMES
from galactica.refine.clean.attributes import unescape_attribute

SAFE = "/:@!$()*+,;=~'"
"""Characters of a path that are written as they are, besides letters, digits and "-._". Quotes, "&", "#", "?", "<",
">", "%" and space never stand raw, so a path needs no HTML escaping."""

FRAGMENT_SAFE = SAFE + "?"

MAX_ADDRESS = 8192
"""Characters of an address above which it is refused: no real one is near it (RFC 9110 4.1 asks for 8000)."""

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_ELSEWHERE = ("http://", "https://")
_SPACE = re.compile(r"[\t\n\r]+")
_TITLE = re.compile(r' title="([^"]*)"')
_EDGES = "".join(map(chr, range(33)))
_PLAIN = re.compile(r"[\w!$()*+,;=~'-][\w!$()*+,;=~'.-]*", re.ASCII)
_UNSAFE = re.compile(r"[^!#$%&'()*+,./0-9:;=?@A-Z\[\]_a-z~-]")


@lru_cache(maxsize=1 << 15)
def resolve(base: str, address: str) -> str:
    """The address that stands in the page at path `base`, from the root; "" where it is refused.

    Args:
        base: the page's path in its source ("A/Ray_Charles"), or what `rebase` made of it.
        address: the attribute's value, with HTML's character references already resolved.

    Returns:
        "./PATH", "./PATH#fragment", "#fragment", an http, https or mailto address, or "".
    """
    if len(address) > MAX_ADDRESS:
        return ""
    if base.startswith(_ELSEWHERE) and not address.strip(_EDGES).startswith("#"):
        try:
            address = urljoin(base, address.strip(_EDGES))
        except ValueError:  # an address that makes no sense
            return ""
    # The common case: a neighbour's name, nothing to decode.
    if _PLAIN.fullmatch(address) and not base.startswith("/") and "./" not in base:
        return "./" + _encode(_folder(base) + address)
    address = _SPACE.sub("", address.strip(_EDGES))
    if address.startswith("//"):
        address = "https:" + address
    scheme = _SCHEME.match(address)
    if scheme:
        if scheme[1].lower() not in URL_SCHEMES:
            return ""
        return _UNSAFE.sub(lambda hit: quote(hit[0], errors="replace"), address)
    path, _, fragment = address.partition("#")
    path = path.partition("?")[0]
    anchor = "#" + quote(_decode(fragment), safe=FRAGMENT_SAFE) if fragment else ""
    if not path:
        return anchor
    target = _walk(base, path)
    if target is None:
        return ""
    return anchor if anchor and target == base else "./" + _encode(target) + anchor


def rebase(page: str, href: str) -> str:
    """What the addresses of a page are resolved against where it has a `<base href>` (HTML Standard 4.2.3).

    Returns:
        A path in the source; an http or https address where the page is told to lie elsewhere; `page` where the address
        is of another scheme. One that climbs above the root leads nowhere, and so do all that start from it.
    """
    href = _SPACE.sub("", href.strip(_EDGES))
    if href.startswith("//"):
        href = "https:" + href
    if scheme := _SCHEME.match(href):
        return href if scheme[1].lower() in ("http", "https") and len(href) <= MAX_ADDRESS else page
    path = href.partition("#")[0].partition("?")[0]
    if not path:
        return page
    place = [] if path.startswith("/") else _folder(page).split("/")[:-1]
    *folders, last = path.lstrip("/").split("/")
    for step in [*folders, *([last] if last in (".", "..") else [])]:
        if step == "..":
            if not place:
                return "../"
            place.pop()
        elif step != ".":
            place.append(_decode(step))
    return "/".join([*place, "" if last in (".", "..") else _decode(last)])


def path_of(address: str) -> str:
    """The path that a canonical "./PATH#fragment" leads to."""
    return unquote(address.partition("#")[0][2:])


def _folder(base: str) -> str:
    return base[: base.rfind("/") + 1]


@lru_cache(maxsize=1 << 15)
def _encode(path: str) -> str:
    return quote(path, safe=SAFE)


def _decode(text: str) -> str:
    """Percent-decoded; as it was where the bytes are not UTF-8."""
    if "%" not in text:
        return text
    try:
        return unquote_to_bytes(text).decode()
    except UnicodeDecodeError:
        return text


def _walk(base: str, path: str) -> str | None:
    """The path from the root that `path` means in `base`; None where it leaves the root."""
    place = [] if path.startswith("/") else _folder(base).split("/")[:-1]
    steps = path.lstrip("/").split("/") if path.startswith("/") else path.split("/")
    last = len(steps) - 1
    for number, step in enumerate(steps):
        plain = step.lower().replace("%2e", ".")
        if plain == "..":
            if not place:
                return None
            place.pop()
        elif plain != ".":
            place.append(step)
            continue
        if number == last:  # "a/.." ends in a slash, as in a browser
            place.append("")
    target = "/".join(_decode(step) for step in place)
    if not target or "\0" in target or target.startswith("/"):
        return None
    parts = target.split("/")
    return None if "." in parts or ".." in parts else target


def without_told_title(attributes: str, address: str) -> str:
    """A link's attributes without a title that only repeats the path it leads to, as wikis write it."""
    hit = _TITLE.search(attributes)
    assert hit is not None
    told = hit[1].replace(" ", "_")
    if not address.endswith(told):
        path = path_of(address).removesuffix(".html").replace(" ", "_")
        if not path.endswith(unescape_attribute(told)):
            return attributes
    return attributes.replace(hit[0], "")
