"""A primer of a real set: what it says of its first sheet is what stands there, and is read by its chapters alone."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

pytest.importorskip("zopfli")

from galactica.engrave.primer import primer_text
from galactica.engrave.primer.facts import PrimerFacts, printing_facts
from galactica.engrave.sheet.drawing import sheet_cells
from galactica.engrave.sheet.layout import SheetLayout
from galactica.engrave.stream.engraving import Engraving
from tests.engrave.primer import independent
from tests.engrave.primer.made import chapter, hexes, listed, said
from tests.engrave.stream.made import build, engraved, records_in

LAYOUT = SheetLayout(460, 520, 1)
"""Seven tiles across: more than one column of headers."""


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("tarns"), articles=90, words=300)


@pytest.fixture(scope="module")
def sheets(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> Engraving:
    return engraved(edition, tmp_path_factory.mktemp("sheets"), capacity=LAYOUT.capacity)


@pytest.fixture(scope="module")
def facts(sheets: Engraving) -> PrimerFacts:
    return printing_facts(sheets, LAYOUT, width_px=1260, height_px=1782)


def test_the_facts_are_those_of_the_set(facts: PrimerFacts, sheets: Engraving, edition: Path) -> None:
    assert (facts.title, facts.articles, facts.languages) == ("Tarns and moors", 90, ("en",))
    assert facts.record in records_in(edition).values()
    assert facts.payload == sheets.payload(0)
    assert facts.root == sheets.root


def test_the_header_of_the_first_sheet_is_printed_byte_by_byte(facts: PrimerFacts, sheets: Engraving) -> None:
    text = primer_text(facts)
    raw = b"".join(map(hexes, listed(text, "All of it")))
    cells = sheet_cells(sheets.payload(0), sheets.sheets[0].header, LAYOUT.grid)
    header, _ = independent.sheet_bytes(cells.astype(int).tolist())
    assert header[:64] == raw
    own = chapter(text, "What this is")
    assert said(own, r"every sheet: ([0-9a-f]{64})\.") == sheets.root.hex()


def test_every_data_sheet_is_read_by_the_chapters_alone(facts: PrimerFacts, sheets: Engraving, edition: Path) -> None:
    text = primer_text(facts)
    tables = [
        sorted(
            tuple(map(int, each))
            for line in listed(text, caption)
            for each in re.findall(r"(\d+): +(\d+) +(\d+)", line)
        )
        for caption in ("Lengths: symbol, least length, extra bits", "Distances: symbol, least distance, extra bits")
    ]
    found = {}
    for number in range(sheets.plan.data):
        cells = sheet_cells(sheets.payload(number), sheets.sheets[number].header, LAYOUT.grid).astype(int).tolist()
        header, raw = independent.sheet_bytes(cells)
        payload = independent.payload_of(raw, header)
        assert hashlib.sha256(payload).digest()[:12] == header[48:60]
        for kind, block, packing, part, crc in independent.blocks_of(payload):
            content = independent.inflated(part, *tables) if packing else part
            assert independent.crc32(content) == crc
            if kind == "R":
                found[block] = content
    titles = []
    for _, content in sorted(found.items()):
        at = 0
        while at < len(content):
            size = int.from_bytes(content[at + 1 : at + 5], "big")
            record = dict(independent.record_of(content[at + 5 : at + 5 + size]))
            titles += [record["title"]] if content[at : at + 1] == b"A" else []
            at += 5 + size
    assert sorted(titles) == sorted(records_in(edition))


def test_the_blocks_of_the_first_sheet_are_listed(facts: PrimerFacts) -> None:
    own = chapter(primer_text(facts), "Blocks: what a payload says")
    listed_heads = re.findall(r"^ +(\d+)  ((?:\w\w ){17}\w\w)  ", own.split("The payload of the practice")[0], re.M)
    assert len(listed_heads) >= 4
    for at, head in listed_heads:
        assert facts.payload[int(at) : int(at) + 18] == bytes.fromhex(head)


def test_lost_payloads_come_back_by_the_rule_of_the_factors(sheets: Engraving) -> None:
    plan = sheets.plan
    members = [plan.sheet_at(0, place) for place in range(plan.data_of(0))]
    for p in range(plan.parity):
        row = sheets.payload(plan.sheet_at(0, len(members) + p))
        for n in (0, 1, 17, len(row) - 1):
            total = 0
            for j, number in enumerate(members):
                payload = sheets.payload(number)
                byte = payload[n] if n < len(payload) else 0
                total ^= independent.product(independent.factor(p, j, plan.parity), byte)
            assert total == row[n]
