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
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import tantivy
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
        self._names = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed by finish or __exit__
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
        document = Document()
        document.add_integer("row", row)
        _add_text(document, "body", indexed(text[:LONGEST_TEXT]))
        titles = [article.title, *(alias.title for alias in article.aliases)]
        elsewhere = _elsewhere(article)
        for title in dict.fromkeys(titles):
            _add_text(document, "body" if title in elsewhere else "title", indexed(title))
        for tag in ranges(article.language):
            document.add_unsigned("language", label(tag))
        document.add_unsigned("source", label(article.source))
        self._writer(name).add_document(document)
        self._articles[name] += 1
        self._highest = max(self._highest, row)
        self._links.add(row, article, len(text))
        self._names.write(json.dumps([row, titles]) + "\n")

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
        (self._directory / PROMINENCE).write_bytes(zlib.compress(prominence.tobytes(), 9))
        self._write_titles(prominence.astype(int).sum(axis=1).tolist())
        self._names.close()
        for file in self._directory.glob("*/*"):
            if file.name.startswith("."):
                file.unlink()  # locks and notes of the writer, which a reader does not need
            else:
                file.chmod(0o644)  # tantivy makes some of them for the owner's eyes only
        shards = tuple(WordIndexShard(name=name, articles=count) for name, count in sorted(self._articles.items()))
        WordIndexRecord(root=root, articles=articles, shards=shards).write(self._directory)

    def _writer(self, name: str) -> tantivy.IndexWriter:
        if name not in self._writers:
            index = create(self._directory / f"words-{name}", words_schema())
            index.register_tokenizer("body", analyser(name).body)
            index.register_tokenizer("title", analyser(name).title)
            first = not self._writers
            threads = self._threads if first else 1
            self._writers[name] = index.writer(HEAP if first else SMALL_HEAP, threads)
            self._articles[name] = 0
        return self._writers[name]

    def _write_titles(self, weights: list[int]) -> None:
        writer = create(self._directory / TITLES, titles_schema()).writer(SMALL_HEAP, 1)
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


def _elsewhere(article: Article) -> frozenset[str]:
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
