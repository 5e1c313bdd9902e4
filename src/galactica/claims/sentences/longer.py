"""Whether a name goes on as a longer one, which is another thing's: "Red Dawn Convertible" is no "Red Dawn"."""

from __future__ import annotations

import re

_MARKS = " ,.'\"“”‘’«»《》「」『』*"
"""That no key of a name ends with (`topics.name_key`)."""

_MORE = re.compile(r"\s(?:[A-Z]\w|\d)")


def name_goes_on(phrase: str, behind: int) -> bool:
    """Whether a name at the head of a phrase is followed by another word of a name, or a number.

    Args:
        phrase: as it is written.
        behind: code points of its key behind the name; 0 where the name is all.
    """
    rest = phrase.rstrip(_MARKS)
    return behind > 0 and _MORE.match(rest, max(0, len(rest) - behind)) is not None
