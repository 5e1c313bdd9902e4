"""Articles by their ids out of other editions and out of the packs of publications, for what is damaged here."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from galactica.edition import Edition, decode
from galactica.errors import EditionError, InputError, LimitError, ProofError
from galactica.model import Article, article_id
from galactica.preserve.records import Fetch


def is_publication(folder: Path) -> bool:
    """Whether a folder is a publication."""
    return (folder / "releases").is_dir() and (folder / "objects").is_dir()


def articles_elsewhere(sources: Sequence[Path]) -> Fetch:
    """What finds articles by their ids in other editions, and in the packs of publications."""

    def fetch(ids: frozenset[bytes]) -> Iterator[Article]:
        for source in sources:
            if is_publication(source):
                yield from _published_articles(source, ids)
            elif (source / "data" / "edition.json").is_file():
                yield from _edition_articles(source, ids)

    return fetch


def _edition_articles(source: Path, ids: frozenset[bytes]) -> Iterator[Article]:
    try:
        with Edition.open(source) as edition:
            for row, article in edition.scan(body=False):
                if article_id(article.source, article.path) in ids:
                    with contextlib.suppress(EditionError):
                        yield edition.article(row)
    except EditionError:
        return  # it is damaged too; what came until then was right


def _published_articles(folder: Path, ids: frozenset[bytes]) -> Iterator[Article]:
    from galactica.spread.release.document import PACK, Release
    from galactica.spread.release.objects import object_path
    from galactica.spread.release.pack import check_object, read_pack
    from galactica.spread.release.publication import published_releases
    from galactica.spread.trust.folder import read_bounded_bytes

    for _, raw in published_releases(folder):
        try:
            release = Release.from_bytes(raw)
        except EditionError:
            continue
        for stated in release.objects:
            if stated.kind != PACK or "articles" not in dict(stated.records):
                continue
            try:
                checked = check_object(read_bounded_bytes(folder / object_path(stated.hash), stated.size), stated)
                for entry in read_pack(checked, release.format):
                    if entry.table == "articles":
                        found = decode.article_of(decode.fields_of(entry.record, "articles", release.format))
                        if found.id in ids:
                            yield found
            except (InputError, LimitError, ProofError, ValueError):
                continue  # another pack, or another release, may have it
