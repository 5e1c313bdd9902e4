"""People with keys, roots and releases that tests of trust are made of. The keys are always the same, and nobody's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from galactica.spread.trust.chain import TrustedRoot, first_root, next_root
from galactica.spread.trust.making_roots import sign_root
from galactica.spread.trust.releases import read_head, sign_release
from galactica.spread.trust.roots import NamedKey, make_root
from galactica.spread.trust.secret import SecretKey
from galactica.spread.trust.signing import PublicationSigner

FAR = datetime(2040, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Person:
    name: str
    secret: SecretKey

    @property
    def named(self) -> NamedKey:
        return NamedKey(key=self.secret.public, name=self.name)


def person(name: str) -> Person:
    seed = hashlib.sha256(name.encode()).digest()
    return Person(name, SecretKey(seed, hashlib.sha256(seed).digest()[:8]))


ALICE, BOB, CAROL, DAVE, EVE, LINE = map(person, ("Alice", "Bob", "Carol", "Dave", "Eve", "the server"))
TEAM = (ALICE, BOB, CAROL)


def unsigned_root(
    people: Sequence[Person] = TEAM,
    threshold: int = 2,
    *,
    title: str = "Test library",
    version: int = 1,
    publication: str = "",
    online: Sequence[Person] = (LINE,),
    expires: datetime = FAR,
) -> bytes:
    keys, line = [each.named for each in people], [each.named for each in online]
    roles = {"root": (keys, threshold), "targets": (keys, threshold), "snapshot": (line, 1), "timestamp": (line, 1)}
    return make_root(title, roles, expires=expires, version=version, publication=publication)


def signed(raw: bytes, *people: Person) -> bytes:
    for each in people:
        raw = sign_root(raw, each.secret)
    return raw


def root(people: Sequence[Person] = TEAM, threshold: int = 2, *, title: str = "Test library") -> TrustedRoot:
    return first_root(signed(unsigned_root(people, threshold, title=title), *people))


def follower(before: TrustedRoot, people: Sequence[Person], threshold: int, *signers: Person) -> bytes:
    """The raw root that follows, signed by these people."""
    raw = unsigned_root(people, threshold, version=before.version + 1, publication=before.publication)
    return signed(raw, *signers)


def followed(before: TrustedRoot, people: Sequence[Person], threshold: int, *signers: Person) -> TrustedRoot:
    return next_root(before, follower(before, people, threshold, *signers))


def release(number: int = 1, *, title: str = "Small", words: str = "") -> bytes:
    """A release of an edition with no records."""
    edition = hashlib.sha256(f"{title}{number}{words}".encode()).hexdigest()
    document = {
        "format": 2,
        "number": number,
        "root": edition,
        "parent": "",
        "title": title,
        "release": 1,
        "objects": [],
    }
    return (json.dumps(document, sort_keys=True, indent=1, ensure_ascii=True) + "\n").encode()


def signatures(raw: bytes, publication: str, *people: Person) -> dict[str, bytes]:
    return {each.named.keyid: sign_release(raw, each.secret, publication) for each in people}


def publish(folder: Path, raw: bytes, signer: PublicationSigner) -> Path:
    """Put a release into a publication as `spread.release` does: signed, then announced."""
    head = read_head(raw)
    place = folder / "releases" / f"{head.number}-{head.root[:16]}"
    place.mkdir(parents=True)
    (place / "release.json").write_bytes(raw)
    for name, text in signer.beside(raw).items():
        (place / name).write_bytes(text)
    signer.announce(folder, None, raw)
    return place
