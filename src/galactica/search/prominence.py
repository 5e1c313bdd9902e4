"""How prominent each article is within its edition: how much it is linked to, and how long it is.

Links are counted while the articles pass by, before it is known which of them exist: every link target is counted
under a 22-bit hash of its source and path (CRC-32), in an array of fixed size, so that memory does not grow with the
number of links. An article's count is the sum over its own path and its redirects' paths. Two paths that share a hash
share their counts, which a logarithmic scale hardly shows.
"""

from __future__ import annotations

import re
import zlib
from array import array
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

import numpy as np
from numpy.typing import NDArray

from galactica.errors import EditionError
from galactica.model import Article
from galactica.search.layout import REMEDY, length_step, link_step

_BITS = 22
_MASK = (1 << _BITS) - 1
_LINK = re.compile(r'href="\./([^"#?]+)')


class LinkCounter:
    """Counts links; `add` for each article, then `prominence` once."""

    def __init__(self) -> None:
        self._counts = np.zeros(1 << _BITS, dtype=np.uint32)
        self._rows = array("Q")  # row and hash of each name, in pairs
        self._names = array("L")
        self._lengths = array("Q")

    def add(self, row: int, article: Article, length: int) -> None:
        """Take in an article: its names, its length in characters, and whom it links to (each target once)."""
        for path in {article.path, *(alias.path for alias in article.aliases if alias.path)}:
            self._rows.append(row)
            self._names.append(_hash(article.source, path))
        self._lengths.extend((row, length))
        if 'href="./' not in article.body:
            return
        targets = {_hash(article.source, _plain(path)) for path in _LINK.findall(article.body)}
        self._counts[np.fromiter(targets, dtype=np.int64, count=len(targets))] += 1

    def prominence(self, articles: int) -> NDArray[np.uint8]:
        """`uint8 [articles, 2]`: for each row the step of its links and of its length (`layout.link_step`, …)."""
        table = np.zeros((articles, 2), dtype=np.uint8)
        links = np.zeros(articles, dtype=np.int64)
        rows = np.frombuffer(self._rows, dtype=np.uint64).astype(np.int64)
        if len(rows):
            names = np.array(self._names, dtype=np.int64)
            np.add.at(links, rows, self._counts[names].astype(np.int64))
        lengths = np.array(self._lengths, dtype=np.int64).reshape(-1, 2)
        table[:, 0] = [link_step(count) for count in links.tolist()]
        table[lengths[:, 0], 1] = [length_step(length) for length in lengths[:, 1].tolist()]
        return table


def read_prominence(path: Path, articles: int) -> NDArray[np.uint8]:
    """Read `standing.bin`; `EditionError` where it is missing or of another size."""
    try:
        data = zlib.decompressobj().decompress(path.read_bytes(), 2 * articles + 1)
    except OSError as error:
        raise EditionError(f"{path} is missing from the index of words.", REMEDY) from error
    except zlib.error as error:
        raise EditionError(f"{path} is damaged.", REMEDY) from error
    if len(data) != 2 * articles:
        raise EditionError(f"{path} has {len(data)} bytes for {articles} articles.", REMEDY)
    return np.frombuffer(data, dtype=np.uint8).reshape(articles, 2)


def _hash(source: str, path: str) -> int:
    return zlib.crc32(f"{source}\0{path}".encode("utf-8", "surrogatepass")) & _MASK


@lru_cache(maxsize=50_000)
def _unquoted(path: str) -> str:
    return unquote(path)


def _plain(path: str) -> str:
    """A link's path as the article's own path is written."""
    if "&" in path:
        path = path.replace("&amp;", "&")
    return _unquoted(path) if "%" in path else path
