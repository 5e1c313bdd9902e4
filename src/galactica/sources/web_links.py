"""The links and pictures of a page of the web, turned to where they lie in its source.

What `place` knows is written as a path from the source's root, `/example.com/b%3Fid=3`; anything else as a whole
address, so that it still leads where it led. Pictures that a page loads only when its reader comes near (`data-src`)
or in several sizes (`srcset`) are shown by the one that is there. Every tag is looked at once, from left to right;
scripts, styles and comments are passed over. Standard: HTML §4.6, §4.8.4 (srcset), §13.1.2 (tags and attributes).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape, unescape

from galactica.sources.web_address import rooted_link, whole_address

MAX_ATTRIBUTES = 500
"""Attributes of a tag that are looked at; a page with more is refused where it is cleaned."""

Placed = Callable[[str], str]
"""A whole address without its fragment, or a "data:" address → its path in the source, "" where it is not there."""

_OPEN = re.compile(
    r"<(?:(!--)|(script|style|textarea|title|noembed|xmp|template)(?=[\s/>])"
    r"|(a|area|img|source|video|audio|track|base|embed|input)(?=[\s/]))",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""[\s/]*([^\s"'<>/=\x00]{1,100})(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""", re.DOTALL
)
_CANDIDATE = re.compile(r"\s*([^\s,](?:[^\s]*[^\s,])?)(?:\s+([0-9.]{1,8})[wx])?\s*(?:,|$)")
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-url", "data-hi-res-src")
_VARIABLE_USED = re.compile(r"var\(\s*(--[\w-]{1,40})")
_MAX_SRCSET = 20_000
_MAX_CANDIDATES = 40

_Found = dict[str, tuple[str, int, int]]
"""Name of an attribute → its value, and where it stands in the page, with its name."""


def with_places(page: str, base: str, place: Placed) -> str:
    """A page whose links and pictures lead to where they lie in its source.

    Args:
        base: the address of the page.
    """
    edits: list[tuple[int, int, str]] = []
    for tag, found, start, end in _tags(page):
        if tag == "base":
            if "href" in found:
                base = whole_address(base, found["href"][0]) or base
                edits.append((start, end, ""))
        elif tag in ("a", "area"):
            edits += _link(found, base, place)
        elif tag == "img":
            edits += _picture(found, base, place)
        elif tag in ("source", "video", "audio", "track"):
            edits += _shown(found, base, place, ("src", "poster"))
    return _edited(page, edits)


def with_pictures_inside(page: str, place: Placed, variables: Mapping[str, str]) -> str:
    """A page whose pictures that lie inside it, as "data:" addresses, are shown at their paths; all else as it is.

    Args:
        variables: names of styles that stand for such addresses.
    """
    edits: list[tuple[int, int, str]] = []
    for tag, found, _, _ in _tags(page):
        if tag not in ("img", "source", "video", "audio", "track") or "src" not in found:
            continue
        address, start, end = found["src"]
        style = found.get("style", ("", 0, 0))[0]
        stands = next((variables[name] for name in _VARIABLE_USED.findall(style) if name in variables), "")
        address = stands or address.strip()
        path = place(address) if address[:5].lower() == "data:" else ""
        if path:
            edits.append((start, end, f'src="{escape(rooted_link(path))}"'))
    return _edited(page, edits)


def _edited(page: str, edits: list[tuple[int, int, str]]) -> str:
    pieces: list[str] = []
    last = 0
    for start, end, text in sorted(edits):
        pieces += (page[last:start], text)
        last = end
    return "".join([*pieces, page[last:]]) if edits else page


def _tags(page: str) -> Iterator[tuple[str, _Found, int, int]]:
    """(name, attributes, start, end) of each tag that may lead somewhere."""
    at = 0
    missing: set[str] = set()  # ends that no further one of is in the page
    while opened := _OPEN.search(page, at):
        comment, silent, name = opened.groups()
        if comment or silent:
            at = opened.end()
            for close in ("-->",) if comment else (f"</{silent.lower()}", f"</{silent.upper()}"):
                end = -1 if close in missing else page.find(close, at)
                if end >= 0:
                    at = end + len(close)
                    break
                missing.add(close)
            if comment and at == opened.end():
                return  # a browser takes the rest for a comment, too
            continue
        found, end = _attributes(page, opened.end())
        yield name.lower(), found, opened.start(), end
        at = end


def _attributes(page: str, at: int) -> tuple[_Found, int]:
    """The attributes that stand from a place on, and where the tag ends."""
    found: _Found = {}
    for _ in range(MAX_ATTRIBUTES):
        hit = _ATTRIBUTE.match(page, at)
        if hit is None:
            break
        value = next((text for text in hit.groups()[1:] if text is not None), "")
        start = hit.start(1)
        found.setdefault(hit[1].lower(), (unescape(value) if "&" in value else value, start, hit.end()))
        at = hit.end()
    end = page.find(">", at, at + 1000)
    return found, end + 1 if end >= 0 else at


def _link(found: _Found, base: str, place: Placed) -> Iterator[tuple[int, int, str]]:
    if "href" not in found:
        return
    address, start, end = found["href"]
    if address.lstrip()[:1] == "#" or not address.strip():
        return
    whole = whole_address(base, address)
    target, _, fragment = whole.partition("#")
    if target == base.partition("#")[0] and fragment:
        yield start, end, f'href="#{escape(fragment)}"'
        return
    path = place(target) if target.startswith(("http:", "https:", "ftp:", "file:")) else ""
    if path:
        yield start, end, f'href="{escape(rooted_link(path, fragment))}"'
    elif whole != address:
        yield start, end, f'href="{escape(whole)}"'


def _picture(found: _Found, base: str, place: Placed) -> Iterator[tuple[int, int, str]]:
    """The picture that is there, of the several that an `img` may stand for."""
    addresses = [found["src"][0]] if "src" in found else []
    lazy = [found[name][0] for name in _LAZY if name in found]
    placeholder = not addresses or addresses[0].lstrip()[:5].lower() == "data:" or not addresses[0].strip()
    addresses = [*lazy, *addresses] if lazy and placeholder else [*addresses, *lazy]
    for name in ("srcset", "data-srcset"):
        if name in found:
            addresses += _candidates(found[name][0])
    for address in addresses:
        path = _path_of(address, base, place)
        if path:
            slot = found.get("src") or next(found[name] for name in (*_LAZY, "srcset", "data-srcset") if name in found)
            yield slot[1], slot[2], f'src="{escape(rooted_link(path))}"'
            return
    if "src" in found and not placeholder:
        _, start, end = found["src"]
        yield start, end, f'src="{escape(whole_address(base, addresses[0]))}"'


def _shown(found: _Found, base: str, place: Placed, names: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    for name in names:
        if name in found:
            address, start, end = found[name]
            path = _path_of(address, base, place)
            new = rooted_link(path) if path else whole_address(base, address)
            yield start, end, f'{name}="{escape(new)}"'


def _path_of(address: str, base: str, place: Placed) -> str:
    address = address.strip()
    if not address:
        return ""
    if address[:5].lower() == "data:":
        return place(address)
    return place(whole_address(base, address).partition("#")[0])


def _candidates(srcset: str) -> list[str]:
    """The addresses of a srcset, the largest first."""
    found: list[tuple[float, str]] = []
    at = 0
    while len(found) < _MAX_CANDIDATES and (hit := _CANDIDATE.match(srcset[:_MAX_SRCSET], at)) and hit.end() > at:
        try:
            size = float(hit[2] or 1)
        except ValueError:
            size = 0.0
        found.append((-size, hit[1]))
        at = hit.end()
    return [address for _, address in sorted(found, key=lambda one: one[0])]
