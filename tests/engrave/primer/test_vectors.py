"""Every number in the primer's text, read out of it and computed again by a reader that knows only its chapters."""

from __future__ import annotations

import hashlib
import re

import pytest

pytest.importorskip("zopfli")

from galactica.engrave.primer import primer_text
from tests.engrave.primer import independent
from tests.engrave.primer.made import chapter, facts, hexes, listed, said


@pytest.fixture(scope="module")
def text() -> str:
    return primer_text(facts())


@pytest.fixture(scope="module")
def cells(text: str) -> list[list[int]]:
    """The practice sheet, as its rows are printed."""
    rows = {}
    for line in listed(text, "All rows of the practice sheet. In front: y"):
        for y, digits in re.findall(r"(\d+) ([0-9a-f]{34})", line):
            rows[int(y)] = [int(digit, 16) >> 3 - bit & 1 for digit in digits for bit in range(4)]
    return [rows[y] for y in range(136)]


@pytest.fixture(scope="module")
def payload(cells: list[list[int]]) -> bytes:
    header, raw = independent.sheet_bytes(cells)
    return independent.payload_of(raw, header)


def ruled_table(text: str, caption: str) -> list[tuple[int, ...]]:
    """Rows "symbol: least extra" of a table in columns."""
    found = [
        tuple(map(int, each)) for line in listed(text, caption) for each in re.findall(r"(\d+): +(\d+) +(\d+)", line)
    ]
    return sorted(found)


def test_the_text_fits_its_page_and_is_ascii_but_for_the_rosetta_chapter(text: str) -> None:
    assert max(map(len, text.split("\n"))) <= 108
    rosetta = chapter(text, "The same words in several languages")
    assert text.replace(rosetta, "").isascii()


def test_the_text_is_the_same_each_time(text: str) -> None:
    assert primer_text(facts()) == text


def test_the_tables_of_powers_and_logarithms_are_those_of_the_product_by_hand(text: str) -> None:
    tables = []
    for caption in (
        "Table E. Row: first sign of i; column: second sign of i (hexadecimal)",
        "Table L. Row: first sign of a; column: second sign of a",
    ):
        rows = [line.split()[1:] for line in listed(text, caption)[1:]]
        tables.append([cell for row in rows for cell in row])
    powers = [1]
    for _ in range(254):
        powers.append(independent.product(powers[-1], 2))
    assert tables[0] == [f"{power:02x}" for power in powers] + ["--"]
    assert [tables[1][power] for power in powers] == [f"{at:02x}" for at in range(255)]


def test_examples_of_products_are_right(text: str) -> None:
    own = chapter(text, "Calculating with bytes")
    found = re.findall(r"^(\w\w) \* (\w\w): .* = (\w\w)$", own, re.M)
    assert len(found) == 4
    for a, b, c in found:
        assert independent.product(int(a, 16), int(b, 16)) == int(c, 16)


def test_the_mask_is_as_printed(text: str) -> None:
    bits = "".join(map(str, independent.mask(10_008)))
    own = chapter(text, "Reading the squares of a sheet")
    assert said(own, r"m\[0\] to m\[63\]: ((?:[01]{8} ?){8})").replace(" ", "") == bits[:64]
    assert said(own, r"m\[64\] to m\[127\]: ((?:[01]{8} ?){8})").replace(" ", "") == bits[64:128]
    assert said(own, r"m\[10000\] to m\[10007\]: ([01]{8})") == bits[10_000:]


def test_the_practice_sheet_is_read_from_its_printed_rows(text: str, cells: list[list[int]], payload: bytes) -> None:
    header, raw = independent.sheet_bytes(cells)
    own = chapter(text, "Reading the squares of a sheet")
    assert f"{sum(map(sum, cells)):,} black cells in all" in " ".join(own.split())
    assert header == bytes.fromhex(said(own, r"gives 128 bytes: ((?:\w\w ){128})"))
    assert said(own, r"The first 32: ((?:\w\w ?){32})") == raw[:32].hex(" ")
    assert not any(independent.check_sums(header, 64))
    assert independent.crc32(header[:60]) == int.from_bytes(header[60:64], "big")
    assert hashlib.sha256(payload).digest()[:12] == header[48:60]
    whole = chapter(text, "Blocks: what a payload says").partition("Its whole payload:\n\n")[2].split("\n\n", 1)[0]
    assert b"".join(map(hexes, whole.split("\n"))) == payload


def test_every_codeword_of_the_practice_sheet_has_check_sums_of_nought(cells: list[list[int]]) -> None:
    header, raw = independent.sheet_bytes(cells)
    words = len(raw) // 255
    for i in range(words):
        word = [raw[j * words + (i + j * j) % words] for j in range(255)]
        assert not any(independent.check_sums(word, header[43]))


def test_the_damaged_codeword_and_its_mending_are_as_printed(text: str) -> None:
    own = chapter(text, "Mending a damaged sheet")
    word = bytes.fromhex(said(own, r"codeword ((?:\w\w ){20})"))
    damaged = bytearray.fromhex(said(own, r"damaged ((?:\w\w ){20})"))
    assert not any(independent.check_sums(word, 6))
    assert said(own, r"of the damaged: ((?:\w\w ?){6})").strip() == bytes(independent.check_sums(damaged, 6)).hex(" ")
    found = re.findall(r"place (\d+) \(from the end: \d+\) is wrong: add (\w\w) to it", own)
    assert len(found) == 2
    for place, value in found:
        damaged[int(place)] ^= int(value, 16)
    assert damaged == word
    sums = independent.check_sums(bytes.fromhex(said(own, r"damaged ((?:\w\w ){20})")), 6)
    locator = [int(each, 16) for each in re.findall(r"^ 5 .*?\[([^]]*)\]", own, re.M)[0].split()]
    for n in range(2, 6):  # the locator's equation: each sum follows from the two before it
        assert sums[n] == independent.product(locator[1], sums[n - 1]) ^ independent.product(locator[2], sums[n - 2])


def test_checksums_are_as_printed(text: str) -> None:
    own = chapter(text, "The header of a sheet")
    assert int(said(own, r'the bytes "123456789": (\w{8})'), 16) == independent.crc32(b"123456789")
    assert int(said(own, r"CRC-32 of the byte 00: (\w{8})"), 16) == independent.crc32(b"\0")
    raw = b"".join(hexes(line) for line in listed(text, "All of it"))
    assert len(raw) == 64
    assert independent.crc32(raw[:60]) == int.from_bytes(raw[60:], "big")


def test_lost_sheets_of_the_example_come_from_the_rule_of_the_factors(text: str) -> None:
    own = chapter(text, "Sheets that are lost")
    factors = re.findall(r"^p=(\d)((?: +\w\w)+)$", own, re.M)
    assert len(factors) == 3
    for p, row in factors:
        assert [int(each, 16) for each in row.split()] == [independent.factor(int(p), j, 3) for j in range(4)]
    data = [bytes.fromhex(each) for each in re.findall(r"^data sheet \d: +((?:\w\w ?){12})", own, re.M)]
    parity = [bytes.fromhex(each) for each in re.findall(r"^parity sheet \d: +((?:\w\w ?){12})", own, re.M)]
    assert len(parity) == 3
    assert data[4:] == [data[1], data[3]]
    for p, row in enumerate(parity):
        for n, byte in enumerate(row):
            total = 0
            for j in range(4):
                total ^= independent.product(independent.factor(p, j, 3), data[j][n])
            assert total == byte


def test_packed_examples_unpack_by_the_printed_tables(text: str) -> None:
    own = chapter(text, "Unpacking a block")
    lengths = ruled_table(text, "Lengths: symbol, least length, extra bits")
    distances = ruled_table(text, "Distances: symbol, least distance, extra bits")
    assert (len(lengths), len(distances)) == (29, 30)
    raw = bytes.fromhex(said(own, r"the packed bytes \(\d+\): ((?:\w\w )+)"))
    assert independent.inflated(raw, lengths, distances).decode() == said(
        own, r'The output is these \d+ bytes: "(.*?)"'
    )
    raw = bytes.fromhex(said(own, r"The packed bytes are \d+: ((?:\w\w )+)"))
    assert independent.inflated(raw, lengths, distances).decode() == said(own, r'The output \(\d+ bytes\): "(.*?)"')


def test_the_articles_of_the_practice_sheet_are_read_and_proved(text: str, payload: bytes) -> None:
    lengths = ruled_table(text, "Lengths: symbol, least length, extra bits")
    distances = ruled_table(text, "Distances: symbol, least distance, extra bits")
    found = {}
    for kind, number, packing, raw, crc in independent.blocks_of(payload):
        content = independent.inflated(raw, lengths, distances) if packing else raw
        assert independent.crc32(content) == crc
        found[kind, number] = content
    assert sorted(found) == [("E", 0), ("L", 0), ("N", 0), ("N", 1), ("P", 0), ("R", 0)]
    records, at, content = [], 0, found["R", 0]
    while at < len(content):
        size = int.from_bytes(content[at + 1 : at + 5], "big")
        records.append((chr(content[at]), content[at + 5 : at + 5 + size]))
        at += 5 + size
    titles = [dict(independent.record_of(raw)).get("title") for kind, raw in records if kind == "A"]
    assert titles == [line.split("\t")[2] for line in found["L", 0].decode().splitlines()]
    own = chapter(text, "Proving an article")
    leaves = [hashlib.sha256(b"\0" + raw).hexdigest() for kind, raw in records if kind == "A"]
    printed = re.findall(r"^leaf \d: (\w{64})$", own, re.M)
    assert printed == leaves
    heads = found["E", 0][4 : 4 + int.from_bytes(found["E", 0][:4], "big")]
    assert hashlib.sha256(b"\0" + heads).hexdigest() == said(own, r"root: (\w{64})")
    nodes = found["N", 0]
    assert nodes[:6] == b"A\x01" + bytes(4)
    pair = hashlib.sha256(b"\1" + bytes.fromhex(leaves[0]) + bytes.fromhex(leaves[1])).digest()
    assert nodes[6:] == pair + bytes.fromhex(leaves[2])
    assert hashlib.sha256(b"\1" + nodes[6:]).hexdigest() == said(own, r"head: (\w{64}) root")


def test_hashes_are_as_printed(text: str) -> None:
    lines = listed(text, "More test vectors")
    messages = (b"", b"abc", b"a" * 56, bytes(200))
    assert [line.split()[-1] for line in lines] == [hashlib.sha256(each).hexdigest() for each in messages]


def test_the_record_of_the_printing_is_taken_apart_to_its_end(text: str) -> None:
    own = chapter(text, "An article's record")
    size = int(said(own, r"a record of this printing, of (\d+) bytes"))
    steps = [(int(at), bytes.fromhex(raw)) for at, raw in re.findall(r"^ +(\d+)  ((?:\w\w ?)+?)  ", own, re.M)]
    last = max(at for at, _ in steps[: [at for at, _ in steps].index(0, 1)])
    assert last + len(dict(steps[: [at for at, _ in steps].index(0, 1)])[last]) == size


def test_languages_without_a_text_are_named(text: str) -> None:
    own = chapter(text, "The same words in several languages")
    assert "was not written in: ltg." in " ".join(own.split())
    for name in ("English", "Chinese", "Arabic", "Hindi", "Japanese", "Portuguese"):
        assert name in own
