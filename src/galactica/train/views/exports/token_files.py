"""A view as files of tokens, as nanoGPT and those after it read them: `train.bin`, `val.bin`, `meta.json`.

Tokens are little-endian numbers without a header, 16 bits where the vocabulary fits and else 32; after each document
stands the token that ends one. `meta.json` says what a trainer has to know: `dtype`, `vocab_size`, `eot_token`, how
many tokens each file has, the tokenizer's SHA-256 and the view. Which documents are held back for `val.bin` is told by
the SHA-256 of their text: the same ones whatever else is in the view.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from galactica.errors import InputError
from galactica.train.views.tokens import read_tokenizer
from galactica.train.views.view import View

ENDS = ("<|end|>", "<|endoftext|>", "</s>", "<|end_of_text|>", "<eos>", "[SEP]", "<|im_end|>")
"""What a token is called that ends a document: the first that the tokenizer has."""

AT_ONCE = 2**20
"""Bytes of text that are handed to the tokenizer together."""

PARTS = "parts"


class TokenForm:
    """`train.bin` and `val.bin`, of one part for each stretch of the view.

    Args:
        tokenizer: `tokenizer.json`.
        held_back: share of the documents that `val.bin` has, 0 to 1.

    Raises:
        InputError: it is no tokenizer, or has no token that ends a document.
        MissingError: the package `tokenizers` is not installed.
    """

    def __init__(self, view: View, tokenizer: Path, held_back: float) -> None:
        self._view = view
        self._made, self._digest = read_tokenizer(tokenizer)
        known = self._made.get_vocab(with_added_tokens=True)
        name = next((each for each in ENDS if each in known), None)
        if name is None:
            raise InputError(
                f"{tokenizer} has no token that ends a document.", f"It must have one of {', '.join(ENDS)}."
            )
        self._end: int = known[name]
        self._size = max(known.values()) + 1
        self._kind = "<u2" if self._size <= 2**16 else "<u4"
        self._share = held_back
        self._held = view.held_back(held_back)

    @property
    def settings(self) -> Mapping[str, object]:
        """What the files depend on besides the view."""
        return {"form": "tokens", "tokenizer": self._digest, "held_back": self._share}

    def name(self, shard: int) -> str:
        """Of a part: tokens to train with, then those that are held back; its first 8 bytes say how many the first
        are."""
        return f"{PARTS}/{shard:05}"

    def write(self, path: Path, start: int, stop: int) -> None:
        """Write one part."""
        tokens: tuple[list[bytes], list[bytes]] = ([], [])
        for numbers, texts in self._batches(start, stop):
            for number, each in zip(numbers, self._made.encode_batch(texts, add_special_tokens=False), strict=True):
                tokens[int(self._held[number])].append(np.array([*each.ids, self._end], self._kind).tobytes())
        train = b"".join(tokens[0])
        path.write_bytes(len(train).to_bytes(8, "little") + train + b"".join(tokens[1]))

    def finish(self, folder: Path, borders: Sequence[tuple[int, int]]) -> None:
        """Put the parts together and write `meta.json`."""
        with (folder / "train.bin").open("wb") as train, (folder / "val.bin").open("wb") as held:
            for number in range(len(borders)):
                with (folder / self.name(number)).open("rb") as part:
                    size = int.from_bytes(part.read(8), "little")
                    while size:
                        size -= train.write(part.read(min(size, AT_ONCE)))
                    shutil.copyfileobj(part, held)
        width = int(self._kind[-1])
        meta: dict[str, Any] = {
            "dtype": f"uint{8 * width}",
            "vocab_size": self._size,
            "eot_token": self._end,
            "train_tokens": (folder / "train.bin").stat().st_size // width,
            "val_tokens": (folder / "val.bin").stat().st_size // width,
            "tokenizer_sha256": self._digest,
            "view": self._view.hash,
        }
        (folder / "meta.json").write_text(json.dumps(meta, sort_keys=True, indent=1) + "\n")
        shutil.rmtree(folder / PARTS)

    def _batches(self, start: int, stop: int) -> Iterator[tuple[list[int], list[str]]]:
        numbers: list[int] = []
        texts: list[str] = []
        size = 0
        for number, text in self._view.scan(start, stop):
            numbers.append(number)
            texts.append(text.decode())
            size += len(text)
            if size >= AT_ONCE:
                yield numbers, texts
                numbers, texts, size = [], [], 0
        if numbers:
            yield numbers, texts
