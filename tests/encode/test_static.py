"""The project's own encoder: a table of words, and letters where there is none."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.encode import words as letters
from galactica.encode.static import LENGTHS, StaticEncoder
from galactica.encode.words import LONGEST_WORD, letter_signs, unlearned, words

from .samples import DIMENSIONS, WORDS, arrays, written


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> StaticEncoder:
    return StaticEncoder.open(written(tmp_path_factory.mktemp("static") / "small.safetensors"))


def row(word: str) -> np.ndarray:
    """The vector of a learned word, worked out by hand from the arrays of the file."""
    made = arrays()
    at = WORDS.index(word)
    levels = [level for pair in made["levels"][at].tolist() for level in (pair >> 4, pair & 15)]
    return made["values"].astype(np.float64)[levels] * float(made["scales"][at])


def unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.linalg.norm(vector)


def test_the_vector_of_a_text_is_the_sum_of_its_words_by_the_root_of_their_number(encoder: StaticEncoder) -> None:
    expected = unit(row("radium") * np.sqrt(3) + row("curie") + row("the"))
    assert np.allclose(encoder.passages(["Radium, radium! The Curie RADIUM"])[0], expected, atol=1e-5)


def test_words_of_a_question_count_as_was_learned(encoder: StaticEncoder) -> None:
    asked = dict(zip(WORDS, arrays()["asked"].astype(np.float64), strict=True))
    expected = unit(row("who") * asked["who"] + row("radium") * asked["radium"])
    assert np.allclose(encoder.questions(["who radium"])[0], expected, atol=1e-5)
    assert encoder.weights(["who", "unknown"]).tolist() == [np.float32(np.float16(asked["who"])), 1.0]
    assert encoder.learned(["who", "unknown"]).tolist() == [True, False]


@given(
    st.lists(
        st.one_of(
            st.text(max_size=80), st.lists(st.sampled_from([*WORDS, "new", "Straße"]), max_size=30).map(" ".join)
        ),
        min_size=1,
        max_size=70,
    ),
    st.randoms(use_true_random=False),
)
def test_not_a_bit_of_a_vector_depends_on_what_is_encoded_with_it(texts: list[str], chance: object) -> None:
    encoder = SHARED.get("encoder") or SHARED.setdefault("encoder", StaticEncoder(arrays(), {}, "0" * 64))
    together = encoder.passages(texts)
    order = list(range(len(texts)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    assert (encoder.passages([texts[n] for n in order]) == together[order]).all()
    assert (encoder.passages([texts[0]])[0] == together[0]).all()
    pieces = SHARED.get("pieces") or SHARED.setdefault("pieces", with_pieces(0.5))
    assert (pieces.passages(texts)[order] == pieces.passages([texts[n] for n in order])).all()


SHARED: dict[str, StaticEncoder] = {}
"""Hypothesis and fixtures of a function do not go together."""


PIECES = ["the", "radi", "-um", "-o", "marie", "北京", "大学", "1867"]


def with_pieces(exact: float) -> StaticEncoder:
    """An encoder of version 2 of the file."""
    return StaticEncoder(arrays(PIECES) | {"exact": np.array([exact], np.float16)}, {}, "0" * 64)


def test_a_word_that_is_no_entry_is_the_sum_of_its_pieces_and_a_little_of_its_letters() -> None:
    plain, exact = with_pieces(0), with_pieces(0.5)
    pieces = plain.vectors(["radi", "-um"]).sum(axis=0)
    assert np.allclose(plain.vectors(["radium"])[0], pieces, atol=1e-6)
    assert np.allclose(exact.vectors(["radium"])[0], pieces + 0.5 * 0.5 * letter_signs("radium", DIMENSIONS), atol=1e-6)
    assert np.allclose(exact.vectors(["radi"])[0], plain.vectors(["radi"])[0])
    assert exact.learned(["radi", "radium"]).tolist() == [True, False]


def test_what_has_no_piece_at_all_is_its_letters() -> None:
    assert np.allclose(with_pieces(0).vectors(["ßß"])[0], 0.5 * letter_signs("ßß", DIMENSIONS), atol=1e-6)


def test_han_is_cut_into_entries_where_words_are_not_told() -> None:
    encoder = with_pieces(0.5)
    rows = encoder.vectors(["北京", "大学"])
    assert np.allclose(encoder.passages(["北京大學"])[0], unit(rows.sum(axis=0)), atol=1e-5)


def test_four_values_are_two_bits_a_number() -> None:
    made = arrays(PIECES) | {
        "levels": np.random.default_rng(3).integers(0, 256, (len(PIECES), DIMENSIONS // 4)).astype(np.uint8),
        "values": np.array([-1.5, -0.4, 0.4, 1.5], np.float16),
    }
    encoder = StaticEncoder(made, {}, "0" * 64)
    assert encoder.dimensions == DIMENSIONS
    levels = [
        level for byte in made["levels"][1].tolist() for level in (byte >> 6, byte >> 4 & 3, byte >> 2 & 3, byte & 3)
    ]
    expected = made["values"].astype(np.float32)[levels] * np.float32(made["scales"][1])
    assert np.allclose(encoder.vectors(["radi"])[0], expected)


def test_threads_do_not_disturb_each_other(encoder: StaticEncoder) -> None:
    texts = [f"Marie {n} discovered {word}" for n in range(40) for word in WORDS]
    expected, found = encoder.passages(texts), []
    threads = [threading.Thread(target=lambda: found.append(encoder.passages(texts))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all((each == expected).all() for each in found)
    assert len(found) == 4


def test_what_stands_far_behind_does_not_count(encoder: StaticEncoder) -> None:
    long = "river " * 20_000
    assert (encoder.passages([long + "radium"]) == encoder.passages([long + "curie"])).all()


def test_a_word_that_was_never_learned_is_like_itself_and_its_kin_and_nothing_else(tmp_path: Path) -> None:
    encoder = StaticEncoder.open(written(tmp_path / "a.safetensors", dimensions=448))
    one, same, kin, other = encoder.passages(
        ["Kraterlandschaft", "kraterlandschaft!", "Kraterlandschaften", "Zigarette"]
    )
    assert (one == same).all()
    assert float(one @ kin) > 0.3
    assert abs(float(one @ other)) < 0.15


def test_unlearned_words_are_as_long_as_words_of_so_many_letters(tmp_path: Path) -> None:
    def longer(made: dict[str, np.ndarray]) -> None:
        made["lengths"] = np.linspace(0.1, 1, LENGTHS).astype(np.float16)

    opened = StaticEncoder.open(written(tmp_path / "a.safetensors", longer))
    lengths = np.linalg.norm(opened.vectors(["q", "qwertzuiop", "q" * LENGTHS, "q" * 60]), axis=1)
    expected = np.linspace(0.1, 1, LENGTHS)[[0, 9, LENGTHS - 1, LENGTHS - 1]]
    assert np.allclose(lengths, expected, rtol=1e-2)


def test_the_fixed_pattern_of_a_word_is_shake128_of_its_letters() -> None:
    # hashlib.shake_128("radium".encode()).digest(8), as any other program computes it (FIPS 202).
    from hashlib import shake_128

    bits = [byte >> bit & 1 for byte in shake_128(b"radium").digest(8) for bit in range(7, -1, -1)]
    assert letter_signs("radium", 64).tolist() == [np.float32((2 * bit - 1) / 8) for bit in bits]


def test_the_vector_of_an_unlearned_word_is_its_pattern_with_those_of_its_beginning_and_pieces() -> None:
    short, long, strange = unlearned(["wort", "wörter", "\ud800"], 64, 1.0, 0.6, 0.3)
    assert np.allclose(short, unit(letter_signs("wort", 64)), atol=1e-6)
    inside = sum(letter_signs(piece, 64) for piece in ("<wör", "wört", "örte", "rter", "ter>")) / np.sqrt(5)
    assert np.allclose(
        long, unit(letter_signs("wörter", 64) + 0.6 * letter_signs("wörte-", 64) + 0.3 * inside), atol=1e-6
    )
    assert np.isclose(np.linalg.norm(strange), 1, atol=1e-6)
    assert not unlearned(["word", "words"], 64, 0.0, 0.0, 0.0).any()
    assert unlearned([], 64, 1.0, 1.0, 1.0).shape == (0, 64)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Radium, 1,200 and 3,45", ["radium", "1200", "and", "3", "45"]),
        ("L’Évêque – naïve", ["l", "eveque", "naive"]),
        ("北京大學", ["北京", "京大", "大学"]),
        ("snake_case", ["snake", "case"]),
        ("a" * 100, ["a" * LONGEST_WORD]),
        ("", []),
    ],
)
def test_words_are_cut_as_the_module_says(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text(st.characters(max_codepoint=127), max_size=300))
def test_ascii_text_takes_a_shorter_way_to_the_same_words(text: str) -> None:
    longer = letters.WORD.findall(letters.ungrouped(text).lower())
    assert words(text) == [word[:LONGEST_WORD] for word in longer]


def test_an_encoder_that_learned_nothing_still_knows_letters(tmp_path: Path) -> None:
    def emptied(made: dict[str, np.ndarray]) -> None:
        for name in ("words", "levels", "scales", "asked"):
            made[name] = made[name][:0]

    opened = StaticEncoder.open(written(tmp_path / "a.safetensors", emptied))
    assert opened.dimensions == DIMENSIONS
    found = opened.passages(["radium", "radium", "water"])
    assert np.allclose(found[0] @ found[1], 1)
    assert abs(float(found[0] @ found[2])) < 0.5
