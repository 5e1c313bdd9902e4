"""A static edition, open for reading: what it is, any article with what proves it, who is called what.

The order in which it is believed: 1. the manifest is of its one form, gives the root that the person knows, and has the
hash that a signed release names, where there is either; 2. `start` has the hash that the manifest names, the edition's
record and the heads in it are those of the root; 3. blocks have the hashes that what leads to them names; 4. an article
is led to the root by its own proof, whatever the index said.

So nobody can change a word of an article without the root changing. What only the manifest vouches for is the index:
where that has no signature, a server could hide articles, never forge one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from galactica.codes import merkle
from galactica.edition import decode
from galactica.edition.record import Value
from galactica.model import Article, Source, Work, article_id
from galactica.spread.static.articles import GROUP_BITS, MAX_RECORD, PAGE, steps_to_head
from galactica.spread.static.blocks import MAX_BLOCK, Pointer, inflated
from galactica.spread.static.coding import Bytes
from galactica.spread.static.layout import START
from galactica.spread.static.lookup import CataloguePage, KeyedBlocks, ids_of
from galactica.spread.static.manifest import MANIFEST, MAX_MANIFEST, Manifest, checked_manifest
from galactica.spread.static.ranges import Ranges, not_as_stated

MAX_TABLE = 64 * 2**20
"""Bytes of all records of sources, or of works, unpacked."""

_TILE = 1 << GROUP_BITS


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvedArticle:
    """An article that was led to the root: its number, itself, its record."""

    number: int
    article: Article
    record: bytes


class StaticEdition:
    """A static edition that is open. Make it with `StaticEdition.open`.

    Attributes:
        manifest: what it says of itself.
        root: its name, 64 hex digits.
        terms, titles: to be searched.
        stops: forms that no body is indexed by.
    """

    def __init__(self, manifest: Manifest, start: Sequence[bytes], ranges: Ranges) -> None:
        self.manifest, self.root = manifest, manifest.root
        self.ranges = ranges
        tops = dict(zip(START, start, strict=False))
        self.terms, self.titles = (
            KeyedBlocks("terms", tops["terms"], ranges),
            KeyedBlocks("titles", tops["titles"], ranges),
        )
        self._catalogue, self._ids = (
            KeyedBlocks("catalogue", tops["catalogue"], ranges),
            KeyedBlocks("ids", tops["ids"], ranges),
        )
        self._highest, self._sources = start[len(START)], start[len(START) + 2]
        self.stops: frozenset[str] = frozenset()
        self._pages: dict[int, CataloguePage] = {}

    @classmethod
    def open(cls, ranges: Ranges, manifest: Manifest, start: bytes = b"") -> StaticEdition:
        """Open the edition whose manifest was read and is believed.

        Args:
            start: what was read as `start` together with the manifest, if it was; another is asked for where it is
                not the one that the manifest names.

        Raises:
            InputError: something cannot be had now.
            EditionError: something is damaged, or not the edition's.
        """
        ranges = ranges.of(manifest.root)
        stated = manifest.file("start")
        given = start if start and _is(start, stated.digest) else b""
        wanted = [("start", min(MAX_BLOCK, stated.size))]
        raw = given or ranges.wholes(wanted, lambda _, raw: _is(raw, stated.digest))[0]
        try:
            reader = Bytes(inflated(raw, 4 * MAX_BLOCK))
            parts = [reader.take(reader.number()) for _ in range(len(START) + 4)]
            opened = cls(manifest, parts, ranges)
            highest, record, _, stops = parts[len(START) :]
            opened.stops = frozenset(stops.decode().split(" "))
            about = decode.fields_of(record, "edition", manifest.format)
        except ValueError as error:
            raise not_as_stated(ranges.files.where, "start") from error
        heads = [highest[at : at + merkle.HASH_BYTES] for at in range(0, len(highest), merkle.HASH_BYTES)]
        said = (about.get("title", ""), about.get("languages", []), about.get("licences", []), about.get("number", 1))
        stands = (manifest.title, [tag for tag, _ in manifest.languages], list(manifest.licences), manifest.number)
        named = (1, merkle.leaf_hash(record)) == manifest.head("edition") and said == stands
        parent = bytes.fromhex(manifest.parent) == about.get("parent", b"")
        if not named or not parent or merkle.tree_head(heads) != manifest.head("articles")[1]:
            raise not_as_stated(ranges.files.where, "start")
        if given:
            ranges.keep("start", given)
        return opened

    def __len__(self) -> int:
        return self.manifest.articles

    def articles(self, numbers: Sequence[int]) -> list[ProvedArticle]:
        """Articles by their numbers, each proved; raises as `open` does, IndexError where there is no such number."""
        places = self.places(numbers)
        tiles = [self._tile(number) for number in numbers]
        cells = [self._cell(*place) for place in places]
        try:
            return self._all_proved(numbers, places, tiles, cells)
        except ValueError:  # what was kept may have been spoiled: it is thrown away, and asked for once more
            self.ranges.forget([*tiles, *cells])
        try:
            return self._all_proved(numbers, places, tiles, cells)
        except ValueError as error:
            self.ranges.forget([*tiles, *cells])
            raise not_as_stated(self.ranges.files.where, "articles") from error

    def article(self, number: int) -> ProvedArticle:
        """One article; see `articles`."""
        return self.articles([number])[0]

    def places(self, numbers: Sequence[int]) -> list[tuple[int, int, int]]:
        """Of each article where its cell lies (offset, size) and how long its record is."""
        self._load(numbers)
        found = []
        for number in numbers:
            page = self._pages[number // PAGE]
            found.append((*page.cells[number % PAGE], page.records[number % PAGE]))
        return found

    def told(self, numbers: Sequence[int]) -> list[tuple[str, int]]:
        """Of each article its language, and the number of its source."""
        self._load(numbers)
        found = []
        for number in numbers:
            page = self._pages[number // PAGE]
            language, source = page.languages[number % PAGE], page.sources[number % PAGE]
            found.append(
                (self.manifest.languages[language][0] if language < len(self.manifest.languages) else "", source)
            )
        return found

    def find(self, source: str, path: str) -> ProvedArticle | None:
        """The article at a path of a source, or the one that a redirect there leads to."""
        return self.find_id(article_id(source, path))

    def find_id(self, identity: bytes) -> ProvedArticle | None:
        """The article with this id (16 bytes), or the one that a redirect with this id leads to."""
        leaf = self._ids.leaves([identity]).get(identity)
        try:
            entries = ids_of(leaf) if leaf else []
        except ValueError as error:
            raise not_as_stated(self.ranges.files.where, "ids") from error
        numbers = [number for prefix, number in entries if prefix == identity[:4] and number < len(self)]
        for found in self.articles(list(dict.fromkeys(numbers))[:8]):
            own = found.article
            paths = [own.path, *(alias.path for alias in own.aliases if alias.path)]
            if any(article_id(own.source, path) == identity for path in paths):
                return found
        return None

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Its sources by key, led to the root."""
        return {each.key: each for each in (decode.source_of(fields) for fields in self._table("sources"))}

    @cached_property
    def works(self) -> Mapping[tuple[str, str], Work]:
        """Its works by source and path, led to the root."""
        return {(each.source, each.path): each for each in (decode.work_of_fields(f) for f in self._table("works"))}

    def _all_proved(
        self,
        numbers: Sequence[int],
        places: Sequence[tuple[int, int, int]],
        tiles: Sequence[Pointer],
        cells: Sequence[Pointer],
    ) -> list[ProvedArticle]:
        asked = dict(zip([*tiles, *cells], [*(-1 - n for n in numbers), *numbers], strict=True))
        raws = dict(zip(asked, self.ranges.taken(list(asked), lambda p, raw: self._holds(asked[p], raw)), strict=True))
        return [
            self._proved(number, raws[cell], raws[tile], place[2])
            for number, tile, cell, place in zip(numbers, tiles, cells, places, strict=True)
        ]

    def records(self, name: str) -> list[bytes]:
        """The records of the table "sources" or "works", in their order, led to the root; raises as `open` does."""
        count, head = self.manifest.head(name)
        if not count:
            return []
        stated = self.manifest.file(name)
        known = self._sources if name == "sources" else b""
        raw = known or self.ranges.wholes([(name, min(MAX_TABLE, stated.size))], lambda _, r: _is(r, stated.digest))[0]
        try:
            reader = Bytes(inflated(raw, MAX_TABLE))
            records = []
            while not reader.ended:
                records.append(reader.take(reader.number()))
            if len(records) != count or merkle.tree_head(map(merkle.leaf_hash, records)) != head:
                raise ValueError("they are not those of the root")
            return records
        except ValueError as error:
            raise not_as_stated(self.ranges.files.where, name) from error

    def _table(self, name: str) -> list[dict[str, Value]]:
        try:
            return [decode.fields_of(each, name, self.manifest.format) for each in self.records(name)]
        except ValueError as error:
            raise not_as_stated(self.ranges.files.where, name) from error

    def _load(self, numbers: Sequence[int]) -> None:
        """Have the catalogue's blocks of some articles."""
        if any(not 0 <= number < len(self) for number in numbers):
            raise IndexError("there is no article of that number")
        pages = sorted({number // PAGE for number in numbers} - self._pages.keys())
        keys = [(page * PAGE).to_bytes(4, "big") for page in pages]
        leaves = self._catalogue.leaves(keys)
        for page, key in zip(pages, keys, strict=True):
            try:
                self._pages[page] = CataloguePage.read(leaves[key])
                if len(self._pages[page].cells) != min(PAGE, len(self) - page * PAGE):
                    raise ValueError
            except (KeyError, ValueError) as error:
                self._pages.pop(page, None)
                raise not_as_stated(self.ranges.files.where, "catalogue") from error

    def _cell(self, offset: int, size: int, record: int) -> Pointer:
        if record > MAX_RECORD or size > MAX_RECORD:
            raise not_as_stated(self.ranges.files.where, "catalogue")
        return Pointer("articles", offset, size, b"")

    def _tile(self, number: int) -> Pointer:
        """Where the heads of the groups around an article's lie."""
        groups = -(-len(self) // _TILE)
        first = number // _TILE // _TILE * _TILE
        return Pointer("heads", first * merkle.HASH_BYTES, min(_TILE, groups - first) * merkle.HASH_BYTES, b"")

    def _holds(self, number: int, raw: bytes) -> bool:
        """Whether a tile of `heads` (for −1 − number) leads to the root; a cell is checked when it is unpacked."""
        if number >= 0:
            return True
        at = (-1 - number) // _TILE // _TILE * merkle.HASH_BYTES
        heads = [raw[start : start + merkle.HASH_BYTES] for start in range(0, len(raw), merkle.HASH_BYTES)]
        return merkle.tree_head(heads) == self._highest[at : at + merkle.HASH_BYTES]

    def _proved(self, number: int, cell: bytes, tile: bytes, size: int) -> ProvedArticle:
        """The article in a cell, led to the head of its group; ValueError where it is not."""
        bits = self.manifest.cell_bits
        group = number // _TILE
        inside = min(_TILE, len(self) - group * _TILE)
        cells = -(-inside // (1 << bits))
        place = (number % _TILE) >> bits
        count = steps_to_head(place, cells)
        steps = [cell[at : at + merkle.HASH_BYTES] for at in range(0, count * merkle.HASH_BYTES, merkle.HASH_BYTES)]
        first = number >> bits << bits
        numbers = range(first, min(first + (1 << bits), len(self)))
        sizes = [each[2] for each in self.places(numbers)]
        raw = inflated(cell[count * merkle.HASH_BYTES :], sum(sizes))
        if len(raw) != sum(sizes):
            raise ValueError("a cell has another length than the catalogue says")
        reader = Bytes(raw)
        records = [reader.take(each) for each in sizes]
        head = merkle.tree_head(map(merkle.leaf_hash, records))
        at = group % _TILE * merkle.HASH_BYTES
        if not merkle.verify_inclusion(head, place, cells, steps, tile[at : at + merkle.HASH_BYTES]):
            raise ValueError("an article is not part of the edition")
        own = records[number - first]
        fields = decode.fields_of(own, "articles", self.manifest.format)
        return ProvedArticle(number=number, article=decode.article_of(fields), record=own)


def _is(raw: bytes, digest: str) -> bool:
    return hashlib.sha256(raw).hexdigest() == digest


def read_manifest(ranges: Ranges, *, root: str = "", digest: str = "", least: int = 0) -> Manifest:
    """The manifest that lies there, as far as the person or a signed release says which it has to be.

    Args:
        root: of the edition, 64 hex digits, where the person knows it; "" else.
        digest: SHA-256 of the manifest that a release names, in hex; "" where there is none.
        least: number of the newest edition that was seen at this place: an older one is refused.

    Raises:
        InputError: it cannot be had now.
        EditionError: it is none, or not the one that was asked for.
    """
    raw = ranges.files.whole(MANIFEST, MAX_MANIFEST)
    return checked_manifest(raw, ranges.files.where, root=root, digest=digest, least=least)
