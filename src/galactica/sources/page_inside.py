"""A page of HTML that becomes a stretch of another one (in a mail, in a document): what it may not do there is taken
out.

A comment, script or style that is never closed would swallow what comes after it; a `main` would be taken for all of
it.
"""

from __future__ import annotations

import re

_BODY = re.compile(r"<body\b[^>]{0,4000}>(.*?)(?:</body\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_SWALLOWS = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext|template)\b.*?"
    r"(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_FRAME = re.compile(r"</?(?:main|body|html|head)\b[^>]{0,4000}>", re.IGNORECASE)


def page_inside(text: str) -> str:
    """What the body of a page holds, to stand in another page; "" where that is nothing."""
    text = _SWALLOWS.sub("", text)
    body = _BODY.search(text)
    inner = _FRAME.sub("", body[1] if body else text)
    return f"<div>{inner}</div>" if inner.strip() else ""
