"""What a publication has besides an edition's packs: signatures that it came with, and deltas from older editions."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from galactica.building.meaning import Note
from galactica.edition import Edition
from galactica.errors import GalacticaError
from galactica.progress import Report
from galactica.spread.assembly.assembling import BESIDE
from galactica.spread.delta.making import make_delta
from galactica.spread.release.document import DELTA, MAX_OBJECT, Release, ReleaseObject
from galactica.spread.release.objects import keep_object
from galactica.spread.release.publication import PUBLISHING
from galactica.spread.trust.folder import METADATA, read_release, read_roots, read_signatures, write_root
from galactica.spread.trust.roots import read_root


class CarriedSignatures:
    """A signer that has no key: it hands on the signatures that an edition came with, where it is published as it was.

    Args:
        edition: the folder of the edition, which has `release/` where it was fetched or received.
    """

    def __init__(self, edition: Path) -> None:
        self._raw, self._signatures, self._roots = b"", dict[str, bytes](), dict[int, bytes]()
        folder = edition / BESIDE
        with suppress(GalacticaError):
            self._raw, self._signatures, self._roots = (
                read_release(folder),
                read_signatures(folder),
                read_roots(folder),
            )

    def beside(self, raw: bytes) -> Mapping[str, bytes]:
        """Name → content of the signatures, where they are of this release."""
        if raw != self._raw:
            return {}
        return {f"release.json.{keyid}.minisig": each for keyid, each in self._signatures.items()}

    def announce(self, folder: Path, release: Release, raw: bytes) -> None:
        """Put the root documents where a publication has them; what is there stays, and another publication's chain is
        not mixed with them."""
        there = read_roots(folder / METADATA)
        if (
            raw != self._raw
            or len({read_root(each).publication for each in [*there.values(), *self._roots.values()]}) > 1
        ):
            return
        for version, each in self._roots.items():
            if version not in there:
                write_root(folder / METADATA, version, each)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeltaFrom:
    """Makes the delta from an older edition.

    Attributes:
        parent: folder of the older edition.
        note: told where the delta is too large to travel as one object.
    """

    parent: Path
    note: Note

    def __call__(self, edition: Edition, folder: Path, report: Report) -> tuple[ReleaseObject, ...]:
        """The delta, kept in the publication `folder`."""
        with Edition.open(self.parent) as before:
            origin = before.root
        with tempfile.TemporaryFile(dir=folder / PUBLISHING) as file:
            made = make_delta(self.parent, edition.path, file, report=report)
            if made.bytes > MAX_OBJECT:
                self.note(
                    f"The delta from {self.parent} has {made.bytes:,} bytes, more than {MAX_OBJECT:,}, and is left out."
                )
                return ()
            file.seek(0)
            digest, size = keep_object(folder, file.read())
        return (ReleaseObject(hash=digest, size=size, kind=DELTA, origin=origin),)
