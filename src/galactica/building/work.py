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
from dataclasses import astuple, dataclass, replace
from dataclasses import fields as fields_of
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from pathlib import Path
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from galactica.building.bycatch import is_bycatch
from galactica.building.ledger import Gathered
from galactica.codes import merkle
from galactica.codes.files import whole
from galactica.edition import Edition, layout
from galactica.edition.record import article_record
from galactica.edition.write import row_groups, write_articles, write_media, write_passages, write_signals
from galactica.errors import EditionError
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
    article_id,
)
from galactica.model.identity import INPUT_BYTES
from galactica.model.projection import project
from galactica.refine.article import Refined, input_digest, refine
from galactica.refine.passive import passive

Item = Document | Redirect | MediaFile | Attachment | Work | SourceStatement | Rejected

MAX_SECONDS = 60
"""How long one document may take; the slowest of 5,656 real wiki pages took 0.07 s (2026-11-23). A bound against
hostile markup: the only one here that depends on the machine, and far from anything honest."""

_ADDRESS = re.compile(r' (href|src)="\./([^"#]*)')
"""What a body in canonical form links to and shows, in its own source (docs/formats/body.md)."""

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
class WrittenShard:
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
    works: list[Work] = []
    statements: list[SourceStatement] = []
    dropped: Counter[tuple[str, str]] = Counter()
    for item in task.items:
        if not _encodes(item):
            where = "?" if isinstance(item, Rejected) else item.path.encode("utf-8", "replace").decode()
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
            case Work():
                works.append(item)
            case SourceStatement():
                statements.append(item)
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
        articles=tuple((r.id, r.language, r.licence, r.source, r.path, r.work) for r in refined),
        leaves=leaves,
        media=tuple((h, m.mime, len(m.content)) for h, m in zip(hashes, media, strict=True)),
        files=tuple((m.source, m.path, h) for h, m in zip(hashes, media, strict=True)),
        redirects=tuple(redirects),
        rejected=tuple(rejected),
        dropped=tuple((source, rule, n) for (source, rule), n in sorted(dropped.items())),
        attachments=tuple(attachments),
        works=tuple(works),
        statements=tuple(statements),
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
            about = (item.url, item.revision, item.modified, item.language, item.licence, item.work, item.published)
            several = (item.aliases, item.categories, item.headings, item.creators, item.identifiers)
            names = (item.path, item.title, *about, *chain.from_iterable(several))
        case Redirect():
            names = (item.path, item.title, item.target)
        case MediaFile():
            names = (item.path, item.mime)
        case Attachment():
            names = (item.path, item.mime, item.detail)
        case Work() | SourceStatement():
            names = tuple(_texts(astuple(item)))
        case Rejected():
            names = (item.where, item.detail)
    try:
        return "\0" not in "".join(names).encode().decode()
    except UnicodeEncodeError:
        return False


def _texts(value: object) -> Iterator[str]:
    """All text in a value and in what it holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)


def write(task: WriteTask) -> WrittenShard:
    """Write a gathered batch's tables: articles, passages, signals, and its media if it has new ones."""
    leaves: list[tuple[bytes, bytes]] = []
    count = 0
    if task.rows and _draft_stands(task):
        count = _place_draft(task)
    elif task.rows:
        leaves, count = _write_articles(task)
    if task.media_rows:
        _write_media(task)
    return WrittenShard(number=task.number, leaves=tuple(leaves), passages=count)


def _draft(task: GatherTask, refined: Sequence[Refined]) -> tuple[bytes, ...]:
    """Write the tables that the batch will have if no redirect leads to it; returns the leaf hashes."""
    articles = [_article(r) for r in refined]
    sizes = [len(article.body) for article in articles]
    leaves = tuple(
        write_articles(
            draft_path(task.folder, task.number, "articles"),
            (articles[low:high] for low, high in row_groups(sizes)),
            typical=sum(sizes) // len(sizes),
        )
    )
    write_signals(draft_path(task.folder, task.number, "signals"), leaves, [r.input for r in refined])
    return leaves


def _article(refined: Refined) -> Article:
    """The article that this will be if no redirect leads to it."""
    plain = {name: getattr(refined, name) for name in _FIELDS if name != "aliases"}
    return Article(aliases=tuple(Alias(title=title) for title in refined.aliases), **plain)


_FIELDS = tuple(each.name for each in fields_of(Article))


def _draft_stands(task: WriteTask) -> bool:
    """Whether a draft is what its shard must be: all of its articles are kept, and no redirect leads to one."""
    if task.aliases or not draft_path(task.folder, task.number, "articles").exists():
        return False
    return len(task.rows) == int(read_gathered(task.folder, task.number, only=("linked",)).num_rows)


def _place_draft(task: WriteTask) -> int:
    """Put the draft in its place, and write the passages, which name rows of the edition; returns how many."""
    name = layout.shard_name(task.shard)
    batch = read_gathered(task.folder, task.number, only=("starts", "ends"))
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
    return total


def _link(draft: Path, place: Path) -> None:
    """Give a draft a second name, or copy it; it stays, because a build that is killed now must find it again."""
    place.unlink(missing_ok=True)
    try:
        os.link(draft, place)
    except OSError:
        with whole(place) as target:
            shutil.copyfile(draft, target)


def _write_articles(task: WriteTask) -> tuple[list[tuple[bytes, bytes]], int]:
    batch = read_gathered(task.folder, task.number, without=("text",))
    if len(task.rows) != batch.num_rows:
        batch = batch.take(pa.array(task.rows))
    ids: list[bytes] = []
    name = layout.shard_name(task.shard)
    borders = list(row_groups(pc.utf8_length(batch["body"]).to_pylist()))

    def groups() -> Iterator[list[Article]]:
        for low, high in borders:
            rows = rows_of(batch.slice(low, high - low))
            articles = [with_aliases(f, task.aliases.get(task.rows[low + i], ())) for i, f in enumerate(rows)]
            ids.extend(each.id for each in articles)
            yield articles

    typical = batch["body"].nbytes // max(1, batch.num_rows)
    leaves = write_articles(task.data / "articles" / name, groups(), typical=typical)
    spans = (_spans(batch.slice(low, high - low)) for low, high in borders)
    passages = write_passages(task.data / "passages" / name, spans, first=task.first)
    write_signals(task.data / "signals" / name, leaves, batch["input"].to_pylist())
    return list(zip(ids, leaves, strict=True)), passages


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


_SEVERAL = ("categories", "headings", "creators", "identifiers")


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


def _spans(part: pa.Table) -> tuple[pa.ListArray, pa.ListArray]:
    return part["starts"].combine_chunks(), part["ends"].combine_chunks()


def _write_media(task: WriteTask) -> None:
    with pa.memory_map(str(media_path(task.folder, task.number))) as file:
        batch = pa.ipc.open_file(file).read_all()
    rows = batch.take(pa.array(task.media_rows)).to_pylist()
    write_media(task.data / "media" / layout.shard_name(task.media_shard), rows)


def _columns(refined: Sequence[Refined], schema: pa.Schema) -> dict[str, list[object]]:
    columns: dict[str, list[object]] = {
        name: [getattr(r, name) for r in refined] for name in schema.names if name not in ("linked", "starts", "ends")
    }
    columns["linked"] = ['href="./' in r.body for r in refined]
    columns["starts"] = [[s for s, _ in r.spans] for r in refined]
    columns["ends"] = [[e for _, e in r.spans] for r in refined]
    return columns


def _write_arrow(path: Path, schema: pa.Schema, columns: Mapping[str, object]) -> None:
    # LZ4 takes less time than writing twice as many bytes does.
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with (
        whole(path) as target,
        pa.OSFile(str(target), "wb") as file,
        pa.ipc.new_file(file, schema, options=options) as writer,
    ):
        writer.write_table(pa.table(columns, schema=schema))


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
    record = article_record(found, edition.statement.format)
    whole = found.id == identity and merkle.leaf_hash(record).startswith(leaf)
    return found if whole else None
