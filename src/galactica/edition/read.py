"""An edition, open for reading: any article by its row in about half a millisecond, all of them as a stream.

Rows are the articles' own order: shard after shard, row after row. Small columns are read by row group and the last
groups kept; bodies are read by page (`pages`), because unpacking a whole group for one article would cost 8 ms.
Everything here may be used by several threads at once.

What is read is compared with what the edition says of it, as far as that is cheap; `verify` alone looks at all of it:

* `edition.json` and the sources when the edition is opened, with the root: its name;
* each article with the first bytes of its leaf hash (`signals`): 24 bits, which one accident in 16 million passes;
* the places of media, and the works, with their tree head when the first is asked for; each file with its SHA-256.

Passages, titles alone (`head`, `names`), statements and what was left out are taken as they are.
"""

from __future__ import annotations

import bisect
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from sys import getsizeof
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from galactica.codes import merkle
from galactica.codes.cache import Cache
from galactica.edition import bag, layout, lookup, record
from galactica.edition.damage import DamageError, readable, reading
from galactica.edition.info import EditionHeader, EditionInfo, read_statement
from galactica.edition.media import Media
from galactica.edition.shard import Shard, passage_counts
from galactica.edition.table import article_of, source_of, statement_of, work_of
from galactica.edition.trust import check_head, check_named
from galactica.errors import EditionError
from galactica.hints import word
from galactica.model import Article, Passage, Rejected, Source, SourceStatement, Work, article_id
from galactica.model.anchors import NO_ANCHORS, Anchors
from galactica.model.projection import Projection
from galactica.model.said import said

_KEPT_BYTES = 24_000_000
"""Of small columns and passages: about 25,000 articles without their bodies."""

_KEPT_PAGES = 3

_KEPT_ARTICLES = 1_500_000
"""Bytes of the articles read last: those of a page of results, whose pictures are looked for after their words."""

_ARTICLE_WEIGHS = 1_000
"""Bytes of an article beside its body."""

_LEAF_WEIGHS = 44
"""Bytes in memory of the first bytes of a leaf hash, and of its place in a list."""

WORKS_SINCE = 2
"""Version of the format from which on articles may be parts of works, and ids be anchors."""

_HEAD = ("title", "language", "source", "path", "url", "modified", "licence")

_Row = dict[str, Any]
"""A row as pyarrow gives it; it does not leave this module."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """An article without its body."""

    row: int
    id: bytes
    title: str
    language: str
    source: str
    path: str
    url: str
    modified: str
    licence: str


class Edition:
    """An edition on disk. Open it with `Edition.open`, close it by leaving its `with` block.

    Attributes:
        path: its folder.
        root: its name, 64 hex digits.
        media: its media files.
    """

    def __init__(self, path: Path, statement: EditionHeader, sources: Sequence[Source]) -> None:
        self.path = path
        self.statement = statement
        self.root = statement.root
        self._sources = {source.key: source for source in sources}
        self._starts = [0]
        for count in statement.shards:
            self._starts.append(self._starts[-1] + count)
        self._shards: dict[int, Shard] = {}
        self._lock = threading.Lock()
        self._groups = Cache(_KEPT_BYTES)
        self._pages = Cache(_KEPT_PAGES)
        self._articles = Cache(_KEPT_ARTICLES)
        self._ids: lookup.Ids | None = None
        self.media = Media(path, statement)
        self._works: dict[tuple[str, str], Work] | None = None

    @classmethod
    def open(cls, path: Path | str) -> Edition:
        """Open the edition in the folder `path`.

        Raises:
            EditionError: there is none, it is unfinished, damaged at first sight, or of an unknown version.
        """
        path = Path(path)
        statement = read_statement(path)
        with readable(path):
            sources = _read_sources(path)
            check_named(statement, sources)
        if sum(statement.shards) != statement.count("articles"):
            raise EditionError(f"{path} does not count its articles right", "Fetch or build the edition again.")
        return cls(path, statement, sources)

    @property
    def info(self) -> EditionInfo:
        """The edition at a glance (walks its folder to add up the bytes)."""
        s = self.statement
        return EditionInfo(
            title=s.title,
            root=s.root,
            format_version=s.format,
            parent=s.parent,
            articles=len(self),
            passages=s.count("passages"),
            rejected=s.count("rejected"),
            media=s.count("media"),
            aliases=s.count("aliases"),
            languages=s.languages,
            sources=tuple(self._sources.values()),
            licences=s.licences,
            bycatch=s.count("bycatch"),
            left_out=s.left_out,
            bytes=sum(f.stat().st_size for f in self.path.rglob("*") if f.is_file()),
            number=s.number,
            works=s.count("works"),
            statements=s.count("statements"),
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """Its sources, by key."""
        return tuple(self._sources.values())

    def source(self, key: str) -> Source:
        """The source called `key`.

        Raises:
            EditionError: the edition has none of that name.
        """
        try:
            return self._sources[key]
        except KeyError:
            raise EditionError(f"{self.path} has no source {key!r}", "See `galactica info`.") from None

    def __len__(self) -> int:
        return self._starts[-1]

    def article(self, row: int) -> Article:
        """The article in `row`.

        Raises:
            IndexError: there is no such row.
            EditionError: its shard is missing or damaged.
        """
        shard, group, inside = self._place(row)

        def read() -> Article:
            heads = shard.heads(group, self._groups)
            body = shard.body(group, inside, self._groups, self._pages)
            found = article_of(heads.fields(inside, heads.names), body)
            self._check(found, self._leaf(shard, row))
            return found

        with readable(self.path):
            return self._articles.get(row, read, lambda article: getsizeof(article.body) + _ARTICLE_WEIGHS)

    def body(self, row: int) -> str:
        """The body of the article in `row`; raises as `article` does."""
        return self.article(row).body

    def head(self, row: int) -> Head:
        """The article in `row` without its body; raises as `article` does."""
        shard, group, inside = self._place(row)
        with readable(self.path):
            f = shard.heads(group, self._groups).fields(inside, _HEAD)
        return Head(
            row=row,
            id=article_id(f["source"], f["path"]),
            title=f["title"],
            language=f["language"],
            source=f["source"],
            path=f["path"],
            url=f["url"] or "",
            modified=f["modified"] or "",
            licence=f["licence"] or "",
        )

    def belonging(self, row: int) -> tuple[Work | None, str]:
        """The work that the article in `row` is a part of, if it is one, and the article's own date of publication, ""
        where it has none; raises as `article` does."""
        if self.statement.format < WORKS_SINCE:
            return None, ""
        shard, group, inside = self._place(row)
        with readable(self.path):
            f = shard.heads(group, self._groups).fields(inside, ("source", "work", "published"))
        work = self.work(f["source"], f["work"]) if f["work"] else None
        return work, f["published"] or ""

    def headings(self, row: int) -> tuple[str, ...]:
        """The headings above the article in `row` in the work it is a part of; raises as `article` does."""
        if self.statement.format < WORKS_SINCE:
            return ()
        shard, group, inside = self._place(row)
        with readable(self.path):
            return tuple(shard.heads(group, self._groups).fields(inside, ("headings",))["headings"] or ())

    def anchors(self, outlined: Projection) -> Anchors:
        """The places in their source that a text of its articles names; in an edition of format 1, none."""
        return Anchors(outlined.anchors) if outlined.anchors and self.statement.format >= WORKS_SINCE else NO_ANCHORS

    def scan(self, start: int = 0, stop: int | None = None, *, body: bool = True) -> Iterator[tuple[int, Article]]:
        """Yield (row, article) for rows start … stop-1, in order; one row group is in memory at a time.

        Args:
            start, stop: rows; None is the end.
            body: False leaves every body "" and does not read it.
        """
        end = len(self) if stop is None else min(stop, len(self))
        row = start
        while row < end:
            shard, group, inside = self._place(row)
            with readable(self.path):
                rows: Iterable[_Row]
                if body:
                    rows = shard.group(group).slice(inside, end - row).to_pylist()
                else:
                    heads = shard.heads(group, self._groups)
                    last = min(len(heads), inside + end - row)
                    rows = (heads.fields(i, heads.names) for i in range(inside, last))
            for fields in rows:
                found = article_of(fields, fields.get("body", ""))
                if body:
                    with readable(self.path):
                        self._check(found, self._leaf(shard, row))
                yield row, found
                row += 1

    def row_of(self, identity: bytes) -> int | None:
        """The row of the article with this id, or of the article that a redirect with this id leads to."""
        for row in self._lookup().rows(identity):
            if row >= len(self):
                continue
            shard, group, inside = self._place(row)
            with readable(self.path):
                fields = shard.heads(group, self._groups).fields(inside, ("source", "path", "aliases"))
            if article_id(fields["source"], fields["path"]) == identity:
                return row
            if any(a["path"] and article_id(fields["source"], a["path"]) == identity for a in fields["aliases"] or ()):
                return row
        return None

    def passages(self, row: int) -> tuple[Passage, ...]:
        """The passages of the article in `row`, in order; raises as `article` does."""
        return tuple(
            Passage(number=number, start=start, end=end)
            for number, (start, end) in enumerate(zip(*self.spans(row), strict=True))
        )

    def spans(self, row: int) -> tuple[list[int], list[int]]:
        """Starts and ends of the passages of the article in `row`, in order; raises as `article` does."""
        shard, group, inside = self._place(row)
        with readable(self.path):
            return shard.spans(group, self._starts[shard.number], self._groups).of(inside)

    def passage_counts(self, shard: int) -> npt.NDArray[np.int32]:
        """How many passages each article of a shard has, in row order (`int32 [articles]`).

        Raises:
            EditionError: the shard's passages are missing, damaged, or of other articles.
        """
        file = self.path / "data" / "passages" / layout.shard_name(shard)
        with readable(self.path), reading(f"data/passages/{file.name}"):
            return passage_counts(file, self._starts[shard], self.statement.shards[shard])

    def names(self, row: int) -> tuple[str, ...]:
        """The title and the aliases of the article in `row`; raises as `article` does."""
        shard, group, inside = self._place(row)
        with readable(self.path):
            f = shard.heads(group, self._groups).fields(inside, ("title", "aliases"))
        return (f["title"], *(alias["title"] for alias in f["aliases"] or ()))

    def inputs(self, row: int) -> bytes:
        """Digest of what the article in `row` was made from (`INPUT_BYTES`); raises as `article` does."""
        shard, _, _ = self._place(row)
        with readable(self.path):
            column = self._groups.get(
                ("input", shard.number), lambda: shard.signals("input"), lambda column: int(column.nbytes)
            )
        return column[row - self._starts[shard.number]].as_py()  # type: ignore[no-any-return]  # pyarrow is untyped

    def leaf_prefixes(self, shard: int) -> list[bytes]:
        """First bytes (`layout.LEAF_BYTES`) of each article's leaf hash in a shard, in row order."""
        with readable(self.path):
            return self._shard(shard).signals("leaf").to_pylist()  # type: ignore[no-any-return]  # pyarrow is untyped

    def works(self) -> tuple[Work, ...]:
        """Its works, by source and path; none in an edition of format 1."""
        with readable(self.path):
            return tuple(self._all_works().values())

    def work(self, source: str, path: str) -> Work | None:
        """The work at `path` of `source`; None where there is none."""
        with readable(self.path):
            return self._all_works().get((source, path))

    def statements(self) -> Iterator[SourceStatement]:
        """What its sources state outside of articles, in the order of the table."""
        for row in self._rows("statements"):
            with readable(self.path):
                yield statement_of(row)

    def rejected(self) -> Iterator[Rejected]:
        """What was left out, and why, in the order of the table."""
        for row in self._rows("rejected"):
            yield Rejected(**row)

    def dropped(self) -> Iterator[tuple[str, str, int]]:
        """(source, rule, count): marks, templates and other parts of articles that cleaning left out."""
        for row in self._rows("dropped"):
            yield row["source"], row["rule"], row["count"]

    def index_dir(self) -> Path:
        """Where its indexes lie."""
        return self.path / "index"

    def meaning_dir(self) -> Path:
        """Where its index of meaning lies, if it has one."""
        return self.index_dir() / bag.MEANING

    def shard_rows(self) -> list[tuple[int, int]]:
        """(first row, number of rows) of each shard."""
        return list(zip(self._starts, self.statement.shards, strict=False))

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            for shard in self._shards.values():
                shard.close()
            self._shards.clear()

    def __enter__(self) -> Edition:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _rows(self, table: str) -> Iterator[_Row]:
        for file in sorted((self.path / "data" / table).glob("*.parquet")):
            with readable(self.path), reading(f"data/{table}/{file.name}"), pq.ParquetFile(file) as parquet:
                for batch in parquet.iter_batches(4096):
                    yield from batch.to_pylist()

    def _leaf(self, shard: Shard, row: int) -> bytes:
        """First bytes of the leaf hash that the article in `row` had when the edition was made."""
        column = self._groups.get(
            ("leaf", shard.number), lambda: shard.signals("leaf").to_pylist(), lambda leaves: _LEAF_WEIGHS * len(leaves)
        )
        return column[row - self._starts[shard.number]]  # type: ignore[no-any-return]  # pyarrow is untyped

    def _check(self, article: Article, leaf: bytes) -> None:
        if not merkle.leaf_hash(record.article_record(article, self.statement.format)).startswith(leaf):
            raise DamageError(
                said(
                    "article-changed",
                    "the article '{title}' is not what it was when the edition was made",
                    title=article.title,
                )
            )

    def _shard(self, number: int) -> Shard:
        with self._lock:
            shard = self._shards.get(number)
            if shard is None:
                name = layout.shard_name(number)
                shard = Shard(self.path / "data", name, number, self.statement.shards[number])
                self._shards[number] = shard
            return shard

    def _place(self, row: int) -> tuple[Shard, int, int]:
        """(shard, row group in it, row in that group)."""
        if not 0 <= row < len(self):
            raise IndexError(row)
        number = bisect.bisect_right(self._starts, row) - 1
        with readable(self.path):
            shard = self._shard(number)
            group, inside = shard.group_of(row - self._starts[number])
        return shard, group, inside

    def _lookup(self) -> lookup.Ids:
        if self._ids is None:
            try:
                self._ids = lookup.Ids(self.index_dir() / "ids", len(self))
            except (OSError, ValueError) as error:
                raise EditionError(
                    f"The index of {self.path} is missing or broken.", f"Run: galactica index {word(self.path)}"
                ) from error
        return self._ids

    def _all_works(self) -> dict[tuple[str, str], Work]:
        if self._works is None:
            if not self.statement.count("works"):
                self._works = {}
                return self._works
            works = {(work.source, work.path): work for work in map(work_of, self._rows("works"))}
            leaves = (merkle.leaf_hash(record.work_record(works[place])) for place in sorted(works))
            check_head(self.statement, "works", leaves)
            self._works = dict(sorted(works.items()))
        return self._works


def _read_sources(path: Path) -> list[Source]:
    name = layout.shard_name(0)
    with reading(f"data/sources/{name}"):
        rows = pq.read_table(path / "data" / "sources" / name).to_pylist()
        return [source_of(row) for row in rows]
