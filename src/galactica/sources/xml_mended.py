"""XML that no program for XML wrote, made readable for one: signs that should have been written as references.

Scripts that write a table as XML often forget that an "&" or a "<" in a cell means something there. One at such a sign
would give up all that follows. What stands in character data and comments stays as it is. Standard: XML 1.0 §2.4.
"""

from __future__ import annotations

import re

from galactica.sources.feed_mend import with_sound_references
from galactica.sources.xml_stream import bare_document, with_characters

_WRONG = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&(?!(?:amp|lt|gt|quot|apos|#\d+|#[xX][0-9a-fA-F]+);)|<(?![\w:/!?])",
    re.DOTALL,
)  # what does not end is taken to the end, so that it is looked for once
_NONE = b"\v\f\x1b"
"""Control characters of texts that XML has not."""


def mended_xml(document: str) -> bytes:
    """A document in UTF-8, without its declaration, whose bare signs are references; "&x;" stays for what is declared.

    Args:
        document: its text, whatever encoding it was in.
    """
    text = with_characters(bare_document(document))
    raw = _WRONG.sub(_mended, text).encode("utf-8", "replace").translate(None, _NONE)
    return with_sound_references(raw) if b"&#" in raw else raw


def _mended(found: re.Match[str]) -> str:
    return {"&": "&amp;", "<": "&lt;"}.get(found[0], found[0])
