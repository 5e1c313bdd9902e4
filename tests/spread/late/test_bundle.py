"""Bundles: against the text of the standard and what other programs wrote, and against strangers."""

from __future__ import annotations

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.spread.late.bundle import LONGEST_NAME, MOST_BYTES, Bundle, bundle_bytes, read_bundle
from galactica.spread.late.crc import crc16, crc32c
from galactica.spread.late.simulated import Mischief, Simulation
from galactica.spread.plan import LinkProfile
from galactica.spread.release.document import MAX_OBJECT

RFC_9173 = bytes.fromhex(
    "9f88070000820282010282028202018202820201820018281a000f4240"
    "85010100005823526561647920746f2067656e657261746520612033322d62797465207061796c6f6164ff"
)
"""RFC 9173, A.1.1.3: no CRC."""
COSE_DRAFT = bytes.fromhex(
    "9f890700028201692f2f6473742f7376638201692f2f7372632f7376638201662f2f7372632f"
    "821b000000bd51281400001a000f42404482a081c98601010002466568656c6c6f444ec359d2ff"
)
"""draft-ietf-dtn-bpsec-cose, appendix A: CRC-32C."""
BPLIB = bytes.fromhex(
    "9f8907040182028218c801820282186401820282186401821b000000afe9537a38001a0036ee80420b19"
    "861849184900014682028218640a426747860101000154000000000000000c68656c6c6f20776f726c640a427a2fff"
)
"""As NASA's bplib wrote it: CRC-16, and a block of a kind of its own."""

SOME = Bundle(destination="ipn:2.1", source="dtn://earth/galactica", sequence=7, payload=b"An object.")


def test_the_checks_are_those_of_their_standards() -> None:
    assert crc16(b"123456789") == 0x906E
    assert crc32c(b"123456789") == 0xE3069283
    assert crc32c(bytes(32)) == 0x8A9136AA  # RFC 3720, B.4
    assert crc32c(b"\xff" * 32) == 0x62A8AB43


def test_the_bundle_of_the_standard_is_read() -> None:
    assert read_bundle(RFC_9173) == Bundle(
        destination="ipn:1.2",
        source="ipn:2.1",
        report_to="ipn:2.1",
        created=0,
        sequence=40,
        lifetime=1_000_000,
        payload=b"Ready to generate a 32-byte payload",
    )


def test_bundles_of_other_programs_are_read() -> None:
    found = read_bundle(COSE_DRAFT)
    assert (found.destination, found.source, found.report_to) == ("dtn://dst/svc", "dtn://src/svc", "dtn://src/")
    assert found.payload == b"ehello"
    other = read_bundle(BPLIB)
    assert (other.destination, other.source, other.flags) == ("ipn:200.1", "ipn:100.1", 4)
    assert other.payload.endswith(b"hello world\n")


def test_what_is_written_is_what_other_programs_write() -> None:
    found = read_bundle(COSE_DRAFT)
    assert found is not None
    assert bundle_bytes(found) == COSE_DRAFT


@given(
    st.builds(
        Bundle,
        destination=st.sampled_from(("dtn:none", "dtn://mars/x", "ipn:4294967296.18446744073709551615", "dtn://月/")),
        source=st.sampled_from(("dtn://earth/", "ipn:0.0")),
        created=st.integers(0, 2**64 - 1),
        sequence=st.integers(0, 2**64 - 1),
        lifetime=st.integers(0, 2**64 - 1),
        payload=st.binary(max_size=300),
        flags=st.sampled_from((0, 4, 0x20, 0x40)),
    )
)
def test_what_is_written_is_what_is_read(bundle: Bundle) -> None:
    assert read_bundle(bundle_bytes(bundle)) == bundle


@pytest.mark.parametrize("raw", [COSE_DRAFT, bundle_bytes(SOME)], ids=["draft", "ours"])
def test_every_flipped_bit_of_what_is_checked_is_found(raw: bytes) -> None:
    whole = read_bundle(raw)
    for at in range(len(raw)):
        for bit in range(8):
            damaged = bytearray(raw)
            damaged[at] ^= 1 << bit
            found = read_bundle(bytes(damaged))
            assert found is None or found != whole or bytes(damaged) == raw
            assert found is None


def test_a_bundle_that_is_cut_off_or_goes_on_is_none() -> None:
    raw = bundle_bytes(SOME)
    assert all(read_bundle(raw[:size]) is None for size in range(len(raw)))
    assert read_bundle(raw + b"\xff") is None
    assert read_bundle(b"") is None


def test_hostile_bytes_are_refused_without_a_fault() -> None:
    random = Random(6)
    for _ in range(4000):
        assert read_bundle(b"\x9f" + random.randbytes(random.randrange(1, 60)) + b"\xff") is None


@pytest.mark.parametrize(
    "block",
    [
        "9b" + "ff" * 8,  # an array of 2**64 - 1
        "9a7fffffff",
        "5b7fffffffffffffff",  # as many bytes
        "81" * 5000,  # arrays in arrays
        "9f00ff",  # indefinite within
        "a10000",  # a map
        "c000",  # a tag
        "f97c00",  # a float
        "20",  # below zero
        "1800",  # a nought in two bytes
        "990100" + "00" * 256,
    ],
)
def test_items_that_promise_too_much_are_refused_at_once(block: str) -> None:
    assert read_bundle(b"\x9f" + bytes.fromhex(block) + b"\xff") is None
    primary = RFC_9173[1:29]
    assert read_bundle(b"\x9f" + primary + bytes.fromhex(block) + b"\xff") is None


def test_a_fragment_is_refused() -> None:
    raw = RFC_9173.replace(bytes.fromhex("880700"), bytes.fromhex("880701"))
    assert read_bundle(raw) is None


def test_a_block_that_is_unknown_is_passed_over_unless_it_asks_to_refuse() -> None:
    head, payload = RFC_9173[:29], RFC_9173[29:]
    unknown = bytes.fromhex("8518c00200004100")
    refusing = bytes.fromhex("8518c00204004100")
    assert read_bundle(head + unknown + payload) is not None
    assert read_bundle(head + refusing + payload) is None
    assert read_bundle(head + unknown + unknown + payload) is None  # one number, two blocks
    assert read_bundle(head + unknown * 100 + payload) is None
    assert read_bundle(head + payload[:-1] + payload) is None  # two payloads


def test_names_that_are_none_are_not_written() -> None:
    for name in ("mars", "dtn:mars", "ipn:2", "ipn:-1.2", "ipn:x.y", "http://mars/", "dtn://" + "x" * LONGEST_NAME):
        with pytest.raises(ValueError, match="endpoint"):
            bundle_bytes(Bundle(destination=name, source="dtn:none"))
    with pytest.raises(ValueError, match="64 bits"):
        bundle_bytes(Bundle(destination="dtn:none", source="dtn:none", lifetime=1 << 64))


class Carrier:
    """Sends bundles round and round, and keeps those that arrive whole."""

    def __init__(self, bundles: list[bytes]) -> None:
        self.bundles, self.turn, self.kept, self.refused = bundles, 0, set[bytes](), 0

    def receive(self, now: float, sender: str, raw: bytes) -> None:
        bundle = read_bundle(raw)
        if bundle is None:
            self.refused += 1
        else:
            self.kept.add(bundle.payload)

    def send(self, now: float, receiver: str) -> bytes | None:
        self.turn += 1
        return self.bundles[self.turn % len(self.bundles)] if self.bundles else None

    def wakes(self, now: float) -> float:
        return math.inf


def test_bundles_over_a_link_that_loses_doubles_and_damages_arrive_whole_or_not_at_all() -> None:
    payloads = {bytes([number]) * 900 for number in range(20)}
    bundles = [
        bundle_bytes(Bundle(destination="dtn://mars/x", source="dtn://earth/", sequence=number, payload=payload))
        for number, payload in enumerate(sorted(payloads))
    ]
    earth, mars = Carrier(bundles), Carrier([])
    simulation = Simulation(2)
    simulation.party("earth", earth)
    simulation.party("mars", mars)
    link = LinkProfile(rate=8000, loss=0.3, burst=4, delay=1200)
    simulation.connect("earth", "mars", link, Mischief(doubled=0.2, damaged=5e-5, late=30))
    simulation.run(1500)
    assert mars.kept == payloads
    assert mars.refused


def test_the_largest_object_of_a_release_goes_into_a_bundle() -> None:
    assert MAX_OBJECT <= MOST_BYTES - 4096
