"""Finding: an index of words over an edition, suggestions, corrections, result pages with passages.

Each name is loaded when it is first asked for: who only reads an edition, or looks up a title, loads no search.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from galactica.search.build import IndexWriter
    from galactica.search.searcher import Searcher, SearchPage
    from galactica.search.store import TextIndex

__all__ = ["IndexWriter", "SearchPage", "Searcher", "TextIndex"]

_HOMES = {"IndexWriter": "build", "SearchPage": "searcher", "Searcher": "searcher", "TextIndex": "store"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
