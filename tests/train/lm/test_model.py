"""A model's folder from anywhere: what is wrong with it is said, and nothing is made of it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from galactica.encode.tensors import read_tensors, write_tensors
from galactica.errors import GalacticaError, InputError
from galactica.train.lm.model import open_model
from galactica.train.loading.vocabulary import VocabularyError

from .conftest import config_with


def test_a_model_opens_with_its_tensors_mapped(model_folder: Path) -> None:
    model = open_model(model_folder)
    assert {name: array.shape for name, array in model.tensors.items()} == model.shape.tensors
    assert model.end == model.vocabulary.end
    assert (model.name, model.training) == ("drawn", {})


def test_no_folder_and_no_model_are_said(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(InputError, match=r"no config\.json"):
            open_model(path)


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "tokenizer.json"])
@pytest.mark.parametrize("raw", [None, b"", b"\xff" * 9, b"{}", b"[" * 50_000, b'{"a": ' * 50_000])
def test_a_file_that_is_missing_or_none_is_an_error(model_folder: Path, name: str, raw: bytes | None) -> None:
    file = model_folder / name
    file.unlink()
    if raw is not None:
        file.write_bytes(raw)
    with pytest.raises(GalacticaError) as error:
        open_model(model_folder)
    assert error.value.exit_code == 3


def test_weights_cut_off_anywhere_are_an_error(model_folder: Path) -> None:
    file = model_folder / "model.safetensors"
    raw = file.read_bytes()
    for keep in (0, 4, 8, 100, 1000, len(raw) // 2, len(raw) - 1):
        file.write_bytes(raw[:keep])
        with pytest.raises(InputError, match=r"cannot be read|does not fit"):
            open_model(model_folder)


@pytest.mark.parametrize(
    "changes",
    [
        {"hidden_size": 32},
        {"num_hidden_layers": 3},
        {"num_hidden_layers": 1},
        {"intermediate_size": 25},
        {"vocab_size": 401},
        {"tie_word_embeddings": False},
        {"num_key_value_heads": 4},
        {"num_hidden_layers": 256, "hidden_size": 16384, "head_dim": None, "intermediate_size": 65536},
    ],
)
def test_a_config_of_another_model_is_an_error(model_folder: Path, changes: dict[str, object]) -> None:
    config_with(model_folder, **changes)
    with pytest.raises(InputError, match=r"does not fit|does not say|wider or narrower"):
        open_model(model_folder)


def test_numbers_of_another_kind_are_an_error_and_halves_are_read(model_folder: Path) -> None:
    file = model_folder / "model.safetensors"
    arrays, about = read_tensors(file)
    write_tensors(file, {name: array.astype(np.float16) for name, array in arrays.items()}, about)
    assert open_model(model_folder).tensors["model.norm.weight"].dtype == np.float16
    write_tensors(file, {name: array.astype(np.int32) for name, array in arrays.items()}, about)
    with pytest.raises(InputError, match="kind"):
        open_model(model_folder)


def test_a_larger_tokenizer_than_the_model_has_is_an_error(model_folder: Path) -> None:
    file = model_folder / "tokenizer.json"
    given = json.loads(file.read_text())
    number = len(given["model"]["vocab"])
    given["added_tokens"].append(
        {
            "id": number,
            "content": "<|more|>",
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
            "special": True,
        }
    )
    file.write_text(json.dumps(given))
    with pytest.raises(VocabularyError, match="tokens, and the model knows"):
        open_model(model_folder)


def test_a_tokenizer_whose_hash_training_does_not_name_is_an_error(model_folder: Path) -> None:
    (model_folder / "training.json").write_text(json.dumps({"tokenizer": "00" * 32}))
    with pytest.raises(VocabularyError, match="another vocabulary"):
        open_model(model_folder)


@pytest.mark.parametrize("raw", ["", "[]", "{", "[" * 50_000, '{"plan": 3, "view": [], "tokenizer": 9}'])
def test_a_training_that_is_none_is_an_error_or_says_nothing(model_folder: Path, raw: str) -> None:
    (model_folder / "training.json").write_text(raw)
    if raw.startswith('{"plan"'):
        assert open_model(model_folder).training["plan"] == 3
    else:
        with pytest.raises(InputError, match=r"training\.json is damaged"):
            open_model(model_folder)


@pytest.mark.parametrize("end", [-1, 10**9, "0", True, None, [0]])
def test_a_beginning_that_is_no_token_is_that_of_the_tokenizer(model_folder: Path, end: object) -> None:
    config_with(model_folder, bos_token_id=end)
    assert open_model(model_folder).end == 0
