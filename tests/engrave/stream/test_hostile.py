"""What sheets hold is a stranger's: any bytes are read, or refused as what they are; nothing grows beyond its bound."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.codes import merkle
from galactica.engrave.stream import blocks
from galactica.engrave.stream.blocks import (
    DEFLATE,
    EDITION,
    LIST,
    NODES,
    PROOFS,
    RECORDS,
    PieceJoiner,
    SheetBlock,
    packed_block,
    pieces_in,
)
from galactica.engrave.stream.contents import edition_of, list_of, nodes_of, proofs_of, records_of
from galactica.engrave.stream.deflate import from_deflate
from galactica.engrave.stream.engraving import Engraving
from galactica.engrave.stream.kept import SheetStore
from galactica.engrave.stream.reading import SetReader
from galactica.engrave.stream.subtrees import KnownNodes, Subtrees, best_height
from tests.engrave.stream.made import kept
from tests.properties import examples


@given(st.binary(max_size=300))
def test_any_bytes_are_content_or_are_refused(raw: bytes) -> None:
    for read in (
        edition_of,
        list_of,
        nodes_of,
        lambda each: list(records_of(each)),
        lambda each: list(proofs_of(each)),
        lambda each: from_deflate(each, 1000),
        lambda each: list(pieces_in(each)),
    ):
        try:
            read(raw)
        except ValueError:
            continue


@given(st.lists(st.tuples(st.sampled_from([EDITION, LIST, NODES, PROOFS, RECORDS, "Z"]), st.binary(max_size=80))))
@examples(40)
def test_sheets_of_any_blocks_are_read(several: list[tuple[str, bytes]]) -> None:
    payload = b"".join(
        packed_block(kind, number, content, plain=True).whole() for number, (kind, content) in enumerate(several)
    )
    reader = SetReader(range(1), lambda sheet: payload, b"")
    contents = reader.contents()
    assert contents.edition is None
    assert not any(record.proved for record in reader.records(contents))


@given(data=st.data())
@examples(60)
def test_a_sheet_with_one_bit_changed_gives_no_false_article(engraving: Engraving, data: st.DataObject) -> None:
    right = {each.raw for each in _records(engraving, {})}
    sheet = data.draw(st.integers(0, engraving.plan.data - 1))
    payload = bytearray(engraving.payload(sheet))
    place = data.draw(st.integers(0, 8 * len(payload) - 1))
    payload[place // 8] ^= 1 << place % 8
    assert {each.raw for each in _records(engraving, {sheet: bytes(payload)})} <= right


def _records(engraving: Engraving, changed: dict[int, bytes]):
    reader = SetReader(
        range(engraving.plan.data),
        lambda sheet: changed.get(sheet, engraving.payload(sheet)),
        engraving.root[:16],
    )
    return [each for each in reader.records(reader.contents()) if each.proved]


def test_a_block_that_unpacks_to_more_than_it_may_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "MAX_CONTENT", 1000)
    machine = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = machine.compress(bytes(10**6)) + machine.flush()
    block = SheetBlock(kind=RECORDS, number=0, packing=DEFLATE, packed=bomb, check=zlib.crc32(bytes(10**6)))
    with pytest.raises(ValueError, match="more than 1,000 bytes"):
        block.content()


def test_pieces_whose_others_never_come_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "MAX_CONTENT", 1000)
    joiner = PieceJoiner()
    block = SheetBlock(kind=RECORDS, number=0, packing=0, packed=b"", check=0)
    for number in range(100):
        made = SheetBlock(kind=RECORDS, number=number, packing=0, packed=b"", check=0)
        (piece,) = pieces_in(made.piece(0, 2, bytes(100)))
        assert joiner.joined(piece) is None
    assert joiner._held <= 1000
    (first,) = pieces_in(block.piece(0, 2, b"ab"))
    (second,) = pieces_in(block.piece(1, 2, b"cd"))
    assert joiner.joined(second) is None
    joined = joiner.joined(first)
    assert joined is not None
    assert joined.packed == b"abcd"


def test_a_store_that_was_meddled_with_gives_only_what_is_whole(engraving: Engraving, tmp_path: Path) -> None:
    store = kept(engraving, range(4), tmp_path / "kept")
    (folder,) = (tmp_path / "kept").iterdir()
    (folder / "0000001.sheet").write_bytes(b"{}\n")
    raw = (folder / "0000002.sheet").read_bytes()
    (folder / "0000002.sheet").write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
    (folder / "0000099.sheet").write_bytes(raw)
    (folder / "notes").write_text("x")
    (tmp_path / "kept" / "other").mkdir()
    (found,) = SheetStore(tmp_path / "kept").sets()
    assert sorted(found.headers) == [0, 2, 3]
    assert found.payload(2) is None
    assert found.payload(1) is None
    assert found.payload(0) == engraving.payload(0)
    header = engraving.sheets[2].header
    assert store.put(header, engraving.payload(2))
    assert not store.put(header, engraving.payload(2))
    assert SheetStore(tmp_path / "kept").sets()[0].payload(2) == engraving.payload(2)


@pytest.mark.parametrize("count", [1, 2, 5, 64, 65, 100])
@pytest.mark.parametrize("height", [0, 1, 3, 7])
def test_every_record_of_a_tree_is_proved_by_its_nodes_and_no_other(count: int, height: int) -> None:
    records = [bytes([n]) for n in range(count)]
    tree = Subtrees([merkle.leaf_hash(each) for each in records], height)
    head = merkle.tree_head(merkle.leaf_hash(each) for each in records)
    known = KnownNodes(count, head)
    assert not known.proves(records[0], 0, tree.steps(0))
    known.add(height, 0, tree.nodes)
    assert known.complete
    for index, raw in enumerate(records):
        steps = tree.steps(index)
        assert known.proves(raw, index, steps)
        assert not known.proves(b"other", index, steps)
        assert not known.proves(raw, count, steps)
        if count > 1:
            assert not known.proves(raw, (index + 1) % count, steps)


def test_false_nodes_prove_nothing_and_give_way_to_right_ones() -> None:
    records = [bytes([n]) for n in range(9)]
    tree = Subtrees([merkle.leaf_hash(each) for each in records], 1)
    known = KnownNodes(9, merkle.tree_head(merkle.leaf_hash(each) for each in records))
    known.add(1, 0, [bytes(32)] * 5)
    assert not known.complete
    known.add(1, 3, tree.nodes[3:])
    known.add(1, 4, tree.nodes)  # beyond the last
    known.add(1, 0, tree.nodes[:3])
    assert known.complete
    assert known.proves(records[8], 8, tree.steps(8))


def test_the_height_is_what_takes_the_fewest_bytes() -> None:
    assert best_height(1, 1) == 0
    assert best_height(12_967, 12_967) == 0
    assert best_height(12_967, 100) == 8
    assert best_height(2**31 - 1, 1) <= 31
