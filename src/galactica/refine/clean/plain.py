"""The short way for bodies that are canonical already, as plain-text sources make them.

A body that is nothing but paragraphs and headings without attributes, each on a line, its text escaped, is a fixed
point of cleaning (tests/refine/clean/test_plain.py compares the two ways), so it is only looked at, not parsed.
"""

from __future__ import annotations

import re

_TEXT = (
    r"[^ <>&\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufffe\uffff\ud800-\udfff]"
    r"(?>(?:[^<>&\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]++|&(?:amp|lt|gt);)*)"
)
_BLOCK = "(?:" + "|".join(f"<{tag}>{_TEXT}</{tag}>" for tag in ("p", "h2", "h3", "h4", "h5", "h6")) + ")"
_BODY = re.compile(rf"{_BLOCK}(?>(?:\n{_BLOCK})*)")


def is_plain(html: str) -> bool:
    """Whether `html` is a canonical body of attribute-free paragraphs and headings."""
    return (
        html.startswith(("<p>", "<h"))
        and "  " not in html
        and " <" not in html
        and "\xad" not in html
        and _BODY.fullmatch(html) is not None
    )
