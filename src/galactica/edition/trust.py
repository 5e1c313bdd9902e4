"""What is read of an edition is compared with what it says of itself; what is not the same is damage.

`edition.json` and the sources are compared with the root, small tables with their tree heads, articles and files with
their hashes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from galactica.codes import merkle
from galactica.edition import record
from galactica.edition.damage import DamageError
from galactica.edition.info import EditionHeader
from galactica.model import Article, Source
from galactica.model.said import said


def check_named(statement: EditionHeader, sources: Sequence[Source]) -> None:
    """Raise DamageError where `edition.json` or the sources are not what the root is made of."""
    version = statement.format
    about = record.edition_record(
        version=version,
        number=statement.number,
        title=statement.title,
        languages=[tag for tag, _ in statement.languages],
        licences=statement.licences,
        parent=statement.parent,
    )
    check_head(statement, "edition", [merkle.leaf_hash(about)])
    check_head(
        statement,
        "sources",
        [
            merkle.leaf_hash(record.source_record(source, version))
            for source in sorted(sources, key=lambda each: each.key)
        ],
    )
    heads = [(name, count, bytes.fromhex(head)) for name, count, head in statement.tables]
    if record.root_of(heads, version).hex() != statement.root:
        raise DamageError(said("root-unlike", "edition.json does not give the root that it states"))


def check_head(statement: EditionHeader, table: str, leaves: Iterable[bytes]) -> None:
    """Raise DamageError where the records of a table are not those that the edition was made with."""
    stated = {name: head for name, _, head in statement.tables}
    if merkle.tree_head(leaves).hex() != stated.get(table):
        raise DamageError(
            said("table-changed", "the table '{table}' is not what it was when the edition was made", table=table)
        )


def check_article(article: Article, leaf: bytes, version: int) -> None:
    """Raise DamageError where an article's leaf hash does not begin as it did when the edition was made.

    Args:
        leaf: its first bytes then (`layout.LEAF_BYTES`).
        version: of the edition's format.
    """
    if not merkle.leaf_hash(record.article_record(article, version)).startswith(leaf):
        raise DamageError(
            said(
                "article-changed",
                "the article '{title}' is not what it was when the edition was made",
                title=article.title,
            )
        )


def check_media(digest: bytes, content: bytes, called: str) -> None:
    """Raise DamageError where a file is not what its hash says."""
    if hashlib.sha256(content).digest() != digest:
        raise DamageError(
            said("file-changed", "the file '{file}' is not what it was when the edition was made", file=called)
        )
