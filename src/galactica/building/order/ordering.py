"""The order in which the articles of an edition travel, or are engraved: one pass over all of them, then a sort.

Of each article are kept its id, its leaf hash and some numbers, about 120 bytes; the edition itself passes by. That the
leaf hashes give the head that the edition states is seen to here: what is damaged is not published.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import unquote

import numpy as np
import pyarrow as pa

from galactica.building.order.policy import Policy
from galactica.codes import merkle
from galactica.edition import Edition, record
from galactica.edition.damage import damaged
from galactica.progress import Report
from galactica.search.layout import LENGTH_STEPS, LINK_STEPS
from galactica.search.prominence import LinkCounter

EVERY = 500
"""Articles between two reports."""

GAIN, SHARED, LEAST_GAIN = 0.76, 250, 0.3
"""How large a record is in a pack: of its size pressed alone at level 1 the first, less the second in bytes (what
records have in common), but no less than the third. Within 5 % for articles of 400 to 100,000 bytes in English and in
Chinese, but for lists of one kind, which become smaller still (2026-11-29)."""

_SRC = re.compile(r' src="\./([^"#?]+)')


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedArticles:
    """The articles of an edition in the order in which they travel.

    Attributes:
        rows: of every article, the most important first.
        ends: behind the last of each group in `rows`; those of no group come last.
        weights: by row: about how many bytes its record has in a pack.
        sizes: by row: bytes of the record.
        ids, leaves: by row.
        media: for each group but the last, the (source, path) of the files that its articles show, in their order.
    """

    rows: Sequence[int]
    ends: tuple[int, ...]
    weights: Sequence[int]
    sizes: Sequence[int]
    ids: Sequence[bytes]
    leaves: Sequence[bytes]
    media: tuple[tuple[tuple[str, str], ...], ...]

    def table_order(self) -> Iterator[bytes]:
        """The leaf hashes in the order of the table, which is that of ids."""
        for row in sorted(range(len(self.ids)), key=self.ids.__getitem__):
            yield self.leaves[row]


@dataclass(slots=True)
class _Seen:
    """What the pass keeps."""

    groups: array[int] = field(default_factory=lambda: array("B"))
    weights: array[int] = field(default_factory=lambda: array("I"))
    sizes: array[int] = field(default_factory=lambda: array("I"))
    ids: list[bytes] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)
    named: dict[str, list[str]] = field(default_factory=lambda: {"language": [], "source": []})
    media: dict[int, list[tuple[str, str]]] = field(default_factory=dict)


def ordered_articles(edition: Edition, policy: Policy, report: Report) -> OrderedArticles:
    """Put the articles of an edition into the order of a policy.

    Args:
        report: stage "order" (articles).

    Raises:
        EditionError: the edition is damaged.
    """
    seen, links = _Seen(), LinkCounter()
    _pass(edition, policy, seen, links, report)
    if merkle.tree_head(leaf for _, leaf in sorted(zip(seen.ids, seen.leaves, strict=True))) != _stated(edition):
        raise damaged(edition.path, "the table 'articles' is not what it was when the edition was made")
    steps = links.prominence(len(edition)).astype(np.int64)
    doublings = {"links": -(steps[:, 0] // LINK_STEPS), "length": -(steps[:, 1] // LENGTH_STEPS)}
    doublings["short"] = -doublings["length"]
    columns: list[Sequence[object]] = [seen.groups]
    for by in policy.by:
        columns.append(doublings[by].tolist() if by in doublings else seen.named[by])
    rows = sorted(range(len(edition)), key=lambda row: (*(column[row] for column in columns), seen.ids[row]))
    counts = np.bincount(np.frombuffer(seen.groups, dtype=np.uint8), minlength=len(policy.groups) + 1)
    ends = tuple(np.cumsum(counts).tolist())
    return OrderedArticles(
        rows=rows,
        ends=ends,
        weights=seen.weights,
        sizes=seen.sizes,
        ids=seen.ids,
        leaves=seen.leaves,
        media=tuple(
            tuple(dict.fromkeys(place for row in rows[low:high] for place in seen.media.get(row, ())))
            for low, high in pairwise((0, *ends[:-1]))
        ),
    )


def _pass(edition: Edition, policy: Policy, seen: _Seen, links: LinkCounter, report: Report) -> None:
    version, total = edition.statement.format, len(edition)
    press = pa.Codec("zstd", compression_level=1)
    pictured = edition.statement.count("media") > 0
    for row, article in edition.scan():
        raw = record.article_record(article, version)
        seen.ids.append(article.id)
        seen.leaves.append(merkle.leaf_hash(raw))
        seen.groups.append(policy.group_of(article))
        seen.sizes.append(len(raw))
        alone = len(press.compress(raw, asbytes=True))
        seen.weights.append(1 + int(max(GAIN * alone - SHARED, LEAST_GAIN * alone)))
        seen.named["language"].append(sys.intern(article.language))
        seen.named["source"].append(sys.intern(article.source))
        links.add(row, article, len(article.body))
        if pictured and seen.groups[-1] < len(policy.groups):
            shown = [(article.source, _plain(path)) for path in _SRC.findall(article.body)]
            if shown:
                seen.media[row] = shown
        if row % EVERY == 0:
            report("order", row, total, "articles")
    report("order", total, total, "articles")


def _plain(path: str) -> str:
    """The path of an address in a body as the edition keeps it (docs/formats/body.md#addresses)."""
    return unquote(path.replace("&amp;", "&"))


def _stated(edition: Edition) -> bytes:
    return bytes.fromhex({name: head for name, _, head in edition.statement.tables}["articles"])
