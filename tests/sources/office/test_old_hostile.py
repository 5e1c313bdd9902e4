"""Compound files that are cut off, changed, or made to do harm."""

from __future__ import annotations

import io
import random
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from galactica.errors import InputError
from galactica.model import Document, Rejected
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.formats import open_source
from galactica.sources.office import compound, leaves
from galactica.sources.office import doc as reader
from galactica.sources.office.compound import CompoundFile
from galactica.sources.office.doc_file import DocFile
from galactica.sources.office.faults import PartError
from galactica.sources.trees import TreeFile
from tests.sources.office import decks, mails, words
from tests.sources.office.containers import compound_of
from tests.sources.office.decks import body, deck, title
from tests.sources.office.made import zipped
from tests.sources.office.mails import Mail, msg, receiver
from tests.sources.office.words import MARK, doc, para, row

DOCUMENT = doc(
    [para("One ", ("two", words.BOLD), ("\x02", MARK), ("\x08", MARK)), *row("a", "b"), *row("c", "d"),
     para("end", style=1)],
    notes=[("footnote", [para("note")])], boxes=[[para("box")]], heads=[[para("head")]], styles=[words.Style("x")] * 2,
    pieces=[(4, 1), (30, 2)], backwards=True,
)  # fmt: skip

SLIDES = deck(
    [[title("One"), body("a\rb", decks.styled(levels=[(4, 1)], letters=[(4, 1)]))], [decks.table(["c"], ["d"])],
     [decks.box(decks.record(0x0F9E, bytes(4)), picture=1)]],
    notes={1: [decks.box(decks.said("note"))]}, outline={3: decks.said("outline")}, links={1: "http://a.org/"},
    pictures=bytes(99), places=[0],
)  # fmt: skip
MAIL = msg(
    Mail({mails.SUBJECT: "x", mails.PAGE: b"<table><tr><td>d</td></tr></table>", mails.HEADERS: "Date: x"},
         to=[receiver("Bo", "b@c")], attached=[Mail(numbers={mails.HOW: 5}, inside=Mail({mails.BODY: "y"}))],
         named=[(mails.MEETING, 0x8208)])
)  # fmt: skip


def read(raw: bytes, name: str = "a.doc") -> list[Item]:
    entry = TreeFile(path=name, open=lambda: io.BufferedReader(io.BytesIO(raw)), local=None)
    return list(leaves.read_office(name.rpartition(".")[2], entry, "key", SourceOptions()))


def table_at(raw: bytearray) -> int:
    """Where the table of sectors begins."""
    return 512 + 512 * int.from_bytes(raw[76:80], "little")


def test_a_chain_that_leads_round_in_a_circle_ends():
    raw = bytearray(compound_of({"A": bytes(range(256)) * 40}))
    found = CompoundFile(bytes(raw)).streams["a"]
    struct.pack_into("<I", raw, table_at(raw) + 4 * found.start, found.start)
    content = CompoundFile(bytes(raw)).read("A", 2**20)
    assert content == (bytes(range(256)) * 2) * 20
    struct.pack_into("<I", raw, 44, 0xFFFFFFF0)
    struct.pack_into("<II", raw, 68, 0, 0xFFFFFFF0)
    CompoundFile(bytes(raw))


def test_a_stream_is_no_longer_than_the_file_and_all_together_are_bounded():
    raw = bytearray(compound_of({"Big": bytes(2_000_000), **{f"S{number}": bytes(5_000) for number in range(10)}}))
    start = CompoundFile(bytes(raw)).streams["big"].start
    for at in range(512, len(raw), 128):
        if raw[at : at + 3] == b"S\0" + raw[at + 2 : at + 3] and raw[at + 64 : at + 67] == b"\x06\0\2":
            struct.pack_into("<II", raw, at + 116, start, 2**31 - 1)
    file = CompoundFile(bytes(raw))
    assert len(file.read("S0", 2**31)) <= len(raw)
    assert file.damaged == {"s0"}
    with pytest.raises(PartError, match="over each other"):
        b"".join(file.read(f"S{number}", 2**31) for number in range(10))
    with pytest.raises(PartError, match="more than 100 bytes"):
        file.read("S1", 100)


def test_folders_in_folders_and_entries_in_circles_are_bounded():
    deep = "/".join(["f"] * (compound.MAX_FOLDERS + 5)) + "/x"
    assert "f/x" in CompoundFile(compound_of({deep: b"1", "f/x": b"2"})).streams
    assert not [each for each in CompoundFile(compound_of({deep: b"1"})).streams if each.endswith("x")]
    raw = compound_of({"A": b"1", "B": b"2"})
    file = CompoundFile(raw)
    at = 512 + 512 * int.from_bytes(raw[48:52], "little")
    turned = bytearray(raw)
    for number in range(3):
        struct.pack_into("<III", turned, at + 128 * number + 68, 1, 2, 0)
    assert CompoundFile(bytes(turned)).streams.keys() <= file.streams.keys()


def test_pieces_over_the_same_bytes_give_no_more_text_than_there_is():
    one = doc([para("x" * 2_000)], pieces=[(1_000, 1), (1_001, 1)])
    file = DocFile(CompoundFile(one))
    main, table = file.main, bytearray(CompoundFile(one).read("1Table", 2**20))
    begins = range(0, 900_000, 1_000)
    rows = struct.pack("<HIH", 0, 1024 * 2 | 0x40000000, 0) * (len(begins) - 1)
    numbers = struct.pack(f"<{len(begins)}I", *begins)
    pieces = b"\2" + struct.pack("<I", len(numbers + rows)) + numbers + rows
    head = bytearray(main)
    struct.pack_into("<II", head, 154 + 8 * 33, len(table), len(pieces))
    found = DocFile(CompoundFile(compound_of({"WordDocument": bytes(head), "1Table": bytes(table) + pieces})))
    assert len(found.text) <= 2 * len(main)


def test_a_note_in_itself_is_read_once():
    note = [("footnote", [para("again ", ("\x02", MARK))])]
    raw = doc([para("x", ("\x02", MARK))], notes=note)
    mark = struct.pack("<II", 1, 3)
    assert raw.count(mark) >= 1
    (found,) = read(raw.replace(mark, struct.pack("<II", 9, 3)))
    assert isinstance(found, Document)
    assert found.content.count("again") == 0
    assert dict(found.dropped)["office:missing-note"] == 1


def test_a_field_that_does_not_end_is_counted_and_the_number_of_paragraphs_is_bounded(monkeypatch: pytest.MonkeyPatch):
    (found,) = read(doc([para("Kept. ", (words.BEGIN, MARK), " IF "), para("swallowed")]))
    assert isinstance(found, Document)
    assert found.dropped == (("office:field-text", 1),)
    monkeypatch.setattr(reader, "MAX_PARAGRAPHS", 5)
    (refused,) = read(doc([para("x")] * 6))
    assert isinstance(refused, Rejected)
    assert refused.reason == "too-large"


@pytest.mark.parametrize("name", ["a.doc", "a.ppt", "a.msg"])
@pytest.mark.parametrize(
    "change",
    [
        lambda raw, at: raw[:at],
        lambda raw, at: raw[:at] + b"\xff\xff\xff\x7f" + raw[at + 4 :],
        lambda raw, at: raw[:at] + bytes((raw[at] ^ 1 << at % 8,)) + raw[at + 1 :],
    ],
    ids=["cut", "large", "flipped"],
)
def test_whatever_is_changed_ends_in_documents_or_in_words(change: Callable[[bytes, int], bytes], name: str):
    raw = {"a.doc": DOCUMENT, "a.ppt": SLIDES, "a.msg": MAIL}[name]
    assert any("<td>d</td>" in item.content for item in read(raw, name) if isinstance(item, Document))
    draw = random.Random(7)
    for at in draw.sample(range(8, len(raw)), 150):
        for item in read(change(raw, at), name):
            assert isinstance(item, Document | Rejected)


def test_a_zip_archive_of_any_kind_that_is_called_an_old_document_is_refused(tmp_path: Path):
    (tmp_path / "a.doc").write_bytes(zipped({"x": "y"}))
    with pytest.raises(InputError, match="main part is missing"):
        list(open_source(tmp_path / "a.doc").read())
