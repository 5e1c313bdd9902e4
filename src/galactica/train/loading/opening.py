"""What a loader is asked for: numbers in their ranges, a view that can be opened, a folder that takes its tokens."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from galactica.errors import MissingError, UsageError
from galactica.placing import check_home
from galactica.train.loading.chunk_texts import LoadedTexts
from galactica.train.loading.store import TokenStore
from galactica.train.loading.vocabulary import Vocabulary

if TYPE_CHECKING:
    from galactica.train.views.view import View

MAX_SEQ_LEN = 2**20
MAX_BATCH = 2**20
MAX_BATCH_TOKENS = 2**28
"""Of a global batch: a gigabyte as `int32`, more than any machine is given at once."""

MAX_EPOCHS = 1_000_000
MAX_SEED = 2**63 - 1
MAX_WORKERS = 256
"""Processes of one loader."""

TOKENS = "tokens"
"""Folder of a view with what tokenizers made of it."""


def check_numbers(
    *, batch: int, seq_len: int, seed: int, rank: int, world_size: int, workers: int, epochs: int | None
) -> None:
    """Raise UsageError where a number is out of its range."""
    _within("batch", batch, 1, MAX_BATCH)
    _within("seq_len", seq_len, 1, MAX_SEQ_LEN)
    _within("seed", seed, 0, MAX_SEED)
    _within("world_size", world_size, 1, MAX_BATCH)
    _within("rank", rank, 0, world_size - 1)
    _within("workers", workers, 0, MAX_WORKERS)
    if epochs is not None:
        _within("epochs", epochs, 1, MAX_EPOCHS)
    if batch * seq_len > MAX_BATCH_TOKENS:
        raise UsageError(
            f"A batch of {batch:,} times {seq_len:,} tokens is larger than any machine is given at once.",
            f"Ask for at most {MAX_BATCH_TOKENS:,} tokens in a batch.",
        )
    if batch % world_size:
        raise UsageError(
            f"A batch of {batch:,} rows cannot be shared evenly by {world_size:,} ranks.",
            "Ask for a batch that is a multiple of world_size; it counts the rows of all ranks together.",
        )


def _within(name: str, value: object, least: int, most: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise UsageError(f"{name} is {value!r}.", f"It is a whole number from {least:,} to {most:,}.")


def opened_texts(view: View | LoadedTexts | Path | str) -> LoadedTexts:
    """A view, opened where it is a path."""
    if not isinstance(view, Path | str):
        return view
    from galactica.train.views.view import View

    return View.open(view)


def open_store(view: LoadedTexts, vocabulary: Vocabulary, kept: Path | None, *, skip_damaged: bool) -> TokenStore:
    """The store of a view's tokens: in `kept`, else in the view's folder, else in the person's cache.

    Raises:
        InputError: the view is empty.
        MissingError: none of them can be written to.
    """
    name = f"{view.hash[:16]}-{vocabulary.hash[:16]}{'-skipped' if skip_damaged else ''}"
    places = [kept / name] if kept else [view.path / TOKENS / name]
    if not kept and view.path.is_dir() and not os.access(view.path, os.W_OK):
        import platformdirs

        cache = platformdirs.user_cache_path("galactica", appauthor=False)
        check_home(cache, "XDG_CACHE_HOME")
        places = [cache / TOKENS / name]
    try:
        places[0].parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MissingError(
            f"Tokens cannot be kept in {places[0].parent}: {error.strerror}.",
            "Name a folder that can be written to (kept).",
        ) from error
    return TokenStore.open(places[0], view, vocabulary, skip_damaged=skip_damaged)


def check_length(view: LoadedTexts, store: TokenStore, seq_len: int) -> None:
    """Raise UsageError where all documents together do not fill one sequence.

    Only a view that is near to that has its tokens counted; they are no more than its bytes and its documents.
    """
    most = int(view.sizes.sum(dtype="int64")) + len(view.sizes)
    tokens = most
    if seq_len <= most < _SURELY * seq_len:
        tokens = sum(store.count(document) for document in range(len(view.sizes)))
    if tokens < seq_len:
        raise UsageError(
            f"The view {view.path} has {'at most ' if tokens == most else ''}{tokens:,} tokens, less than one sequence"
            f" of {seq_len:,}.",
            "Ask for a shorter seq_len, or make a larger view.",
        )


_SURELY = 16
"""Bytes for each token of a sequence from which on a view surely fills one: no tokenizer's tokens are so long."""
