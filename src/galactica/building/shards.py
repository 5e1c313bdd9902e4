"""The second step of a build's workers: a gathered batch is written as a shard of the edition.

Its draft, where it has one, is put in its place as it is if nothing came between: no redirect leads to its articles,
and all of them are kept.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from galactica.building.batches import draft_path, gathered_path, media_path, read_gathered, rows_of, with_aliases
from galactica.cluster.contract import Travels
from galactica.codes.files import whole
from galactica.edition import layout
from galactica.edition.write import row_groups, write_articles, write_media, write_passages, write_signals
from galactica.model import (
    Article,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteTask:
    """A gathered batch to write as shard `shard`: rows to keep, names from redirects, row of its first article."""

    number: int
    shard: int
    rows: tuple[int, ...]
    media_rows: tuple[int, ...]
    media_shard: int
    aliases: Mapping[int, tuple[tuple[str, str], ...]]
    first: int
    folder: Path
    data: Path

    def travels(self) -> Travels | None:
        """A batch with its bodies and media; a draft is put in its place by a link, where it lies."""
        if self.rows and _draft_stands(self):
            return None
        paths = (
            *((gathered_path(self.folder, self.number),) if self.rows else ()),
            *((media_path(self.folder, self.number),) if self.media_rows else ()),
            *((draft,) if (draft := draft_path(self.folder, self.number, "articles")).exists() else ()),
        )
        return Travels(
            reads=tuple(("folder", path.name) for path in paths),
            writes=("data",),
            folders=tuple(("data", name) for name in ("articles", "passages", "signals", "media")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenShard:
    """What writing a shard gave: (id, leaf hash) of its articles in row order, none where its draft was used; and how
    many passages and aliases they have."""

    number: int
    leaves: tuple[tuple[bytes, bytes], ...]
    passages: int
    aliases: int


def write_batch(task: WriteTask) -> WrittenShard:
    """Write a gathered batch's tables: articles, passages, signals, and its media if it has new ones."""
    leaves: list[tuple[bytes, bytes]] = []
    passages = aliases = 0
    if task.rows and _draft_stands(task):
        passages, aliases = _place_draft(task)
    elif task.rows:
        leaves, passages, aliases = _write_articles(task)
    if task.media_rows:
        _write_media(task)
    return WrittenShard(number=task.number, leaves=tuple(leaves), passages=passages, aliases=aliases)


def _draft_stands(task: WriteTask) -> bool:
    """Whether a draft is what its shard must be: all of its articles are kept, and no redirect leads to one."""
    if task.aliases or not draft_path(task.folder, task.number, "articles").exists():
        return False
    return len(task.rows) == int(read_gathered(task.folder, task.number, only=("linked",)).num_rows)


def _place_draft(task: WriteTask) -> tuple[int, int]:
    """Put the draft in its place, and write the passages, which name rows of the edition; returns how many, and how
    many aliases the draft holds."""
    name = layout.shard_name(task.shard)
    batch = read_gathered(task.folder, task.number, only=("starts", "ends", "aliases"))
    articles = draft_path(task.folder, task.number, "articles")
    with pq.ParquetFile(articles) as parquet:
        counts = [parquet.metadata.row_group(i).num_rows for i in range(parquet.num_row_groups)]
    borders = accumulate(counts, initial=0)
    total = write_passages(
        task.data / "passages" / name,
        (_spans(batch.slice(low, high - low)) for low, high in pairwise(borders)),
        first=task.first,
    )
    _link(draft_path(task.folder, task.number, "signals"), task.data / "signals" / name)
    _link(articles, task.data / "articles" / name)
    return total, pc.sum(pc.list_value_length(batch["aliases"])).as_py() or 0


def _link(draft: Path, place: Path) -> None:
    """Give a draft a second name, or copy it; it stays, because a build that is killed now must find it again."""
    place.unlink(missing_ok=True)
    try:
        os.link(draft, place)
    except OSError:
        with whole(place) as target:
            shutil.copyfile(draft, target)


def _write_articles(task: WriteTask) -> tuple[list[tuple[bytes, bytes]], int, int]:
    """Write a batch's tables anew; returns (id, leaf hash) of its articles, and how many passages and aliases."""
    batch = read_gathered(task.folder, task.number, without=("text",))
    if len(task.rows) != batch.num_rows:
        batch = batch.take(pa.array(task.rows))
    ids: list[bytes] = []
    named: list[int] = []
    name = layout.shard_name(task.shard)
    borders = list(row_groups(pc.utf8_length(batch["body"]).to_pylist()))

    def groups() -> Iterator[list[Article]]:
        for low, high in borders:
            rows = rows_of(batch.slice(low, high - low))
            articles = [with_aliases(f, task.aliases.get(task.rows[low + i], ())) for i, f in enumerate(rows)]
            ids.extend(each.id for each in articles)
            named.extend(len(each.aliases) for each in articles)
            yield articles

    typical = batch["body"].nbytes // max(1, batch.num_rows)
    leaves = write_articles(task.data / "articles" / name, groups(), typical=typical)
    spans = (_spans(batch.slice(low, high - low)) for low, high in borders)
    passages = write_passages(task.data / "passages" / name, spans, first=task.first)
    write_signals(task.data / "signals" / name, leaves, batch["input"].to_pylist())
    return list(zip(ids, leaves, strict=True)), passages, sum(named)


def _spans(part: pa.Table) -> tuple[pa.ListArray, pa.ListArray]:
    return part["starts"].combine_chunks(), part["ends"].combine_chunks()


def _write_media(task: WriteTask) -> None:
    with pa.memory_map(str(media_path(task.folder, task.number))) as file:
        batch = pa.ipc.open_file(file).read_all()
    rows = batch.take(pa.array(task.media_rows)).to_pylist()
    write_media(task.data / "media" / layout.shard_name(task.media_shard), rows)
