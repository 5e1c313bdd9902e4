"""Places of a page that something leads to: which ids its links name, and which empty places nothing leads to."""

from __future__ import annotations

import re

from galactica.model.body import is_anchor
from galactica.refine.clean.attributes import unescape_attribute
from galactica.refine.clean.links import resolve

_HERE = re.compile(r'<a href="(#[^"]+)"')
_ANCHOR = re.compile(r'<span id="([^"]*)"></span>')
_TARGETS = re.compile(r'href="[^"#]*#([^"]+)"')


def targets_of(html: str) -> frozenset[str]:
    """Addresses of places on a page that its links lead to."""
    return frozenset(resolve("", "#" + unescape_attribute(target)) for target in _TARGETS.findall(html))


def place_address(identifier: str) -> str:
    """The address of the place on the same page that has this (escaped) id."""
    return resolve("", "#" + unescape_attribute(identifier).replace("%", "%25"))


def without_idle_anchors(body: str) -> str:
    """The body without empty places that are no anchors and, after all that was dropped, no link leads to."""
    if '<span id="' not in body:
        return body
    led_to = frozenset(_HERE.findall(body))
    return _ANCHOR.sub(lambda hit: hit[0] if is_anchor(hit[1]) or place_address(hit[1]) in led_to else "", body)
