"""Which release is taken where anybody may send: signatures, first use, replays, two at once."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from itertools import chain, islice, zip_longest
from pathlib import Path

import pytest

pytest.importorskip("cryptography", reason="needs the extra spread")
pytest.importorskip("tuf", reason="needs the extra spread")

from galactica import library
from galactica.edition.partial import read_partial
from galactica.library.settings import Settings
from galactica.spread.packets.broadcasting import ReleaseOnAir, write_packets
from galactica.spread.release.publishing import publish_edition
from galactica.spread.trust.signing import PublicationSigner
from tests.spread.packets.test_editions import on_air, received, root_of, sent
from tests.spread.trust.made import ALICE

NOW = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two publications of one publisher: as it was with its first edition, and with its second one."""
    folder = tmp_path_factory.mktemp("two")
    (folder / "notes").mkdir()
    (folder / "notes" / "rain.txt").write_text("Rain\n\nIt rained for three days.\n")
    library.build(folder / "1.edition", [str(folder / "notes")], workers=0, meaning=False, title="Weather")
    (folder / "notes" / "snow.txt").write_text("Snow\n\nIt snowed for two days.\n")
    parent = folder / "1.edition"
    library.build(
        folder / "2.edition", [str(folder / "notes")], workers=0, meaning=False, title="Weather", parent=parent
    )
    signer = PublicationSigner(folder / "old", [(ALICE.secret, "Alice")], NOW, title="Weather")
    publish_edition(folder / "1.edition", folder / "old", signer=signer, workers=0)
    shutil.copytree(folder / "old", folder / "new")
    signer = PublicationSigner(folder / "new", [(ALICE.secret, "Alice")], NOW)
    publish_edition(folder / "2.edition", folder / "new", signer=signer, workers=0)
    return folder / "old", folder / "new"


def files(air: ReleaseOnAir, folder: Path) -> Path:
    write_packets(air.carousel, folder, cycles=1)
    return folder


def test_an_old_release_that_is_sent_again_is_refused_unless_it_is_asked_for(
    two: tuple[Path, Path], tmp_path: Path
) -> None:
    old, new = (on_air(each, 200) for each in two)
    assert len(old.signed) == len(new.signed) == 1
    settings, said = Settings(tmp_path / "conf"), list[str]()
    first = library.receive(
        tmp_path / "2.edition", places=[files(new, tmp_path / "n")], settings=settings, note=said.append
    )
    assert first.whole
    assert first.chosen.trusted.vouched == "first use"
    assert any("FIRST USE" in each for each in said)
    files(old, tmp_path / "o")
    again = library.receive(tmp_path / "1.edition", places=[tmp_path / "o"], settings=settings, note=said.append)
    assert again.chosen is None
    assert "older" in said[-1] or "edition 2 was taken" in said[-1]
    asked = library.receive(tmp_path / "1.edition", places=[tmp_path / "o"], settings=settings, older=True)
    assert asked.whole
    assert asked.chosen.trusted.vouched == "publication"


def test_of_two_releases_on_a_channel_the_newer_one_is_received(two: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = (on_air(each, 200) for each in two)
    packets = [each for pair in zip_longest(sent(old, 2), sent(new, 2)) for each in pair if each is not None]
    found = received(tmp_path / "out.edition", packets)
    assert found.whole
    assert found.chosen.release.number == 2


def test_a_signed_release_takes_the_place_of_an_unsigned_one_also_where_a_part_of_that_can_be_read(
    two: tuple[Path, Path], published_many: Path, tmp_path: Path
) -> None:
    out, said = tmp_path / "out.edition", list[str]()
    found = received(out, list(sent(on_air(published_many), 0.4)))
    assert found.articles
    false = read_partial(out)
    assert false is not None
    found = received(out, chain(islice(sent(on_air(published_many)), 50), sent(on_air(two[1], 200), 2)), said=said)
    assert found.whole
    assert found.chosen.trusted.vouched == "first use"
    assert found.chosen.release.title == "Weather"
    assert root_of(out) != false.root


def test_an_unsigned_copy_takes_no_ones_place(two: tuple[Path, Path], published_many: Path, tmp_path: Path) -> None:
    signed = on_air(two[1], 200)
    said = list[str]()
    packets = [*islice(sent(signed), 12), *sent(on_air(published_many)), *sent(signed)]
    found = received(tmp_path / "out.edition", packets, said=said)
    assert found.whole
    assert found.chosen.release.title == "Weather"
    assert any("Another release is sent here" in each for each in said)
