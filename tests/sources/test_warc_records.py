"""Records of web archives: every byte is in a record or in a gap that is told, whatever has happened to the file."""

from __future__ import annotations

import gzip
import random
import zlib
from pathlib import Path

import pyarrow as pa
import pytest

from galactica.sources.formats import recognised
from galactica.sources.warc_flow import Flow
from galactica.sources.warc_records import Records, WarcRecord
from tests.sources.warcs import ARC_HEAD, INFO, arc, http, packed, page, response, warc

ONE = response("http://example.com/1", page("One"))
TWO = response("http://example.com/2", page("Two"))
THREE = response("http://example.com/3", page("Three"))


def records(tmp_path: Path, content: bytes, held: int = 2**20) -> list[WarcRecord]:
    path = tmp_path / "x.warc"
    path.write_bytes(content)
    flow = Flow(path)
    found = list(Records(flow, lambda number, fields: held).read())
    flow.close()
    assert [record.number for record in found] == list(range(len(found)))
    return found


def addresses(found: list[WarcRecord]) -> list[str]:
    return [record.fields.get("warc-target-uri", record.form)[-1:] for record in found]


def faults(found: list[WarcRecord]) -> list[str]:
    return [record.fault for record in found]


@pytest.mark.parametrize(
    "pack", [lambda *parts: b"".join(parts), packed, lambda *parts: gzip.compress(b"".join(parts))]
)
def test_records_are_read_plain_packed_one_by_one_and_packed_as_a_whole(tmp_path: Path, pack):
    found = records(tmp_path, pack(INFO, ONE, TWO))
    assert [record.fields["warc-type"] for record in found] == ["warcinfo", "response", "response"]
    assert faults(found) == ["", "", ""]
    assert found[1].block == http(page("One"))


@pytest.mark.parametrize("kind", ["lz4", "zstd", "bz2"])
def test_archives_in_other_packings_are_read(tmp_path: Path, kind: str):
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, kind) as stream:
        stream.write(ONE + TWO)
    content = sink.getvalue().to_pybytes()
    assert addresses(records(tmp_path, content)) == ["1", "2"]


def with_dictionary(dictionary: bytes, *parts: bytes) -> bytes:
    """Records packed by Zstandard, a frame each, behind the dictionary that they need."""
    zstandard = pytest.importorskip("zstandard", reason="the extra build brings zstandard")
    made = zstandard.ZstdCompressionDict(dictionary)
    frames = [zstandard.ZstdCompressor(dict_data=made).compress(part) for part in parts]
    return b"\x5d\x2a\x4d\x18" + len(dictionary).to_bytes(4, "little") + dictionary + b"".join(frames)


def test_zstandard_with_a_dictionary_is_read(tmp_path: Path):
    dictionary = (ONE + TWO) * 3
    assert addresses(records(tmp_path, with_dictionary(dictionary, ONE, TWO))) == ["1", "2"]
    path = tmp_path / "y.warc.zst"
    path.write_bytes(with_dictionary(dictionary, ONE))
    assert recognised(path).name == "warc"


@pytest.mark.parametrize("cut", [6, 40, 2000, -1, -30])
def test_zstandard_that_breaks_off_is_told(tmp_path: Path, cut: int):
    whole = with_dictionary((ONE + TWO) * 3, ONE, TWO)
    assert faults(records(tmp_path, whole[:cut]))[-1] in ("truncated", "checksum")


def test_lines_may_end_in_line_feeds_alone_and_more_blank_lines_may_stand_between(tmp_path: Path):
    plain = ONE.replace(b"\r\n", b"\n", 7)
    found = records(tmp_path, plain + b"\n\n\n" + TWO.replace(b"\r\n\r\n", b"\r\n\r\n", 1))
    assert addresses(found) == ["1", "2"]


def test_a_folded_field_is_one_and_of_two_fields_the_first_counts(tmp_path: Path):
    raw = b"WARC/1.1\r\nWARC-Type: response\r\nA: one\r\n two\r\nB: x\r\nb: y\r\nContent-Length: 2\r\n\r\nhi\r\n\r\n"
    found = records(tmp_path, raw)[0]
    assert (found.fields["a"], found.fields["b"], found.block) == ("one two", "x", b"hi")


def test_what_is_not_wanted_is_not_held(tmp_path: Path):
    found = records(tmp_path, ONE + TWO, held=4)
    assert [record.block for record in found] == [b"HTTP", b"HTTP"]
    assert found[0].length == len(http(page("One")))


def test_a_record_whose_length_is_too_great_ends_where_the_next_begins(tmp_path: Path):
    wrong = warc("response", http(page("One")), uri="http://example.com/1", length=len(http(page("One"))) + 700)
    found = records(tmp_path, wrong + TWO + THREE + THREE)
    assert addresses(found) == ["1", "2", "3", "3"]
    assert faults(found) == ["length", "", "", ""]
    assert found[0].block == http(page("One"))


def test_a_length_beyond_the_end_of_the_file_hides_no_record(tmp_path: Path):
    wrong = warc("response", http(page("One")), uri="http://example.com/1", length=10**9)
    assert addresses(records(tmp_path, wrong + TWO)) == ["1", "2"]


def test_a_record_whose_length_is_too_small_goes_on_to_the_next(tmp_path: Path):
    wrong = warc("response", http(page("One")), uri="http://example.com/1", length=40)
    found = records(tmp_path, wrong + TWO)
    assert addresses(found) == ["1", "2"]
    assert (found[0].fault, found[0].block) == ("length", http(page("One")))


def test_a_record_without_a_length_goes_to_the_next(tmp_path: Path):
    wrong = ONE.replace(b"Content-Length: ", b"Content-Length: x")
    found = records(tmp_path, wrong + TWO)
    assert addresses(found) == ["1", "2"]
    assert found[0].block == http(page("One"))


def test_a_damaged_header_is_a_gap_and_the_record_before_it_is_whole(tmp_path: Path):
    found = records(tmp_path, ONE + TWO.replace(b"WARC-", b"W?RC-") + THREE)
    assert addresses(found) == ["1", "p", "3"]
    assert faults(found) == ["", "damaged", ""]
    assert found[0].block == http(page("One"))


@pytest.mark.parametrize(("there", "damaged"), [(b"WARC/1.0", b"WURC/\xff.0"), (b"WARC-Type", b"WARC\x00Type")])
def test_a_header_is_known_by_its_fields_where_a_part_of_it_is_damaged(tmp_path: Path, there: bytes, damaged: bytes):
    two = TWO.replace(b"Content-Length", b"WARC-Record-ID: <x>\r\nContent-Length", 1)
    found = records(tmp_path, ONE + two.replace(there, damaged, 1) + THREE)
    assert addresses(found) == ["1", "2", "3"]


def test_an_archive_in_an_archive_is_the_content_of_its_record(tmp_path: Path):
    inner = http(ONE + TWO, kind="application/warc")
    found = records(tmp_path, warc("response", inner, uri="http://example.com/9") + THREE)
    assert addresses(found) == ["9", "3"]
    assert found[0].block == inner


def test_a_file_that_breaks_off_ends_in_a_truncated_record(tmp_path: Path):
    found = records(tmp_path, ONE + TWO[:-60])
    assert faults(found) == ["", "truncated"]
    assert found[1].length < found[1].stated


def test_a_packed_file_that_breaks_off_keeps_what_came_before(tmp_path: Path):
    whole = packed(ONE, TWO)
    found = records(tmp_path, whole[:-40])
    assert found[0].block == http(page("One"))
    assert faults(found)[-1] == "truncated"


def test_one_damaged_member_is_one_record_and_the_next_is_found(tmp_path: Path):
    members = [gzip.compress(record, mtime=0) for record in (ONE, TWO, THREE)]
    broken = bytearray(members[1])
    broken[len(broken) // 2] ^= 0x55
    found = records(tmp_path, members[0] + bytes(broken) + members[2])
    assert addresses(found)[0] == "1"
    assert addresses(found)[-1] == "3"
    assert faults(found)[1] == "checksum"


def test_a_member_whose_checksum_is_wrong_is_told_and_its_record_known(tmp_path: Path):
    broken = bytearray(gzip.compress(TWO, mtime=0))
    broken[-6] ^= 1
    found = records(tmp_path, gzip.compress(ONE, mtime=0) + bytes(broken) + gzip.compress(THREE, mtime=0))
    assert addresses(found) == ["1", "2", "3"]
    assert faults(found) == ["", "checksum", ""]


def test_many_damaged_members_hide_none_of_the_others(tmp_path: Path):
    noise = random.Random(1)
    members = []
    for number in range(200):
        body = page("One", "".join(noise.choices("abcdefgh ", k=20_000)))
        member = bytearray(gzip.compress(response(f"http://example.com/{number}", body), mtime=0))
        if number % 2:
            member[len(member) - 500] ^= 0x55
        members.append(bytes(member))
    found = records(tmp_path, b"".join(members), held=0)
    whole = [record.fields.get("warc-target-uri") for record in found if not record.fault]
    assert whole == [f"http://example.com/{number}" for number in range(0, 200, 2)]
    assert faults(found).count("checksum") == 100


def test_bytes_between_members_are_told(tmp_path: Path):
    found = records(tmp_path, packed(ONE) + b"some bytes that are none of it" + packed(TWO))
    assert addresses(found)[0] == "1"
    assert addresses(found)[-1] == "2"
    assert "checksum" in faults(found)


def test_a_member_that_ends_early_ends_its_record(tmp_path: Path):
    found = records(tmp_path, packed(ONE[:-100], TWO))
    assert addresses(found) == ["1", "2"]
    assert faults(found) == ["truncated", ""]


def test_members_need_not_end_where_records_do(tmp_path: Path):
    whole = ONE + TWO + THREE
    found = records(tmp_path, packed(*(whole[start : start + 50] for start in range(0, len(whole), 50))))
    assert addresses(found) == ["1", "2", "3"]
    assert faults(found) == ["", "", ""]


def test_a_gzip_field_of_its_own_and_padding_do_no_harm(tmp_path: Path):
    body = zlib.compressobj(wbits=-15)
    raw = body.compress(ONE) + body.flush()
    extra = b"sl\x08\x00" + b"\0" * 8
    member = b"\x1f\x8b\x08\x04" + b"\0" * 6 + len(extra).to_bytes(2, "little") + extra + raw
    member += zlib.crc32(ONE).to_bytes(4, "little") + len(ONE).to_bytes(4, "little")
    assert addresses(records(tmp_path, member + b"\0" * 100 + packed(TWO))) == ["1", "2"]


def test_arc_files_are_read_with_blanks_in_addresses(tmp_path: Path):
    found = records(
        tmp_path, ARC_HEAD + arc("http://example.com/a b 1", http(page("One"))) + arc("http://x.org/2", "hi")
    )
    assert [record.form for record in found] == ["arc"] * 3
    assert found[1].fields["warc-target-uri"] == "http://example.com/a b 1"
    assert found[1].fields["warc-date"] == "20200102030405"
    assert found[1].block == http(page("One"))
    assert found[2].block == b"hi"


def test_a_line_of_an_arc_is_known_where_a_part_of_it_is_damaged(tmp_path: Path):
    broken = arc("http://example.com/1", "hello").replace(b"93.184.216.34", b"93.184.2x6.34")
    found = records(tmp_path, ARC_HEAD + broken + arc("http://example.com/2", "hi"))
    assert addresses(found)[1:] == ["1", "2"]
    assert (found[1].block, found[1].fields["warc-date"]) == (b"hello", "20200102030405")


def test_an_arc_whose_length_is_wrong_goes_on_at_the_next_record(tmp_path: Path):
    bad = arc("http://example.com/1", http(page("One"))).replace(str(len(http(page("One")))).encode(), b"-1", 1)
    found = records(tmp_path, ARC_HEAD + bad + arc("http://example.com/2", "hello"))
    assert addresses(found)[1:] == ["1", "2"]
    assert found[1].fault == "length"


def test_lengths_that_are_lies_one_after_the_other_are_not_looked_at_for_ever(tmp_path: Path):
    lie = warc("response", "x", uri="http://example.com/1", length=10**9)
    found = records(tmp_path, lie * 2000, held=0)
    assert len(found) == 2000


def test_a_bomb_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("galactica.sources.packed.FREE_BYTES", 2**20)
    found = records(tmp_path, packed(ONE, warc("response", b"\0" * 2**23, uri="http://example.com/2")), held=10)
    assert "too-large" in faults(found)
