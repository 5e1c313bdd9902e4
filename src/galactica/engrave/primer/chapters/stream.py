"""Chapter: what the payloads of data sheets say: blocks, the list, records, proofs, nodes."""

from __future__ import annotations

from collections.abc import Iterator

from galactica.engrave.primer.document import COLUMNS, Piece, dashed, h1, h2, hexed, listing, p, ruled_table, steps
from galactica.engrave.primer.facts import PrimerFacts
from galactica.engrave.primer.practice import PracticeSheet
from galactica.engrave.stream.blocks import HEAD_BYTES, SheetPiece, pieces_in

_KINDS = (
    ("E", "45", "the edition: what was printed, and what the root is made of"),
    ("L", "4c", "the list of all articles of the set"),
    ("R", "52", "records: the articles themselves"),
    ("P", "50", "proofs of the records in the block R of the same number"),
    ("N", "4e", "nodes of the tree that proves them"),
)


def stream_chapter(number: int, facts: PrimerFacts, practice: PracticeSheet) -> Iterator[Piece]:
    """Blocks and their five kinds; the blocks of the first sheet and of the practice sheet listed."""
    yield h1(f"{number}. Blocks: what a payload says")
    yield p(
        """The payload of a data sheet is a row of blocks, one behind another. Each can be read by itself. A block
        begins with a head of 18 bytes (numbers are big-endian):"""
    )
    yield ruled_table(
        ["bytes", "what it is"],
        [
            ["0", "the kind: a letter (table below). 00: there are no more blocks on this sheet"],
            ["1", "0: the bytes are as they are; 1: they are packed (next chapter)"],
            ["2-3", "number of the piece, from 0 (mostly 0)"],
            ["4-5", "in how many pieces the block is cut (mostly 1)"],
            ["6-9", "number of the block, from 0; each kind is counted by itself"],
            ["10-13", "how many bytes follow in this piece; behind them comes the next block's head"],
            ["14-17", "CRC-32 of the content: of the unpacked bytes of all pieces together"],
        ],
    )
    yield p(
        """Where the payload ends, or a kind is 00, there are no more blocks. A block in several pieces lies on
        several sheets that follow each other: put the bytes of its pieces together, in order, and unpack them as
        one. Blocks of the same kind and number are copies of each other: one is enough. Leave out kinds that you do
        not know. If parts of a sheet cannot be mended, a block of it whose CRC-32 is right is right all the
        same."""
    )
    yield ruled_table(["kind", "byte", "what it holds"], _KINDS)
    yield p("The blocks of the first sheet of this printing:")
    yield listing(*_listed(facts.payload))
    yield p(f"The payload of the practice sheet is {len(practice.payload):,} bytes; all its blocks:")
    yield listing(*_listed(practice.payload))
    yield p("Its whole payload:")
    raw = practice.payload
    yield listing(*(f"{at:5d}: {hexed(raw[at : at + 28])}" for at in range(0, len(raw), 28)))
    yield h2("R: records")
    yield p(
        """The content is some records, one behind another: first a letter, which says what the record is: A (41) an
        article, S (53) a source, W (57) a work, a book that articles are parts of; then its length in 4 bytes,
        big-endian; then the record. The chapter on records says how to read it. If you want nothing but the
        articles, you need no other kind of block. The most important articles come first. The source of an article
        stands before it on the same sheet."""
    )
    yield from _contents(practice)
    yield h2("L: the list")
    yield p(
        """The content is text: a line for each article of the set. A line is a number (the article's place in the
        table of articles of the whole edition, from 0, decimal), a byte 09, the language, a byte 09, the title, and
        a byte 0a. The contents of all blocks L, in order of their numbers, are one list. It tells you which
        articles are missing."""
    )
    yield h2("E: the edition")
    yield p(
        """Three strings of bytes, each behind its length in 4 bytes, big-endian. First the heads, written like a
        record (as CBOR, see the chapter on records): a list of three items, the text "galactica", a number, and a
        list of tables; each table is a list of its name, how many records it has, and the head of its tree (32
        bytes). SHA-256(00, heads) is the root. Second, the record of the edition itself, with its title; it is the
        only record of the table "edition", so that its leaf is the head of that table. Third,
        text that says how many articles the set has, and how many records were left out, by table."""
    )
    yield h2("P: proofs")
    yield p(
        """The block P with number n proves the records in the block R with number n. For each of them, in the same
        order: 4 bytes, big-endian, its place in its table (from 0); one byte, how many hashes follow; then these
        hashes, of 32 bytes each: its path inside its subtree (the chapter on proving says how it is used)."""
    )
    yield h2("N: nodes")
    yield p(
        """A letter for the table (A: "articles", S: "sources", W: "works"); one byte h; 4 bytes, big-endian, the
        number of the first subtree; then hashes of 32 bytes, one for each subtree from this one on. The records
        of a table, in order, are cut into subtrees of 2 to the power of h records; the last may have fewer. The
        hash is the head of the subtree's leaves."""
    )
    yield steps(
        "Take the blocks of all data sheets, those that were read and those that were made good.",
        "Of the blocks R: cut the content into records; read each that begins with A: it is an article.",
        "Compare the titles with the list, to know what is missing.",
    )


def _listed(payload: bytes) -> Iterator[str]:
    yield f"{'at byte':>8}  {'head (18 bytes)':54} meaning"
    at = 0
    for piece in pieces_in(payload):
        head = payload[at : at + HEAD_BYTES]
        yield f"{at:8d}  {hexed(head)}  {_meaning(piece)}"[:COLUMNS]
        at += HEAD_BYTES + len(piece.part)
    if at < len(payload):
        yield f"{at:8d}  then bytes 00 to the end, or a block that is not whole here"


def _meaning(piece: SheetPiece) -> str:
    packed = "packed" if piece.packing else "plain"
    cut = f", piece {piece.at} of {piece.pieces}" if piece.pieces > 1 else ""
    return f"{piece.kind} {piece.number}{cut}, {len(piece.part):,} {packed}"


def _contents(practice: PracticeSheet) -> Iterator[Piece]:
    from galactica.engrave.stream.blocks import RECORDS, PieceJoiner

    joiner = PieceJoiner()
    for piece in pieces_in(practice.payload):
        block = joiner.joined(piece)
        if block is not None and block.kind == RECORDS:
            content = block.content()
            yield p(
                f"""The content of the block R of the practice sheet, unpacked, is these {len(content):,} bytes. The
                chapter on records shows how its article is read."""
            )
            yield listing(*(f"{at:5d}: {hexed(content[at : at + 28])}" for at in range(0, len(content), 28)))
            yield dashed(*_records_told(content))
            return


def _records_told(content: bytes) -> Iterator[str]:
    at = 0
    while at < len(content):
        size = int.from_bytes(content[at + 1 : at + 5], "big")
        yield (
            f"At byte {at}: the letter {chr(content[at])}, the length {hexed(content[at + 1 : at + 5])} = {size}, "
            f"and a record in the bytes {at + 5} to {at + 4 + size}."
        )
        at += 5 + size
