"""A language model on disk: a folder that any program for Llamas opens, and that this one opens with care.

`model.safetensors`, `config.json`, `tokenizer.json`, `tokenizer_config.json`, `generation_config.json`; of ours also
`training.json`, `card.md` and `loss.png`. Whatever is read may come from anybody: sizes are bounded, shapes must be
those that the config says, no code is run and nothing is unpickled.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from galactica.edition.info import read_bounded
from galactica.encode.tensors import read_tensors
from galactica.errors import EditionError, InputError
from galactica.train.lm.shape import DecoderShape, shape_of
from galactica.train.loading.vocabulary import Vocabulary, VocabularyError

WEIGHTS, CONFIG, TOKENIZER = "model.safetensors", "config.json", "tokenizer.json"
TOKENIZER_CONFIG, GENERATION = "tokenizer_config.json", "generation_config.json"
TRAINING, CARD, LOSS = "training.json", "card.md", "loss.png"

MOST_CONFIG = 2**20
"""Bytes of a config.json; the largest in use have some kilobytes."""

MOST_TRAINING = 64 * 2**20
"""Bytes of a training.json: curve, samples with their places, figures."""

_FLOATS = (np.dtype("<f4"), np.dtype("<f2"))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LanguageModel:
    """A model, open.

    Attributes:
        path: its folder.
        shape: how large it is.
        tensors: name → `float32` or `float16`, views of the mapped file.
        vocabulary: its tokenizer.
        end: the token that ends a document, and stands before the next.
        training: what training.json says; empty where there is none.
    """

    path: Path
    shape: DecoderShape
    tensors: Mapping[str, NDArray[Any]]
    vocabulary: Vocabulary
    end: int
    training: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Of its folder."""
        return self.path.absolute().name


def open_model(path: Path) -> LanguageModel:
    """Open a model's folder.

    Raises:
        InputError: there is none, it is damaged, or no Llama that is computed here; its tokenizer is another one's.
        MissingError: `tokenizers` is not installed.
    """
    shape, config = shape_of(_read(path, CONFIG, MOST_CONFIG).encode(), str(path / CONFIG))
    tensors = _tensors(path, shape)
    vocabulary = Vocabulary.open(path)
    if vocabulary.size > shape.vocabulary:
        raise VocabularyError(
            f"{path / TOKENIZER} has {vocabulary.size:,} tokens, and the model knows {shape.vocabulary:,}.",
            "Use the tokenizer.json that the model was made with.",
        )
    training = read_training(path)
    told = training.get("tokenizer")
    if isinstance(told, str):
        vocabulary.check(told, f"The model {path}")
    end = config.get("bos_token_id")
    if not isinstance(end, int) or isinstance(end, bool) or not 0 <= end < shape.vocabulary:
        end = vocabulary.end
    return LanguageModel(path=path, shape=shape, tensors=tensors, vocabulary=vocabulary, end=end, training=training)


def read_training(path: Path) -> dict[str, Any]:
    """What a model's training.json says; empty where there is none.

    Raises:
        InputError: it is damaged.
    """
    if not (path / TRAINING).exists():
        return {}
    try:
        given = json.loads(_read(path, TRAINING, MOST_TRAINING))
        if not isinstance(given, dict):
            raise ValueError("no JSON object")
    except (ValueError, RecursionError):
        raise InputError(f"{path / TRAINING} is damaged.", "Take it away, or train the model again.") from None
    return given


def _read(path: Path, name: str, most: int) -> str:
    try:
        return read_bounded(path / name, most)
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(
            f"{path} is no model: there is no {name} in it.", "Name a folder that galactica train lm made."
        ) from None
    except (OSError, ValueError) as error:
        raise InputError(
            f"{path / name} cannot be read: {getattr(error, 'strerror', None) or error}.", "Fetch the model again."
        ) from error


def _tensors(path: Path, shape: DecoderShape) -> dict[str, NDArray[Any]]:
    file = path / WEIGHTS
    if not file.is_file():
        raise InputError(
            f"{path} is no model: there is no {WEIGHTS} in it.", "Name a folder that galactica train lm made."
        )
    try:
        arrays, _ = read_tensors(file)
    except EditionError as error:
        raise InputError(error.problem, "Fetch the model again, or train it again.") from error
    wanted = shape.tensors
    for name, size in wanted.items():
        array = arrays.get(name)
        if array is None or array.shape != size:
            found = "is not there" if array is None else f"has the shape {_told(array.shape)}"
            raise InputError(
                f"{file} does not fit its config.json: {name} {found}, where {_told(size)} is said.",
                "Fetch the model again: its files are of two models, or one is damaged.",
            )
        if array.dtype not in _FLOATS:
            raise InputError(f"{file} holds numbers of a kind that is not read here ({name}).", "Write it as float32.")
    more = next((name for name in arrays if name not in wanted), None)
    if more is not None and not more.endswith("rotary_emb.inv_freq"):
        raise InputError(f"{file} holds what its config.json does not say: {more[:200]}.", "It is no plain Llama.")
    return {name: arrays[name] for name in wanted}


def _told(size: tuple[int, ...]) -> str:
    return " × ".join(map(str, size)) or "a single number"
