"""Encodings of one byte a letter are told by the letters of languages: a wrong one gives wrong words and no error."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.sources.encoding import decode
from galactica.sources.encoding_asian import asian
from galactica.sources.encoding_lines import text_lines
from galactica.sources.encoding_sample import telling_bytes
from galactica.sources.encoding_single import single_byte


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("cp1250", "Zażółć gęślą jaźń"),
        ("cp1250", "Příliš žluťoučký kůň úpěl ďábelské ódy"),
        ("cp1250", "árvíztűrő tükörfúrógép"),
        ("cp1250", "Szabó Béla idő"),
        ("cp1250", "Bucureşti oraş în ţară"),
        ("cp1250", "Đorđe Žižić čuva šumu"),
        ("iso-8859-2", "Příliš žluťoučký kůň"),
        ("cp852", "Zażółć gęślą jaźń"),
        ("cp1254", "Ayşe Yıldız İstanbul"),
        ("cp1257", "Rīga ir Latvijas galvaspilsēta, šķērsiela"),
        ("cp1251", "Столицата на България е София"),
        ("cp1251", "НАСОС РАБОТАЕТ ПРИ ДАВЛЕНИИ"),
        ("koi8-r", "Привет мир, как дела у тебя сегодня утром"),
        ("cp866", "Привет мир, как дела у тебя сегодня утром"),
        ("cp1253", "Η αντλία λειτουργεί σε πίεση 1,5 bar"),
        ("cp1255", "המינון הוא חמישה מיליגרם בכל שמונה שעות"),
        ("cp1256", "الجرعة خمسة ملغ كل ثماني ساعات من اليوم"),
        ("cp874", "ปั๊มทำงานที่ความดันหนึ่งจุดห้าบาร์"),
        ("mac_roman", "Le café près de l’hôtel"),
        ("cp850", "Größe und Maß, Müller läuft"),
    ],
)
def test_a_text_is_read_in_the_encoding_whose_letters_are_those_of_a_language(written: str, text: str):
    assert decode(text.encode(written)) == text


@pytest.mark.parametrize(
    "text",
    [
        "Où est passée la très chère élève ? Ça coûte 5 €.",
        "Größe, Maß, über, 5 § – „Öl“",
        "¿Dónde está el niño? 1º año",
        "Não há informações sobre a água",
        "Þetta er gott veður í dag, það er ýmislegt",
        "Rødgrød med fløde på Ærø",
        "ÉCOLE SUPÉRIEURE À PARIS",
        "Area 5 m² ± 3 °C · 20 µm",
        "Müller, François, Søren, Ibáñez, João",
    ],
)
def test_a_western_text_stays_one(text: str):
    assert decode(text.encode("windows-1252")) == text


def test_signs_alone_and_plain_letters_tell_nothing():
    assert single_byte("38 °C ± 2".encode("windows-1252")) == ""
    assert single_byte(b"plain") == ""


def test_a_table_of_japanese_names_without_kana_is_read():
    text = "氏名,年齢,住所\n山田太郎,42,東京都\n佐藤花子,37,大阪府\n"
    assert asian(text.encode("cp932")) == "cp932"
    assert asian("姓名,年龄,城市\n王伟,42,北京\n李娜,37,上海\n".encode("gb18030")) == "gb18030"


@pytest.mark.parametrize("text", ["洲东", "长江", "京，"])
def test_a_word_of_chinese_is_not_taken_for_signs_and_letters(text: str):
    assert single_byte(text.encode("gb18030")) == ""


def test_a_word_of_one_letter_tells_no_language_and_quotation_marks_alone_are_no_letters():
    assert decode("de 2 ó 3 litros".encode("cp1252")) == "de 2 ó 3 litros"
    assert single_byte("«Non» «Oui»".encode("cp1252")) == ""


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("cp1250", "Zażółć gęślą jaźń"),
        ("cp1251", "Столицата на България е София"),
        ("gb18030", "我们在这里学习中文和历史，他们也来了"),
        ("cp1252", "Où est passée la très chère élève ?"),
    ],
)
@pytest.mark.parametrize("before", ["plain words, ", "plain words\n", "x"])
def test_letters_far_behind_a_beginning_in_ascii_tell_the_encoding(written: str, text: str, before: str):
    whole = before * 1_000 + "\n" + (text + " and so on\n" + before * 50 + "\n") * 3
    assert decode(whole.encode(written)) == whole


def test_a_few_signs_at_the_beginning_do_not_hide_the_letters_behind_them():
    whole = "© 2024\n" + "plain words\n" * 500 + "Zażółć gęślą jaźń\n" * 5
    assert decode(whole.encode("cp1250")) == whole


def test_lines_that_follow_the_first_one_beyond_ascii_tell_its_encoding_too():
    rows = ["plain,row"] * 2_000 + ["Café,1"] + ["plain,row"] * 100 + ["Łódź,Gdańsk,Wąż", "Świnoujście,Żory,Bełżec"] * 3
    found = list(text_lines(io.BytesIO("\n".join(rows).encode("cp1250")), "utf-8"))
    assert [line.text for line in found] == rows
    assert [line.number for line in found] == list(range(1, len(rows) + 1))


@given(st.lists(st.binary(max_size=300), max_size=40), st.integers(1, 500))
def test_what_tells_an_encoding_is_a_part_of_the_text_and_no_more_than_twice_the_size(parts: list[bytes], size: int):
    raw = b" a\n".join(parts)
    told = telling_bytes(raw, size)
    assert told.startswith(raw[:size])
    assert len(told) <= 2 * size + 201 + told.count(b"\n")
    assert all(line in raw for line in told.split(b"\n"))
