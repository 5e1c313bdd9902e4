"""An edition, open for reading: any article by its row in about half a millisecond, all of them as a stream.

Rows are read as they lie on disk by `rows`, media by `media`, the other tables by `small`. Several threads may use
everything here at once.

What is read is compared with what the edition says of it, as far as that is cheap; `verify` alone looks at all of it:

* `edition.json` and the sources when the edition is opened, with the root: its name;
* each article with the first bytes of its leaf hash (`signals`): 24 bits, which one accident in 16 million passes;
* the places of media, and the works, with their tree head when the first is asked for; each file with its SHA-256.

Passages, titles alone (`head`, `names`), statements and what was left out are taken as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from sys import getsizeof

import numpy as np
import numpy.typing as npt

from galactica.codes.cache import Cache
from galactica.edition import bag, lookup
from galactica.edition.damage import readable, verify_it
from galactica.edition.head import HEAD_FIELDS, Head, article_head
from galactica.edition.info import EditionHeader, EditionInfo, read_statement
from galactica.edition.media import Media
from galactica.edition.partial import read_partial
from galactica.edition.rows import StoredRows
from galactica.edition.small import SmallTables, read_sources
from galactica.edition.table import article_of
from galactica.edition.trust import check_article, check_named
from galactica.errors import EditionError
from galactica.hints import word
from galactica.model import Article, Passage, Rejected, Source, SourceStatement, Work, article_id
from galactica.model.anchors import NO_ANCHORS, Anchors
from galactica.model.projection import Projection

_KEPT_ARTICLES = 1_500_000
"""Bytes of the articles read last: those of a page of results, whose pictures are looked for after their words."""

_ARTICLE_WEIGHS = 1_000
"""Bytes of an article beside its body."""

WORKS_SINCE = 2
"""Version of the format from which on articles may be parts of works, and ids be anchors."""


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
        self._stored = StoredRows(path, statement)
        self._small = SmallTables(path, statement)
        self._articles = Cache(_KEPT_ARTICLES)
        self._ids: lookup.Ids | None = None
        self.media = Media(path, statement)

    @classmethod
    def open(cls, path: Path | str) -> Edition:
        """Open the edition in the folder `path`.

        Raises:
            EditionError: there is none, it is unfinished, damaged at first sight, or of an unknown version.
        """
        path = Path(path)
        statement = read_statement(path)
        with readable(path):
            sources = read_sources(path)
            check_named(statement, sources)
        if sum(statement.shards) != statement.count("articles"):
            raise EditionError(f"{path} does not count its articles right", verify_it(path))
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
            partial=read_partial(self.path),
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
        return len(self._stored)

    def article(self, row: int) -> Article:
        """The article in `row`.

        Raises:
            IndexError: there is no such row.
            EditionError: its shard is missing or damaged.
        """
        return self._articles.get(row, lambda: self._read(row), _weigh)

    def body(self, row: int) -> str:
        """The body of the article in `row`; raises as `article` does."""
        return self.article(row).body

    def stored_body(self, row: int) -> str:
        """The body in `row`, compared with nothing, for who knows its digest; raises as `article` does."""
        return self._stored.body(row)

    def head(self, row: int) -> Head:
        """The article in `row` without its body; raises as `article` does."""
        return article_head(row, self._stored.fields(row, HEAD_FIELDS))

    def belonging(self, row: int) -> tuple[Work | None, str]:
        """The work that the article in `row` is a part of, if it is one, and the article's own date of publication, ""
        where it has none; raises as `article` does."""
        if self.statement.format < WORKS_SINCE:
            return None, ""
        f = self._stored.fields(row, ("source", "work", "published"))
        work = self.work(f["source"], f["work"]) if f["work"] else None
        return work, f["published"] or ""

    def headings(self, row: int) -> tuple[str, ...]:
        """The headings above the article in `row` in the work it is a part of; raises as `article` does."""
        if self.statement.format < WORKS_SINCE:
            return ()
        return tuple(self._stored.fields(row, ("headings",))["headings"] or ())

    def anchors(self, outlined: Projection) -> Anchors:
        """The places in their source that a text of its articles names; in an edition of format 1, none."""
        return Anchors(outlined.anchors) if outlined.anchors and self.statement.format >= WORKS_SINCE else NO_ANCHORS

    def scan(self, start: int = 0, stop: int | None = None, *, body: bool = True) -> Iterator[tuple[int, Article]]:
        """Yield (row, article) for rows start … stop-1, in order; one row group is in memory at a time.

        Args:
            start, stop: rows; None is the end.
            body: False leaves every body "" and does not read it.
        """
        for row, fields in self._stored.scan(start, len(self) if stop is None else stop, body=body):
            found = article_of(fields, fields.get("body", ""))
            if body:
                self._check(row, found)
            yield row, found

    def row_of(self, identity: bytes) -> int | None:
        """The row of the article with this id, or of the article that a redirect with this id leads to."""
        for row in self._lookup().rows(identity):
            if row >= len(self):
                continue
            fields = self._stored.fields(row, ("source", "path", "aliases"))
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
        return self._stored.spans(row)

    def passage_counts(self, shard: int) -> npt.NDArray[np.int32]:
        """How many passages each article of a shard has, in row order (`int32 [articles]`).

        Raises:
            EditionError: the shard's passages are missing, damaged, or of other articles.
        """
        return self._stored.passage_counts(shard)

    def names(self, row: int) -> tuple[str, ...]:
        """The title and the aliases of the article in `row`; raises as `article` does."""
        f = self._stored.fields(row, ("title", "aliases"))
        return (f["title"], *(alias["title"] for alias in f["aliases"] or ()))

    def inputs(self, row: int) -> bytes:
        """Digest of what the article in `row` was made from (`INPUT_BYTES`); raises as `article` does."""
        return self._stored.input(row)

    def leaf_prefixes(self, shard: int) -> list[bytes]:
        """First bytes (`layout.LEAF_BYTES`) of each article's leaf hash in a shard, in row order."""
        return self._stored.leaf_prefixes(shard)

    def works(self) -> tuple[Work, ...]:
        """Its works, by source and path; none in an edition of format 1."""
        return self._small.works()

    def work(self, source: str, path: str) -> Work | None:
        """The work at `path` of `source`; None where there is none."""
        return self._small.work(source, path)

    def statements(self) -> Iterator[SourceStatement]:
        """What its sources state outside of articles, in the order of the table."""
        return self._small.statements()

    def statements_about(self, subject: str) -> list[SourceStatement]:
        """What its sources state about a subject ("wikidata:Q42"), in the order of the table."""
        return self._small.statements_about(subject)

    def rejected(self) -> Iterator[Rejected]:
        """What was left out, and why, in the order of the table."""
        return self._small.rejected()

    def dropped(self) -> Iterator[tuple[str, str, int]]:
        """(source, rule, count): marks, templates and other parts of articles that cleaning left out."""
        return self._small.dropped()

    def index_dir(self) -> Path:
        """Where its indexes lie."""
        return self.path / "index"

    def meaning_dir(self) -> Path:
        """Where its index of meaning lies, if it has one."""
        return self.index_dir() / bag.MEANING

    def shard_rows(self) -> list[tuple[int, int]]:
        """(first row, number of rows) of each shard."""
        return self._stored.shards()

    def close(self) -> None:
        """Let go of the files."""
        self._stored.close()

    def __enter__(self) -> Edition:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self, row: int) -> Article:
        fields, body = self._stored.whole(row)
        with readable(self.path):
            found = article_of(fields, body)
            self._check(row, found)
        return found

    def _check(self, row: int, article: Article) -> None:
        """Compare an article with the first bytes of the leaf hash that it had when the edition was made."""
        leaf = self._stored.leaf(row)
        with readable(self.path):
            check_article(article, leaf, self.statement.format)

    def _lookup(self) -> lookup.Ids:
        if self._ids is None:
            try:
                self._ids = lookup.Ids(self.index_dir() / "ids", len(self))
            except (OSError, ValueError) as error:
                raise EditionError(
                    f"The index of {self.path} is missing or broken.", f"Run: galactica index {word(self.path)}"
                ) from error
        return self._ids


def _weigh(article: Article) -> int:
    return getsizeof(article.body) + _ARTICLE_WEIGHS
