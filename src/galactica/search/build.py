"""Making the index of words: articles in, `index/text/` out.

Articles may come in any order, one at a time, with the text of their bodies already projected (`IndexWriter`), so that
an edition can be indexed while it is made; or from an edition that lies there (`build_index`). A word index for a
language is opened when its first article comes. Titles wait in a temporary file until all links are counted, because
how prominent an article is ranks its titles. `text.json` is written last.
"""

from __future__ import annotations

import json
import tempfile
import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import Document

from galactica.codes.letters import indexed, loose_key, title_key
from galactica.edition import Edition
from galactica.languages import ranges, scripts_in
from galactica.model import Article
from galactica.model.projection import project
from galactica.progress import Report
from galactica.search.analysis import analyser, analyser_for
from galactica.search.layout import (
    PROMINENCE,
    TITLES,
    WordIndexRecord,
    WordIndexShard,
    create,
    label,
    title_rank,
    titles_schema,
    words_schema,
)
from galactica.search.prominence import LinkCounter

HEAP = 200_000_000
"""Bytes that the first language's writer may hold before it writes a segment; more neither saves time nor bytes."""

SMALL_HEAP = 50_000_000
"""The same for every further language."""

LONGEST_TEXT = 20_000_000
"""Characters of a body that are indexed; what comes after them can be read but not found."""

EVERY = 500
"""Articles between two reports."""

ALIAS_STEP = 24
"""How much lower an alias ranks than its article's own title, in steps of `prominence`: two doublings of length."""


class IndexWriter:
    """Writes an index of words; a context manager that leaves nothing finished behind when an error ends it.

    Args:
        directory: created; must not exist or be empty.
        threads: of the first language; each further language gets one. One thread gives one segment (17 MB for 205 MB
            of text), two give two (18 MB) in half the time.
    """

    def __init__(self, directory: Path, *, threads: int = 1) -> None:
        self._directory = directory
        self._threads = max(1, threads)
        directory.mkdir(parents=True, exist_ok=True)
        self._writers: dict[str, tantivy.IndexWriter] = {}
        self._articles: dict[str, int] = {}
        self._links = LinkCounter()
        self._names = SpooledTitles()
        self._highest = -1

    def __enter__(self) -> IndexWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._names.close()
        for writer in self._writers.values():
            writer.rollback()
        self._writers.clear()

    def add(self, row: int, article: Article, text: str) -> None:
        """Take in one article.

        Args:
            row: its row in the edition; every row once, in any order.
            text: the projection of its body.
        """
        name = analyser_for(article.language, text)
        self._writer(name).add_document(indexed_document(row, article, text))
        self._articles[name] += 1
        self._highest = max(self._highest, row)
        self._links.add(row, article, len(text))
        self._names.add(row, title_and_aliases(article))

    def finish(self, root: str = "") -> None:
        """Write everything out. Nothing can be added afterwards.

        Args:
            root: of the edition, 64 hex digits, where it is known by now.
        """
        articles = self._highest + 1
        for writer in self._writers.values():
            writer.commit()
            writer.wait_merging_threads()
        self._writers.clear()
        prominence = self._links.prominence(articles)
        self._names.write(self._directory, prominence)
        self._names.close()
        complete(self._directory, root, prominence, self._articles)

    def _writer(self, name: str) -> tantivy.IndexWriter:
        if name not in self._writers:
            first = not self._writers
            index = with_analysers(create(self._directory / f"words-{name}", words_schema()), name)
            self._writers[name] = index.writer(HEAP if first else SMALL_HEAP, self._threads if first else 1)
            self._articles[name] = 0
        return self._writers[name]


class SpooledTitles:
    """Titles and aliases on their way into their index: they wait in a file until it is known how each article ranks;
    may be used in a `with` block."""

    def __init__(self) -> None:
        self._names = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  # closed by `close`

    def __enter__(self) -> SpooledTitles:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def add(self, row: int, titles: Sequence[str]) -> None:
        """Take in the title of the article in `row`, then its aliases."""
        self._names.write(json.dumps([row, titles]) + "\n")

    def close(self) -> None:
        """Let go of the file."""
        self._names.close()

    def write(self, directory: Path, prominence: NDArray[np.uint8]) -> None:
        """Make the index of titles in `directory`.

        Args:
            prominence: as `LinkCounter.prominence` gives it.
        """
        weights = array("H", prominence.sum(axis=1, dtype=np.uint16).tobytes())
        writer = create(directory / TITLES, titles_schema()).writer(SMALL_HEAP, 1)
        for row, key, own in self._spooled():
            document = Document()
            _add_text(document, "key", key)
            document.add_integer("row", row)
            document.add_integer("weight", title_rank(weights[row] - (0 if own else ALIAS_STEP), key))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def _spooled(self) -> Iterator[tuple[int, str, bool]]:
        """(row, key of a title or alias, whether it is the article's own title's); each key of a row once, those
        without the marks inside words (`loose_key`) after all others."""
        self._names.seek(0)
        for line in self._names:
            row, titles = json.loads(line)
            keys = dict.fromkeys(map(title_key, titles))
            loose = dict.fromkeys(map(loose_key, keys))
            for number, key in enumerate({**keys, **loose}):
                if key:
                    yield row, key, number == 0


def with_analysers(index: tantivy.Index, name: str) -> tantivy.Index:
    """An index of words that knows how its texts become terms."""
    index.register_tokenizer("body", analyser(name).body)
    index.register_tokenizer("title", analyser(name).title)
    return index


def title_and_aliases(article: Article) -> list[str]:
    """The title of an article and its aliases."""
    return [article.title, *(alias.title for alias in article.aliases)]


def article_texts(article: Article, text: str) -> list[tuple[str, str]]:
    """(field, text) of all that an article is found by.

    Args:
        text: the projection of its body.
    """
    elsewhere = names_in_other_scripts(article)
    titles = dict.fromkeys(title_and_aliases(article))
    names = [("body" if title in elsewhere else "title", indexed(title)) for title in titles]
    return [("body", indexed(text[:LONGEST_TEXT])), *names]


def indexed_document(row: int, article: Article, text: str) -> Document:
    """What an index of words is given for the article in `row`; `text` is the projection of its body."""
    document = Document()
    document.add_integer("row", row)
    for field, value in article_texts(article, text):
        _add_text(document, field, value)
    for tag in ranges(article.language):
        document.add_unsigned("language", label(tag))
    document.add_unsigned("source", label(article.source))
    return document


def complete(directory: Path, root: str, prominence: NDArray[np.uint8], shards: Mapping[str, int]) -> None:
    """Write what stands beside the indexes of words and titles, the record of all last.

    Args:
        root: of the edition, 64 hex digits, or "" where it is not known yet.
        prominence: as `LinkCounter.prominence` gives it.
        shards: analyser → articles.
    """
    (directory / PROMINENCE).write_bytes(zlib.compress(prominence.tobytes(), 9))
    for file in directory.glob("*/*"):
        if file.name.startswith("."):
            file.unlink()  # locks and notes of the writer, which a reader does not need
        else:
            file.chmod(0o644)  # tantivy makes some of them for the owner's eyes only
    found = tuple(WordIndexShard(name=name, articles=count) for name, count in sorted(shards.items()))
    WordIndexRecord(root=root, articles=len(prominence), shards=found).write(directory)


def build_index(edition: Edition, directory: Path, *, threads: int, report: Report) -> None:
    """Index an edition that lies on disk.

    Args:
        directory: usually `edition.index_dir() / "text"`; created.
        threads: as for `IndexWriter`.
        report: stage "index", in articles.
    """
    total = len(edition)
    with IndexWriter(directory, threads=threads) as writer:
        for done, (row, article) in enumerate(edition.scan()):
            writer.add(row, article, project(article.body))
            if done % EVERY == 0:
                report("index", done, total, "articles")
        writer.finish(edition.root)
    report("index", total, total, "articles")


def names_in_other_scripts(article: Article) -> frozenset[str]:
    """The names in other scripts than the title's that are no redirect. Dozens of them would make a title long, which
    counts against each of its words; among the words of the body they are found and weigh nothing."""
    names = [alias.title for alias in article.aliases if not alias.path]
    own = scripts_in(article.title) if names else frozenset()
    return frozenset(name for name in names if name != article.title and scripts_in(name) - own)


def _add_text(document: Document, field: str, text: str) -> None:
    """Add text as UTF-8 can carry it: only lone surrogates change."""
    try:
        document.add_text(field, text)
    except UnicodeEncodeError:
        document.add_text(field, text.encode("utf-8", "replace").decode())
