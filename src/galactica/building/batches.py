"""A gathered batch: where a build keeps its documents between refining and writing.

What an article's record holds is complete only when every redirect of every source has been read. Until then a batch
lies in the work folder as Arrow IPC files (`000012.arrow` articles with their text and passages, `000012.media.arrow`
media). Where no redirect is expected, its tables lie there too, as drafts (`000012.articles.parquet`,
`000012.signals.parquet`). Every file is written to a temporary name and renamed, so that one with its final name is
whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields as fields_of
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from galactica.codes.files import whole
from galactica.model import (
    Alias,
    Article,
    Attachment,
    Document,
    MediaFile,
    Redirect,
    Rejected,
    SourceStatement,
    Work,
)
from galactica.model.identity import INPUT_BYTES
from galactica.refine.article import Refined

Item = Document | Redirect | MediaFile | Attachment | Work | SourceStatement | Rejected


_SPAN = pa.list_(pa.int32())


GATHERED = pa.schema(
    [
        *[
            pa.field(name, pa.string())
            for name in (
                *("title", "language", "source", "path", "url", "revision", "modified", "licence"),
                *("work", "published"),
            )
        ],
        pa.field("part", pa.int32()),
        pa.field("id", pa.binary(16)),
        pa.field("input", pa.binary(INPUT_BYTES)),
        pa.field("aliases", pa.list_(pa.string())),
        *[pa.field(name, pa.list_(pa.string())) for name in ("categories", "headings", "creators", "identifiers")],
        pa.field("body", pa.large_string()),
        pa.field("text", pa.large_string()),
        pa.field("linked", pa.bool_()),
        pa.field("starts", _SPAN),
        pa.field("ends", _SPAN),
    ]
)


GATHERED_MEDIA = pa.schema(
    [pa.field("hash", pa.binary(32)), pa.field("mime", pa.string()), pa.field("content", pa.large_binary())]
)


def gathered_path(folder: Path, number: int) -> Path:
    """Where the articles of a gathered batch lie."""
    return folder / f"{number:06d}.arrow"


def media_path(folder: Path, number: int) -> Path:
    """Where the media of a gathered batch lie."""
    return folder / f"{number:06d}.media.arrow"


def draft_path(folder: Path, number: int, table: str) -> Path:
    """Where the draft of a batch's table lies."""
    return folder / f"{number:06d}.{table}.parquet"


def write_arrow(path: Path, schema: pa.Schema, columns: Mapping[str, object]) -> None:
    """Write a file of a gathered batch."""
    # LZ4 takes less time than writing twice as many bytes does.
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with (
        whole(path) as target,
        pa.OSFile(str(target), "wb") as file,
        pa.ipc.new_file(file, schema, options=options) as writer,
    ):
        writer.write_table(pa.table(columns, schema=schema))


def read_gathered(
    folder: Path, number: int, *, only: Sequence[str] = tuple(GATHERED.names), without: Sequence[str] = ()
) -> pa.Table:
    """The articles of a gathered batch; columns not in `only`, or in `without`, are neither unpacked nor returned.

    Bodies come from the batch's draft where it has one.
    """
    wanted = [name for name in only if name not in without]
    with pa.memory_map(str(gathered_path(folder, number))) as file:
        names = pa.ipc.open_file(file).schema.names
        fields = [i for i, name in enumerate(names) if name in wanted]
        batch = pa.ipc.open_file(file, options=pa.ipc.IpcReadOptions(included_fields=fields)).read_all()
    if "body" in wanted and "body" not in names:
        drafted = pq.read_table(draft_path(folder, number, "articles"), columns=["body"])["body"]
        batch = batch.append_column("body", drafted.cast(pa.large_string()))
    return batch


def rows_of(batch: pa.Table, rows: Sequence[int] | None = None) -> Iterator[dict[str, object]]:
    """The gathered fields of a batch's articles without text and passages; of `rows`, or of all."""
    part = batch.select([n for n in batch.schema.names if n not in ("text", "starts", "ends", "input", "linked")])
    yield from (part if rows is None or len(rows) == part.num_rows else part.take(pa.array(rows))).to_pylist()


_FIELDS = tuple(each.name for each in fields_of(Article))


_SEVERAL = ("categories", "headings", "creators", "identifiers")


def article_of_refined(refined: Refined) -> Article:
    """The article that this will be if no redirect leads to it."""
    plain = {name: getattr(refined, name) for name in _FIELDS if name != "aliases"}
    return Article(aliases=tuple(Alias(title=title) for title in refined.aliases), **plain)


def with_aliases(fields: Mapping[str, object], redirects: Sequence[tuple[str, str]]) -> Article:
    """The article of a gathered row and the redirects that lead to it."""
    named: list[str] = fields["aliases"] or []  # type: ignore[assignment]  # a row from pyarrow is untyped
    title = str(fields["title"])
    redirects = [(t or title, p) for t, p in redirects]  # a path that a link calls it by has no title of its own
    taken = {t for t, _ in redirects}
    aliases = {Alias(title=t, path=p) for t, p in redirects} | {Alias(title=t) for t in named if t not in taken}
    several: dict[str, tuple[str, ...]] = {name: tuple(fields[name] or ()) for name in _SEVERAL}  # type: ignore[arg-type]
    plain = {name: fields.get(name, "") for name in _FIELDS if name not in _SEVERAL and name != "aliases"}
    return Article(aliases=tuple(sorted(aliases)), **several, **plain)  # type: ignore[arg-type]  # a body not read is ""
