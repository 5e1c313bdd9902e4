"""Texts in word pieces: where each stands, and the windows over a long one."""

from __future__ import annotations

import pytest

pytest.importorskip("tokenizers")

from galactica.encode.pieces import SPECIAL, Tokenizer, shortened

PIECES = (*SPECIAL, "▁Café", "▁town", "s", "▁a", "▁1", "9", ".", "▁who", "▁A", "华沙", "是", "▁", "fi")


@pytest.fixture(scope="module")
def pieces() -> Tokenizer:
    return Tokenizer(PIECES, [-1.0] * len(PIECES))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Café towns.", ["Café", "town", "s", "."]),
        ("Cafe\u0301 A", ["Cafe\u0301", "A"]),
        ("  a  19", ["", "a", "", "1", "9"]),
        ("华沙是", ["", "华沙", "是"]),
        ("a\ufb01", ["a", "\ufb01"]),
        ("", []),
    ],
)
def test_each_piece_stands_where_it_came_from(pieces: Tokenizer, text: str, parts: list[str]) -> None:
    (cut,) = pieces.cut([text])
    assert [text[a:b] for a, b in zip(cut.starts, cut.ends, strict=True)] == parts
    assert len(cut) == len(parts)


@pytest.mark.parametrize("count", [0, 1, 10, 11, 25, 26, 27, 60, 400])
def test_windows_cover_a_passage_and_are_no_longer_than_told(pieces: Tokenizer, count: int) -> None:
    question, title, passage = pieces.cut(["who", "town", " ".join(["a"] * count)])
    windows = list(pieces.windows(question, title, passage, 32, 1000))
    assert all(len(window.ids) <= 32 and window.ids[-1] == 2 for window in windows)
    covered = {window.piece + n for window in windows for n in range(window.count)}
    assert covered == set(range(count))
    for window in windows:
        assert window.ids[window.first : window.first + window.count] == passage.ids[: window.count]
        assert window.ids[: window.first] == (0, 11, 2, 2, 5, 2)
    assert len(list(pieces.windows(question, title, passage, 32, 2))) <= 2


def test_a_text_is_shortened_by_whole_pieces(pieces: Tokenizer) -> None:
    (cut,) = pieces.cut(["a town a"])
    assert shortened(cut, 2).ids == cut.ids[:2]
    assert shortened(cut, 9) is cut


def test_a_vocabulary_must_begin_with_the_special_pieces_and_have_a_score_each() -> None:
    for names, scores in ((PIECES[1:], [-1.0] * (len(PIECES) - 1)), (PIECES, [-1.0])):
        with pytest.raises(ValueError, match="vocabulary"):
            Tokenizer(names, scores)


def test_what_no_piece_has_is_unknown_and_stands_where_it_is(pieces: Tokenizer) -> None:
    (cut,) = pieces.cut(["a \ud800\x00 town"])
    assert cut.ids[0] == 7
    assert 3 in cut.ids
    assert cut.ids[-1] == 5
