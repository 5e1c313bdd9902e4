"""Fetching an edition: choose its release, fetch what is missing, put it together, give it its name.

All work is done in `OUT.fetching/` beside the place: `release/` has the release that was chosen and what vouches for
it, `store/` the records that arrived (`assembly.store`), `parts/` what came of objects that are not whole. Stopped or
killed at any moment, the same command goes on with the same release as long as a mirror lists it, and asks only for
what is missing. `OUT` is there when the edition is whole, or, where only a share was asked for, when that is.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from galactica.building.meaning import Note, unheard
from galactica.codes.exchange import exchange, settle
from galactica.codes.lock import locked
from galactica.edition.info import read_statement
from galactica.edition.partial import PartialHeader, read_partial
from galactica.errors import EditionError, GalacticaError, UsageError
from galactica.faults import stopped
from galactica.hints import word
from galactica.network.connection import Opener
from galactica.progress import Report, silent
from galactica.spread.assembly.assembling import assemble
from galactica.spread.assembly.part import assemble_part
from galactica.spread.assembly.store import RecordStore
from galactica.spread.fetching.choosing import ReleaseWish, VouchedRelease, choose_release, is_listed
from galactica.spread.fetching.objects import MirrorSet, asked_mirrors
from galactica.spread.release.document import LEAVES, PACK, Release, ReleaseObject
from galactica.spread.release.publication import RELEASE
from galactica.spread.trust import decide
from galactica.spread.trust.folder import read_release, read_roots, read_signatures, write_trust

FETCHING = ".fetching"
"""How the folder of the work is called, after the edition."""

_STORE, _PARTS, _CHOSEN, _PLACE, _LOCK = "store", "parts", "release", "place", "lock"

_GONE = ".done"
"""How the name of the work ends that is being removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedEdition:
    """What `fetch_edition` did.

    Attributes:
        chosen: the release.
        fetched: bytes of objects that came now; there: bytes that were there from before.
        partial: how much of it there is; None where it is whole.
    """

    chosen: VouchedRelease
    fetched: int
    there: int
    partial: PartialHeader | None


def fetch_edition(
    sources: Sequence[str],
    out: Path,
    wish: ReleaseWish,
    *,
    opener: Opener | None = None,
    clock: Callable[[], float],
    allow_local: bool = False,
    share: float = 1.0,
    workers: int | None = None,
    report: Report = silent,
    note: Note = unheard,
) -> FetchedEdition:
    """Fetch an edition from mirrors, and put it together.

    Args:
        sources: addresses and folders of one publication, as the person named them.
        out: the folder to make. Only a part of the same edition may stand there; it is replaced.
        wish: which release, and whom the person trusts.
        opener: sends requests; None: over connections that are kept; clock: seconds from anywhere, never backwards.
        allow_local: whether addresses may be on this machine or its network.
        share: of the bytes, 0 to 1: 1 fetches all; with less, an edition of the most important part is made.
        workers: processes that put together; default: one a core; 0: none but this one.
        report: stages "fetch" (bytes), "write" and "index" (articles).
        note: told what vouches for it, and which mirrors are left.

    Raises:
        UsageError: something else stands at `out`; a source is none.
        ProofError: what is offered is refused.
        InputError: it cannot be had.
        EditionError: what arrived does not give the root.
        MissingError, LimitError: the machine's refusals.
    """
    settle(out)
    hands = max(0, workers if workers is not None else os.cpu_count() or 1)
    work = out.with_name(out.name + FETCHING)
    shutil.rmtree(work.with_name(work.name + _GONE), ignore_errors=True)
    asked = asked_mirrors(sources, opener, clock=clock, allow_local=allow_local, told=note)
    with asked as mirrors, working(work, out, "Fetching"):
        kept = _kept_choice(work, wish)
        if kept is not None and _root_at(out) == kept.release.root:  # killed when all but the last was done
            return _done(
                work, kept, wish, FetchedEdition(chosen=kept, fetched=0, there=kept.release.bytes, partial=None)
            )
        before = _before(out, sources[0])
        if kept is not None and is_listed(mirrors, kept.release):
            chosen = kept
            for said in chosen.trusted.said:
                note(said)
        else:
            chosen = choose_release(mirrors, wish, note)
        if before is not None and before.root != chosen.release.root:
            raise UsageError(
                f"{out} is a part of another edition ({before.root[:16]}…).", "Name another place, or move it away."
            )
        _keep_choice(work, chosen)
        with RecordStore.of(work / _STORE, chosen.release) as store:
            there = store.bytes_of_objects()
            fetch_objects(mirrors, _wanted(chosen.release, share), store, work / _PARTS, report)
            fetched = store.bytes_of_objects() - there
            replace = exchange if before is not None else None
            partial = None
            made = {"work": work, "beside": chosen.beside(), "workers": hands, "replace": replace, "report": report}
            if share < 1:
                partial = assemble_part(store, chosen.release, out, **made)  # type: ignore[arg-type]
            else:
                assemble(store, chosen.release, out, **made)  # type: ignore[arg-type]
        found = FetchedEdition(chosen=chosen, fetched=fetched, there=there, partial=partial)
        return _done(work, chosen, wish, found)


def _done(work: Path, chosen: VouchedRelease, wish: ReleaseWish, found: FetchedEdition) -> FetchedEdition:
    """Remember that a release was taken; what it was worked in is needed no more, where it is whole."""
    chosen.remember(wish.store)
    if found.partial is None:
        gone = work.with_name(work.name + _GONE)
        with suppress(OSError):  # in one step, so that nothing half removed is taken for work to go on with
            work.rename(gone)
        for each in (gone, work):
            shutil.rmtree(each, ignore_errors=True)
    return found


def fetch_objects(
    mirrors: MirrorSet, wanted: Sequence[ReleaseObject], store: RecordStore, parts: Path, report: Report
) -> None:
    """Fetch the objects of a release that are not in a store yet, and put them there.

    Args:
        parts: folder for what came of an object until it is whole.
        report: stage "fetch" (bytes).

    Raises:
        InputError: no mirror has one of them.
        ProofError: a pack is not what the release says that it holds.
    """
    have = store.objects()
    missing = [each for each in wanted if each.hash not in have]
    total = sum(each.size for each in wanted)
    done = total - sum(each.size for each in missing)
    report("fetch", done, total, "B")
    for checked in mirrors.objects(missing, parts):
        store.put_object(checked)
        done += checked.stated.size
        report("fetch", done, total, "B")


@contextmanager
def working(work: Path, out: Path, what: str) -> Iterator[None]:
    """Be the only one at work in a folder; the machine's refusals are told as such.

    Args:
        what: the work, for people ("Fetching").
    """
    try:
        work.mkdir(parents=True, exist_ok=True)
        with locked(work / _LOCK, f"{out} is being fetched by another process."):
            try:
                yield
            finally:
                _clear(work)
    except (OSError, sqlite3.Error) as error:
        raise stopped(what, error, work) from error


def _clear(work: Path) -> None:
    """Take a folder away in which nothing was kept."""
    with suppress(OSError):
        if [each.name for each in work.iterdir()] == [_LOCK]:
            (work / _LOCK).unlink()
            work.rmdir()


def _wanted(release: Release, share: float) -> list[ReleaseObject]:
    """The first objects of a release, which are together at least so much of it; always up to the first articles."""
    found: list[ReleaseObject] = []
    size, articles = 0, False
    for each in release.objects:
        if each.kind in (PACK, LEAVES) and (size < share * release.bytes or not articles):
            found.append(each)
            size += each.size
            articles = articles or "articles" in dict(each.records)
    return found


def _root_at(out: Path) -> str:
    """Root of the whole edition that stands at `out`; "" where none does."""
    try:
        return read_statement(out).root if read_partial(out) is None else ""
    except EditionError:
        return ""


def _before(out: Path, source: str) -> PartialHeader | None:
    """The part of an edition that stands at `out`; None where nothing does. `source`: that was named, to be told.

    Raises:
        UsageError: something else stands there.
    """
    if not os.path.lexists(out):
        return None
    try:
        partial = read_partial(out) if not out.is_symlink() and out.is_dir() else None
    except EditionError:
        partial = None
    if partial is not None:
        return partial
    if _root_at(out):
        further = f"galactica update {word(out)} --from {word(source)}"
        raise UsageError(f"{out} is an edition already.", f"To bring it up to date: {further}")
    raise UsageError(f"{out} exists already.", "Name another place, or move it away.")


def _keep_choice(work: Path, chosen: VouchedRelease) -> None:
    """Keep the release that was chosen, so that the same one is gone on with."""
    folder = work / _CHOSEN
    if folder.is_dir() and (folder / RELEASE).is_file() and (folder / RELEASE).read_bytes() == chosen.trusted.raw:
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    write_trust(folder, chosen.roots, chosen.signatures)
    (folder / _PLACE).write_text(chosen.place, encoding="utf-8")
    part = folder / f"{RELEASE}.part"
    part.write_bytes(chosen.trusted.raw)
    part.replace(folder / RELEASE)


def _kept_choice(work: Path, wish: ReleaseWish) -> VouchedRelease | None:
    """The release that an earlier run chose, checked again; None where there is none, or another is wished for."""
    folder = work / _CHOSEN
    if not (folder / RELEASE).is_file():
        return None
    try:
        raw, signatures, roots = read_release(folder), read_signatures(folder), read_roots(folder)
        release = Release.from_bytes(raw)
        if wish.root not in ("", release.root) or wish.number not in (0, release.number):
            return None
        place = (folder / _PLACE).read_text(encoding="utf-8")
        trusted = decide(
            raw,
            signatures,
            roots,
            store=wish.store,
            named_root=wish.root,
            place=place,
            expected=wish.expected,
            older=bool(wish.number),
        )
    except (GalacticaError, OSError, UnicodeError):
        return None
    return VouchedRelease(trusted=trusted, release=release, signatures=signatures, roots=roots, place=place)
