"""Reading leaves: forms and their lists, titles, the catalogue, ids. docs/formats/static.md says what is in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from galactica.spread.static.blocks import HASH, MAX_BLOCK, Branch, Pointer, inflated
from galactica.spread.static.coding import Bytes, next_key
from galactica.spread.static.ranges import Ranges, not_as_stated
from galactica.spread.static.titles import OWN, SUMMARY


class KeyedBlocks:
    """A file of sorted keys, from its top.

    Args:
        top: as `BlockWriter.finish` gave it.

    Raises:
        ValueError: it is none.
    """

    def __init__(self, name: str, top: bytes, ranges: Ranges) -> None:
        self._name, self._ranges = name, ranges
        self._depth = top[0] if top else 0
        self._top = Branch.read(top[1:], name) if top else Branch(firsts=(), pointers=())
        self._branches: dict[Pointer, Branch] = {}
        self._leaves: dict[Pointer, bytes] = {}

    def leaves(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Key → the unpacked leaf that holds it, if there is one; raises as `Ranges.checked` does."""
        at = {key: self._step(self._top, key) for key in keys}
        for _ in range(self._depth):
            wanted = [pointer for pointer in at.values() if pointer is not None and pointer not in self._branches]
            for pointer, raw in zip(wanted, self._ranges.checked(wanted), strict=True):
                try:
                    self._branches[pointer] = Branch.read(raw, self._name)
                except ValueError as error:
                    raise not_as_stated(self._ranges.files.where, self._name) from error
            at = {key: self._step(self._branches[pointer], key) for key, pointer in at.items() if pointer is not None}
        found = {key: pointer for key, pointer in at.items() if pointer is not None}
        wanted = [pointer for pointer in dict.fromkeys(found.values()) if pointer not in self._leaves]
        for pointer, raw in zip(wanted, self._ranges.checked(wanted), strict=True):
            try:
                self._leaves[pointer] = inflated(raw)
            except ValueError as error:
                raise not_as_stated(self._ranges.files.where, self._name) from error
        leaves = {key: self._leaves[pointer] for key, pointer in found.items()}
        if len(self._leaves) > _KEPT:
            self._leaves.clear()
        return leaves

    @staticmethod
    def _step(branch: Branch, key: bytes) -> Pointer | None:
        number = branch.below(key)
        return branch.pointers[number] if number >= 0 else None


ENDINGS = frozenset(("", *"e s es d ed er ers ing ings en n".split()))
"""What words of Latin script change most at their ends. A form that an edition never has cannot be led to its stem,
which only the dictionary knows; this finds most of those that differ so."""

_SHORTEST = 4
"""Characters that both have before that."""

_ALIKE = 3
"""Characters that forms of one word begin with: two rare words of one article can have the same list."""

_KEPT = 64
"""Unpacked leaves that are held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPart:
    """A part of a list that lies in a cell: the cell, where in it, how many articles, the highest level."""

    cell: Pointer
    offset: int
    size: int
    listed: int
    highest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRef:
    """A list that a form leads to.

    Attributes:
        lane: number of the lane.
        stop: whether bodies are not indexed by it.
        listed: articles in the list.
        inline: the list itself, where it is short.
        parts: where it lies, else.
    """

    lane: int
    stop: bool
    listed: int
    inline: bytes
    parts: tuple[ListPart, ...]


class TermLeaf:
    """A leaf of the dictionary; ValueError where it is none."""

    def __init__(self, raw: bytes, lanes: int) -> None:
        reader = Bytes(raw)
        cells: list[Pointer] = []
        end = 0
        for _ in range(_count(reader, HASH)):
            gap, size = reader.number(), reader.number()
            start = end + (-(gap + 1 >> 1) if gap & 1 else gap >> 1)
            if size > MAX_BLOCK or start < 0:
                raise ValueError("a cell is larger than it may be")
            cells.append(Pointer("postings", start, size, reader.take(HASH)))
            end = start + size
        self._cells = cells
        self.forms: dict[str, tuple[TermRef, ...]] = {}
        key = b""
        for _ in range(_count(reader, 3)):
            key = next_key(reader, key)
            refs = tuple(self._ref(reader, lanes) for _ in range(_count(reader, 1)))
            self.forms[key.decode()] = refs
        if not reader.ended:
            raise ValueError("something follows a leaf")

    def alike(self, form: str) -> frozenset[str]:
        """The forms of this leaf that lead to a list that a form of it leads to: other forms of the same word."""
        wanted = {_same(ref) for ref in self.forms[form]}
        least = min(len(form), _ALIKE)
        return frozenset(
            other
            for other, refs in self.forms.items()
            if _shared(form, other) >= least and any(_same(ref) in wanted for ref in refs)
        )

    def nearest(self, form: str) -> str:
        """The form that differs from one that is not there in nothing but its ending (`ENDINGS`); "" where none
        does."""
        best = ""
        for other in self.forms:
            same = _shared(form, other)
            if same >= _SHORTEST and same > _shared(form, best) and _ends(form, same) and _ends(other, same):
                best = other
        return best

    def _ref(self, reader: Bytes, lanes: int) -> TermRef:
        head = reader.number()
        lane, stop, kind = head >> 3, bool(head & 4), head & 3
        if lane >= lanes or kind > 2:
            raise ValueError("a form leads nowhere")
        if kind == 0:
            inline = reader.take(reader.number())
            listed = Bytes(inline).number() if inline else 0
            return TermRef(lane=lane, stop=stop, listed=listed, inline=inline, parts=())
        listed, first = reader.number(), reader.number()
        if kind == 1:
            part = ListPart(
                cell=self._cell(first), offset=reader.number(), size=reader.number(), listed=listed, highest=255
            )
            return TermRef(lane=lane, stop=stop, listed=listed, inline=b"", parts=(part,))
        parts = []
        for number in range(_count(reader, 2)):
            cell = self._cell(first + number)
            some, highest = reader.number(), reader.take(1)[0]
            parts.append(ListPart(cell=cell, offset=0, size=cell.size, listed=some, highest=highest))
        return TermRef(lane=lane, stop=stop, listed=listed, inline=b"", parts=tuple(parts))

    def _cell(self, number: int) -> Pointer:
        if number >= len(self._cells):
            raise ValueError("a form leads to no cell")
        return self._cells[number]


def _ends(form: str, at: int) -> bool:
    """Whether what stands behind a place is an ending, its consonant doubled perhaps ("begin", "beginning")."""
    return form[at:] in ENDINGS or (form[at : at + 1] == form[at - 1] and form[at + 1 :] in ENDINGS)


def _same(ref: TermRef) -> tuple[object, ...]:
    """What two forms of one word have in common: the list. Short ones are told by their bytes."""
    return (ref.lane, ref.inline) if not ref.parts else (ref.lane, ref.parts[0].cell.offset, ref.parts[0].offset)


def _shared(one: str, other: str) -> int:
    size = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        size += 1
    return size


def _count(reader: Bytes, least: int) -> int:
    """A count of things that have at least so many bytes each; ValueError where there cannot be as many."""
    count = reader.number()
    if count * least > len(reader.raw) - reader.at:
        raise ValueError("it counts more than there is")
    return count


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTitle:
    """A title or alias: as written, the article's number, rank, whether it is the article's own title, and that."""

    name: str
    number: int
    rank: int
    own: bool
    title: str


def titles_of(raw: bytes) -> list[tuple[str, tuple[FoundTitle, ...]]]:
    """(key, titles) of a leaf of titles, in order; those of a beginning's summary under the beginning and a NUL.

    Raises:
        ValueError: it is none.
    """
    reader = Bytes(raw)
    found = []
    key = b""
    for _ in range(_count(reader, 5)):
        key = next_key(reader, key)
        kind = reader.number()
        if kind == SUMMARY:
            titles = tuple(_title(reader, reader.number()) for _ in range(_count(reader, 4)))
        else:
            titles = (_title(reader, kind),)
        found.append((key.decode(), titles))
    if not reader.ended:
        raise ValueError("something follows a leaf")
    return found


def _title(reader: Bytes, kind: int) -> FoundTitle:
    number, rank = reader.number(), reader.number()
    name = reader.take(reader.number()).decode()
    title = name if kind == OWN else reader.take(reader.number()).decode()
    return FoundTitle(name=name, number=number, rank=rank, own=kind == OWN, title=title)


@dataclass(frozen=True, slots=True, kw_only=True)
class CataloguePage:
    """A block of the catalogue: of each article where its cell lies (offset, size), how long its record is, its
    language's and its source's number."""

    cells: tuple[tuple[int, int], ...]
    records: tuple[int, ...]
    languages: tuple[int, ...]
    sources: tuple[int, ...]

    @classmethod
    def read(cls, raw: bytes) -> CataloguePage:
        """The block in these bytes; ValueError where it is none."""
        reader = Bytes(raw)
        count, offset = _count(reader, 4), reader.number()
        columns = [tuple(reader.number() for _ in range(count)) for _ in range(4)]
        if not reader.ended:
            raise ValueError("something follows a leaf")
        cells: list[tuple[int, int]] = []
        for size in columns[0]:
            cells.append((offset, size) if size or not cells else cells[-1])
            offset += size
        return cls(cells=tuple(cells), records=columns[1], languages=columns[2], sources=columns[3])


def ids_of(raw: bytes) -> list[tuple[bytes, int]]:
    """(first four bytes, article's number) of a block of ids; ValueError where it is none."""
    reader = Bytes(raw)
    count = _count(reader, 5)
    prefixes = [reader.take(4) for _ in range(count)]
    return [(prefix, reader.number()) for prefix in prefixes]
