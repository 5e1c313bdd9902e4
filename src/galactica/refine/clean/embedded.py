"""What a page shows that is no text: pictures, and sound or film with its subtitles, from this source only."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from galactica.refine.clean.attributes import attributes_in, tag_name, tag_with, unescape_attribute, write_attributes
from galactica.refine.clean.tags import Tag


def picture(what: Tag, address_of: Callable[[str], str]) -> tuple[str, str]:
    """(markup, "") of a picture, or ("", the rule that it is left out by).

    Args:
        address_of: says where an address as it is written leads, from the source's root.
    """
    found = (address_of(each) for each in what.addresses)
    address = next((each for each in found if each.startswith("./")), "")
    if not address or _tiny(what.attributes):
        return "", "tracking-pixel" if address else "image-elsewhere"
    address = address.partition("#")[0]
    return tag_with(f"<img{what.attributes}>", f' src="{address}"'), ""


def sound_or_film(what: Tag, tokens: Iterator[tuple[str, str]], address_of: Callable[[str], str]) -> tuple[str, str]:
    """(markup, "") of sound or film with its sources and subtitles, or ("", the rule that it is left out by).

    What stands inside for old browsers is not shown.

    Args:
        tokens: (text, tag after it) pairs of the page; those up to its end tag are consumed.
        address_of: as for `picture`.
    """
    name = what.name
    closing = f"</{name}>"
    inner, found = [], False
    for _, tag in tokens:
        if tag == closing or not tag:
            break
        kind = tag_name(tag)
        if kind not in ("source", "track"):
            continue
        child = attributes_in(tag)
        address = address_of(child.get("src", ""))
        if address.startswith("./"):
            found = found or kind == "source"
            plain = tag_with(f"<{kind}{write_attributes(kind, child)}>", f' src="{address.partition("#")[0]}"')
            inner.append(plain)
    address = address_of(unescape_attribute(what.href)) if what.href else ""
    opening = f"<{name}{what.attributes}>"
    if address.startswith("./"):
        opening = tag_with(opening, f' src="{address.partition("#")[0]}"')
    elif not found:
        return "", "image-elsewhere"
    return opening + "".join(inner) + closing, ""


def _tiny(attributes: str) -> bool:
    """Whether a picture is given as one pixel wide or high: it counts readers and shows nothing."""
    return ' width="1"' in attributes or ' height="1"' in attributes
