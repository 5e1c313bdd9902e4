"""What an edition that is here saves of a release that is fetched by its packs: those of articles that both have.

An edition that came by a release keeps its `release.json`, and packs end where the keys of their records say so: of two
editions that follow each other many packs are the same to the letter. Their articles are taken from the edition on
disk. Which of these the new release has not, its leaf hashes say. Nothing of it is believed: what is put together must
have the root of the release.
"""

from __future__ import annotations

from pathlib import Path

from galactica.edition import Edition
from galactica.edition.record import article_record
from galactica.errors import GalacticaError
from galactica.progress import Report
from galactica.spread.assembly.assembling import BESIDE
from galactica.spread.assembly.store import RecordStore
from galactica.spread.delta.numbered import ARTICLES
from galactica.spread.delta.scanning import scan_edition
from galactica.spread.release.document import LEAVES, PACK, Release
from galactica.spread.trust.folder import read_release

_AT_ONCE = 2_000
"""Articles that are put into the store before it is told to keep them."""


def shared_packs(edition: Path, root: str, release: Release) -> frozenset[str]:
    """Hashes of the packs of articles of a release that the edition's own release had; none where that is not known, or
    the release has not the leaf hashes of all articles.

    Args:
        root: of the edition.
    """
    try:
        own = Release.from_bytes(read_release(edition / BESIDE))
    except (GalacticaError, OSError):
        return frozenset()
    leaves = sum(each.count for each in release.objects if each.kind == LEAVES and each.table == ARTICLES)
    if own.root != root or leaves != release.count(ARTICLES):
        return frozenset()
    there = {each.hash for each in own.objects}
    return frozenset(
        each.hash
        for each in release.objects
        if each.kind == PACK and each.hash in there and [name for name, _ in each.records] == [ARTICLES]
    )


def put_articles(edition: Path, store: RecordStore, report: Report) -> None:
    """Put all articles of an edition into a store that has none yet.

    Args:
        report: stage "read", in articles.

    Raises:
        EditionError: the edition is damaged.
    """
    with Edition.open(edition) as opened:
        for done, (_, article) in enumerate(scan_edition(opened)):
            store.put(ARTICLES, article_record(article, opened.statement.format))
            if done % _AT_ONCE == 0:
                store.commit()
                report("read", done, len(opened), "articles")
    store.commit()


def take_others_out(store: RecordStore) -> None:
    """Take the articles out of a store that the release has not, by its leaf hashes. Memory: 100 bytes an article."""
    wanted = frozenset(store.all_leaves(ARTICLES))
    for key, leaf in list(store.keyed_leaves(ARTICLES)):
        if leaf not in wanted:
            store.remove(ARTICLES, key)
    store.commit()
