"""Articles out of other editions and out of the packs of publications, for what is damaged here; and the leaf hashes
that publications have, for what is left."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from galactica.codes import merkle
from galactica.edition import Edition, decode, layout, record
from galactica.errors import EditionError, InputError, LimitError, ProofError
from galactica.model import Article, article_id
from galactica.preserve.records import Fetch

if TYPE_CHECKING:
    from galactica.spread.release.document import Release, ReleaseObject
    from galactica.spread.release.pack import CheckedObject


def is_publication(folder: Path) -> bool:
    """Whether a folder is a publication."""
    return (folder / "releases").is_dir() and (folder / "objects").is_dir()


def articles_elsewhere(sources: Sequence[Path]) -> Fetch:
    """What finds articles in other editions, and in the packs of publications."""

    def fetch(ids: frozenset[bytes], leaves: frozenset[bytes]) -> Iterator[Article]:
        for source in sources:
            if is_publication(source):
                yield from _published_articles(source, ids, leaves)
            elif (source / "data" / "edition.json").is_file():
                yield from _edition_articles(source, ids, leaves)

    return fetch


def leaves_elsewhere(sources: Sequence[Path], root: str) -> Iterator[CheckedObject]:
    """The lists of leaf hashes that publications have of the edition with a root, of tables whose head they give."""
    from galactica.spread.release.document import LEAVES
    from galactica.spread.release.pack import read_leaves

    given: set[str] = set()
    for source in sources:
        for release in _releases(source):
            for table, count, head in release.tables if release.root == root else ():
                lists = [each for each in release.objects if each.kind == LEAVES and each.table == table]
                found = [checked for stated in lists if (checked := _checked(source, stated)) is not None]
                raw = b"".join(hashes for _, hashes in sorted(map(read_leaves, found)))
                leaves = [raw[at : at + merkle.HASH_BYTES] for at in range(0, len(raw), merkle.HASH_BYTES)]
                if table not in given and len(leaves) == count and merkle.tree_head(leaves) == head:
                    given.add(table)
                    yield from found


def _edition_articles(source: Path, ids: frozenset[bytes], leaves: frozenset[bytes]) -> Iterator[Article]:
    try:
        with Edition.open(source) as edition:
            version = edition.statement.format
            for row, article in edition.scan(body=bool(leaves)):
                if article_id(article.source, article.path) in ids:
                    with contextlib.suppress(EditionError):
                        yield edition.article(row)
                elif leaves and _leaf(record.article_record(article, version)) in leaves:
                    yield article
    except EditionError:
        return  # it is damaged too; what came until then was right


def _published_articles(folder: Path, ids: frozenset[bytes], leaves: frozenset[bytes]) -> Iterator[Article]:
    from galactica.spread.release.document import PACK
    from galactica.spread.release.pack import read_pack

    seen: set[str] = set()
    for release in _releases(folder):
        for stated in release.objects:
            if stated.kind != PACK or "articles" not in dict(stated.records) or stated.hash in seen:
                continue
            seen.add(stated.hash)
            checked = _checked(folder, stated)
            try:
                for entry in read_pack(checked, release.format) if checked is not None else ():
                    if entry.table == "articles":
                        found = decode.article_of(decode.fields_of(entry.record, "articles", release.format))
                        if found.id in ids or (leaves and _leaf(entry.record) in leaves):
                            yield found
            except (ProofError, ValueError):
                continue  # another pack, or another release, may have it


def _releases(folder: Path) -> Iterator[Release]:
    """The releases of a publication that can be read."""
    from galactica.spread.release.document import Release
    from galactica.spread.release.publication import published_releases

    for _, raw in published_releases(folder):
        with contextlib.suppress(EditionError, ProofError):
            yield Release.from_bytes(raw)


def _checked(folder: Path, stated: ReleaseObject) -> CheckedObject | None:
    """An object of a publication; None where it is not there, or another."""
    from galactica.spread.release.objects import object_path
    from galactica.spread.release.pack import check_object
    from galactica.spread.trust.folder import read_bounded_bytes

    try:
        return check_object(read_bounded_bytes(folder / object_path(stated.hash), stated.size), stated)
    except (InputError, LimitError, ProofError):
        return None


def _leaf(raw: bytes) -> bytes:
    return merkle.leaf_hash(raw)[: layout.LEAF_BYTES]
