"""A tokenizer, open for training: text in, numbers out, and what it calls the end of a document.

The one module that loads `tokenizers` for encoding (the extra `ask` or `train` brings it). A file is hostile: its size
and vocabulary have bounds, a text that spells a special token is never read as one, and no text gets more tokens than
it has bytes, which is what the store's places are cut for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from galactica.edition.info import read_bounded
from galactica.errors import InputError, MissingError, UsageError
from galactica.train.loading.words import PIECE, KnownPieces

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
        quick: whether texts are encoded by a table (`words`).
        kind: how a token is kept, `<u2` where the vocabulary fits into 16 bits, else `<u4`.
    """

    def __init__(self, raw: bytes, tokenizer: Any, end: int) -> None:  # noqa: ANN401  # `tokenizers` is untyped
        self.raw = raw
        self.hash = hashlib.sha256(raw).hexdigest()
        self.size: int = tokenizer.get_vocab_size(with_added_tokens=True)
        self.end = end
        self.kind: np.dtype[Any] = np.dtype("<u2" if self.size <= 2**16 else "<u4")
        self.quick = _is_quick(json.loads(raw))
        self._tokenizer = tokenizer
        self._table: KnownPieces | None = None

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
        library = tokenizers_library()
        broken = InputError(f"{name} is no tokenizer that can be read.", "Make it again: galactica train tokenizer.")
        try:
            tokenizer = library.Tokenizer.from_str(raw.decode())
            tokenizer.encode_special_tokens = True
            tokenizer.no_padding()
            tokenizer.no_truncation()
            vocabulary: dict[str, int] = tokenizer.get_vocab(with_added_tokens=True)
        except BaseException as error:  # `tokenizers` raises bare exceptions, and PyO3's is none
            if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
                raise
            raise broken from error
        size = len(vocabulary)
        if not 2 <= size <= MAX_VOCABULARY or set(vocabulary.values()) != set(range(size)):
            raise InputError(
                f"{name} has {size:,} tokens, or does not number them from 0 on.",
                f"A vocabulary has 2 to {MAX_VOCABULARY:,} tokens, numbered without a gap.",
            )
        end = next((vocabulary[token] for token in ENDS if token in vocabulary), None)
        if end is None:
            raise InputError(f"{name} has no token that ends a document.", f"It needs one of: {', '.join(ENDS)}.")
        return cls(raw, tokenizer, end)

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
        if self.quick:
            return [np.frombuffer(raw, self.kind) for raw in self._pieces().encode(texts)]
        return [np.array(ids, self.kind) for ids in self._slow(list(texts))]

    def decode(self, tokens: Sequence[int]) -> str:
        """The text of tokens, special ones left out; what is no valid UTF-8 becomes U+FFFD."""
        text: str = self._tokenizer.decode([int(token) for token in tokens], skip_special_tokens=True)
        return text

    def token(self, text: str) -> int | None:
        """The number of a token, special ones among them; None where there is none."""
        number: int | None = self._tokenizer.token_to_id(text)
        return number

    def _pieces(self) -> KnownPieces:
        if self._table is None:
            plain: dict[str, int] = self._tokenizer.get_vocab(with_added_tokens=False)
            lengths = np.zeros(self.size, np.int64)
            lengths[list(plain.values())] = [len(token) for token in plain]  # a letter of the alphabet is a byte
            decoded = self._tokenizer.decode_batch([[number] for number in plain.values()], skip_special_tokens=True)
            own = sorted({each for each in decoded if each and "\ufffd" not in each})
            self._table = KnownPieces(_piece_encoder(self.raw, lengths, self.kind), own)
        return self._table

    def _slow(self, texts: list[str]) -> list[Sequence[int]]:
        found: list[Sequence[int]] = []
        for at in range(0, len(texts), _BATCH):
            several = self._tokenizer.encode_batch_fast(texts[at : at + _BATCH], add_special_tokens=False)
            found.extend(each.ids for each in several)
        return found


def _piece_encoder(
    raw: bytes, lengths: npt.NDArray[np.int64], kind: np.dtype[Any]
) -> Callable[[list[str]], list[bytes]]:
    """What gives the tokens of pieces, as bytes of `kind`.

    All are asked for as the words of one text, which takes half the time; where one ends and the next begins is told
    by the bytes that each token stands for.
    """
    document = json.loads(raw)
    document["pre_tokenizer"] = piece_rule()["pretokenizers"][-1]
    tokenizer = tokenizers_library().Tokenizer.from_str(json.dumps(document))
    tokenizer.encode_special_tokens = True

    def encode(pieces: list[str]) -> list[bytes]:
        if not pieces:
            return []
        found = tokenizer.encode_batch_fast([pieces], is_pretokenized=True, add_special_tokens=False)[0]
        ids = np.array(found.ids, kind)
        ends = np.cumsum([len(piece.encode()) for piece in pieces])
        borders = np.searchsorted(np.cumsum(lengths[ids]), ends) + 1
        tokens, size = ids.tobytes(), kind.itemsize
        return [tokens[size * a : size * b] for a, b in zip((0, *borders[:-1]), borders, strict=True)]

    return encode


def as_vocabulary(given: Vocabulary | Path | str) -> Vocabulary:
    """A tokenizer, opened where it is a path."""
    if isinstance(given, Vocabulary):
        return given
    if not isinstance(given, Path | str):
        raise UsageError("A loader needs a tokenizer.", "Give it the path of a tokenizer.json, or a Vocabulary.")
    return Vocabulary.open(given)


def piece_rule() -> dict[str, Any]:
    """How `tokenizers` writes a tokenizer that cuts by `words.PIECE` and knows bytes."""
    return {
        "type": "Sequence",
        "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": PIECE}, "behavior": "Isolated", "invert": False},
            {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False},
        ],
    }


def _is_quick(raw: dict[str, Any]) -> bool:
    """Whether the tokens of a text are surely those of its pieces."""
    model = raw.get("model") or {}
    return (
        raw.get("pre_tokenizer") == piece_rule()
        and raw.get("normalizer") is None
        and model.get("type") == "BPE"
        and not model.get("dropout")
        and not model.get("end_of_word_suffix")
        and not model.get("continuing_subword_prefix")
        and all(each.get("special") for each in raw.get("added_tokens") or ())
    )


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
