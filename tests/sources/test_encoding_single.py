"""Encodings of one byte a letter are told by the letters of languages: a wrong one gives wrong words and no error."""

from __future__ import annotations

import pytest

from galactica.sources.encoding import decode
from galactica.sources.encoding_asian import asian
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
