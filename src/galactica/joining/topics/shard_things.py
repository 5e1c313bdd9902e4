"""An edition's articles as things: read a shard at a time by whoever works, then told what of their words is rare.

Two passes, none of them in memory. The first reads every article, writes what is compared of it and which words it has;
it is a shard's own affair. The second counts the words of all shards and chooses the rarest of each article, as only
the whole edition can tell; it is done here.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from galactica.claims.kept import CLAIMS, KeptClaims, shard_file
from galactica.cluster.crew import Crew
from galactica.codes.files import whole
from galactica.edition import Edition
from galactica.edition.carried import ShardWork
from galactica.edition.derived import derived_dir
from galactica.encode.contract import Encoder
from galactica.errors import MissingError
from galactica.joining.topics.gathering import (
    SLOTS,
    GatheredThings,
    ThingReader,
    linked_pages,
    slot_of,
    states_of_others,
    with_marks,
)
from galactica.joining.topics.records import ThingFile
from galactica.joining.topics.thing import Thing
from galactica.progress import Report

BATCH = 64
"""Articles whose vectors are made together."""

OpenTopicsEncoder = Callable[[], Encoder | None]
"""Opens the encoder, where one is installed; a function of a module, so that another process can be told to call it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingsWork(ShardWork):
    """A shard whose articles are read as things.

    Attributes:
        opener: of the encoder; digest: of the encoder, "" where texts are not compared by meaning.
        claims: whether there are claims, to be compared too.
    """

    opener: OpenTopicsEncoder | None
    digest: str
    claims: bool


def things_of_shard(work: ThingsWork) -> int:
    """Write what is read of a shard's articles; returns how many there are.

    Raises:
        EditionError: the edition is damaged, or was replaced by another.
        MissingError: there is another encoder here, or none.
    """
    encoder = work.opener() if work.opener is not None else None
    if work.digest != (encoder.digest if encoder is not None else ""):
        raise MissingError(
            "The encoder that topics are made with is another one where the work is done.",
            "Install the same version of galactica, with the same extras, on every machine.",
        )
    packer, records = msgspec.msgpack.Encoder(), io.BytesIO()
    ends, word_ends, words, names, vectors = [0], [0], [], [], []
    with work.opened() as (edition, first, stop):
        again = states_of_others(edition.sources)
        claims = KeptClaims(derived_dir(edition, CLAIMS), edition).of_row if work.claims else None
        reader = ThingReader(edition, encoder, claims)
        for several in _batches(reader, edition, first, stop):
            vectors.append(reader.vectors([text for _, _, text in several]))
            for thing, counted, _ in several:
                ends.append(ends[-1] + records.write(packer.encode(thing)))
                words.append(np.array(list(counted.items()), "<u4").reshape(-1, 2))
                word_ends.append(word_ends[-1] + len(counted))
                names += [slot_of(name) for name in (() if thing.source in again else (thing.base, *thing.names))]
    with whole(_place(work.folder, work.shard)) as part, part.open("wb") as file:
        np.savez(
            file,
            things=np.frombuffer(records.getvalue(), np.uint8),
            ends=np.array(ends, np.int64),
            words=np.concatenate([*words, np.empty((0, 2), "<u4")]),
            word_ends=np.array(word_ends, np.int64),
            names=np.array(names, np.int64),
            vectors=np.concatenate(vectors) if vectors else np.zeros((0, 0), np.int8),
        )
    return stop - first


def gather_things(
    edition: Edition,
    read: Path,
    folder: Path,
    crew: Crew,
    report: Report,
    *,
    opener: OpenTopicsEncoder | None,
    digest: str,
    claims: bool,
) -> GatheredThings:
    """Read all articles of an edition.

    Args:
        read: a folder for what is read of each shard; what a stopped job left there is used.
        folder: for files that are needed while the result is.
        crew: who reads.
    """
    shards = edition.shard_rows()
    missing = [number for number in range(len(shards)) if not _place(read, number).exists()]
    files = derived_dir(edition, CLAIMS).relative_to(edition.path)
    tasks = (
        ThingsWork(
            edition=edition.path,
            root=edition.root,
            shard=each,
            folder=read,
            files=(shard_file(files, each).as_posix(),) if claims else (),
            opener=opener,
            digest=digest,
            claims=claims,
        )
        for each in missing
    )
    done = len(edition) - sum(shards[number][1] for number in missing)
    report("read", done, len(edition), "articles")
    for count in crew.results(things_of_shard, tasks):
        done += count
        report("read", done, len(edition), "articles")
    return _told(edition, read, folder, report)


def _told(edition: Edition, read: Path, folder: Path, report: Report) -> GatheredThings:
    """The second pass."""
    shards = edition.shard_rows()
    words, names = np.zeros(SLOTS, np.uint32), np.zeros(SLOTS, np.uint32)
    width = 0
    for number in range(len(shards)):
        with np.load(_place(read, number)) as found:
            _count(words, found["words"][:, 0])
            _count(names, found["names"])
            width = max(width, found["vectors"].shape[1])
    shape = len(edition), width
    vectors = np.memmap(folder / "vectors", np.int8, "w+", shape=shape) if all(shape) else np.zeros(shape, np.int8)
    things = ThingFile(folder / "things")
    for number, (first, count) in enumerate(shards):
        with np.load(_place(read, number)) as found:
            own, counted, ends = found["vectors"], found["words"], found["word_ends"].tolist()
            if width:
                vectors[first : first + count] = own
            for row, thing in enumerate(_things(found["things"], found["ends"].tolist())):
                here = counted[ends[row] : ends[row + 1]]
                linked = linked_pages(edition, thing)
                things.append(with_marks(linked, here, words, max(len(edition), 2), own[row].tobytes()))
        report("rarest", first + count, len(edition), "articles")
    return GatheredThings(things=things, words=words, names=names, vectors=vectors)


def _things(records: NDArray[np.uint8], ends: list[int]) -> Iterator[Thing]:
    decoder, told = msgspec.msgpack.Decoder(Thing), records.tobytes()
    for row in range(len(ends) - 1):
        yield decoder.decode(told[ends[row] : ends[row + 1]])


def _count(counters: NDArray[np.uint32], hashes: NDArray[np.generic]) -> None:
    """Count each of these once more."""
    slots, counts = np.unique(hashes.astype(np.int64) % SLOTS, return_counts=True)
    counters[slots] += counts.astype(np.uint32)


def _place(folder: Path, shard: int) -> Path:
    return folder / f"{shard:05}.npz"


def _batches(
    reader: ThingReader, edition: Edition, first: int, stop: int
) -> Iterator[list[tuple[Thing, dict[int, int], str]]]:
    several: list[tuple[Thing, dict[int, int], str]] = []
    for row, article in edition.scan(first, stop):
        several.append(reader.read(row, article))
        if len(several) == BATCH:
            yield several
            several = []
    if several:
        yield several
