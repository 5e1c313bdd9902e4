"""A hostile server, time that passes only when somebody sleeps, and a folder that follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from galactica.follow.fetching import Fetcher
from galactica.follow.following import Followed, follow
from galactica.follow.next_edition import EditionOptions
from galactica.follow.round import RoundOptions
from galactica.network.connection import open_address
from tests.follow.server import HostileServer, serving
from tests.follow.wiki import Wiki

START = 1_790_000_000.0
"""A moment in September 2026."""


@dataclass(slots=True)
class Time:
    """A clock that a test moves; sleeping moves it."""

    now: float = START
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with serving() as found:
        yield found


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def fetcher(clock: Time) -> Fetcher:
    return Fetcher(open_address, clock=clock, sleep=clock.sleep, agent="galactica/test", allow_local=True)


@pytest.fixture
def wiki(server: HostileServer) -> Wiki:
    return Wiki(server)


@dataclass(slots=True)
class Following:
    """A folder in which something is followed, without network but this machine's."""

    folder: Path
    clock: Time
    notes: list[str] = field(default_factory=list)

    def __call__(self, *addresses: str, build: bool = False, **options: object) -> Followed:
        forget = options.pop("forget", ())
        return follow(
            self.folder,
            addresses,
            forget=forget,  # type: ignore[arg-type]
            options=RoundOptions(**options),  # type: ignore[arg-type]
            edition=EditionOptions(workers=0, meaning=False),
            building=build,
            allow_local=True,
            note=self.notes.append,
            clock=self.clock,
            sleep=self.clock.sleep,
        )


@pytest.fixture
def following(tmp_path: Path, clock: Time) -> Following:
    return Following(tmp_path / "news", clock)


Follow = Callable[..., Followed]
