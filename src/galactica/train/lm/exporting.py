"""A trained model as others open it: safetensors, Llama's config, the tokenizer, how it is asked to write."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from galactica.encode.tensors import write_tensors
from galactica.train.lm.model import CONFIG, GENERATION, TOKENIZER, TOKENIZER_CONFIG, WEIGHTS
from galactica.train.lm.shape import DecoderShape
from galactica.train.loading.vocabulary import ENDS, Vocabulary


def write_model(
    folder: Path, shape: DecoderShape, tensors: Mapping[str, NDArray[np.float32]], vocabulary: Vocabulary
) -> None:
    """Write a model's files into a folder.

    Args:
        tensors: by the names of `DecoderShape.tensors`.
    """
    end = vocabulary.end
    # transformers looks for the entry `format`, and for nothing else that says how the file is to be read.
    write_tensors(folder / WEIGHTS, tensors, {"format": "pt"})
    word = next(each for each in ENDS if vocabulary.token(each) == end)
    (folder / TOKENIZER).write_bytes(with_beginning(vocabulary.raw, word, end))
    documents: dict[str, dict[str, object]] = {
        CONFIG: shape.config(begin=end, end=end),
        TOKENIZER_CONFIG: {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.context,
            "bos_token": word,
            "eos_token": word,
            "clean_up_tokenization_spaces": False,
            "add_bos_token": True,
        },
        GENERATION: {
            "bos_token_id": end,
            "eos_token_id": end,
            "pad_token_id": end,
            "do_sample": True,
            "temperature": 0.8,
            "top_p": 0.95,
        },
    }
    for name, document in documents.items():
        (folder / name).write_text(json_text(document), encoding="ascii", newline="\n")


def with_beginning(raw: bytes, word: str, number: int) -> bytes:
    """A tokenizer's file that puts the end of a document before each text where special tokens are asked for.

    So whoever opens the model elsewhere begins as it was trained to.
    """
    document = json.loads(raw)
    token = {"SpecialToken": {"id": word, "type_id": 0}}
    if document.get("post_processor") is None:
        document["post_processor"] = {
            "type": "TemplateProcessing",
            "single": [token, {"Sequence": {"id": "A", "type_id": 0}}],
            "pair": [token, {"Sequence": {"id": "A", "type_id": 0}}, token, {"Sequence": {"id": "B", "type_id": 0}}],
            "special_tokens": {word: {"id": word, "ids": [number], "tokens": [word]}},
        }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def json_text(document: Mapping[str, object]) -> str:
    """A document as every file of a model has it: ASCII, sorted, readable, the same for the same values."""
    return json.dumps(document, ensure_ascii=True, sort_keys=True, indent=1, allow_nan=False) + "\n"
