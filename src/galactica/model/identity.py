"""How an article gets its name: the same thing from the same source has the same id, everywhere and always."""

from __future__ import annotations

import hashlib

ID_BYTES = 16
"""An article id is this many bytes: the first 128 bits of a SHA-256."""

INPUT_BYTES = 5
"""Bytes of the digest of what an article was made from: a change slips through once in 10^12, and costs no more."""


def article_id(source_key: str, path: str) -> bytes:
    """The id of the article (or alias, or media file) that lies at `path` in the source called `source_key`.

    SHA-256 over the UTF-8 source key, one NUL byte and the UTF-8 path; the first 16 bytes of it. Neither holds a NUL
    (readers refuse such paths), so no two pairs meet. Source: docs/formats/edition.md, section "Identity".

    Returns:
        16 bytes.
    """
    return hashlib.sha256(source_key.encode() + b"\0" + path.encode()).digest()[:ID_BYTES]
