"""Records: the exact bytes that an edition's identity is made of.

A record is a map with text keys in deterministic CBOR (RFC 8949 §4.2.1: shortest forms, keys in the bytewise order of
their encoding, which for our short keys is shorter first, then by code). Fields that are "", 0 or empty are left out;
there are no floats, no host paths, no file times. docs/formats/edition.md, section "Records", is normative; the tests
check these bytes against an encoder written from that document alone.

Every function is told of which version of the format the record is: editions of all versions are read for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import cbor2

from galactica.codes import merkle
from galactica.model import Article, Qualifier, Source, SourceStatement, Work

Value = str | int | bytes | Sequence["Value"]

FORMAT_VERSION = 2
"""Version of the edition format that is written, counted apart from the program's."""

FIRST_VERSION = 1
"""The oldest that is read."""


def encode(fields: Mapping[str, Value]) -> bytes:
    """Deterministic CBOR of a record: `fields` without the empty ones, keys in canonical order."""
    return cbor2.dumps({key: fields[key] for key in _ordered(tuple(fields)) if fields[key]})


@cache  # a record of each kind has the same keys
def _ordered(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(keys, key=_order))


def _order(key: str) -> tuple[int, bytes]:
    raw = key.encode()
    return len(raw), raw


def article_record(article: Article, version: int) -> bytes:
    """The record of an article; an alias is [title] or [title, path]; what is sorted in `Article` is here."""
    fields: dict[str, Value] = {
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
    if version >= 2:
        fields |= {
            "work": article.work,
            "part": article.part,
            "headings": list(article.headings),
            "creators": list(article.creators),
            "published": article.published,
            "identifiers": list(article.identifiers),
        }
    return encode(fields)


def source_record(source: Source, version: int) -> bytes:
    """The record of a source: every attribute of `model.Source` under its own name."""
    fields: dict[str, Value] = {
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
    if version >= 2:
        fields["creators"] = list(source.creators)
    return encode(fields)


def work_record(work: Work) -> bytes:
    """The record of a work: every attribute of `model.Work` under its own name. Since version 2."""
    return encode(
        {
            "source": work.source,
            "path": work.path,
            "title": work.title,
            "kind": work.kind,
            "language": work.language,
            "creators": list(work.creators),
            "publisher": work.publisher,
            "published": work.published,
            "identifiers": list(work.identifiers),
            "licence": work.licence,
            "url": work.url,
            "description": work.description,
        }
    )


def statement_record(statement: SourceStatement) -> bytes:
    """The record of what a source states: every attribute of `model.SourceStatement` under its own name; a qualifier is
    [property, kind, value], with its unit behind where it has one. Since version 2."""
    return encode(
        {
            "source": statement.source,
            "path": statement.path,
            "subject": statement.subject,
            "property": statement.property,
            "kind": statement.kind,
            "value": statement.value,
            "unit": statement.unit,
            "bounds": list(statement.bounds),
            "language": statement.language,
            "rank": statement.rank,
            "qualifiers": [_qualifier(each) for each in statement.qualifiers],
            "references": [[_qualifier(each) for each in several] for several in statement.references],
            "text": statement.text,
        }
    )


def _qualifier(each: Qualifier) -> list[Value]:
    plain: list[Value] = [each.property, each.kind, each.value]
    return [*plain, each.unit] if each.unit else plain


def media_record(digest: bytes, mime: str, size: int) -> bytes:
    """The record of a media file: hash (SHA-256 of its bytes), mime, size in bytes (left out where 0 bytes long)."""
    return encode({"hash": digest, "mime": mime, "size": size})


def file_record(source: str, path: str, digest: bytes) -> bytes:
    """The record of a place: the media file `digest` lies at `path` of `source`."""
    return encode({"hash": digest, "path": path, "source": source})


def edition_record(
    *, version: int, number: int, title: str, languages: Sequence[str], licences: Sequence[str], parent: str
) -> bytes:
    """The record of the edition itself: format, number (since version 2), title, languages and licences (sorted),
    parent root (32 bytes)."""
    fields: dict[str, Value] = {
        "format": version,
        "title": title,
        "parent": bytes.fromhex(parent),
        "languages": sorted(languages),
        "licences": sorted(licences),
    }
    if version >= 2:
        fields["number"] = number
    return encode(fields)


def root_of(heads: Iterable[tuple[str, int, bytes]], version: int) -> bytes:
    """The root of an edition: what it is called by.

    Args:
        heads: (table, number of records, tree head) of every table that is truth in that version, in any order.
        version: of the format.

    Returns:
        32 bytes: the RFC 9162 leaf hash of the CBOR array ["galactica", version, [[table, count, head] …]], tables in
        code point order.
    """
    listed = [[name, count, head] for name, count, head in sorted(heads)]
    return merkle.leaf_hash(cbor2.dumps(["galactica", version, listed]))
