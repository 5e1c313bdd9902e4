import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.codes.letters import folded, prepare, title_key
from galactica.codes.variants import like, uneven

SAME = [
    ("كتاب الملك", "کتاب الملک", "Arabic and Persian kaf"),
    ("ایرانی", "ايراني", "Persian and Arabic yeh"),
    ("مصطفى", "مصطفي", "alef maksura"),
    ("جامعة", "جامعه", "teh marbuta"),
    ("أحمد", "احمد", "hamza on alef"),
    ("آفتاب", "افتاب", "madda"),
    ("مـــكـــة", "مكة", "tatweel"),
    ("كُتِبَ", "كتب", "harakat"),
    ("ﻛﺘﺎﺏ", "كتاب", "presentation forms"),
    ("ﻻزم", "لازم", "a ligature of presentation"),
    ("پاکستان ہے", "پاکستان هے", "Urdu heh"),
    ("۱۳۹۹", "1399", "Persian digits"),
    ("٢٠٠١", "2001", "Arabic digits"),
    ("१९४७", "1947", "Devanagari digits"),
    ("১৯৭১", "1971", "Bengali digits"),
    ("סֵפֶר", "ספר", "niqqud"),
    ("שּׁ", "ש", "a Hebrew presentation form"),
    ("ר״ת", 'ר"ת', "gershayim"),
    ("צ׳ק", "צ'ק", "geresh"),
    ("ייִדיש", "יידיש", "Yiddish hiriq"),
    ("װאָס", "וואס", "Yiddish digraphs and points"),
    ("फ़िल्म", "फिल्म", "nukta"),
    ("फ़िल्म", "फिल्म", "nukta of its own"),
    ("ਫ਼ੌਜ", "ਫੌਜ", "Gurmukhi nukta"),
    ("বাড়ি", "বাডি", "Bengali nukta"),
    ("हिन्दी", "हिंदी", "nasal before its class"),
    ("गङ्गा", "गंगा", "velar nasal"),
    ("आँख", "आंख", "chandrabindu"),
    ("അവന്‍", "അവൻ", "Malayalam chillu"),
    ("ทํา", "ทำ", "Thai sara am"),
    ("Артём", "Артем", "Cyrillic yo"),
    ("Росси́я", "Россия", "stress marks"),
    ("Ґанок", "Ганок", "Ukrainian ghe"),
    ("ἄνεμος", "ανεμος", "polytonic Greek"),
    ("Πόλη", "Πολη", "tonos"),
    ("λόγος", "λογοσ", "final sigma"),
    ("ﬂower", "flower", "ligature"),
    ("Ｗｅｂ２", "Web2", "full width"),
    ("ﾃﾞｰﾀ", "データ", "half-width kana"),
    ("wonder\u00adful", "wonderful", "soft hyphen"),
    ("can’t", "can't", "curly apostrophe"),
    ("Oʻahu", "O'ahu", "okina"),
    ("İzmit", "Izmit", "dotted capital i"),
    ("Zu\u0308rich", "Zürich", "decomposed umlaut"),
    ("Hà Nội".encode().decode(), "Ha\u0300 No\u0323\u0302i", "decomposed Vietnamese"),
    ("전화", "\u110c\u1165\u11ab\u1112\u116a", "decomposed Hangul"),
    ("non\u2011stop", "non-stop", "hyphens"),
    ("𝐁𝐨𝐥𝐝", "Bold", "letters of mathematics"),
]


@pytest.mark.parametrize(("one", "other", "what"), SAME, ids=[what for _, _, what in SAME])
def test_spellings_of_one_word_are_looked_up_as_the_same(one, other, what):
    assert prepare(one) == prepare(other)
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("кот", "кит"), ("йод", "иод"), ("ال", "از"), ("क", "ख"), ("が", "か"), ("ש", "ס"), ("ب", "پ"), ("گل", "کل")],
)
def test_other_letters_stay_others(one, other):
    assert prepare(one) != prepare(other)


def test_what_a_character_is_looked_up_as_is_looked_up_as_itself():
    for character in map(chr, range(0x80, sys.maxunicode)):
        if unicodedata.category(character)[0] != "C" and (same := like(character)) != character and same != "´":
            assert "".join(map(like, same)) == same


def test_signs_that_are_no_letters_stay():
    assert prepare("Foo™ №5 ½ “so” – €") == "Foo™ №5 ½ “so” – €"


@given(st.text(alphabet="یكکهة१२٣éßﻻ़न्द् ʻ-a’\u00ad\u200c"))
def test_folding_and_looking_for_uneven_words_keep_to_the_text(text):
    assert len(folded(text)) == len(text)
    last = 0
    for start, end in uneven(text):
        assert last <= start < end <= len(text)
        last = end


def test_words_of_another_length_are_found_where_they_stand():
    text = "यह ज़मीन है und Straße"
    assert [text[start:end] for start, end in uneven(text)] == ["ज़मीन", "Straße"]
