"""A tokenizer's file is opened with care, and known by its bytes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from galactica.errors import InputError, UsageError
from galactica.train.loading import vocabulary as module
from galactica.train.loading.vocabulary import END, Vocabulary, VocabularyError, as_vocabulary
from tests.train.loading.conftest import small_tokenizer


def test_it_is_opened_from_its_file_or_the_folder_of_a_model(tmp_path: Path, vocabulary: Vocabulary) -> None:
    (tmp_path / "tokenizer.json").write_bytes(vocabulary.raw)
    for place in (tmp_path, tmp_path / "tokenizer.json", str(tmp_path)):
        assert as_vocabulary(place).hash == vocabulary.hash
    assert vocabulary.token(END) == vocabulary.end == 0
    assert vocabulary.kind == np.dtype("<u2")
    assert vocabulary.size == 400


def test_a_text_that_spells_a_special_token_is_not_read_as_one(vocabulary: Vocabulary) -> None:
    spelled = f"an {END} in a text"
    tokens = vocabulary.encode([spelled])[0].tolist()
    assert vocabulary.end not in tokens
    assert vocabulary.decode([*tokens, vocabulary.end]) == spelled
    assert vocabulary.end not in [number for ids in vocabulary._slow([spelled]) for number in ids]


@pytest.mark.parametrize("raw", [b"", b"{}", b"no json", b"\xff\xfe", b'{"model": {"type": "BPE"}}', b"[" * 100_000])
def test_what_is_no_tokenizer_is_refused(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "tokenizer.json"
    file.write_bytes(raw)
    with pytest.raises(InputError, match="tokenizer"):
        Vocabulary.open(file)


def test_one_that_is_not_there_or_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        Vocabulary.open(tmp_path / "absent.json")
    with pytest.raises(InputError, match="cannot be read"):
        Vocabulary.open(tmp_path)
    (tmp_path / "large.json").write_bytes(b" " * 101)
    monkeypatch.setattr(module, "MAX_FILE", 100)
    with pytest.raises(InputError, match="cannot be read"):
        Vocabulary.open(tmp_path / "large.json")


def test_one_with_a_gap_in_its_numbers_is_refused() -> None:
    raw = json.loads(small_tokenizer())
    word = next(token for token, number in raw["model"]["vocab"].items() if number == 399)
    raw["model"]["vocab"][word] = 2**31
    with pytest.raises(InputError, match="number them from 0"):
        Vocabulary.of(json.dumps(raw).encode())


def test_one_without_an_end_is_refused() -> None:
    raw = json.loads(small_tokenizer().replace(END.encode(), b"<|other|>"))
    with pytest.raises(InputError, match="ends a document"):
        Vocabulary.of(json.dumps(raw).encode())


def test_another_one_than_was_used_is_an_error_of_its_own(vocabulary: Vocabulary) -> None:
    vocabulary.check(vocabulary.hash, "The checkpoint")
    with pytest.raises(VocabularyError, match="The checkpoint was made with another vocabulary"):
        vocabulary.check("0" * 64, "The checkpoint")


def test_what_is_given_as_a_tokenizer_and_is_none_is_said() -> None:
    with pytest.raises(UsageError, match="needs a tokenizer"):
        as_vocabulary(None)  # type: ignore[arg-type]
