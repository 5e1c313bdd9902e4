"""The language of a text: told where it is sure, unknown where it is not."""

from __future__ import annotations

import pytest

from galactica.languages import UNKNOWN
from galactica.languages.identifying import (
    STRETCH,
    STRETCHES,
    chinese_script,
    foreign_to,
    looked_at,
    passage_language,
    text_language,
)

SAID = {
    "en": "The river rises in the hills above the town and flows through meadows before it meets the sea.",
    "de": "Der Fluss entspringt in den Hügeln oberhalb der Stadt und fließt durch Wiesen bis zum Meer.",
    "fr": "La rivière prend sa source dans les collines au-dessus de la ville et coule vers la mer.",
    "es": "El río nace en las colinas que hay encima del pueblo y corre entre prados hasta llegar al mar.",
    "pl": "Rzeka wypływa ze wzgórz powyżej miasta i płynie przez łąki, zanim wpadnie do morza.",
    "tr": "Nehir kasabanın üstündeki tepelerden doğar ve denize ulaşmadan önce çayırların arasından akar.",
    "vi": "Con sông bắt nguồn từ những ngọn đồi phía trên thị trấn và chảy qua đồng cỏ ra biển.",
    "sw": "Mto unaanzia kwenye vilima vilivyo juu ya mji na kutiririka kupitia malisho hadi baharini.",
    "ru": "Река берёт начало на холмах над городом и течёт через луга, прежде чем впасть в море.",
    "uk": "Річка бере початок на пагорбах над містом і тече через луки, перш ніж впасти в море.",
    "ar": "ينبع النهر من التلال فوق المدينة ويتدفق عبر المروج قبل أن يصل إلى البحر الكبير.",
    "fa": "رودخانه از تپه‌های بالای شهر سرچشمه می‌گیرد و از میان چمنزارها به دریا می‌رسد.",
    "hi": "नदी शहर के ऊपर की पहाड़ियों से निकलती है और समुद्र तक पहुँचने से पहले घास के मैदानों से बहती है।",
    "he": "הנהר נובע בגבעות שמעל העיר וזורם דרך כרי הדשא עד שהוא מגיע אל הים.",
    "yi": "דער טייך הייבט זיך אן אויף די בערג איבער דער שטאט און פליסט צום ים.",
    "el": "Ο ποταμός πηγάζει από τους λόφους πάνω από την πόλη και κυλά ως τη θάλασσα.",
    "ja": "その川は町の上の丘から流れ出し、草原を通って海に注ぐ。",
    "ko": "그 강은 마을 위 언덕에서 시작하여 초원을 지나 바다로 흘러든다.",
    "th": "แม่น้ำสายนี้มีต้นกำเนิดจากเนินเขาเหนือเมืองและไหลผ่านทุ่งหญ้าลงสู่ทะเล",
    "zh": "这条河发源于城镇上方的山丘，流经草地，然后汇入大海。",
    "ta": "இந்த ஆறு நகரத்தின் மேலே உள்ள மலைகளில் தோன்றி கடலில் கலக்கிறது.",
}


@pytest.mark.parametrize("tag", SAID)
def test_a_sentence_is_told(tag: str) -> None:
    assert passage_language(SAID[tag]) == tag


@pytest.mark.parametrize("text", ["", "12 345", "Notes", "A. Smith", "Bonjour", "The cat sat on it.", "x = f(y) + 1;"])
def test_what_is_short_stays_unknown(text: str) -> None:
    assert passage_language(text) == text_language(text) == UNKNOWN


def test_a_text_has_the_language_that_most_of_it_is_in() -> None:
    assert text_language("\n".join([*[SAID["de"]] * 6, SAID["en"], *[SAID["de"]] * 6])) == "de"
    assert text_language("\n".join([SAID["en"], *[SAID["uk"]] * 20])) == "uk"


def test_a_list_of_names_and_numbers_has_no_language_because_one_line_of_it_has() -> None:
    lines = "\n".join(f"{number:>9}, {number * 7}, {number * 13:>12}" for number in range(60))
    assert text_language(f"{lines}\n{SAID['en']}\n{lines}") == UNKNOWN


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("记者问他为什么喜欢这里，他说这里的人们对他很热情。", "zh-Hans"),
        ("記者問他為什麼喜歡這裡，他說這裡的人們對他很熱情。", "zh-Hant"),
        ("山水人大小中天地", "zh"),
        ("记者问他為什麼喜歡這裡，他说这里的人们對他很熱情。", "zh"),
    ],
)
def test_chinese_gets_its_script_only_where_its_characters_leave_no_doubt(text: str, tag: str) -> None:
    assert chinese_script(text) == tag


def test_a_paragraph_in_another_language_is_foreign_and_one_like_its_own_is_not() -> None:
    assert foreign_to(SAID["en"], "de") == "en"
    assert foreign_to(SAID["ru"], "de") == "ru"
    assert foreign_to(SAID["ja"], "en") == "ja"
    assert foreign_to(SAID["de"], "de") == ""
    assert foreign_to("Kurz: so what?", "de") == ""
    assert foreign_to("東京都は日本の首都である。その人口は多い。", "zh") == ""


def test_stretches_are_bounded_whatever_the_length() -> None:
    for text in ("", "a" * 10_000_000, "line of text\n" * 500_000):
        assert sum(map(len, looked_at(text))) <= (STRETCHES + 1) * STRETCH * 2


def test_hostile_text_is_told_or_unknown() -> None:
    for text in ("\ud800" * 100, "\x00" * 1000, "\u0301" * 5000, "a" * 100_000, "😀" * 500, "\u202e" + SAID["en"]):
        assert isinstance(text_language(text), str)


def test_a_text_is_unknown_where_none_of_the_likeliest_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("galactica.languages.identifying._shares", lambda _: {"xx": 0.5, "yy": 0.4})
    assert passage_language("these are letters enough to be told by the model") == UNKNOWN
