"""A publisher's folder, and mirrors of it in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from galactica.spread.trust.chain import TrustedRoot
from galactica.spread.trust.folder import write_root
from galactica.spread.trust.online import OnlineState, bounded, read_online
from galactica.spread.trust.signing import PublicationSigner

from .made import LINE, TEAM, Person, publish, release, root

NOW = datetime(2027, 1, 1, tzinfo=UTC)
ONE = root()
ALL = [*TEAM, LINE]


@dataclass
class Mirror:
    """The files of a publication by their paths, and what was asked for."""

    files: dict[str, bytes]
    asked: list[str] = field(default_factory=list)

    def __call__(self, path: str, most: int) -> bytes | None:
        self.asked.append(path)
        raw = self.files.get(path)
        return None if raw is None else bounded([raw], most, lambda: 0.0)


class Publisher:
    """A publisher's folder, and copies of it at different times."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = 0
        write_root(folder / "metadata", 1, ONE.document.raw)

    def release(self, *people: Person, now: datetime = NOW) -> Mirror:
        self.number += 1
        keys = [(each.secret, each.name) for each in people or ALL]
        publish(self.folder, release(self.number), PublicationSigner(self.folder, keys, now))
        return self.copy()

    def copy(self) -> Mirror:
        files = {
            each.relative_to(self.folder).as_posix(): each.read_bytes()
            for each in self.folder.rglob("*")
            if each.is_file() and "pending" not in each.parts
        }
        return Mirror(files)


def read(mirror: Mirror, kept: dict[str, bytes] | None = None, *, at: TrustedRoot = ONE, days: int = 0) -> OnlineState:
    found = read_online(at, kept or {}, mirror, NOW + timedelta(days=days))
    assert found is not None
    return found
