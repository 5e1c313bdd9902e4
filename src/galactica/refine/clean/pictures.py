"""Which file an <img> shows: sites put a placeholder into `src` and the file somewhere else, for a script to fetch.

Rules, in this order: an attribute that scripts of the kind read (`LAZY`); the first file of such a `srcset`; `src`; the
first file of `srcset`, and where an <img> has none, that of the <picture> around it. What stands in <noscript> for
browsers without scripts is the picture where it stands alone, and tells the file of a placeholder beside it.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-original-src", "data-actualsrc", "data-url")
"""Attributes that hold the address of the file, as the usual scripts name them."""

LAZY_SETS = ("data-srcset", "data-lazy-srcset", "data-original-set")

_PARTS = re.compile(r",\s+")
_PLACEHOLDER = ("", "about:blank", "#")


def addresses(attributes: dict[str, str]) -> tuple[str, ...]:
    """Where the file of an <img> may lie, likeliest first; none that holds its data in itself."""
    found = [attributes.get(name, "") for name in LAZY]
    found.extend(_first(attributes.get(name, "")) for name in LAZY_SETS)
    found.append(attributes.get("src", ""))
    found.append(_first(attributes.get("srcset", "")))
    return tuple(dict.fromkeys(address for each in found if not _is_placeholder(address := each.strip())))


def settle_pictures(root: LexborNode) -> None:
    """Give each <img> what its <picture> or the <noscript> beside it says."""
    for picture in root.css("picture"):
        image = picture.css_first("img")
        if image is not None and "srcset" not in image.attributes:
            sets = [_set_of(source) for source in picture.css("source")]
            image.attrs["srcset"] = next((each for each in sets if _first(each)), "")
    for fallback in root.css("noscript"):
        shown = fallback.css_first("img")
        if shown is None or (fallback.text() or "").strip():
            continue
        address = next(iter(addresses(_told(shown))), "")
        beside = [image for image in (_beside(fallback, back=True), _beside(fallback, back=False)) if image is not None]
        if any(address in addresses(_told(image)) or _is_lazy(image) for image in beside):
            continue
        waiting = next((image for image in beside if not addresses(_told(image))), None)
        if waiting is not None and address:
            waiting.attrs["data-src"] = address
        elif waiting is None:
            fallback.unwrap()


def _beside(node: LexborNode, *, back: bool) -> LexborNode | None:
    """The <img> that stands right beside a node, or in the tag that does."""
    other = node.prev if back else node.next
    while other is not None and other.tag == "-text" and not (other.text() or "").strip():
        other = other.prev if back else other.next
    if other is None or (other.tag or "-").startswith("-") or other.tag == "noscript":
        return None
    return other if other.tag == "img" else other.css_first("img")


def _is_lazy(image: LexborNode) -> bool:
    return any(not _is_placeholder(value) for name, value in _told(image).items() if name in (*LAZY, *LAZY_SETS))


def _told(node: LexborNode) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}


def _set_of(source: LexborNode) -> str:
    told = _told(source)
    return next((told[name] for name in ("srcset", *LAZY_SETS) if told.get(name)), "")


def _first(addresses: str) -> str:
    """The first file of a `srcset`."""
    for part in _PARTS.split(addresses.strip()[:20_000]):
        words = part.split(maxsplit=1)
        if words and not _is_placeholder(address := words[0].rstrip(",")):
            return address
    return ""


def _is_placeholder(address: str) -> bool:
    return address in _PLACEHOLDER or address[:5].lower() == "data:"
