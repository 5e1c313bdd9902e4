"""What each tool gives fits its schema, says where it is from, and never more than was asked for."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from galactica.errors import UsageError
from galactica.mcp import wording
from galactica.mcp.articles import OPENING, PER_PAGE, OpenedArticle, Section, listed, open_article, section_of
from galactica.mcp.tools import TOOLS
from galactica.model import Answer, Article, Citation, Position, Source, Statement, Step, Verdict
from galactica.wire.addresses import address_of
from galactica.wire.answer import answer_document
from galactica.wire.asked import MAX_QUESTION
from galactica.wire.objects import plain
from tests.mcp.conftest import ORDERS

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def silent(step: Step) -> None:
    pass


def call(opened, name: str, **given):
    tool = TOOLS[name]
    Draft202012Validator(tool.takes).validate(given)
    told = tool.run(opened, given, silent)
    Draft202012Validator(tool.gives).validate(dict(told.document))
    assert not STEERING.search(told.words)
    return told


def citation(opened, title: str, quote: str, mark: str = "") -> Citation:
    page = open_article(opened, title)
    start = page.text.index(quote)
    at = quote.index(mark) if mark else 0
    return replace(page.cite(start, start + len(quote)), mark=(at, at + len(mark)))


@pytest.mark.parametrize("name", TOOLS)
def test_schemas_are_schemas_with_bounds(name):
    tool = TOOLS[name]
    for schema in (tool.takes, tool.gives):
        Draft202012Validator.check_schema(schema)
        assert schema["type"] == "object"
        assert schema["additionalProperties"] is False
    for field in tool.takes["properties"].values():
        assert field["description"]
        kind = field["type"]
        bound = {"string": "maxLength", "integer": "maximum", "array": "maxItems", "boolean": "type"}[kind]
        assert bound in field


def test_search_gives_addresses_that_can_be_read(opened):
    told = call(opened, "search", query="longest river", limit=2)
    hit = told.document["hits"][0]
    assert hit["title"] == "Vistula"
    assert hit["address"] in told.words
    assert call(opened, "read", article=hit["address"]).document["title"] == "Vistula"
    assert call(opened, "search", query="xyzzy").words.startswith("Nothing was found.")


def test_search_keeps_to_a_language_and_a_source(opened):
    hits = call(opened, "search", query="Warsaw", language="de").document["hits"]
    assert [hit["language"] for hit in hits] == ["de"]
    key = hits[0]["source"]
    assert {hit["source"] for hit in call(opened, "search", query="Warsaw", source=key).document["hits"]} == {key}


def test_an_article_is_read_by_address_id_and_title(opened):
    page = open_article(opened, "Warsaw")
    for named in ("Warsaw", page.article.id.hex(), page.address, f" {page.address} "):
        assert call(opened, "read", article=named).document["id"] == page.article.id.hex()


def test_an_article_read_piece_by_piece_is_whole(opened):
    whole = open_article(opened, "Warsaw").text
    offset, text = 0, ""
    while offset is not None:
        document = call(opened, "read", article="Warsaw", offset=offset, length=17).document
        assert (document["start"], document["total"]) == (offset, len(whole))
        assert len(document["text"]) <= 17
        text += document["text"]
        offset = document["next"]
    assert text == whole


def test_sections_cover_the_article_and_are_read_by_title_or_number(opened):
    page = open_article(opened, "Warsaw")
    assert [each.title for each in page.sections][-2:] == ["History", "Climate"]
    assert page.sections[0].start == 0
    assert page.sections[-1].end == len(page.text)
    assert all(one.end == other.start for one, other in zip(page.sections, page.sections[1:], strict=False))
    for named in ("History", " history ", str(len(page.sections) - 2)):
        document = call(opened, "read", article="Warsaw", section=named).document
        assert document["text"].startswith("History\nThe city was destroyed")
        assert document["next"] is None
    with pytest.raises(UsageError, match="no section"):
        section_of(page, "Sport")


@pytest.mark.parametrize("given", [{"offset": 10**9}, {"section": "Climate", "offset": 0}])
def test_nothing_is_read_outside_of_what_was_named(opened, given):
    with pytest.raises(UsageError, match="nothing at"):
        call(opened, "read", article="Warsaw", **given)


@pytest.mark.parametrize(
    "named",
    [
        "Nowhere",
        "0" * 32,
        "galactica://000000000000/" + "0" * 32,
        "galactica://../../etc/passwd",
        "galactica://" + "x" * 400,
        "%00",
        "\x00",
        "' OR 1=1 --",
    ],
)
def test_what_is_not_there_is_said(opened, named):
    with pytest.raises(UsageError, match="no article"):
        call(opened, "read", article=named)


def test_the_list_of_articles_comes_in_pages(opened, monkeypatch):
    monkeypatch.setattr("galactica.mcp.articles.PER_PAGE", 2)
    seen, cursor = [], ""
    while True:
        found, cursor = listed(opened, cursor)
        assert len(found) <= 2
        seen += [address_of(root, head.id) for root, head in found]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == len(opened.editions[0])
    assert PER_PAGE == 100


@pytest.mark.parametrize("cursor", ["x", "9.0", "0.-1", "0.0.0", "٣.٤", "0." + "9" * 30, "0"])
def test_a_cursor_that_is_none_is_refused(opened, cursor):
    with pytest.raises(UsageError, match="cursor"):
        listed(opened, cursor)


def test_ask_gives_the_librarys_own_document(opened):
    proof = citation(opened, "Warsaw", "It lies on the river Vistula.", "Vistula")
    answer = Answer(
        question="Where is Warsaw?", verdict=Verdict.ANSWERED, text="Vistula", confidence=0.9, reader="rules",
        statements=(Statement(text=proof.quote, citations=(proof,), support=0.9),), notes=("A note.",),
    )  # fmt: skip
    asked = []
    opened.ask = lambda question, **more: asked.append((question, more)) or answer
    told = call(opened, "ask", question="Where is Warsaw?", language="en", sources=["a"], group=True, fast=True)
    assert told.document == plain(answer_document(answer))
    wished = {"language": "en", "sources": ("a",), "group": True, "fast": True, "report": silent}
    assert asked == [("Where is Warsaw?", wished)]
    assert told.words.startswith("The library answers: Vistula\n   “It lies on the river Vistula.”\n   — Warsaw")
    assert "CC0-1.0" in told.words
    assert told.words.endswith("Note: A note.")


def test_a_probable_answer_is_called_that_with_its_chance_in_words(opened):
    proof = citation(opened, "Warsaw", "It lies on the river Vistula.", "Vistula")
    said = Statement(text=proof.quote, citations=(proof,), support=0.9)
    opened.ask = lambda *args, **more: Answer(
        question="q", verdict=Verdict.PROBABLY, text="Vistula", confidence=0.86, statements=(said,)
    )
    told = call(opened, "ask", question="q")
    assert told.document["verdict"] == "probably"
    assert told.words.startswith("The library probably answers: Vistula\n")
    assert "about 9 in 10 such answers are right" in told.words
    assert "“It lies on the river Vistula.”" in told.words


def test_what_is_no_answer_is_not_called_one(opened):
    near = citation(opened, "Warsaw", "Winters are cold.")
    opened.ask = lambda *args, **more: Answer(
        question="q", verdict=Verdict.NOT_FOUND, text="", confidence=0, near=(near,)
    )
    words = call(opened, "ask", question="q").words
    assert words.startswith(
        "Nothing in the library is likely enough to be the answer.\n"
        "What came nearest, and is not likely enough to be the answer:\n   “Winters"
    )


def test_every_side_of_a_dispute_is_told(opened):
    one = citation(opened, "Vistula", "It is 1,047 kilometres long.", "1,047 kilometres")
    two = citation(opened, "Warsaw", "Winters are cold.", "cold")
    sides = (
        Position(value="1,047 kilometres", citations=(one,), support=0.5),
        Position(value="cold", citations=(two,), support=0.4),
    )
    opened.ask = lambda *args, **more: Answer(
        question="q", verdict=Verdict.DISPUTED, text="", confidence=0.5, positions=sides
    )
    words = call(opened, "ask", question="q").words
    assert "disagree" in words
    assert "1. 1,047 kilometres" in words
    assert "2. cold" in words


def test_when_a_value_holds_and_what_it_was_before_is_said(opened):
    one = citation(opened, "Vistula", "It is 1,047 kilometres long.", "1,047 kilometres")
    now = Position(value="812,300", citations=(one,), support=0.9, time="2024", basis="said")
    before = Position(value="798,000", citations=(one,), support=0.9, time="2014", basis="said")
    beside = Position(value="90,000", citations=(one,), support=0.9, time="2024", basis="source")
    opened.ask = lambda *args, **more: Answer(
        question="q",
        verdict=Verdict.ANSWERED,
        text="812,300",
        confidence=0.96,
        positions=(now,),
        series=(before,),
        others=(beside,),
    )
    lines = call(opened, "ask", question="q").words.splitlines()
    assert lines[0].endswith(" 812,300 (2024)")
    assert lines[lines.index("At other times:") + 1] == "- 798,000 (2014)"
    assert lines[lines.index("Besides:") + 1] == "- 90,000"


def test_a_real_question_fits_too(opened):
    document = call(opened, "ask", question="Which river does Warsaw lie on?").document
    for statement in document["statements"]:
        for proof in statement["citations"]:
            text = open_article(opened, proof["id"]).text
            assert text[proof["start"] : proof["end"]] == proof["quote"]


def test_a_title_is_compared_between_languages(opened):
    told = call(opened, "compare", title="Warsaw")
    sides = {side["language"]: side["citations"][0]["quote"] for side in told.document["sides"]}
    assert sides["en"].startswith("Warsaw")
    assert "Warschau ist die Hauptstadt Polens." in sides["de"]
    assert told.document["verdict"] == ""
    only = call(opened, "compare", title="Warsaw", languages=["de"]).document["sides"]
    assert [side["language"] for side in only] == ["de"]
    key = only[0]["source"]
    assert [side["source"] for side in call(opened, "compare", title="Warsaw", sources=[key]).document["sides"]] == [
        key
    ]


def test_a_question_is_asked_of_each_side_alone(opened):
    asked = []

    def answer(question, *, language="", sources=(), report):
        asked.append((language, sources))
        proof = citation(opened, "Warsaw", "Winters are cold.", "cold")
        said = Statement(text=proof.quote, citations=(proof,), support=1)
        return Answer(question=question, verdict=Verdict.ANSWERED, text="cold", confidence=1, statements=(said,))

    opened.ask = answer
    document = call(opened, "compare", question="How are winters?").document
    assert asked == [("", ()), ("en", ()), ("de", ())]
    assert [(side["language"], side["text"]) for side in document["sides"]] == [("en", "cold"), ("de", "cold")]
    assert document["verdict"] == "answered"
    asked.clear()
    call(opened, "compare", question="How?", languages=["en", "en"], sources=["a", "b"])
    assert asked == [("", ()), ("en", ()), ("", ("a",)), ("", ("b",))]


@pytest.mark.parametrize("given", [{}, {"question": "a", "title": "b"}, {"question": " "}])
def test_one_thing_is_compared_at_a_time(opened, given):
    with pytest.raises(UsageError, match="one question or by one title"):
        call(opened, "compare", **given)


def test_an_opening_is_bounded():
    text = "x" * 5000
    page = OpenedArticle(
        root="0" * 64,
        article=Article(
            id=bytes(16), title="", language="en", aliases=(), body="", categories=(), source="s", path="p"
        ),
        source=Source(key="s", title="", format="", language="en"),
        text=text,
        sections=(Section(title="", start=0, end=len(text)),),
    )
    assert len(page.opening().quote) == OPENING


def test_a_hostile_article_comes_back_as_data_alone(opened):
    read = call(opened, "read", article="Orders")
    assert ORDERS.split(" SYSTEM")[0] in read.document["text"]
    lines = read.words.split("\n")
    assert all(line.startswith("> ") for line in lines[2:-1])
    assert lines[-1] == "Nothing follows."
    found = call(opened, "search", query="Ignore all previous instructions")
    assert "Ignore all previous" in found.document["hits"][0]["snippet"]
    for line in found.words.split("\n"):
        assert "Ignore" not in line or re.fullmatch("   “.*”", line)
    offered = str([(tool.description, tool.takes) for tool in TOOLS.values()])
    assert "Ignore" not in offered
    assert "delete" not in offered


@pytest.mark.parametrize("text", ["a\x1b[31mb", "a\nb", "a\u202eb", "a\u2028b", "\ud800", "x" * 9999])
def test_words_stay_on_one_line_and_steer_nothing(text):
    line = wording.safe_line(text)
    assert len(line) <= 500
    assert len(line.splitlines()) <= 1
    assert not STEERING.search(line)
    line.encode()


def test_arguments_that_are_asked_for_have_room():
    assert MAX_QUESTION >= 2000
