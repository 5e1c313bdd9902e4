"""What of an edition goes onto pages: its articles in an order, each with the records that it names and with proofs.

One pass orders the articles (`building.order`); of each its leaf hash and some numbers are kept, about 120 bytes. Their
records are read one by one when they are asked for. Media, their places, and statements are left out, and counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from galactica.building.order.ordering import OrderedArticles
from galactica.codes import merkle
from galactica.edition import Edition, record
from galactica.edition.keyed import keyed_records
from galactica.edition.table import truths
from galactica.engrave.stream.blocks import EDITION, LIST, NODES, SheetBlock, packed_block
from galactica.engrave.stream.contents import (
    LETTERS,
    EngravedEdition,
    EngravedRecord,
    ListLine,
    nodes_content,
)
from galactica.engrave.stream.filling import EngravedArticle
from galactica.engrave.stream.subtrees import Subtrees, best_height
from galactica.errors import EditionError

_LIST_BYTES: Final = 32 * 1024
"""Of lines in a block: so small that it fits onto a sheet beside others."""

_NODES_IN_BLOCK: Final = 256
"""8 KiB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _SmallTable:
    """A table whose records articles name: key → (its place, its record)."""

    places: dict[bytes, int]
    records: tuple[bytes, ...]
    leaves: tuple[bytes, ...]


class ChosenArticles:
    """The articles of an edition that may go onto pages, the most important first.

    Args:
        edition: open.
        ordered: what `building.order.ordered_articles` gave.
        rows: those that are chosen, in order.
    """

    def __init__(self, edition: Edition, ordered: OrderedArticles, rows: Sequence[int]) -> None:
        self._edition, self._ordered, self.rows = edition, ordered, rows
        self._version = edition.statement.format

    def __len__(self) -> int:
        return len(self.rows)

    def sizes(self) -> list[int]:
        """About how many bytes each takes when it is packed among others, in order."""
        return [self._ordered.weights[row] for row in self.rows]

    def first(self, count: int) -> ChosenArticles:
        """The first of them alone."""
        return ChosenArticles(self._edition, self._ordered, self.rows[:count])

    def set_of(self, count: int) -> ArticleSet:
        """The first `count` of them, as a set of sheets has them."""
        return ArticleSet(self, self.rows[:count])

    @cached_property
    def _places(self) -> dict[int, int]:
        """Row → place in the table of articles, which is in the order of ids."""
        ids = self._ordered.ids
        return {row: place for place, row in enumerate(sorted(range(len(ids)), key=ids.__getitem__))}

    @cached_property
    def leaves(self) -> list[bytes]:
        """The leaf hashes of all articles of the edition, in the order of the table."""
        return list(self._ordered.table_order())

    @cached_property
    def small(self) -> dict[str, _SmallTable]:
        """The tables whose records articles name."""
        return {name: self._table(name) for name in ("sources", "works") if name in truths(self._version)}

    def _table(self, name: str) -> _SmallTable:
        keyed = sorted(keyed_records(self._edition, name))
        return _SmallTable(
            places={key: place for place, (key, _) in enumerate(keyed)},
            records=tuple(raw for _, raw in keyed),
            leaves=tuple(merkle.leaf_hash(raw) for _, raw in keyed),
        )

    def place(self, row: int) -> int:
        """The place of a row's article in the table."""
        return self._places[row]

    @property
    def edition(self) -> Edition:
        """The edition that they are of."""
        return self._edition


class ArticleSet:
    """The articles of one set of sheets.

    Args:
        chosen: what they are the first of.
        rows: theirs, in order.
    """

    def __init__(self, chosen: ChosenArticles, rows: Sequence[int]) -> None:
        self._chosen, self._rows = chosen, rows
        self._version = chosen.edition.statement.format
        articles = chosen.leaves
        self._trees = {"articles": Subtrees(articles, best_height(len(articles), len(rows)))}
        for name, table in chosen.small.items():
            self._trees[name] = Subtrees(
                table.leaves, best_height(len(table.leaves), min(len(table.leaves), len(rows)))
            )

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def left_out(self) -> dict[str, int]:
        """Table → records of the edition that the set does not have: other articles, media, places, statements."""
        header = self._chosen.edition.statement
        counts = {
            name: header.count(name) for name in truths(header.format) if name not in LETTERS and name != "edition"
        }
        counts["articles"] = header.count("articles") - len(self)
        return {name: count for name, count in counts.items() if count}

    def edition_block(self) -> SheetBlock:
        """Block E."""
        header = self._chosen.edition.statement
        own = record.edition_record(
            version=header.format,
            number=header.number,
            title=header.title,
            languages=[tag for tag, _ in header.languages],
            licences=header.licences,
            parent=header.parent,
        )
        said = EngravedEdition(
            root=bytes.fromhex(header.root),
            format=header.format,
            heads=tuple(sorted((name, count, bytes.fromhex(head)) for name, count, head in header.tables)),
            edition=own,
            articles=len(self),
            left_out=tuple(sorted(self.left_out.items())),
        )
        return packed_block(EDITION, 0, said.to_content())

    def repeated_blocks(self) -> list[SheetBlock]:
        """The blocks L, then the blocks N."""
        blocks: list[SheetBlock] = []
        lines: list[bytes] = []
        for row in self._rows:
            head = self._chosen.edition.head(row)
            listed = ListLine(index=self._chosen.place(row), language=head.language, title=head.title)
            lines.append(listed.line().encode())
            if sum(map(len, lines)) >= _LIST_BYTES:
                blocks.append(packed_block(LIST, len(blocks), b"".join(lines)))
                lines = []
        if lines:
            blocks.append(packed_block(LIST, len(blocks), b"".join(lines)))
        number = 0
        for name, tree in self._trees.items():
            for first in range(0, len(tree.nodes), _NODES_IN_BLOCK):
                several = tree.nodes[first : first + _NODES_IN_BLOCK]
                content = nodes_content(name, tree.height, first, several)
                blocks.append(packed_block(NODES, number, content, plain=True))
                number += 1
        return blocks

    def __iter__(self) -> Iterator[EngravedArticle]:
        """Its articles, read one by one.

        Raises:
            EditionError: the edition is damaged.
        """
        for row in self._rows:
            article = self._chosen.edition.article(row)
            raw = record.article_record(article, self._version)
            place = self._chosen.place(row)
            if merkle.leaf_hash(raw) != self._chosen.leaves[place]:
                raise EditionError(
                    f"The article {article.title!r} was changed meanwhile.", "Run the same command again."
                )
            named = [self._named("sources", article.source.encode())]
            if article.work:
                named.append(self._named("works", f"{article.source}\0{article.work}".encode()))
            yield EngravedArticle(
                record=EngravedRecord(
                    table="articles", raw=raw, index=place, steps=self._trees["articles"].steps(place)
                ),
                named=tuple(named),
                title=article.title,
            )

    def _named(self, name: str, key: bytes) -> EngravedRecord:
        table = self._chosen.small[name]
        place = table.places.get(key)
        if place is None:
            raise EditionError(
                "An article names a source or work that the edition does not have.", "Check it: galactica verify."
            )
        return EngravedRecord(table=name, raw=table.records[place], index=place, steps=self._trees[name].steps(place))
