"""The indexes of a new edition, made of those of the old one; anew only where the old one has none that fits.

Words: articles that are others are taken out and put in (`search.renewing`). Lists for looking up and browsing are
written again from small columns. Codes of meaning stay with their passages; only what is new is encoded.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from galactica.building.indexing import PROGRAM, index_words, write_lookup
from galactica.edition import Edition, bag
from galactica.errors import EditionError
from galactica.model import Article
from galactica.model.projection import project
from galactica.progress import Report
from galactica.search.build import SpooledTitles, title_and_aliases
from galactica.search.renewing import Reading, renew_words, renewed_prominence
from galactica.spread.delta.rows import RowPlan
from galactica.spread.delta.shards import ArticlesWritten

IdLeaves = Iterable[tuple[bytes, bytes]]
"""(id, leaf hash) of all articles, by id; can be gone through again."""


def renew_index(
    old: Edition, folder: Path, plan: RowPlan, written: ArticlesWritten, leaves: IdLeaves, report: Report
) -> None:
    """Make the index of words, and the lists, of the edition in `folder`, whose tables are there.

    Args:
        old: the edition it was made of.
        leaves: of the new edition.
        report: stage "index", in articles.
    """
    index = folder / "index"
    index.mkdir()
    if not _renewed_words(old, folder, plan, written, report):
        shutil.rmtree(index)
        index.mkdir()
        index_words(folder, index, 1, report)
        return
    with Edition.open(folder) as edition:
        write_lookup(edition, index, leaves)
        bag.write_index_manifest(index, edition.root, PROGRAM)
        report("index", len(edition), len(edition), "articles")


def _renewed_words(old: Edition, folder: Path, plan: RowPlan, written: ArticlesWritten, report: Report) -> bool:
    """Make the index of words; whether there was one that it could be made of."""
    if bag.index_root(old.index_dir()) != old.root:
        return False
    before = old.index_dir() / "text"
    touched = plan.touched
    try:
        with Edition.open(folder) as edition, SpooledTitles() as titles:
            report("index", 0, len(edition), "articles")
            for row, article in edition.scan(body=False):
                titles.add(row, title_and_aliases(article))
            prominence = written.links.prominence(len(edition))
            renewed_prominence(before, prominence, plan.before, touched)
            renew_words(
                before,
                folder / "index" / "text",
                gone=(*(row for row in touched if row < plan.before), *plan.gone),
                read_old=_reading(old),
                rows=touched,
                read=_reading(edition),
                titles=titles,
                prominence=prominence,
                root=edition.root,
            )
    except EditionError:
        return False  # the old index is damaged, or of an older kind
    return True


def _reading(edition: Edition) -> Reading:
    def read(row: int) -> tuple[Article, str]:
        article = edition.article(row)
        return article, project(article.body)

    return read
