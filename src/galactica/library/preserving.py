"""Protecting editions and getting them back: what joins `preserve` with putting an edition together of what is left."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import platformdirs

from galactica.building.indexing import reindex
from galactica.edition import record
from galactica.edition.sealing import forget
from galactica.edition.table import table, truths
from galactica.errors import EditionError, UsageError
from galactica.library.elsewhere import articles_elsewhere, is_publication, leaves_elsewhere
from galactica.placing import check_home
from galactica.preserve.copies import root_stated
from galactica.preserve.finding import known_sets
from galactica.preserve.gathered import catalogue_lines
from galactica.preserve.holed import Holed
from galactica.preserve.par2 import make_par2
from galactica.preserve.protecting import Protection, protect_beside, protect_over_volumes
from galactica.preserve.records import mend_records
from galactica.preserve.recovering import Recovery, named_rows, recover_edition
from galactica.preserve.repairing import Repair, repair_folder
from galactica.preserve.scrubbing import Scrubbed, scrub_folders
from galactica.progress import Report, silent

__all__ = ["Protection", "Recovery", "Repair", "Scrubbed", "protect", "protect_par2", "recover", "repair", "scrub"]


def protect(
    edition: Path,
    *,
    volumes: int = 0,
    survive: int = 0,
    percent: int = 0,
    out: Sequence[Path] = (),
    index: bool = False,
    day: str = "",
    report: Report = silent,
) -> Protection:
    """Protect an edition: over volumes of which any few may be lost, or by parity beside the one copy.

    Args:
        volumes, survive: how many volumes to make, and how many of them may be lost; or
        percent: parity beside the copy, of its size.
        out: where: a folder for each volume, or one that all of them are made in; default: beside the edition.
        index: the indexes are protected too; else they are made again when it is restored.
        day: ISO 8601, for the metadata of an edition whose sources have no date; default: today.
        report: stages "check" and "protect", bytes.

    Raises:
        UsageError: neither or both ways; numbers that make no code; something else stands there.
        EditionError: the edition is damaged, or none.
        MissingError: it cannot be written.
    """
    if bool(volumes) == bool(percent):
        raise UsageError(
            "It is not said how to protect it.",
            "Say --volumes N --survive M for folders of which any M may be lost, or --in-place PERCENT for parity.",
        )
    today = day or datetime.now(UTC).date().isoformat()
    if percent:
        if len(out) > 1:
            raise UsageError("Parity goes into one folder.", "Name one --out.")
        return protect_beside(edition, percent, out=out[0] if out else None, index=index, report=report)
    if len(out) not in (0, 1, volumes):
        raise UsageError(
            f"{len(out)} places are named for {volumes} volumes.", "Name one --out for all, or one for each volume."
        )
    places = list(out)
    if len(out) != volumes or volumes == 1:
        folder = out[0] if out else edition.resolve().parent
        stem = edition.resolve().name.removesuffix(".edition")
        width = len(str(volumes))
        places = [folder / f"{stem}.volume-{number:0{width}d}-of-{volumes}" for number in range(1, volumes + 1)]
    return protect_over_volumes(edition, places, survive=survive, index=index, day=today, report=report)


def protect_par2(edition: Path, percent: int, *, report: Report = silent) -> Path:
    """Make a PAR2 set of an edition beside it, for other people's programs; raises and gives as `preserve.par2`."""
    return make_par2(edition, percent, report=report)


def scrub(
    folders: Sequence[Path],
    *,
    rate: int = 0,
    again: bool = False,
    log: Path | None = None,
    state: Path | None = None,
    day: Callable[[], str] | None = None,
    report: Report = silent,
) -> Scrubbed:
    """Check editions, volumes and folders of parity, byte for byte, going on from where it was stopped.

    Args:
        rate: bytes a second at most; 0 for no limit.
        again: begin at the beginning.
        log: a file that lines of JSON are added to; default: one for these folders in the platform's state folder.
        state: folder in which it is kept how far it came; default: the platform's.
        day: gives the time for the log.
        report: stage "scrub", bytes.

    Raises:
        EditionError: there is nothing in a folder that can be checked.
    """
    for folder in folders:
        if not folder.is_dir():
            raise EditionError(f"There is no folder {folder}.", "Name an edition, a volume, or a folder of parity.")
    home = state or scrub_home()
    name = hashlib.sha256("\0".join(str(folder.resolve()) for folder in folders).encode()).hexdigest()[:16]
    kept = home / f"{name}.state"
    if again:
        kept.unlink(missing_ok=True)
    clock = day or (lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    return scrub_folders(folders, rate=rate, state=kept, log=log or home / f"{name}.log", day=clock, report=report)


def scrub_home() -> Path:
    """Where it is kept how far scrubbing came, and its logs.

    Raises:
        MissingError: nobody says where the home folder is.
    """
    folder = Path(platformdirs.user_state_dir("galactica", appauthor=False)) / "scrub"
    check_home(folder, "XDG_STATE_HOME")
    return folder


def repair(folder: Path, sources: Sequence[Path] = (), *, report: Report = silent) -> Repair:
    """Put right an edition, a volume or a folder of parity.

    Args:
        folder: what is repaired.
        sources: where right bytes may be: volumes, parity, copies of the edition; and articles: other editions,
            publications.
        report: stage "repair", bytes.

    Raises: as `preserve.repairing.repair_folder`.
    """
    done = repair_folder(folder, [each for each in sources if not is_publication(each)], report=report)
    root = root_stated(folder)  # "" where edition.json could not be mended
    if root and sources and any(each.where.startswith("data/articles/") for each in done.lost):
        done = _by_records(folder, sources, done, root)
    if root and done.written:
        forget(folder, root)
    return done


def _by_records(folder: Path, sources: Sequence[Path], done: Repair, root: str) -> Repair:
    """Files of articles that are still damaged, written again with articles of other editions and publications."""
    known = known_sets([folder, *sources])
    places: dict[int, tuple[str, str]] = {}
    for each in known:
        if each.described.root == root:
            places = {row: (named[1], named[2]) for row, named in named_rows(catalogue_lines(each))}
        each.close()
    work = folder.with_name(f"{folder.name}.repairing")
    mended = mend_records(folder, articles_elsewhere(sources), places, work)
    lost = [each for each in done.lost if each.where not in mended.files]
    bytes_of = sum((folder / path).stat().st_size for path in mended.files)
    files = tuple(sorted({*done.files, *(str(folder / path) for path in mended.files)}))
    return replace(done, lost=tuple(lost), files=files, articles=mended.articles, written=done.written + bytes_of)


def recover(
    folders: Sequence[Path], out: Path, *, index: bool = True, workers: int = 0, report: Report = silent
) -> Recovery:
    """Restore an edition from volumes, or make one of what is left of it.

    Args:
        folders: volumes of one set, parity, the folder of a damaged copy; and publications of the edition, whose leaf
            hashes prove what is left against the root of the whole.
        out: the folder to make.
        index: make the index of words, where none was protected.
        workers: processes that write what is left; 0: this one alone.
        report: stages "recover" (bytes), "write" and "index" (articles).

    Raises:
        UsageError: volumes of several sets; something stands at `out`.
        EditionError: nothing of the edition can be had.
        MissingError: it cannot be written.
    """

    published = [each for each in folders if is_publication(each)]

    def assemble(left: Holed, place: Path, work: Path) -> None:
        assemble_left(left, place, work, published=published, workers=workers, report=report)

    volumes = [each for each in folders if each not in published]
    found = recover_edition(volumes, out, assemble=assemble, report=report)
    if index and found.whole and not (out / "index" / "manifest.json").is_file():
        reindex(out, threads=max(1, workers), meaning=False, report=report)
    return found


def assemble_left(
    left: Holed,
    out: Path,
    work: Path,
    *,
    published: Sequence[Path] = (),
    workers: int = 0,
    report: Report = silent,
) -> None:
    """Make an edition of the records that are left of one; its `partial.json` names the whole.

    Args:
        published: publications; where one has the leaf hashes of the whole, records are proved against its root.

    Raises:
        EditionError: no article is left.
    """
    from galactica.spread.assembly.part import assemble_part
    from galactica.spread.assembly.store import RecordStore
    from galactica.spread.release.document import CONTENT, Release
    from galactica.spread.release.pack import PackEntry

    header = left.header
    release = Release(
        format=header.format,
        root=header.root,
        number=header.number,
        parent=header.parent,
        title=header.title,
        languages=tuple(sorted(tag for tag, _ in header.languages)),
        licences=tuple(sorted(header.licences)),
        tables=tuple((name, count, bytes.fromhex(head)) for name, count, head in sorted(header.tables)),
        objects=(),
    )
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    count = 0
    with RecordStore.of(work / "store", release) as store:
        for name in truths(header.format):
            if name in ("articles", "edition"):
                continue
            own = table(name)
            assert own.record is not None
            for row in left.rows(name):
                if row is None:
                    continue
                if name == "media":
                    content: bytes = row["content"]
                    if hashlib.sha256(content).digest() != row["hash"]:
                        continue
                    store.put(name, record.media_record(row["hash"], row["mime"], row["size"]))
                    piece = PackEntry(table=CONTENT, record=content, hash=row["hash"], offset=0, total=len(content))
                    store.put_entries([piece])
                else:
                    store.put(name, own.record(row, header.format))
        for _, article in left.articles():
            if article is not None:
                store.put("articles", record.article_record(article, header.format))
                count += 1
        if not count:
            raise EditionError(
                "No article can be had from these folders.", "Find another volume of the set, or another copy."
            )
        store.commit()
        for checked in leaves_elsewhere(published, header.root):
            store.put_object(checked)
        assemble_part(store, release, out, work=work / "edition", workers=workers, report=report)
