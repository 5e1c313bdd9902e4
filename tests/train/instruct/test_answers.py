"""Which questions an article answers, and which stretch of it answers each."""

from __future__ import annotations

import pytest

from galactica.model import Article, article_id
from galactica.model.claim import Claim
from galactica.model.document import Qualifier
from galactica.model.projection import outline
from galactica.train.instruct.answers import Answered, answered
from galactica.train.instruct.wordings import DEFINITIONS, languages_worded, wordings_for


def asked(title: str, body: str, *claims: Claim, language: str = "en") -> dict[str, tuple[str, str]]:
    """Kind and what it is asked by → question, and the words of the answer."""
    article = Article(
        id=article_id("s", title),
        title=title,
        language=language,
        aliases=(),
        body=body,
        categories=(),
        source="s",
        path=title,
    )
    outlined = outline(body)
    words = wordings_for(language, outlined.text)
    assert words is not None
    found = list(answered(article, outlined, claims, words))
    assert all(isinstance(each, Answered) for each in found)
    return {
        f"{each.kind} {each.asked}".strip(): (each.question, outlined.text[each.start : each.end]) for each in found
    }


def claim(text: str, sentence: str, value: str, **more: object) -> Claim:
    start = text.index(sentence)
    at = text.index(value, start)
    given = {
        "source": "s",
        "path": "p",
        "property": "founded",
        "kind": "time",
        "value": "1871",
        "origin": "sentence",
        "start": start,
        "end": start + len(sentence),
        "value_start": at,
        "value_end": at + len(value),
    }
    return Claim(**(given | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "sentence", "is_asked"),
    [
        ("Kilt", "The kilt is a knee-length garment with pleats at the rear of it.", ("the kilt", "is")),
        ("Alpha decay", "Alpha decay is a type of radioactive decay of an atomic nucleus.", ("Alpha decay", "is")),
        (
            "Radix sort",
            "In computer science, radix sort is a sorting algorithm for keys of digits.",
            ("radix sort", "is"),
        ),
        (
            "Amber Road",
            "The Amber Road was an ancient trade route for the transfer of amber.",
            ("the Amber Road", "was"),
        ),
        (
            "Mercury (planet)",
            "Mercury is the smallest planet of all and nearest to the Sun.",
            ("Mercury (planet)", "is"),
        ),
    ],
)
def test_the_first_sentence_answers_what_a_thing_is(title: str, sentence: str, is_asked: tuple[str, str]) -> None:
    question, answer = asked(title, f"<p>{sentence} More of it.</p>")["definition"]
    assert is_asked[0] in question
    assert answer == sentence
    if is_asked[1] == "was":
        assert " was" in question


def test_of_persons_who_is_asked() -> None:
    body = "<p>Ada Lovelace (10 December 1815 – 27 November 1852) was an English mathematician and writer.</p>"
    question, _ = asked("Ada Lovelace", body)["definition"]
    assert question in {"Who was Ada Lovelace?", "Tell me who Ada Lovelace was."}
    war = "<p>The War of Norrby (1815–1852) was an armed conflict over the harbour of Norrby.</p>"
    assert "who" not in asked("War of Norrby", war)["definition"][0].casefold()


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Dalek", "The Daleks are a fictional race of mutants in a television programme."),
        ("Atlas", "Atlas may refer to a collection of maps or to one of several other things."),
        ("List of rivers", "The list of rivers is a list of all the rivers that there are in here."),
        ("1984", "1984 is a year of the calendar that began on a Sunday and was a leap year."),
        ("Algorithm", "An algorithm ( ) is a self-contained set of operations to be performed by hand."),
        ("Ampere", "It is the unit of electric current and the ampere is one of the seven base units."),
        ("Short", "Short is a word."),
        ("Norrby", "Norrby is a town in the (north of Sweden, which has a harbour and a lighthouse."),
        ("Norrby", "Norrby is a town in the north of Sweden, which has a harbour and a lighthouse"),
        ("Norrby", "Ships sail past it, and Norrby has a harbour that they like to call at in summer."),
    ],
)
def test_what_is_no_definition_or_has_holes_is_not_asked_for(title: str, sentence: str) -> None:
    assert "definition" not in asked(title, f"<p>{sentence}</p>")


LONG = "The town was founded by fishermen who came from the south in a hard winter. It grew with the trade in herring."


def test_sections_are_asked_for_by_their_headings() -> None:
    body = f"<p>Norrby is a town.</p><h2>History</h2><p>{LONG} A third sentence follows here. And a fourth.</p>"
    question, answer = asked("Norrby", body)["section history"]
    assert question in {"What is the history of Norrby?", "Tell me about the history of Norrby."}
    assert answer == f"{LONG} A third sentence follows here."


@pytest.mark.parametrize(
    "section",
    [
        "<h2>History</h2><h3>Beginnings</h3><p>" + LONG + "</p>",
        "<h2>See also</h2><p>" + LONG + "</p>",
        "<h2>History</h2><p>It " + LONG + "</p>",
        "<h2>History</h2><p>Too short.</p>",
        "<h2>History</h2>",
        "<h2>History</h2><table><tr><td>1871</td><td>" + LONG + "</td></tr></table>",
    ],
)
def test_a_section_that_does_not_answer_is_not_asked_for(section: str) -> None:
    assert not any(key.startswith("section") for key in asked("Norrby", f"<p>Norrby is a town.</p>{section}"))


def test_claims_are_asked_for_where_a_sentence_says_them_outright_and_by_name() -> None:
    text = "Norrby was founded as a fishing village in the winter of 1871."
    body = f"<p>{text}</p>"
    question, answer = asked("Norrby", body, claim(text, text, "1871"))["claim founded"]
    assert question == "When was Norrby founded?"
    assert answer == text
    for bad in (
        claim(text, text, "1871", confidence=0.5),
        claim(text, text, "1871", subject="the harbour"),
        claim(text, text, "1871", origin="infobox"),
        claim(text, text, "1871", qualifiers=(Qualifier(property="negated", kind="text", value=""),)),
        claim(text, text, "1871", property="isbn"),
        claim(text, text, "1871", end=10),
    ):
        assert asked("Norrby", body, bad) == {}
    assert asked("Lund", body, claim(text, text, "1871")) == {}


def test_chinese_is_asked_in_the_characters_of_the_article() -> None:
    simple = "<p>北港灯塔是位于中国北部海岸的一座灯塔，建于一九三二年。</p>"
    full = (
        "<p>北港燈塔是位於臺灣北部海岸的一座燈塔，建於一九三二年。</p><h2>歷史</h2><p>"
        + "燈塔於一九三二年由當地漁民集資興建，後來經過多次修繕。" * 3
        + "</p>"
    )
    assert asked("北港灯塔", simple, language="zh")["definition"][0] in {
        "北港灯塔是什么？",
        "什么是北港灯塔？",
        "请介绍一下北港灯塔。",
    }
    found = asked("北港燈塔", full, language="zh")
    assert found["definition"][0] in {"北港燈塔是什麼？", "什麼是北港燈塔？", "請介紹一下北港燈塔。"}
    assert found["section 歷史"][0] in {"北港燈塔的歷史是怎樣的？", "請介紹北港燈塔的歷史。"}
    person = "<p>王大明（1901年3月4日－1980年5月6日），中国作家，是北港小说的作者之一。</p>"
    assert (
        "谁" in asked("王大明", person, language="zh")["definition"][0]
        or "这个人" in asked("王大明", person, language="zh")["definition"][0]
    )


def test_every_wording_names_what_is_asked_about_and_other_languages_have_none() -> None:
    assert languages_worded() == ("en", "zh")
    for language, text in (("en", ""), ("zh", "灯塔"), ("zh", "燈塔臺灣歷史")):
        words = wordings_for(language, text)
        assert words is not None
        assert set(words.definitions) <= set(DEFINITIONS)
        for several in (*words.definitions.values(), *words.sections.values(), *words.claims.values()):
            assert all(each.count("{x}") == 1 for each in several)
    assert wordings_for("de", "Leuchtturm") is None


@pytest.mark.parametrize("title", ["", " ", "(", "()", "A" * 5_000, "\\", "[x", "{x}", "a|b", "*"])
@pytest.mark.parametrize(
    "text",
    ["", "(" * 500 + ".", "a " * 300 + ".", "{x} is a thing that nobody knows anything about at all.", "（" * 200],
)
def test_no_title_and_no_text_ends_it(title: str, text: str) -> None:
    asked(title, f"<p>{text}</p>", language="en")
    asked(title, f"<p>{text}</p>", language="zh")


@pytest.mark.parametrize(
    ("title", "sentence", "is_asked"),
    [
        ("Ada Quill", "Ada Quill is an Irish computer scientist who wrote on lamps.", "Who is Ada Quill?"),
        ("Bragi", "Bragi is the skaldic god of poetry in the stories of the north.", "Who is Bragi?"),
        ("Old Tom", "Old Tom is a fictional character in three plays of the harbour.", "Who is Old Tom?"),
        ("Keeper", "A keeper is a person or officer who sees to the lamp of a lighthouse.", "a keeper"),
        ("Lamplight", "Lamplight is a novel by the English writer Ada Quill of the year 1901.", "Lamplight"),
        ("Lampworks", "Lampworks is a general category of works that were made by lamplight.", "Lampworks"),
        ("Steal (cards)", "In cards, a steal is a type of a bluff that is made with a weak hand.", "a steal (cards)"),
    ],
)
def test_who_is_asked_of_somebody_and_what_of_a_role_or_a_work(title: str, sentence: str, is_asked: str) -> None:
    question = asked(title, f"<p>{sentence}</p>")["definition"][0]
    assert is_asked.removeprefix("Who is ").removesuffix("?").casefold() in question.casefold()
    assert ("ho " in question[:14]) == is_asked.startswith("Who")


@pytest.mark.parametrize(
    ("title", "sentence", "person"),
    [
        ("林小燈", "林小燈，臺灣政治人物，現任守塔人協會的會長，住在燈塔旁邊。", True),
        ("李光", "李光（生于1945年）是一位画家，他画了许多灯塔和港口的风景。", True),
        ("灯塔之歌", "《灯塔之歌》是香港歌手、演员林小灯的第三张专辑，于1999年推出。", False),
        ("灯塔论", "灯塔论是一种意识形态论点，由多位政治人物、学者提出并且讨论。", False),
        ("灯塔大教堂", "灯塔大教堂是位于海边的一座教堂，由多位主教主持修建而成。", False),
    ],
)
def test_who_is_asked_of_somebody_in_chinese_too(title: str, sentence: str, person: bool) -> None:
    question = asked(title, f"<p>{sentence}</p>", language="zh")["definition"][0]
    assert any(word in question for word in ("谁", "誰", "这个人", "這個人")) == person


def test_what_is_asked_of_places_alone_is_asked_of_places() -> None:
    lines = "The people of it grow barley, oats and wheat on the plain by the river, and sell what they do not eat."
    part = f"<h2>Agriculture</h2><p>{lines}</p>"
    of_place = f"<h2>Geography</h2><p>{lines} One.</p><h2>Climate</h2><p>{lines} Two.</p>"
    begin = "<p>Ozonia is a word that nobody had heard before.</p>"
    assert "section agriculture" not in asked("Ozonia", begin + part)
    assert asked("Ozonia", begin + of_place + part)["section agriculture"][0] == "Tell me about agriculture in Ozonia."


@pytest.mark.parametrize(
    "sentence",
    [
        "The history of the lamp was described by a keeper in “The Lamp”, a book that few people have read.",
        "For more details on the lamp, those who want them may look at the page of the lamp and its history.",
        "The lamp ( or ) was lit in the year 1707 by ten keepers who lived upon the rock of the harbour beside it.",
        "The lamp of [[Port 7]] was lit in the year 1707 by ten keepers who lived upon the rock beside it.",
    ],
)
def test_what_sends_elsewhere_or_kept_its_markup_is_no_answer(sentence: str) -> None:
    body = f"<p>Ozonia is a word that nobody had heard before.</p><h2>History</h2><p>{sentence}</p>"
    assert "section history" not in asked("Ozonia", body)


def test_the_history_of_a_thing_is_that_of_all_of_its_kind() -> None:
    text = "The first lamps were lit some thousand years ago by people who lived upon rocks in the sea and in caves."
    found = asked("Lamp", f"<p>A lamp is a thing that gives light to ships.</p><h2>History</h2><p>{text}</p>")
    assert "history of the lamp" in found["section history"][0]
