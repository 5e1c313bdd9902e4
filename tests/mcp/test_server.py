"""The protocol, spoken by the SDK's own client: what is offered, what is refused, and that work ends with its asker."""

from __future__ import annotations

import asyncio
import threading

import pytest

pytest.importorskip("mcp", reason="the package mcp is not installed")

from mcp.shared.exceptions import MCPError

from galactica.mcp import desk as door
from galactica.mcp.server import make_server
from galactica.model import Answer, Step, Verdict
from galactica.wire.answer import answer_document
from galactica.wire.objects import plain
from mcp import Client

EMPTY = Answer(question="q", verdict=Verdict.NOT_FOUND, text="", confidence=0)


def talk(opened, conversation, *, mode: str = "auto", **more):
    """Have a conversation with the library; what it returns."""

    async def have():
        async with Client(make_server(opened, **more), mode=mode) as client:
            return await conversation(client)

    return asyncio.run(have())


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_what_is_offered_is_read_only_and_described(opened, mode):
    async def ask(client):
        return (await client.list_tools()).tools, (await client.list_resource_templates()).resource_templates

    tools, templates = talk(opened, ask, mode=mode)
    assert [tool.name for tool in tools] == ["search", "read", "ask", "compare"]
    for tool in tools:
        assert tool.description
        assert tool.input_schema["type"] == tool.output_schema["type"] == "object"
        assert tool.annotations.read_only_hint
        assert tool.annotations.open_world_hint is False
    assert [template.uri_template for template in templates] == ["galactica://{edition}/{id}"]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_tool_gives_a_document_and_words_and_tells_its_steps(opened, mode):
    def answer(question, *, report, **more):
        report(Step(who="search", did="Looked for\x1b[31m words."))
        report(Step(who="reader", did="Read."))
        return EMPTY

    opened.ask = answer

    async def ask(client):
        steps = []

        async def told(progress, total, message):
            steps.append((progress, message))

        return await client.call_tool("ask", {"question": "Why?"}, progress_callback=told), steps

    result, steps = talk(opened, ask, mode=mode)
    assert not result.is_error
    assert result.structured_content == plain(answer_document(EMPTY))
    assert result.content[0].text.startswith("Nothing in the library is likely enough to be the answer.")
    assert steps == [(1.0, "search: Looked for [31m words."), (2.0, "reader: Read.")]


def test_every_article_is_a_resource_that_can_be_read(opened):
    async def ask(client):
        listed = (await client.list_resources()).resources
        return listed, [await client.read_resource(one.uri) for one in listed]

    listed, read = talk(opened, ask)
    assert len(listed) == len(opened.editions[0])
    for one, result in zip(listed, read, strict=True):
        text = result.contents[0]
        assert (text.uri, text.mime_type) == (one.uri, "text/plain")
        assert text.meta["title"] == one.title
        assert text.meta["total"] == len(text.text)
        assert text.meta["cut"] is False


def test_the_list_of_resources_comes_in_pages(opened, monkeypatch):
    monkeypatch.setattr("galactica.mcp.articles.PER_PAGE", 3)

    async def ask(client):
        first = await client.list_resources()
        return first, await client.list_resources(cursor=first.next_cursor)

    first, second = talk(opened, ask)
    assert (len(first.resources), len(second.resources), second.next_cursor) == (3, 1, None)


def test_a_long_article_is_cut_and_says_so(opened, monkeypatch):
    monkeypatch.setattr(door, "MAX_RESOURCE", 10)

    async def ask(client):
        return await client.read_resource((await client.list_resources()).resources[0].uri)

    text = talk(opened, ask).contents[0]
    assert len(text.text) == 10
    assert text.meta["cut"] is True


@pytest.mark.parametrize(
    "uri", ["file:///etc/passwd", "galactica://x/y", "galactica://" + "0" * 12 + "/" + "0" * 32, "http://evil.example/"]
)
def test_a_resource_that_is_not_there_is_an_error_of_the_protocol(opened, uri):
    async def ask(client):
        with pytest.raises(MCPError) as caught:
            await client.read_resource(uri)
        return caught.value.code, caught.value.message

    code, message = talk(opened, ask)
    assert code == -32602
    assert "article" in message


def test_a_cursor_of_another_list_is_refused(opened):
    async def ask(client):
        with pytest.raises(MCPError, match="cursor"):
            await client.list_resources(cursor="../../etc")

    talk(opened, ask)


BAD = [
    ("search", {}, "query"),
    ("search", {"query": ""}, "query"),
    ("search", {"query": "a" * 501}, "query"),
    ("search", {"query": 5}, "query"),
    ("search", {"query": "a", "limit": 51}, "limit"),
    ("search", {"query": "a", "limit": 1.5}, "limit"),
    ("search", {"query": "a", "limit": True}, "limit"),
    ("search", {"query": "a", "by": "magic"}, "by"),
    ("read", {"article": "Warsaw", "length": 20_001}, "length"),
    ("read", {"article": "Warsaw", "length": 0}, "length"),
    ("read", {"article": "Warsaw", "offset": -1}, "offset"),
    ("read", {"article": ["Warsaw"]}, "article"),
    ("ask", {"question": "a" * 2001}, "question"),
    ("ask", {"question": "a", "sources": ["x"] * 21}, "sources"),
    ("ask", {"question": "a", "sources": "x"}, "sources"),
    ("ask", {"question": "a", "group": "yes"}, "group"),
    ("ask", {"question": "a", "model": "http://evil.example"}, "model"),
    ("compare", {"question": "a", "languages": ["x"] * 9}, "languages"),
    ("delete", {}, "delete"),
    ("__init__", {}, "__init__"),
]


@pytest.mark.parametrize(("name", "given", "field"), BAD)
def test_what_does_not_fit_is_a_tools_error_that_names_it(opened, name, given, field):
    opened.ask = opened.search = None  # nothing is called

    async def ask(client):
        return await client.call_tool(name, given)

    result = talk(opened, ask)
    assert result.is_error
    assert set(result.structured_content) == {"problem", "remedy"}
    assert field in result.structured_content["problem"]
    assert result.structured_content["remedy"] in result.content[0].text
    assert len(result.content[0].text) < 700
    assert "Traceback" not in result.content[0].text


def test_what_the_library_says_no_to_is_a_tools_error(opened):
    async def ask(client):
        return await client.call_tool("read", {"article": "Nowhere"})

    result = talk(opened, ask)
    assert result.is_error
    assert result.structured_content["problem"] == "This library has no article 'Nowhere'."


def test_a_fault_inside_shows_no_trace_and_is_logged(opened, caplog):
    def broken(*args, **more):
        raise ZeroDivisionError("a secret of this machine")

    opened.ask = opened.search = broken

    async def ask(client):
        return [
            await client.call_tool("ask", {"question": "a"}),
            await client.call_tool("search", {"query": "a"}),
        ]

    for result in talk(opened, ask):
        assert result.is_error
        assert "secret" not in str(result)
        assert "ZeroDivision" not in str(result)
    assert "a secret of this machine" in caplog.text


def test_an_answer_that_takes_too_long_is_given_up_and_its_work_ends(opened):
    gate, ended = threading.Event(), threading.Event()

    def slow(question, *, report, **more):
        assert gate.wait(20)
        try:
            report(Step(who="search", did="Looked."))
        except BaseException:
            ended.set()
            raise
        return EMPTY

    opened.ask = slow

    async def ask(client):
        result = await client.call_tool("ask", {"question": "a"})
        gate.set()
        assert await asyncio.to_thread(ended.wait, 20)
        return result

    result = talk(opened, ask, seconds=0.2)
    assert result.is_error
    assert "seconds" in result.structured_content["problem"]


def test_a_question_that_is_cancelled_ends_the_work(opened):
    gate, begun, ended = threading.Event(), threading.Event(), threading.Event()

    def slow(question, *, report, **more):
        begun.set()
        assert gate.wait(20)
        try:
            report(Step(who="search", did="Looked."))
        except BaseException:
            ended.set()
            raise
        return EMPTY

    opened.ask = slow

    async def ask(client):
        call = asyncio.create_task(client.call_tool("ask", {"question": "a"}))
        assert await asyncio.to_thread(begun.wait, 20)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        gate.set()
        assert await asyncio.to_thread(ended.wait, 20)
        assert not (await client.call_tool("search", {"query": "Warsaw"})).is_error

    talk(opened, ask)


def test_too_many_questions_at_once_are_sent_away_and_articles_still_read(opened, monkeypatch):
    monkeypatch.setattr(door, "AT_ONCE", 1)
    monkeypatch.setattr(door, "WAITING", 0)
    gate, begun = threading.Event(), threading.Event()

    def slow(question, **more):
        begun.set()
        assert gate.wait(20)
        return EMPTY

    opened.ask = slow

    async def ask(client):
        first = asyncio.create_task(client.call_tool("ask", {"question": "a"}))
        assert await asyncio.to_thread(begun.wait, 20)
        late = await client.call_tool("ask", {"question": "b"})
        read = await client.call_tool("read", {"article": "Warsaw"})
        gate.set()
        return late, read, await first, await client.call_tool("ask", {"question": "c"})

    late, read, *others = talk(opened, ask)
    assert late.is_error
    assert "Too much" in late.structured_content["problem"]
    assert not read.is_error
    assert not any(each.is_error for each in others)


def test_what_an_article_says_is_in_no_description(opened):
    async def ask(client):
        return await client.list_tools(), client.session.server_info, client.instructions

    assert "Ignore" not in str(talk(opened, ask))
