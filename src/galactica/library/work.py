"""What the workers of a build do: gather a batch of documents into files, and write a gathered batch as a shard.

Between the two steps a batch lies in the work folder as Arrow IPC files (`000012.arrow` articles with their text and
passages, `000012.media.arrow` media): what an article's record holds is complete only when every redirect of every
source has been read. Where no redirect is expected, gathering writes the shard's tables at once, as drafts
(`000012.articles.parquet`, `000012.signals.parquet`); if nothing came between, they are put in their place as they are.
Both steps write to a temporary name and rename, so that a file with its final name is whole.
"""

from __future__ import annotations

import bisect
import hashlib
import os
import re
import shutil
import signal
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from galactica.codes import merkle
from galactica.edition import Edition, layout, tables
from galactica.edition.record import article_record
from galactica.errors import EditionError
from galactica.library.bycatch import is_bycatch
from galactica.library.ledger import Gathered
from galactica.model import Alias, Article, Attachment, Document, MediaFile, Redirect, Rejected, article_id
from galactica.model.identity import INPUT_BYTES
from galactica.model.projection import project
from galactica.refine.article import Refined, input_digest, refine
from galactica.refine.passive import passive

Item = Document | Redirect | MediaFile | Attachment | Rejected

MAX_SECONDS = 60
"""How long one document may take; the slowest of 5,656 real wiki pages took 0.07 s (2026-11-23). A bound against
hostile markup: the only one here that depends on the machine, and far from anything honest."""

MEDIA_GROUP_BYTES = 4 * 2**20
"""Media are unpacked by row group: a group is closed when it holds this much."""

_ADDRESS = re.compile(r' (href|src)="\./([^"#]*)')
"""What a body in canonical form links to and shows, in its own source (docs/formats/body.md)."""

_SPAN = pa.list_(pa.int32())
GATHERED = pa.schema(
    [
        *[
            pa.field(name, pa.string())
            for name in ("title", "language", "source", "path", "url", "revision", "modified", "licence")
        ],
        pa.field("id", pa.binary(16)),
        pa.field("input", pa.binary(INPUT_BYTES)),
        pa.field("aliases", pa.list_(pa.string())),
        pa.field("categories", pa.list_(pa.string())),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class GatherTask:
    """A batch to gather: its number, its items in order, source key → language, where to, an edition to reuse, whether
    to draft its tables, of which sources the links are looked at, and which of them are folders' own pages."""

    number: int
    items: tuple[Item, ...]
    languages: tuple[tuple[str, str], ...]
    folder: Path
    parent: Path | None
    draft: bool = False
    linking: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What writing a shard gave: (id, leaf hash) of its articles in row order, none where its draft was used; and how
    many passages they have."""

    number: int
    leaves: tuple[tuple[bytes, bytes], ...]
    passages: int


def gathered_path(folder: Path, number: int) -> Path:
    """Where the articles of a gathered batch lie."""
    return folder / f"{number:06d}.arrow"


def media_path(folder: Path, number: int) -> Path:
    """Where the media of a gathered batch lie."""
    return folder / f"{number:06d}.media.arrow"


def draft_path(folder: Path, number: int, table: str) -> Path:
    """Where the draft of a batch's table lies."""
    return folder / f"{number:06d}.{table}.parquet"


def gather(task: GatherTask) -> Gathered:
    """Refine a batch's documents and put its articles and media into files."""
    languages = dict(task.languages)
    refined: list[Refined] = []
    media: list[MediaFile] = []
    redirects: list[Redirect] = []
    rejected: list[Rejected] = []
    attachments: list[Attachment] = []
    dropped: Counter[tuple[str, str]] = Counter()
    for item in task.items:
        if not _encodes(item):
            where = item.path.encode("utf-8", "replace").decode() if not isinstance(item, Rejected) else "?"
            detail = "a name in it is no Unicode text"
            rejected.append(
                Rejected(source=item.source, where=where, stage="refine", reason="bad-encoding", detail=detail)
            )
            continue
        match item:
            case Document():
                result = _refined(item, languages.get(item.source, ""), task.parent)
                if isinstance(result, Rejected):
                    rejected.append(result)
                else:
                    refined.append(result)
                    for rule, count in result.dropped:
                        dropped[item.source, rule] += count
            case MediaFile():
                kept = _passive(item, dropped)
                if isinstance(kept, MediaFile):
                    media.append(kept)
                else:
                    rejected.append(kept)
            case Redirect():
                redirects.append(item)
            case Attachment():
                attachments.append(item)
            case Rejected():
                rejected.append(item)
    hashes = [hashlib.sha256(m.content).digest() for m in media]
    leaves = _draft(task, refined) if task.draft and refined else ()
    schema = GATHERED.remove(GATHERED.get_field_index("body")) if leaves else GATHERED
    _write_arrow(gathered_path(task.folder, task.number), schema, _columns(refined, schema))
    if media:
        columns = {"hash": hashes, "mime": [m.mime for m in media], "content": [m.content for m in media]}
        _write_arrow(media_path(task.folder, task.number), GATHERED_MEDIA, columns)
    return Gathered(
        articles=tuple((r.id, r.language, r.licence, r.source, r.path) for r in refined),
        leaves=leaves,
        media=tuple((h, m.mime, len(m.content)) for h, m in zip(hashes, media, strict=True)),
        files=tuple((m.source, m.path, h) for h, m in zip(hashes, media, strict=True)),
        redirects=tuple(redirects),
        rejected=tuple(rejected),
        dropped=tuple((source, rule, n) for (source, rule), n in sorted(dropped.items())),
        attachments=tuple(attachments),
        links=tuple(sorted(_links(refined, task.linking))),
        pages=tuple((r.source, r.path) for r in refined if r.source in task.folders),
        bycatch=frozenset(
            row for row, r in enumerate(refined) if r.source in task.folders and is_bycatch(r.path, r.title, r.body)
        ),
    )


def _passive(file: MediaFile, dropped: Counter[tuple[str, str]]) -> MediaFile | Rejected:
    """A file that can only be looked at or saved."""
    taken: Counter[str] = Counter()
    found = passive(file.mime, file.content, taken)
    if found is None:
        detail = "an SVG picture that cannot be made safe to look at"
        return Rejected(source=file.source, where=file.path, stage="refine", reason="unsafe-picture", detail=detail)
    for name, count in taken.items():
        dropped[file.source, f"svg:{name}"] += count
    mime, content = found
    return replace(file, mime=mime, content=content)


def _links(refined: Sequence[Refined], linking: frozenset[str]) -> Iterator[tuple[str, str, str, bool]]:
    """(source, path, folder of the page, whether it is shown in it) of what the pages link to, each once."""
    found: dict[tuple[str, str, str], bool] = {}
    for r in refined:
        if r.source in linking:
            folder = r.path[: r.path.rfind("/") + 1]
            for kind, address in _ADDRESS.findall(r.body):
                key = (r.source, unquote(address), folder)
                found[key] = found.get(key, False) or kind != "href"
    for (source, path, folder), shown in found.items():
        if path and _is_text(path):
            yield source, path, folder, shown


def _is_text(path: str) -> bool:
    """Whether a path is Unicode: percent-encoded bytes can be anything."""
    try:
        return "\0" not in path.encode().decode()
    except UnicodeEncodeError:
        return False


def _refined(document: Document, language: str, parent: Path | None) -> Refined | Rejected:
    """Refine one document, and give up on one that takes longer than any honest page could."""
    try:
        with time_limit(MAX_SECONDS):
            return refine(document, language=language, kept=_kept(parent, document, language))
    except TimeoutError:
        detail = f"not cleaned within {MAX_SECONDS} seconds"
        return Rejected(source=document.source, where=document.path, stage="refine", reason="too-slow", detail=detail)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in the block after so many seconds; no limit where the system has no timers or off the main
    thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _encodes(item: Item) -> bool:
    """Whether every name in an item can be written as UTF-8, without NUL; contents are the cleaner's care."""
    match item:
        case Document():
            about = (item.url, item.revision, item.modified, item.language, item.licence)
            names = (item.path, item.title, *about, *item.aliases, *item.categories)
        case Redirect():
            names = (item.path, item.title, item.target)
        case MediaFile():
            names = (item.path, item.mime)
        case Attachment():
            names = (item.path, item.mime, item.detail)
        case Rejected():
            names = (item.where, item.detail)
    try:
        return "\0" not in "".join(names).encode().decode()
    except UnicodeEncodeError:
        return False


def write(task: WriteTask) -> Written:
    """Write a gathered batch's tables: articles, passages, signals, and its media if it has new ones."""
    leaves: list[tuple[bytes, bytes]] = []
    count = 0
    if task.rows and _draft_stands(task):
        count = _place_draft(task)
    elif task.rows:
        leaves, count = _write_articles(task)
    if task.media_rows:
        _write_media(task)
    return Written(number=task.number, leaves=tuple(leaves), passages=count)


def _draft(task: GatherTask, refined: Sequence[Refined]) -> tuple[bytes, ...]:
    """Write the tables that the batch will have if no redirect leads to it; returns the leaf hashes."""
    articles = [
        Article(
            id=r.id,
            title=r.title,
            language=r.language,
            aliases=tuple(Alias(title=title) for title in r.aliases),
            body=r.body,
            categories=r.categories,
            source=r.source,
            path=r.path,
            url=r.url,
            revision=r.revision,
            modified=r.modified,
            licence=r.licence,
        )
        for r in refined
    ]
    leaves = tuple(merkle.leaf_hash(article_record(article)) for article in articles)
    sizes = [len(article.body) for article in articles]
    typical = sum(sizes) // len(sizes)
    with (
        _Whole(draft_path(task.folder, task.number, "articles")) as path,
        tables.TableFile(path, "articles", typical=typical) as file,
    ):
        for low, high in _groups(sizes):
            file.write(tables.articles_table(articles[low:high]))
    with _Whole(draft_path(task.folder, task.number, "signals")) as path:
        tables.write_table(path, "signals", _signals(leaves, [r.input for r in refined]))
    return leaves


def _draft_stands(task: WriteTask) -> bool:
    """Whether a draft is what its shard must be: all of its articles are kept, and no redirect leads to one."""
    if task.aliases or not draft_path(task.folder, task.number, "articles").exists():
        return False
    return len(task.rows) == int(read_gathered(task.folder, task.number, only=("linked",)).num_rows)


def _place_draft(task: WriteTask) -> int:
    """Put the draft in its place, and write the passages, which name rows of the edition; returns how many."""
    name = layout.shard_name(task.shard)
    batch = read_gathered(task.folder, task.number, only=("starts", "ends"))
    total = low = 0
    articles = draft_path(task.folder, task.number, "articles")
    with pq.ParquetFile(articles) as parquet:
        counts = [parquet.metadata.row_group(i).num_rows for i in range(parquet.num_row_groups)]
    with _Whole(task.data / "passages" / name) as path, tables.TableFile(path, "passages") as file:
        for count in counts:
            spans = _passages(batch.slice(low, count), task.first + low)
            file.write(spans)
            total += spans.num_rows
            low += count
    _link(draft_path(task.folder, task.number, "signals"), task.data / "signals" / name)
    _link(articles, task.data / "articles" / name)
    return total


def _link(draft: Path, place: Path) -> None:
    """Give a draft a second name, or copy it; it stays, because a build that is killed now must find it again."""
    place.unlink(missing_ok=True)
    try:
        os.link(draft, place)
    except OSError:
        with _Whole(place) as target:
            shutil.copyfile(draft, target)


def _signals(leaves: Sequence[bytes], inputs: Sequence[bytes]) -> pa.Table:
    columns = {"leaf": [leaf[: layout.LEAF_BYTES] for leaf in leaves], "input": list(inputs)}
    return pa.table(columns, schema=layout.SIGNALS)


def _write_articles(task: WriteTask) -> tuple[list[tuple[bytes, bytes]], int]:
    batch = read_gathered(task.folder, task.number, without=("text",))
    if len(task.rows) != batch.num_rows:
        batch = batch.take(pa.array(task.rows))
    leaves: list[tuple[bytes, bytes]] = []
    name = layout.shard_name(task.shard)
    typical = batch["body"].nbytes // max(1, batch.num_rows)
    total = 0
    with (
        _Whole(task.data / "articles" / name) as articles_path,
        _Whole(task.data / "passages" / name) as passages_path,
        _Whole(task.data / "signals" / name) as signals_path,
        tables.TableFile(articles_path, "articles", typical=typical) as articles_file,
        tables.TableFile(passages_path, "passages") as passages_file,
    ):
        for low, high in _groups(pc.utf8_length(batch["body"]).to_pylist()):
            part = batch.slice(low, high - low)
            articles = [
                with_aliases(fields, task.aliases.get(task.rows[low + i], ())) for i, fields in enumerate(rows_of(part))
            ]
            leaves += [(a.id, merkle.leaf_hash(article_record(a))) for a in articles]
            articles_file.write(tables.articles_table(articles))
            spans = _passages(part, task.first + low)
            passages_file.write(spans)
            total += spans.num_rows
        signals = _signals([leaf for _, leaf in leaves], batch["input"].to_pylist())
        tables.write_table(signals_path, "signals", signals)
    return leaves, total


def with_aliases(fields: Mapping[str, object], redirects: Sequence[tuple[str, str]]) -> Article:
    """The article of a gathered row and the redirects that lead to it."""
    named: list[str] = fields["aliases"] or []  # type: ignore[assignment]  # a row from pyarrow is untyped
    title = str(fields["title"])
    redirects = [(t or title, p) for t, p in redirects]  # a path that a link calls it by has no title of its own
    taken = {t for t, _ in redirects}
    aliases = {Alias(title=t, path=p) for t, p in redirects} | {Alias(title=t) for t in named if t not in taken}
    return Article(
        aliases=tuple(sorted(aliases)),
        categories=tuple(fields["categories"] or ()),  # type: ignore[arg-type]
        **{  # type: ignore[arg-type]
            name: fields.get(name, "")  # a body that was not read is ""
            for name in (
                *("id", "title", "language", "body", "source"),
                *("path", "url", "revision", "modified", "licence"),
            )
        },
    )


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


def text_of(article: Article) -> str:
    """The projection of an article's body."""
    return project(article.body)


def _groups(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(first, behind last) rows of the row groups that articles with bodies of these sizes are cut into."""
    low = size = 0
    for i, more in enumerate(sizes):
        size += more
        if size >= tables.GROUP_BYTES:
            yield low, i + 1
            low, size = i + 1, 0
    if low < len(sizes):
        yield low, len(sizes)


def _passages(part: pa.Table, first: int) -> pa.Table:
    starts, ends = part["starts"].combine_chunks(), part["ends"].combine_chunks()
    lengths = pc.list_value_length(starts).to_numpy(zero_copy_only=False)
    columns = {
        "article": np.repeat(np.arange(first, first + len(lengths)), lengths),
        "start": starts.flatten(),
        "end": ends.flatten(),
    }
    return pa.table(columns, schema=layout.PASSAGES)


def _write_media(task: WriteTask) -> None:
    with pa.memory_map(str(media_path(task.folder, task.number))) as file:
        batch = pa.ipc.open_file(file).read_all()
    rows = batch.take(pa.array(task.media_rows)).to_pylist()
    path = task.data / "media" / layout.shard_name(task.media_shard)
    with _Whole(path) as target, tables.TableFile(target, "media", typical=1 << 16) as table:
        group: list[dict[str, object]] = []
        size = 0
        for row in rows:
            group.append({**row, "size": len(row["content"])})
            size += len(row["content"])
            if size >= MEDIA_GROUP_BYTES:
                table.write(pa.Table.from_pylist(group, schema=layout.MEDIA))
                group, size = [], 0
        if group:
            table.write(pa.Table.from_pylist(group, schema=layout.MEDIA))


def _columns(refined: Sequence[Refined], schema: pa.Schema) -> dict[str, list[object]]:
    simple = [n for n in schema.names if n not in ("linked", "aliases", "categories", "starts", "ends")]
    columns: dict[str, list[object]] = {name: [getattr(r, name) for r in refined] for name in simple}
    columns["aliases"] = [list(r.aliases) for r in refined]
    columns["categories"] = [list(r.categories) for r in refined]
    columns["linked"] = ['href="./' in r.body for r in refined]
    columns["starts"] = [[s for s, _ in r.spans] for r in refined]
    columns["ends"] = [[e for _, e in r.spans] for r in refined]
    return columns


def _write_arrow(path: Path, schema: pa.Schema, columns: Mapping[str, object]) -> None:
    # LZ4 takes less time than writing twice as many bytes does.
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with (
        _Whole(path) as target,
        pa.OSFile(str(target), "wb") as file,
        pa.ipc.new_file(file, schema, options=options) as writer,
    ):
        writer.write_table(pa.table(columns, schema=schema))


class _Whole:
    """A file that gets its name only when it is whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = path.with_name(path.name + f".{os.getpid()}.part")

    def __enter__(self) -> Path:
        return self._part

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._part.replace(self._path)
        else:
            self._part.unlink(missing_ok=True)


@lru_cache(maxsize=1)
def _open_parent(path: Path) -> Edition:
    return Edition.open(path)


@lru_cache(maxsize=4)
def _leaves(edition: Edition, shard: int) -> list[bytes]:
    return edition.leaf_prefixes(shard)


def _kept(parent: Path | None, document: Document, language: str) -> Article | None:
    """The article that the parent edition has for exactly this document, undamaged; or None.

    Args:
        language: of the document's source.
    """
    if parent is None:
        return None
    identity = article_id(document.source, document.path)
    try:
        edition = _open_parent(parent)
        row = edition.row_of(identity)
        if row is None or edition.inputs(row) != input_digest(document, language=language):
            return None
        found = edition.article(row)
        starts = edition.shard_rows()
        shard = bisect.bisect_right(starts, row, key=lambda start: start[0]) - 1
        leaf = _leaves(edition, shard)[row - starts[shard][0]]
    except (EditionError, IndexError):
        return None  # a damaged parent costs time, never the build
    whole = found.id == identity and merkle.leaf_hash(article_record(found)).startswith(leaf)
    return found if whole else None
