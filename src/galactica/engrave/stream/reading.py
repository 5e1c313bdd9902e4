"""Reading a set: from the payloads of data sheets to records that are proved, and the list of what is missing.

Two passes over the sheets: first what the edition is, the list and the nodes; then the records, one block at a time.
What a sheet holds is hostile: a block that is not what it should be is left out and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from galactica.engrave.stream.blocks import EDITION, LIST, NODES, PROOFS, RECORDS, PieceJoiner, SheetBlock, pieces_in
from galactica.engrave.stream.contents import (
    TABLES,
    EngravedEdition,
    ListLine,
    edition_of,
    list_of,
    nodes_of,
    proofs_of,
    records_of,
)
from galactica.engrave.stream.subtrees import KnownNodes

Payload = Callable[[int], bytes | None]
"""Number of a data sheet → its payload; None where it is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRecord:
    """A record that was read.

    Attributes:
        table: "articles", "sources" or "works".
        raw: its bytes.
        index: its place in the table, as the page says; -1 where it does not.
        proved: whether it is led to the root of the edition.
    """

    table: str
    raw: bytes
    index: int
    proved: bool


@dataclass(slots=True)
class SetContents:
    """What a set says of itself.

    Attributes:
        edition: None where no sheet that was read says it.
        listed: the articles of the list that were read, the most important first; all, where `complete`.
        damaged: blocks that are not what they should be.
        nodes: table → what proves its records.
    """

    edition: EngravedEdition | None = None
    listed: list[ListLine] = field(default_factory=list)
    damaged: int = 0
    nodes: dict[str, KnownNodes] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether the list has all articles of the set."""
        return self.edition is not None and len(self.listed) == self.edition.articles


class SetReader:
    """Reads the data sheets of a set.

    Args:
        sheets: numbers of those that may be there, in order.
        payload: gives them.
        root: how the edition's root begins, as the headers say it.
    """

    def __init__(self, sheets: range, payload: Payload, root: bytes) -> None:
        self._sheets, self._payload, self._root = sheets, payload, root

    def contents(self) -> SetContents:
        """What the set says of itself: the first pass."""
        found = SetContents()
        lists: dict[int, list[ListLine]] = {}
        nodes: dict[int, bytes] = {}
        for block in self._blocks():
            try:
                if block.kind == EDITION and found.edition is None:
                    said = edition_of(block.content())
                    if not said.root.startswith(self._root):
                        raise ValueError("it is of another edition than the headers say")
                    found.edition = said
                elif block.kind == LIST and block.number not in lists:
                    lists[block.number] = list_of(block.content())
                elif block.kind == NODES and block.number not in nodes:
                    nodes[block.number] = block.content()
            except ValueError:
                found.damaged += 1
        found.listed = [each for number in sorted(lists) for each in lists[number]]
        if found.edition is not None:
            said = found.edition
            found.nodes = {name: KnownNodes(said.count(name), said.head(name)) for name in TABLES.values()}
            found.damaged += sum(not _take(found.nodes, content) for content in nodes.values())
        return found

    def records(self, contents: SetContents) -> Iterator[ReadRecord]:
        """The records, block by block: the second pass. One that several sheets have comes several times."""
        waiting: SheetBlock | None = None
        for block in self._blocks():
            if block.kind == RECORDS:
                if waiting is not None:
                    yield from _records(waiting, None, contents)
                waiting = block
            elif block.kind == PROOFS and waiting is not None and waiting.number == block.number:
                yield from _records(waiting, block, contents)
                waiting = None
        if waiting is not None:
            yield from _records(waiting, None, contents)

    def _blocks(self) -> Iterator[SheetBlock]:
        joiner = PieceJoiner()
        for number in self._sheets:
            payload = self._payload(number)
            for piece in pieces_in(payload or b""):
                block = joiner.joined(piece)
                if block is not None:
                    yield block


def _take(known: dict[str, KnownNodes], content: bytes) -> bool:
    """Take in the nodes of a block; whether it has some."""
    try:
        name, height, first, nodes = nodes_of(content)
    except ValueError:
        return False
    if name:
        known[name].add(height, first, nodes)
    return True


def _records(block: SheetBlock, proofs: SheetBlock | None, contents: SetContents) -> Iterator[ReadRecord]:
    try:
        records = list(records_of(block.content()))
    except ValueError:
        contents.damaged += 1
        return
    places: list[tuple[int, tuple[bytes, ...]]] = []
    if proofs is not None:
        try:
            places = list(proofs_of(proofs.content()))
        except ValueError:
            contents.damaged += 1
    for number, (name, raw) in enumerate(records):
        index, steps = places[number] if number < len(places) else (-1, ())
        nodes = contents.nodes.get(name)
        if name:
            yield ReadRecord(
                table=name, raw=raw, index=index, proved=nodes is not None and nodes.proves(raw, index, steps)
            )
