"""The first step of a build's workers: a batch of documents is refined and gathered into files (`batches`)."""

from __future__ import annotations

import bisect
import hashlib
import re
import signal
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

import pyarrow as pa

from galactica.building.batches import (
    GATHERED,
    GATHERED_MEDIA,
    Item,
    article_of_refined,
    draft_path,
    gathered_path,
    media_path,
    write_arrow,
)
from galactica.building.bycatch import is_bycatch
from galactica.building.gathered import Gathered
from galactica.building.writable import is_writable
from galactica.cluster.contract import Travels
from galactica.codes import merkle
from galactica.edition import Edition
from galactica.edition.record import article_record
from galactica.edition.write import row_groups, write_articles, write_signals
from galactica.errors import EditionError
from galactica.model import (
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
from galactica.refine.article import Refined, input_digest, refine
from galactica.refine.passive import passive

MAX_SECONDS = 60
"""Of processor time that one document may take; the slowest of 5,656 real wiki pages took 0.07 s (2026-11-23). A bound
against hostile markup: the only one here that depends on the machine, and far from anything honest. By the clock a page
of five lines was refused where forty other programs ran: a worker's first document opens libraries (2026-11-30)."""


_ADDRESS = re.compile(r' (href|src)="\./([^"#]*)')
"""What a body in canonical form links to and shows, in its own source (docs/formats/body.md)."""


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

    def travels(self) -> Travels | None:
        """It reads what it holds; a parent lies on one machine alone."""
        return Travels(writes=("folder",)) if self.parent is None else None


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
        if not is_writable(item):
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
    write_arrow(gathered_path(task.folder, task.number), schema, _columns(refined, schema))
    if media:
        columns = {"hash": hashes, "mime": [m.mime for m in media], "content": [m.content for m in media]}
        write_arrow(media_path(task.folder, task.number), GATHERED_MEDIA, columns)
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
    """Raise TimeoutError in the block after so many seconds of this process's processor time; no limit where the system
    has no timers or off the main thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _draft(task: GatherTask, refined: Sequence[Refined]) -> tuple[bytes, ...]:
    """Write the tables that the batch will have if no redirect leads to it; returns the leaf hashes."""
    articles = [article_of_refined(r) for r in refined]
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


def _columns(refined: Sequence[Refined], schema: pa.Schema) -> dict[str, list[object]]:
    columns: dict[str, list[object]] = {
        name: [getattr(r, name) for r in refined] for name in schema.names if name not in ("linked", "starts", "ends")
    }
    columns["linked"] = ['href="./' in r.body for r in refined]
    columns["starts"] = [[s for s, _ in r.spans] for r in refined]
    columns["ends"] = [[e for _, e in r.spans] for r in refined]
    return columns


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
