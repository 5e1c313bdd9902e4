"""What changed from one edition to another: article by article, by their leaf hashes, in one pass over each.

Both editions are streamed; what is held is about 300 bytes an article of the older one: 2 GB for seven million.
An article is the same in both when its record is the same, whatever the Parquet bytes are.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from galactica.codes import merkle
from galactica.edition.read import Edition
from galactica.edition.record import FORMAT_VERSION, article_record
from galactica.model import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An article that one edition has and the other has not, or has otherwise."""

    id: bytes
    title: str
    language: str
    source: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """From A to B: what came, went and changed, each by title; how many stayed the same; both roots (A, B)."""

    added: tuple[Change, ...]
    removed: tuple[Change, ...]
    changed: tuple[Change, ...]
    same: int
    roots: tuple[str, str]


def diff(a: Path | str, b: Path | str) -> Difference:
    """Compare the editions in the folders `a` and `b`.

    Raises:
        EditionError: one of them cannot be read.
    """
    with Edition.open(a) as old, Edition.open(b) as new:
        before = {article.id: (row, _leaf(article)) for row, article in old.scan()}
        added: list[Change] = []
        changed: list[Change] = []
        same = 0
        for row, article in new.scan():
            known = before.pop(article.id, None)
            if known is None:
                added.append(_change(new, row))
            elif known[1] != _leaf(article):
                changed.append(_change(new, row))
            else:
                same += 1
        removed = [_change(old, row) for row, _ in before.values()]
        roots = (old.root, new.root)
    return Difference(added=_sorted(added), removed=_sorted(removed), changed=_sorted(changed), same=same, roots=roots)


def _leaf(article: Article) -> bytes:
    """The start of a leaf hash, of the newest version whichever the edition has: articles of both are compared."""
    return merkle.leaf_hash(article_record(article, FORMAT_VERSION))[:12]


def _change(edition: Edition, row: int) -> Change:
    head = edition.head(row)
    return Change(id=head.id, title=head.title, language=head.language, source=head.source, path=head.path)


def _sorted(changes: list[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=lambda c: (c.title.casefold(), c.id)))
