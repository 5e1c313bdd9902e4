"""Finding: an index of words over an edition, suggestions, corrections, result pages with passages."""

from galactica.search.build import IndexWriter
from galactica.search.searcher import Searcher, SearchPage
from galactica.search.store import TextIndex

__all__ = ["IndexWriter", "SearchPage", "Searcher", "TextIndex"]
