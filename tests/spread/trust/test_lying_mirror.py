"""A mirror in memory that lies: each test is an attack of TUF's list (§1.5.2), refused with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from galactica.errors import LimitError, ProofError
from galactica.spread.trust.chain import next_root
from galactica.spread.trust.making_roots import rotated_root
from galactica.spread.trust.metadata import TIMESTAMP_DAYS, write_metadata
from galactica.spread.trust.online import GRACE, SLOWEST, StaleError, bounded, read_online
from galactica.spread.trust.releases import check_release
from galactica.spread.trust.roots import make_root
from galactica.spread.trust.signing import PublicationSigner, add_pending_root

from .made import ALICE, BOB, DAVE, EVE, FAR, LINE, TEAM, follower, publish, release, signatures, signed
from .mirror import NOW, ONE, Mirror, Publisher, read


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path / "publication")


def test_an_honest_mirror_tells_the_newest_and_costs_four_small_files(publisher: Publisher) -> None:
    publisher.release()
    mirror = publisher.release()
    found = read(mirror)
    assert [each.number for each in found.releases] == [2, 1]
    found.releases[0].check(release(2))
    assert mirror.asked == [
        "metadata/2.root.json",
        "metadata/timestamp.json",
        "metadata/2.snapshot.json",
        "metadata/2.targets.json",
    ]
    again = publisher.copy()
    assert read(again, dict(found.kept)).releases == found.releases
    assert again.asked == ["metadata/2.root.json", "metadata/timestamp.json"]


def test_rollback_to_an_older_timestamp_is_refused(publisher: Publisher) -> None:
    old = publisher.release()
    seen = read(publisher.release()).kept
    with pytest.raises(ProofError, match="timestamp version 1 must be >= 2"):
        read(old, dict(seen))


def test_rollback_by_a_newer_timestamp_that_names_an_older_snapshot_is_refused(
    publisher: Publisher, tmp_path: Path
) -> None:
    publisher.release()
    old = publisher.copy()
    seen = read(publisher.release()).kept
    # The key of the server is stolen: it signs a timestamp that is newer and names what is old.
    stolen = Publisher(tmp_path / "stolen")
    for path, raw in old.files.items():
        (stolen.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (stolen.folder / path).write_bytes(raw)
    for day in range(1, 4):
        write_metadata(stolen.folder, [LINE.secret], NOW + timedelta(days=day))
    assert json.loads(stolen.copy().files["metadata/timestamp.json"])["signed"]["version"] == 4
    with pytest.raises(ProofError, match="snapshot version must be >= 2"):
        read(stolen.copy(), dict(seen))


def test_freezing_at_an_old_state_ends_when_its_timestamp_expires(publisher: Publisher) -> None:
    frozen = publisher.release()
    publisher.release()
    assert read(frozen, days=TIMESTAMP_DAYS - 1).releases[0].number == 1
    with pytest.raises(StaleError, match="may hide what came since"):
        read(frozen, days=TIMESTAMP_DAYS)


def test_an_expired_root_is_told_on_line_and_followed_off_line(publisher: Publisher) -> None:
    keys = [each.named for each in TEAM]
    roles = {"root": (keys, 2), "targets": (keys, 2), "snapshot": ([LINE.named], 1), "timestamp": ([LINE.named], 1)}
    raw = make_root("Test library", roles, expires=NOW - timedelta(days=1), version=2, publication=ONE.publication)
    add_pending_root(publisher.folder, signed(raw, *TEAM))
    mirror = publisher.release()
    with pytest.raises(StaleError, match=r"root\.json is expired"):
        read(mirror)
    newest = next_root(ONE, mirror.files["metadata/2.root.json"])
    assert check_release(release(1), signatures(release(1), ONE.publication, ALICE, BOB), newest)


def test_mix_and_match_of_two_states_is_refused(publisher: Publisher) -> None:
    old, new = publisher.release(), publisher.release()
    mixed = Mirror(new.files | {"metadata/2.snapshot.json": old.files["metadata/1.snapshot.json"]})
    with pytest.raises(ProofError, match="refused"):
        read(mixed)
    mixed = Mirror(new.files | {"metadata/2.targets.json": old.files["metadata/1.targets.json"]})
    with pytest.raises(ProofError, match="Expected targets v2, got v1"):
        read(mixed)
    mixed = Mirror({**new.files, "releases/x": b""})
    with pytest.raises(ProofError, match="not the file that the publisher lists"):
        read(mixed).releases[0].check(release(1))


def test_endless_data_is_cut_off_at_the_bound_of_each_file(publisher: Publisher) -> None:
    mirror = publisher.release()
    for name in ("2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json"):
        endless = Mirror(mirror.files | {f"metadata/{name}": b"x" * 2**21})
        with pytest.raises(LimitError, match="more than"):
            read(endless)
    sent = 0

    def stream() -> Iterator[bytes]:
        nonlocal sent
        while True:
            sent += 1
            yield bytes(4096)

    with pytest.raises(LimitError, match="more than"):
        bounded(stream(), 10_000, lambda: 0.0)
    assert sent == 3


def test_slow_data_is_given_up_when_it_holds_a_reader_up() -> None:
    clock = [0.0]

    def dripping(seconds: float, chunk: bytes) -> Iterator[bytes]:
        for _ in range(1_000):
            clock[0] += seconds
            yield chunk

    with pytest.raises(LimitError, match="bytes a second"):
        bounded(dripping(1.0, b"x"), 10_000, lambda: clock[0])
    assert clock[0] < 2 * GRACE
    clock[0] = 0.0
    assert len(bounded(dripping(1.0, bytes(SLOWEST)), 10**6, lambda: clock[0])) == 1_000 * SLOWEST


def test_one_stolen_key_of_three_lists_nothing(publisher: Publisher, tmp_path: Path) -> None:
    good = publisher.release()
    thief = Publisher(tmp_path / "thief")
    publish(thief.folder, release(9, words="forged"), PublicationSigner(thief.folder, [(ALICE.secret, "")], NOW))
    assert write_metadata(thief.folder, [ALICE.secret, LINE.secret], NOW).listed == ()
    # He writes the list himself, and signs it with the key that he has and the server's.
    from tuf.api.metadata import Metadata, MetaFile, Snapshot, TargetFile, Targets, Timestamp

    from galactica.spread.trust.tuf_parts import KeySigner, written_metadata

    files = dict(good.files)
    path = "releases/9-" + "0" * 16 + "/release.json"
    target = TargetFile(5, {"sha256": "0" * 64}, path)
    targets = Metadata(Targets(version=9, expires=FAR, targets={path: target}))
    targets.sign(KeySigner(ALICE.secret, ALICE.named.keyid))
    targets.sign(KeySigner(EVE.secret, BOB.named.keyid), append=True)
    targets.sign(KeySigner(EVE.secret, EVE.named.keyid), append=True)
    snapshot = Metadata(Snapshot(version=9, expires=FAR, meta={"targets.json": MetaFile(9)}))
    snapshot.sign(KeySigner(LINE.secret, LINE.named.keyid))
    timestamp = Metadata(Timestamp(version=9, expires=FAR, snapshot_meta=MetaFile(9)))
    timestamp.sign(KeySigner(LINE.secret, LINE.named.keyid))
    for name, document in (("9.targets", targets), ("9.snapshot", snapshot), ("timestamp", timestamp)):
        files[f"metadata/{name}.json"] = written_metadata(document)
    with pytest.raises(ProofError, match="targets was signed by 1/2 keys"):
        read(Mirror(files))


def test_a_stolen_key_of_the_server_forges_no_release_and_is_rotated_out(publisher: Publisher) -> None:
    publisher.release()
    forged = read(publisher.copy())
    with pytest.raises(ProofError):
        forged.releases[0].check(release(1, words="forged"))
    raw = rotated_root(ONE.document, expires=FAR, online=[DAVE.named])
    add_pending_root(publisher.folder, signed(raw, ALICE, BOB))
    write_metadata(publisher.folder, [LINE.secret], NOW + timedelta(days=1))  # the thief goes on signing
    with pytest.raises(ProofError, match="timestamp was signed by 0/1 keys"):
        read(publisher.copy())
    write_metadata(publisher.folder, [DAVE.secret], NOW + timedelta(days=2))
    assert read(publisher.copy(), dict(forged.kept)).root.version == 2


def test_a_timestamp_at_the_end_of_all_numbers_is_forgotten_with_the_key_that_signed_it(publisher: Publisher) -> None:
    from tuf.api.metadata import Metadata, Timestamp

    from galactica.spread.trust.tuf_parts import KeySigner, written_metadata

    mirror = publisher.release()
    meta = Metadata[Timestamp].from_bytes(mirror.files["metadata/timestamp.json"]).signed.snapshot_meta
    forged = Metadata(Timestamp(version=2**31 - 1, expires=FAR, snapshot_meta=meta))
    forged.sign(KeySigner(LINE.secret, LINE.named.keyid))
    seen = read(Mirror(mirror.files | {"metadata/timestamp.json": written_metadata(forged)})).kept
    with pytest.raises(ProofError, match="must be >= 2147483647"):
        read(mirror, dict(seen))
    raw = rotated_root(ONE.document, expires=FAR, online=[DAVE.named])
    add_pending_root(publisher.folder, signed(raw, ALICE, BOB))
    write_metadata(publisher.folder, [DAVE.secret], NOW)
    assert read(publisher.copy(), dict(seen)).releases[0].number == 1


def test_a_mirror_that_says_nothing_where_it_did_before_is_refused(publisher: Publisher) -> None:
    mirror = publisher.release()
    seen = read(mirror).kept
    silent = Mirror({path: raw for path, raw in mirror.files.items() if "timestamp" not in path})
    assert read_online(ONE, {}, silent, NOW) is None
    with pytest.raises(ProofError, match="was there before"):
        read(silent, dict(seen))
    for name in ("1.snapshot.json", "1.targets.json"):
        less = Mirror({path: raw for path, raw in mirror.files.items() if not path.endswith(name)})
        with pytest.raises(ProofError, match="is missing"):
            read(less)


def test_a_mirror_that_hides_or_forges_a_rotation_is_refused(publisher: Publisher) -> None:
    publisher.release()
    forged = follower(ONE, (EVE,), 1, ALICE, EVE)
    with pytest.raises(ProofError, match="not signed by enough"):
        read(Mirror(publisher.copy().files | {"metadata/2.root.json": forged}))
    add_pending_root(publisher.folder, signed(rotated_root(ONE.document, expires=FAR, online=[DAVE.named]), *TEAM))
    mirror = publisher.release(*TEAM, DAVE)
    hidden = Mirror({path: raw for path, raw in mirror.files.items() if "2.root" not in path})
    with pytest.raises(ProofError, match="timestamp was signed by 0/1 keys"):
        read(hidden)


def test_every_byte_of_the_metadata_that_is_flipped_is_found(publisher: Publisher) -> None:
    mirror = publisher.release(ALICE, BOB, LINE)
    good = read(mirror).releases
    for name in ("timestamp.json", "1.snapshot.json", "1.targets.json"):
        path = f"metadata/{name}"
        raw = mirror.files[path]
        for place in range(0, len(raw)):
            changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
            try:
                found = read(Mirror(mirror.files | {path: changed}))
            except (ProofError, LimitError):
                continue
            raise AssertionError((name, place, found.releases == good))
