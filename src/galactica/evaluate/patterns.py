"""Answers that are regular expressions, which strangers wrote: matched in time that is linear in the text.

The engine is RE2 (in pyarrow), whose automata never go back, so that no expression can take for ever; what it cannot do
without going back (references to groups, looking ahead) is refused. Matching does not look at case, takes line breaks
for spaces, and is satisfied with any part of the text, as the set's own readme asks.

Source: Cox, "Regular Expression Matching in the Wild", 2010; curated-trec's readme.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_PATTERN = 2_000
"""Characters of an expression; the longest of curated-trec has 1,311. 100,000 would take 2 s to compile."""

_ESCAPED = re.compile(r"\\([^\x00-\x7f])")
_BREAKS = re.compile(r"\s+")


def accepted(pattern: str) -> str:
    """The expression as RE2 reads it, "" where it does not: it is broken, too long, or needs what RE2 has not."""
    # A backslash before a letter that is not ASCII means the letter in other engines and nothing in RE2.
    plain = _ESCAPED.sub(r"\1", pattern)
    if not plain.strip() or len(plain) > MAX_PATTERN:
        return ""
    try:
        first_match(plain, ("",))
    except ValueError:  # pyarrow.ArrowInvalid
        return ""
    return plain


def first_match(pattern: str, texts: Sequence[str]) -> int | None:
    """The place of the first of `texts` in which an `accepted` expression matches."""
    import pyarrow as pa
    import pyarrow.compute as pc

    plain = [_BREAKS.sub(" ", text).encode("utf-8", "replace").decode() for text in texts]
    found = pc.match_substring_regex(pa.array(plain, pa.string()), pattern=pattern, ignore_case=True)
    place = pc.index(found, True).as_py()
    return None if place < 0 else int(place)
