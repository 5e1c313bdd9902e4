"""What a publication says on line of what is newest: TUF's targets, snapshot and timestamp, made beside its roots.

    metadata/N.root.json        the chain of roots
    metadata/N.targets.json     which releases there are, by length and SHA-256; as many sign it as must sign a release
    metadata/N.snapshot.json    which targets.json is the newest; signed by a key of the server
    metadata/timestamp.json     which snapshot is; signed again and again, so that nobody can make time stand still
    metadata/pending/           what has not enough signatures yet

Only releases that enough keys have signed are listed, so that nothing is told of before it can be taken. Each is
written after what it names; killed anywhere, the timestamp that is there names what is there. Signatures are collected:
who calls with other keys adds theirs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from galactica.codes.lock import locked
from galactica.errors import UsageError
from galactica.spread.trust.chain import TrustedRoot, follow_roots
from galactica.spread.trust.folder import (
    METADATA,
    PENDING,
    put_file,
    read_bounded_bytes,
    read_roots,
    versions_in,
)
from galactica.spread.trust.listing import SignedReleases
from galactica.spread.trust.roots import keyid_of
from galactica.spread.trust.secret import SecretKey

if TYPE_CHECKING:
    from tuf.api.metadata import Metadata

ROOT_DAYS, TARGETS_DAYS, SNAPSHOT_DAYS, TIMESTAMP_DAYS = 3_650, 1_095, 365, 90
"""How long each holds on line. A mirror can show an old state for as long as its timestamp holds, and no longer; a
publisher who does not come back within that time leaves readers with what holds off line."""

MOST_BYTES = {"targets": 2**20, "snapshot": 2**16, "timestamp": 2**14}
"""Bytes of each document: a thousand releases take some 300 kB, the others less than 2 kB."""
MOST_TARGET_MARKS = 2**15
"""Commas, colons and brackets of a targets.json: a thousand releases have some 8,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataState:
    """What the metadata of a publication says now.

    Attributes:
        root: the newest root that enough keys have signed.
        listed: paths of the releases that the newest complete targets.json lists.
        unlisted: paths of those that too few keys have signed.
        complete: whether the timestamp names all that is listed.
        pending: what is still to be signed, a sentence each.
    """

    root: TrustedRoot
    listed: tuple[str, ...]
    unlisted: tuple[str, ...]
    complete: bool
    pending: tuple[str, ...]


def write_metadata(
    folder: Path, secrets: Sequence[SecretKey], now: datetime, *, days: int = TIMESTAMP_DAYS
) -> MetadataState:
    """Bring the metadata of a publication up to what lies in it, as far as these keys can sign.

    Args:
        folder: of the publication; it has a chain of roots.
        secrets: keys; those that may sign nothing here are passed over.
        now: the time, UTC.
        days: how long the timestamp holds.

    Raises:
        ProofError: the chain of roots, or a document of before, does not hold.
        UsageError: there is no root.
        InputError, LimitError: what lies there cannot be read.
    """
    roots = read_roots(folder / METADATA)
    if not roots:
        raise UsageError(f"{folder} has no root document.", "Make one: galactica keys root.")
    root = follow_roots(roots)
    (folder / METADATA / PENDING).mkdir(parents=True, exist_ok=True)
    with locked(folder / METADATA / PENDING / ".lock", f"Another process signs in {folder}.", wait=True):
        return _written(folder, root, secrets, now, days)


def _written(folder: Path, root: TrustedRoot, secrets: Sequence[SecretKey], now: datetime, days: int) -> MetadataState:
    """`write_metadata`, one process at a time: two would give one version to two documents."""
    from galactica.spread.trust.tuf_parts import MetaFile, Snapshot, Targets, Timestamp, written_metadata

    work = _Work(folder / METADATA, root, secrets, now)
    found = SignedReleases(folder, root)
    wanted, unlisted = found.vouched, found.others
    if found.newest is not None:
        more = found.signed_by(work.keys)
        if more:
            work.propose({**wanted, **more})
        work.pending.append(found.newest[2])
    if not wanted and not versions_in(work.place, "targets"):
        return work.state((), unlisted, complete=not unlisted)  # nothing is published yet

    targets = work.renewed(Targets, TARGETS_DAYS, lambda signed: bool(signed.targets == wanted), {"targets": wanted})
    if targets is None:
        return work.state((), unlisted, complete=False)
    listed = tuple(sorted(targets.signed.targets))
    meta = {"targets.json": MetaFile(targets.signed.version)}
    snapshot = work.renewed(Snapshot, SNAPSHOT_DAYS, lambda signed: bool(signed.meta == meta), {"meta": meta})
    if snapshot is None:
        return work.state(listed, unlisted, complete=False)
    raw = written_metadata(snapshot)
    named = MetaFile(snapshot.signed.version, len(raw), {"sha256": hashlib.sha256(raw).hexdigest()})
    latest = now.replace(microsecond=0) + timedelta(days=days)
    timestamp = work.renewed(
        Timestamp,
        days,
        lambda signed: bool(signed.snapshot_meta == named and (signed.expires >= latest or not work.can("timestamp"))),
        {"snapshot_meta": named},
    )
    return work.state(listed, unlisted, complete=timestamp is not None)


class _Work:
    """One call of `write_metadata`: the keys at hand, and what is still to be signed."""

    def __init__(self, place: Path, root: TrustedRoot, secrets: Sequence[SecretKey], now: datetime) -> None:
        self.place, self.root, self.now = place, root, now.replace(microsecond=0)
        self.keys = {keyid_of(each.public.raw): each for each in secrets}
        self.pending: list[str] = []

    def can(self, role: str) -> list[str]:
        """Ids of the keys at hand that may sign for a role."""
        return [each for each in self.root.document.roles[role].keyids if each in self.keys]

    def renewed(
        self,
        kind: Any,  # noqa: ANN401 - TUF's own
        days: int,
        same: Callable[[Any], bool],
        content: dict[str, Any],
    ) -> Metadata[Any] | None:
        """The document of a role that says what it should, and has its place; None where it waits for signatures.

        Args:
            kind: TUF's class of it.
            days: how long a new one holds.
            same: whether one says what it should.
            content: what a new one is made with.
        """
        from galactica.spread.trust.tuf_parts import Metadata

        role = kind.type
        placed, waiting = self._latest(kind)
        good = [
            each
            for each in (placed, waiting)
            if each is not None and same(each.signed) and (self._fresh(each.signed, days) or not self.can(role))
        ]
        document = next((each for each in good if not self._missing(each)), good[-1] if good else None)
        if document is None and not self.can(role):
            self._wait(role, "is to be made anew", 0)
            return None
        if document is None:
            version = 1 if placed is None else placed.signed.version + 1
            document = Metadata(kind(version=version, expires=self.now + timedelta(days=days), **content))
        if self._missing(document):
            self._sign(document)
        missing = self._missing(document)
        if missing:
            self._wait(role, f"number {document.signed.version} is to be signed", missing)
        self._save(document, pending=bool(missing))
        return None if missing else document

    def propose(self, wanted: dict[str, Any]) -> None:
        """Let the list of releases wait with our signatures that will hold when one more release has enough: so that
        whoever signs that release signs the list as well, and nobody has to come again."""
        from galactica.spread.trust.tuf_parts import Metadata, Targets

        placed, waiting = self._latest(Targets)
        if not self.can("targets") or (placed is not None and placed.signed.targets == wanted):
            return
        if waiting is None or waiting.signed.targets != wanted:
            version = 1 if placed is None else placed.signed.version + 1
            expires = self.now + timedelta(days=TARGETS_DAYS)
            waiting = Metadata(Targets(version=version, expires=expires, targets=wanted))
        self._sign(waiting)
        self._save(waiting, pending=True)

    def state(self, listed: tuple[str, ...], unlisted: tuple[str, ...], *, complete: bool) -> MetadataState:
        """What came of it."""
        return MetadataState(
            root=self.root, listed=listed, unlisted=unlisted, complete=complete, pending=tuple(self.pending)
        )

    def _latest(self, kind: Any) -> tuple[Metadata[Any] | None, Metadata[Any] | None]:  # noqa: ANN401 - a class of TUF's
        """The document of the highest version that has its place, and the one that waits, where that is not older."""
        from galactica.spread.trust.tuf_parts import read_metadata

        role = kind.type
        found: list[Metadata[Any] | None] = []
        for folder in (self.place, self.place / PENDING):
            numbers = versions_in(folder, role)
            name = "timestamp.json" if role == "timestamp" else f"{numbers[-1] if numbers else 0}.{role}.json"
            file = folder / name
            raw = read_bounded_bytes(file, MOST_BYTES[role]) if file.is_file() else None
            most = MOST_BYTES[role]
            found.append(None if raw is None else read_metadata(raw, kind, most, marks=MOST_TARGET_MARKS))
        placed, waiting = found
        if placed is not None and waiting is not None and waiting.signed.version < placed.signed.version:
            waiting = None
        return placed, waiting

    def _fresh(self, signed: Any, days: int) -> bool:  # noqa: ANN401 - TUF's own
        """Whether more than a third of the time that a document holds is left."""
        return bool(signed.expires - self.now > timedelta(days=days) / 3)

    def _missing(self, document: Metadata[Any]) -> int:
        """How many more must sign a document."""
        result = self.root.document.metadata.signed.get_verification_result(
            document.signed.type, document.signed_bytes, document.signatures
        )
        return int(result.missing)

    def _sign(self, document: Metadata[Any]) -> None:
        from galactica.spread.trust.tuf_parts import KeySigner

        for keyid in self.can(document.signed.type):
            document.sign(KeySigner(self.keys[keyid], keyid), append=True)

    def _wait(self, role: str, what: str, more: int) -> None:
        holders = ", ".join(each.told for each in self.root.document.holders(role))
        needed = more or self.root.document.roles[role].threshold
        self.pending.append(f"{role}.json {what}: {needed} more of {holders}.")

    def _save(self, document: Metadata[Any], *, pending: bool) -> None:
        from galactica.spread.trust.tuf_parts import written_metadata

        role = document.signed.type
        name = "timestamp.json" if role == "timestamp" else f"{document.signed.version}.{role}.json"
        raw, waiting = written_metadata(document), self.place / PENDING / name
        if pending:
            put_file(waiting, raw)
            return
        if not (self.place / name).is_file() or (self.place / name).read_bytes() != raw:
            put_file(self.place / name, raw)
        waiting.unlink(missing_ok=True)
