"""The next edition of what is followed: the journal's items as feeds on the disk, built upon the edition before.

    journal ─▶ FOLDER/kept/SOURCE.json (JSON Feed, only where it changed) ─▶ build ─▶ FOLDER/NAME-0002.edition

The order that must hold: an edition is noted as begun before it is built, and as done when it has its name; one that
was built and not noted, because the program was killed in between, is found again by its name.
"""

from __future__ import annotations

import filecmp
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from galactica.building.build import build
from galactica.building.indexing import reindex
from galactica.codes.files import whole
from galactica.edition import EditionInfo
from galactica.edition.info import read_statement
from galactica.errors import EditionError, GalacticaError, InputError
from galactica.follow.journal import FollowedSource, Journal
from galactica.progress import Report
from galactica.sources.feed_items import FeedItem, sound_item
from galactica.sources.feed_json import written_feed

KEPT = "kept"
LATEST = "latest.edition"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionOptions:
    """What the person said about editions: as of `building.build.build`."""

    title: str = ""
    workers: int | None = None
    meaning: bool = True
    encoder: str = ""


def next_edition(
    journal: Journal, folder: Path, options: EditionOptions, report: Report, note: Callable[[str], None]
) -> tuple[Path, EditionInfo] | None:
    """Build the next edition, if anything changed since the last.

    Returns:
        Its folder, and it at a glance; None where nothing changed, or nothing is an article yet.

    Raises:
        MissingError, LimitError, EditionError: as `build`.
    """
    if adopt(journal, folder) and options.meaning:
        _finish_meaning(folder / journal.last_edition()[1], options, report, note)
    number, name, _, upto = journal.last_edition()
    changes = journal.changes()
    if changes == upto:
        return None
    files = [path for source in journal.sources(forgotten=True) if (path := write_kept(journal, folder, source))]
    if not files:
        return None
    begun = journal.begun_edition()
    next_number = begun[0] if begun else number + 1
    if begun:
        journal.drop_edition(begun[0])
    out = folder / f"{folder.resolve().name}-{next_number:04}.edition"
    while os.path.lexists(out):  # made by somebody else: never overwritten
        next_number += 1
        out = folder / f"{folder.resolve().name}-{next_number:04}.edition"
    parent = folder / name if name and (folder / name / "data" / "edition.json").is_file() else None
    if name and parent is None:
        note(f"{folder / name} is not there any more: the new edition is built without it, and has no parent.")
    with journal.change():
        journal.put_edition(next_number, out.name, "", changes)
    try:
        made = build(
            out,
            files,
            title=options.title or journal.meta("title") or folder.resolve().name,
            parent=parent,
            workers=options.workers,
            meaning=options.meaning,
            encoder=options.encoder,
            report=report,
            note=note,
        )
    except InputError as error:
        note(f"No edition was built: {error.problem}")
        return None
    with journal.change():
        journal.put_edition(next_number, out.name, made.root, changes)
    _point(folder, out.name)
    return out, made


def adopt(journal: Journal, folder: Path) -> bool:
    """Note an edition that was built and not noted; whether there was one."""
    begun = journal.begun_edition()
    if begun is None or not (folder / begun[1]).is_dir():
        return False
    try:
        statement = read_statement(folder / begun[1])
    except EditionError:
        return False
    with journal.change():
        journal.put_edition(begun[0], begun[1], statement.root, begun[2])
    _point(folder, begun[1])
    return True


def _finish_meaning(path: Path, options: EditionOptions, report: Report, note: Callable[[str], None]) -> None:
    """Add what is missing of the index of meaning of an edition whose building was stopped just then."""
    try:
        threads = options.workers or os.cpu_count() or 1
        reindex(path, threads=threads, words=False, encoder=options.encoder, report=report, note=note)
    except GalacticaError as error:
        note(f"The index of meaning of {path} is not whole: {error.told}")


def write_kept(journal: Journal, folder: Path, source: FollowedSource) -> Path | None:
    """Write what is kept of a source as a JSON Feed; a file that would be the same stays. None where nothing is."""
    if not journal.items.count(source.n):
        return None
    kept = folder / KEPT
    kept.mkdir(exist_ok=True)
    name = re.sub(r"[^\w.-]", "-", source.key)[:80]
    path = kept / f"{source.n:04}-{name}.json"
    about = replace(source.about, key=source.key, title=source.about.title or source.key)
    new = path.with_suffix(".new")
    with whole(new) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        written_feed(file, about, source.url, _items(journal, source))
    if path.exists() and filecmp.cmp(new, path, shallow=False):
        new.unlink()
    else:
        new.replace(path)
    return path


def _items(journal: Journal, source: FollowedSource) -> Iterator[FeedItem]:
    yield from journal.items.kept(source.n)
    if fault := str(source.state.get("fault", "")):
        yield sound_item(FeedItem(guid=f"{source.url}#feed", path="feed", refused="malformed", why=fault))


def _point(folder: Path, name: str) -> None:
    """Let `latest.edition` lead to an edition, where the system has links."""
    link, new = folder / LATEST, folder / f".{LATEST}.new"
    if os.path.lexists(link) and not link.is_symlink():
        return
    try:
        new.unlink(missing_ok=True)
        new.symlink_to(name)
        new.replace(link)
    except OSError:
        new.unlink(missing_ok=True)
