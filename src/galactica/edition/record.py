"""Records: the exact bytes that an edition's identity is made of.

A record is a map with text keys in deterministic CBOR (RFC 8949 §4.2.1: shortest forms, keys in the bytewise order of
their encoding, which for our short keys is shorter first, then by code). Fields that are "" or empty are left out;
there are no floats, no host paths, no file times. docs/formats/edition.md, section "Records", is normative; the tests
check these bytes against an encoder written from that document alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import cbor2

from galactica.codes import merkle
from galactica.model import Article, Source

Value = str | int | bytes | Sequence["Value"]

FORMAT_VERSION = 1
"""Version of the edition format, counted apart from the program's."""

TRUTH = ("articles", "edition", "files", "media", "sources")
"""The tables that are truth, in the order in which the root lists them."""


def encode(fields: Mapping[str, Value]) -> bytes:
    """Deterministic CBOR of a record: `fields` without the empty ones, keys in canonical order."""
    kept = {key: fields[key] for key in sorted(fields, key=_order) if fields[key] not in ("", b"", (), [])}
    return cbor2.dumps(kept)


def _order(key: str) -> tuple[int, bytes]:
    raw = key.encode()
    return len(raw), raw


def article_record(article: Article) -> bytes:
    """The record of an article: id, path, title, body, source, url, aliases, licence, language, modified, revision,
    categories; an alias is [title] or [title, path]; aliases and categories are in code point order."""
    return encode(
        {
            "id": article.id,
            "path": article.path,
            "title": article.title,
            "body": article.body,
            "source": article.source,
            "url": article.url,
            "aliases": [[a.title, a.path] if a.path else [a.title] for a in article.aliases],
            "licence": article.licence,
            "language": article.language,
            "modified": article.modified,
            "revision": article.revision,
            "categories": list(article.categories),
        }
    )


def source_record(source: Source) -> bytes:
    """The record of a source: every attribute of `model.Source` under its own name."""
    return encode(
        {
            "key": source.key,
            "title": source.title,
            "format": source.format,
            "language": source.language,
            "licence": source.licence,
            "publisher": source.publisher,
            "date": source.date,
            "url": source.url,
            "attribution": source.attribution,
        }
    )


def media_record(digest: bytes, mime: str, size: int) -> bytes:
    """The record of a media file: hash (SHA-256 of its bytes), mime, size in bytes (left out where 0 bytes long)."""
    fields: dict[str, Value] = {"hash": digest, "mime": mime}
    if size:
        fields["size"] = size
    return encode(fields)


def file_record(source: str, path: str, digest: bytes) -> bytes:
    """The record of a place: the media file `digest` lies at `path` of `source`."""
    return encode({"hash": digest, "path": path, "source": source})


def edition_record(*, title: str, languages: Sequence[str], licences: Sequence[str], parent: str) -> bytes:
    """The record of the edition itself: format, title, languages and licences (sorted), parent root (32 bytes)."""
    return encode(
        {
            "format": FORMAT_VERSION,
            "title": title,
            "parent": bytes.fromhex(parent),
            "languages": sorted(languages),
            "licences": sorted(licences),
        }
    )


def root_of(heads: Iterable[tuple[str, int, bytes]]) -> bytes:
    """The root of an edition: what it is called by.

    Args:
        heads: (table, number of records, tree head) of every table that is truth, in any order.

    Returns:
        32 bytes: the RFC 9162 leaf hash of the CBOR array ["galactica", FORMAT_VERSION, [[table, count, head] …]],
        tables in code point order.
    """
    listed = [[name, count, head] for name, count, head in sorted(heads)]
    return merkle.leaf_hash(cbor2.dumps(["galactica", FORMAT_VERSION, listed]))
