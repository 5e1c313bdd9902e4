"""The door as it is opened: a real process on standard streams, and real HTTP on a port of this machine."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

pytest.importorskip("mcp", reason="the package mcp is not installed")

from mcp.client.stdio import StdioServerParameters

from galactica.errors import UsageError
from galactica.mcp import serve_http
from mcp import Client
from tests.cli.conftest import call

COMMAND = [sys.executable, "-m", "galactica", "mcp"]


def parameters(edition) -> StdioServerParameters:
    return StdioServerParameters(command=COMMAND[0], args=[*COMMAND[1:], "-e", str(edition)], env=dict(os.environ))


async def converse(client):
    """What every transport must be able to do."""
    steps = []

    async def told(progress, total, message):
        steps.append(message)

    tools = (await client.list_tools()).tools
    asked = await client.call_tool("ask", {"question": "Which river does Warsaw lie on?"}, progress_callback=told)
    found = await client.call_tool("search", {"query": "longest river"})
    read = await client.call_tool("read", {"article": "Vistula"})
    compared = await client.call_tool("compare", {"title": "Warsaw"})
    wrong = await client.call_tool("read", {"article": "Nowhere"})
    resources = (await client.list_resources()).resources
    resource = await client.read_resource(resources[0].uri)
    assert [tool.name for tool in tools] == ["search", "read", "ask", "compare"]
    assert asked.structured_content["verdict"] in ("answered", "probably", "not_found", "disputed")
    assert found.structured_content["hits"][0]["title"] == "Vistula"
    assert "1,047 kilometres" in read.structured_content["text"]
    assert {side["language"] for side in compared.structured_content["sides"]} == {"en", "de"}
    assert wrong.is_error
    assert len(resources) == 4
    assert resource.contents[0].text
    assert steps


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_process_is_spoken_to_over_its_standard_streams(edition, mode):
    async def have():
        async with Client(parameters(edition), mode=mode) as client:
            await converse(client)

    asyncio.run(have())


def test_standard_output_carries_the_protocol_and_nothing_else(edition):
    lines = [
        {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "initialize",
            "params": {
                "protocolVersion": "2025-11-25",
                "capabilities": {},
                "clientInfo": {"name": "test", "version": "1"},
            },
        },
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {
            "jsonrpc": "2.0",
            "id": 2,
            "method": "tools/call",
            "params": {"name": "read", "arguments": {"article": "Orders"}},
        },
        "this is no message",
        {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": "read", "arguments": "none"}},
        {"jsonrpc": "2.0", "id": 4, "method": "no/such"},
        {"jsonrpc": "2.0", "id": 5, "method": "tools/list"},
    ]
    process = subprocess.Popen(
        [*COMMAND, "-e", str(edition)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with process:
        replies = {}
        for line in lines:
            process.stdin.write((line if isinstance(line, str) else json.dumps(line)) + "\n")
        process.stdin.flush()
        while set(replies) < {1, 2, 3, 4, 5}:
            message = json.loads(process.stdout.readline())
            assert message["jsonrpc"] == "2.0"
            if message.get("id") is not None:
                replies[message["id"]] = message
        process.stdin.close()
        assert process.stdout.read() == ""
        notes = process.stderr.read()
    assert process.returncode == 0
    assert "Speaking the Model Context Protocol" in notes
    assert "Traceback" not in notes
    assert not replies[2]["result"].get("isError")
    assert replies[3]["error"]["code"] == -32602
    assert replies[4]["error"]["code"] == -32601


@contextlib.contextmanager
def served(edition, *more):
    """The address of a library that is served over HTTP."""
    command = [*COMMAND, "-e", str(edition), "--http", "--port", "0", "--json", *more]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with process:
        try:
            said = ""
            while "}" not in said:
                line = process.stdout.readline()
                assert line, process.stderr.read()
                said += line
            yield json.loads(said)["url"]
        finally:
            process.send_signal(signal.SIGINT)
            _, notes = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in notes


@pytest.fixture(scope="module")
def address(edition):
    with served(edition) as one:
        yield one


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_library_is_spoken_to_over_http(address, mode):
    async def have():
        async with Client(address, mode=mode) as client:
            await converse(client)

    asyncio.run(have())


def post(address: str, body: bytes = b"{}", **headers: str) -> int:
    """The status of a request with exactly these headers."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=20)
    with contextlib.closing(connection):
        connection.putrequest("POST", place.path, skip_host=True, skip_accept_encoding=True)
        usual = {
            "Host": place.netloc,
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
            "Content-Length": str(len(body)),
        }
        for name, value in (usual | {key.replace("_", "-"): value for key, value in headers.items()}).items():
            connection.putheader(name, value)
        connection.endheaders(body)
        return connection.getresponse().status


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example"]
)
def test_a_name_that_is_not_of_this_machine_is_refused(address, host):
    assert post(address, Host=host) == 421


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost.evil.example"]
)
def test_a_page_of_another_origin_is_refused(address, origin):
    assert post(address, Origin=origin) == 403


def test_what_is_too_large_or_no_json_is_refused(address):
    assert post(address, b" " * 300_000) == 413
    assert post(address, Content_Type="text/plain") == 400
    assert post(address, b"[" * 100_000) == 400


def test_a_name_that_others_reach_it_by_can_be_let_in(edition):
    with served(edition, "--allow-host", "library.example") as one:
        port = urlsplit(one).port
        assert post(one, Host=f"library.example:{port}") == 400
        assert post(one, Host=f"other.example:{port}") == 421


def test_an_address_that_others_reach_needs_a_name(opened):
    for host in ("0.0.0.0", "::", "192.168.1.2"):
        with pytest.raises(UsageError, match="other machines"):
            serve_http(opened, host=host)


def test_options_of_http_need_http(edition):
    done = call("mcp", "-e", str(edition), "--port", "0")
    assert (done.code, done.out) == (2, "")
    assert "--http" in done.err


def test_an_edition_that_is_not_there_is_said(tmp_path):
    done = call("mcp", "-e", str(tmp_path / "nowhere.edition"))
    assert (done.code, done.out) == (4, "")
    assert "Traceback" not in done.err


def test_input_that_ends_ends_the_process(edition):
    command = [*COMMAND, "-e", str(edition)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, input="", check=False)
    assert (done.returncode, done.stdout) == (0, "")
