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
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

import numpy as np
from numpy.typing import NDArray

from galactica.errors import EditionError
from galactica.model import Article
from galactica.search.layout import REMEDY, length_step, link_step

_AT_ONCE = 1 << 16
"""Articles, or names, that are told together."""

_BITS = 22
_MASK = (1 << _BITS) - 1
_LINK = re.compile(r'href="\./([^"#?]+)')


class LinkCounter:
    """Counts links; `add` for each article, then `prominence` once. 16 MB, 16 bytes an article and 8 a further name;
    telling takes 10 more an article."""

    def __init__(self) -> None:
        self._counts = np.zeros(1 << _BITS, dtype=np.uint32)
        self._names = array("I")  # row and hash of each name, in pairs
        self._lengths = array("I")  # row and length of each article, in pairs

    def add(self, row: int, article: Article, length: int) -> None:
        """Take in an article: its names, its length in characters, and whom it links to (each target once)."""
        for path in {article.path, *(alias.path for alias in article.aliases if alias.path)}:
            self._names.extend((row, _hash(article.source, path)))
        self._lengths.extend((row, length))
        if 'href="./' not in article.body:
            return
        targets = {_hash(article.source, _plain(path)) for path in _LINK.findall(article.body)}
        self._counts[np.fromiter(targets, dtype=np.int64, count=len(targets))] += 1

    def prominence(self, articles: int) -> NDArray[np.uint8]:
        """`uint8 [articles, 2]`: for each row the step of its links and of its length (`layout.link_step`, …)."""
        table = np.zeros((articles, 2), dtype=np.uint8)
        links = np.zeros(articles, dtype=np.int64)
        for several in _parts(self._names):
            np.add.at(links, several[:, 0], self._counts[several[:, 1]].astype(np.int64))
        for begin in range(0, articles, _AT_ONCE):
            table[begin : begin + _AT_ONCE, 0] = _steps(links[begin : begin + _AT_ONCE], link_step)
        for several in _parts(self._lengths):
            table[several[:, 0], 1] = _steps(several[:, 1], length_step)
        return table


def _parts(pairs: array[int]) -> Iterator[NDArray[np.int64]]:
    """Pairs of numbers, `int64 [n, 2]`, some at a time."""
    every = np.frombuffer(pairs, dtype=np.uintc).reshape(-1, 2)
    for begin in range(0, len(every), _AT_ONCE):
        yield every[begin : begin + _AT_ONCE].astype(np.int64)


def _steps(values: NDArray[np.int64], step: Callable[[int], int]) -> NDArray[np.uint8]:
    """The steps of numbers: each different one is asked for once."""
    different, places = np.unique(values, return_inverse=True)
    return np.fromiter(map(step, different.tolist()), np.uint8, len(different))[places]


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
