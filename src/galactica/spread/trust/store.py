"""Whom this machine trusts: a folder beside the settings. It is public; that nobody else writes to it is assumed.

    trust/seen.json                  what was taken so far (`seen`)
    trust/PUBLICATION/root.json      the newest root of a chain that is trusted
    trust/PUBLICATION/*.json         what was last seen of it on line (`online`)
    trust/keys/KEYID.pub             single keys that the person added, as minisign's public keys

Only ever forwards: a newer root takes the place of the one before, and the highest number stays. A file is written
whole or not at all; killed anywhere, what is there is the old or the new.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from galactica.codes.lock import locked
from galactica.errors import ProofError, UsageError
from galactica.placing import check_home
from galactica.spread.trust.chain import TrustedRoot, first_root
from galactica.spread.trust.metadata import MOST_BYTES
from galactica.spread.trust.minisign import MOST_PUBLIC, PublicKey
from galactica.spread.trust.releases import ReleaseHead
from galactica.spread.trust.roots import MOST_ROOT, NamedKey, keyid_of
from galactica.spread.trust.seen import MOST_PLACE, SeenNumber, broken, read_seen, read_small, write_seen, write_small

ROOT, KEYS = "root.json", "keys"
_SHORTEST = 8
"""Characters by which a thing may be named that is longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPublication:
    """A publication that is trusted: the newest root of its chain, and what was taken of it."""

    root: TrustedRoot
    seen: SeenNumber


class TrustStore:
    """Whom a machine trusts, in `folder`; it is made when there is something to keep."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def publications(self) -> tuple[SeenPublication, ...]:
        """All that are trusted, by title and id.

        Raises:
            UsageError: what is kept of one cannot be read.
        """
        names = sorted(each.parent.name for each in self.folder.glob(f"*/{ROOT}"))
        known = [each for each in map(self.publication, names) if each is not None]
        return tuple(sorted(known, key=lambda each: (each.root.document.title, each.root.publication)))

    def publication(self, publication: str) -> SeenPublication | None:
        """One that is trusted; None: it is not.

        Raises:
            UsageError: what is kept of it cannot be read.
        """
        place = self.folder / publication / ROOT
        try:
            root = first_root(read_small(place, MOST_ROOT))
            if root.publication != publication:
                raise ValueError
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError, ProofError) as error:
            raise broken(place) from error
        return SeenPublication(root=root, seen=self.seen(publication))

    def seen(self, publication: str) -> SeenNumber:
        """The newest that was taken of a publication, whether or not a root of it is trusted.

        Raises:
            UsageError: what is kept cannot be read.
        """
        return read_seen(self.folder).publications.get(publication, SeenNumber())

    def found_at(self, place: str) -> str:
        """Id of the publication that an address has had; "" where none is remembered.

        Raises:
            UsageError: what is kept cannot be read.
        """
        return read_seen(self.folder).places.get(place[:MOST_PLACE], "")

    def single_keys(self) -> tuple[NamedKey, ...]:
        """Single keys that the person trusts.

        Raises:
            UsageError: one cannot be read.
        """
        found = []
        for file in sorted((self.folder / KEYS).glob("*.pub")):
            try:
                lines = read_small(file, MOST_PUBLIC).decode().splitlines()
                key = PublicKey.from_line(lines[1])
                if keyid_of(key.raw) != file.stem:
                    raise ValueError
            except (OSError, ValueError, IndexError) as error:
                raise broken(file) from error
            found.append(NamedKey(key=key, name=lines[0].partition(" key of ")[2]))
        return tuple(found)

    def add_root(self, root: TrustedRoot) -> None:
        """Trust a publication from this root on, because the person says so; what was seen of it stays.

        Raises:
            ProofError: another root of the same version, or a newer one, is trusted already.
        """
        with self._held():
            self._keep(root)
            seen = read_seen(self.folder)
            old = seen.publications.get(root.publication, SeenNumber())
            seen.publications[root.publication] = replace(old, added=True)
            write_seen(self.folder, seen)

    def add_key(self, named: NamedKey) -> None:
        """Trust what a single key signs, of whatever publication."""
        with self._held():
            (self.folder / KEYS).mkdir(exist_ok=True)
            text = f"untrusted comment: key of {named.name}\n{named.key.line}\n"
            write_small(self.folder / KEYS / f"{named.keyid}.pub", text.encode())

    def remember(self, publication: str, head: ReleaseHead, root: TrustedRoot | None, place: str = "") -> None:
        """Keep that a release was taken, so that no older one is taken for the newest afterwards.

        Called when an edition has its place, not before: what could not be fetched takes nobody's older one away.

        Args:
            publication: that it is signed for.
            head: what was taken.
            root: the newest root of its publication; None: a single key vouches, and no root is trusted.
            place: the address that it came from; "": none to remember.
        """
        with self._held():
            if root is not None:
                known = self.publication(root.publication)
                if known is None or known.root.version < root.version:
                    self._keep(root)
            seen = read_seen(self.folder)
            old = seen.publications.pop(publication, SeenNumber())
            newer = head.number > old.number
            new = replace(old, number=head.number, edition=head.root) if newer else old
            seen.publications[publication] = new
            if place:
                seen.places.pop(place[:MOST_PLACE], None)
                seen.places[place[:MOST_PLACE]] = publication
            write_seen(self.folder, seen)

    def remove(self, name: str) -> str:
        """Trust no more what is called so: a publication by the beginning of its id or by its title, a key by its
        number or name. The numbers that were seen stay: nothing old is taken for new where it is added again.

        Returns:
            What it was, for people.

        Raises:
            UsageError: nothing, or more than one thing, is called so.
        """
        with self._held():
            found: list[tuple[str, Path]] = []
            for each in self.publications():
                title, identity = each.root.document.title, each.root.publication
                if _called(name, identity, title):
                    found.append((f"{title or 'publication'} ({identity})", self.folder / identity))
            for key in self.single_keys():
                if _called(name, key.key.short, key.name) or _called(name, key.keyid, key.name):
                    found.append((key.told, self.folder / KEYS / f"{key.keyid}.pub"))
            if len(found) != 1:
                problem = f"{len(found)} things are called {name}." if found else f"Nothing called {name} is trusted."
                raise UsageError(problem, "See what there is: galactica trust list.")
            told, place = found[0]
            if place.is_dir():
                (place / ROOT).unlink()  # from here on it is not trusted, whatever happens
                shutil.rmtree(place, ignore_errors=True)
                self._forget(place.name)
            else:
                place.unlink()
            return told

    def kept_online(self, publication: str) -> dict[str, bytes]:
        """What was last seen of a publication on line, for `online.read_online`; nothing where it is not trusted."""
        found: dict[str, bytes] = {}
        for role, most in MOST_BYTES.items():
            with suppress(OSError):
                found[f"{role}.json"] = read_small(self.folder / publication / f"{role}.json", most)
        return found

    def keep_online(self, root: TrustedRoot, kept: Mapping[str, bytes]) -> None:
        """Keep what was seen on line of a publication that is trusted, its newest root first; of another nothing.

        Args:
            root, kept: of `online.OnlineState`.
        """
        with self._held():
            known = self.publication(root.publication)
            if known is None:
                return
            if known.root.version < root.version:
                self._keep(root)
            for role in MOST_BYTES:
                if f"{role}.json" in kept:
                    write_small(self.folder / root.publication / f"{role}.json", kept[f"{role}.json"])

    def _forget(self, publication: str) -> None:
        seen = read_seen(self.folder)
        old = seen.publications.get(publication)
        if old is not None:
            seen.publications[publication] = replace(old, added=False)
        seen.places = {place: of for place, of in seen.places.items() if of != publication}
        write_seen(self.folder, seen)

    def _keep(self, root: TrustedRoot) -> None:
        known = self.publication(root.publication)
        if known is not None:
            trusted = known.root
            if root.version < trusted.version:
                raise ProofError(
                    f"Root {root.version} is older than root {trusted.version}, which is trusted here.",
                    "Nothing needs to be added.",
                )
            if root.version == trusted.version and root.document.digest != trusted.document.digest:
                raise ProofError(
                    f"Another root document {root.version} of this publication is trusted here.",
                    "Somebody speaks in the publisher's name: ask by another way which is theirs.",
                )
        (self.folder / root.publication).mkdir(exist_ok=True)
        write_small(self.folder / root.publication / ROOT, root.document.raw)

    @contextmanager
    def _held(self) -> Iterator[None]:
        check_home(self.folder, "GALACTICA_CONFIG")
        self.folder.mkdir(parents=True, exist_ok=True)
        with locked(self.folder / ".lock", f"Another galactica is changing {self.folder}.", wait=True):
            yield


def _called(name: str, identity: str, title: str) -> bool:
    return bool(name) and (name == title or (len(name) >= _SHORTEST and identity.lower().startswith(name.lower())))
