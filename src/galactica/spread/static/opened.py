"""A static edition as a person names it: at an address, in a folder; searched, read and asked as an edition on disk is.

`http://…/static/`, `DIR/static`, `DIR` (which has a folder `static`); behind a `#` the root, where the person knows
it. What was seen is kept on disk; without a network it is read from there, and said. The manifest is asked for each
time: it says whether there is a newer edition. An older one than was seen at an address is refused.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from galactica.edition.info import EditionInfo
from galactica.errors import EditionError, InputError, UsageError
from galactica.model import Article, Hit, Source, Suggestion, date_of, licence_of
from galactica.model.said import said
from galactica.network.kept import KeptConnections
from galactica.search import SearchPage
from galactica.spread.static.blocks import MAX_BLOCK
from galactica.spread.static.keeping import KeptOnDisk
from galactica.spread.static.making import MAX_TRUST, TRUST, read_trust_file
from galactica.spread.static.manifest import MANIFEST, MAX_MANIFEST, Manifest, checked_manifest
from galactica.spread.static.ranges import (
    PARALLEL,
    FolderFiles,
    KeptBytes,
    NothingKept,
    Ranges,
    RequestRound,
    StaticFiles,
)
from galactica.spread.static.reading import ProvedArticle, StaticEdition
from galactica.spread.static.searching import StaticHit, search_static
from galactica.spread.static.served import SECONDS, ServedFiles
from galactica.spread.static.suggesting import named_static, suggest_static
from galactica.spread.trust.deciding import TrustedRelease, decide
from galactica.spread.trust.store import TrustStore

_ROOT = re.compile("[0-9a-f]{64}")


class StaticReader:
    """A static edition that is open, with what a person should know of it.

    Attributes:
        edition: itself.
        where: what the person named, without the root.
        notes: what the person should know.
    """

    def __init__(self, edition: StaticEdition, where: str, notes: tuple[str, ...]) -> None:
        self.edition, self.where, self.notes = edition, where, notes

    @property
    def root(self) -> str:
        """Of the edition, 64 hex digits."""
        return self.edition.root

    def search(
        self, query: str, *, limit: int = 10, offset: int = 0, language: str = "", source: str = ""
    ) -> SearchPage:
        """As `Library.search` by words; raises InputError and EditionError as `search_static` does."""
        page = search_static(self.edition, query, limit=limit, offset=offset, language=language, source=source)
        notes: list[str] = []
        missing = [word for word, other in page.instead if not other]
        notes += [
            said("static-instead", "“{word}” is not in this edition; “{other}” was looked for.", word=word, other=other)
            for word, other in page.instead
            if other
        ]
        if missing:
            notes.append(said("static-missing", "Not in this edition: {words}.", words=missing))
        if page.partial:
            notes.append(
                said("static-partial", "Of the commonest words only the articles that have them most were looked at.")
            )
        return SearchPage(
            query=page.query,
            hits=tuple(map(self._hit, page.hits)),
            total=page.total,
            corrected="",
            notes=tuple(notes),
        )

    def suggest(self, typed: str, *, limit: int = 10) -> tuple[Suggestion, ...]:
        """As `Library.suggest`, of titles that begin so; each is read, so that its language and source can be told."""
        found = suggest_static(self.edition, typed, limit=limit)
        articles = self.edition.articles([each.number for each in found])
        return tuple(
            Suggestion(
                edition=self.root,
                id=each.article.id,
                title=each.article.title,
                matched=title.name,
                language=each.article.language,
                source=each.article.source,
                path=each.article.path,
                typos=0,
            )
            for each, title in zip(articles, found, strict=True)
        )

    def find(self, name: str) -> Article | None:
        """The article that is called so, or has this id (32 hex digits); the most prominent of several."""
        if re.fullmatch("[0-9a-f]{32}", name) and (found := self._by_id(bytes.fromhex(name))) is not None:
            return found.article
        title = named_static(self.edition, name)
        return self.edition.article(title.number).article if title is not None else None

    def source(self, key: str) -> Source:
        """The source called so; an unknown one is only a key."""
        return self.edition.sources.get(key) or Source(key=key, title="", format="", language="")

    def source_title(self, root: str, key: str) -> str:
        """What a source is called."""
        return self.source(key).title

    def origin(self, article: Article) -> tuple[str, str, str, str]:
        """Title of the source, date, licence, address of an article."""
        source = self.source(article.source)
        work = self.edition.works.get((article.source, article.work)) if article.work else None
        date = date_of(article.modified, article.published, work, source)
        return source.title or source.key, date, licence_of(article.licence, work, source), article.url

    @property
    def info(self) -> EditionInfo:
        """The edition at a glance."""
        manifest = self.edition.manifest
        counts = {name: count for name, count, _ in manifest.tables}
        return EditionInfo(
            title=manifest.title,
            root=self.root,
            format_version=manifest.format,
            parent=manifest.parent,
            articles=len(self.edition),
            passages=0,
            rejected=0,
            media=counts.get("media", 0),
            aliases=0,
            languages=tuple(sorted(manifest.languages, key=lambda each: (-each[1], each[0]))),
            sources=tuple(self.edition.sources.values()),
            licences=manifest.licences,
            bytes=sum(each.size for each in manifest.files),
            number=manifest.number,
            works=counts.get("works", 0),
            statements=counts.get("statements", 0),
        )

    def _by_id(self, identity: bytes) -> ProvedArticle | None:
        return self.edition.find_id(identity)

    def _hit(self, hit: StaticHit) -> Hit:
        article = hit.found.article
        _, date, licence, _ = self.origin(article)
        work = self.edition.works.get((article.source, article.work)) if article.work else None
        return Hit(
            edition=self.root,
            id=article.id,
            title=article.title,
            language=article.language,
            source=article.source,
            path=article.path,
            url=article.url,
            licence=licence,
            date=date,
            score=round(hit.score, 4),
            passage=0,
            start=hit.passage.start,
            end=hit.passage.end,
            snippet=hit.passage.snippet,
            marks=hit.passage.marks,
            exact=hit.exact,
            work=work.title if work is not None else "",
        )


def is_static(named: str) -> bool:
    """Whether what a person names as an edition is a static one: an address, or a folder that has its manifest."""
    plain = named.partition("#")[0]
    return plain.lower().startswith(("http://", "https://")) or _static_folder(Path(plain)) is not None


def _static_folder(path: Path) -> Path | None:
    if path.joinpath("data", "edition.json").exists():
        return None
    return next((each for each in (path, path / "static") if (each / MANIFEST).is_file()), None)


@contextmanager
def open_static(
    named: str,
    *,
    kept: Path | None = None,
    store: TrustStore | None = None,
    watch: Callable[[RequestRound], None] | None = None,
) -> Iterator[StaticReader]:
    """Open a static edition.

    Args:
        named: as the module says.
        kept: folder for what was seen at an address; None: nothing is kept.
        store: whom this machine trusts; None: nobody is asked for signatures.
        watch: called with each round of requests.

    Raises:
        UsageError: the root is none, or there is no such address.
        ProofError: it is another edition than was named, or its signatures, number or publication are refused.
        InputError: it cannot be had now, and was not seen before.
        EditionError: it is none, or damaged.
    """
    where, _, root = named.partition("#")
    if root and not _ROOT.fullmatch(root):
        raise UsageError(
            f"{root} is no root.", "A root has 64 digits from 0 to 9 and a to f; or leave it and the # out."
        )
    with KeptConnections() as connections:
        folder = None if where.lower().startswith(("http://", "https://")) else _static_folder(Path(where))
        files: StaticFiles = FolderFiles(folder) if folder is not None else ServedFiles(where, connections)
        seen: KeptBytes = KeptOnDisk(kept) if kept is not None and folder is None else NothingKept()
        besides = ThreadPoolExecutor(PARALLEL)
        start = besides.submit(_start_bytes, files)  # one round for both
        if isinstance(files, ServedFiles):
            for _ in range(PARALLEL - 2):
                besides.submit(connections.open_ahead, files.where, local=True, seconds=SECONDS)
        besides.shutdown(wait=False)
        raw, notes = _manifest_bytes(files, seen)
        manifest = checked_manifest(raw, files.where, root=root, least=0 if root else _newest(seen.get(_place(files))))
        ranges = Ranges(files, seen, manifest.root, watch)
        edition, decision = ranges.together(
            lambda: StaticEdition.open(ranges, manifest, start.result()),
            lambda: _decided(raw, ranges, seen, root, store),
        )
        seen.put(_place(files), raw)
        if decision is not None and store is not None:
            decision.remember(store, "" if folder is not None else files.where)
        yield StaticReader(edition, where, (*notes, *(decision.said if decision is not None else ())))


def _place(files: StaticFiles) -> str:
    """The name under which the manifest of a place is kept."""
    return "place/" + hashlib.sha256(files.where.encode()).hexdigest()


def _start_bytes(files: StaticFiles) -> bytes:
    """What lies beside the manifest as `start`; b"" where there is none: then it lies with the others."""
    with contextlib.suppress(InputError, EditionError):
        return files.whole("start", MAX_BLOCK)
    return b""


def _manifest_bytes(files: StaticFiles, seen: KeptBytes) -> tuple[bytes, tuple[str, ...]]:
    """The manifest, from where it lies or from what was seen, and what is to be said of that."""
    try:
        return files.whole(MANIFEST, MAX_MANIFEST), ()
    except InputError as error:
        before = seen.get(_place(files))
        if before is None:
            raise
        return before, (said("static-offline", "Read from what was seen before: {why}", why=error.problem),)


def _newest(before: bytes | None) -> int:
    """Number of the edition whose manifest was kept; 0 where none was."""
    with contextlib.suppress(EditionError):
        return Manifest.from_bytes(before).number if before else 0
    return 0


def _decided(raw: bytes, ranges: Ranges, seen: KeptBytes, root: str, store: TrustStore | None) -> TrustedRelease | None:
    """What vouches for a manifest; None where nobody is asked."""
    if store is None:
        return None
    found = b"" if root else _trust_bytes(ranges, seen)
    signatures, roots = read_trust_file(found) if found else ({}, {})
    place = "" if isinstance(ranges.files, FolderFiles) else ranges.files.where
    return decide(raw, signatures, roots, store=store, named_root=root, place=place)


def _trust_bytes(ranges: Ranges, seen: KeptBytes) -> bytes:
    """What vouches for it: asked for each time, because signatures may be added; b"" where there is nothing."""
    name = f"{_place(ranges.files)}/{TRUST}"
    try:
        found = ranges.fresh(TRUST, MAX_TRUST)
    except InputError:
        return seen.get(name) or b""
    except EditionError:
        return b""
    seen.put(name, found)
    return found
