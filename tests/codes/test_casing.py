"""Capitals and small letters by language."""

from __future__ import annotations

import pytest

from galactica.codes.casing import capitals, first_capital, first_small, has_dotless_i, small


@pytest.mark.parametrize(
    ("language", "expected"),
    [("tr", True), ("tr-TR", True), ("az", True), ("kaa", True), ("kk-Latn", True), ("kk", False), ("tt-Latn-RU", True),
     ("en", False), ("", False), ("tru", False)],
)  # fmt: skip
def test_languages_with_two_letters_i(language: str, expected: bool) -> None:
    assert has_dotless_i(language) is expected


def test_turkish_letters() -> None:
    assert capitals("ilgaz ırmak", "tr") == "İLGAZ IRMAK"
    assert small("IŞIK İNCİ", "tr") == "ışık inci"
    assert first_capital("izmit", "az") == "İzmit"
    assert first_capital("ışık", "tr") == "Işık"
    assert first_small("Irak", "tr") == "ırak"
    assert first_small("İran", "tr") == "iran"


def test_other_languages_have_one_letter_i() -> None:
    assert capitals("ilgaz", "en") == "ILGAZ"
    assert small("IRAK") == "irak"
    assert first_capital("iran", "de") == "Iran"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("ßteil", "ßteil"), ("ŉ", "ŉ"), ("ǆamija", "ǅamija"), ("ბათუმი", "ბათუმი"), ("ქ", "ქ"), ("łódź", "Łódź"), ("", ""),
     ("éa", "Éa"), ("жук", "Жук"), ("3d", "3d"), ("東", "東"), ("ᾳ", "ᾼ")],
)  # fmt: skip
def test_a_first_letter_without_a_capital_in_use_stays(text: str, expected: str) -> None:
    assert first_capital(text) == expected
    assert first_small(first_capital("abc")) == "abc"
