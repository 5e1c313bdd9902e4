"""What lies in `index/meaning/`: the files, in the order in which they are written, and the record of what they hold.

```
meaning.json       first: version of this layout, root of the edition, the encoder, passages in each shard
codes/00000.bin    the codes of the passages of shard 0, in columns (see `codes`); one file for each shard …
lists/             … or, of a large edition, its passages in lists of like ones (see `lists`), and no codes/
manifest.json      last: the root, and the SHA-256 of each file (see `edition.bag`)
```

A file of codes gets its name when it is whole, so that an index can be read while it is made, and making it can be
stopped at any moment. Without the manifest an index is unfinished, which is no damage. docs/formats/edition.md says the
same for whoever writes a second reader.
"""

from __future__ import annotations

import json
import mmap
import os
import sys
from dataclasses import asdict, dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from galactica.codes.files import whole
from galactica.edition import Edition, MeaningInfo, bag
from galactica.edition.info import read_bounded
from galactica.errors import EditionError
from galactica.search.meaning.codes import WORD

VERSION = 1
"""Of this layout. It changes with the files, with how a vector becomes a code, and with `passage_text`."""

RECORD = "meaning.json"
CODES = "codes"
LISTS = "lists"
REMEDY = "Make it again with `galactica index`; until then words are searched alone."

MAX_RECORD = 4 * 2**20
MAX_DIMENSIONS = 8192
"""Far above any encoder's; a bound against hostile records."""


def passage_text(title: str, text: str) -> str:
    """What the encoder is given for a passage: the title of its article, then its text."""
    return f"{title}\n{text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderFacts:
    """Which encoder made the codes: `name` and `digest` as `encode.contract.Encoder` has them, `dimensions` of a vector
    (a multiple of 64)."""

    name: str
    digest: str
    dimensions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeaningIndexRecord:
    """`meaning.json`: what the codes belong to.

    Attributes:
        root: of the edition, 64 hex digits.
        encoder: that made them.
        passages: in each shard of the edition, in order.
    """

    root: str
    encoder: EncoderFacts
    passages: tuple[int, ...]
    version: int = VERSION

    @property
    def words(self) -> int:
        """Words of 64 bits that a code has."""
        return self.encoder.dimensions // 64

    @property
    def total(self) -> int:
        """Passages of the edition."""
        return sum(self.passages)

    def starts(self) -> list[int]:
        """Number of the first passage of each shard, and that behind the last."""
        return list(accumulate(self.passages, initial=0))

    def write(self, directory: Path) -> None:
        """Write it, whole at once."""
        with whole(directory / RECORD, durable=True) as path:
            path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8", newline="\n")

    @classmethod
    def read(cls, directory: Path) -> MeaningIndexRecord:
        """Read it back.

        Raises:
            EditionError: missing, broken, or of another version of the layout.
        """
        try:
            found = json.loads(read_bounded(directory / RECORD, MAX_RECORD))
            version = _number(found["version"])
            if version == VERSION:
                return _record(found)
        except (FileNotFoundError, NotADirectoryError):
            raise EditionError(f"There is no index of meaning in {directory}.", REMEDY) from None
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise EditionError(f"The index of meaning in {directory} is damaged.", REMEDY) from error
        raise EditionError(f"The index of meaning in {directory} is of version {version}.", REMEDY)

    def check(self, edition: Edition) -> None:
        """Raise EditionError where it was not made for this edition."""
        shards, passages = len(edition.statement.shards), edition.statement.count("passages")
        if self.root != edition.root or len(self.passages) != shards or self.total != passages:
            raise EditionError(f"The index of meaning of {edition.path} was made for another edition.", REMEDY)


def _record(found: dict[str, object]) -> MeaningIndexRecord:
    encoder, passages = found["encoder"], found["passages"]
    if not isinstance(encoder, dict) or not isinstance(passages, list):
        raise TypeError("not of the form")
    facts = EncoderFacts(
        name=_text(encoder["name"]), digest=_text(encoder["digest"]), dimensions=_number(encoder["dimensions"])
    )
    if facts.dimensions % 64 or not 0 < facts.dimensions <= MAX_DIMENSIONS:
        raise ValueError("impossible dimensions")
    return MeaningIndexRecord(root=_text(found["root"]), encoder=facts, passages=tuple(_number(n) for n in passages))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is missing")
    value.encode()  # JSON can write lone surrogates: a ValueError
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise TypeError("a number is missing")
    return value


def codes_path(directory: Path, shard: int) -> Path:
    """Where the codes of a shard lie."""
    return directory / CODES / f"{shard:05d}.bin"


def fits(directory: Path, shard: int, record: MeaningIndexRecord) -> bool:
    """Whether the codes of a shard are there, in a file of the right size."""
    path = codes_path(directory, shard)
    try:
        return path.is_file() and path.stat().st_size == 8 * record.words * record.passages[shard]
    except OSError:
        return False


def finished(directory: Path, root: str) -> bool:
    """Whether the index is complete, as its manifest says."""
    return bag.index_root(directory) == root


def meaning_info(edition: Edition) -> MeaningInfo | None:
    """How far the index of meaning of an edition is; None where it has none that fits."""
    directory = edition.meaning_dir()
    try:
        record = MeaningIndexRecord.read(directory)
        record.check(edition)
    except EditionError:
        return None
    complete = finished(directory, edition.root)
    there = (n for shard, n in enumerate(record.passages) if fits(directory, shard, record))
    return MeaningInfo(
        encoder=record.encoder.name,
        digest=record.encoder.digest,
        dimensions=record.encoder.dimensions,
        done=record.total if complete else sum(there),
        total=record.total,
        complete=complete,
    )


def mapped(path: Path, kind: np.dtype[np.generic], count: int, *, map_it: bool = True) -> NDArray[np.generic]:
    """The content of a file of exactly `count` numbers, mapped and not read, so that processes share it.

    Args:
        map_it: False reads it into memory instead.

    Raises:
        OSError: it is missing or cannot be read.
        ValueError: it is no file, or of another size.
    """
    if not path.is_file():  # opening a pipe would wait for ever
        raise ValueError("is missing" if not path.exists() else "is no file")
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size != count * kind.itemsize:
            raise ValueError("has the wrong size")
        if not count:
            return np.zeros(0, dtype=kind)
        if not map_it:
            return np.fromfile(file, dtype=kind, count=count)
        return np.frombuffer(_map(file.fileno()), dtype=kind, count=count)


def _map(handle: int) -> mmap.mmap:
    if sys.version_info >= (3, 13) and os.name == "posix":
        return mmap.mmap(handle, 0, access=mmap.ACCESS_READ, trackfd=False)
    return mmap.mmap(handle, 0, access=mmap.ACCESS_READ)


MOST_MAPPED = sys.maxsize if sys.version_info >= (3, 13) and os.name == "posix" else 256
"""Files that are mapped at once: before Python 3.13 each keeps a file open, and many systems allow 1,024."""


def columns_of(path: Path, words: int, count: int, *, map_it: bool = True) -> NDArray[np.uint64]:
    """The codes in a file: `uint64 [words, count]`; raises as `mapped` does."""
    return mapped(path, WORD, words * count, map_it=map_it).reshape(words, count).view(WORD)
