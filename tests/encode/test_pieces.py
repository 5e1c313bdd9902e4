"""Texts in word pieces: where each stands, and the windows over a long one."""

from __future__ import annotations

import pytest

pytest.importorskip("tokenizers")

from galactica.encode.pieces import Tokenizer, shortened

VOCABULARY = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "cafe", "town", "##s", "a", "1", "##9", ".", "who")


@pytest.fixture(scope="module")
def pieces() -> Tokenizer:
    return Tokenizer(VOCABULARY)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Café towns.", ["Café", "town", "s", "."]),
        ("cafe\u0301 A", ["cafe\u0301", "A"]),
        ("\x00a\u200b \ud800 19", ["a", "1", "9"]),
        ("", []),
    ],
)
def test_each_piece_stands_where_it_came_from(pieces: Tokenizer, text: str, parts: list[str]) -> None:
    (cut,) = pieces.cut([text])
    assert [text[a:b] for a, b in zip(cut.starts, cut.ends, strict=True)] == parts
    assert len(cut) == len(parts)


@pytest.mark.parametrize("count", [0, 1, 10, 11, 25, 26, 27, 60, 400])
def test_windows_cover_a_passage_and_are_no_longer_than_told(pieces: Tokenizer, count: int) -> None:
    question, title, passage = pieces.cut(["who", "town", "a " * count])
    windows = list(pieces.windows(question, title, passage, 32, 1000))
    assert all(len(window.ids) <= 32 and len(window.kinds) == len(window.ids) for window in windows)
    covered = {window.piece + n for window in windows for n in range(window.count)}
    assert covered == set(range(count))
    for window in windows:
        assert window.ids[window.first : window.first + window.count] == passage.ids[: window.count]
        assert window.ids[: window.first] == (2, 12, 3, 6, 3)
    assert len(list(pieces.windows(question, title, passage, 32, 2))) <= 2


def test_a_text_is_shortened_by_whole_pieces(pieces: Tokenizer) -> None:
    (cut,) = pieces.cut(["a town a"])
    assert shortened(cut, 2).ids == cut.ids[:2]
    assert shortened(cut, 9) is cut


def test_a_vocabulary_must_have_the_special_pieces() -> None:
    with pytest.raises(ValueError, match=r"\[MASK\]"):
        Tokenizer(VOCABULARY[:4])
