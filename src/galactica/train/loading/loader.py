"""The loader: batches of packed tokens out of a view, the same for everybody, from any point on.

There is one stream of sequences, numbered 0, 1, 2 …, for a view, a tokenizer, a seed and a length: `packing` says how
it comes about. Global batch g is the sequences [g·batch, (g+1)·batch); of each, rank r of w gets the r-th w-th part.
So ranks share the stream without overlap or loss, and whoever goes on from a state, with other ranks, other workers or
another batch, goes on with the same sequences.

Every rank packs the whole stream and fills only its own rows: packing asks for nothing but how many tokens a document
has. Tokens are made as they are needed (`store`), ahead by `workers`, once for all ranks of a machine and all runs.
"""

from __future__ import annotations

import subprocess
import weakref
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from galactica.errors import UsageError
from galactica.train.loading.batch import Batch
from galactica.train.loading.chunk_texts import LoadedTexts
from galactica.train.loading.filling import needed_chunks, start_fillers, stop_fillers
from galactica.train.loading.mixing import Mixture
from galactica.train.loading.opening import check_length, check_numbers, open_store, opened_texts
from galactica.train.loading.packing import LANES, Packer, Stretch
from galactica.train.loading.states import check_state, packed_state, put_state
from galactica.train.loading.vocabulary import Vocabulary, as_vocabulary

if TYPE_CHECKING:
    from galactica.train.views.view import View


WORTH = 2**25
"""Bytes of text without tokens that a worker is worth: starting one takes as long as making those of 20 MB."""


class Loader:
    """Batches of tokens out of a view; an iterator that ends after `epochs`, or never.

    Args:
        view: opened, or the path of one.
        batch: rows of a global batch; a multiple of `world_size`. A rank's batch has `batch / world_size` of them.
        seq_len: tokens of a row.
        seed: of the shuffle, 0 … 2^63 - 1.
        tokenizer: opened, or the path of a tokenizer.json.
        rank, world_size: which of how many processes this one is.
        workers: processes that make tokens ahead. None of them changes what is given.
        epochs: how often each document is given; None: again and again.
        skip_damaged: leave out documents that cannot be read, and count them (`skipped`).
        kept: where tokens are kept; else in the view's folder, or the person's cache where that cannot be written to.

    Raises:
        UsageError: a number is out of its range; the view is shorter than a sequence.
        InputError: the view is empty; the tokenizer is none.
        MissingError: tokens cannot be kept; `tokenizers` is not installed.
        EditionError: (also from `next`) a document's record is damaged; the error names it.
    """

    def __init__(
        self,
        view: View | LoadedTexts | Path | str,
        *,
        batch: int,
        seq_len: int,
        seed: int,
        tokenizer: Vocabulary | Path | str,
        rank: int = 0,
        world_size: int = 1,
        workers: int = 0,
        epochs: int | None = None,
        skip_damaged: bool = False,
        kept: Path | None = None,
        _state: Mapping[str, Any] | None = None,
    ) -> None:
        check_numbers(
            batch=batch,
            seq_len=seq_len,
            seed=seed,
            rank=rank,
            world_size=world_size,
            workers=workers,
            epochs=epochs,
        )
        self.view: LoadedTexts = opened_texts(view)
        self.vocabulary = as_vocabulary(tokenizer)
        self.batch, self.seq_len, self.seed = batch, seq_len, seed
        self.rank, self.world_size = rank, world_size
        self._epochs, self._skip = epochs, skip_damaged
        if workers and not hasattr(self.view, "editions"):
            raise UsageError("Workers can only open a view that lies on disk.", "Use workers=0, or the view itself.")
        self._workers = workers
        self._fillers: list[subprocess.Popen[bytes]] = []
        self._end = weakref.finalize(self, stop_fillers, self._fillers)
        self._store = open_store(self.view, self.vocabulary, kept, skip_damaged=skip_damaged)
        secret = ("galactica loader", self.view.hash, seed)
        mixture = Mixture(self.view.groups, self.view.weights, secret, epochs)
        self._packer = Packer(mixture, self._find, seq_len)
        self._sequence = 0
        self._sure: int | None = min(batch, LANES)
        try:
            if _state is not None:
                self._sequence = put_state(_state, self._named(), self._packer, len(self.view.sizes))
            check_length(self.view, self._store, seq_len)
        except BaseException:
            self.close()
            raise

    @classmethod
    def resume(
        cls,
        view: View | LoadedTexts | Path | str,
        state: Mapping[str, Any],
        *,
        tokenizer: Vocabulary | Path | str,
        batch: int | None = None,
        rank: int = 0,
        world_size: int = 1,
        workers: int = 0,
        kept: Path | None = None,
    ) -> Loader:
        """Go on where `state` was asked for, with as many ranks, rows and workers as are there now.

        Args:
            batch: rows of a global batch; None: as before.

        Raises:
            InputError: the state is damaged.
            UsageError: it is of another view or tokenizer; and as the class.
        """
        check_state(state)
        return cls(
            view,
            batch=state["batch"] if batch is None else batch,
            seq_len=state["seq_len"],
            seed=state["seed"],
            tokenizer=tokenizer,
            rank=rank,
            world_size=world_size,
            workers=workers,
            epochs=state["epochs"],
            skip_damaged=state["skip_damaged"],
            kept=kept,
            _state=state,
        )

    def state(self) -> dict[str, Any]:
        """Where the stream stands, for `resume`: what comes next is the batch after the one that was given last."""
        return packed_state(self._named(), self._sequence, self.batch, self._packer)

    @property
    def sequence(self) -> int:
        """Sequences that were given, by all ranks together."""
        return self._sequence

    @property
    def epochs(self) -> tuple[float, ...]:
        """How often the documents of each group were taken, the last time in part."""
        mixture = self._packer.mixture
        return tuple(
            place.epoch + place.position / max(mixture.members(group), 1) for group, place in enumerate(mixture.places)
        )

    @property
    def skipped(self) -> tuple[int, ...]:
        """Numbers of the documents that were left out so far because they are damaged, ascending."""
        return self._store.left_out()

    def __iter__(self) -> Iterator[Batch]:
        return self

    def __next__(self) -> Batch:
        first = self._sequence
        found = self._packer.sequences(self.batch)
        if not found:
            raise StopIteration
        self._sequence = first + self.batch
        self._sure = None
        if self._workers:
            self.start_workers()
        rows = self.batch // self.world_size
        begin = self.rank * rows
        own = found[begin : begin + rows]
        return Batch(number=first // self.batch, sequence=first + begin, tokens=self._filled(own, rows), stretches=own)

    def start_workers(self) -> None:
        """Start the processes that make tokens ahead; done by itself behind the first batch, which they would delay."""
        workers, self._workers = self._workers, 0
        worth = min(workers, self._store.missing() // WORTH)
        if worth:
            self._fillers += start_fillers(worth, self._task())

    def close(self) -> None:
        """End workers and let go of the files."""
        stop_fillers(self._fillers)
        self._store.close()

    def __enter__(self) -> Loader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _filled(self, own: Sequence[tuple[Stretch, ...]], rows: int) -> npt.NDArray[np.int32]:
        """The tokens of rows, padded where there are fewer."""
        out = np.empty((rows, self.seq_len), np.int32)
        tokens = self._store.tokens
        for row, stretches in enumerate(own):
            if len(stretches) == 1 and stretches[0][2] == self.seq_len:
                place = stretches[0][3]
                out[row] = tokens[place : place + self.seq_len]
                continue
            line, at = out[row], 0
            for _, _, length, place in stretches:
                line[at : at + length] = tokens[place : place + length]
                at += length
            line[at:] = self.vocabulary.end
        out[len(own) :] = self.vocabulary.end
        return out

    def _find(self, document: int) -> tuple[int, int]:
        """Where the tokens of a document begin, and how many it has; made if need be."""
        if not self._store.is_loaded(document):
            chunk = self._store.chunk_of(document)
            if self._store.is_made(chunk):
                self._store.load(chunk)
            else:
                self._store.load(chunk, self._upcoming(), self._beside(chunk))
        return self._store.find(document)

    def _beside(self, chunk: int) -> Sequence[int]:
        """What is best made with a chunk: for the first batch what that surely needs, later what lies beside it."""
        if self._sure is None:
            return self._store.block(chunk)
        sure, self._sure = self._sure, 1
        return self._store.few(self._upcoming(), sure)

    def _upcoming(self) -> Iterator[int]:
        """Chunks that will be needed soon and that nobody has made, from where the stream stands."""
        return needed_chunks(self._packer.mixture, self._packer, self._store)

    def _named(self) -> dict[str, Any]:
        return {
            "view": self.view.hash,
            "tokenizer": self.vocabulary.hash,
            "seed": self.seed,
            "seq_len": self.seq_len,
            "epochs": self._epochs,
            "skip_damaged": self._skip,
        }

    def _task(self) -> dict[str, Any]:
        """What workers are told."""
        editions = getattr(self.view, "editions", ())
        return {
            "view": str(self.view.path.absolute()),
            "editions": [str(each.path.absolute()) for each in editions],
            "tokenizer": self.vocabulary.raw.decode(),
            "folder": str(self._store.folder.absolute()),
            "hash": self.view.hash,
            "vocabulary": self.vocabulary.hash,
            "skip_damaged": self._skip,
        }
