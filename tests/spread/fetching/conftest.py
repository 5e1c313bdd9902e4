"""Publications of two editions, signed, and a net that they lie on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from galactica.library import build
from galactica.library.spreading import FetchedEdition, fetch
from galactica.spread.fetching import objects
from galactica.spread.release import packing
from galactica.spread.release.publishing import publish_edition
from galactica.spread.trust.signing import PublicationSigner
from tests.spread.fetching.net import Host, Net
from tests.spread.trust.made import ALICE

NOW = datetime(2026, 11, 29, tzinfo=UTC)
SMALL = 500, 900
"""Bytes that a pack has at least and at most, so that there are many."""

HOME = "https://mirror.example/library/"


@dataclass(frozen=True)
class Two:
    """Two editions, the second built upon the first, and where they are published.

    Attributes:
        old: publication with the first alone; both: with both; unsigned: as `both`, by nobody.
    """

    first: str
    second: str
    old: Path
    both: Path
    unsigned: Path


@pytest.fixture(scope="session")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    folder = tmp_path_factory.mktemp("two")
    source = folder / "texts"
    source.mkdir()
    for number in range(30):
        lines = " ".join(f"bend{number * 7919 + i * i * 31}" for i in range(200))
        (source / f"river{number}.txt").write_text(f"River {number}\n\n{lines}.\n")
    first = build(folder / "a.edition", [source], workers=0, meaning=False)
    (source / "river3.txt").write_text("River 3\n\nIt dried up.\n")
    second = build(folder / "b.edition", [source], workers=0, meaning=False, parent=folder / "a.edition")
    patch = pytest.MonkeyPatch()
    with patch.context() as small:
        small.setattr(packing, "LEAST", SMALL[0])
        small.setattr(packing, "MOST", SMALL[1])
        for name, editions, signed in (("old", "a", True), ("both", "ab", True), ("unsigned", "ab", False)):
            for each in editions:
                out = folder / name
                signer = PublicationSigner(out, [(ALICE.secret, ALICE.name)], NOW, title="Rivers") if signed else None
                publish_edition(folder / f"{each}.edition", out, workers=0, signer=signer)
    return Two(first.root, second.root, folder / "old", folder / "both", folder / "unsigned")


@pytest.fixture
def net() -> Net:
    return Net()


@pytest.fixture
def liar(net: Net, two: Two) -> Host:
    return net.host("liar.example", two.both)


@pytest.fixture
def honest(net: Net, two: Two) -> Host:
    return net.host("honest.example", two.both)


@dataclass(slots=True)
class Fetching:
    """Fetching over a net in memory."""

    net: Net
    out: Path
    notes: list[str] = field(default_factory=list)

    def __call__(self, *sources: str, **options: object) -> FetchedEdition:
        return fetch(
            sources or (HOME,),
            self.out,
            opener=self.net,
            meaning=False,
            workers=0,
            now=NOW,
            note=self.notes.append,
            **options,  # type: ignore[arg-type]
        )

    @property
    def said(self) -> str:
        return "\n".join(self.notes)


@pytest.fixture
def fetching(net: Net, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fetching:
    monkeypatch.setattr(objects, "WAIT", 0.0)
    return Fetching(net, tmp_path / "out.edition")


def nothing_came(fetching: Fetching) -> None:
    """Nothing stands where the edition should."""
    assert not fetching.out.exists()
