"""The order of titles: each script in its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.codes.collation import Initial, group_key, heading, sort_key


def ordered(language: str, *titles: str) -> list[str]:
    return sorted(titles, key=lambda title: sort_key(title, language))


def test_accents_and_case_only_decide_between_equals() -> None:
    assert ordered("en", "Zebra", "ångström", "apple", "Åland", "Apple") == [
        "Åland",
        "ångström",
        "apple",
        "Apple",
        "Zebra",
    ]


def test_signs_and_digits_stand_before_letters_and_scripts_one_after_another() -> None:
    mixed = ("Ωmega", "Явь", "3M", "zoo", "北京", "“Heroes”", "שלום", "ไทย")
    assert ordered("zh", *mixed) == ["3M", "“Heroes”", "zoo", "Ωmega", "Явь", "שלום", "ไทย", "北京"]


def test_cyrillic_yo_stands_with_ye_and_greek_tonos_counts_little() -> None:
    assert ordered("ru", "Жук", "Ёж", "Еда", "Дом") == ["Дом", "Еда", "Ёж", "Жук"]
    assert ordered("el", "Βόλος", "Άργος", "Αθήνα") == ["Αθήνα", "Άργος", "Βόλος"]


def test_thai_vowels_before_a_consonant_do_not_make_its_place() -> None:
    assert ordered("th", "แพร่", "กระบี่", "เลย", "พะเยา", "นครพนม") == ["กระบี่", "นครพนม", "พะเยา", "แพร่", "เลย"]


def test_forms_of_the_arabic_alef_stand_together() -> None:
    assert ordered("ar", "بغداد", "إربد", "آسيا", "اربيل") == ["إربد", "اربيل", "آسيا", "بغداد"]


def test_chinese_is_read_in_pinyin_after_folding() -> None:
    assert ordered("zh", "重慶", "北京", "臺灣", "阿富汗", "台北", "长沙", "長春") == [
        *("阿富汗", "北京", "長春", "长沙", "重慶", "台北", "臺灣"),
    ]


def test_japanese_kanji_stand_behind_kana_by_radical_and_strokes() -> None:
    assert ordered("ja", "東京", "一宮", "カメラ", "あめ", "かき") == ["あめ", "かき", "カメラ", "一宮", "東京"]


@pytest.mark.parametrize(
    ("title", "language", "script", "letter"),
    [
        ("Ångström", "sv", "latin", "A"),
        ("9/11", "en", "#", "#"),
        ("", "en", "#", "#"),
        ("“Heroes”", "en", "latin", "H"),
        ("《红楼梦》", "zh", "pinyin", "H"),
        ("“”", "en", "#", "#"),
        ("Ёлка", "ru", "cyrillic", "Е"),
        ("Άργος", "el", "greek", "Α"),
        ("เชียงใหม่", "th", "thai", "ช"),
        ("أحمد", "ar", "arabic", "ا"),
        ("臺灣", "zh-Hant", "pinyin", "T"),
        ("東京", "ja", "han", "漢"),
        ("ガラス", "ja", "kana", "か"),
        ("ーン", "ja", "kana", "ー"),
        ("대한민국", "ko", "hangul", "ㄷ"),
        ("ქართლი", "ka", "georgian", "ქ"),
        ("नमस्ते", "hi", "devanagari", "न"),
    ],
)
def test_a_title_stands_under_the_first_letter_of_its_script(
    title: str, language: str, script: str, letter: str
) -> None:
    assert heading(title, language) == Initial(script=script, letter=letter)


@given(st.text(max_size=20), st.sampled_from(("en", "zh", "ja", "und", "")))
def test_any_text_has_a_place_and_a_heading(title: str, language: str) -> None:
    key = sort_key(title, language)
    assert key.startswith(group_key(key))
    assert heading(title, language).letter
