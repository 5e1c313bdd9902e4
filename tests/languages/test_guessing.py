"""Which language a question is in; sentences of our own, none of them in a table."""

import pytest

from galactica.languages import NOTHING, UNKNOWN, guess, script_of, small_words

SENTENCES = """
en|Who painted the ceiling of that chapel?
en|How many rivers does Norway have?
en|population of Norway
de|Wer malte die Decke der Kapelle?
de|Wie viele Flüsse hat Norwegen?
es|¿Cuántos ríos tiene Noruega?
es|Quien pintó la capilla
fr|Qui a peint le plafond de la chapelle ?
fr|Combien de fleuves compte la Norvège ?
fr|Pourquoi le ciel est-il bleu ?
it|Chi ha dipinto la cappella?
it|Quanti fiumi ha la Norvegia?
pt|Quem pintou a capela?
pt|Quantos rios tem a Noruega?
ro|Câte râuri are Norvegia?
ro|Cine a pictat capela?
tr|Norveç'te kaç nehir var?
vi|Na Uy có bao nhiêu con sông?
nl|Hoeveel rivieren heeft Noorwegen?
sv|Hur många floder finns i Norge?
da|Hvor mange floder er der i Danmark, og hvad hedder de?
nb|Hvor mange elver er det i Norge, og hva heter de?
fi|Kuinka monta jokea on Norjassa?
hu|Hány folyója van Norvégiának?
pl|Ile rzek jest w Norwegii?
cs|Kolik řek je v Norsku?
sk|Koľko riek je v Nórsku?
hr|Koliko rijeka ima u Norveškoj i tko ih je izmjerio?
lt|Kiek upių yra Norvegijoje?
lv|Cik upju ir Norvēģijā?
et|Mitu jõge on Norras?
ca|Quants rius hi ha a Noruega?
id|Berapa jumlah sungai di Norwegia?
sw|Mito mingapi iko katika nchi ya Norwei?
tl|Ilan ang mga ilog sa Norwega?
eo|Kiom da riveroj estas en Norvegio?
ru|Сколько рек в Норвегии?
uk|Скільки річок у Норвегії?
bg|Колко реки има в Норвегия?
ar|كم عدد الأنهار في النرويج؟
fa|نروژ چند رودخانه دارد و کدام است؟
ur|ناروے میں کتنے دریا ہیں؟
hi|नॉर्वे में कितनी नदियाँ हैं?
mr|नॉर्वेमध्ये किती नद्या आहेत?
he|כמה נהרות יש בנורווגיה?
el|Πόσα ποτάμια έχει η Νορβηγία;
ko|노르웨이에는 강이 몇 개 있습니까?
ja|ノルウェーには川がいくつありますか
zh|挪威有多少条河？
zh|CPU是什么
bn|নরওয়েতে কয়টি নদী আছে?
ta|நார்வேயில் எத்தனை ஆறுகள் உள்ளன?
th|นอร์เวย์มีแม่น้ำกี่สาย
ka|რამდენი მდინარეა ნორვეგიაში?
"""


@pytest.mark.parametrize("line", SENTENCES.strip().splitlines())
def test_a_question_is_in_its_own_language(line):
    tag, sentence = line.split("|")
    assert guess(sentence) == tag
    assert guess(sentence, ("en", "zh")) == tag


@pytest.mark.parametrize("text", ["", "1905", "Rembrandt", "Niels Bohr", "iron melting point", "qwertz uiop", "?!"])
def test_what_has_no_small_words_is_in_no_language(text):
    assert guess(text) == NOTHING


def test_what_two_languages_share_is_settled_by_what_is_expected():
    assert guess("Wie schreef") == UNKNOWN
    assert guess("Wie schreef", ("nl",)) == "nl"


def test_small_words_have_no_accents():
    assert {"ou", "est", "la"} <= small_words("fr")
    assert small_words("xx") == frozenset()


def test_scripts_are_told_by_most_letters():
    assert [script_of(text) for text in ("abc", "где abc д", "مدينة", "नदी", "3")] == [
        "Latin",
        "Cyrillic",
        "Arabic",
        "Devanagari",
        "",
    ]
