"""Tokens by merges and a table are those that `tokenizers` gives, whatever the merges are."""

from __future__ import annotations

import json
import random
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.train.loading import known_pieces as module
from galactica.train.loading.learned import read_learned, token_bytes
from galactica.train.loading.vocabulary import END, Vocabulary
from tests.properties import examples
from tests.train.loading.conftest import small_tokenizer
from tests.train.loading.test_borders import TEXTS

SIGNS = "灯塔在港口中文のab é1."
OWN = st.text(st.sampled_from(SIGNS), max_size=60)


def with_merges(seed: int, merges: int = 60) -> bytes:
    """The file of a tokenizer whose merges were drawn: in no good order, of bytes inside of signs too."""
    drawn = random.Random(seed)
    document = json.loads(small_tokenizer(257))
    vocabulary: dict[str, int] = document["model"]["vocab"]
    letters = {token_bytes(token): token for token in vocabulary if len(token) == 1}
    tokens = [letters[bytes((byte,))] for sign in SIGNS for byte in sign.encode()]
    signs = ["".join(letters[bytes((byte,))] for byte in sign.encode()) for sign in SIGNS]
    pairs: list[list[str]] = []
    for _ in range(merges):
        first, second = drawn.choice(tokens), drawn.choice(tokens)
        if drawn.random() < 0.5:
            text = "".join(drawn.choice(signs) for _ in range(3))
            at = drawn.randrange(1, len(text))
            first = next((each for each in (text[at - 2 : at], text[at - 1 : at]) if each in vocabulary), first)
            second = next((each for each in (text[at : at + 2], text[at : at + 1]) if each in vocabulary), second)
        if [first, second] not in pairs:
            vocabulary.setdefault(first + second, len(vocabulary))
            tokens.append(first + second)
            pairs.insert(drawn.randrange(len(pairs) + 1), [first, second])
    document["model"]["merges"] = pairs
    return json.dumps(document).encode()


@given(st.integers(0, 10_000), st.lists(OWN | TEXTS, max_size=4))
@examples(150)
def test_merges_in_any_order_give_what_the_tokenizer_gives(seed: int, texts: list[str]) -> None:
    vocabulary = Vocabulary.of(with_merges(seed))
    assert vocabulary.quick
    slow = [list(ids) for ids in vocabulary._slow(texts)]
    for _ in range(2):  # the second time all is known
        assert [found.tolist() for found in vocabulary.encode(texts)] == slow


def test_drawn_merges_lie_across_signs_and_inside_of_them() -> None:
    """Else the test above would show little."""
    across, inside = 0, 0
    for seed in range(40):
        for token in json.loads(with_merges(seed))["model"]["vocab"]:
            raw = token_bytes(token) or b""
            borders = [at for at in range(1, len(raw)) if raw[at] & 0xC0 != 0x80]
            across += bool(borders) and raw.decode(errors="ignore").encode() == raw
            inside += bool(borders) and raw.decode(errors="ignore").encode() != raw
    assert across > 100 < inside


def test_a_table_that_is_full_begins_again() -> None:
    vocabulary = Vocabulary.of(small_tokenizer(600))
    table = vocabulary._pieces()
    assert table is not None
    table._most = 5
    text = "The lighthouse of the port was lit by keepers; 灯塔在港口。"
    slow = [list(ids) for ids in vocabulary._slow([text])]
    for _ in range(3):
        assert [found.tolist() for found in vocabulary.encode([text])] == slow
        assert len(table._table) > 5


def test_texts_are_encoded_alike_in_any_company(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["", "a", "灯塔" * 40, "x" * 500, " ", "it's", "9" * 40, "\n\n", END, "é" * 90]
    alone = [Vocabulary.of(small_tokenizer()).encode([text])[0].tolist() for text in texts]
    monkeypatch.setattr(module, "TOGETHER", 7)
    vocabulary = Vocabulary.of(small_tokenizer())
    assert [found.tolist() for found in vocabulary.encode(texts)] == alone
    tokens, counts = vocabulary.encode_ended([text.encode() for text in texts])
    assert counts.tolist() == [len(each) + 1 for each in alone]
    assert tokens.tolist() == [token for each in alone for token in (*each, vocabulary.end)]
    assert tokens.dtype == vocabulary.kind


@lru_cache(maxsize=1)
def long_vocabulary() -> Vocabulary:
    return Vocabulary.of(small_tokenizer(600))


@given(TEXTS, st.integers(1, 60))
@examples(100)
def test_a_long_text_is_cut_into_parts_that_give_the_same(text: str, together: int) -> None:
    whole = long_vocabulary().encode([text])[0].tolist()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "TOGETHER", together)
        assert b"".join(module._parted(text.encode())) == text.encode()
        assert [found.tolist() for found in long_vocabulary().encode([text, "a", text])] == [
            whole,
            long_vocabulary().encode(["a"])[0].tolist(),
            whole,
        ]


def test_a_long_text_is_parted_at_spaces_and_lines_and_not_else() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "TOGETHER", 3)
        assert module._parted(b"the light of  it") == [b"the light", b" of  it"]
        assert module._parted(b"abc  de fgh") == [b"abc  de", b" fgh"]
        assert module._parted("灯塔\n在港\u3000 口。\n的".encode()) == [
            "灯塔".encode(),
            "\n在港\u3000 口。".encode(),
            "\n的".encode(),
        ]
        assert module._parted(b"x" * 50) == [b"x" * 50]


def test_no_text_at_all_has_no_tokens(vocabulary: Vocabulary) -> None:
    tokens, counts = vocabulary.encode_ended([])
    assert len(tokens) == len(counts) == 0
    assert vocabulary.encode([]) == []


CHANGES: list[Any] = [
    lambda raw: raw["model"].update(ignore_merges=True),
    lambda raw: raw["model"].update(dropout=0.1),
    lambda raw: raw["model"].update(type="Unigram"),
    lambda raw: raw["model"].update(merges=[["no such", "token"]]),
    lambda raw: raw["model"].update(merges=[*raw["model"]["merges"], raw["model"]["merges"][0]]),
    lambda raw: raw["model"].update(merges=[[1, 2]]),
    lambda raw: raw["model"].update(vocab=[]),
    lambda raw: raw["model"]["vocab"].pop("a"),
    lambda raw: raw["model"]["vocab"].update(a=True),
    lambda raw: raw["model"]["vocab"].update(more=2**70),
    lambda raw: raw.update(normalizer={"type": "NFC"}),
    lambda raw: raw.update(model=None),
    lambda raw: raw["added_tokens"].append({"content": "lighthouse", "id": 999, "special": True}),
    lambda raw: raw["added_tokens"][0].update(special=False),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_is_not_understood_to_its_end_is_left_to_the_library(change: Any) -> None:
    document = json.loads(small_tokenizer())
    assert read_learned(document) is not None
    change(document)
    assert read_learned(document) is None


def test_merges_as_older_files_have_them_are_read() -> None:
    document = json.loads(small_tokenizer())
    right = Vocabulary.of(json.dumps(document).encode())
    document["model"]["merges"] = [" ".join(pair) for pair in document["model"]["merges"]]
    older = Vocabulary.of(json.dumps(document).encode())
    text = "The lighthouse of the port was lit."
    assert older.quick
    assert np.array_equal(older.encode([text])[0], right.encode([text])[0])
