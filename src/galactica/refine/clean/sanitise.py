"""The gate that nothing active passes: a body through an HTML parser and back, allowlist only.

Used on every cleaned body when an edition is built and on every body when a page is served. The parser is html5ever
(through nh3 and ammonia), a second one beside the cleaner's, so that a body means the same to both. Rules:
1. A tag or attribute outside `galactica.model.body` goes; the text of a removed tag stays, except inside tags whose
   text is no text (`SILENT`).
2. Idempotent, and the identity on what `clean` writes: `clean` checks that for every body it returns.
3. In the result "<" and ">" stand only around tags, attributes are sorted and in double quotes.
"""

from __future__ import annotations

import re

import nh3

from galactica.model.body import ROLE_TAGS, ROLES, TAGS, URL_SCHEMES, VOID_TAGS, attributes_of
from galactica.refine.clean.bounds import is_crowded

SILENT = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "title", "textarea"})
"""Tags that go with all that is in them."""

MAX_SANITISE_DEPTH = 512
"""Open tags in a body above which it is refused; `clean` stays below 128. Parsing is quadratic in depth and in tags
that are never closed, so a body with more tags than this must also close them in order, as canonical bodies do."""

_ATTRIBUTE = r' ([a-z]+)="([^"]*)"'
_TAG = re.compile(rf"<([a-z][a-z0-9]*)((?:{_ATTRIBUTE})+)>")
_PAIR = re.compile(_ATTRIBUTE)

_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(SILENT),
    attributes={tag: set(attributes_of(tag) - {"role"}) for tag in TAGS},
    tag_attribute_values={tag: {"role": set(ROLES)} for tag in ROLE_TAGS},
    url_schemes=set(URL_SCHEMES),
    link_rel=None,
    strip_comments=True,
)

_TAG_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")


def sanitise(body: str) -> str:
    """The body with everything outside the allowlist taken away.

    Args:
        body: any text; canonical bodies come back as they are.

    Returns:
        Safe HTML. "" where a body with more than `MAX_SANITISE_DEPTH` tags nests deeper than that, or does not close
        its tags in order, or has too many escaped characters in one stretch (`bounds`): no body that `clean` wrote.

    Source: allowlist of docs/formats/body.md; 54 MB/s on real pages (2025-11, one core).
    """
    return "" if _disorderly(body) or is_crowded(body) else settled_html(reparse(body))


def reparse(body: str) -> str:
    """The body as html5ever understands it, allowlist only; quotes and order of attributes not yet settled."""
    return _CLEANER.clean(body).replace("&nbsp;", "\xa0")


def settled_html(body: str) -> str:
    """`reparse`d HTML with sorted attributes, no raw "<" or ">" in them, and no `src` outside the source."""
    return _TAG.sub(_settle_tag, body) if '="' in body else body


def _settle_tag(hit: re.Match[str]) -> str:
    pairs = sorted(_PAIR.findall(hit[2]))
    kept = [
        f' {name}="{value.replace("<", "&lt;").replace(">", "&gt;")}"'
        for name, value in pairs
        if name != "src" or value.startswith("./")
    ]
    return f"<{hit[1]}{''.join(kept)}>"


def _disorderly(body: str) -> bool:
    """Whether a long body has tags that do not close in order, or more than `MAX_SANITISE_DEPTH` open at once."""
    if body.count("<") <= MAX_SANITISE_DEPTH:
        return False
    stack: list[str] = []
    for closing, name in _TAG_NAME.findall(body):
        if name in VOID_TAGS:
            continue
        if not closing:
            stack.append(name)
        elif not stack or stack.pop() != name:
            return True
        if len(stack) > MAX_SANITISE_DEPTH:
            return True
    return bool(stack)
