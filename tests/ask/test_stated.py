"""What an article states of its own thing is found by the property's name, in any order, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.ask.answering import answer
from galactica.ask.asked import Asked
from galactica.ask.evidence import resolves
from galactica.ask.holdings import Page
from galactica.ask.inverse import inverse
from galactica.ask.question import read_question
from galactica.ask.rules import RuleReader
from galactica.ask.sought import question_language
from galactica.ask.stated import stated
from galactica.ask.tabled import table_rows
from galactica.ask.wishes import wishes
from galactica.model import Answer, Article, Verdict

from .group.pretended import Shelf, article


def table(*rows: str, head: str = "") -> str:
    lines = ["<tr>" + "".join(f"<th>{cell}</th>" for cell in head.split("|")) + "</tr>"] if head else []
    for row in rows:
        first, *rest = row.split("|")
        lines.append(f"<tr><th>{first}</th>{''.join(f'<td>{cell}</td>' for cell in rest)}</tr>")
    return f"<table>{''.join(lines)}</table>"


VARA = article(
    "Varaland",
    body="<p>Varaland is a country.</p>"
    + table(
        "Capital|Holm (since 1911)",
        "Total area|4,120 km²|2020",
        "Population|812,300|2021",
        "Population growth|1.2%|2021",
        "Currency|vara crown (VRC)",
        "Neighbours|Nordia and Sund",
        "Number of neighbouring countries|2",
        "Motto|Ever on",
        head="What|Value|Year",
    ),
    aliases=("Varaish", "VRL"),
)
VARA_ZH = article(
    "瓦拉国",
    body="<p>瓦拉国是一个国家。</p>" + table("首都|霍尔姆", "人口|812,300人|2021年", "货币|瓦拉克朗"),
    language="zh",
    aliases=("Varaland",),
)
ZORIUM = article("Zorium", body="<p>Zorium is a metal.</p>" + table("Atomic number|131", "Melting point|812.4 K|2020"))
EREBA = article("Ereba", "Ereba is a planet. It had 31 known moons as of May 2020.")
POET = article("Ida Berg", "Ida Berg (née Lind; 3 May 1871 – 9 June 1940) was a poet. She moved to Holm in 1902.")
NOTE = article("Sund", "Sund is a town.\nMayor: Ola Lind\nPopulation: 4,100")
SHELF = Shelf(VARA, VARA_ZH, ZORIUM, EREBA, POET, NOTE)


def ask(question: str, shelf: Shelf = SHELF) -> Answer:
    language = question_language(question, shelf.languages)
    return answer(Asked(question=read_question(question, language), holdings=shelf, reader=RuleReader()))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("What is the capital of Varaland?", "Holm (since 1911)"),
        ("capital Varaland", "Holm (since 1911)"),
        ("VARALAND CAPITAL", "Holm (since 1911)"),
        ("Varaish capital", "Holm (since 1911)"),
        ("Varaland's capital city?", "Holm (since 1911)"),
        ("¿Cuál es la capital de Varaland?", "Holm (since 1911)"),
        ("Was ist die Hauptstadt von Varaland?", "Holm (since 1911)"),
        ("How big is Varaland?", "4,120 km²"),
        ("population of Varaland", "812,300"),
        ("How many people live in Varaland?", "812,300"),
        ("What was the population of Varaland in 2021?", "812,300"),
        ("What money do they use in Varaland?", "vara crown (VRC)"),
        ("Which countries border Varaland?", "Nordia and Sund"),
        ("How many countries does Varaland border?", "2"),
        ("motto of Varaland", "Ever on"),
        ("zorium atomic number", "131"),
        ("At what temperature does zorium melt?", "812.4 K"),
        ("How many moons does Ereba have?", "31"),
        ("When was Ida Berg born?", "3 May 1871"),
        ("When did Ida Berg die?", "9 June 1940"),
        ("mayor of Sund", "Ola Lind"),
        ("瓦拉国的首都", "霍尔姆"),
        ("瓦拉国首都是哪里？", "霍尔姆"),
        ("瓦拉國有多少人口？", "812,300人"),
        ("瓦拉国用什么货币", "瓦拉克朗"),
    ],
)
def test_a_property_of_a_thing_is_answered_however_it_is_asked(question: str, value: str) -> None:
    found = ask(question)
    assert (found.verdict, found.text) == (Verdict.ANSWERED, value)
    citation = found.statements[0].citations[0]
    assert citation.quote[slice(*citation.mark)] == value
    assert len(citation.quote) > len(value)
    assert resolves(citation, SHELF.page(citation.edition, citation.id))


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of Narvania?",
        "Who is the president of Varaland?",
        "What was the population of Varaland in 1950?",
        "What is the population of the capital of Varaland?",
        "When was the capital of Varaland founded?",
        "Why is the population of Varaland so small?",
        "Is the capital of Varaland old?",
        "Who discovered zorium?",
        "How many capitals does Varaland have?",
        "瓦拉国的人口密度是多少？",
        "",
        "?" * 500,
    ],
)
def test_what_is_not_stated_is_not_told(question: str) -> None:
    language = question_language(question, SHELF.languages)
    asked = Asked(question=read_question(question, language), holdings=SHELF, reader=RuleReader())
    assert stated(asked, asked.passages(limit=8) if question else []) == []


HOLM = article(
    "Nordia", body="<p>Nordia is a country. Its capital is Askby.</p>" + table("Capital|Askby", "Currency|crown")
)
SUNDIA = article(
    "Sundia", body="<p>Sundia is a country. Its capital is Elmby.</p>" + table("Capital|Elmby", "Currency|crown")
)
METAL = article(
    "Zorium",
    body="<p>Zorium is the element with the symbol Zz and the atomic number 131.</p>"
    + table("Symbol|Zz", "Atomic number|131"),
    aliases=("Zz",),
)
TURNED = Shelf(HOLM, SUNDIA, METAL)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Askby is the capital of which country?", "Nordia"),
        ("What country has Elmby as its capital?", "Sundia"),
        ("Which element has the atomic number 131?", "Zorium"),
        ("What element has the symbol Zz?", "Zorium"),
    ],
)
def test_the_thing_that_has_a_value_is_found_by_it(question: str, title: str) -> None:
    found = ask(question, TURNED)
    assert (found.verdict, found.text) == (Verdict.ANSWERED, title)
    assert title in found.statements[0].citations[0].quote


@pytest.mark.parametrize(
    "question",
    ["Which country uses the currency crown?", "Which element has the atomic number 13?", "What country has Holm?"],
)
def test_what_two_things_have_or_none_has_names_neither(question: str) -> None:
    asked = Asked(question=read_question(question, "en"), holdings=TURNED, reader=RuleReader())
    assert inverse(asked, asked.passages(limit=8)) == []


def test_a_row_of_a_table_below_a_heading_is_found_by_both() -> None:
    body = "<h2>Borders</h2>" + table("Nordia|120 km", "Sund|31 km", head="Neighbour|Length")
    shelf = Shelf(article("Varaland", body=body))
    assert ask("How long is the border of Varaland with Nordia?", shelf).text == "120 km"


def test_a_table_of_values_below_the_name_of_a_property_gives_its_newest() -> None:
    body = "<h2>Sources disagree: height</h2><table><tr><th>Value</th><th>Year</th></tr>"
    body += "<tr><td>812 m</td><td>1911</td></tr><tr><td>815 m</td><td>2020</td></tr></table>"
    shelf = Shelf(article("Mount Elm", body=body))
    assert ask("How tall is Mount Elm?", shelf).text == "815 m"


def test_two_sources_that_state_another_value_of_one_year_dispute_and_of_another_year_do_not() -> None:
    def shelf(value: str, year: str) -> Shelf:
        other = article("Varaland", body=table(f"Population|{value}|{year}"), source="almanac")
        return Shelf(VARA, other)

    question = "What is the population of Varaland?"
    assert ask(question, shelf("790,400", "2021")).verdict is Verdict.DISPUTED
    assert ask(question, shelf("790,400", "2019")).verdict is Verdict.ANSWERED
    assert ask(question, shelf("412,000", "2019")).verdict is Verdict.DISPUTED
    assert ask(question, shelf("812,300", "2021")).verdict is Verdict.ANSWERED


def test_a_name_of_columns_is_no_row() -> None:
    page = Shelf(article("Elm", body=table("Ash|2", head="Capital|Value"))).page
    found = article("Elm", body=table("Ash|2", head="Capital|Value"))
    opened = page("ab" * 32, found.id)
    assert opened is not None
    assert [row.label for row in table_rows(opened)] == ["Ash"]


@given(st.lists(st.lists(st.text("ab <>&|1", max_size=6), min_size=2, max_size=4), max_size=6))
def test_cells_are_found_where_they_stand(rows: list[list[str]]) -> None:
    import html

    body = "<table>" + "".join(
        "<tr>" + "".join(f"<td>{html.escape(' '.join(cell.split()), quote=False)}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    item: Article = article("T", body=body + "</table>")
    page = Shelf(item).page("ab" * 32, item.id)
    assert isinstance(page, Page)
    for row in table_rows(page):
        assert page.text[slice(*row.cells[0])] == row.label
        assert all(0 <= start <= end <= len(page.text) for start, end in row.cells)


@given(st.text(max_size=80), st.sampled_from(["en", "zh", "th", "xx", ""]))
def test_nothing_that_can_be_typed_raises(question: str, language: str) -> None:
    assert isinstance(wishes(read_question(question, language), lambda name: name if len(name) % 2 == 0 else ""), tuple)


@given(st.text(st.sampled_from("capitl of Vrnd Zo?的首都是最大 1'’的国家"), max_size=60))
def test_no_question_raises(question: str) -> None:
    for shelf in (SHELF, TURNED):
        found = answer(
            Asked(
                question=read_question(question, question_language(question, ("en",))),
                holdings=shelf,
                reader=RuleReader(),
            )
        )
        for statement in found.statements:
            for citation in statement.citations:
                assert resolves(citation, shelf.page(citation.edition, citation.id))
