"""Where everything of an edition lies inside an export, and which links still lead somewhere there.

With one source, paths are the source's own, so that an exported ZIM read in again gives the same article ids. With
several, each path is prefixed by a folder for its source. What exists is kept as sorted 64-bit prefixes of ids: eight
bytes an article, so that the encyclopedias of the world fit in memory.
"""

from __future__ import annotations

import html
import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from urllib.parse import quote, unquote

import numpy as np

from galactica.model import Source, article_id

_TAG = re.compile(r"<(/?)(a|img|audio|video|source|track)(?=[\s>/])([^>]*)>")
_INTERNAL = re.compile(r'(\s(?:href|src|poster))="\./([^"]*)"')
_ALT = re.compile(r'\salt="([^"]*)"')
_SAFE = "/!$()*+,;=:@~"
"""Characters that stand for themselves in a path (RFC 3986 §3.3, pchar), less those that HTML would have to escape:
Kiwix's older tools read addresses without resolving entities (zimcheck 3.1.3)."""

MAX_PATH = 2**15
"""Bytes of a path in a ZIM; libzim itself ends at 64 KiB."""


class IdSet:
    """A set of ids that fits in memory: `in` is exact up to 64-bit collisions."""

    def __init__(self) -> None:
        self._sorted = array("Q")
        self._new = array("Q")

    def add(self, identity: bytes) -> None:
        """Put an id in."""
        self._new.append(int.from_bytes(identity[:8], "big"))

    def __contains__(self, identity: bytes) -> bool:
        if self._new:
            keys = np.unique(
                np.concatenate([np.frombuffer(part, dtype=np.uint64) for part in (self._sorted, self._new)])
            )
            self._sorted, self._new = array("Q", keys.tobytes()), array("Q")
        key = int.from_bytes(identity[:8], "big")
        place = bisect_left(self._sorted, key)
        return place < len(self._sorted) and self._sorted[place] == key


class ExportPlaces:
    """The lay-out of an export.

    Args:
        sources: the sources of the edition.
        known: ids of everything that will lie in the export: articles, redirects, media.
    """

    def __init__(self, sources: Sequence[Source], known: IdSet) -> None:
        self._known = known
        self._folders = _folders([source.key for source in sources])
        taken = set(self._folders.values())
        self.own = "_galactica"
        while f"{self.own}/" in taken or any(
            article_id(source.key, f"{self.own}/{name}") in known for source in sources for name in OWN_FILES
        ):
            self.own += "_"

    def path(self, source: str, path: str) -> str:
        """Where the thing at `path` of `source` lies."""
        return self._folders.get(source, "") + path

    def holds(self, source: str, path: str) -> bool:
        """Whether the export has something at `path` of `source`."""
        return article_id(source, path) in self._known

    def relink(self, body: str, source: str, page: str) -> tuple[str, int]:
        """Turn a body's links into links that work on the page at `page`.

        Args:
            body: canonical HTML, links `href="./PATH"` from the root of the source.
            source: key of its source.
            page: where the page lies in the export.

        Returns:
            (the body, how many links and pictures were taken out); a link that leads nowhere becomes its words, a
            picture its alternative text.
        """
        up = "../" * page.count("/") or "./"
        dropped = 0
        open_link_dropped = False

        def attribute(found: re.Match[str]) -> str:
            path, mark, fragment = html.unescape(found[2]).partition("#")
            path = unquote(path)
            if not self.holds(source, path):
                return "\0"
            target = up + quote(self.path(source, path), safe=_SAFE)
            return f'{found[1]}="{html.escape(target, quote=True)}{mark}{html.escape(fragment, quote=True)}"'

        def tag(found: re.Match[str]) -> str:
            nonlocal dropped, open_link_dropped
            closing, name, attributes = found.groups()
            if closing:
                gone = name == "a" and open_link_dropped
                open_link_dropped = open_link_dropped and name != "a"
                return "" if gone else found[0]
            changed = _INTERNAL.sub(attribute, attributes)
            if "\0" not in changed:
                return f"<{name}{changed}>"
            dropped += 1
            if name == "a":
                open_link_dropped = True
                return ""
            if name == "img":
                alt = _ALT.search(attributes)
                return alt[1] if alt else ""
            return f"<{name}{changed.replace(chr(0), '')}>"

        return _TAG.sub(tag, body.replace("\0", "")), dropped


OWN_FILES = ("index.html", "style.css")


def relative(page: str, target: str) -> str:
    """The address of `target` on the page at `page`, percent-encoded and escaped for an attribute."""
    return html.escape(("../" * page.count("/") or "./") + quote(target, safe=_SAFE), quote=True)


def sound(path: str) -> bool:
    """Whether a path can be an entry: not empty, relative, no NUL, no "." and ".." segments, not too long."""
    segments = path.split("/")
    return bool(path) and path[0] != "/" and "\0" not in path and len(path.encode()) <= MAX_PATH and not {
        ".", ".."
    } & set(segments)  # fmt: skip


def _folders(keys: Sequence[str]) -> dict[str, str]:
    """Source key → "" (one source) or "NAME/", NAME made of the letters and digits of the key, told apart if needed."""
    if len(keys) <= 1:
        return dict.fromkeys(keys, "")
    folders: dict[str, str] = {}
    for key in sorted(keys):
        name = re.sub(r"[^\w.-]+", "_", key).strip("._")[:60] or "source"
        while f"{name}/" in folders.values():
            name += "_"
        folders[key] = f"{name}/"
    return folders


Clean = Callable[[str], str]
"""A body → the same body without anything active; applied once more before a body leaves the house."""
