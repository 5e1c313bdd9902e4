"""An index of words that is open: look up terms, rows and titles; nothing here ranks.

Nothing is written beside the files, not even the lock that tantivy puts next to what it opens: it is given a folder of
links in the machine's temporary directory, gone again as soon as the files are mapped, so an edition can lie on a disc
that cannot be written.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType

import tantivy
from rapidfuzz.distance import OSA
from tantivy import Query, Schema

from galactica.codes.letters import loose_key, title_key
from galactica.edition import Edition
from galactica.errors import EditionError
from galactica.progress import Report
from galactica.search import prominence
from galactica.search.analysis import Analyser, analyser
from galactica.search.build import build_index
from galactica.search.layout import PROMINENCE, REMEDY, TITLES, WordIndexRecord, label, titles_schema

MOST_ENDINGS = 50
"""Terms that one Han character stands for, at most: the pairs that begin with it."""

MOST_TERMS = 40_000
"""Terms of one beginning that are looked at."""

MOST_BEGINNINGS = 64
"""Beginnings whose terms are kept: to enumerate 5,000 terms takes 3 ms, to look through them a tenth of that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title or alias found by its key: `name` as written, the article's row, its `layout.title_rank`."""

    name: str
    row: int
    weight: int


class WordShard:
    """The words of one edition's articles that share an analyser."""

    def __init__(self, index: tantivy.Index, by: Analyser) -> None:
        self.analyser = by
        self.schema: Schema = index.schema
        self.searcher = index.searcher()
        self.articles: int = self.searcher.num_docs
        self.vocabulary = lru_cache(maxsize=MOST_BEGINNINGS)(self._vocabulary)
        """Beginning → the terms of bodies that begin so and are in several articles → in how many; kept for a while."""

    def frequency(self, term: str) -> int:
        """In how many articles' bodies a term occurs."""
        return self.searcher.doc_freq("body", term)

    def title_frequency(self, term: str) -> int:
        """In how many articles' titles a term occurs."""
        return self.searcher.doc_freq("title", term)

    def beginning(self, field: str, letters: str) -> dict[str, int]:
        """The terms of a field that begin with these letters, the `MOST_ENDINGS` commonest → how many articles."""
        found = self.searcher.terms_with_prefix(field, letters, limit=20 * MOST_ENDINGS)
        return dict(sorted(found, key=lambda pair: -pair[1])[:MOST_ENDINGS])

    def _vocabulary(self, beginning: str) -> dict[str, int]:
        found = self.searcher.terms_with_prefix("body", beginning, limit=MOST_TERMS)
        return {term: articles for term, articles in found if articles > 1}

    def term(self, field: str, value: str) -> Query:
        """A query for one term of one field."""
        if field in ("body", "title"):
            return Query.term_query(self.schema, field, value, "freq")
        return Query.term_query(self.schema, field, label(value), "basic")

    def top(self, query: Query, limit: int, *, count: bool = False) -> tuple[list[tuple[int, float]], int]:
        """The best `limit` (row, score) pairs, best first, and how many articles match (0 unless `count`)."""
        found = self.searcher.search(query, limit, count=count)
        if not found.hits:
            return [], 0
        rows = self.searcher.fast_field_values("row", [address for _, address in found.hits])
        pairs = [(int(row or 0), float(score)) for row, (score, _) in zip(rows, found.hits, strict=True)]
        return pairs, int(found.count or 0) if count else 0  # type: ignore[attr-defined]  # absent from its stubs


class TextIndex:
    """An edition's index of words, open for reading; thread-safe; may be used in a `with` block."""

    def __init__(self, edition: Edition, directory: Path) -> None:
        record = WordIndexRecord.read(directory)
        if record.articles != len(edition) or (record.root and record.root != edition.root):
            raise EditionError(f"The index of words in {directory} was made from another edition.", REMEDY)
        self.edition = edition
        self.prominence = prominence.read_prominence(directory / PROMINENCE, record.articles)
        """`uint8 [articles, 2]`: steps of links and of length, see `layout`."""
        # A lock that tantivy makes and takes away in its own time can be there when the folder is cleared: seen twice
        # in thousands of openings on a busy machine. A folder that stays is better than an index that does not open.
        with tempfile.TemporaryDirectory(prefix="galactica-", ignore_cleanup_errors=True) as folder:
            links = Path(folder)
            self._titles = _open(directory / TITLES, links / TITLES).searcher()
            self.shards = tuple(
                WordShard(_open(directory / name, links / name), analyser(shard.name))
                for shard in record.shards
                for name in [f"words-{shard.name}"]
            )
        self._schema = titles_schema()
        if sum(shard.articles for shard in self.shards) != record.articles:
            raise EditionError(f"The index of words in {directory} is incomplete.", REMEDY)

    @classmethod
    def build(cls, edition: Edition, directory: Path, *, threads: int, report: Report) -> None:
        """Make the index of an edition; see `build.build_index`."""
        build_index(edition, directory, threads=threads, report=report)

    @classmethod
    def open(cls, edition: Edition, directory: Path) -> TextIndex:
        """Open the index in `directory`; `EditionError` where it is not this edition's, or not whole."""
        return cls(edition, directory)

    def __enter__(self) -> TextIndex:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.shards = ()

    def titles(self, key: str, limit: int, *, typos: int = 0) -> list[Title]:
        """Titles and aliases whose key is `key`, most prominent first; each article once.

        Args:
            key: an `analysis.title_key`.
            typos: 0, 1 or 2 insertions, deletions, substitutions or transpositions are forgiven.
        """
        best: dict[int, int] = {}
        for row, rank in self.ranked(key, limit, typos=typos):
            best.setdefault(row, rank)
        found = [Title(name=self.name(row, key), row=row, weight=rank) for row, rank in best.items()]
        # What is written with marks inside ("C.A.T.") is also found without ("cat"), after what has none.
        return found if typos else sorted(found, key=lambda title: title_key(title.name) != key)

    def name(self, row: int, key: str, *, prefix: bool = False) -> str:
        """The title or alias of an article that this key found: the first of those that are nearest to it.

        Args:
            prefix: what follows `key` does not count.
        """
        distance = prefix_typos if prefix else OSA.distance

        def near(name: str) -> tuple[int, bool]:
            own = title_key(name)
            return min((distance(key, own), False), (distance(key, loose_key(own)), True))

        return min(self.edition.names(row), key=near)

    def ranked(self, key: str, limit: int, *, typos: int = 0, prefix: bool = False) -> list[tuple[int, int]]:
        """(row, rank) of titles and aliases as `titles` finds them, without a look at the edition.

        Args:
            prefix: what follows `key` may be anything.
        """
        if not key:
            return []
        if typos or prefix:
            query = Query.fuzzy_term_query(self._schema, "key", key, typos, True, prefix)
        else:
            query = Query.term_query(self._schema, "key", key, "basic")
        found = self._titles.search(query, limit, count=False, order_by_field="weight")
        addresses = [address for _, address in found.hits]
        rows = self._titles.fast_field_values("row", addresses) if addresses else []
        return [(int(row or 0), int(rank)) for row, (rank, _) in zip(rows, found.hits, strict=True)]


def prefix_typos(typed: str, key: str) -> int:
    """How many mistakes lie between `typed` and the nearest beginning of `key`."""
    return min(OSA.distance(typed, key[:end]) for end in range(max(0, len(typed) - 2), len(typed) + 3))


def _open(directory: Path, links: Path) -> tantivy.Index:
    """Open a tantivy index through links to its files, or in place where links cannot be made."""
    try:
        files = [path.resolve() for path in directory.iterdir() if not path.name.startswith(".tantivy")]
        links.mkdir()
        for path in files:
            (links / path.name).symlink_to(path)
        place = links
    except FileNotFoundError as error:
        raise EditionError(f"{directory} is missing from the index of words.", REMEDY) from error
    except OSError:
        place = directory
    try:
        index = tantivy.Index.open(str(place))
    except (ValueError, OSError) as error:
        raise EditionError(f"The index of words in {directory} cannot be read.", REMEDY) from error
    index.config_reader("manual")
    return index


COMMON, COMMON_SHARE = 9, 0.001
"""Articles, and the share of them, from which a word is certainly one of the library's. Nine: one more than a mistake
may be in (`named.RARE`); the share, because a mistake is in more articles of a large library."""


def common_from(indexes: Sequence[TextIndex]) -> float:
    """The number of articles from which a word is certainly one of the library's, and no mistake or foreign noun."""
    articles = sum(count for index in indexes for _, count in index.edition.statement.languages)
    return max(COMMON, COMMON_SHARE * articles)
