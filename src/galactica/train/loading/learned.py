"""What a tokenizer of ours learned, read out of its file: merges, and the bytes of its tokens.

A file is hostile, and `tokenizers` reads many kinds: only one that is understood to its end is taken here, and anything
else is left to `tokenizers`, which is slower and as right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from galactica.train.loading.borders import Joints
from galactica.train.loading.merging import Merges
from galactica.train.loading.words import PIECE


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Learned:
    """A byte-level BPE that cuts by the rule of `words`.

    Attributes:
        merges: what was learned.
        joints: where tokens may lie across signs of Han.
    """

    merges: Merges
    joints: Joints


def piece_rule() -> dict[str, Any]:
    """How `tokenizers` writes a tokenizer that cuts by `words.PIECE` and knows bytes."""
    return {
        "type": "Sequence",
        "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": PIECE}, "behavior": "Isolated", "invert": False},
            {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False},
        ],
    }


def read_learned(document: object) -> Learned | None:
    """What a tokenizer's file says; None where the tokens of a text are not surely those of its pieces by these merges.

    Args:
        document: the file as JSON, checked for nothing.
    """
    try:
        return _read(document)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, IndexError):
        return None


def read_numbers(document: object) -> Mapping[str, int] | None:
    """The vocabulary of a tokenizer's file, token → its number, special ones among them; None where a file says that in
    a way that `tokenizers` had better understand. Quicker than `read_learned`, for who need not encode.

    Args:
        document: the file as JSON, checked for nothing.
    """
    try:
        return _numbers(document)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _numbers(document: Any) -> dict[str, int]:  # noqa: ANN401  # JSON
    numbers: dict[str, int] = document["model"]["vocab"]
    if set(map(type, numbers.values())) != {int} or document["model"]["type"] != "BPE":
        raise TypeError
    for added in document.get("added_tokens") or ():
        if not added["special"] or numbers[added["content"]] != added["id"]:
            raise ValueError
    return numbers


def _read(document: Any) -> Learned | None:  # noqa: ANN401  # JSON
    model = document["model"]
    if (
        document.get("pre_tokenizer") != piece_rule()
        or document.get("normalizer") is not None
        or model.get("type") != "BPE"
        or any(model.get(name) for name in _OTHERWISE)
    ):
        return None
    numbers = _numbers(document)
    if max(numbers.values()) >= len(numbers):
        return None
    pairs = [each if isinstance(each, list) else each.split(" ") for each in model["merges"]]
    merged = {(numbers[left], numbers[right]): numbers[left + right] for left, right in pairs}
    if len(merged) < len(pairs):
        return None  # the later of two counts, and nobody writes such a file
    table = np.array([(*pair, become) for pair, become in merged.items()], np.int32).reshape(-1, 3)
    letters = np.array([numbers[_LETTERS[byte]] for byte in range(256)], np.int32)
    wide = [token for token in numbers if not token.replace(_SPACE, "").isascii()]
    joints = Joints.of([raw for token in wide if (raw := token_bytes(token)) is not None])
    return Learned(merges=Merges(letters, table), joints=joints)


def token_bytes(token: str) -> bytes | None:
    """The bytes that a token of a byte-level vocabulary is written for; None where it is no such token."""
    try:
        return bytes([_BYTES[letter] for letter in token])
    except KeyError:
        return None


def _letters() -> list[str]:
    """What a byte-level vocabulary writes for each byte: itself where it is to be seen in Latin-1, else a letter from
    U+0100 on."""
    seen = {*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)}
    others = iter(range(0x100, 0x200))
    return [chr(byte) if byte in seen else chr(next(others)) for byte in range(256)]


_OTHERWISE = ("dropout", "end_of_word_suffix", "continuing_subword_prefix", "ignore_merges", "byte_fallback")
"""What makes a BPE give other tokens than its merges alone."""

_LETTERS = _letters()
_BYTES = {letter: byte for byte, letter in enumerate(_LETTERS)}
_SPACE = _LETTERS[0x20]
