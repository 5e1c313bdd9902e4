"""The tools: what each gives, and that nothing that is handed to one raises or runs away."""

from __future__ import annotations

import threading
from importlib.metadata import EntryPoint

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.ask.asked import Asked
from galactica.ask.evidence import resolves
from galactica.ask.group.toolbox import GROUP, tools
from galactica.ask.group.tools import MOST_CITATIONS, MOST_TEXT, Argument, Result, Tool, use_tool
from galactica.ask.question import read_question
from tests.ask.group.pretended import Pointing, Shelf, article

TOWN = article(
    "Warsaw",
    body="<p>Warsaw is the capital of Poland.</p><h2>Rivers</h2><p>It lies on the "
    '<a href="./Vistula">Vistula</a>.</p><h2>Food</h2><p>Bigos is eaten.</p>',
    aliases=["Warszawa"],
)
RIVER = article("Vistula", "The Vistula is the longest river of Poland. It is 1,047 km long.")
OTHER = article("Vistula", "The Vistula measures 1,068 km.", source="atlas")


@pytest.fixture
def asked() -> Asked:
    return Asked(
        question=read_question("How long is the Vistula?", "en"), holdings=Shelf(TOWN, RIVER, OTHER), reader=Pointing()
    )


def tool(name: str) -> Tool:
    return {each.name: each for each in tools([])[0]}[name]


def test_search_gives_quotations_that_resolve(asked):
    found = use_tool(tool("search"), asked, query="longest river")
    assert found.citations[0].title == "Vistula"
    assert all(resolves(each, asked.holdings.page(each.edition, each.id)) for each in found.citations)


def test_search_takes_a_way_of_searching_and_no_other(asked):
    assert use_tool(tool("search"), asked, query="river", by="words").citations
    assert "one of" in use_tool(tool("search"), asked, query="river", by="sorcery").note


def test_read_gives_an_article_or_a_section(asked):
    assert use_tool(tool("read"), asked, article="Warszawa").text.startswith("Warsaw is the capital")
    assert use_tool(tool("read"), asked, article="Warsaw", section="rivers").text == "Rivers\nIt lies on the Vistula."
    assert "no such section" in use_tool(tool("read"), asked, article="Warsaw", section="Mountains").note
    assert "no such article" in use_tool(tool("read"), asked, article="Atlantis").note


def test_links_are_the_titles_of_what_is_here(asked):
    assert use_tool(tool("links"), asked, article="Warsaw").text == "Vistula"


def test_sql_goes_to_the_sandbox_and_its_refusal_is_a_note(asked):
    assert use_tool(tool("sql"), asked, query="SELECT count(*) FROM articles").text == "n\n3"
    assert "Not one SELECT" in use_tool(tool("sql"), asked, query="DROP TABLE articles").note


def test_compare_puts_sources_side_by_side(asked):
    found = use_tool(tool("compare"), asked, query="Vistula km")
    assert {each.source for each in found.citations} == {"wiki", "atlas"}


def test_only_what_the_person_allows_is_read():
    only = Asked(
        question=read_question("?", "en"), holdings=Shelf(TOWN, RIVER, OTHER), reader=Pointing(), sources=("atlas",)
    )
    assert not use_tool(tool("read"), only, article="Warsaw").citations
    assert {each.source for each in use_tool(tool("search"), only, query="Vistula").citations} == {"atlas"}


@pytest.mark.parametrize(
    ("name", "given_", "text"),
    [
        ("days_between", {"first": "1945-05-01", "second": "8 May 1945"}, "7 days"),
        ("days_between", {"first": "May 8, 1945", "second": "1945年5月1日"}, "-7 days"),
        ("age", {"born": "1 March 1810", "at": "17 October 1849"}, "39 years"),
        ("age", {"born": "29 February 2000", "at": "28 February 2001"}, "0 years"),
        ("weekday", {"date": "14 July 1789"}, "Tuesday"),
        ("add_days", {"date": "1999-12-31", "days": 1}, "2000-01-01"),
        ("add_days", {"date": "2000-03-01", "days": -1}, "2000-02-29"),
    ],
)
def test_dates(asked, name, given_, text):
    assert use_tool(tool(name), asked, **given_).text == text


@pytest.mark.parametrize(
    ("name", "given_"),
    [
        ("age", {"born": "2001-01-01", "at": "2000-01-01"}),
        ("weekday", {"date": "31 February 2000"}),
        ("weekday", {"date": "0000-00-00"}),
        ("weekday", {"date": "someday"}),
        ("add_days", {"date": "9999-12-31", "days": 1}),
        ("add_days", {"date": "2000-01-01", "days": 10**12}),
        ("add_days", {"date": "2000-01-01", "days": "many"}),
        ("add_days", {"date": "2000-01-01", "days": True}),
        ("calculate", {"expression": "1 / 0"}),
        ("calculate", {}),
        ("calculate", {"expression": 7}),
        ("calculate", {"expression": "1", "more": 1}),
        ("calculate", {"expression": "x" * (MOST_TEXT + 1)}),
    ],
)
def test_what_cannot_be_done_is_a_note(asked, name, given_):
    found = use_tool(tool(name), asked, **given_)
    assert found.note.startswith(name)
    assert not found.text


def test_a_tool_that_hangs_is_left(asked):
    stop = threading.Event()
    slow = Tool(name="slow", about="", arguments=(), run=lambda asked: Result(text=str(stop.wait(20))))
    assert "not done within" in use_tool(slow, asked, seconds=0.05).note
    stop.set()


def test_a_tool_that_breaks_or_gives_nonsense_is_a_note(asked):
    def breaks(asked: Asked) -> Result:
        raise ZeroDivisionError("secret")

    for run in (breaks, lambda asked: "text", lambda asked: None):
        note = use_tool(Tool(name="bad", about="", arguments=(), run=run), asked).note
        assert "bad failed" in note
        assert "secret" not in note


def test_what_a_tool_gives_is_bounded(asked):
    page = asked.holdings.passages("Vistula", limit=1)
    assert page
    citation = use_tool(tool("search"), asked, query="Vistula").citations[0]
    much = Result(text="x" * (2 * MOST_TEXT), citations=(citation,) * 100)
    found = use_tool(Tool(name="much", about="", arguments=(), run=lambda asked: much), asked)
    assert len(found.text) == MOST_TEXT
    assert len(found.citations) == MOST_CITATIONS
    assert "left out" in found.note


MADE = Tool(
    name="made", about="Made in a test.", arguments=(Argument(name="question", about=""),), run=lambda a, **_: Result()
)


def make() -> Tool:
    return Tool(name="made_later", about="", arguments=(), run=lambda asked: Result())


def breaks() -> Tool:
    raise RuntimeError("no")


TAKEN = Tool(name="search", about="", arguments=(), run=lambda asked: Result())
NONSENSE = 7


def points(*names: str) -> list[EntryPoint]:
    return [EntryPoint(name=name, value=f"tests.ask.group.test_tools:{name}", group=GROUP) for name in names]


def test_packages_add_tools():
    found, notes = tools(points("MADE", "make"))
    assert [each.name for each in found][-2:] == ["made", "made_later"]
    assert not notes
    assert found[-2].studies
    assert not found[-1].studies


@pytest.mark.parametrize("name", ["breaks", "missing", "TAKEN", "NONSENSE"])
def test_a_broken_tool_is_left_out_with_a_note(name):
    found, notes = tools(points(name, "MADE"))
    assert [each.name for each in found][-1] == "made"
    assert len(notes) == 1
    assert name in notes[0]


@given(
    st.dictionaries(st.sampled_from(["query", "by", "limit", "x"]), st.one_of(st.text(), st.integers(), st.floats()))
)
def test_whatever_is_handed_over_a_result_comes_back(arguments):
    asked = Asked(question=read_question("?", "en"), holdings=Shelf(RIVER), reader=Pointing())
    assert isinstance(use_tool(tool("search"), asked, **arguments), Result)
