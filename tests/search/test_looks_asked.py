"""What looks like a question, in many languages; names and titles do not."""

from __future__ import annotations

import pytest

from galactica.search.asking import looks_asked


@pytest.mark.parametrize(
    "question",
    [
        "Who painted it?",
        "when was the bridge built",
        "In which year did it end",
        "is the Vistula longer than the Oder",
        "长城有多长？",
        "谁画了它",
        "黄河有多长",
        "Wann wurde sie gebaut",
        "Где находится Варшава",
        "в каком году умер поэт",
        "¿Dónde está?",
        "en qué año murió el pintor",
        "أين تقع وارسو؟",
        "Thủ đô của Ba Lan là gì",
        "ai là người xây cầu này",
        "Care este capitala Poloniei",
        "Cine a scris romanul",
        "Când a murit poetul",
        "Polonya'nın başkenti neresi",
        "पोलैंड की राजधानी क्या है",
        "ποια είναι η πρωτεύουσα",
        "Quelle est la capitale du Japon",
        "ポーランドの首都はどこ",
        "폴란드의 수도는 어디",
        "เมืองหลวงของโปแลนด์คืออะไร",
        "Kiek ežerų yra Lenkijoje",
        "Kāda upe tek cauri Varšavai",
        "Millal ehitati see sild",
        "Koľko jazier je v Poľsku",
        "Kdo je zgradil ta most",
        "Колко езера има в Полша",
        "Колико језера има Пољска",
        "Колькі азёр у Польшчы",
        "Kiam oni konstruis la ponton",
        "Quants llacs hi ha a Polònia",
        "Chi ha costruito il ponte",
        "Ilan ang mga lawa sa Poland",
        "Hvor ligger den lengste broen",
        "Hversu mörg vötn eru þar",
        "پولینڈ میں کتنی جھیلیں ہیں",
        "पोलंडमध्ये किती तलाव आहेत",
        "পোল্যান্ডে কতটি হ্রদ আছে",
        "போலந்தில் எத்தனை ஏரிகள் உள்ளன",
        "რამდენი ტბაა პოლონეთში",
        "Қанша көл бар Польшада",
    ],
)
def test_questions_of_many_languages(question: str) -> None:
    assert looks_asked(question)


@pytest.mark.parametrize(
    "query",
    [
        *("", "Comet", "The Who", "what", "Is", "How to", "warsaw river", "彗星", "WHO Geneva", "波兰的首都"),
        *("La casa de papel", "la ville de Paris", "El Niño de la Bola", "Der Herr der Ringe", "Battle of the Vistula"),
        *(
            "Beth Hart album",
            "Harada Tadashi",
            "The Cantos of Ezra Pound",
            "Kura river basin",
            "Faint young Sun paradox",
        ),
        *(
            "Kaj Munk plays",
            "Ilan Ramon spaceflight",
            "Era of good feelings",
            "Zen garden in Kyoto",
            "Nor Cal wildfires",
        ),
    ],
)
def test_titles_and_words(query: str) -> None:
    assert not looks_asked(query)
