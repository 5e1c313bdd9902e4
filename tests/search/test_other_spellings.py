"""What is written in one way is found when it is typed in another, both ways round, with the place it stands in."""

import pytest

from tests.search.pretended import FILLER, article, searcher, titles

PAIRS = [
    ("en", "The U.N. building stands by the river.", "UN building"),
    ("en", "He joined N.A.T.O. forces.", "nato"),
    ("en", "NASA sent a probe.", "N.A.S.A."),
    ("en", "Written by J. R. R. Tolkien in Oxford.", "JRR"),
    ("en", "She has a Ph.D. in botany.", "phd"),
    ("en", "A re-usable bottle.", "reusable"),
    ("en", "A reusable bottle.", "re-usable"),
    ("en", "An F-16 flew past.", "F16"),
    ("en", "Sean O’Casey wrote plays.", "ocasey"),
    ("en", "Sean OCasey wrote plays.", "O'Casey"),
    ("en", "The Qur'an is recited.", "quran"),
    ("en", "The island of Oʻahu.", "oahu"),
    ("en", "It is written in C++ throughout.", "C++"),
    ("en", "Built on .NET components.", ".net"),
    ("en", "A wonder\u00adful day.", "wonderful"),
    ("en", "A total of 37,500 ships.", "37500"),
    ("en", "A total of 37500 ships.", "37,500"),
    ("en", "The ﬁrst ﬂower.", "flower"),
    ("en", "The encyclopædia.", "encyclopaedia"),
    ("de", "Es waren 37.500 Schiffe.", "37500"),
    ("de", "Die Straße nach Gießen.", "giessen"),
    ("de", "Die Brücke in Nürnberg.", "Nuernberg"),
    ("da", "Byen Århus ved havet.", "Aarhus"),
    ("fr", "Il y eut 37\u202f500 navires.", "37500"),
    ("fr", "Le cœur de l’œuvre.", "oeuvre"),
    ("ca", "Una col·lecció gran.", "colleccio"),
    ("vi", "Thành phố Đà Nẵng.", "da nang"),
    ("pl", "Miasto Łódź.", "lodz"),
    ("tr", "ISPARTA ve İzmir şehri.", "izmir"),
    ("ru", "Артём живёт в Москве.", "артем"),
    ("ru", "Росси́я больша́я.", "россия"),
    ("ru", "В С.С.С.Р. тогда.", "СССР"),
    ("uk", "Свято об’єднання.", "обєднання"),
    ("el", "Η Θεσσαλονίκη είναι πόλη.", "ΘΕΣΣΑΛΟΝΙΚΗ"),
    ("en", "The word λόγος is Greek.", "λογος"),
    ("fa", "او کتاب می‌خواند.", "میخواند"),
    ("fa", "او كتاب مي‌خواند.", "کتاب"),
    ("fa", "سال ۱۳۹۹ بود.", "1399"),
    ("ar", "إبراهيم في المدرسة.", "ابراهيم"),
    ("ar", "كَتَبَ الوَلَدُ دَرْسَهُ.", "الولد"),
    ("ur", "یہ کھیل ہے۔", "كھیل"),
    ("he", "המנכ״ל אמר.", "המנכל"),
    ("he", 'רמטכ"ל חדש.', "רמטכ״ל"),
    ("he", "סֵפֶר טוֹב.", "ספר"),
    ("hi", "यह फ़िल्म है।", "फिल्म"),
    ("hi", "हिन्दी भाषा।", "हिंदी"),
    ("hi", "सन् १९४७ में।", "1947"),
    ("bn", "একটি বাড়ি।", "বাড়ি"),
    ("pa", "ਇਹ ਫ਼ੌਜ ਹੈ।", "ਫੌਜ"),
    ("ml", "അവന്‍ വന്നു.", "അവൻ"),
    ("ja", "ﾃﾞｰﾀを集める。", "データ"),
    ("ko", "\u110c\u1165\u11ab\u1112\u116a 번호", "전화"),
    ("th", "เขาทํางาน", "ทำงาน"),
]


@pytest.mark.parametrize(("language", "text", "query"), PAIRS)
def test_a_word_is_found_however_it_is_written(tmp_path, language, text, query):
    found = searcher(tmp_path / "text", article("Right", text, language=language), *FILLER)
    page = found.search(query, by="words")
    assert titles(page.hits)[:1] == ["Right"]
    assert page.hits[0].marks or language == "ko", "the words that matched are marked"
    assert page.corrected == ""
    assert not [note for note in page.notes if note.startswith("No article has")]


@pytest.mark.parametrize(
    ("title", "query"),
    [("U.S.S.R.", "ussr"), ("E-mail", "email"), ("Washington, D.C.", "washington dc"), ("J. K. Rowling", "JK Rowling"),
     ("جمهوری اسلامی", "جمهوري اسلامي"), ("צה״ל", 'צה"ל'), ("Hawaiʻi", "hawaii"), ("Хрущёв", "хрущев"),
     ("Paris (Texas)", "paris texas"), ("Who? What!", "who what")],
)  # fmt: skip
def test_a_title_is_found_however_it_is_written(tmp_path, title, query):
    pages = [article(title, "Something else."), article("Other", f"{query} and {title} again and again."), *FILLER]
    assert titles(searcher(tmp_path / "text", *pages).search(query).hits)[0] == title


def test_a_title_that_is_written_so_goes_before_one_with_marks_inside(tmp_path):
    links = "C.A.T."
    pages = [
        article("C.A.T.", "Text. " * 200),
        article("Cat", "An animal."),
        *[article(f"L{n}", "x", links=links) for n in range(9)],
    ]
    assert titles(searcher(tmp_path / "text", *pages).search("cat").hits)[:2] == ["Cat", "C.A.T."]


def test_titles_that_differ_in_signs_alone_are_told_apart(tmp_path):
    pages = [article(name, "A programming language.") for name in ("C", "C++", "C#", "F#")]
    found = searcher(tmp_path / "text", *pages)
    for name in ("C", "C++", "C#", "F#"):
        assert titles(found.search(name).hits)[0] == name


def test_what_is_quoted_is_meant_as_it_is_written(tmp_path):
    pages = [article("A", "The co-operative shop."), article("B", "The cooperative shop."), *FILLER]
    found = searcher(tmp_path / "text", *pages)
    assert titles(found.search('"co-operative shop"').hits) == ["A"]
    assert titles(found.search('"cooperative shop"').hits) == ["B"]


def test_a_phrase_is_found_whatever_its_letters_leave_out(tmp_path):
    pages = [
        article("A", "यह ज़मीन है और सन् १९४७ था", language="hi"),
        article("B", "כאן סֵפֶר טוֹב", language="he"),
        *FILLER,
    ]
    found = searcher(tmp_path / "text", *pages)
    assert titles(found.search('"जमीन है"').hits) == ["A"]
    assert titles(found.search('"ספר טוב"').hits) == ["B"]


def test_parts_of_a_word_that_no_article_has_as_one_are_looked_for(tmp_path):
    found = searcher(tmp_path / "text", article("A", "Vitamin K and vitamin B."), *FILLER)
    assert titles(found.search("K.B.").hits)[:1] == ["A"]


def test_letters_that_no_keyboard_has_may_be_spelled_out_or_not(tmp_path):
    pages = [article("A", "Der Bürger in Aalborg."), article("B", "A blue bag, and a blu one."), *FILLER]
    found = searcher(tmp_path / "text", *pages)
    assert titles(found.search("Buerger").hits)[:1] == ["A"]
    assert titles(found.search("ålborg").hits)[:1] == ["A"]
    assert titles(found.search("blue").hits)[:1] == ["B"]
