"""What lies where in an edition, and the columns of each table. docs/formats/edition.md says the same for people.

The columns are those of the version that is written; an edition of an older one lacks the columns that came later.

NAME.edition/
  bagit.txt  bag-info.txt  manifest-sha256.txt  tagmanifest-sha256.txt     BagIt 1.0, RFC 8493
  data/edition.json
  data/articles/00000.parquet …   truth; rows are numbered through all shards: that number is an article's row
  data/sources/ files/ media/     truth
  data/works/ statements/         truth, since version 2
  data/passages/ signals/         derived; shard k belongs to shard k of articles
  data/rejected/ dropped/         derived: what was left out, and why
  index/                          derived; not part of the bag's manifest, has its own

An article's id follows from its source and path and is not stored: 16 bytes that no compression makes smaller would be
2 % of an edition of short articles.
"""

from __future__ import annotations

import pyarrow as pa

from galactica.model.identity import INPUT_BYTES

LEAF_BYTES = 3
"""Bytes of an article's leaf hash in `signals`: enough to say which article of a damaged shard changed."""

TEXT = pa.string()
TEXTS = pa.list_(TEXT)
ALIAS = pa.struct([pa.field("title", TEXT, nullable=False), pa.field("path", TEXT)])

ARTICLES = pa.schema(
    [
        pa.field("title", TEXT, nullable=False),
        pa.field("language", TEXT, nullable=False),
        pa.field("aliases", pa.list_(ALIAS)),
        pa.field("body", TEXT, nullable=False),
        pa.field("categories", TEXTS),
        pa.field("source", TEXT, nullable=False),
        pa.field("path", TEXT, nullable=False),
        pa.field("url", TEXT),
        pa.field("revision", TEXT),
        pa.field("modified", TEXT),
        pa.field("licence", TEXT),
        pa.field("work", TEXT),
        pa.field("part", pa.int32()),
        pa.field("headings", TEXTS),
        pa.field("creators", TEXTS),
        pa.field("published", TEXT),
        pa.field("identifiers", TEXTS),
    ]
)

PASSAGES = pa.schema(
    [
        pa.field("article", pa.int64(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
    ]
)

SIGNALS = pa.schema(
    [
        pa.field("leaf", pa.binary(LEAF_BYTES), nullable=False),
        pa.field("input", pa.binary(INPUT_BYTES), nullable=False),
    ]
)

SOURCES = pa.schema(
    [
        pa.field(name, TEXT, nullable=name not in ("key", "title", "format", "language"))
        for name in ("key", "title", "format", "language", "licence", "publisher", "date", "url", "attribution")
    ]
    + [pa.field("creators", TEXTS)]
)

WORKS = pa.schema(
    [pa.field(name, TEXT, nullable=False) for name in ("source", "path", "title", "kind", "language")]
    + [
        pa.field("creators", TEXTS),
        pa.field("publisher", TEXT),
        pa.field("published", TEXT),
        pa.field("identifiers", TEXTS),
        *[pa.field(name, TEXT) for name in ("licence", "url", "description")],
    ]
)

QUALIFIER = pa.struct(
    [
        pa.field("property", TEXT, nullable=False),
        pa.field("kind", TEXT, nullable=False),
        pa.field("value", TEXT),
        pa.field("unit", TEXT),
    ]
)

STATEMENTS = pa.schema(
    [pa.field(name, TEXT, nullable=False) for name in ("source", "path", "subject", "property", "kind")]
    + [
        pa.field("value", TEXT),
        pa.field("unit", TEXT),
        pa.field("bounds", TEXTS),
        pa.field("language", TEXT),
        pa.field("rank", TEXT),
        pa.field("qualifiers", pa.list_(QUALIFIER)),
        pa.field("references", pa.list_(pa.list_(QUALIFIER))),
        pa.field("text", TEXT),
    ]
)

FILES = pa.schema(
    [
        pa.field("source", TEXT, nullable=False),
        pa.field("path", TEXT, nullable=False),
        pa.field("hash", pa.binary(32), nullable=False),
    ]
)

MEDIA = pa.schema(
    [
        pa.field("hash", pa.binary(32), nullable=False),
        pa.field("mime", TEXT, nullable=False),
        pa.field("size", pa.int64(), nullable=False),
        pa.field("content", pa.binary(), nullable=False),
    ]
)

REJECTED = pa.schema(
    [pa.field(name, TEXT, nullable=False) for name in ("source", "where", "stage", "reason", "detail")]
)

DROPPED = pa.schema(
    [
        pa.field("source", TEXT, nullable=False),
        pa.field("rule", TEXT, nullable=False),
        pa.field("count", pa.int64(), nullable=False),
    ]
)


def shard_name(number: int) -> str:
    """File name of shard `number` of any table."""
    return f"{number:05d}.parquet"
