"""Which release is the newest, by a mirror that may lie: TUF's client workflow (specification §5.3 to §5.6).

Bytes in, a value out: whoever calls fetches (`Fetch`) and says what time it is. What was seen before comes in and goes
out as bytes, too (`kept`), so that nothing older is taken afterwards. The steps are python-tuf's `TrustedMetadataSet`;
before it sees a document, that is bounded in size and marks, and in its one form (`tuf_parts.read_metadata`).

Rule 1: roots first, one by one, up to the newest; then timestamp, snapshot, targets, each named by the one before.
Rule 2: none is older than what was seen before, nor expired, nor signed by too few.
Rule 3: a machine that has seen a timestamp once wants one from then on: a mirror cannot go back to saying nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from galactica.errors import LimitError, ProofError
from galactica.spread.trust.chain import MOST_ROOTS, TrustedRoot, next_root
from galactica.spread.trust.metadata import MOST_BYTES, MOST_TARGET_MARKS
from galactica.spread.trust.releases import MOST_NUMBER, MOST_RELEASE
from galactica.spread.trust.roots import MOST_ROOT

Fetch = Callable[[str, int], bytes | None]
"""Gives the bytes of a file of the publication, by its path in it, or None where there is none; raises an error of ours
where it has more bytes than the number, or does not come. `bounded` makes that of a stream."""

GRACE = 30.0
"""Seconds until a stream must have begun to come at a reasonable rate."""
SLOWEST = 256
"""Bytes a second on the average after that: a modem of 1980 is quicker. Slower is a mirror that holds readers up."""

_PATH = re.compile(r"releases/([1-9][0-9]{0,9})-([0-9a-f]{16})/release\.json")
_OTHER = "Try another mirror, or another copy."


class StaleError(ProofError):
    """What a mirror says of what is newest has expired: it may hide what came since, or nobody has published for long.

    Whoever is told may still take what holds off line: the chain of roots, signatures and numbers.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineRelease:
    """A release that the publisher lists.

    Attributes:
        path: of its release.json in the publication.
        number: of the edition.
        start: the first 16 hex digits of its root.
        size: bytes of its release.json.
        digest: SHA-256 of these, 64 hex digits.
    """

    path: str
    number: int
    start: str
    size: int
    digest: str

    def check(self, raw: bytes) -> None:
        """See that bytes are those of its release.json.

        Raises:
            ProofError: they are not.
        """
        if len(raw) != self.size or hashlib.sha256(raw).hexdigest() != self.digest:
            raise ProofError(f"{self.path} is not the file that the publisher lists.", _OTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineState:
    """What a publication says of itself on line, checked.

    Attributes:
        root: the newest root.
        roots: the root documents that were fetched, by version.
        releases: that are listed, the highest number first.
        kept: what is to be kept, by file name, and handed in the next time.
    """

    root: TrustedRoot
    roots: Mapping[int, bytes]
    releases: tuple[OnlineRelease, ...]
    kept: Mapping[str, bytes]


def read_online(trusted: TrustedRoot, kept: Mapping[str, bytes], fetch: Fetch, now: datetime) -> OnlineState | None:
    """What a publication says of what is newest; None where it says nothing, and never did.

    Args:
        trusted: the newest root that is known.
        kept: what `OnlineState.kept` was the last time; empty: nothing yet.
        fetch: asks the mirror.
        now: the time, UTC.

    Raises:
        StaleError: it has expired.
        ProofError: it does not hold: forged, older than what was seen, mixed, or missing where it was there before.
        LimitError: `fetch` was sent more than a publisher makes, or too slowly.
    """
    root, roots = _newest_root(trusted, fetch)
    first = fetch("metadata/timestamp.json", MOST_BYTES["timestamp"])
    if first is None and "timestamp.json" not in kept:
        return None
    if first is None:
        raise ProofError("metadata/timestamp.json is missing; it was there before.", _OTHER)
    steps = _Steps(trusted, roots, kept, fetch, now)
    try:
        steps.timestamp(first)
        steps.snapshot()
        targets = steps.targets()
    except steps.expired as error:
        raise StaleError(
            f"What this mirror says of what is newest holds no more ({error}). It may hide what came since; or the "
            "publisher has not been there for long; or this machine's clock is wrong.",
            f"{_OTHER} What holds off line (signatures, numbers, the chain of roots) can be had without it: --offline.",
        ) from error
    except steps.refused as error:
        raise ProofError(f"What this mirror says of what is newest is refused: {error}.", _OTHER) from error
    releases = tuple(sorted(_releases(targets), key=lambda each: (-each.number, each.start)))
    return OnlineState(root=root, roots=roots, releases=releases, kept=steps.files)


def bounded(chunks: Iterable[bytes], most: int, clock: Callable[[], float]) -> bytes:
    """The bytes of a stream that has at most so many, and comes at a rate that is not there to hold anybody up.

    Args:
        chunks: the stream. One that gives nothing at all is ended by the timeout of its socket.
        most: bytes.
        clock: seconds, from any beginning on.

    Raises:
        LimitError: it has more, or comes too slowly.
    """
    found, size, begun = [], 0, clock()
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise LimitError(f"A file has more than {most:,} bytes, the most that it may have.", _OTHER)
        waited = clock() - begun - GRACE
        if waited > 0 and size < SLOWEST * waited:
            raise LimitError(f"A file comes at less than {SLOWEST} bytes a second.", _OTHER)
        found.append(chunk)
    return b"".join(found)


def _newest_root(trusted: TrustedRoot, fetch: Fetch) -> tuple[TrustedRoot, dict[int, bytes]]:
    """The newest root that a mirror has, and the documents that lead to it."""
    roots: dict[int, bytes] = {}
    for _ in range(MOST_ROOTS):
        raw = fetch(f"metadata/{trusted.version + 1}.root.json", MOST_ROOT)
        if raw is None:
            return trusted, roots
        trusted = next_root(trusted, raw)
        roots[trusted.version] = raw
    raise ProofError(f"A mirror has more than {MOST_ROOTS} roots to follow.", "No publisher makes so many.")


class _Steps:
    """python-tuf's steps, each document bounded and in its one form before."""

    def __init__(
        self,
        trusted: TrustedRoot,
        roots: Mapping[int, bytes],
        kept: Mapping[str, bytes],
        fetch: Fetch,
        now: datetime,
    ) -> None:
        from galactica.spread.trust.tuf_parts import exceptions, trusted_set

        self.files: dict[str, bytes] = {}
        self.expired: type[Exception] = exceptions.ExpiredMetadataError
        self.refused: type[Exception] = exceptions.RepositoryError
        self._same: type[Exception] = exceptions.EqualVersionNumberError
        self._kept, self._fetch = kept, fetch
        self._set = trusted_set(trusted.document.raw, now)
        for _, raw in sorted(roots.items()):
            self._set.update_root(raw)

    def timestamp(self, raw: bytes) -> None:
        """Rule 1 and 2: no older timestamp than the one that is kept."""
        from galactica.spread.trust.tuf_parts import Timestamp

        self._read("timestamp", raw, Timestamp)
        self._try("timestamp.json", self._set.update_timestamp)
        try:
            self._set.update_timestamp(raw)
        except self._same:
            raw = self._kept["timestamp.json"]
        self.files["timestamp.json"] = raw

    def snapshot(self) -> None:
        """The snapshot that the timestamp names, to the byte."""
        from galactica.spread.trust.tuf_parts import Snapshot

        if not self._try("snapshot.json", lambda raw: self._set.update_snapshot(raw, trusted=True)):
            meta = self._set.timestamp.snapshot_meta
            raw = self._get("snapshot", meta.version)
            self._read("snapshot", raw, Snapshot)
            self._set.update_snapshot(raw)
            self.files["snapshot.json"] = raw

    def targets(self) -> Mapping[str, Any]:
        """The targets that the snapshot names."""
        from galactica.spread.trust.tuf_parts import Targets

        if not self._try("targets.json", self._set.update_targets):
            meta = self._set.snapshot.meta.get("targets.json")
            raw = self._get("targets", 0 if meta is None else meta.version)
            self._read("targets", raw, Targets)
            self._set.update_targets(raw)
            self.files["targets.json"] = raw
        found: Mapping[str, Any] = self._set.targets.targets
        return found

    def _try(self, name: str, take: Callable[[bytes], object]) -> bool:
        """Whether what is kept is good still. Where it is not, it guards against what is older all the same."""
        raw = self._kept.get(name)
        if raw is None:
            return False
        try:
            take(raw)
        except self.refused:
            return False
        self.files[name] = raw
        return True

    def _get(self, role: str, version: int) -> bytes:
        path = f"metadata/{version}.{role}.json"
        raw = self._fetch(path, MOST_BYTES[role])
        if raw is None:
            raise ProofError(f"{path} is missing, which this mirror says is the newest.", _OTHER)
        return raw

    @staticmethod
    def _read(role: str, raw: bytes, kind: Any) -> None:  # noqa: ANN401 - a class of TUF's
        from galactica.spread.trust.tuf_parts import read_metadata

        read_metadata(raw, kind, MOST_BYTES[role], marks=MOST_TARGET_MARKS)


def _releases(targets: Mapping[str, Any]) -> Iterable[OnlineRelease]:
    """The releases among what is listed; what is called otherwise is of a later program, and passed over."""
    for path, each in targets.items():
        named, digest = _PATH.fullmatch(path), each.hashes.get("sha256")
        if named and digest and int(named[1]) <= MOST_NUMBER and 0 < each.length <= MOST_RELEASE:
            yield OnlineRelease(path=path, number=int(named[1]), start=named[2], size=each.length, digest=digest)
