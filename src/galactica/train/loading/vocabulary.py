"""A tokenizer, open for training: text in, numbers out, and what it calls the end of a document.

The one module that loads `tokenizers` for encoding (the extra `ask` or `train` brings it). A file is hostile: its size
and vocabulary have bounds, a text that spells a special token is never read as one, and no text gets more tokens than
it has bytes, which is what the store's places are cut for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from galactica.edition.info import read_bounded
from galactica.errors import InputError, MissingError, UsageError
from galactica.train.loading.known_pieces import KnownPieces
from galactica.train.loading.learned import piece_rule, read_learned, read_numbers

END = "<|end|>"
"""What ends a document in a tokenizer of ours."""

ENDS = (END, "<|endoftext|>", "</s>", "<|end_of_text|>", "<eos>", "[SEP]", "<|im_end|>")
"""What ends a document elsewhere; the first that a vocabulary has is taken."""

MAX_FILE = 64 * 2**20
"""Bytes of a tokenizer's file: the largest published ones have some 30 MB."""

MAX_VOCABULARY = 2**20
"""Tokens: the largest published vocabularies have a quarter of that."""

_BATCH = 256
"""Texts given to the tokenizer at once."""


class VocabularyError(InputError):
    """A vocabulary is not the one that a model, a run or a store of tokens was made with."""


class Vocabulary:
    """A tokenizer. Open it with `Vocabulary.open`.

    Attributes:
        raw: the file's bytes.
        hash: their SHA-256, hex: the tokenizer's name.
        size: tokens, special ones among them; each is a number below it.
        end: number of the token that ends a document.
        kind: how a token is kept, `<u2` where the vocabulary fits into 16 bits, else `<u4`.
    """

    def __init__(self, raw: bytes, size: int, end: int, document: object, tokenizer: Any) -> None:  # noqa: ANN401  # `tokenizers` is untyped
        self.raw = raw
        self.hash = hashlib.sha256(raw).hexdigest()
        self.size = size
        self.end = end
        self.kind: np.dtype[Any] = np.dtype("<u2" if self.size <= 2**16 else "<u4")
        self._document = document
        self._made = tokenizer
        self._table: KnownPieces | None = None

    @property
    def quick(self) -> bool:
        """Whether texts are encoded by a table (`known_pieces`)."""
        return self._pieces() is not None

    @classmethod
    def open(cls, path: Path | str) -> Vocabulary:
        """Open `tokenizer.json` of a file, or of a folder that has one.

        Raises:
            InputError: there is none, or it is damaged, or has no token for the end of a document.
            MissingError: `tokenizers` is not installed.
        """
        path = Path(path)
        file = path / "tokenizer.json" if path.is_dir() else path
        try:
            raw = read_bounded(file, MAX_FILE).encode()
        except (OSError, ValueError) as error:
            raise InputError(
                f"{file} cannot be read as a tokenizer: {getattr(error, 'strerror', None) or error}.",
                "Name a tokenizer.json; `galactica train tokenizer` makes one.",
            ) from error
        return cls.of(raw, str(file))

    @classmethod
    def of(cls, raw: bytes, name: str = "This") -> Vocabulary:
        """The tokenizer whose file has these bytes; raises as `open` does."""
        broken = InputError(f"{name} is no tokenizer that can be read.", "Make it again: galactica train tokenizer.")
        try:
            document: object = json.loads(raw)
        except (ValueError, RecursionError):
            document = None
        tokenizer: Any = None
        numbers = read_numbers(document)
        if numbers is None:
            tokenizer = _read_by_library(raw, broken)
        vocabulary: Mapping[str, int] = tokenizer.get_vocab(with_added_tokens=True) if numbers is None else numbers
        size = len(vocabulary)
        if not 2 <= size <= MAX_VOCABULARY or set(vocabulary.values()) != set(range(size)):
            raise InputError(
                f"{name} has {size:,} tokens, or does not number them from 0 on.",
                f"A vocabulary has 2 to {MAX_VOCABULARY:,} tokens, numbered without a gap.",
            )
        end = next((vocabulary[token] for token in ENDS if token in vocabulary), None)
        if end is None:
            raise InputError(f"{name} has no token that ends a document.", f"It needs one of: {', '.join(ENDS)}.")
        return cls(raw, size, end, document, tokenizer)

    def check(self, expected: str, what: str) -> None:
        """See that this is the vocabulary that something was made with.

        Args:
            expected: hash of that vocabulary.
            what: was made with it ("The checkpoint x").

        Raises:
            VocabularyError: it is another.
        """
        if self.hash != expected:
            raise VocabularyError(
                f"{what} was made with another vocabulary ({expected[:16]}…) than this one ({self.hash[:16]}…).",
                "Name the tokenizer.json that it was made with, or begin anew.",
            )

    def encode(self, texts: Sequence[str]) -> list[npt.NDArray[Any]]:
        """The tokens of texts, none added: `kind [tokens]` each."""
        tokens, counts = self.encode_ended([text.encode() for text in texts])
        ends = np.cumsum(counts)
        return [tokens[end - count : end - 1] for end, count in zip(ends.tolist(), counts.tolist(), strict=True)]

    def encode_ended(self, texts: Sequence[bytes]) -> tuple[npt.NDArray[Any], npt.NDArray[np.int64]]:
        """The tokens of texts with their ends.

        Args:
            texts: in valid UTF-8.

        Returns:
            (`kind [tokens]`, text after text, the token of the end behind each; `int64 [texts]`, how many each has, its
            end among them).
        """
        if (table := self._pieces()) is not None:
            return table.encode(texts)
        ids = self._slow([text.decode() for text in texts])
        counts = np.array([len(each) + 1 for each in ids], np.int64)
        parts = [np.array([*each, self.end], self.kind) for each in ids]
        return np.concatenate(parts) if parts else np.zeros(0, self.kind), counts

    def decode(self, tokens: Sequence[int]) -> str:
        """The text of tokens, special ones left out; what is no valid UTF-8 becomes U+FFFD."""
        text: str = self._tokenizer.decode([int(token) for token in tokens], skip_special_tokens=True)
        return text

    def token(self, text: str) -> int | None:
        """The number of a token, special ones among them; None where there is none."""
        number: int | None = self._tokenizer.token_to_id(text)
        return number

    def _pieces(self) -> KnownPieces | None:
        """The table, made when it is first asked for: tokens that are there are given without it. None where the
        tokenizer is not one of ours."""
        if self._document is not None:
            learned = read_learned(self._document)
            if learned is not None:
                self._table = KnownPieces(learned.merges, learned.joints, self.end, self.kind)
            self._document = None
        return self._table

    @property
    def _tokenizer(self) -> Any:  # noqa: ANN401  # `tokenizers` is untyped
        """The tokenizer of `tokenizers`, which one of ours needs for little, and late."""
        if self._made is None:
            self._made = _read_by_library(
                self.raw,
                InputError("This is no tokenizer that can be read.", "Make it again: galactica train tokenizer."),
            )
        return self._made

    def _slow(self, texts: list[str]) -> list[Sequence[int]]:
        found: list[Sequence[int]] = []
        for at in range(0, len(texts), _BATCH):
            several = self._tokenizer.encode_batch_fast(texts[at : at + _BATCH], add_special_tokens=False)
            found.extend(each.ids for each in several)
        return found


def _read_by_library(raw: bytes, broken: InputError) -> Any:  # noqa: ANN401  # `tokenizers` is untyped
    """What `tokenizers` makes of a tokenizer's file."""
    library = tokenizers_library()
    try:
        tokenizer = library.Tokenizer.from_str(raw.decode())
        tokenizer.encode_special_tokens = True
        tokenizer.no_padding()
        tokenizer.no_truncation()
        tokenizer.get_vocab(with_added_tokens=True)
    except BaseException as error:  # `tokenizers` raises bare exceptions, and PyO3's is none
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        raise broken from error
    return tokenizer


def as_vocabulary(given: Vocabulary | Path | str) -> Vocabulary:
    """A tokenizer, opened where it is a path."""
    if isinstance(given, Vocabulary):
        return given
    if not isinstance(given, Path | str):
        raise UsageError("A loader needs a tokenizer.", "Give it the path of a tokenizer.json, or a Vocabulary.")
    return Vocabulary.open(given)


def tokenizers_library() -> Any:  # noqa: ANN401  # untyped
    """The package `tokenizers`.

    Raises:
        MissingError: it is not installed.
    """
    try:
        import tokenizers
    except ImportError as error:
        raise MissingError(
            "Reading a tokenizer needs the package tokenizers.", 'Install it: pip install "galactica[ask]"'
        ) from error
    return tokenizers


def untrained_tokenizer(library: Any) -> Any:  # noqa: ANN401  # `tokenizers` is untyped
    """A byte-level BPE tokenizer of no merges, which cuts by our rule; `library` is what `tokenizers_library` gave."""
    begun: dict[str, Any] = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": None,
        "pre_tokenizer": piece_rule(),
        "post_processor": None,
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {"type": "BPE", "vocab": {}, "merges": []},
    }
    return library.Tokenizer.from_str(json.dumps(begun))
