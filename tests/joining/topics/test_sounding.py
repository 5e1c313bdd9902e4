"""Names of one thing sound alike across scripts, those of two things do not."""

from __future__ import annotations

import numpy as np
import pytest

from galactica.joining.topics.sounding import (
    LONGEST_SOUND,
    sound_odds,
    sound_rows,
    sounds,
    table_for,
    worst_stretch,
)

TITLES = [
    "Anatoly Karpov",
    "Henry Kissinger",
    "Henrik Ibsen",
    "Benoit Mandelbrot",
    "Manitoba",
    "Arsenal F.C.",
    "Magazine",
]
ROWS = sound_rows([sounds(title) for title in TITLES])


@pytest.mark.parametrize(
    ("name", "language", "title"),
    [
        ("Анатолий Карпов", "ru", "Anatoly Karpov"),
        ("Anatolij Karpow", "pl", "Anatoly Karpov"),
        ("أناتولي كاربوف", "ar", "Anatoly Karpov"),
        ("ヘンリー・キッシンジャー", "ja", "Henry Kissinger"),
        ("헨리 키신저", "ko", "Henry Kissinger"),
        ("हेनरी किसिंजर", "hi", "Henry Kissinger"),
        ("Бенуа Мандельброт", "uk", "Benoit Mandelbrot"),
        ("曼尼托巴", "zh", "Manitoba"),
    ],
)
def test_a_name_sounds_most_like_itself(name: str, language: str, title: str) -> None:
    near, odds = sound_odds(name, language, ROWS)
    assert TITLES[int(near[np.argmax(odds)])] == title
    assert odds.max() > 8


def test_one_stretch_tells_names_apart_that_are_alike_but_for_it() -> None:
    same = worst_stretch("Анатолий Карпов", "ru", sounds("Anatoly Karpov"))
    other = worst_stretch("Arsenal Football Club", "fr", sounds("Essendon Football Club"))
    assert other < -5 < same <= 0


@pytest.mark.parametrize("name", ["Henry VIII", "亨利八世", "ヘンリー8世", "Генрих VIII"])
def test_the_number_of_a_ruler_is_one_number(name: str) -> None:
    assert sounds(name).endswith("8")


def test_rulers_of_two_numbers_are_two() -> None:
    rows = sound_rows([sounds("Henry VIII"), sounds("Henry VII")])
    near, odds = sound_odds("Генрих VIII", "ru", rows)
    by_place = dict(zip(near.tolist(), odds.tolist(), strict=True))
    assert by_place[0] - by_place.get(1, -99.0) > 10


@pytest.mark.parametrize(
    ("name", "language", "table"),
    [
        ("东京", "zh", "zh"),
        ("東京", "ja", "ja"),
        ("كسلا", "ar", "abjad"),
        ("Карпов", "ru", "other"),
        ("Karpow", "pl", "latin"),
    ],
)
def test_a_script_has_its_table(name: str, language: str, table: str) -> None:
    assert table_for(name, language) == table


@pytest.mark.parametrize("name", ["", "?!", "x" * 500, "ab" * LONGEST_SOUND])
def test_what_has_no_sounds_or_too_many_is_like_nothing(name: str) -> None:
    near, odds = sound_odds(name, "en", ROWS)
    assert len(near) == len(odds) == 0 or sounds(name) == "ks"
