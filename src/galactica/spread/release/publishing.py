"""Publishing an edition: its objects, then its release, then whatever says that there is a new one.

Nothing that a reader knows of is ever unfinished: objects come first, named by nobody; the release's folder gets its
name in one step; the list of releases is replaced as one file. Killed at any moment, the same command goes on: what
was made is found again. Within a publication the number grows: a release of a number that is there already, or of a
lower one, is refused where its root is another, because whoever has the newer one would never take it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from galactica.building.order.ordering import ordered_articles
from galactica.building.order.policy import default_policy, read_policy
from galactica.building.workers import pool
from galactica.codes.lock import locked
from galactica.edition import Edition
from galactica.errors import UsageError
from galactica.faults import stopped
from galactica.hints import word
from galactica.progress import Report, silent
from galactica.spread.release.document import Release, ReleaseObject
from galactica.spread.release.objects import PacksMade, has_object
from galactica.spread.release.packing import close_edition, packed_objects
from galactica.spread.release.publication import (
    METADATA,
    PUBLISHING,
    RELEASES,
    prune,
    published_releases,
    put_release,
    write_list,
)


class ReleaseSigner(Protocol):
    """Signs what is published (spread.trust)."""

    def beside(self, raw: bytes) -> Mapping[str, bytes]:
        """Name → content of the files that stand beside a `release.json` with these bytes: its signatures."""

    def announce(self, folder: Path, release: Release, raw: bytes) -> None:
        """Say in the publication `folder`, where the release has its place by now, that it is the newest one."""


class DeltaMaker(Protocol):
    """Makes what leads from an older edition to the one that is published (spread.delta)."""

    def __call__(self, edition: Edition, folder: Path, report: Report) -> Sequence[ReleaseObject]:
        """The objects, which are kept in the publication `folder` by now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRelease:
    """What `publish_edition` did.

    Attributes:
        release: as it stands in the publication.
        place: the folder of the release.
        new: whether it was not there before.
        bytes: of all its objects.
        added: bytes of those that were not there before.
        signed: names of the files beside it that vouch for it; none where nobody does.
        pruned: (releases, objects) that were taken away.
    """

    release: Release
    place: Path
    new: bool
    bytes: int
    added: int
    signed: tuple[str, ...]
    pruned: tuple[int, int]


def publish_edition(
    path: Path,
    folder: Path,
    *,
    policy: Path | None = None,
    signer: ReleaseSigner | None = None,
    deltas: Sequence[DeltaMaker] = (),
    keep: int | None = None,
    workers: int | None = None,
    report: Report = silent,
) -> PublishedRelease:
    """Publish the edition at `path` in the folder `folder`, which may have other releases of it.

    Args:
        policy: file that says in which order it travels; None: `default_policy`.
        signer: signs it; None: nobody vouches for it.
        deltas: make what leads here from older editions.
        keep: how many releases stay, the newest ones; None: all.
        workers: processes that make packs; default: one a core; 0: none but this one. Changes nothing in the result.
        report: stages "order" and "pack" (articles).

    Raises:
        EditionError: there is no edition at `path`, or it is damaged.
        InputError: the policy cannot be read.
        UsageError: another process publishes there; the number does not grow; `folder` lies in the edition.
        MissingError, LimitError: the machine's refusals.
    """
    chosen = read_policy(policy) if policy is not None else default_policy()
    hands = max(0, workers if workers is not None else os.cpu_count() or 1)
    path = path.absolute()
    if folder.absolute().is_relative_to(path):
        raise UsageError(f"{folder} lies inside the edition.", "Name a folder beside it.")
    with Edition.open(path) as edition:
        check_publication_folder(folder)
        try:
            (folder / PUBLISHING).mkdir(parents=True, exist_ok=True)
            with locked(folder / PUBLISHING / "lock", f"Another process is publishing in {folder}."):
                before = _published_before(edition, folder)
                with PacksMade(folder / PUBLISHING / "packs.sqlite") as made:
                    old = {each.hash for release, _ in before for each in release.objects}
                    release = next((each for each, _ in before if each.root == edition.root), None)
                    new = release is None or not _there(release, folder)
                    if new:
                        articles = ordered_articles(edition, chosen, report)
                        with pool(hands) as workshop:
                            try:
                                objects = tuple(
                                    packed_objects(edition, articles, folder, made, workshop, 2 * hands, report)
                                )
                            finally:
                                close_edition()
                        del articles
                        objects += tuple(each for make in deltas for each in make(edition, folder, report))
                        release = _same(_release_of(edition, objects), release, folder)
                    assert release is not None
                    raw = release.to_bytes()
                    beside = signer.beside(raw) if signer is not None else {}
                    put_release(folder, release, beside)
                    if signer is not None:
                        signer.announce(folder, release, raw)
                    pruned = prune(folder, keep) if keep is not None else (0, 0)
                    if keep is not None:
                        made.keep_only(each.hash for _, kept in _releases(folder) for each in kept.objects)
                    write_list(folder)
        except (OSError, sqlite3.Error) as error:
            raise stopped("Publishing", error, folder) from error
    return PublishedRelease(
        release=release,
        place=folder / "releases" / release.called,
        new=new,
        bytes=sum(each.size for each in release.objects),
        added=sum(each.size for each in release.objects if each.hash not in old),
        signed=tuple(sorted(beside)),
        pruned=pruned,
    )


def check_publication_folder(folder: Path) -> None:
    """See that something can be published in `folder`, before anything is written there.

    Raises:
        UsageError: something else than a publication stands there.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UsageError(f"{folder} is no folder.", "Name a folder to publish in; it is made where there is none.")
    names = {each.name for each in folder.iterdir()} if folder.is_dir() else set()
    if names and not names & {PUBLISHING, RELEASES, METADATA}:
        raise UsageError(f"{folder} is not empty, and nothing was published in it.", "Name a folder of its own.")


def _releases(folder: Path) -> list[tuple[Path, Release]]:
    return [(place, Release.from_bytes(raw)) for place, raw in published_releases(folder)]


def _published_before(edition: Edition, folder: Path) -> list[tuple[Release, Path]]:
    """What stands in the publication; UsageError where this edition cannot follow it."""
    found = [(release, place) for place, release in _releases(folder)]
    number, root = edition.statement.number, edition.root
    newest = max((release for release, _ in found), key=lambda each: each.number, default=None)
    if newest is not None and newest.number >= number and all(release.root != root for release, _ in found):
        raise UsageError(
            f"{folder} has the release {newest.number} ({newest.root[:16]}…) already; this is number {number} of "
            "another root, which nobody who has that one would take.",
            "Build it upon the one that is published (galactica build --parent), or publish in another folder.",
        )
    return found


def _there(release: Release, folder: Path) -> bool:
    """Whether every object of a release lies in the publication, to the letter."""
    return all(has_object(folder, each.hash, each.size) for each in release.objects)


def _same(made: Release, before: Release | None, folder: Path) -> Release:
    """The release that was made, which must be the one that has its place already, where there is one."""
    if before is not None and made != before:
        raise UsageError(
            f"{folder} has this edition already, published otherwise, and has lost objects of it.",
            f"Publish it as before (the same --policy and deltas), or in another folder than {word(folder)}.",
        )
    return made


def _release_of(edition: Edition, objects: tuple[ReleaseObject, ...]) -> Release:
    """The release of an edition that travels in these objects; the first of equal ones counts."""
    s = edition.statement
    return Release(
        format=s.format,
        root=s.root,
        number=s.number,
        parent=s.parent,
        title=s.title,
        languages=tuple(sorted(tag for tag, _ in s.languages)),
        licences=tuple(sorted(s.licences)),
        tables=tuple(sorted((name, count, bytes.fromhex(head)) for name, count, head in s.tables)),
        objects=tuple({each.hash: each for each in reversed(objects)}.values())[::-1],
    )
