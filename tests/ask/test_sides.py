"""Where an article prints several values that cannot all be right, no one of them is told in silence."""

from __future__ import annotations

import pytest

from galactica.ask.answering import answer
from galactica.ask.asked import Asked
from galactica.ask.evidence import resolves
from galactica.ask.question import read_question
from galactica.ask.rules import RuleReader
from galactica.ask.sought import question_language
from galactica.model import Answer, Verdict
from galactica.values.amounts import amounts, same_amount

from .group.pretended import Shelf, article
from .test_stated import table


def ask(question: str, *articles: object) -> Answer:
    shelf = Shelf(*articles)  # type: ignore[arg-type]
    language = question_language(question, shelf.languages)
    found = answer(Asked(question=read_question(question, language), holdings=shelf, reader=RuleReader()))
    for position in found.positions:
        assert all(resolves(each, shelf.page(each.edition, each.id)) for each in position.citations)
    return found


def values(found: Answer) -> set[str]:
    return {position.value for position in found.positions}


def claims(heading: str, head: str, *rows: str) -> str:
    return f"<h2>{heading}</h2>" + table(*rows, head=head)


RIVER = "<p>The Ost is a river.</p>"
SURVEYS = ("1,210 km|1998|Hydrographic Office", "1,344 km|2011|Lind and Berg", "1,209.6 km|2014|Atlas of Rivers")


@pytest.mark.parametrize("question", ["How long is the Ost?", "length of the Ost", "Ost length"])
@pytest.mark.parametrize("heading", ["Sources disagree: length", "Length: studies differ", "Disputed length"])
def test_below_a_heading_that_says_that_sources_differ_each_row_is_a_side(question: str, heading: str) -> None:
    found = ask(question, article("Ost", body=RIVER + claims(heading, "Value|Year|Source", *SURVEYS)))
    assert found.verdict is Verdict.DISPUTED
    assert len(found.positions) == 2
    assert "1,344 km" in values(found)
    for position in found.positions:
        citation = position.citations[0]
        assert citation.quote.startswith(position.value)
        assert any(name in citation.quote for name in ("Hydrographic", "Lind and Berg", "Atlas of Rivers"))


def test_a_table_may_name_the_source_first() -> None:
    body = RIVER + claims("Length", "Source|Length", "Hydrographic Office|1,210 km", "Lind and Berg|1,344 km")
    found = ask("How long is the Ost?", article("Ost", body=body))
    assert (found.verdict, values(found)) == (Verdict.DISPUTED, {"1,210 km", "1,344 km"})


@pytest.mark.parametrize(
    ("heading", "head", "rows"),
    [
        ("Conflicting figures for the height", "Figure|Source", ("1,200 m|Ost", "1,310 m|Lind")),
        ("Height", "Source|Estimate|Year", ("Ost|1,200 m|2001", "Lind|1,310 m|2001")),
        ("Height", "Height|Source", ("1,200 m|Ost", "1,310 m|Lind")),
        ("Height", "Height|Year|Source", ("1,200 m|1960|Ost", "1,310 m|2001|Lind")),
        ("Estimates", "Author|Height", ("Ost|1,200 m", "Lind|1,310 m")),
    ],
)
def test_a_table_of_claims_is_known_by_its_columns(heading: str, head: str, rows: tuple[str, ...]) -> None:
    found = ask("How high is Karn?", article("Karn", body="<p>A hill.</p>" + claims(heading, head, *rows)))
    assert (found.verdict, values(found)) == (Verdict.DISPUTED, {"1,200 m", "1,310 m"})


@pytest.mark.parametrize(
    ("language", "heading", "head", "question"),
    [
        ("de", "Länge (umstritten)", "Wert|Jahr|Quelle", "Wie lang ist der Karn?"),
        ("fr", "Longueur : sources divergentes", "Valeur|Année|Source", "longueur de Karn"),
        ("es", "Longitud: las fuentes difieren", "Valor|Año|Fuente", "longitud de Karn"),
        ("ru", "Источники расходятся: длина", "Значение|Год|Источник", "длина Karn"),
    ],
)
def test_sources_differ_in_other_languages_too(language: str, heading: str, head: str, question: str) -> None:
    body = "<p>Karn.</p>" + claims(heading, head, "120 km|2001|Ost", "131 km|2010|Lind")
    found = ask(question, article("Karn", body=body, language=language))
    assert (found.verdict, values(found)) == (Verdict.DISPUTED, {"120 km", "131 km"})


@pytest.mark.parametrize("question", ["奥斯特河有多长？", "奥斯特河的长度"])
@pytest.mark.parametrize("heading", ["各来源说法不一：长度", "长度有争议"])
def test_the_same_in_chinese(question: str, heading: str) -> None:
    rows = ("1,210千米|1998年|水文局", "1,344千米（约1,300千米）|2011年|林德")
    body = "<p>奥斯特河是一条河。</p>" + claims(heading, "数值|年份|来源", *rows)
    found = ask(question, article("奥斯特河", body=body, language="zh"))
    assert found.verdict is Verdict.DISPUTED
    assert {value[:5] for value in values(found)} == {"1,210", "1,344"}


def test_the_row_at_a_glance_is_no_more_right_than_the_section_that_doubts_it() -> None:
    body = "<p>Varen is a country.</p>" + table("Population|4,512,806|2025", head="Fact|Value|Year")
    rows = ("4,349,000|2024|Survey of Nations", "4,512,806|2025|Yearbook")
    body += claims("Sources disagree: population", "Value|Year|Source", *rows)
    found = ask("What is the population of Varen?", article("Varen", body=body))
    assert (found.verdict, values(found)) == (Verdict.DISPUTED, {"4,512,806", "4,349,000"})
    assert {p.citations[0].quote.split("\t")[-1] for p in found.positions} == {"Survey of Nations", "Yearbook"}


@pytest.mark.parametrize(
    ("body", "question", "sides"),
    [
        (table("Height|3,120 m", "Height|3,155 m"), "How high is Karn?", {"3,120 m", "3,155 m"}),
        (table("Founded|1721", "Founded|1730"), "When was Karn founded?", {"1721", "1730"}),
        ("<p>Capital: Holm</p><p>Capital: Askby</p>", "capital of Karn", {"Holm", "Askby"}),
        (table("Capital|Holm", "Capital|Askby"), "What is the capital of Karn?", {"Holm", "Askby"}),
        (table("Population|8,100|2020", "Population|9,900|2020"), "population of Karn", {"8,100", "9,900"}),
    ],
)
def test_rows_and_lines_of_one_name_are_sides(body: str, question: str, sides: set[str]) -> None:
    found = ask(question, article("Karn", body="<p>Karn is a thing.</p>" + body))
    assert (found.verdict, values(found)) == (Verdict.DISPUTED, sides)


@pytest.mark.parametrize(
    ("body", "question", "value"),
    [
        (table("Height|3,120 m", "Height|3,120.4 m"), "How high is Karn?", "3,120 m"),
        (table("Area|5,201 km²", "Area|5,200 km²"), "area of Karn", "5,201 km²"),
        (table("Population|8,100|2010", "Population|9,900|2020"), "population of Karn", "9,900"),
        (table("Population|9,900 (2020)", "Population|8,100 (2010)"), "population of Karn", "9,900 (2020)"),
        (table("Total area|520 km²", "Land area|410 km²"), "area of Karn", "520 km²"),
        (table("Length|100 km (62 mi)", "Length|62 miles"), "length of Karn", "100 km (62 mi)"),
        (
            claims("Known moons (sources differ)", "Value|Year|Source", "12|2001|Institute", "15|2019|Institute"),
            "How many moons does Karn have?",
            "15",
        ),
        (claims("Population", "Value|Year", "8,100|2010", "9,900|2020"), "population of Karn", "9,900"),
        (claims("Borders", "Neighbour|Length of the border", "Ostia|12 km", "Vara|31 km"), "Karn Ostia border", ""),
    ],
)
def test_what_is_rounded_or_of_another_year_is_no_side(body: str, question: str, value: str) -> None:
    found = ask(question, article("Karn", body="<p>Karn is a thing.</p>" + body))
    assert found.verdict is not Verdict.DISPUTED
    assert not value or (found.verdict, found.text) == (Verdict.ANSWERED, value)


ISLE = article("Sorn (island)", body="<p>Sorn is an island.</p>" + table("Capital|Elm"), aliases=("Sorn",))
PORT = article("Republic of Sorn", body="<p>A country.</p>" + table("Capital|Oak"), aliases=("Sorn (republic)",))
FORT = article("East Sorn", body="<p>A country.</p>" + table("Capital|Ash"), aliases=("Sorn",))
SAME = article("Sornland", body="<p>A country.</p>" + table("Capital|Elm"), aliases=("Sorn",))
BARE = article("Sorn", body="<p>A country.</p>" + table("Capital|Elm"))


@pytest.mark.parametrize(
    ("articles", "sides"),
    [((ISLE, FORT), {"Elm", "Ash"}), ((ISLE, PORT), {"Elm", "Oak"}), ((FORT, ISLE, PORT), {"Elm", "Oak", "Ash"})],
)
def test_of_a_name_that_several_articles_have_each_value_is_told(articles: tuple[object, ...], sides: set[str]) -> None:
    found = ask("What is the capital of Sorn?", *articles)
    assert (found.verdict, values(found)) == (Verdict.DISPUTED, sides)


@pytest.mark.parametrize("articles", [(ISLE, SAME), (BARE, PORT), (BARE,)])
def test_no_side_is_made_of_what_agrees_or_has_the_name_in_brackets_beside_a_title(
    articles: tuple[object, ...],
) -> None:
    found = ask("What is the capital of Sorn?", *articles)
    assert (found.verdict, found.text) == (Verdict.ANSWERED, "Elm")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1.419 billion", "1,419,321,000", True),
        ("2.105 million", "2,105,300", True),
        ("1.419 km", "1,419 km", True),
        ("3,127 m", "3,127.4 m", True),
        ("3,127 m", "3,126.62 m", True),
        ("3,127 m", "3,127.6 m", False),
        ("3,127 m", "3,128 m", False),
    ],
)
def test_points_before_large_scales_and_whole_numbers_of_units_are_read_as_they_are_meant(
    one: str, other: str, same: bool
) -> None:
    assert same_amount(amounts(one)[0], amounts(other)[0]) is same
