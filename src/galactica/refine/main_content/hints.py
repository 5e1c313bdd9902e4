"""What the names that a site gives to parts of its pages hint at: "sidebar", "comments", "article-body".

Designers write what a part is into `class` and `id`. The words are taken apart where they are joined (`relatedPosts`,
`related-posts`), and each kind of hint is a bit. The hints decide nothing: they are among the features that weights
were learned for. The words stand in hints.toml.
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

_TABLE = tomllib.loads(files(__package__).joinpath("hints.toml").read_text(encoding="utf-8"))

KINDS: tuple[str, ...] = tuple(_TABLE)
"""The kinds of hints, in the order of their bits."""

_BY_WORD: dict[str, int] = {}
for _bit, _kind in enumerate(KINDS):
    for _word in _TABLE[_kind]["words"].split():
        _BY_WORD[_word] = _BY_WORD.get(_word, 0) | 1 << _bit

_WORDS = re.compile(r"[a-z]+|[A-Z][a-z]+|[A-Z]+(?![a-z])")
_LOWER = re.compile(r"[a-z]+")


def hinted(names: str) -> int:
    """The hints, as bits in the order of `KINDS`, that the names of a tag give."""
    found = 0
    for word in _WORDS.findall(names):
        found |= _BY_WORD.get(word.lower(), 0)
    for word in _LOWER.findall(names.lower()):
        found |= _BY_WORD.get(word, 0)
    return found
