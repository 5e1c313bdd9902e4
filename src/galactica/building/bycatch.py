"""What a folder holds besides what it is for: read-me files, licences, lists of its files.

An edition in which nothing else could be read is no encyclopedia of that folder, and that is said. By-catch is told by
the name of a page, and for an index by its text: without its links there is hardly anything.
"""

from __future__ import annotations

import re
import unicodedata

FEW_CHARACTERS = 400
"""Of text outside of links, below which an index page only lists what lies beside it."""

_NAMES = re.compile(
    r"(?:read[-_ ]?me|read[-_ ]?this|liesmich|lies[-_ ]?mich|lisez[-_ ]?moi|l[eé]ame|leia[-_ ]?me|leggimi|自述|自述文件"
    r"|说明|說明|使用说明|版权|许可|許可|はじめに|licen[cs]es?|licencia|lizenz|copying|copyright|notice|authors"
    r"|contributors|contributing|maintainers|acknowledge?ments|change[-_ ]?log|release[-_ ]?notes"
    r"|code[-_ ]of[-_ ]conduct|attribution|disclaimer|checksums?|sha256sums?|md5sums?)(?:[-_. ].*)?\Z",
    re.IGNORECASE,
)
"""Whatever comes behind: README.fr.md, LICENSE-MIT."""
_WHOLE_NAMES = re.compile(
    r"(?:author|contributor|patents|legal|terms|credits|thanks|changes|history|news|install|installation|todo|version"
    r"|manifest|security|support|governance|robots|humans|citation|notes|summary|origin)(?:\.[a-z]{1,8})?\Z",
    re.IGNORECASE,
)
"""Only as the whole name: "history-of-rome.html" is what a folder may be for."""
_INDEX = frozenset("index default home contents toc listing files downloads directory sitemap".split())
_LINK = re.compile(r"<a\b[^>]*>.*?</a>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def is_bycatch(path: str, title: str, body: str) -> bool:
    """Whether a page of a folder is none of what the folder is for.

    Args:
        path: in the folder.
        title: of the page.
        body: in canonical form.
    """
    name = unicodedata.normalize("NFC", path.rpartition("/")[2])
    if _NAMES.match(name) or _WHOLE_NAMES.match(name):
        return True
    stem = name.partition(".")[0].lower()
    if stem not in _INDEX and not title.startswith("Index of /"):
        return False
    if len(body) > 2**20:
        return title.startswith("Index of /")
    text = _TAG.sub(" ", _LINK.sub(" ", body))
    return title.startswith("Index of /") or (len("".join(text.split())) < FEW_CHARACTERS and "<a " in body)
