"""What a worker does for an index of meaning: encode the passages of one shard, or take their codes over.

Codes of a parent are taken over where the article, its title, its body and the spans of its passages are the same,
compared by value: that is all that a code is made of. An article that only got another alias or date is not encoded
again; what is damaged in the parent costs time and nothing else. The codes themselves are believed where the parent's
manifest agrees with them, so a parent should come from where one trusts.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from galactica.cluster.contract import Travels
from galactica.codes.files import whole
from galactica.edition import Edition
from galactica.edition.carried import files_of_shard
from galactica.encode.contract import Encoder
from galactica.errors import EditionError
from galactica.model import Article
from galactica.model.projection import project
from galactica.search.meaning.codes import WORD, Rows, codes, columns
from galactica.search.meaning.layout import CODES, EncoderFacts, codes_path, passage_text
from galactica.search.meaning.store import MeaningIndex

AT_ONCE = 1_024
"""Passages that the encoder is given at once."""

OpenEncoder = Callable[[str], Encoder]
"""Opens an encoder by its name; a function of a module, so that another process can be told to call it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardTask:
    """A shard to encode.

    Attributes:
        edition: its folder.
        root: its root.
        shard: which of its shards.
        passages: how many that has.
        directory: where the index is made.
        encoder, opener: what encodes them, and who opens it.
        parent: folder of an edition whose finished index of the same encoder may be used.
    """

    edition: Path
    root: str
    shard: int
    passages: int
    directory: Path
    encoder: EncoderFacts
    opener: OpenEncoder
    parent: Path | None

    def travels(self) -> Travels | None:
        """An edition's own tables of that shard; a parent, and an encoder in a file, lie on one machine alone."""
        if self.parent is not None or Path(self.encoder.name).exists():
            return None
        paths = files_of_shard(self.edition, self.shard)
        return Travels(
            reads=tuple(("edition", path) for path in paths), writes=("directory",), folders=(("directory", CODES),)
        )


def identify(opener: OpenEncoder, name: str) -> EncoderFacts:
    """Facts about the encoder called `name`; raises what opening it does. It stays open in this process."""
    encoder = _encoder(opener, name)
    return EncoderFacts(name=name, digest=encoder.digest, dimensions=encoder.dimensions)


def forget_encoder() -> None:
    """Let go of the encoder that this process has open."""
    _encoder.cache_clear()


@lru_cache(maxsize=1)
def _encoder(opener: OpenEncoder, name: str) -> Encoder:
    return opener(name)


def encode_shard(task: ShardTask) -> int:
    """Write the file of a shard's codes; returns for how many passages they were taken over.

    Raises:
        EditionError: the edition is damaged, or was replaced by another.
    """
    encoder = _encoder(task.opener, task.encoder.name)
    with ExitStack() as stack:
        # Opened anew for each shard, which takes 2 ms, because an edition keeps the files of every shard open.
        edition = stack.enter_context(Edition.open(task.edition))
        if edition.root != task.root or encoder.digest != task.encoder.digest:
            raise EditionError(f"{task.edition} was replaced while its index was made.", "Run the same command again.")
        parent = _open_parent(stack, task.parent) if task.parent is not None else None
        shard = _Shard(encoder, task.passages, task.encoder.dimensions)
        first, count = edition.shard_rows()[task.shard]
        for row, article in edition.scan(first, first + count):
            spans = edition.spans(row)
            known = parent.codes(article, spans) if parent is not None else None
            if known is None:
                text = project(article.body)
                shard.add([passage_text(article.title, text[a:b]) for a, b in zip(*spans, strict=True)])
            else:
                shard.take(known)
        rows = shard.finish()
    if rows is None:
        raise EditionError(f"{task.edition} is damaged: it has other passages than it counts.", "Verify it.")
    with whole(codes_path(task.directory, task.shard), durable=True) as path, path.open("wb") as file:
        columns(rows).astype(WORD).tofile(file)
    return shard.taken


class _Shard:
    """The codes of a shard on their way: some taken, the others encoded a batch at a time, all in order."""

    def __init__(self, encoder: Encoder, passages: int, dimensions: int) -> None:
        self.taken = 0
        self._encoder = encoder
        self._rows: Rows = np.zeros((passages, dimensions // 64), dtype=WORD)
        self._end = 0
        self._texts: list[str] = []
        self._places: list[int] = []

    def add(self, texts: list[str]) -> None:
        """The next passages, by their text."""
        self._texts += texts
        self._places += range(self._end, self._end + len(texts))
        self._end += len(texts)
        if len(self._texts) >= AT_ONCE:
            self._encode()

    def take(self, rows: Rows) -> None:
        """The next passages, by their codes."""
        high = self._end + len(rows)
        if high <= len(self._rows):
            self._rows[self._end : high] = rows
        self._end = high
        self.taken += len(rows)

    def finish(self) -> Rows | None:
        """All codes; None where there are more or fewer than there should be."""
        self._encode()
        return self._rows if self._end == len(self._rows) else None

    def _encode(self) -> None:
        if self._texts and self._end <= len(self._rows):
            self._rows[self._places] = codes(self._encoder.passages(self._texts))
        self._texts, self._places = [], []


class _Parent:
    """An edition whose codes may be used again."""

    def __init__(self, edition: Edition, meaning: MeaningIndex) -> None:
        self._edition = edition
        self._meaning = meaning

    def codes(self, article: Article, spans: tuple[list[int], list[int]]) -> Rows | None:
        """The codes of an article's passages; None where text or passages are others there, or cannot be read."""
        edition = self._edition
        try:
            row = edition.row_of(article.id)
            if row is None:
                return None
            head = edition.head(row)
            same = (head.id, head.title) == (article.id, article.title) and edition.spans(row) == spans
            if not same or edition.body(row) != article.body:
                return None
            numbers = self._meaning.numbers(row)
            if len(numbers) != len(spans[0]):
                return None
            return self._meaning.codes(np.array(numbers, dtype=np.int64))
        except (EditionError, IndexError):
            return None


def _open_parent(stack: ExitStack, path: Path) -> _Parent | None:
    try:
        edition = stack.enter_context(Edition.open(path))
        return _Parent(edition, stack.enter_context(MeaningIndex.open(edition, edition.meaning_dir())))
    except EditionError:
        return None
