"""An edition brought up to date from a publication: by deltas where they lead to the newest release, else by its packs.

A release names the deltas that lead to it. Where none begins at the edition that is here, the releases before are
asked for theirs: the way of the fewest bytes counts. Of these nobody has to vouch: what comes of the deltas must have
the root of the release, which somebody vouches for. Where no way is shorter than the release itself, or a delta does
not hold what it should, the packs are fetched, but for those whose articles are here (`shared`), and the edition is put
together of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from heapq import heappop, heappush
from itertools import count
from pathlib import Path

from galactica.building.meaning import Note, unheard
from galactica.codes.exchange import exchange
from galactica.edition.info import EditionHeader, read_statement
from galactica.errors import EditionError, ProofError
from galactica.network.connection import FetchError, Opener
from galactica.progress import Report, silent
from galactica.spread.assembly.assembling import BESIDE, assemble
from galactica.spread.assembly.store import RecordStore
from galactica.spread.delta.updating import UpdatedEdition, at_work, carry_meaning, update_by_deltas
from galactica.spread.fetching.choosing import ReleaseWish, VouchedRelease, choose_release
from galactica.spread.fetching.fetching import fetch_objects
from galactica.spread.fetching.mirrors import Mirror, read_file
from galactica.spread.fetching.objects import MirrorSet, asked_mirrors
from galactica.spread.fetching.shared import put_articles, shared_packs, take_others_out
from galactica.spread.release.document import DELTA, LEAVES, PACK, Release, ReleaseObject
from galactica.spread.release.pack import object_hash
from galactica.spread.release.publication import LIST, MAX_LIST, RELEASE, RELEASES, ListedRelease, read_list
from galactica.spread.trust.folder import read_roots
from galactica.spread.trust.roots import read_root

MOST_ASKED = 64
"""Earlier releases that are asked for their deltas, at most: five years of months."""

_DELTAS, _PARTS, _STORE, _ASSEMBLY, _FILLED = "deltas", "parts", "store", "assembly", "filled"


def update_edition(
    edition: Path,
    sources: Sequence[str],
    wish: ReleaseWish,
    *,
    opener: Opener | None = None,
    clock: Callable[[], float],
    allow_local: bool = False,
    older: bool = False,
    meaning: bool = True,
    workers: int = 0,
    report: Report = silent,
    note: Note = unheard,
) -> UpdatedEdition:
    """Bring an edition up to date from a publication.

    Args:
        edition: its folder.
        sources: addresses and folders of the publication.
        wish: which release, and whom the person trusts; that it is of the publication that the edition came from is
            added here.
        opener: sends requests; None: over connections that are kept; clock: seconds from anywhere, never backwards.
        allow_local: whether addresses may be on this machine or its network.
        older: it may become an older edition than it is.
        meaning: whether its codes of meaning, where it has any, are carried over.
        workers: processes that encode passages and put packs together.
        report: stages "fetch" (bytes), "unpack" (records), "write" and "index" (articles), "meaning" (passages).
        note: told what vouches for it, by which way it came, and what is not carried over.

    Raises:
        ProofError: what is offered is refused; it is older than what is here.
        InputError: it cannot be had; what was fetched is kept.
        EditionError: the edition is damaged, or what arrived does not give the root.
        UsageError, MissingError, LimitError: as `update_by_deltas`.
    """
    asked = asked_mirrors(sources, opener, clock=clock, allow_local=allow_local, told=note)
    with at_work(edition) as work, asked as mirrors:
        said = read_statement(edition)
        chosen = choose_release(mirrors, replace(wish, expected=wish.expected or _publication(edition)), note)
        found = _brought(edition, said, mirrors, chosen, work, older, meaning, workers, report, note)
        chosen.remember(wish.store)
        return found


def _brought(
    edition: Path,
    said: EditionHeader,
    mirrors: MirrorSet,
    chosen: VouchedRelease,
    work: Path,
    older: bool,
    meaning: bool,
    workers: int,
    report: Report,
    note: Note,
) -> UpdatedEdition:
    release = chosen.release
    if release.root == said.root:
        return UpdatedEdition(before=said.root, root=said.root, number=said.number, fetched=0, way="none")
    if release.number <= said.number and not older:
        what = "another edition of the same number" if release.number == said.number else f"number {release.number}"
        raise ProofError(
            f"The publication offers {what}; here is number {said.number}.",
            "Somebody may want you to have an old edition; where that is what you want, add --older.",
        )
    beside = {RELEASE: chosen.trusted.raw, **chosen.beside()}
    way = _way(mirrors, release, said.root)
    if way:
        try:
            return update_by_deltas(
                edition,
                _fetched(mirrors, way, work, report),
                work,
                root=release.root,
                older=True,
                beside=beside,
                meaning=meaning,
                workers=workers,
                report=report,
                note=note,
            )
        except ProofError as error:
            note(f"{error.problem} The packs of the release are fetched instead.")
    else:
        note(f"No delta leads here from number {said.number}; the packs of the release are fetched.")
    fetched = _put_together(edition, said, mirrors, chosen, work, meaning, workers, report, note)
    return UpdatedEdition(before=said.root, root=release.root, number=release.number, fetched=fetched, way="whole")


def _put_together(
    edition: Path,
    said: EditionHeader,
    mirrors: MirrorSet,
    chosen: VouchedRelease,
    work: Path,
    meaning: bool,
    workers: int,
    report: Report,
    note: Note,
) -> int:
    """Put the edition together of the packs of a release, but for those whose articles are here; returns bytes that
    were fetched."""
    release = chosen.release
    wanted = [each for each in release.objects if each.kind in (PACK, LEAVES)]

    def trade(made: Path, old: Path) -> None:
        if meaning:
            carry_meaning(old, made, workers, report, note)
        exchange(made, old)

    with RecordStore.of(work / _STORE, release) as store:
        shared = shared_packs(edition, said.root, release)
        if shared and not (work / _FILLED).exists():
            put_articles(edition, store, report)
            (work / _FILLED).touch()
        (work / _ASSEMBLY).mkdir(exist_ok=True)
        for without in dict.fromkeys((shared, frozenset[str]())):
            now = [each for each in wanted if each.hash not in without]
            fetch_objects(mirrors, now, store, work / _PARTS, report)
            if shared:
                take_others_out(store)
            try:
                assemble(
                    store,
                    release,
                    edition,
                    work=work / _ASSEMBLY,
                    beside={RELEASE: chosen.trusted.raw, **chosen.beside()},
                    workers=workers,
                    replace=trade,
                    report=report,
                )
                break
            except EditionError:
                if not without:
                    raise
                note("What is here is not what its release says; all packs are fetched.")
    return sum(each.size for each in now)


def _publication(edition: Path) -> str:
    """Id of the publication that an edition came from; "" where nothing beside it says."""
    folder = edition / BESIDE
    roots = read_roots(folder) if folder.is_dir() else {}
    return read_root(roots[max(roots)]).publication if roots else ""


def _fetched(mirrors: MirrorSet, way: Sequence[ReleaseObject], work: Path, report: Report) -> list[Path]:
    """The deltas of a way as files; those that an earlier run fetched are there."""
    folder = work / _DELTAS
    folder.mkdir(exist_ok=True)
    files = [folder / each.hash for each in way]
    missing = [each for each, file in zip(way, files, strict=True) if not _is_whole(file, each)]
    total = sum(each.size for each in missing)
    done = 0
    report("fetch", done, total, "B")
    for checked in mirrors.objects(missing, work / _PARTS):
        (folder / checked.stated.hash).write_bytes(checked.raw)
        done += checked.stated.size
        report("fetch", done, total, "B")
    return files


def _is_whole(file: Path, stated: ReleaseObject) -> bool:
    return file.is_file() and file.stat().st_size == stated.size and object_hash(file.read_bytes()) == stated.hash


def _way(mirrors: MirrorSet, release: Release, origin: str) -> list[ReleaseObject]:
    """The deltas that lead from a root to a release, in their order, of the fewest bytes; none where there is no way
    that is shorter than the packs of the release."""
    most = sum(each.size for each in release.objects if each.kind in (PACK, LEAVES))
    lines: dict[str, ListedRelease] | None = None
    asked = 0
    reached: set[str] = set()
    turn = count()  # of two ways that are as long the one that was found first
    queue: list[tuple[int, int, str, tuple[ReleaseObject, ...]]] = [(0, next(turn), release.root, ())]
    while queue:
        size, _, root, way = heappop(queue)
        if root == origin:
            return list(way)
        if root in reached:
            continue
        reached.add(root)
        known: Release | None = release
        if root != release.root:
            lines = _lines(mirrors) if lines is None else lines
            asked += 1
            known = _listed(mirrors, lines.get(root)) if asked <= MOST_ASKED else None
        for each in known.objects if known is not None else ():
            if each.kind == DELTA and size + each.size < most:
                heappush(queue, (size + each.size, next(turn), each.origin, (each, *way)))
    return []


def _lines(mirrors: MirrorSet) -> dict[str, ListedRelease]:
    """Root → line, of all releases that the mirrors list."""
    found: dict[str, ListedRelease] = {}
    for mirror in mirrors.asked():
        raw = _read(mirrors, mirror, f"{RELEASES}/{LIST}", MAX_LIST)
        try:
            found |= {each.root: each for each in read_list(raw)} if raw is not None else {}
        except EditionError as error:
            mirrors.leave(mirror, error.problem.rstrip("."))
    return found


def _listed(mirrors: MirrorSet, line: ListedRelease | None) -> Release | None:
    """A release that is listed, for its deltas alone: nobody vouches for it, and nobody has to."""
    for mirror in mirrors.asked() if line is not None else ():
        assert line is not None
        raw = _read(mirrors, mirror, f"{line.folder}/{RELEASE}", line.size)
        try:
            if raw is not None and object_hash(raw) == line.hash:
                return Release.from_bytes(raw)
        except EditionError:
            continue
    return None


def _read(mirrors: MirrorSet, mirror: Mirror, path: str, most: int) -> bytes | None:
    try:
        return read_file(mirror, path, most)
    except FetchError as error:
        mirrors.leave(mirror, str(error))
        return None
