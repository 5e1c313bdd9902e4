"""From an edition to packets and back: files and datagrams, parts and the whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from galactica import library
from galactica.edition import Edition
from galactica.edition.partial import read_partial
from galactica.errors import UsageError
from galactica.library import BroadcastOptions
from galactica.library.settings import Settings
from galactica.spread.packets.broadcasting import ReleaseOnAir, release_on_air
from galactica.spread.packets.part_place import PREVIOUS, RECEIVING
from galactica.spread.packets.receiving import receive_edition
from galactica.spread.packets.schedule import CarouselPlan
from galactica.spread.trust.deciding import decide
from galactica.spread.trust.store import TrustStore
from tests.spread.packets.sending import SEED, forged, lossy, with_false


def on_air(folder: Path, packet: int = 400, **plan: int) -> ReleaseOnAir:
    return release_on_air(folder, packet_bytes=packet, plan=CarouselPlan(**plan))


def sent(air: ReleaseOnAir, cycles: float = 1.0) -> Iterator[bytes]:
    return (each.packet for each in islice(air.carousel.packets(), int(cycles * air.carousel.schedule.packets)))


def received(out: Path, packets: Iterator[bytes] | list[bytes], **more: object) -> library.ReceivedEdition:
    store = TrustStore(out.with_name("trust"))
    said: list[str] = more.pop("said", [])  # type: ignore[assignment]
    return receive_edition(
        out,
        packets,
        lambda raw, signatures, roots: decide(
            raw, signatures, roots, store=store, named_root=str(more.get("root", ""))
        ),
        seed=SEED,
        clock=lambda: 0.0,
        shares=more.get("shares", ()),  # type: ignore[arg-type]
        note=said.append,
    )


def root_of(path: Path) -> str:
    with Edition.open(path) as edition:
        return edition.root


def test_an_edition_arrives_whole_with_its_root_in_spite_of_losses(
    many: Path, published_many: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.edition"
    found = received(out, lossy(sent(on_air(published_many), 2), 0.1))
    assert found.whole
    assert (found.articles, found.of) == (180, 180)
    assert root_of(out) == root_of(many)
    assert library.verify(out).ok
    assert not (out.parent / (out.name + RECEIVING)).exists()
    assert (out / "release" / "release.json").is_file()
    assert read_partial(out) is None


def test_what_was_received_whole_is_known_when_it_is_sent_again(
    many: Path, published_many: Path, publication: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.edition"
    shutil.copytree(many, out)
    found = received(out, sent(on_air(published_many)))
    assert (found.whole, found.articles, found.arrived) == (True, 180, found.bytes)
    assert found.packets < 5
    assert not (out.parent / (out.name + RECEIVING)).exists()
    with pytest.raises(UsageError, match="exists already"):
        received(out, sent(on_air(publication)))
    assert not (out.parent / (out.name + RECEIVING)).exists()
    assert library.verify(out).ok


def test_what_has_arrived_can_be_read_and_gives_way_to_more_and_to_the_whole(
    many: Path, published_many: Path, tmp_path: Path
) -> None:
    out, said = tmp_path / "out.edition", list[str]()
    air = on_air(published_many)
    part = list(sent(air, 0.4))
    found = received(out, part)
    assert not found.whole
    assert 0 < found.articles < 180
    whole = read_partial(out)
    assert whole is not None
    assert (whole.root, whole.articles) == (root_of(many), (found.articles, 180))
    with library.open_library([out]) as opened:
        assert opened.search("rain").hits
    assert library.verify(out).ok
    kept = (out / "data" / "edition.json").stat().st_ino
    received(out, part, said=said)
    assert not any("can be read" in each for each in said)  # nothing new came: it was not made again
    assert (out / "data" / "edition.json").stat().st_ino == kept
    again = received(out, list(sent(air)))
    assert again.whole
    assert root_of(out) == root_of(many)


def test_shares_are_made_as_they_come(published_many: Path, tmp_path: Path) -> None:
    said = list[str]()
    received(tmp_path / "out.edition", list(sent(on_air(published_many, 200))), shares=(1, 20, 50, 80), said=said)
    assert len([each for each in said if "can be read" in each]) >= 3


def test_nothing_readable_makes_no_edition(published_many: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.edition"
    found = received(out, list(sent(on_air(published_many), 0.02)))
    assert found.chosen is not None
    assert (found.whole, found.articles) == (False, 0)
    assert not out.exists()
    nothing = received(tmp_path / "other.edition", [b"noise"] * 5)
    assert (nothing.chosen, nothing.packets, nothing.dropped) == (None, 5, 5)


def test_false_packets_among_those_of_an_edition_are_found(many: Path, published_many: Path, tmp_path: Path) -> None:
    packets = with_false(sent(on_air(published_many, redundancy=3000), 2), 0.05, 0xA2)
    found = received(tmp_path / "out.edition", packets)
    assert found.whole
    assert found.false > 0
    assert root_of(tmp_path / "out.edition") == root_of(many)


def test_what_stands_at_the_place_is_never_replaced_unless_it_is_a_part_of_the_same(
    many: Path, publication: Path, published_many: Path, tmp_path: Path
) -> None:
    part = tmp_path / "part.edition"
    received(part, list(sent(on_air(published_many), 0.4)))
    shutil.rmtree(tmp_path / f"part.edition{RECEIVING}")
    with pytest.raises(UsageError, match="has a part of the edition"):
        received(part, list(sent(on_air(publication))))
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="exists already"):
        received(tmp_path / "file", [])


def test_a_part_that_was_being_replaced_has_its_name_again(published_many: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.edition"
    received(out, list(sent(on_air(published_many), 0.4)))
    aside = tmp_path / f"out.edition{RECEIVING}" / PREVIOUS
    out.rename(aside)
    received(out, [])
    assert read_partial(out) is not None
    shutil.copytree(out, aside)
    received(out, [])
    assert not aside.exists()


def test_a_run_that_was_ended_when_the_whole_had_its_name_is_finished_by_the_next(
    many: Path, published_many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, work = tmp_path / "out.edition", tmp_path / f"out.edition{RECEIVING}"
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", ended_at(work))
        with pytest.raises(KeyboardInterrupt):
            received(out, list(sent(on_air(published_many))))
    assert work.is_dir()
    made = (out / "data" / "edition.json").stat().st_ino
    assert received(out, []).whole
    assert (out / "data" / "edition.json").stat().st_ino == made
    assert root_of(out) == root_of(many)
    assert not work.exists()


def ended_at(folder: Path) -> Callable[[Path, Path], Path]:
    rename = Path.rename

    def ended(self: Path, target: Path) -> Path:
        if self == folder:
            raise KeyboardInterrupt
        return rename(self, target)

    return ended


def test_only_the_root_that_the_person_named_is_taken(
    many: Path, publication: Path, published_many: Path, tmp_path: Path
) -> None:
    both = [
        each for pair in zip(sent(on_air(publication)), sent(on_air(published_many)), strict=False) for each in pair
    ]
    said = list[str]()
    found = received(tmp_path / "out.edition", [*both, *sent(on_air(published_many))], root=root_of(many), said=said)
    assert found.whole
    assert root_of(tmp_path / "out.edition") == root_of(many)
    assert any("not of" in each for each in said)


def test_another_release_on_the_channel_is_named_and_not_taken(
    publication: Path, published_many: Path, tmp_path: Path
) -> None:
    said = list[str]()
    packets = [*islice(sent(on_air(published_many)), 10), *sent(on_air(publication)), *sent(on_air(published_many))]
    found = received(tmp_path / "out.edition", packets, said=said)
    assert found.whole
    assert found.chosen.release.title == "Many things"
    assert any("Another release is sent here" in each for each in said)


def test_the_library_sends_an_edition_and_receives_it(many: Path, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "conf")
    said = list[str]()
    done = library.broadcast(
        many, out=tmp_path / "p", options=BroadcastOptions(packet=1000), settings=settings, note=said.append
    )
    assert "unsigned" in said[0]
    assert done.files == 1
    found = library.receive(tmp_path / "o.edition", places=[tmp_path / "p"], settings=settings)
    assert found.whole
    assert root_of(tmp_path / "o.edition") == root_of(many)
    for wrong in ({}, {"out": tmp_path / "x", "udp": "127.0.0.1:5"}):
        with pytest.raises(UsageError, match="to a folder or to an address"):
            library.broadcast(many, **wrong)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="0 to 400"):
        library.broadcast(many, out=tmp_path / "x", options=BroadcastOptions(redundancy=401.0))
    with pytest.raises(UsageError, match="an order of its own"):
        library.broadcast(tmp_path, out=tmp_path / "x", options=BroadcastOptions(policy=tmp_path / "policy"))
    with pytest.raises(UsageError, match="from files or from an address"):
        library.receive(tmp_path / "y", places=[tmp_path], udp="127.0.0.1:5")


def test_a_forged_packet_alone_is_nothing(published_many: Path, tmp_path: Path) -> None:
    first = next(sent(on_air(published_many)))
    found = received(tmp_path / "out.edition", [forged(first)] * 3)
    assert found.chosen is None
